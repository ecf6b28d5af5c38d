"""What is counted over the nights of a diary, as ranges, and conditions on the counts.

The lower end is what was told; the upper end is what may have been besides, on nights that were not
told. So no condition can hold for the only reason that something was forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, assert_never

from triage.conditions.leaf import bounds
from triage.conditions.nodes import (
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
from triage.diary.nights import FourWeeks
from triage.readers.evaluate import evaluate
from triage.rulebook.diary.rules import Count, DiaryRules
from triage.truth import OPEN, Bounds, Truth, all_of, any_of, at_least, not_

WEEK = 7


class Range(NamedTuple):
    """The smallest and the largest number that it can be."""

    least: float
    most: float


def count_nights(rules: DiaryRules, weeks: FourWeeks) -> dict[str, Range]:
    """Every count of the rules, over these nights."""
    begun = next((n for n in range(len(weeks.nights)) if weeks.told(n)), len(weeks.nights))
    return {count.id: _counted(count, weeks, begun) for count in rules.counts}


def _counted(count: Count, weeks: FourWeeks, begun: int) -> Range:
    truths = [evaluate(count.when, night, {}).truth for night in weeks.nights]
    if count.a_week:
        since = truths[begun:]
        if len(since) < WEEK:  # too short to say anything of a week
            return Range(0, WEEK)
        found = _range(since)
        made = Range(found.least * WEEK / len(since), found.most * WEEK / len(since))
    elif count.within is not None:
        pieces = [truths[n : n + count.within] for n in range(max(1, len(truths) - count.within + 1))]
        ranges = [_range(piece) for piece in pieces]
        made = Range(max(r.least for r in ranges), max(r.most for r in ranges))
    else:
        made = _range(truths)
    return Range(made.least, made.least) if count.as_told else made


def _range(truths: Sequence[Truth]) -> Range:
    least = sum(truth is Truth.PRESENT for truth in truths)
    return Range(least, least + sum(truth is Truth.UNKNOWN for truth in truths))


def holds(node: Node, counts: Mapping[str, Range]) -> Bounds:
    """What a condition on counts can be. Total: a count that is not there can be anything."""
    match node:
        case Compare():
            found = counts.get(node.item)
            if found is None:
                return OPEN
            ends = [bounds(node, found.least).truth, bounds(node, found.most).truth]
            return Bounds(min(ends), max(ends))  # a comparison turns only once between two numbers
        case AllOf():
            return all_of(holds(part, counts) for part in node.of)
        case AnyOf():
            return any_of(holds(part, counts) for part in node.of)
        case AtLeast():
            return at_least(node.needed, (holds(part, counts) for part in node.of))
        case Not():
            return not_(holds(node.part, counts))
        case Is() | Includes() | Answered() | Takes() | Found():
            return OPEN  # of which the checks of the rules tell
        case _:
            assert_never(node)


def surely(node: Node, counts: Mapping[str, Range]) -> bool:
    """Whether a condition holds, whatever happened on the nights that were not told."""
    return holds(node, counts).truth is Truth.PRESENT
