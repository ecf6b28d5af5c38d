"""The longest interview that any answers can lead to."""

from __future__ import annotations

from dataclasses import dataclass

from triage.engine.disposition import most_urgent, raised
from triage.engine.effective import effective_answers
from triage.engine.response import Response
from triage.engine.routing.due import due
from triage.engine.routing.even_today import asked_even_today
from triage.engine.solving.conclusions import Conclusions
from triage.engine.solving.unknowns import DAY, Unknowns
from triage.readers.circuit import Cases, Literal
from triage.readers.evaluate import evaluate_all
from triage.rulebook.rulebook import Rulebook
from triage.workbench.proving.prove import in_full

_OPENED, _SURELY = 1000, 10  # what a question more is worth beside an answer out of the ordinary


@dataclass(frozen=True, slots=True)
class LongestInterview:
    """No answers open more than ``at_most`` questions; ``person`` is asked ``asked`` of them, the longest
    interview that was found. Opened is not yet asked: some are left out as soon as they can change nothing.
    """

    at_most: int
    asked: int
    person: Response


def longest_interview(rulebook: Rulebook) -> LongestInterview:
    """Found by weighted MaxSAT: as many questions as can be open together below "today", from which on
    only what is more urgent is asked; and those answers as ordinary as can be."""
    over = Conclusions(Unknowns([rulebook]))
    proofs, circuit = over.proofs, over.circuit
    calm = over.at_most("soon")
    weights: dict[Literal, int] = {}
    opened = [proofs.reached(item.id) for item in rulebook.items.values() if item.stage == "interview"]
    for item in rulebook.items.values():
        if item.ask_when is not None:
            weights[proofs.formula(item.ask_when).least_present] = _SURELY
    for name, number in over.unknowns.ordinary().items():
        weights[proofs.value(name, number)] = 1
    for literal in opened:
        weights[literal] = _OPENED
    said = [proofs.value(part.name, n) for part in proofs.parts.values() for n in range(part.size)]
    cases = Cases(circuit, circuit.cone([calm, *weights, *said]))
    model = cases.heaviest([calm], weights)
    values = {
        part.name: next(n for n in range(part.size) if proofs.value(part.name, n) in model)
        for part in proofs.parts.values()
    }
    person = in_full(over.unknowns, values)
    asked = _asked(rulebook, person)
    kept = {item: answer for item, answer in person.answers.items() if item in asked}
    return LongestInterview(sum(literal in model for literal in opened), len(asked), Response(kept))


def _asked(rulebook: Rulebook, person: Response) -> list[str]:
    """The questions of the person's interview, in order, by the plain evaluator."""
    response, asked = Response(), list[str]()
    while True:
        known = effective_answers(rulebook, response, DAY)
        found = evaluate_all(rulebook.shared_goals, known)
        truths = {goal: bounds.truth for goal, bounds in found.items()}
        level = most_urgent(raised(rulebook, truths, found))
        left = due(rulebook, known, found, level)
        if level == "same_day":
            left = asked_even_today(rulebook, known, found, left)
        waiting = [i for i in left if person.get(i) is not None and i not in asked]
        if not waiting:
            return asked
        asked.append(waiting[0])
        response = response.with_answer(waiting[0], person.get(waiting[0]))
