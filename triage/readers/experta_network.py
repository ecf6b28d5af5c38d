"""The conditions as a forward-chaining rule network of experta.

Only certainty is chained. For every goal there are two conclusions, "it holds" and "it does not
hold"; what is neither is UNKNOWN. With negation pushed down to the leaves both are positive, so
no rule needs experta's ``NOT`` (which also fires for a question that was never asked), facts only
ever add conclusions while a person goes on answering, and nothing has to be withdrawn. After an
edit the working memory is reset and filled again, because experta has no truth maintenance.

A part that reads one item only becomes one predicate on that item's fact. Disjunctions become
one rule per alternative, all with the same conclusion; counting becomes a chain of intermediate
facts. ``OR`` is never used: experta expands it to disjunctive normal form. Equal parts of different
conditions are one part of the network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, assert_never

from triage.conditions.nodes import (
    LEAVES,
    All,
    Answered,
    Any,
    AtLeast,
    Compare,
    Found,
    Includes,
    Is,
    Node,
    Not,
    Takes,
)
from triage.conditions.standing import Silence, Standing, bounds
from triage.conditions.walk import cards_read, push_negation, sole_item
from triage.truth import Truth

if TYPE_CHECKING:
    from triage.readers.experta_matcher import Pattern, Rule


class Network:
    """A rule network over goals (named conditions) and the answers declared so far.

    ``goals`` must list a card before the conditions that require its finding.
    """

    def __init__(self, goals: Mapping[str, Node]) -> None:
        from triage.readers.experta_matcher import Engine, Fact  # imports experta: only when it is used

        self._goals = tuple(goals)
        builder = _Builder(goals)
        self._fact = Fact
        self._items = builder.items
        self._engine = Engine(builder.rules)
        self._declared: dict[str, Standing] = {}
        self._start()

    def conclude(self, standings: Mapping[str, Standing]) -> dict[str, Truth]:
        """The truth of every goal.

        Only what is new is declared if the standings add to the last ones (the interview going
        on); otherwise (an edit) the working memory is filled anew.
        """
        known: dict[str, Standing] = {k: v for k, v in standings.items() if v is not Silence.NOT_ASKED}
        if any(known.get(item) != standing for item, standing in self._declared.items()):
            self._start()
        new = [
            self._fact(about=item, standing=standing)
            for item, standing in known.items()
            if item not in self._declared and item in self._items
        ]
        self._declared = known
        if new:
            self._engine.declare(*new)
            self._engine.run()
        return {goal: self._truth(goal) for goal in self._goals}

    def _start(self) -> None:
        """An empty working memory, and what follows from it."""
        self._engine.concluded.clear()
        self._declared = {}
        self._engine.reset()
        self._engine.run()

    def _truth(self, goal: str) -> Truth:
        if (goal, True) in self._engine.concluded:
            return Truth.PRESENT
        return Truth.ABSENT if (goal, False) in self._engine.concluded else Truth.UNKNOWN


class _Builder:
    """Compiles conditions to rules."""

    def __init__(self, goals: Mapping[str, Node]) -> None:
        from triage.readers.experta_matcher import Pattern, Rule

        self.pattern, self.rule = Pattern, Rule
        self.wanted = {card for node in goals.values() for card in cards_read(node)}
        self.items: set[str] = set()  # those that are read
        self.rules: list[Rule] = []
        self.parts: dict[Node, Pattern] = {}  # what stands for a part of conditions
        self.found: dict[tuple[str, bool], Pattern] = {}  # conclusions that other goals require
        self.marks = 0
        for goal, node in goals.items():
            self.goal(goal, node)

    def goal(self, goal: str, node: Node) -> None:
        for holds in (True, False):
            mark = None
            if goal in self.wanted:
                mark = self.found[goal, holds] = self._new_mark()
            certain = push_negation(node, negated=not holds)
            for part in _alternatives(certain):
                self._rule(self._patterns(part), mark, (goal, holds))

    def _patterns(self, node: Node) -> list[Pattern]:
        """Patterns that fit together exactly when ``node`` (negation at leaves) is certain."""
        if isinstance(node, All) and sole_item(node) is None:
            return [pattern for part in _by_item(node) for pattern in self._patterns(part)]
        if node not in self.parts:
            self.parts[node] = self._pattern(node)
        return [self.parts[node]]

    def _pattern(self, node: Node) -> Pattern:
        item = sole_item(node)
        if item is not None:
            self.items.add(item)
            return self.pattern(item, _test(node))
        match node:
            case Any():
                mark = self._new_mark()
                for part in _alternatives(node):
                    self._rule(self._patterns(part), mark)
                return mark
            case AtLeast():
                return self._count(node)
            case Not() | Found():
                return self._found(node)
            case _:
                raise AssertionError(f"a leaf reads one item: {node}")

    def _count(self, node: AtLeast) -> Pattern:
        """A chain of facts "at least n of the parts seen so far": counting without arithmetic."""
        reached: dict[int, Pattern] = {}
        for part in node.of:
            patterns = self._patterns(part)
            before = dict(reached)
            for count in range(1, min(node.needed, len(before) + 1) + 1):
                reached[count] = self._new_mark()
                self._rule(patterns if count == 1 else [*patterns, before[count - 1]], reached[count])
                if count in before:
                    self._rule([before[count]], reached[count])
        return reached[node.needed]

    def _found(self, node: Not | Found) -> Pattern:
        """A pattern for another goal's conclusion; a card that is not there is absent."""
        holds = isinstance(node, Found)
        leaf = node if isinstance(node, Found) else node.part
        assert isinstance(leaf, Found)
        mark = self.found.get((leaf.card, holds))
        if mark is None:
            return self._new_mark() if holds else self.pattern(None)
        return mark

    def _new_mark(self) -> Pattern:
        self.marks += 1
        return self.pattern(self.marks)

    def _rule(
        self, patterns: list[Pattern], mark: Pattern | None, goal: tuple[str, bool] | None = None
    ) -> None:
        """When all ``patterns`` fit, the goal is concluded and the mark is declared."""
        wanted = dict.fromkeys(patterns) or [self.pattern(None)]
        self.rules.append(self.rule(len(self.rules), wanted, mark, goal))


