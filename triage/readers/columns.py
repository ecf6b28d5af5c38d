"""The reader for many responses at once: one bit for each response, one pass for each condition.

A condition over thousands of responses is four whole numbers used as rows of bits, so that "and"
and "or" of Kleene's logic are single operations. What one leaf says of one answer still comes from
``conditions.leaf``: it is asked once for each kind of answer, not once for each response.

Comparing rulebooks and counting what cases cover stay with this reader, also for 20,000 people: as objects
of Python they take it 1.3 s of processor time. The reader of files needs 4.4 s to put them into columns and
then 0.4 s: it is quick only where answers come as columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, assert_never

from triage.conditions.leaf import EffectiveAnswer, Ticks, bounds
from triage.conditions.nodes import (
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    Found,
    Includes,
    Leaf,
    Node,
    Not,
    OfItem,
    Takes,
)
from triage.readers.answer_bits import AnswerBits, Bits, OneChanged, either
from triage.truth import Bounds


class Column(NamedTuple):
    """What a condition can be for each response: the bits of ``Bounds``.

    A bit of ``least_unknown`` says that the lowest truth is UNKNOWN or PRESENT; the other three
    likewise.
    """

    least_unknown: Bits
    least_present: Bits
    most_unknown: Bits
    most_present: Bits

    @property
    def present(self) -> Bits:
        return self.least_present

    @property
    def not_absent(self) -> Bits:
        return self.most_unknown

    def of(self, number: int) -> Bounds:
        """The bounds of one response."""
        lu, lp, mu, mp = self
        bit = 1 << number  # of two long numbers the shorter is quickly "and"ed, and nothing is moved
        return Bounds.between(bool(lu & bit) + bool(lp & bit), bool(mu & bit) + bool(mp & bit))


_LINE = Includes("list", ("line",))
_YES, _UNSURE = Ticks(frozenset(_LINE.codes)), Ticks(frozenset(), frozenset(_LINE.codes))
_OF_A_LINE = tuple(bounds(_LINE, one) for one in (_YES, _UNSURE, Ticks()))  # ticked, in doubt, denied


class Columns:
    """Many responses, ready for conditions.

    ``rows`` hold how each item stands by its answer alone; ``gates`` maps items, in asking order,
    to their ``ask_when`` (or None). One whose gate is ABSENT is unreachable, as in ``effective_answers``.
    """

    def __init__(
        self,
        gates: Mapping[str, Node | None],
        rows: Sequence[Mapping[str, EffectiveAnswer]] | AnswerBits,
        _leaves: Mapping[Leaf, Column] | None = None,
    ) -> None:
        self._answers = rows if isinstance(rows, AnswerBits) else AnswerBits(rows)
        self.rows = self._answers.rows
        self.everyone = self._answers.everyone
        self._gates = gates
        self._singles: dict[tuple[str, str], Column] = {}
        self._silent: dict[str, Column] = {}
        self._leaves = dict(_leaves or {})  # by the answers alone, whatever the gates say
        self.reachable: dict[str, Bits] = {}
        for item, gate in gates.items():
            opened = self.everyone if gate is None else self.evaluate(gate, {}).not_absent
            self.reachable[item] = opened

    def with_answers(self, item: str, answers: Iterable[EffectiveAnswer]) -> Columns:
        """The same responses with other answers to one item; the rest is not looked through again."""
        rows = [{**row, item: answer} for row, answer in zip(self.rows, answers, strict=True)]
        kept = {leaf: column for leaf, column in self._leaves.items() if leaf.item != item}
        return Columns(self._gates, rows, kept)

    @staticmethod
    def each_changed(
        gates: Mapping[str, Node | None],
        row: Mapping[str, EffectiveAnswer],
        changes: Sequence[tuple[str, EffectiveAnswer]],
    ) -> Columns:
        """One response as often as there are changes, each time with one: an item and its new answer."""
        return Columns(gates, OneChanged(row, changes))

    def evaluate_all(self, goals: Mapping[str, Node]) -> dict[str, Column]:
        """Every goal; ``goals`` must list a card before the conditions that require its finding.

        Equal parts that are one object are read once.
        """
        found: dict[str, Column] = {}
        known: dict[int, Column] = {}
        for goal, node in goals.items():
            found[goal] = self._part(node, found, known)
        return found

    def evaluate(
        self, node: Node, found: Mapping[str, Column], known: dict[int, Column] | None = None
    ) -> Column:
        """What ``node`` can be for each response.

        ``known`` are the columns of parts with these findings, by the identity of the part, which must
        live as long; it is filled.
        """
        return self._part(node, found, {} if known is None else known)

    def _part(self, node: Node, found: Mapping[str, Column], known: dict[int, Column]) -> Column:
        column = known.get(id(node))
        if column is None:
            column = known[id(node)] = self._evaluate(node, found, known)
        return column

    def _evaluate(self, node: Node, found: Mapping[str, Column], known: dict[int, Column]) -> Column:
        if isinstance(node, OfItem):
            return self._leaf(node)
        match node:
            case AllOf():
                lu = lp = mu = mp = self.everyone
                for part in node.of:
                    a, b, c, d = self._part(part, found, known)
                    lu, lp, mu, mp = lu & a, lp & b, mu & c, mp & d
                    if not mu:  # absent for everyone: nothing that follows can lift it again
                        break
                return Column(lu, lp, mu, mp)
            case AnyOf():
                lu = lp = mu = mp = 0
                for part in node.of:
                    a, b, c, d = self._part(part, found, known)
                    lu, lp, mu, mp = lu | a, lp | b, mu | c, mp | d
                    if lp == self.everyone:
                        break
                return Column(lu, lp, mu, mp)
            case AtLeast():
                columns = [self._part(part, found, known) for part in node.of]
                return Column(*(self._count(node.needed, (c[n] for c in columns)) for n in range(4)))
            case Not():
                everyone = self.everyone
                lu, lp, mu, mp = self._part(node.part, found, known)
                return Column(mp ^ everyone, mu ^ everyone, lp ^ everyone, lu ^ everyone)
            case Found():
                return found.get(node.card, Column(0, 0, 0, 0))
            case _:
                assert_never(node)

    def _count(self, needed: int, rows: Iterable[Bits]) -> Bits:
        reached = [self.everyone, *[0] * needed]  # reached[n]: at least n so far
        for row in rows:
            for n in range(needed, 0, -1):
                reached[n] |= reached[n - 1] & row
        return reached[needed]

    def _leaf(self, leaf: Leaf) -> Column:
        if leaf not in self._leaves:
            self._leaves[leaf] = self._ungated(leaf)
        column, opened = self._leaves[leaf], self.reachable.get(leaf.item, self.everyone)
        if opened == self.everyone:
            return column
        lu, lp, mu, mp = column
        return Column(lu & opened, lp & opened, mu & opened, mp & opened)

    def _ungated(self, leaf: Leaf) -> Column:
        """By the answer alone. A tick list is read line by line, a list of medicines one by one:
        several lines, or medicines, are an "or" of single ones."""
        if isinstance(leaf, Includes):
            lines = [self._includes(leaf, code) for code in leaf.codes]
            return lines[0] if len(lines) == 1 else Column(*map(either, zip(*lines, strict=True)))
        if isinstance(leaf, Answered) and leaf.line is not None:
            return self._seen(leaf, self._answers.line(leaf.item, leaf.line))
        answers = self._answers
        return self._seen(
            leaf, answers.medicines(leaf.item) if isinstance(leaf, Takes) else answers.whole(leaf.item)
        )

    def _includes(self, leaf: Includes, code: str) -> Column:
        key = leaf.item, code
        if key not in self._singles:
            if leaf.item not in self._silent:  # of the whole list, and so of every line alike
                self._silent[leaf.item] = self._seen(leaf, self._answers.line(leaf.item, code)[3:])
            made = [*self._silent[leaf.item]]
            for (least, most), (_, bits) in zip(
                _OF_A_LINE, self._answers.line(leaf.item, code), strict=False
            ):
                for n, holds in enumerate((least >= 1, least == 2, most >= 1, most == 2)):
                    made[n] |= bits if holds else 0
            self._singles[key] = Column(*made)
        return self._singles[key]

    def _seen(self, leaf: Leaf, groups: Iterable[tuple[EffectiveAnswer, Bits]]) -> Column:
        made = [0, 0, 0, 0]
        for effective_answer, bits in groups:
            least, most = bounds(leaf, effective_answer)
            for n, holds in enumerate((least >= 1, least == 2, most >= 1, most == 2)):
                made[n] |= bits if holds else 0
        return Column(*made)
