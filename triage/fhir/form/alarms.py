"""What to do at once, as text in the form that an answer which makes it an emergency opens."""

from __future__ import annotations

from triage.conditions.walk import cards_read, items_read
from triage.fhir.form.gates import Gates
from triage.fhir.form.questions import merged, note
from triage.fhir.resource import Json
from triage.readers.fhir import End
from triage.rulebook.rulebook import Rulebook


def alarms(rulebook: Rulebook, gates: Gates) -> dict[str, list[Json]]:
    """For every question the texts that stand below it: each after the last question that it rests on.

    A card is said as soon as it surely makes it an emergency; if "not sure" does so too, for that.
    """
    order = list(rulebook.items)
    label = rulebook.dispositions["emergency"].label
    found: dict[str, list[Json]] = {}
    for card in rulebook.red_flags:
        if card.disposition != "emergency":
            continue
        after = max(_rests_on(rulebook, card.id), key=order.index)
        end = End.LEAST_UNKNOWN if card.if_unsure == "emergency" else End.LEAST_PRESENT
        text = note(f"now-{card.id}", f"{label}. {card.do_now}")
        found.setdefault(after, []).append(merged(text, gates.when(rulebook.goals[card.id], end)))
    return found


def _rests_on(rulebook: Rulebook, goal: str) -> set[str]:
    node = rulebook.goals[goal]
    return items_read(node).union(*(_rests_on(rulebook, card) for card in cards_read(node)))
