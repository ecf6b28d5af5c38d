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

from collections.abc import Iterator, Mapping
from typing import TypeAlias, assert_never

from triage.conditions.leaf import EffectiveAnswer, NoAnswer, bounds
from triage.conditions.nodes import (
    LEAVES,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    Compare,
    Found,
    Includes,
    Is,
    Node,
    Not,
    Takes,
)
from triage.conditions.walk import cards_read, push_negation, sole_item
from triage.truth import Truth
from triage.value import Value

About: TypeAlias = str | int | None  # what a fact is about: an item, a mark by its number, or nothing
Goal: TypeAlias = tuple[str, bool]  # a goal, and whether it holds or does not hold


PlannedPattern: TypeAlias = tuple[About, Node | None, tuple[int, ...]]
PlannedRule: TypeAlias = tuple[tuple[int, ...], int | None, Goal | None, int]


class Plan(Value):
    """A rule network as plain data: it can be kept, and made into a network without the conditions.

    A pattern is what a fact must be about; the condition, on one item, of which it must make certain
    (None: nothing else); and the numbers of the rules that require it. A rule is the numbers of its
    patterns and what follows when there is a fact for each: the number of a mark to declare, a goal
    that is concluded, or both; and a number that all rules with the same conclusion have.
    """

    patterns: tuple[PlannedPattern, ...]
    rules: tuple[PlannedRule, ...]


def plan_of(goals: Mapping[str, Node]) -> Plan:
    """The rules for some goals; a card must stand before the conditions that require its finding."""
    builder = _Builder(goals)
    wanted_by: list[list[int]] = [[] for _ in builder.patterns]
    conclusions: dict[tuple[int | None, Goal | None], int] = {}
    rules: list[PlannedRule] = []
    for number, (required, mark, goal) in enumerate(builder.rules):
        rules.append((required, mark, goal, conclusions.setdefault((mark, goal), len(conclusions))))
        for pattern in required:
            wanted_by[pattern].append(number)
    patterns = zip(builder.patterns, wanted_by, strict=True)
    return Plan(tuple((about, node, tuple(by)) for (about, node), by in patterns), tuple(rules))


