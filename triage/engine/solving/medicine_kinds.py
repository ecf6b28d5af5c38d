"""The kinds of medicines that conditions tell apart, and which of them a medicine is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from typing import TypeAlias

from triage.conditions.leaf import TakenMedicine
from triage.value import Value

Kind: TypeAlias = tuple[frozenset[str] | None, ...]  # what a medicine is, as far as anything asks


class Kinds(Value):
    """The kinds that some rulebooks tell apart: for what a medicine is in each of them, the name of the
    part that says it is taken. ``asked`` are the classes that anything asks for."""

    parts: Mapping[tuple[Kind, ...], str]
    asked: Collection[str]

    def of(self, taken: TakenMedicine) -> list[str]:
        """The names of the parts that together are this medicine, as the one rulebook reads it; none if
        nothing asks for it. Raises ``ValueError`` if there are none that are the same."""
        whole = as_asked(taken, self.asked)
        if (whole,) in self.parts:
            return [self.parts[whole,]]
        classes = taken.classes.intersection(self.asked) if taken.classes else frozenset[str]()
        within: dict[str, Set[str]] = {
            name: kind[0][0]
            for kind, name in self.parts.items()
            if kind[0][1:] == whole[1:] and kind[0][0] and kind[0][0] <= classes
        }
        if classes != frozenset[str]().union(*within.values()):
            raise ValueError("no such medicine")
        return list(within)


def as_asked(taken: TakenMedicine, asked: Collection[str]) -> Kind:
    """What a medicine is as far as anything asks for it."""
    may_be = None if taken.may_be is None else taken.may_be.intersection(asked)
    classes = None if taken.classes is None else taken.classes.intersection(asked)
    return classes, may_be, taken.asks.intersection(asked), frozenset() if taken.placed else None
