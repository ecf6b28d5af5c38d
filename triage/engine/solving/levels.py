"""What the disposition depends on in one rulebook, ready for a solver: conditions, and who says what.

Only red flags and patterns raise it, so only their conditions are here, with the findings and the gates
that they read. Writing them down takes a moment: a ``Reasoner`` keeps it.
"""

from __future__ import annotations

from functools import cached_property

from triage.conditions.leaf import TakenMedicine, bounds
from triage.conditions.nodes import Compare, Leaf, Node
from triage.conditions.walk import cards_read, leaves
from triage.engine.solving.conclusions import Conclusions
from triage.engine.solving.unknowns import Unknowns
from triage.readers.circuit import Clause, Literal, Scratch
from triage.readers.proofs import Part
from triage.rulebook.model import LEVELS, Level
from triage.rulebook.rulebook import Rulebook


class Unsaid(Exception):
    """An answer that the parts cannot say exactly: nothing can be proved of it."""


class Levels:
    """The levels of one rulebook. What needs no solver is there without one."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._like: dict[tuple[str, float], int] = {}

    @cached_property
    def goals(self) -> dict[str, Node]:
        """The goals that levels depend on: red flags, patterns, and the findings that they require."""
        wanted = {card.id for card in (*self.rulebook.red_flags, *self.rulebook.patterns)}
        for goal, node in reversed(self.rulebook.goals.items()):  # what requires a finding comes after it
            if goal in wanted:
                wanted |= cards_read(node)
        return {goal: node for goal, node in self.rulebook.goals.items() if goal in wanted}

    @cached_property
    def thresholds(self) -> dict[str, tuple[float, ...]]:
        """For every number the thresholds that any condition of a card has for it, in order."""
        found: dict[str, set[float]] = {}
        for node in self.rulebook.goals.values():
            for leaf in leaves(node):
                if isinstance(leaf, Compare):
                    found.setdefault(leaf.item, set()).add(leaf.threshold)
        return {item: tuple(sorted(limits)) for item, limits in found.items()}

    # For a solver -----------------------------------------------------------------------------------

    @cached_property
    def conclusions(self) -> Conclusions:
        """The literals of every level, over the parts of one person's answers."""
        return Conclusions(Unknowns([self.rulebook], early=True, only=self.goals.keys()))

    @cached_property
    def _clauses(self) -> list[Clause]:
        circuit = self.conclusions.circuit
        for level in LEVELS:
            self.is_at(level)
        clauses = (tuple(sorted(clause)) for of in circuit.clauses_of.values() for clause in of)
        return list(dict.fromkeys(clauses))

    def scratch(self) -> Scratch:
        """A solver that knows everything about levels."""
        clauses = self._clauses  # first: it writes them down
        return self.conclusions.circuit.scratch(clauses)

    def at_least(self, level: Level) -> Literal:
        """The disposition is this one, or more urgent."""
        return self.conclusions.at_least(level)

    def is_at(self, level: Level) -> Literal:
        """The disposition is this one."""
        return self.conclusions.is_at(level)

    # Parts of answers -------------------------------------------------------------------------------

    @cached_property
    def parts(self) -> dict[str, list[Part]]:
        """For every item on which levels depend the parts of its answer; first what is the whole of it."""
        found: dict[str, list[Part]] = {}
        for part in self.conclusions.proofs.parts.values():
            found.setdefault(part.item, []).append(part)
        return found

    def values(self, part: Part) -> list[Literal]:
        """The literal for every value of a part."""
        return [self.conclusions.proofs.value(part.name, number) for number in range(part.size)]

    @cached_property
    def read(self) -> dict[str, list[Leaf]]:
        """For every item what levels read of it."""
        found: dict[str, list[Leaf]] = {}
        for leaf in self.conclusions.unknowns.read:
            found.setdefault(leaf.item, []).append(leaf)
        return found

    def like(self, item: str, number: float) -> int:
        """The value of the part of a number that no condition tells from this one. Raises ``Unsaid``."""
        key = item, number
        if key not in self._like:
            (part,) = self.parts[item]
            known = [bounds(leaf, number) for leaf in self.read[item]]
            each = ([bounds(leaf, one) for leaf in self.read[item]] for one in part.values[0])
            same = next((n for n, truths in enumerate(each) if truths == known), None)
            if same is None:
                raise Unsaid(key)
            self._like[key] = same
        return self._like[key]

    def kinds(self, taken: TakenMedicine) -> list[Part]:
        """The parts that together are this medicine. Raises ``Unsaid`` if none are the same."""
        try:
            return self.conclusions.unknowns.kinds(taken)
        except ValueError as error:
            raise Unsaid(taken) from error
