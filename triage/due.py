"""Which questions are still due: those that can change a conclusion or that the page needs."""

from __future__ import annotations

from collections.abc import Mapping

from triage.conditions.standing import Silence, Standing
from triage.conditions.walk import items_read
from triage.disposition import possible_level
from triage.readers.evaluate import open_items
from triage.rulebook.model import Level, urgency
from triage.rulebook.rulebook import Rulebook
from triage.truth import Bounds


def due(
    rulebook: Rulebook,
    standings: Mapping[str, Standing],
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
        if standings[item.id] is Silence.NOT_ASKED and item.stage == "interview"
    ]
    if level == "emergency" or not waiting:
        return []
    hurried = urgency(level) >= urgency("same_day")
    wanted: set[str] = set()
    if not hurried:
        wanted.update(item.id for item in waiting if item.summary)
    for goal in _undecided(rulebook, found, hurried, urgency(level)):
        if found[goal].least != found[goal].most:
            wanted |= open_items(rulebook.goals[goal], standings, rulebook.goals, found)
    wanted |= _gates(rulebook, wanted)
    return [item.id for item in waiting if item.id in wanted]


def _undecided(rulebook: Rulebook, found: Mapping[str, Bounds], hurried: bool, reached: int) -> list[str]:
    flags = [
        card.id for card in rulebook.red_flags if urgency(possible_level(card, found[card.id])) > reached
    ]
    if hurried:
        return flags
    flag_ids = {card.id for card in rulebook.red_flags}
    return [*flags, *(goal for goal in rulebook.goals if goal not in flag_ids)]


def _gates(rulebook: Rulebook, wanted: set[str]) -> set[str]:
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
