"""Kleene's three truth values, and what they can still become.

A condition over a response is PRESENT, ABSENT or UNKNOWN. The order
``ABSENT < UNKNOWN < PRESENT`` makes "and" the minimum and "or" the maximum
(Kleene 1952, strong logic).
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import NamedTuple


class Truth(enum.IntEnum):
    """What is known about a condition."""

    ABSENT = 0
    UNKNOWN = 1
    PRESENT = 2

    @property
    def word(self) -> str:
        return self.name.lower()


def count_at_least(needed: int, truths: Iterable[Truth]) -> Truth:
    """Whether at least ``needed`` of the conditions hold; unknowns make the count a range."""
    values = list(truths)
    if sum(value is Truth.PRESENT for value in values) >= needed:
        return Truth.PRESENT
    if sum(value is not Truth.ABSENT for value in values) < needed:
        return Truth.ABSENT
    return Truth.UNKNOWN


class Bounds(NamedTuple):
    """The lowest and the highest truth a condition can end with.

    A question that was *not asked* may still be answered in any way, so it spans
    ABSENT to PRESENT. A question answered "not sure" (or declined) is settled as UNKNOWN:
    that is why ``if_unsure`` looks at ``least`` and not at ``truth``.
    """

    least: Truth
    most: Truth

    @property
    def truth(self) -> Truth:
        """Kleene's value, in which not asked and not sure are both UNKNOWN."""
        if self.least is Truth.PRESENT:
            return Truth.PRESENT
        if self.most is Truth.ABSENT:
            return Truth.ABSENT
        return Truth.UNKNOWN

    @classmethod
    def settled(cls, truth: Truth) -> Bounds:
        return SETTLED[truth]

    @classmethod
    def between(cls, least: int, most: int) -> Bounds:
        """From these two truths, as numbers."""
        return _BOUNDS[least][most]


# All that there are, by their two ends: to look one up is quicker than to make it.
_BOUNDS = tuple(tuple(Bounds(least, most) for most in Truth) for least in Truth)
SETTLED = tuple(_BOUNDS[truth][truth] for truth in Truth)  # by the truth
OPEN = _BOUNDS[Truth.ABSENT][Truth.PRESENT]


def all_of(parts: Iterable[Bounds]) -> Bounds:
    """Conjunction; of nothing it is PRESENT."""
    least, most = Truth.PRESENT, Truth.PRESENT
    for low, high in parts:
        if low < least:
            least = low
        if high < most:
            most = high
            if most is Truth.ABSENT:  # nothing that follows can lift it again
                break
    return _BOUNDS[least][most]


def any_of(parts: Iterable[Bounds]) -> Bounds:
    """Disjunction; of nothing it is ABSENT."""
    least, most = Truth.ABSENT, Truth.ABSENT
    for low, high in parts:
        if high > most:
            most = high
        if low > least:
            least = low
            if least is Truth.PRESENT:
                break
    return _BOUNDS[least][most]


def not_(part: Bounds) -> Bounds:
    """Negation swaps the two ends."""
    least, most = part
    return _BOUNDS[2 - most][2 - least]


def at_least(needed: int, parts: Iterable[Bounds]) -> Bounds:
    """At least ``needed`` of the parts."""
    listed = list(parts)
    return Bounds(
        count_at_least(needed, (part.least for part in listed)),
        count_at_least(needed, (part.most for part in listed)),
    )
