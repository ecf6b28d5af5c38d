"""The evaluator for one person whose answers come one after the other: only what is new is evaluated.

It says the same as ``evaluate``. What it knows of a part of a condition stays until an answer changes a
leaf below it, so that one more answer costs as much as it changes. Parts that are one object are one
part (``share``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import assert_never

from triage.conditions.leaf import EffectiveAnswer, NoAnswer, bounds
from triage.conditions.nodes import (
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
from triage.truth import Bounds, Truth, all_of, any_of, at_least, not_

ABSENT = Bounds.settled(Truth.ABSENT)
_NOTHING: frozenset[str] = frozenset()


class _Part:
    """One part of a condition; ``value`` and ``open`` are None where they are not known any more."""

    __slots__ = ("above", "below", "goals", "node", "open", "value")

    def __init__(self, node: Node, below: tuple[_Part, ...]) -> None:
        self.node = node
        self.below = below
        self.above: list[_Part] = []
        self.goals: list[str] = []  # that are this whole part
        self.value: Bounds | None = None
        self.open: Set[str] | None = None


class Ongoing:
    """What conditions can be for one person, from answer to answer.

    ``goals`` must list a card before the conditions that require its finding.
    """

    def __init__(self, goals: Mapping[str, Node]) -> None:
        self._known: dict[str, EffectiveAnswer] = {}
        self._parts: dict[int, _Part] = {}  # by the identity of nodes, which live as long as their parts
        self._reading: dict[str, list[tuple[Leaf, _Part]]] = {}  # the leaves on each item
        self._goals: dict[str, _Part] = {}
        for goal, node in goals.items():
            self._goals[goal] = part = self._part(node)
            part.goals.append(goal)
        self._found: dict[str, Bounds] = {}
        self._truths: dict[str, Truth] = {}
        self._changed = list(self._goals)  # the goals that may have become something else since

    def answer(self, item: str, effective_answer: EffectiveAnswer) -> None:
        """How an item stands from now on."""
        before = self._known.get(item, NoAnswer.NOT_ASKED)
        if before is effective_answer or before == effective_answer:
            return
        self._known[item] = effective_answer
        changed = []
        for leaf, part in self._reading.get(item, ()):
            value = bounds(leaf, effective_answer)
            if value != part.value:
                part.value, part.open = value, None
                changed.append(part)
        while changed:
            below = changed.pop()
            self._changed += below.goals
            for part in below.above:
                if part.value is not None:  # else what stands above it is not known either
                    part.value = part.open = None
                    changed.append(part)

    def evaluate(self, node: Node) -> Bounds:
        """What a condition can be, one of the goals or another."""
        return self._value(self._part(node))

    def found(self) -> dict[str, Bounds]:
        """What every goal can be."""
        self._conclude()
        return self._found.copy()

    def truths(self) -> dict[str, Truth]:
        """The truth of every goal."""
        self._conclude()
        return self._truths.copy()

    def _conclude(self) -> None:
        for goal in self._changed:
            self._found[goal] = value = self._value(self._goals[goal])
            self._truths[goal] = value.truth
        self._changed.clear()

    def open_items(self, goal: str) -> Set[str]:
        """Items not asked yet whose answers can still change the goal (or, rarely, could not)."""
        part = self._goals[goal]
        return self._open(part) if part.open is None else part.open

    def _part(self, node: Node) -> _Part:
        part = self._parts.get(id(node))
        if part is None:
            part = self._parts[id(node)] = _Part(node, tuple(self._below(node)))
            for below in part.below:
                below.above.append(part)
            if isinstance(node, Leaf):
                self._reading.setdefault(node.item, []).append((node, part))
                part.value = bounds(node, self._known.get(node.item, NoAnswer.NOT_ASKED))
        return part

    def _below(self, node: Node) -> Iterator[_Part]:
        match node:
            case AllOf() | AnyOf() | AtLeast():
                yield from map(self._part, node.of)
            case Not():
                yield self._part(node.part)
            case Found():
                if node.card in self._goals:  # else it is absent
                    yield self._goals[node.card]
            case Is() | Includes() | Compare() | Answered() | Takes():
                pass
            case _:
                assert_never(node)

    def _value(self, part: _Part) -> Bounds:
        if part.value is None:
            values = map(self._value, part.below)
            match part.node:
                case AllOf():
                    part.value = all_of(values)
                case AnyOf():
                    part.value = any_of(values)
                case AtLeast(needed=needed):
                    part.value = at_least(needed, values)
                case Not():
                    part.value = not_(*values)
                case Found():
                    part.value = next(values, ABSENT)
                case _:
                    raise AssertionError(f"the value of a leaf is always known: {part.node}")
        return part.value

    def _open(self, part: _Part) -> Set[str]:
        if part.open is None:
            value = self._value(part)
            if value.least == value.most:
                part.open = _NOTHING
            elif isinstance(part.node, Leaf):
                part.open = frozenset((part.node.item,))
            elif len(part.below) == 1:
                part.open = self._open(part.below[0])
            else:
                part.open = frozenset().union(*map(self._open, part.below))
        return part.open
