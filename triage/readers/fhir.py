"""The reader for forms: a condition as an expression in FHIRPath over a QuestionnaireResponse.

How answers stand there is described in ``conditions.link_ids``. Like the other readers this one tells
the least from the most that a condition can become: an expression says one of four things (``End``).

What only the engine can do: to understand a medicine that was typed and not picked. Here it counts by
what it is for. So a form may show fewer questions than the engine calls reachable, never other ones; what
was not asked is missing then, and the result says so.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, assert_never

from triage.conditions.fhirpath import (
    Expression,
    Names,
    count,
    either,
    every,
    has,
    negated,
    none,
    silent,
    some,
    ticked,
)
from triage.conditions.fhirpath_medicines import Listed
from triage.conditions.link_ids import NONE, UNSURE, doubt
from triage.conditions.nodes import (
    MEDICINES,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    Comparator,
    Compare,
    Found,
    Includes,
    Is,
    Leaf,
    Node,
    Not,
    Takes,
    Unlisted,
)
from triage.rulebook.model import NUMBER_TYPES, Item

if TYPE_CHECKING:
    from triage.rulebook.rulebook import Rulebook


class End(enum.IntEnum):
    """What is said of a condition; "not" turns the order round."""

    LEAST_UNKNOWN = 0  # it is not ABSENT, and will not be
    LEAST_PRESENT = 1
    MOST_UNKNOWN = 2  # it is not ABSENT, or need not be
    MOST_PRESENT = 3


OPERATORS = {
    Comparator.AT_LEAST: ">=",
    Comparator.AT_MOST: "<=",
    Comparator.ABOVE: ">",
    Comparator.BELOW: "<",
}


class _Known(NamedTuple):
    """What an answer makes of a leaf: it is so, it is not known, nobody has answered yet."""

    surely: Expression
    unknown: Expression
    unasked: Expression


class Forms:
    """The conditions of a rulebook as expressions, with the variables that they name."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._items = rulebook.items
        self._rulebook = rulebook
        self._leaves: dict[Leaf, _Known] = {}
        self._names = Names({item.id: item.section for item in rulebook.items.values()})

    @property
    def variables(self) -> dict[str, str]:
        """What the expressions made so far name, each after those it needs."""
        return self._names.written

    def values(self, item: str) -> str:
        """The values of the answers to a question."""
        return self._names.values(item)

    def expression(self, node: Node, end: End) -> Expression:
        """Whether ``end`` is so of the condition: FHIRPath, or a truth where it is the same for all."""
        match node:
            case Is() | Includes() | Compare() | Answered() | Takes():
                return self._leaf(node, end)
            case AllOf():
                return every(self.expression(part, end) for part in node.of)
            case AnyOf():
                return either(self.expression(part, end) for part in node.of)
            case AtLeast():
                return count(node.needed, [self.expression(part, end) for part in node.of])
            case Not():
                return negated(self.expression(node.part, End(3 - end)))
            case Found():
                goal = self._rulebook.goals.get(node.card)
                return False if goal is None else self.expression(goal, end)
            case _:
                assert_never(node)

    def _reachable(self, item: Item) -> Expression:
        """Whether the question is, or may yet be, one that is asked."""
        if item.ask_when is None:
            return True
        return self._names.name("asked", item.id, self.expression(item.ask_when, End.MOST_UNKNOWN))

    def _leaf(self, leaf: Leaf, end: End) -> Expression:
        if leaf not in self._leaves:
            self._leaves[leaf] = self._known(leaf, self._items[leaf.item])
        known = self._leaves[leaf]
        holds = [known.surely]
        if end in (End.LEAST_UNKNOWN, End.MOST_UNKNOWN):
            holds.append(known.unknown)
        if end in (End.MOST_UNKNOWN, End.MOST_PRESENT):
            holds.append(known.unasked)
        return every([self._reachable(self._items[leaf.item]), either(holds)])

    def _known(self, leaf: Leaf, item: Item) -> _Known:
        values = self.values(item.id)
        match leaf:
            case Takes():
                return self._takes(leaf)
            case Includes():
                return self._includes(leaf, item)
            case Is():
                return _Known(has(values, leaf.codes), silent(values), none(values))
            case Compare():
                surely = f"{values}.where($this {OPERATORS[leaf.how]} {leaf.threshold:g}).exists()"
                unsure = every([none(values), some(self.values(doubt(item.id)))])
                return _Known(surely, unsure, self._unasked(item))
            case Answered():
                return _Known(self._answered(leaf, item), False, self._unasked(item))
            case _:
                assert_never(leaf)

    def _unasked(self, item: Item) -> Expression:
        beside = [none(self.values(doubt(item.id)))] if item.type in NUMBER_TYPES else []
        entries = [negated(self._some_medicine())] if item.type == "medicines" else []
        return every([none(self.values(item.id)), *beside, *entries])

    def _answered(self, leaf: Answered, item: Item) -> Expression:
        values = self.values(item.id)
        if item.type in (*NUMBER_TYPES, "text"):
            return some(values)
        if item.type == "medicines":
            return either([has(values, (NONE,)), self._some_medicine()])
        if item.type == "choice":
            return every([some(values), negated(silent(values))])
        listed = every([some(values), negated(self._silent_list(item))])
        if leaf.line is None:
            return listed
        doubted = [negated(has(values, (leaf.line,))), self._doubted(item, (leaf.line,))]
        return every([listed, negated(every([*doubted, self._shown(item, leaf.line)]))])

    def _named_doubts(self, item: Item) -> Expression:
        """It is said which lines are not sure."""
        return every([has(self.values(item.id), (UNSURE,)), some(self.values(doubt(item.id)))])

    def _silent_list(self, item: Item) -> Expression:
        """Nothing is known of the whole list."""
        values = self.values(item.id)
        return every([silent(values), negated(ticked(values)), negated(self._named_doubts(item))])

    def _doubted(self, item: Item, codes: Iterable[str]) -> Expression:
        """One of the lines is not sure, by its name or because nothing is sure that is not ticked."""
        values = self.values(item.id)
        named = every([has(values, (UNSURE,)), has(self.values(doubt(item.id)), codes)])
        return either([named, every([silent(values), negated(self._named_doubts(item))])])

    def _shown(self, item: Item, code: str) -> Expression:
        option = item.option(code)
        gate = option.ask_when if option is not None else None
        return True if gate is None else self.expression(gate, End.MOST_UNKNOWN)

    def _includes(self, leaf: Includes, item: Item) -> _Known:
        values = self.values(item.id)
        together: dict[Expression, list[str]] = {}
        for code in leaf.codes:
            together.setdefault(self._shown(item, code), []).append(code)
        surely = [every([shown, has(values, codes)]) for shown, codes in together.items()]
        doubts = [every([shown, self._doubted(item, codes)]) for shown, codes in together.items()]
        if set(together) != {True}:  # "not sure" of the whole list says nothing of who is shown which line
            doubts.append(self._silent_list(item))
        return _Known(either(surely), either(doubts), none(values))

    # Medicines -----------------------------------------------------------------------------------

    def _takes(self, leaf: Takes) -> _Known:
        book, values = self._rulebook, self.values(MEDICINES)
        classes = book.classification.classes_of
        generics = sorted(name for name in classes if leaf.medicine_class in classes[name])
        kinds = book.medicine_words.kinds
        sure = [
            kind.id for kind in kinds if leaf.medicine_class in book.classification.with_groups(kind.are)
        ]
        listed = Listed(self._names, MEDICINES, leaf.within_weeks)
        perhaps = [listed.of(generics, [*sure, *self._left(leaf)], surely=False)]
        if leaf.unlisted in _UNPLACED and leaf.medicine_class in book.classification.unplaced_may_be:
            perhaps.append(listed.unplaced())
        if leaf.unlisted not in _NOT_WHOLE:
            perhaps += [
                every([some(values), negated(has(values, (NONE,))), negated(self._some_medicine())])
            ]
        return _Known(
            listed.of(generics, sure, surely=True), either(perhaps), self._unasked(self._items[MEDICINES])
        )

    def _left(self, leaf: Takes) -> list[str]:
        """The kinds of medicines that may be of the class, or about which it would be asked."""
        if leaf.unlisted is Unlisted.NEVER:
            return []
        may_be = self._rulebook.classification.kinds_may_be
        return [
            kind.id
            for kind in self._rulebook.medicine_words.kinds
            if leaf.medicine_class in (kind.asks if leaf.unlisted in _GATES else may_be[kind.id])
        ]

    def typed_medicine(self) -> str:
        """Whether a medicine was typed, and not picked from the list."""
        return Listed(self._names, MEDICINES, None).typed()

    def _some_medicine(self) -> str:
        return Listed(self._names, MEDICINES, None).some()


_GATES = (Unlisted.ASKS, Unlisted.ASKS_ANYHOW)
_UNPLACED = (Unlisted.MAY_BE, Unlisted.ASKS_ANYHOW)
_NOT_WHOLE = (Unlisted.ASKS, Unlisted.NEVER)  # a list that is not known counts for none
