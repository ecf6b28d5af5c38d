"""The reader for forms: a condition as an expression in FHIRPath over a QuestionnaireResponse.

How answers stand there is described in ``conditions.link_ids``. Like the other readers this one tells
the least from the most that a condition can become: an expression says one of four things (``End``).

What only the engine can do: to understand a medicine that was typed and not picked. Here it counts by
what it is for. So a form may show fewer questions than the engine calls reachable, never other ones; what
was not asked is missing then, and the result says so.

Every expression is true or false for every response, also for an empty one: no part of it can be empty.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, assert_never

from triage.conditions.link_ids import (
    DECLINED,
    NAME,
    NONE,
    STARTED,
    STARTED_ON,
    TAKEN,
    UNSURE,
    USE,
    doubt,
)
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

Expression: TypeAlias = str | bool


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
_RECENT_WEEKS = 6  # what "recent" says; "long_ago" is longer


def answers(link_id: str) -> str:
    """The values of the answers to a question."""
    return f"%resource.item.item.where(linkId='{link_id}').answer.value"


_ENTRIES = f"%resource.item.item.where(linkId='{TAKEN}')"


class _Known(NamedTuple):
    """What an answer makes of a leaf: it is so, it is not known, nobody has answered yet."""

    surely: Expression
    unknown: Expression
    unasked: Expression


class Forms:
    """The conditions of a rulebook as expressions.

    ``variables`` are expressions with names, each after those it needs: for every question with a gate
    whether it is, or may yet be, one that is asked. Written out where they are read they would fill
    megabytes.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._items = rulebook.items
        self._rulebook = rulebook
        self._leaves: dict[Leaf, _Known] = {}
        self.variables: dict[str, Expression] = {}
        for item in rulebook.items.values():
            if item.ask_when is not None:
                self.variables[_variable(item)] = self.expression(item.ask_when, End.MOST_UNKNOWN)

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
                return _count(node.needed, [self.expression(part, end) for part in node.of])
            case Not():
                return negated(self.expression(node.part, End(3 - end)))
            case Found():
                goal = self._rulebook.goals.get(node.card)
                return False if goal is None else self.expression(goal, end)
            case _:
                assert_never(node)

    def reachable(self, item: Item) -> Expression:
        """Whether the question is, or may yet be, one that is asked."""
        return True if item.ask_when is None else f"%{_variable(item)}"

    def _leaf(self, leaf: Leaf, end: End) -> Expression:
        if leaf not in self._leaves:
            self._leaves[leaf] = self._known(leaf, self._items[leaf.item])
        known = self._leaves[leaf]
        holds = [known.surely]
        if end in (End.LEAST_UNKNOWN, End.MOST_UNKNOWN):
            holds.append(known.unknown)
        if end in (End.MOST_UNKNOWN, End.MOST_PRESENT):
            holds.append(known.unasked)
        return every([self.reachable(self._items[leaf.item]), either(holds)])

    def _known(self, leaf: Leaf, item: Item) -> _Known:
        match leaf:
            case Takes():
                return self._takes(leaf)
            case Includes():
                return self._includes(leaf, item)
            case Is():
                return _Known(_has(leaf.item, leaf.codes), _silent(leaf.item), _unasked(item))
            case Compare():
                said = f"$this {OPERATORS[leaf.how]} {leaf.threshold:g}"
                surely = f"{answers(leaf.item)}.where({said}).exists()"
                unsure = every([_none(answers(leaf.item)), _some(answers(doubt(leaf.item)))])
                return _Known(surely, unsure, _unasked(item))
            case Answered():
                return _Known(self._answered(leaf, item), False, _unasked(item))
            case _:
                assert_never(leaf)

    def _answered(self, leaf: Answered, item: Item) -> Expression:
        values = answers(leaf.item)
        if item.type in NUMBER_TYPES:
            return _some(values)
        if item.type == "text":
            return f"{values}.where(hasValue()).exists()"
        if item.type == "medicines":
            return either([_has(MEDICINES, (NONE,)), _some_medicine()])
        if item.type == "choice":
            return every([_some(values), negated(_silent(leaf.item))])
        whole = every([_silent(leaf.item), _none(_ticks(leaf.item)), negated(_named_doubts(leaf.item))])
        listed = every([_some(values), negated(whole)])
        if leaf.line is None:
            return listed
        hit = _has(leaf.item, (leaf.line,))
        doubted = every(
            [negated(hit), self._doubted(leaf.item, (leaf.line,)), self._shown(item, leaf.line)]
        )
        return every([listed, negated(doubted)])

    @staticmethod
    def _doubted(item: str, codes: Iterable[str]) -> Expression:
        """One of the lines is not sure, by its name or because nothing is sure that is not ticked."""
        named = every([_has(item, (UNSURE,)), _has(doubt(item), codes)])
        return either([named, every([_silent(item), negated(_named_doubts(item))])])

    def _shown(self, item: Item, code: str) -> Expression:
        option = item.option(code)
        gate = option.ask_when if option is not None else None
        return True if gate is None else self.expression(gate, End.MOST_UNKNOWN)

    def _includes(self, leaf: Includes, item: Item) -> _Known:
        together: dict[Expression, list[str]] = {}
        for code in leaf.codes:
            together.setdefault(self._shown(item, code), []).append(code)
        surely = [every([shown, _has(leaf.item, codes)]) for shown, codes in together.items()]
        doubts = [every([shown, self._doubted(leaf.item, codes)]) for shown, codes in together.items()]
        # "Not sure" of the whole list says nothing of who is shown which line.
        whole = every([_silent(leaf.item), _none(_ticks(leaf.item)), negated(_named_doubts(leaf.item))])
        unknown = either(doubts) if set(together) == {True} else either([*doubts, whole])
        return _Known(either(surely), unknown, _unasked(item))

    def _takes(self, leaf: Takes) -> _Known:
        book = self._rulebook
        name = f"item.where(linkId='{NAME}').answer.value"
        use = f"item.where(linkId='{USE}').answer.value.code"
        picked = [g for g, classes in book.classes_of.items() if leaf.medicine_class in classes]
        kinds = [kind for kind in book.medicine_words.kinds if kind.text is not None]
        sure = [k.id for k in kinds if leaf.medicine_class in book.with_groups(k.are)]
        typed = every([f"{name}.exists()", f"{name}.code.empty()"])
        of_class = either([_one_of(f"{name}.code", picked), every([typed, _one_of(use, sure)])])
        may_be = self._may_be(leaf, typed, use, sure)
        recent, old = _in_time(leaf.within_weeks)
        surely = _entry(every([of_class, recent]))
        unknown = _entry(every([either([of_class, may_be]), negated(old)]))
        silent = every(
            [_some(answers(MEDICINES)), negated(_has(MEDICINES, (NONE,))), negated(_some_medicine())]
        )
        counts = leaf.unlisted not in (Unlisted.ASKS, Unlisted.NEVER)
        return _Known(surely, either([unknown, every([silent, counts])]), _unasked(self._items[MEDICINES]))

    def _may_be(self, leaf: Takes, typed: Expression, use: str, sure: list[str]) -> Expression:
        """Of a medicine that is not in the list: it may be of the class."""
        if leaf.unlisted is Unlisted.NEVER:
            return False
        book, gate = self._rulebook, leaf.unlisted in (Unlisted.ASKS, Unlisted.ASKS_ANYHOW)
        kinds = [kind for kind in book.medicine_words.kinds if kind.text is not None]
        left = [
            kind.id
            for kind in kinds
            if leaf.medicine_class in (kind.asks if gate else book.kinds_may_be[kind.id])
            and kind.id not in sure
        ]
        unplaced = leaf.unlisted is not Unlisted.ASKS and leaf.medicine_class in book.unplaced_may_be
        nothing_known = negated(_one_of(use, [kind.id for kind in kinds]))
        return every([typed, either([_one_of(use, left), every([nothing_known, unplaced])])])


