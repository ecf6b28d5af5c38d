"""What the disposition depends on in one rulebook, ready for a solver: conditions, and who says what.

Only red flags and patterns raise it, so only their conditions are here, with the findings and the gates
that they read. Writing them down takes a moment: a ``Reasoner`` keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from triage.conditions.leaf import TakenMedicine, bounds
from triage.conditions.nodes import MEDICINES, Leaf
from triage.engine.solving.encoding import Encoding, encoded
from triage.rulebook.model import Level
from triage.rulebook.rulebook import Rulebook

if TYPE_CHECKING:
    from triage.engine.solving.conclusions import Conclusions
    from triage.readers.circuit import Literal, Scratch
    from triage.readers.formula import Part


ReadEncoding: TypeAlias = Callable[[], Encoding | None]


def _nothing() -> None:
    return None


class Unsaid(Exception):
    """An answer that the parts cannot say exactly: nothing can be proved of it."""


class Levels:
    """The levels of one rulebook. What needs no solver is there without one.

    ``read_encoding`` gives what was kept of them for the solver; None if nothing was.
    """

    def __init__(self, rulebook: Rulebook, read_encoding: ReadEncoding = _nothing) -> None:
        self.rulebook = rulebook
        self._read_encoding = read_encoding
        self._like: dict[tuple[str, float], int] = {}

    # For a solver -----------------------------------------------------------------------------------

    @cached_property
    def conclusions(self) -> Conclusions:
        """The literals of every level, over the parts of one person's answers."""
        from triage.engine.solving.conclusions import Conclusions  # these two only where nothing is kept
        from triage.engine.solving.unknowns import Unknowns

        return Conclusions(Unknowns([self.rulebook], early=True, only=self.rulebook.deciding.keys()))

    @cached_property
    def encoding(self) -> Encoding:
        """All of them written down: what was kept, or made now."""
        return self._read_encoding() or encoded(self.conclusions)

    def scratch(self) -> Scratch:
        """A solver that knows everything about levels."""
        from triage.readers.circuit import Scratch  # many results need no solver

        return Scratch(self.encoding.clauses, self.encoding.variables)

    def at_least(self, level: Level) -> Literal:
        """The disposition is this one, or more urgent."""
        return self.encoding.at_least[level]

    def is_at(self, level: Level) -> Literal:
        """The disposition is this one."""
        return self.encoding.is_at[level]

    # Parts of answers -------------------------------------------------------------------------------

    @property
    def parts(self) -> Mapping[str, tuple[Part, ...]]:
        """For every item on which levels depend the parts of its answer; first what is the whole of it."""
        return self.encoding.parts

    def values(self, part: Part) -> tuple[Literal, ...]:
        """The literal for every value of a part."""
        return self.encoding.values[part.name]

    @property
    def read(self) -> Mapping[str, tuple[Leaf, ...]]:
        """For every item what levels read of it."""
        return self.encoding.read

    def like(self, item: str, number: float) -> int:
        """The value of the part of a number that no condition tells from this one. Raises ``Unsaid``."""
        key = item, number
        if key not in self._like:
            (part,) = self.parts[item]
            known = [(leaf, bounds(leaf, number)) for leaf in self.read[item]]
            each = (all(bounds(leaf, one) == truth for leaf, truth in known) for one in part.values[0])
            same = next((n for n, alike in enumerate(each) if alike), None)
            if same is None:
                raise Unsaid(key)
            self._like[key] = same
        return self._like[key]

    def kinds(self, taken: TakenMedicine) -> list[Part]:
        """The parts that together are this medicine. Raises ``Unsaid`` if none are the same."""
        try:
            names = self.encoding.kinds.of(taken)
        except ValueError as error:
            raise Unsaid(taken) from error
        medicines = {part.name: part for part in self.parts.get(MEDICINES, ())}
        return [medicines[name] for name in names]
