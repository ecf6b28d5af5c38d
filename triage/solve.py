"""Finding answers: is there a response with which a condition comes out as wanted?

A search with backtracking over small parts of answers: one choice, one line of a tick list, one
number, one kind of medicine. After each step the plain evaluator says what the condition can still
be, so a branch ends as soon as nothing can save it. What is found holds whatever the other answers
are; if nothing is found, there is none (a theorem for conditions of a rulebook's size, not a guess:
where the search would take too long it says so).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from triage.conditions.nodes import (
    MEDICINES,
    All,
    Answered,
    Any,
    Compare,
    Found,
    Includes,
    Is,
    Leaf,
    Node,
    Takes,
)
from triage.conditions.standing import Medicines, Silence, Standing, Ticks
from triage.conditions.walk import leaves, rewrite
from triage.readers.evaluate import evaluate, open_items
from triage.response import Answer, MedicineAnswer, Response
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth

MAX_STEPS = 20_000
LONG_AGO = "2000"  # longer ago than any condition can ask for
_SEPARATOR = "/"  # stands in no id
_YES = ("yes",)

Order = Callable[[Sequence[Standing]], Sequence[Standing]]


class TooHard(Exception):
    """The search was given up: nothing is known."""


def solve(
    rulebook: Rulebook,
    node: Node,
    wanted: Truth,
    *,
    fixed: Mapping[str, float] | None = None,
    order: Order | None = None,
) -> Response | None:
    """Answers with which ``node`` is ``wanted``, or None if there are none.

    Without a part in it that cannot be known, PRESENT and ABSENT hold whatever is answered besides.
    ``fixed`` gives numbers to items; ``order`` may change which answers are tried first. Raises
    ``TooHard`` after ``MAX_STEPS``.
    """
    puzzle = _Puzzle(rulebook, wanted, order or list)
    question = puzzle.question(node)
    known: dict[str, Standing] = {} if fixed is None else dict(fixed)
    return puzzle.response(known) if puzzle.search(question, known) else None


@dataclass
class _Puzzle:
    book: Rulebook
    wanted: Truth
    order: Order
    steps: int = 0
    values: dict[str, Sequence[Standing]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)  # one medicine of each kind
    _kinds: dict[str, frozenset[str]] = field(default_factory=dict)  # the classes it stands for

    def question(self, node: Node) -> Node:
        """The condition in terms of the parts of answers, findings and gates written out."""
        whole = self._written_out(node)
        taken = sorted({leaf.medicine_class for leaf in leaves(whole) if isinstance(leaf, Takes)})
        self._medicines(taken)
        for leaf in leaves(whole):
            if isinstance(leaf, Compare):
                self._number(self.book.items[leaf.item], leaf.threshold)
        return rewrite(whole, self._part)

    def _written_out(self, node: Node) -> Node:
        """``found`` replaced by its condition, and each gated leaf joined with its gate."""

        def leaf(one: Leaf | Found) -> Node:
            if isinstance(one, Found):
                inner = self.book.goals.get(one.card)
                return Any(()) if inner is None else self._written_out(inner)
            item = self.book.items.get(one.item)
            if item is None or item.ask_when is None:
                return one
            return All((self._written_out(item.ask_when), one))

        return rewrite(node, leaf)

    def _part(self, leaf: Leaf | Found) -> Node:
        match leaf:
            case Includes():
                names = [f"{leaf.item}{_SEPARATOR}{code}" for code in leaf.codes]
                self.values.update({name: ["yes", "no"] for name in names})
                return Any(tuple(Is(name, _YES) for name in names))
            case Takes():
                codes = ("new",) if leaf.within_weeks is not None else ("new", "old")
                names = [n for n, classes in self._kinds.items() if leaf.medicine_class in classes]
                return Any(tuple(Is(name, codes) for name in names))
            case Is() | Answered():
                self.values.setdefault(leaf.item, _answers(self.book.items[leaf.item]))
        return leaf

    def _medicines(self, asked: Sequence[str]) -> None:
        """Medicines that differ in the classes asked for: one of each kind, the plainest."""
        for generic, classes in self.book.kinds_of_medicine.items() if asked else ():
            mentioned = classes & set(asked)
            if mentioned and mentioned not in self._kinds.values():
                name = f"{MEDICINES}{_SEPARATOR}{generic}"
                self._kinds[name] = mentioned
                self.kinds[name] = generic
                self.values[name] = ["old", "new", "no"]

    def _number(self, item: Item, threshold: float) -> None:
        step = 1 if item.type == "integer" else 0.5
        assert item.range is not None
        known = list(
            self.values.get(item.id) or ([item.usual] if isinstance(item.usual, int | float) else [])
        )
        for number in (threshold, threshold + step, threshold - step):
            whole = int(number) if item.type == "integer" else number
            if item.range.min <= whole <= item.range.max and whole not in known:
                known.append(whole)
        self.values[item.id] = known

    def search(self, node: Node, known: dict[str, Standing]) -> bool:
        """Fills ``known`` until the condition is settled as wanted; False if it cannot be."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise TooHard
        can_be = evaluate(node, known, {})
        if can_be.least == can_be.most:
            return can_be.truth is self.wanted
        if not can_be.least <= self.wanted <= can_be.most:
            return False
        undecided = open_items(node, known, {}, {})
        part = next(
            leaf.item for leaf in leaves(node) if not isinstance(leaf, Found) and leaf.item in undecided
        )
        for value in self._tried(part):
            known[part] = value
            if self.search(node, known):
                return True
        del known[part]
        return False

    def _tried(self, part: str) -> Iterator[Standing]:
        values = list(self.order(self.values.get(part, ["words"])))
        if self.wanted is Truth.UNKNOWN:
            yield Silence.UNSURE
        yield from reversed(values) if self.wanted is Truth.ABSENT else values
        if self.wanted is not Truth.UNKNOWN:
            yield Silence.UNSURE  # last: only a condition on what is answered needs it

    def response(self, known: Mapping[str, Standing]) -> Response:
        """The parts put together into answers. One is not unsure of a single medicine, but of all."""
        answers: dict[str, Answer] = {}
        medicines: list[MedicineAnswer] = []
        for name, standing in known.items():
            item, _, code = name.partition(_SEPARATOR)
            if item == MEDICINES:
                if standing is Silence.UNSURE or answers.get(MEDICINES) is Silence.UNSURE:
                    answers[MEDICINES] = Silence.UNSURE
                    continue
                if code and standing != "no":
                    started = "recent" if standing == "new" else LONG_AGO
                    medicines.append(MedicineAnswer(self.kinds[name], started))
                answers[MEDICINES] = tuple(medicines)
            elif code:
                ticks = answers.get(item)
                ticks = ticks if isinstance(ticks, Ticks) else Ticks()
                yes, unsure = (
                    {code} if standing == "yes" else set(),
                    {code} if standing is Silence.UNSURE else set(),
                )
                answers[item] = Ticks(ticks.ticked | yes, ticks.unsure | unsure)
            elif not isinstance(standing, Medicines):
                answers[item] = standing
        return Response(answers)


def _answers(item: Item) -> Sequence[Standing]:
    """Every answer to a choice, the usual one last; one answer to any other item."""
    if item.type == "choices":
        return [Ticks()]
    if item.type == "medicines":
        return [Medicines()]
    if item.type == "choice":
        return [code for code in item.codes if code != item.usual] + [
            c for c in item.codes if c == item.usual
        ]
    return [item.range.min if item.range else "words"]
