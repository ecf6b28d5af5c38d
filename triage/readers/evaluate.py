"""The plain reference reader: what a condition is, which answers make it so, what is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import repeat
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
    OfItem,
    Takes,
)
from triage.conditions.walk import push_negation
from triage.truth import Bounds, Truth, all_of, any_of, at_least, not_

ABSENT = Bounds.settled(Truth.ABSENT)


def evaluate(
    node: Node, effective_answers: Mapping[str, EffectiveAnswer], found: Mapping[str, Bounds]
) -> Bounds:
    """What ``node`` can be. Total: an item or card that is not there is "not asked" or absent."""
    return _evaluate(node, effective_answers, found, {})


def evaluate_all(
    goals: Mapping[str, Node], effective_answers: Mapping[str, EffectiveAnswer]
) -> dict[str, Bounds]:
    """Every goal; ``goals`` must list a card before the conditions that require its finding.

    Parts that are one object are read once: the shared goals of a rulebook (``share``) have 14 times fewer
    of them than the same goals as they are written.
    """
    found: dict[str, Bounds] = {}
    parts: dict[int, Bounds] = {}
    for goal, node in goals.items():
        found[goal] = _evaluate(node, effective_answers, found, parts)
    return found


def _evaluate(
    node: Node,
    effective_answers: Mapping[str, EffectiveAnswer],
    found: Mapping[str, Bounds],
    parts: dict[int, Bounds],
) -> Bounds:
    """``parts`` has what is known of other parts, by the identity of nodes that live as long as it does."""
    known = parts.get(id(node))
    if known is not None:
        return known
    match node:
        case AllOf() | AnyOf() | AtLeast():
            values = map(_evaluate, node.of, repeat(effective_answers), repeat(found), repeat(parts))
            if isinstance(node, AllOf):
                made = all_of(values)
            elif isinstance(node, AnyOf):
                made = any_of(values)
            else:
                made = at_least(node.needed, values)
        case Not():
            made = not_(_evaluate(node.part, effective_answers, found, parts))
        case Found():
            made = found.get(node.card, ABSENT)
        case OfItem():
            made = bounds(node, effective_answers.get(node.item, NoAnswer.NOT_ASKED))
        case _:
            assert_never(node)
    parts[id(node)] = made
    return made


@dataclass(frozen=True, slots=True)
class Reason:
    """One answer's part in a finding. ``negated``: the card wants it not to be so."""

    leaf: Leaf
    negated: bool
    truth: Truth  # of the leaf with its negation applied: PRESENT speaks for the finding


def reasons(
    node: Node,
    effective_answers: Mapping[str, EffectiveAnswer],
    goals: Mapping[str, Node],
    found: Mapping[str, Bounds],
    read: Callable[[Node], Node] = lambda node: node,
) -> list[Reason]:
    """The answers for, against and unknown, in the order of the condition, without repeats.

    Alternatives of an "any" that already holds are left out unless they hold too: that somebody
    does not also sit all day is no reason against a cramp after hard training. Nor is it a reason that an
    exception ("not so, or not answered") does not apply: that an ache is none after effort. ``read`` says
    how a part counts for this person: a line that is not shown is no reason. ``goals`` are conditions as
    written.
    """
    return list(dict.fromkeys(_Reasons(effective_answers, goals, found, read).of(push_negation(node))))


@dataclass(frozen=True)
class _Reasons:
    effective_answers: Mapping[str, EffectiveAnswer]
    goals: Mapping[str, Node]
    found: Mapping[str, Bounds]
    read: Callable[[Node], Node]

    def of(self, node: Node) -> Iterator[Reason]:
        match node:
            case AllOf() | AtLeast():
                for part in node.of:
                    yield from self.of(part)
            case AnyOf():
                whole = self._truth(node)
                exception = whole is Truth.PRESENT and any(map(_is_unanswered, node.of))
                for part in node.of:
                    if exception and isinstance(part, Not):
                        continue
                    if whole is not Truth.PRESENT or self._truth(part) is Truth.PRESENT:
                        yield from self.of(part)
            case Not():
                yield from self._of_leaf(node.part, True)
            case Is() | Includes() | Compare() | Answered() | Takes() | Found():
                yield from self._of_leaf(node, False)
            case _:
                assert_never(node)

    def _of_leaf(self, leaf: Node, negated: bool) -> Iterator[Reason]:
        if isinstance(leaf, Found):
            if leaf.card in self.goals:
                yield from self.of(push_negation(self.goals[leaf.card], negated=negated))
            return
        assert isinstance(leaf, Is | Includes | Compare | Answered | Takes)
        value = evaluate(self.read(leaf), self.effective_answers, self.found)
        yield Reason(leaf, negated, (not_(value) if negated else value).truth)

    def _truth(self, node: Node) -> Truth:
        return evaluate(self.read(node), self.effective_answers, self.found).truth


def _is_unanswered(node: Node) -> bool:
    if isinstance(node, AnyOf):
        return any(map(_is_unanswered, node.of))
    return isinstance(node, Not) and isinstance(node.part, Answered)


def open_items(
    node: Node,
    effective_answers: Mapping[str, EffectiveAnswer],
    goals: Mapping[str, Node],
    found: Mapping[str, Bounds],
) -> set[str]:
    """Items not asked yet whose answers can still change the condition (or, rarely, could not)."""
    return _open(node, effective_answers, goals, found)[1]


_NOTHING: set[str] = set()


def _open(
    node: Node,
    effective_answers: Mapping[str, EffectiveAnswer],
    goals: Mapping[str, Node],
    found: Mapping[str, Bounds],
) -> tuple[Bounds, set[str]]:
    """What the condition can be, and its open items: in one pass, or parts are evaluated often."""
    match node:
        case Is() | Includes() | Compare() | Answered() | Takes():
            value = bounds(node, effective_answers.get(node.item, NoAnswer.NOT_ASKED))
            return value, _NOTHING if value.least == value.most else {node.item}
        case AllOf() | AnyOf() | AtLeast():
            parts = [_open(part, effective_answers, goals, found) for part in node.of]
            values = [value for value, _ in parts]
            if isinstance(node, AtLeast):
                value = at_least(node.needed, values)
            else:
                value = all_of(values) if isinstance(node, AllOf) else any_of(values)
            items = set().union(*(items for _, items in parts)) if parts else _NOTHING
        case Not():
            value, items = _open(node.part, effective_answers, goals, found)
            value = not_(value)
        case Found():
            value = found.get(node.card, ABSENT)
            if value.least == value.most or node.card not in goals:
                return value, _NOTHING
            items = _open(goals[node.card], effective_answers, goals, found)[1]
        case _:
            assert_never(node)
    return value, _NOTHING if value.least == value.most else items
