"""The plain reference reader: what a condition is, which answers make it so, what is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
from triage.truth import Bounds, Truth, all_of, any_of, at_least, not_

ABSENT = Bounds.settled(Truth.ABSENT)


def evaluate(node: Node, standings: Mapping[str, Standing], found: Mapping[str, Bounds]) -> Bounds:
    """What ``node`` can be. Total: an item or card that is not there is "not asked" or absent."""
    match node:
        case Is() | Includes() | Compare() | Answered() | Takes():  # first: most nodes are leaves
            return bounds(node, standings.get(node.item, Silence.NOT_ASKED))
        case All():
            return all_of(evaluate(part, standings, found) for part in node.of)
        case Any():
            return any_of(evaluate(part, standings, found) for part in node.of)
        case AtLeast():
            return at_least(node.needed, (evaluate(part, standings, found) for part in node.of))
        case Not():
            return not_(evaluate(node.part, standings, found))
        case Found():
            return found.get(node.card, ABSENT)
        case _:
            assert_never(node)


def evaluate_all(goals: Mapping[str, Node], standings: Mapping[str, Standing]) -> dict[str, Bounds]:
    """Every goal; ``goals`` must list a card before the conditions that require its finding."""
    found: dict[str, Bounds] = {}
    for goal, node in goals.items():
        found[goal] = evaluate(node, standings, found)
    return found


@dataclass(frozen=True, slots=True)
class Reason:
    """One answer's part in a finding. ``negated``: the card wants it not to be so."""

    leaf: Leaf
    negated: bool
    truth: Truth  # of the leaf with its negation applied: PRESENT speaks for the finding


def reasons(
    node: Node,
    standings: Mapping[str, Standing],
    goals: Mapping[str, Node],
    found: Mapping[str, Bounds],
) -> list[Reason]:
    """The answers for, against and unknown, in the order of the condition, without repeats.

    Alternatives of an "any" that already holds are left out unless they hold too: that somebody
    does not also sit all day is no reason against a cramp after hard training.
    """
    collected = _reasons(push_negation(node), standings, goals, found)
    return list(dict.fromkeys(collected))


def _reasons(
    node: Node,
    standings: Mapping[str, Standing],
    goals: Mapping[str, Node],
    found: Mapping[str, Bounds],
) -> Iterator[Reason]:
    match node:
        case All() | AtLeast():
            for part in node.of:
                yield from _reasons(part, standings, goals, found)
        case Any():
            whole = evaluate(node, standings, found).truth
            for part in node.of:
                if whole is not Truth.PRESENT or (evaluate(part, standings, found).truth is Truth.PRESENT):
                    yield from _reasons(part, standings, goals, found)
        case Not():
            yield from _leaf_reasons(node.part, True, standings, goals, found)
        case Is() | Includes() | Compare() | Answered() | Takes() | Found():
            yield from _leaf_reasons(node, False, standings, goals, found)
        case _:
            assert_never(node)


def _leaf_reasons(
    leaf: Node,
    negated: bool,
    standings: Mapping[str, Standing],
    goals: Mapping[str, Node],
    found: Mapping[str, Bounds],
) -> Iterator[Reason]:
    if isinstance(leaf, Found):
        if leaf.card in goals:
            inner = push_negation(goals[leaf.card], negated=negated)
            yield from _reasons(inner, standings, goals, found)
        return
    assert isinstance(leaf, Is | Includes | Compare | Answered | Takes)
    value = evaluate(leaf, standings, found)
    yield Reason(leaf, negated, (not_(value) if negated else value).truth)


def open_items(
    node: Node,
    standings: Mapping[str, Standing],
    goals: Mapping[str, Node],
    found: Mapping[str, Bounds],
) -> set[str]:
    """Items not asked yet whose answers can still change the condition (or, rarely, could not)."""
    return _open(node, standings, goals, found)[1]


_NOTHING: set[str] = set()


def _open(
    node: Node,
    standings: Mapping[str, Standing],
    goals: Mapping[str, Node],
    found: Mapping[str, Bounds],
) -> tuple[Bounds, set[str]]:
    """What the condition can be, and its open items: in one pass, or parts are evaluated often."""
    match node:
        case Is() | Includes() | Compare() | Answered() | Takes():
            value = bounds(node, standings.get(node.item, Silence.NOT_ASKED))
            return value, _NOTHING if value.least == value.most else {node.item}
        case All() | Any() | AtLeast():
            parts = [_open(part, standings, goals, found) for part in node.of]
            values = [value for value, _ in parts]
            if isinstance(node, AtLeast):
                value = at_least(node.needed, values)
            else:
                value = all_of(values) if isinstance(node, All) else any_of(values)
            items = set().union(*(items for _, items in parts)) if parts else _NOTHING
        case Not():
            value, items = _open(node.part, standings, goals, found)
            value = not_(value)
        case Found():
            value = found.get(node.card, ABSENT)
            if value.least == value.most or node.card not in goals:
                return value, _NOTHING
            items = _open(goals[node.card], standings, goals, found)[1]
        case _:
            assert_never(node)
    return value, _NOTHING if value.least == value.most else items
