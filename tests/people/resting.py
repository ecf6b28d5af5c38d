"""What a result is said to rest on, tried by the plain evaluator: answers filled in, taken away, changed."""

from __future__ import annotations

import datetime
import itertools
import random
from collections.abc import Iterator, Sequence
from typing import Any

from people.generators import Generator
from triage.conditions.leaf import NoAnswer, Ticks
from triage.engine.assessment import Assessment, Counterfactual, Remark
from triage.engine.counterfactuals.resting import answers_of, remark_on
from triage.engine.disposition import most_urgent, raised
from triage.engine.effective import effective_answers
from triage.engine.inference import Reasoner
from triage.engine.proxy import in_their_words
from triage.engine.response import Answer, MedicineAnswer, Response
from triage.readers.ongoing import Ongoing
from triage.rulebook.model import Level
from triage.rulebook.rulebook import Rulebook

TODAY = datetime.date(2026, 11, 22)
Medicines = tuple[MedicineAnswer, ...]
NO_OTHER = ("Takes no other medicines", "Takes no medicines")


class Tried:
    """Levels by the plain evaluator, of the conditions that levels depend on; from one response to the next."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.goals = book.deciding
        self.ongoing = Ongoing(self.goals)

    def level(self, response: Response) -> Level:
        effective_answers(self.book, response, TODAY, self.ongoing)
        return most_urgent(raised(self.book, self.ongoing.truths(), self.ongoing.found()))

    def fillings(self, of: Assessment, kept: Sequence[Remark], rng: random.Random) -> Iterator[Response]:
        """People who gave these answers, and at random others or none to everything else; the first has
        answered nothing else."""
        generator = Generator(self.book, rng)
        yield self.filled(of, kept, {})
        while True:
            share = rng.choice((0.2, 0.7, 1.0, 1.0))
            asked = [item for item in self.book.items.values() if rng.random() < share]
            yield self.filled(of, kept, {item.id: generator.answer(item) for item in asked})

    def filled(self, of: Assessment, kept: Sequence[Remark], others: dict[str, Answer]) -> Response:
        """``others`` with the answers of the remarks laid over them."""
        made: dict[str, Any] = dict(others)
        for item in dict.fromkeys(remark.item for remark in kept):
            given = of.response.answers[item]
            remarks = [remark for remark in kept if remark.item == item]
            if isinstance(given, Ticks):
                made[item] = _lines(given, [r.option for r in remarks], made.get(item))
            elif isinstance(given, tuple):
                made[item] = self._medicines(given, [r.text for r in remarks], made.get(item))
            else:
                made[item] = given
        return Response(made)

    def somebody_less(
        self, of: Assessment, reasoner: Reasoner, kept: Sequence[Remark] | None = None
    ) -> Response:
        """Somebody who gave these answers (None: all of them), and comes out less urgent: found by the
        solver, to be tried."""
        levels, step = reasoner.levels, reasoner.step(of.response)
        book, answers = in_their_words(self.book, step.effective_answers), answers_of(levels, step, TODAY)
        scratch = levels.scratch()
        for item in of.response.answers:
            for given in (
                answers.given(item) if step.effective_answers[item] is not NoAnswer.UNREACHABLE else ()
            ):
                if kept is None or remark_on(book, given, step) in kept:
                    for clause in given.says:
                        scratch.require(*clause)
        assert scratch.possible([-levels.at_least(step.level)]), kept
        parts = list(itertools.chain.from_iterable(levels.parts.values()))
        holding = set(scratch.holding([literal for part in parts for literal in levels.values(part)]))
        values = {}
        for part in parts:
            (number,) = (n for n, literal in enumerate(levels.values(part)) if literal in holding)
            values[part.name] = number
        others = levels.conclusions.unknowns.response(values)
        if kept is None:  # what this person was not asked is no answer that the other one gave
            asked = {
                item: answer
                for item, answer in of.response.answers.items()
                if step.effective_answers[item] is not NoAnswer.UNREACHABLE
            }
            return Response({**others.answers, **asked})
        return self.filled(of, kept, dict(others.answers))

    def _medicines(self, given: Medicines, texts: list[str], other: object) -> Medicines:
        named = [entry for entry in given if f"Takes {entry.name}" in texts]
        if any(text in NO_OTHER for text in texts):
            return tuple(named)
        return (*named, *(other if isinstance(other, tuple) else ()))


def _lines(given: Ticks, codes: list[str | None], other: object) -> Ticks:
    ticks = other if isinstance(other, Ticks) else Ticks()
    ticked = (ticks.ticked - {*codes}) | (given.ticked & {*codes})
    unsure = (ticks.unsure - {*codes}) | (given.unsure & {*codes})
    return Ticks(frozenset(ticked), frozenset(unsure) - ticked)


def changed(book: Rulebook, response: Response, changes: Sequence[Counterfactual]) -> Response:
    """The response with these answers given otherwise."""
    for change in changes:
        response = response.with_answer(change.remark.item, _answer(book, response, change))
    return response


def _answer(book: Rulebook, response: Response, change: Counterfactual) -> Answer:
    item = book.items[change.remark.item]
    if item.type == "choice":
        return change.instead
    if item.type != "choices":
        number = float(change.instead)
        return int(number) if item.type == "integer" else number
    given, code = response.get(item.id), change.remark.option
    ticks = given if isinstance(given, Ticks) else Ticks()
    ticked, unsure = ticks.ticked - {code}, ticks.unsure - {code}
    return Ticks(ticked | {code}, unsure) if change.instead == "yes" else Ticks(ticked, unsure)
