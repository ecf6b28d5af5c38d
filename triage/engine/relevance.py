"""What one question can still change: the honest answer to "why do you ask that?"."""

from __future__ import annotations

from dataclasses import dataclass

from triage.engine.disposition import possible_level
from triage.engine.inference import Inference
from triage.engine.routing.due import undecided
from triage.readers.evaluate import open_items
from triage.rulebook.cards import Advice, Factor, Pattern, RedFlag, Theory
from triage.rulebook.goals import card_of
from triage.rulebook.model import Level
from triage.rulebook.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Stakes:
    """The conclusions, by title, that an answer can still change. What hangs on it most comes first.

    ``urgent`` has the level that each could lead to. All empty: only the clinician's page needs it.
    """

    urgent: tuple[tuple[Level, str], ...]
    patterns: tuple[str, ...]
    factors: tuple[str, ...]
    advice: tuple[str, ...]


def stakes(rulebook: Rulebook, step: Inference, item: str) -> Stakes:
    """What the answer to ``item``, or to a question that it opens, can still change."""
    found = step.found
    urgent: list[tuple[Level, str]] = []
    patterns: list[str] = []
    factors: list[str] = []
    advice: list[str] = []
    for goal in _hanging_on(rulebook, step, item):
        card = rulebook.cards[card_of(goal)]
        match card:
            case RedFlag():
                urgent.append((possible_level(card, found[goal]), card.title))
            case Pattern():
                patterns.append(card.title)
            case Factor() | Theory():
                factors.append(card.title)
            case Advice():
                advice.append(card.title)
    return Stakes(tuple(urgent), *(tuple(dict.fromkeys(titles)) for titles in (patterns, factors, advice)))


def _hanging_on(rulebook: Rulebook, step: Inference, item: str) -> list[str]:
    """The goals that the item can still change, those with the fewest other open items first."""
    asked = {item, *_behind(rulebook, item)}
    hanging: list[tuple[int, str]] = []
    for goal in undecided(rulebook, step.found, step.level):
        if goal in rulebook.dependents[item]:
            opened = open_items(rulebook.goals[goal], step.effective_answers, rulebook.goals, step.found)
            if opened & asked:
                hanging.append((len(opened - asked), goal))
    return [goal for _, goal in sorted(hanging)]


def _behind(rulebook: Rulebook, item: str) -> list[str]:
    """The items that ``item`` may open."""
    return [other for other, gates in rulebook.gates.items() if item in gates]
