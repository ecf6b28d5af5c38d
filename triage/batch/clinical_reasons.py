"""Which answers speak for or against a finding, for many responses: ``evaluate.reasons`` in columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, assert_never

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
from triage.conditions.rows import Planes, Row, denied, either, every, negated
from triage.conditions.walk import push_negation
from triage.readers.batch import Conditions
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth

Chosen: TypeAlias = Callable[[Leaf], bool]


def has_reason(
    conditions: Conditions, planes: int, node: Node, truth: Truth, chosen: Chosen, rulebook: Rulebook
) -> Row:
    """Where one of the reasons of ``node`` has this truth, among the leaves that are ``chosen``."""
    goals, read = rulebook.written, rulebook.option_gates.condition

    def within(node: Node) -> Row:
        match node:
            case AllOf() | AtLeast():
                return either(within(part) for part in node.of)
            case AnyOf():
                elsewhere = negated(_is(evaluated(node), Truth.PRESENT))
                return either(
                    every([within(part), either([elsewhere, _is(evaluated(part), Truth.PRESENT)])])
                    for part in node.of
                )
            case Not():
                return of_leaf(node.part, True)
            case Is() | Includes() | Compare() | Answered() | Takes() | Found():
                return of_leaf(node, False)
            case _:
                assert_never(node)

    def of_leaf(leaf: Node, is_negated: bool) -> Row:
        if isinstance(leaf, Found):
            inner = goals.get(leaf.card)
            return within(push_negation(inner, negated=is_negated)) if inner is not None else False
        assert isinstance(leaf, Is | Includes | Compare | Answered | Takes)
        if not chosen(leaf):
            return False
        said = evaluated(leaf)
        return _is(denied(said) if is_negated else said, truth)

    def evaluated(node: Node) -> Planes:
        return conditions.evaluate(read(node), planes, goals)

    return within(push_negation(node))


def _is(planes: Planes, truth: Truth) -> Row:
    """Where a condition has this truth: not asked and not sure are both UNKNOWN."""
    sure, may = planes[0], planes[-1]
    match truth:
        case Truth.PRESENT:
            return sure
        case Truth.ABSENT:
            return negated(may)
        case Truth.UNKNOWN:
            return every([may, negated(sure)])
        case _:
            assert_never(truth)
