"""Which questions are still due: those that can change a conclusion or that the page needs."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import TYPE_CHECKING

from triage.conditions.leaf import EffectiveAnswer, NoAnswer
from triage.engine.disposition import possible_level
from triage.readers.evaluate import open_items
from triage.rulebook.model import Level, urgency
from triage.rulebook.rulebook import Rulebook
from triage.truth import Bounds

if TYPE_CHECKING:
    from triage.readers.ongoing import Ongoing


def due(
    rulebook: Rulebook,
    effective_answers: Mapping[str, EffectiveAnswer],
    found: Mapping[str, Bounds],
    level: Level,
    ongoing: Ongoing | None = None,
) -> list[str]:
    """Ids of the items that would still be asked, in asking order; ``level`` is reached already.

    Once the result is an emergency nothing is due. From "same day" on only those questions are
    due whose answers can make it more urgent. Below that, also those that can change any other
    conclusion, and those that belong on the clinician's page. ``ongoing`` knows of these answers already.
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
    goals = undecided(rulebook, found, level)
    if ongoing is not None:
        wanted = wanted.union(*map(ongoing.open_items, goals))
    else:
        unanswered = {item.id for item in waiting}
        for goal in goals:
            if not rulebook.reads[goal] & unanswered <= wanted:  # else nothing more
                wanted |= opened(rulebook, goal, effective_answers, found, None)
    wanted |= gates_of(rulebook, wanted)
    return [item.id for item in waiting if item.id in wanted]


def opened(
    rulebook: Rulebook,
    goal: str,
    effective_answers: Mapping[str, EffectiveAnswer],
    found: Mapping[str, Bounds],
    ongoing: Ongoing | None,
) -> Set[str]:
    """The items that are open in a goal, by who knows them already or else by the plain evaluator."""
    if ongoing is not None:
        return ongoing.open_items(goal)
    return open_items(rulebook.goals[goal], effective_answers, rulebook.goals, found)


def undecided(rulebook: Rulebook, found: Mapping[str, Bounds], level: Level) -> list[str]:
    """The goals that answers can still change; from "same day" on only what is more urgent yet."""
    reached = urgency(level)
    goals = [  # open is what can end otherwise; asked here, of hundreds of goals after every answer
        card.id
        for card in rulebook.red_flags
        if (known := found[card.id])[0] is not known[1] and urgency(possible_level(card, known)) > reached
    ]
    if reached < urgency("same_day"):
        flags = {card.id for card in rulebook.red_flags}
        goals += [
            goal
            for goal in rulebook.goals
            if (known := found[goal])[0] is not known[1] and goal not in flags
        ]
    return goals


def gates_of(rulebook: Rulebook, wanted: set[str]) -> set[str]:
    """The items on which the wanted ones depend: a gate is asked before what it opens."""
    return {gate for item in wanted for gate in rulebook.gates.get(item, ())}
