"""What one question can still change: the honest answer to "why do you ask that?"."""

from __future__ import annotations

from dataclasses import dataclass

from triage.disposition import possible_level
from triage.due import undecided
from triage.readers.evaluate import open_items
from triage.reasoner import Step
from triage.rulebook.cards import Advice, Factor, Pattern, RedFlag, Theory
from triage.rulebook.model import Level, urgency
from triage.rulebook.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Stakes:
    """The conclusions, by title, that an answer can still change. Most urgent first.

    ``urgent`` has the level that each could lead to. All empty: only the clinician's page needs it.
    """

    urgent: tuple[tuple[Level, str], ...]
    patterns: tuple[str, ...]
    factors: tuple[str, ...]
    advice: tuple[str, ...]


def stakes(rulebook: Rulebook, step: Step, item: str) -> Stakes:
    """What the answer to ``item``, or to a question that it opens, can still change."""
    standings, found = step.standings, step.found
    urgent: list[tuple[Level, str]] = []
    patterns: list[str] = []
    factors: list[str] = []
    advice: list[str] = []
    for goal in undecided(rulebook, found, step.level):
        if goal not in rulebook.dependents[item]:
            continue
        opened = open_items(rulebook.goals[goal], standings, rulebook.goals, found)
        if not opened & {item, *_behind(rulebook, item)}:
            continue
        card = rulebook.cards[goal.rstrip("!").split("#")[0]]
        match card:
            case RedFlag():
                urgent.append((possible_level(card, found[goal]), card.title))
            case Pattern():
                patterns.append(card.title)
            case Factor() | Theory():
                factors.append(card.title)
            case Advice():
                advice.append(card.title)
    urgent.sort(key=lambda entry: -urgency(entry[0]))
    return Stakes(tuple(urgent), *(tuple(dict.fromkeys(titles)) for titles in (patterns, factors, advice)))


def _behind(rulebook: Rulebook, item: str) -> list[str]:
    """The items that ``item`` may open."""
    return [other for other, gates in rulebook.gates.items() if item in gates]
