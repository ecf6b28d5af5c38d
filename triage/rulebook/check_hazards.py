"""Checks of the hazard log: no control may be missing."""

from __future__ import annotations

from triage.names import nearest
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
            if control in hazard.controls[:number]:
                place = rulebook.place(f"hazard:{hazard.id}", "controls", number)
                fix = "Take one of the two out: a control counts once."
                problems.append(Problem("hazard-control", "this control stands twice", place, fix))
            place = rulebook.place(f"hazard:{hazard.id}", "controls", number)
            named = [value for value in (control.card, control.invariant, control.test) if value]
            if len(named) != 1:
                fix = "Write one line for each control: card: …, invariant: …, or test: …"
                problems.append(Problem("hazard-control", "a control names one thing", place, fix))
            if control.card is None:
                continue
            card = rulebook.cards.get(control.card)
            if card is None:
                fix = "Was it deleted? Put it back, or name what stands against this hazard now."
                near = nearest(control.card, rulebook.cards, cutoff=90)
                if near:  # a slip of the pen, not another card with a like name
                    fix = f"{fix} If it is misspelt: “{near[0]}”?"
                message = (
                    f"the card “{control.card}” is gone: the hazard “{hazard.hazard}” has lost a control"
                )
                problems.append(Problem("hazard-control", message, place, fix))
            elif card.status != "active" and rulebook.base is None:
                fix = "Make that card active, or name what stands against the hazard now."
                message = f"the card “{control.card}” is {card.status}: it controls nothing"
                problems.append(Problem("hazard-control", message, place, fix))
    return problems