def _alternatives(node: Node) -> list[Node]:
    """The parts of which one is enough. What reads one item only is never taken apart."""
    return _by_item(node) if isinstance(node, Any) and sole_item(node) is None else [node]


def _by_item(node: All | Any) -> list[Node]:
    """The parts of a conjunction or disjunction, with those that read the same one item made one."""
    groups: dict[object, list[Node]] = {}
    for number, part in enumerate(_flat(node)):
        groups.setdefault(sole_item(part) or number, []).append(part)
    return [parts[0] if len(parts) == 1 else type(node)(tuple(parts)) for parts in groups.values()]


def _flat(node: All | Any) -> Iterator[Node]:
    for part in node.of:
        if isinstance(part, type(node)):
            yield from _flat(part)
        else:
            yield part


def _test(node: Node) -> Callable[[Standing], bool]:
    """Whether a condition on one item (negation at leaves) is certain, by how the item stands."""
    match node:
        case All() | Any() | AtLeast():
            parts = [_test(part) for part in node.of]
            needed = (
                node.needed if isinstance(node, AtLeast) else 1 if isinstance(node, Any) else len(parts)
            )
            return lambda standing: sum(part(standing) for part in parts) >= needed
        case Not():
            leaf = node.part
            assert isinstance(leaf, LEAVES)
            return lambda standing: bounds(leaf, standing).truth is Truth.ABSENT
        case Found():
            raise AssertionError("a finding is no item")
        case Is() | Includes() | Compare() | Answered() | Takes():
            return lambda standing: bounds(node, standing).truth is Truth.PRESENT
        case _:
            assert_never(node)
