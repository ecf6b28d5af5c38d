"""The reader that proves: conditions as propositional formulas, and the door to python-sat.

Kleene's three values are two literals, "at least unknown" and "present"; questions that are still
open make two more, for what the condition can become (``Bounds``). All conditions of one or more
rulebooks are written over the same parts of answers, so what is found is one person, and what is not
found is nobody. What one part of an answer makes of a leaf still comes from ``conditions.leaf``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from typing import TypeAlias, assert_never

from triage.conditions.leaf import Medicines, bounds
from triage.conditions.nodes import (
    MEDICINES,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    Compare,
    Found,
    Includes,
    Is,
    Leaf,
    Node,
    Not,
    Takes,
)
from triage.readers.circuit import FALSE, TRUE, Circuit, Literal
from triage.readers.formula import Formula, Part, Side
from triage.truth import Bounds, Truth

Values: TypeAlias = dict[str, int]  # the number of its value for every part


class Proofs:
    """The conditions of some rulebooks over the parts of one person's answers.

    ``read`` are the leaves for which the parts were made; others raise ``KeyError``.
    """

    def __init__(self, parts: Sequence[Part], sides: Sequence[Side], read: Collection[Leaf]) -> None:
        self.parts = {part.name: part for part in parts}
        self.circuit = Circuit()
        self._sides = sides
        self._read = frozenset(read)
        self._values = {part.name: self._one_of(part) for part in parts}
        self._of_item: dict[str, list[Part]] = {}
        for part in parts:
            self._of_item.setdefault(part.item, []).append(part)
        self._listed()
        self._classes: dict[int, dict[str, list[Part]]] = {}
        self._leaves: dict[tuple[int, Leaf, int], Literal] = {}
        self._came: dict[tuple[int, Leaf], list[tuple[Part, list[Bounds]]]] = {}
        self._reached: dict[tuple[int, str], Literal] = {}
        self._found: dict[tuple[int, str, int], Literal] = {}
        self._forget_ends()

    def _forget_ends(self) -> None:
        """By the identity of a part of a condition, beside which it is kept: the same ones come often."""
        self._ends: list[dict[int, tuple[Node, Literal]]] = [{} for _ in range(4 * len(self._sides))]

    # What is written down -------------------------------------------------------------------------

    def _one_of(self, part: Part) -> tuple[Literal, ...]:
        """For every value the literal that says so; that of the first is behind all others."""
        circuit = self.circuit
        first = circuit.variable()
        if part.size == 2:
            return (first, -first)
        if part.ladder:
            sure = circuit.variable()
            circuit.require(-sure, -first)
            return (first, circuit.both((-first, -sure)), sure)
        made = [first, *(circuit.variable() for _ in range(part.size - 1))]
        circuit.require(*made)
        for n, one in enumerate(made[1:], start=1):
            for other in made[:n]:
                circuit.require(-one, -other)
                circuit.require(-other, -one)
        return tuple(made)

    def _listed(self) -> None:
        """Who is silent about a whole list says nothing of its lines."""
        for parts in self._of_item.values():
            whole = next((part for part in parts if not part.line), None)
            for part in parts:
                if part.line and whole is not None:
                    self.circuit.require(self._values[part.name][0], self._values[whole.name][0])

    def value(self, part: str, number: int) -> Literal:
        """The literal that says that the part has this value."""
        return self._values[part][number]

    def values(self, part: str) -> tuple[Literal, ...]:
        """For every value of the part the literal that says so."""
        return self._values[part]

    def _holds(self, part: Part, numbers: Sequence[int]) -> Literal:
        """The part has one of these values."""
        literals = self._values[part.name]
        if len(numbers) == part.size:
            return TRUE
        if 0 not in numbers and len(numbers) == part.size - 1:
            return -literals[0]
        return self.circuit.either(literals[number] for number in numbers)

    def as_if(self, values: Mapping[str, tuple[Literal, ...]]) -> Proofs:
        """The same conditions for people who are asked the same questions, but of whom some parts are
        read as if they had other values."""
        other = copy(self)
        other._values = {**self._values, **values}
        other._reached = {(0, item): self.reached(item) for item in self._sides[0].gates}
        other._leaves, other._found = {}, {}
        other._forget_ends()
        return other

    def under(self, sides: Sequence[Side]) -> Proofs:
        """The conditions of other rulebooks with the same parts of answers, in the same circuit: what they
        have in common is not written down again."""
        other = copy(self)
        other._sides, other._found = sides, {}
        if [side.gates for side in sides] != [side.gates for side in self._sides]:
            other._reached, other._leaves = {}, {}
        other._forget_ends()
        return other

    def without(self, goal: str, side: int = 0) -> Proofs:
        """The same conditions, but nobody has this goal, and whatever reads it finds it absent."""
        other = copy(self)
        other._found = {(side, goal, end): FALSE for end in range(4)}
        other._forget_ends()
        return other

    def reached(self, item: str, side: int = 0) -> Literal:
        """The item is asked: its gate is not ABSENT."""
        key = side, item
        if key not in self._reached:
            gate = self._sides[side].gates.get(item)
            self._reached[key] = TRUE if gate is None else self.end(gate, side, _MOST_UNKNOWN)
        return self._reached[key]

    def found(self, goal: str, side: int = 0) -> Formula:
        """What a goal of the rulebook can be; a card that is not there is ABSENT."""
        return Formula(*(self.found_end(goal, side, end) for end in range(4)))

    def formula(self, node: Node, side: int = 0) -> Formula:
        """What the condition can be."""
        return Formula(*(self.end(node, side, end) for end in range(4)))

    def found_end(self, goal: str, side: int, end: int) -> Literal:
        """One of the literals of what a goal can be, by its place in ``Formula``."""
        key = side, goal, end
        if key not in self._found:
            node = self._sides[side].goals.get(goal)
            self._found[key] = FALSE if node is None else self.end(node, side, end)
        return self._found[key]

    def end(self, node: Node, side: int, end: int) -> Literal:
        """One of the literals of what the condition can be, by its place in ``Formula``: who needs
        one does not wait until all are written down."""
        ends = self._ends[4 * side + end]
        known = ends.get(id(node))
        if known is None:
            known = ends[id(node)] = node, self._end(node, side, end)
        return known[1]

    def _end(self, node: Node, side: int, end: int) -> Literal:
        circuit = self.circuit
        match node:
            case Is() | Includes() | Compare() | Answered() | Takes():
                return self._leaf(node, side, end)
            case AllOf():
                return circuit.both([self.end(part, side, end) for part in node.of])
            case AnyOf():
                return circuit.either([self.end(part, side, end) for part in node.of])
            case AtLeast():
                return circuit.count(node.needed, [self.end(part, side, end) for part in node.of])
            case Not():
                return -self.end(node.part, side, 3 - end)
            case Found():
                return self.found_end(node.card, side, end)
            case _:
                assert_never(node)

    def _leaf(self, leaf: Leaf, side: int, end: int) -> Literal:
        key = side, leaf, end
        if key not in self._leaves:
            if leaf not in self._read:
                raise KeyError(leaf)
            literals: list[Literal] = []
            for part, came in self._come_to(leaf, side):
                numbers = [n for n, ends in enumerate(came) if ends[end // 2] >= _FLOORS[end]]
                literals.append(self._holds(part, numbers) if numbers else FALSE)
            # Of a line it is known if it fits where the list is answered, and the line is not in doubt.
            join = self.circuit.both if isinstance(leaf, Answered) else self.circuit.either
            self._leaves[key] = self.circuit.both((self.reached(leaf.item, side), join(literals)))
        return self._leaves[key]

    def _come_to(self, leaf: Leaf, side: int) -> list[tuple[Part, list[Bounds]]]:
        """What the leaf can be with every value of the parts with which it need not be ABSENT."""
        key = side, leaf
        if key not in self._came:
            read = ((p, [bounds(leaf, one) for one in p.values[side]]) for p in self._read_by(leaf, side))
            self._came[key] = [(p, came) for p, came in read if any(one.most for one in came)]
        return self._came[key]

    def _read_by(self, leaf: Leaf, side: int) -> Iterable[Part]:
        """The parts that the leaf reads, perhaps with some of which it is ABSENT."""
        parts = self._of_item.get(leaf.item, ())
        if isinstance(leaf, Includes):
            return [part for part in parts if part.code in ("", *leaf.codes)]
        if isinstance(leaf, Answered):
            return [part for part in parts if not part.line or part.code == leaf.line]
        if isinstance(leaf, Takes):
            return self._of_class(side).get(leaf.medicine_class, []) + [p for p in parts if not p.line]
        return parts

    def _of_class(self, side: int) -> dict[str, list[Part]]:
        """For every class of medicines the parts that belong to it, or may."""
        if side not in self._classes:
            found: dict[str, list[Part]] = {}
            for part in self._of_item.get(MEDICINES, ()):
                for name in _classes(part, side) if part.line else ():
                    found.setdefault(name, []).append(part)
            self._classes[side] = found
        return self._classes[side]


LEAST_UNKNOWN, LEAST_PRESENT, _MOST_UNKNOWN = 0, 1, 2  # places in ``Formula``
_FLOORS = (Truth.UNKNOWN, Truth.PRESENT, Truth.UNKNOWN, Truth.PRESENT)


def _classes(part: Part, side: int) -> frozenset[str]:
    """The classes to which the medicine of a part may belong."""
    found: frozenset[str] = frozenset()
    for effective_answer in part.values[side]:
        for taken in effective_answer.taken if isinstance(effective_answer, Medicines) else ():
            found |= (taken.classes or frozenset()) | (taken.may_be or frozenset())
    return found
