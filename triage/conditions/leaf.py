"""What one leaf of a condition says of one answer: the only place where the two meet.

Every reader uses this for its leaves; none may compare answers by itself.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from triage.conditions.nodes import Answered, Comparator, Compare, Includes, Is, Leaf, Takes, Unlisted
from triage.truth import OPEN, SETTLED, Bounds, Truth


class NoAnswer(enum.Enum):
    """The ways in which an item can be without an answer."""

    UNSURE = "unsure"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Ticks:
    """A confirmed tick list: ticked lines, lines marked unsure; all others are "no"."""

    ticked: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()


_GATES = frozenset({Unlisted.ASKS, Unlisted.ASKS_ANYHOW})
_NOT_WHOLE = frozenset({Unlisted.ASKS, Unlisted.NEVER})  # a list that is not known counts for none


@dataclass(frozen=True)
class TakenMedicine:
    """One medicine as taken.

    ``classes`` are those to which it surely belongs; None for a name that is not in the list. Where
    only the kind is known, ``may_be`` are the classes that it may belong to besides, and ``asks``
    those of them whose closer questions are asked (``may_be`` None: no other; or any, where
    ``classes`` is None too). ``placed`` says whether it is known at least what it is for.
    ``weeks`` is the range of whole weeks since it was started or changed (both ends included), None
    when not known.
    """

    name: str
    generic: str = ""
    classes: frozenset[str] | None = None
    weeks: tuple[float, float] | None = None
    may_be: frozenset[str] | None = None
    asks: frozenset[str] = frozenset()
    placed: bool = False

    def counts(self, leaf: Takes) -> Truth:
        """Whether it is of the class of ``leaf``: by its name, or by what it is for."""
        if self.classes is not None and leaf.medicine_class in self.classes:
            return Truth.PRESENT
        if self.classes is not None and self.may_be is None:
            return Truth.ABSENT
        if leaf.unlisted is Unlisted.NEVER or (leaf.unlisted is Unlisted.ASKS and not self.placed):
            return Truth.ABSENT
        left = self.asks if self.placed and leaf.unlisted in _GATES else self.may_be
        # A name that is not in the list may be of any class left: unknown, never "no".
        return Truth.UNKNOWN if left is None or leaf.medicine_class in left else Truth.ABSENT


@dataclass(frozen=True)
class Medicines:
    """A confirmed list of medicines; empty means "none"."""

    taken: tuple[TakenMedicine, ...] = ()


EffectiveAnswer: TypeAlias = NoAnswer | str | Ticks | int | float | Medicines


_ABSENT, _UNKNOWN, _PRESENT = SETTLED


def bounds(leaf: Leaf, effective_answer: EffectiveAnswer) -> Bounds:
    """What ``leaf`` can be, given how its item stands. Total: it cannot raise."""
    if isinstance(effective_answer, Ticks) and isinstance(leaf, Includes):  # first: most are such
        if not effective_answer.ticked.isdisjoint(leaf.codes):
            return _PRESENT
        return _ABSENT if effective_answer.unsure.isdisjoint(leaf.codes) else _UNKNOWN
    if isinstance(effective_answer, Medicines) and isinstance(leaf, Takes):
        return SETTLED[_takes(leaf, effective_answer)]
    if effective_answer is NoAnswer.NOT_ASKED:
        return OPEN
    if effective_answer is NoAnswer.UNREACHABLE:
        return _ABSENT  # the gate was denied
    return SETTLED[_settled(leaf, effective_answer)]


def _settled(leaf: Leaf, effective_answer: EffectiveAnswer) -> Truth:
    if isinstance(leaf, Answered):
        doubted = isinstance(effective_answer, Ticks) and leaf.line in effective_answer.unsure
        return _holds(not (doubted or isinstance(effective_answer, NoAnswer)))
    if isinstance(effective_answer, NoAnswer):
        none = isinstance(leaf, Takes) and leaf.unlisted in _NOT_WHOLE
        return Truth.ABSENT if none else Truth.UNKNOWN
    match leaf:
        case Is():
            return (
                _holds(effective_answer in leaf.codes)
                if isinstance(effective_answer, str)
                else Truth.UNKNOWN
            )
        case Includes():
            return Truth.UNKNOWN  # no tick list
        case Compare():
            if isinstance(effective_answer, int | float):
                return _holds(_compares(leaf, effective_answer))
            return Truth.UNKNOWN
        case Takes():
            return Truth.UNKNOWN  # no list of medicines
        case _:
            assert_never(leaf)


def _holds(condition: bool) -> Truth:
    return Truth.PRESENT if condition else Truth.ABSENT


def _compares(leaf: Compare, number: float) -> bool:
    match leaf.how:
        case Comparator.AT_LEAST:
            return number >= leaf.threshold
        case Comparator.AT_MOST:
            return number <= leaf.threshold
        case Comparator.ABOVE:
            return number > leaf.threshold
        case Comparator.BELOW:
            return number < leaf.threshold
        case _:
            assert_never(leaf.how)


def _takes(leaf: Takes, medicines: Medicines) -> Truth:
    most = Truth.ABSENT
    for taken in medicines.taken:
        counts = counts_in_time(leaf, taken)
        if counts is Truth.PRESENT:
            return counts
        if counts is not Truth.ABSENT:
            most = counts
    return most


def counts_in_time(leaf: Takes, taken: TakenMedicine) -> Truth:
    """Whether one medicine is of the class, and was started or changed within the time of the leaf."""
    counts = taken.counts(leaf)
    if counts is Truth.ABSENT:
        return Truth.ABSENT
    if leaf.within_weeks is not None and taken.weeks is not None:
        soonest, longest = taken.weeks
        if soonest > leaf.within_weeks:
            return Truth.ABSENT
        recent = longest <= leaf.within_weeks
    else:
        recent = leaf.within_weeks is None
    return counts if recent else Truth.UNKNOWN
