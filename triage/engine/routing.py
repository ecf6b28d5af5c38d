"""Which questions are still due: those that can change a conclusion or that the page needs."""

from __future__ import annotations

from collections.abc import Mapping

from triage.conditions.leaf import EffectiveAnswer, NoAnswer
from triage.conditions.walk import items_read
from triage.engine.disposition import possible_level
from triage.readers.evaluate import open_items
from triage.rulebook.model import Level, urgency
from triage.rulebook.rulebook import Rulebook
from triage.truth import Bounds


def due(
    rulebook: Rulebook,
    effective_answers: Mapping[str, EffectiveAnswer],
    found: Mapping[str, Bounds],
    level: Level,
) -> list[str]:
    """Ids of the items that would still be asked, in asking order; ``level`` is reached already.

    Once the result is an emergency nothing is due. From "same day" on only those questions are
    due whose answers can make it more urgent. Below that, also those that can change any other
    conclusion, and those that belong on the clinician's page.
    """
    waiting = [
        item
        for item in rulebook.items.values()
        if effective_answers[item.id] is NoAnswer.NOT_ASKED and item.stage == "interview"
    ]
    if level == "emergency" or not waiting:
        return []
    wanted: set[str] = set()
    if urgency(level) < urgency("same_day"):
        wanted.update(item.id for item in waiting if item.summary)
    unanswered = {item.id for item in waiting}
    for goal in undecided(rulebook, found, level):
        if not rulebook.reads[goal] & unanswered <= wanted:  # else it can want nothing more
            wanted |= open_items(rulebook.goals[goal], effective_answers, rulebook.goals, found)
    wanted |= gates_of(rulebook, wanted)
    return [item.id for item in waiting if item.id in wanted]


def undecided(rulebook: Rulebook, found: Mapping[str, Bounds], level: Level) -> list[str]:
    """The goals that answers can still change; from "same day" on only what is more urgent yet."""
    reached = urgency(level)
    goals = [
        card.id for card in rulebook.red_flags if urgency(possible_level(card, found[card.id])) > reached
    ]
    if reached < urgency("same_day"):
        flags = {card.id for card in rulebook.red_flags}
        goals += [goal for goal in rulebook.goals if goal not in flags]
    return [goal for goal in goals if found[goal].least != found[goal].most]


def gates_of(rulebook: Rulebook, wanted: set[str]) -> set[str]:
    """The items on which the wanted ones depend: a gate is asked before what it opens."""
    gates: set[str] = set()
    waiting = list(wanted)
    while waiting:
        gate = rulebook.items[waiting.pop()].ask_when
        for item in items_read(gate) if gate is not None else ():
            if item not in gates:
                gates.add(item)
                waiting.append(item)
    return gates
