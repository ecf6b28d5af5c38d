"""The conditions of cards by name: the goals that every reader evaluates."""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import TopologicalSorter

from triage.conditions.nodes import Node
from triage.conditions.walk import cards_read
from triage.rulebook.cards import Advice, Card, Factor, Pattern, RedFlag, Theory
from triage.rulebook.reading.source import Path


def conditions_of(card: Card) -> dict[str, tuple[Node, Path]]:
    """The conditions of a card by goal name, with their paths in its file.

    The goal of a card is its id; a guard's is ``id#n``; what speaks against it is ``id!``.
    """
    if isinstance(card, Advice):
        goals: dict[str, tuple[Node, Path]] = {card.id: (card.offer_when, ("offer_when",))}
        for number, guard in enumerate(card.guards):
            for key in ("block_when", "caution_when"):
                node = getattr(guard, key)
                if node is not None:
                    goals[f"{card.id}#{number}"] = (node, ("guards", number, key))
        return goals
    assert isinstance(card, RedFlag | Pattern | Factor | Theory)
    goals = {card.id: (card.when, ("when",))}
    if isinstance(card, Pattern | Factor) and card.against_when is not None:
        goals[f"{card.id}!"] = (card.against_when, ("against_when",))
    return goals


def card_of(goal: str) -> str:
    """The id of the card to which a goal belongs."""
    return goal.rstrip("!").split("#")[0]


def goals_of(cards: Iterable[Card]) -> dict[str, Node]:
    """All conditions of the cards by goal name, a card's before those that require its finding.

    Raises ``graphlib.CycleError`` for a ring, which ``check`` reports by name.
    """
    conditions = {goal: node for card in cards for goal, (node, _) in conditions_of(card).items()}
    needs = {goal: sorted(cards_read(node) & set(conditions)) for goal, node in conditions.items()}
    return {goal: conditions[goal] for goal in TopologicalSorter(needs).static_order()}
