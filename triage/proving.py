"""Whether an invariant holds for all answers."""

from __future__ import annotations

from dataclasses import dataclass

from triage.invariant_check import holds_for, what_is_broken
from triage.population import People
from triage.response import Response
from triage.rulebook.invariants import Invariant
from triage.rulebook.rulebook import Rulebook

TRIED = 400


@dataclass(frozen=True, slots=True)
class Proof:
    """``person`` is somebody for whom the invariant does not hold, None if it holds for all answers;
    ``got`` what that person gets instead, in plain words. ``empty``: nobody can be in the premise."""

    invariant: Invariant
    person: Response | None
    got: str
    empty: bool = False


def prove(rulebook: Rulebook, invariant: Invariant) -> Proof:
    """Stands in for the solver, which replaces it: tries some hundred people."""
    return _tried(rulebook, invariant, People([rulebook]).responses(TRIED))


def prove_all(rulebook: Rulebook) -> list[Proof]:
    people = People([rulebook]).responses(TRIED)
    return [_tried(rulebook, invariant, people) for invariant in rulebook.invariants.values()]


def _tried(rulebook: Rulebook, invariant: Invariant, people: list[Response]) -> Proof:
    for person in people:
        if holds_for(rulebook, invariant, person) is False:
            got = " and ".join(what_is_broken(rulebook, invariant, person) or ())
            return Proof(invariant, person, got)
    return Proof(invariant, None, "")
