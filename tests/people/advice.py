"""What is advised to one of these people, without the rest of an assessment."""

from __future__ import annotations

from triage.engine.advising import advising
from triage.engine.assessment import Given, Withheld
from triage.engine.inference import Reasoner
from triage.engine.outcome import outcome
from triage.engine.proxy import in_their_words
from triage.engine.response import Response


def advise(reasoner: Reasoner, response: Response) -> tuple[tuple[Given, ...], tuple[Withheld, ...]]:
    """Only the advice given and withheld."""
    step = reasoner.step(response)
    book = in_their_words(reasoner.rulebook, step.effective_answers)
    return advising(book, step, outcome(book, step).code)