def _variable(item: Item) -> str:
    """The name of a variable: an id of FHIR, which has no underscore."""
    return "asked" + "".join(word.capitalize() for word in item.id.split("_"))


def _entry(holds: Expression) -> Expression:
    """It is so of one of the medicines."""
    return holds if holds is False else f"{_ENTRIES}.where({as_text(holds)}).exists()"


def _in_time(weeks: int | None) -> tuple[Expression, Expression]:
    """Whether a medicine was surely started or changed so many weeks ago at most; and surely before."""
    if weeks is None:
        return True, False
    said = f"item.where(linkId='{STARTED}').answer.value.code"
    day = f"item.where(linkId='{STARTED_ON}').answer.value"
    first = (
        f"today() - {weeks * 7} days"  # of a month or a year only what all its days have in common counts
    )
    recent = either(
        [
            f"{day}.where($this >= {first}).exists()",
            *([_one_of(said, ["recent"])] if weeks >= _RECENT_WEEKS else []),
        ]
    )
    old = either(
        [
            f"{day}.where($this < {first}).exists()",
            *([_one_of(said, ["long_ago"])] if weeks <= _RECENT_WEEKS else []),
        ]
    )
    return recent, old


def _some_medicine() -> Expression:
    return f"{_ENTRIES}.item.where(linkId='{NAME}').answer.exists()"


