"""The door to experta: the conditions as a forward-chaining rule network.

Only certainty is chained. For every goal there are two conclusions, "it holds" and "it does not
hold"; what is neither is UNKNOWN. With negation pushed down to the leaves both are positive, so
no rule needs experta's ``NOT`` (which also fires for a question that was never asked), facts only
ever add conclusions while a person goes on answering, and nothing has to be withdrawn. After an
edit the working memory is reset and filled again, because experta has no truth maintenance.

Disjunctions become one rule per alternative, all with the same conclusion; counting becomes a
chain of intermediate facts. ``OR`` is never used: experta expands it to disjunctive normal form.
"""

from __future__ import annotations

import collections
import collections.abc
import logging
from collections.abc import Callable, Mapping
from typing import Any as Anything
from typing import assert_never

from triage.conditions.nodes import (
    All,
    Answered,
    Any,
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
from triage.conditions.standing import Silence, Standing, bounds
from triage.conditions.walk import push_negation
from triage.truth import Truth


def _import_experta() -> Anything:
    """Import experta 1.9.4 on a Python that its pinned frozendict does not know.

    frozendict 1.2 wants ``collections.Mapping``; importing experta also installs a log handler.
    Both are put back as they were.
    """
    handlers = list(logging.root.handlers)
    missing = not hasattr(collections, "Mapping")
    if missing:
        collections.Mapping = collections.abc.Mapping  # type: ignore[attr-defined]
    try:
        import experta
    finally:
        if missing:
            del collections.Mapping  # type: ignore[attr-defined]
        for handler in [h for h in logging.root.handlers if h not in handlers]:
            logging.root.removeHandler(handler)
    return experta


class Network:
    """A rule network over goals (named conditions) and the answers declared so far.

    ``goals`` must list a card before the conditions that require its finding.
    """

    def __init__(self, goals: Mapping[str, Node]) -> None:
        self._goals = tuple(goals)
        builder = _Builder(_import_experta())
        for goal, node in goals.items():
            builder.goal(goal, node)
        self._facts = builder.facts
        self._concluded = builder.concluded
        self._engine = builder.engine()
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
            self._facts[item](standing=standing)
            for item, standing in known.items()
            if item not in self._declared and item in self._facts
        ]
        self._declared = known
        if new:
            self._engine.declare(*new)
            self._engine.run()
        return {goal: self._truth(goal) for goal in self._goals}

    def _start(self) -> None:
        """An empty working memory, and what follows from it."""
        self._concluded.clear()
        self._declared = {}
        self._engine.reset()
        self._engine.run()

    def _truth(self, goal: str) -> Truth:
        if (goal, True) in self._concluded:
            return Truth.PRESENT
        return Truth.ABSENT if (goal, False) in self._concluded else Truth.UNKNOWN


class _Builder:
    """Compiles conditions to experta rules."""

    def __init__(self, experta: Anything) -> None:
        self.experta = experta
        self.facts: dict[str, Anything] = {}  # item id -> its class of facts
        self.concluded: set[tuple[str, bool]] = set()
        self.rules: dict[str, Anything] = {}
        self.marks: dict[Anything, Anything] = {}
        self.known_goals: set[str] = set()

    def engine(self) -> Anything:
        return type("Rules", (self.experta.KnowledgeEngine,), self.rules)()

    def goal(self, goal: str, node: Node) -> None:
        for holds in (True, False):
            for patterns in self._alternatives(push_negation(node, negated=not holds)):
                self._rule(patterns, self._mark((goal, holds)), (goal, holds))
        self.known_goals.add(goal)

    def _alternatives(self, node: Node) -> list[list[Anything]]:
        """Lists of patterns; the node is certain as soon as all patterns of one list match."""
        if isinstance(node, Any):
            return [self._patterns(part) for part in node.of]
        return [self._patterns(node)]

    def _patterns(self, node: Node) -> list[Anything]:
        """Patterns that match together exactly when ``node`` (negation at leaves) is certain."""
        match node:
            case All():
                return [pattern for part in node.of for pattern in self._patterns(part)]
            case Any():
                mark = self._new_mark()
                for part in node.of:
                    self._rule(self._patterns(part), mark)
                return [mark()]
            case AtLeast():
                return [self._count(node)()]
            case Not():
                assert isinstance(node.part, Is | Includes | Compare | Answered | Takes | Found)
                return [self._leaf(node.part, Truth.ABSENT)]
            case Is() | Includes() | Compare() | Answered() | Takes() | Found():
                return [self._leaf(node, Truth.PRESENT)]
            case _:
                assert_never(node)

    def _count(self, node: AtLeast) -> Anything:
        """A chain of facts "at least n of the parts seen so far": the count without arithmetic."""
        reached: dict[int, Anything] = {}
        for part in node.of:
            mark = self._new_mark()
            self._rule(self._patterns(part), mark)
            before = dict(reached)
            for count in range(1, node.needed + 1):
                if count > 1 and count - 1 not in before:
                    break
                one_more = [mark()] if count == 1 else [mark(), before[count - 1]()]
                reached[count] = self._new_mark()
                self._rule(one_more, reached[count])
                if count in before:
                    self._rule([before[count]()], reached[count])
        return reached[node.needed]

    def _leaf(self, leaf: Leaf | Found, wanted: Truth) -> Anything:
        if isinstance(leaf, Found):
            holds = wanted is Truth.PRESENT
            if leaf.card not in self.known_goals:  # no such active card: it is absent
                return self.experta.InitialFact() if not holds else self._new_mark()()
            return self._mark((leaf.card, holds))()
        kind = self.facts.get(leaf.item)
        if kind is None:
            kind = self.facts[leaf.item] = type("Answer", (self.experta.Fact,), {})

        def matches(standing: Standing, leaf: Leaf = leaf) -> bool:
            return bounds(leaf, standing).truth is wanted

        return kind(standing=self.experta.P(matches))

    def _mark(self, key: tuple[str, bool]) -> Anything:
        if key not in self.marks:
            self.marks[key] = self._new_mark()
        return self.marks[key]

    def _new_mark(self) -> Anything:
        return type("Mark", (self.experta.Fact,), {})

    def _rule(self, patterns: list[Anything], mark: Anything, goal: tuple[str, bool] | None = None) -> None:
        """When all ``patterns`` match, declare ``mark`` (and note the goal as concluded)."""
        # Every rule has a salience of its own: firing order must not depend on the hash seed.
        number = len(self.rules)
        fire = self._conclusion(mark, goal)
        rule = self.experta.Rule(*patterns, salience=-number)(fire)
        self.rules[f"rule_{number:05d}"] = rule

    def _conclusion(self, mark: Anything, goal: tuple[str, bool] | None) -> Callable[[Anything], None]:
        def fire(engine: Anything) -> None:
            if goal is not None:
                self.concluded.add(goal)
            engine.declare(mark())

        return fire
