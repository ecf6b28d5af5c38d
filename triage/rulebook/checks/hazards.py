"""Checks of the hazard log: no control may be missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from triage.names import did_you_mean, nearest
from triage.problems import Problem
from triage.rulebook.hazards import Control, Hazard
from triage.rulebook.rulebook import Rulebook


class _Fault(NamedTuple):
    message: str
    fix: str


def check_hazards(rulebook: Rulebook) -> list[Problem]:
    """Controls that name no card or invariant, an inactive card, or not exactly one thing.

    Whether the tests that are named exist is a matter for the tests: a folder of rules may stand alone.
    A clinic's folder cannot retire a card of the rules that it extends if a hazard counts on it.
    """
    problems: list[Problem] = []
    for hazard in rulebook.hazards.values():
        for number, control in enumerate(hazard.controls):
            place = rulebook.place(f"hazard:{hazard.id}", "controls", number)
            if control in hazard.controls[:number]:
                fix = "Take one of the two out: a control counts once."
                problems.append(Problem("hazard-control", "this control stands twice", place, fix))
            for message, fix in _faults(rulebook, hazard, control):
                problems.append(Problem("hazard-control", message, place, fix))
    return problems


def _faults(rulebook: Rulebook, hazard: Hazard, control: Control) -> Iterator[_Fault]:
    named = [value for value in (control.card, control.invariant, control.test) if value]
    if len(named) != 1:
        fix = "Write one line for each control: card: …, invariant: …, or test: …"
        yield _Fault("a control names one thing", fix)
    if control.invariant is not None and control.invariant not in rulebook.invariants:
        hint = did_you_mean(control.invariant, rulebook.invariants)
        fix = hint or "Put it back into invariants.yaml, or name what stands against this hazard now."
        yield _Fault(f"there is no invariant “{control.invariant}”: the hazard has lost a control", fix)
    if control.card is not None:
        yield from _of_card(rulebook, hazard, control.card)


def _of_card(rulebook: Rulebook, hazard: Hazard, name: str) -> Iterator[_Fault]:
    card = rulebook.cards.get(name)
    if card is None:
        fix = "Was it deleted? Put it back, or name what stands against this hazard now."
        near = nearest(name, rulebook.cards, cutoff=90)
        if near:  # a slip of the pen, not another card with a like name
            fix = f"{fix} If it is misspelt: “{near[0]}”?"
        yield _Fault(f"the card “{name}” is gone: the hazard “{hazard.hazard}” has lost a control", fix)
    elif card.status != "active" and rulebook.base is None:
        fix = "Make that card active, or name what stands against the hazard now."
        yield _Fault(f"the card “{name}” is {card.status}: it controls nothing", fix)
