"""What a proof is about: the parts of one person's answers, and what conditions over them can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from triage.conditions.leaf import EffectiveAnswer
from triage.conditions.nodes import Node
from triage.readers.circuit import Literal
from triage.truth import Truth
from triage.value import Value


@dataclass(frozen=True)
class Part:
    """A part of the answers that has exactly one of some values: a choice, a line of a list, a medicine.

    ``values[side][n]`` is how the item of the part stands with value ``n``, as rulebook ``side`` reads
    it; ``doubts`` are the numbers of what leaves something open. ``line`` says that it is one line, or
    one medicine, of a list: what holds of the list is then "or" over its parts. ``ladder``: the values
    are no, not sure, yes.
    """

    name: str
    item: str
    values: tuple[tuple[EffectiveAnswer, ...], ...]
    line: bool = False
    ladder: bool = False
    doubts: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        return len(self.values[0])

    @property
    def code(self) -> str:
        """The line of the list; empty for what is the whole answer."""
        return self.name[len(self.item) + 1 :]


class Side(Value):
    """The conditions of one rulebook: the gates of its items, and its goals."""

    gates: Mapping[str, Node | None]
    goals: Mapping[str, Node]


class Formula(NamedTuple):
    """What a condition can be, as literals: those of ``Bounds``."""

    least_unknown: Literal
    least_present: Literal
    most_unknown: Literal
    most_present: Literal

    def comes_out(self, truth: Truth) -> tuple[Literal, ...]:
        """The literals that hold together exactly if its truth (``Bounds.truth``) is this."""
        if truth is Truth.PRESENT:
            return (self.least_present,)
        if truth is Truth.ABSENT:
            return (-self.most_unknown,)
        return (-self.least_present, self.most_unknown)

    def is_certain(self, truth: Truth) -> tuple[Literal, ...]:
        """The literals that hold together exactly if this is what it is at least, whatever follows."""
        if truth is Truth.PRESENT:
            return (self.least_present,)
        return (
            (-self.least_unknown,) if truth is Truth.ABSENT else (self.least_unknown, -self.least_present)
        )
