"""Checks of the hazard log: no control may be missing."""

from __future__ import annotations

from triage.names import did_you_mean
from triage.problems import Problem
from triage.rulebook.rulebook import Rulebook


def check_hazards(rulebook: Rulebook) -> list[Problem]:
    """Controls that name no card, an inactive one, or not exactly one thing.

    Whether the tests that are named exist is a matter for the tests: a folder of rules may stand alone.
    A clinic that retires a card of the rules that it extends must sign for that anyway (``loosens``).
    """
    problems: list[Problem] = []
    for hazard in rulebook.hazards.values():
        for number, control in enumerate(hazard.controls):
            place = rulebook.place(f"hazard:{hazard.id}", "controls", number)
            named = [value for value in (control.card, control.invariant, control.test) if value]
            if len(named) != 1:
                fix = "Write one line for each control: card: …, invariant: …, or test: …"
                problems.append(Problem("hazard-control", "a control names one thing", place, fix))
            if control.card is None:
                continue
            card = rulebook.cards.get(control.card)
            if card is None:
                fix = did_you_mean(control.card, rulebook.cards) or "Name a card that stands against it."
                message = f"there is no card “{control.card}”: this hazard has lost a control"
                problems.append(Problem("hazard-control", message, place, fix))
            elif card.status != "active" and rulebook.base is None:
                fix = "Make that card active, or name what stands against the hazard now."
                message = f"the card “{control.card}” is {card.status}: it controls nothing"
                problems.append(Problem("hazard-control", message, place, fix))
    return problems
