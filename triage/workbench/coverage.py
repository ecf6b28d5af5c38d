"""What examples and vignettes try: which cards, and which parts of their conditions, came out how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from triage.conditions.nodes import AllOf, AnyOf, AtLeast, Node, Not
from triage.engine.counterfactuals.cohort import in_columns
from triage.engine.response import Response
from triage.problems import Place
from triage.readers.columns import Column
from triage.rulebook.goals import card_of
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import TODAY, Example


@dataclass(frozen=True, slots=True)
class Count:
    """How many cases made a condition present, absent, unknown."""

    present: int
    absent: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Branch:
    """One part of a condition, and how it came out."""

    goal: str
    node: Node
    place: Place
    count: Count


def coverage(
    rulebook: Rulebook, examples: Sequence[Example], cases: Sequence[Response]
) -> tuple[dict[str, Count], list[Branch]]:
    """For each active card how often it fired, was silent, could not tell, over its own examples and
    the whole cases; and the same for each part of its conditions."""
    responses = [*(example.response for example in examples), *cases]
    columns = in_columns(rulebook, responses, TODAY)
    found = columns.evaluate_all(rulebook.goals)
    whole = columns.everyone >> len(examples) << len(examples)
    own = dict.fromkeys(rulebook.cards, whole)
    for number, example in enumerate(examples):
        own[example.card.id] |= 1 << number
    cards = {card: _count(found[card], own[card]) for card in rulebook.cards if card in found}
    branches = [
        Branch(goal, part, part.place, _count(columns.evaluate(part, found), own[card_of(goal)]))
        for goal, node in rulebook.goals.items()
        for part in parts(node)
    ]
    return cards, branches


def parts(node: Node) -> Iterator[Node]:
    """The condition and every part of it, from the outside in."""
    yield node
    if isinstance(node, AllOf | AnyOf | AtLeast):
        for part in node.of:
            yield from parts(part)
    elif isinstance(node, Not):
        yield from parts(node.part)


def _count(column: Column, those: int) -> Count:
    present, maybe = (column.present & those).bit_count(), (column.not_absent & those).bit_count()
    return Count(present, those.bit_count() - maybe, maybe - present)
