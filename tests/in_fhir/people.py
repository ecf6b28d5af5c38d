"""Responses as a form can hold them: only questions that it shows are answered, with what it offers."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping
from dataclasses import replace

from people.generators import Generator

from triage.conditions.leaf import EffectiveAnswer, NoAnswer, Ticks
from triage.engine.effective import effective_answers, hidden_codes
from triage.engine.response import Answer, Response
from triage.readers.evaluate import evaluate, evaluate_all
from triage.readers.ongoing import Ongoing
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth

_WHOLE = {"2019": "2019-03-01", "2026-11": "2026-11-03"}


def known_of(rulebook: Rulebook, response: Response) -> Mapping[str, EffectiveAnswer]:
    """How every question stands today, as a form that is open now has it."""
    return effective_answers(rulebook, response, datetime.date.today())


def shown(item: Item, known: Mapping[str, EffectiveAnswer]) -> bool:
    """Whether a form shows the question: it is settled that it is asked, whatever comes.

    The interview asks what a question hangs on before it, so the two agree. At the very end nothing comes.
    """
    if item.ask_when is None:
        return True
    bounds = evaluate(item.ask_when, known, {})
    return (bounds.truth if item.stage == "page" else bounds.least) is not Truth.ABSENT


def alarms(rulebook: Rulebook, known: Mapping[str, EffectiveAnswer]) -> set[str]:
    """The parts of a form that must say at once what to do: of every card that makes it an emergency."""
    goals = evaluate_all(rulebook.shared_goals, known)
    return {
        f"now-{card.id}"
        for card in rulebook.red_flags
        if (goals[card.id].least is Truth.PRESENT and card.disposition == "emergency")
        or (goals[card.id].least is Truth.UNKNOWN and card.if_unsure == "emergency")
    }


def form_response(rulebook: Rulebook, rng: random.Random) -> Response:
    """Answers to a part of the questions that are shown, in their order."""
    generator, share = Generator(rulebook, rng), rng.choice([0.3, 0.7, 0.95, 1.0])
    answers: dict[str, Answer] = {}
    ongoing = Ongoing({})
    for item in rulebook.items.values():
        known = dict(effective_answers(rulebook, Response(answers), datetime.date.today(), ongoing))
        if shown(item, known) and rng.random() < share:
            answer = generator.answer(item)
            if answer is NoAnswer.DECLINED and not item.optional:
                answer = NoAnswer.UNSURE
            if isinstance(
                answer, tuple
            ):  # LHC-Forms has no months and years, and makes the first day of them
                answer = tuple(replace(one, started=_WHOLE.get(one.started, one.started)) for one in answer)
            if isinstance(answer, Ticks) and answer.ticked | answer.unsure <= hidden_codes(item, known):
                answer = Ticks()  # all of it is for others: then it is no answer to the list either
            if isinstance(answer, str) and item.type == "choice" and answer in hidden_codes(item, known):
                answer = NoAnswer.UNSURE  # nobody can pick what is not shown
            if not (isinstance(answer, NoAnswer) and item.type == "text"):
                answers[item.id] = answer
    return Response(answers)