class Network:
    """A rule network over goals (named conditions) and the answers declared so far.

    ``goals`` must list a card before the conditions that require its finding. ``plan`` is theirs, if
    it was made before.
    """

    def __init__(self, goals: Mapping[str, Node], plan: Plan | None = None) -> None:
        from triage.readers.experta_matcher import Engine, Fact  # imports experta: only when it is used

        plan = plan or plan_of(goals)
        self._goals = tuple(goals)
        self._items = {about for about, *_ in plan.patterns}
        self._fact = Fact
        self._engine = Engine(plan.patterns, plan.rules, _certain)
        self._declared: dict[str, EffectiveAnswer] = {}
        self._start()

    def conclude(self, effective_answers: Mapping[str, EffectiveAnswer]) -> dict[str, Truth]:
        """The truth of every goal.

        Only what is new is declared if the effective answers add to the last ones (the interview going
        on); otherwise (an edit) the working memory is filled anew.
        """
        known: dict[str, EffectiveAnswer] = {
            k: v for k, v in effective_answers.items() if v is not NoAnswer.NOT_ASKED
        }
        if any(known.get(item) != effective_answer for item, effective_answer in self._declared.items()):
            self._start()
        new = [
            self._fact(about=item, effective_answer=effective_answer)
            for item, effective_answer in known.items()
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
    """Compiles conditions to rules. A pattern goes by its number here."""

    def __init__(self, goals: Mapping[str, Node]) -> None:
        self.wanted = {card for node in goals.values() for card in cards_read(node)}
        self.patterns: list[tuple[About, Node | None]] = []
        self.rules: list[tuple[tuple[int, ...], int | None, Goal | None]] = []
        self.marks = 0
        self.parts: dict[Node, int] = {}  # the pattern that stands for a part of conditions
        self.found: dict[Goal, int] = {}  # those for conclusions that other goals require
        for goal, node in goals.items():
            self.goal(goal, node)

    def goal(self, goal: str, node: Node) -> None:
        for holds in (True, False):
            mark = None
            if goal in self.wanted:
                mark = self.found[goal, holds] = self._mark()
            for part in _alternatives(push_negation(node, negated=not holds)):
                self._rule(self._required(part), mark, (goal, holds))

    def _required(self, node: Node) -> list[int]:
        """Patterns that all have a fact exactly when ``node`` (negation at leaves) is certain."""
        if isinstance(node, AllOf) and sole_item(node) is None:
            return [pattern for part in _by_item(node) for pattern in self._required(part)]
        if node not in self.parts:
            self.parts[node] = self._part(node)
        return [self.parts[node]]

    def _part(self, node: Node) -> int:
        item = sole_item(node)
        if item is not None:
            return self._pattern(item, node)
        match node:
            case AnyOf():
                mark = self._mark()
                for part in _alternatives(node):
                    self._rule(self._required(part), mark)
                return mark
            case AtLeast():
                return self._count(node)
            case Not() | Found():
                return self._found(node)
            case _:
                raise AssertionError(f"a leaf reads one item: {node}")

    def _count(self, node: AtLeast) -> int:
        """A chain of facts "at least n of the parts seen so far": counting without arithmetic."""
        reached: dict[int, int] = {}
        for part in node.of:
            required = self._required(part)
            before = dict(reached)
            for count in range(1, min(node.needed, len(before) + 1) + 1):
                reached[count] = self._mark()
                self._rule(required if count == 1 else [*required, before[count - 1]], reached[count])
                if count in before:
                    self._rule([before[count]], reached[count])
        return reached[node.needed]

    def _found(self, node: Not | Found) -> int:
        """Another goal's conclusion; a card that is not there is absent."""
        holds = isinstance(node, Found)
        leaf = node if isinstance(node, Found) else node.part
        assert isinstance(leaf, Found)
        mark = self.found.get((leaf.card, holds))
        if mark is None:
            return self._mark() if holds else self._pattern(None)
        return mark

    def _mark(self) -> int:
        self.marks += 1
        return self._pattern(self.marks)

    def _pattern(self, about: About, node: Node | None = None) -> int:
        self.patterns.append((about, node))
        return len(self.patterns) - 1

    def _rule(self, required: list[int], mark: int | None, goal: Goal | None = None) -> None:
        """When all of ``required`` have a fact, the goal is concluded and the mark is declared."""
        numbers = tuple(dict.fromkeys(required)) or (self._pattern(None),)
        declared = None if mark is None else self.patterns[mark][0]
        assert not isinstance(declared, str)
        self.rules.append((numbers, declared, goal))


def _alternatives(node: Node) -> list[Node]:
    """The parts of which one is enough. What reads one item only is never taken apart."""
    return _by_item(node) if isinstance(node, AnyOf) and sole_item(node) is None else [node]


def _by_item(node: AllOf | AnyOf) -> list[Node]:
    """The parts of a conjunction or disjunction, with those that read the same one item made one."""
    groups: dict[object, list[Node]] = {}
    for number, part in enumerate(_flat(node)):
        groups.setdefault(sole_item(part) or number, []).append(part)
    return [parts[0] if len(parts) == 1 else type(node)(tuple(parts)) for parts in groups.values()]


def _flat(node: AllOf | AnyOf) -> Iterator[Node]:
    for part in node.of:
        if isinstance(part, type(node)):
            yield from _flat(part)
        else:
            yield part


def _certain(node: Node, effective_answer: EffectiveAnswer) -> bool:
    """Whether a condition on one item (negation at leaves) is certain, by how the item stands."""
    match node:
        case Is() | Includes() | Compare() | Answered() | Takes():
            return bounds(node, effective_answer).truth is Truth.PRESENT
        case Not():
            leaf = node.part
            assert isinstance(leaf, LEAVES)
            return bounds(leaf, effective_answer).truth is Truth.ABSENT
        case AllOf():
            return all(_certain(part, effective_answer) for part in node.of)
        case AnyOf():
            return any(_certain(part, effective_answer) for part in node.of)
        case AtLeast():
            return sum(_certain(part, effective_answer) for part in node.of) >= node.needed
        case Found():
            raise AssertionError("a finding is no item")
        case _:
            assert_never(node)