def _one_of(code: str, codes: Iterable[str]) -> Expression:
    """The code, if there is one, is among these: looked for in one text, as a union takes long to make."""
    listed = "|".join(quoted(code) for code in codes)
    return f"'|{listed}|'.contains('|' & {code} & '|')" if listed else False


def quoted(text: str) -> str:
    """Text as it stands between quotes."""
    return text.replace("\\", "\\\\").replace("'", "\\'")


def _has(item: str, codes: Iterable[str]) -> str:
    said = " or ".join(f"code = '{code}'" for code in codes)
    return f"{answers(item)}.where({said}).exists()"


def _silent(item: str) -> str:
    """Not sure, or rather not said."""
    return _has(item, (UNSURE, DECLINED))


def _ticks(item: str) -> str:
    """The lines that are ticked."""
    others = " and ".join(f"code != '{code}'" for code in (NONE, UNSURE, DECLINED))
    return f"{answers(item)}.where({others})"


def _named_doubts(item: str) -> Expression:
    """It is said which lines are not sure."""
    return every([_has(item, (UNSURE,)), _some(answers(doubt(item)))])


def _unasked(item: Item) -> Expression:
    if item.type in NUMBER_TYPES:
        return every([_none(answers(item.id)), _none(answers(doubt(item.id)))])
    if item.type == "medicines":
        return every([_none(answers(item.id)), negated(_some_medicine())])
    return _none(answers(item.id))


def _some(values: str) -> str:
    return f"{values}.exists()"


def _none(values: str) -> str:
    return f"{values}.empty()"


# Truths ------------------------------------------------------------------------------------------


def every(parts: Iterable[Expression]) -> Expression:
    """All of them hold."""
    return _joined(parts, " and ", decides=False)


def either(parts: Iterable[Expression]) -> Expression:
    """At least one of them holds."""
    return _joined(parts, " or ", decides=True)


def _joined(parts: Iterable[Expression], word: str, *, decides: bool) -> Expression:
    listed = list(dict.fromkeys(parts))
    if decides in listed:
        return decides
    left = [part for part in listed if isinstance(part, str)]
    if len(left) < 2:
        return left[0] if left else not decides
    return f"({word.join(left)})"


def negated(part: Expression) -> Expression:
    """It does not hold."""
    return not part if isinstance(part, bool) else f"({part}).not()"


def _count(needed: int, parts: list[Expression]) -> Expression:
    needed -= sum(part is True for part in parts)
    left = [part for part in parts if isinstance(part, str)]
    if needed <= 0 or needed > len(left):
        return needed <= 0
    return f"({' + '.join(f'iif({part}, 1, 0)' for part in left)} >= {needed})"


def as_text(holds: Expression) -> str:
    """The expression as FHIRPath, also where it is the same for all."""
    return holds if isinstance(holds, str) else str(holds).lower()
