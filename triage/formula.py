"""Formulas in Kleene's logic over unknowns with few values each, which shrink as values become known.

Conditions are written in these for a search: what is settled disappears at once, and formulas that
come to the same are equal, so that nothing is searched twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from triage.truth import Bounds, Truth, all_of, any_of, at_least, negate, not_


@dataclass(frozen=True, slots=True)
class Fact:
    """What the value of one unknown makes true: a truth for the number of each value."""

    unknown: str
    table: tuple[Truth, ...]


@dataclass(frozen=True, slots=True)
class Least:
    """The least of the parts: "and"."""

    of: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Most:
    """The most of the parts: "or"."""

    of: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """At least ``needed`` of the parts."""

    needed: int
    of: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Flipped:
    """The part does not hold."""

    part: Formula


@dataclass(frozen=True, slots=True)
class Possible:
    """The part is not ABSENT: PRESENT also where it is UNKNOWN. So a question is asked."""

    part: Formula


Formula: TypeAlias = Truth | Fact | Least | Most | Count | Flipped | Possible


def least(parts: Iterable[Formula]) -> Formula:
    """ "And", without parts that change nothing."""
    kept = _kept(parts, Least, Truth.PRESENT)
    if Truth.ABSENT in kept:
        return Truth.ABSENT
    return kept[0] if len(kept) == 1 else Least(kept) if kept else Truth.PRESENT


def most(parts: Iterable[Formula]) -> Formula:
    """ "Or", without parts that change nothing."""
    kept = _kept(parts, Most, Truth.ABSENT)
    if Truth.PRESENT in kept:
        return Truth.PRESENT
    return kept[0] if len(kept) == 1 else Most(kept) if kept else Truth.ABSENT


def _kept(parts: Iterable[Formula], kind: type[Least | Most], neutral: Truth) -> tuple[Formula, ...]:
    flat: dict[Formula, None] = {}
    for part in parts:
        if isinstance(part, kind):
            flat.update(dict.fromkeys(part.of))
        elif part is not neutral:
            flat[part] = None
    return tuple(flat)


def count(needed: int, parts: Iterable[Formula]) -> Formula:
    """ "At least so many", with what is certain counted already."""
    listed = [part for part in parts if part is not Truth.ABSENT]
    left = [part for part in listed if part is not Truth.PRESENT]
    needed -= len(listed) - len(left)
    if needed <= 0:
        return Truth.PRESENT
    if needed > len(left):
        return Truth.ABSENT
    if needed == 1:
        return most(left)
    return Count(needed, tuple(left))


def flipped(part: Formula) -> Formula:
    match part:
        case Truth():
            return negate(part)
        case Flipped():
            return part.part
        case Fact():
            return Fact(part.unknown, tuple(negate(truth) for truth in part.table))
        case _:
            return Flipped(part)


def possible(part: Formula) -> Formula:
    ends = reach(part)
    if ends.least is not Truth.ABSENT:
        return Truth.PRESENT
    return Truth.ABSENT if ends.most is Truth.ABSENT else Possible(part)


def reach(formula: Formula) -> Bounds:
    """Bounds of what it can be; perhaps wider than what it is for some values."""
    match formula:
        case Truth():
            return Bounds.settled(formula)
        case Fact():
            return Bounds(min(formula.table), max(formula.table))
        case Least():
            return all_of(reach(part) for part in formula.of)
        case Most():
            return any_of(reach(part) for part in formula.of)
        case Count():
            return at_least(formula.needed, (reach(part) for part in formula.of))
        case Flipped():
            return not_(reach(formula.part))
        case Possible():
            return Bounds(
                *(Truth.ABSENT if end is Truth.ABSENT else Truth.PRESENT for end in reach(formula.part))
            )
        case _:
            assert_never(formula)


def given(formula: Formula, unknown: str, value: int) -> Formula:
    """What is left of it once the unknown has this value; the same object if it does not occur."""
    match formula:
        case Truth():
            return formula
        case Fact():
            return formula.table[value] if formula.unknown == unknown else formula
        case Flipped() | Possible():
            part = given(formula.part, unknown, value)
            if part is formula.part:
                return formula
            return flipped(part) if isinstance(formula, Flipped) else possible(part)
        case Least() | Most() | Count():
            parts = [given(part, unknown, value) for part in formula.of]
            if all(new is old for new, old in zip(parts, formula.of, strict=True)):
                return formula
            if isinstance(formula, Count):
                return count(formula.needed, parts)
            return least(parts) if isinstance(formula, Least) else most(parts)
        case _:
            assert_never(formula)


def first_unknown(formula: Formula) -> str | None:
    """The unknown that stands first in it."""
    match formula:
        case Truth():
            return None
        case Fact():
            return formula.unknown
        case Flipped() | Possible():
            return first_unknown(formula.part)
        case Least() | Most() | Count():
            return next((name for part in formula.of if (name := first_unknown(part))), None)
        case _:
            assert_never(formula)
