"""Trying the rulebook: a pretended interview, and the examples beside the cards."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from triage.answers import parse_answers
from triage.assess import advise
from triage.assessment import Assessment
from triage.problems import Invalid, Problem
from triage.readers.evaluate import evaluate_all
from triage.reasoner import Reasoner
from triage.response import Response
from triage.rulebook.cards import Advice, Card
from triage.rulebook.rulebook import Rulebook, goals_of
from triage.rulebook.source import Document, Mark, Path
from triage.truth import Truth

TODAY = datetime.date(2026, 11, 22)  # cases are about one fixed day, or they would grow old
_WANTED = {"fires": Truth.PRESENT, "silent": Truth.ABSENT, "unsure": Truth.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One example or vignette that was tried. ``problems`` is empty if it went as expected.

    ``least`` and ``most`` are the dispositions between which a vignette must come out (the same,
    if it names one), ``got`` is what came out. All three are empty for an example, which has no
    ``assessment`` either.
    """

    name: str
    card: str | None
    problems: tuple[Problem, ...]
    least: str = ""
    most: str = ""
    got: str = ""
    assessment: Assessment | None = None


def interviewed(reasoner: Reasoner, given: Response, *, usual: bool = True) -> tuple[Response, int]:
    """The response of an interview in which every question that is asked gets the given answer.

    The others get the item's ``usual`` answer, or stay unanswered if ``usual`` is False.
    Returns the response and how many questions were asked.
    """
    response, asked = Response(), 0
    fallback = usual_answers(reasoner.rulebook) if usual else Response()
    skipped: set[str] = set()
    while True:
        waiting = [item for item in reasoner.step(response).due if item not in skipped]
        if not waiting:
            return response, asked
        item = waiting[0]
        answer = given.get(item)
        if answer is None:
            answer = fallback.get(item)
        if answer is None:
            skipped.add(item)
            continue
        response = response.with_answer(item, answer)
        asked += 1


def usual_answers(rulebook: Rulebook) -> Response:
    """What a healthy person with ordinary cramps would answer to everything.

    Raises ``Invalid`` if an item's ``usual`` is no answer to it.
    """
    problems: list[Problem] = []
    answers: dict[str, Any] = {}
    for item in rulebook.items.values():
        if item.usual is None:
            continue
        file, path = rulebook.origins[f"item:{item.id}"]
        placed = _Placed(rulebook.documents[file], (*path, "usual"))
        one = parse_answers({item.id: item.usual}, rulebook, placed.document(item.id), (), problems)
        answers.update(one.answers)
    if problems:
        raise Invalid(problems)
    return Response(answers)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A part of a document, as a document of its own in which one item is answered."""

    source: Document
    path: Path

    def document(self, item: str) -> Document:
        mark = self.source.values[self.path]
        marks: dict[Path, Mark] = {(): mark, (item,): mark}
        return Document(self.source.file, None, marks, marks, self.source.lines)


def try_examples(rulebook: Rulebook, pattern: str = "") -> Iterator[Outcome]:
    """Every example of every card that is not retired and whose id contains ``pattern``."""
    live = [card for card in rulebook.cards.values() if card.status != "retired"]
    goals = goals_of(live)
    reasoner = Reasoner(rulebook, TODAY)
    usual = usual_answers(rulebook)
    for card in (card for card in live if pattern in card.id):
        file = rulebook.origins[f"card:{card.id}"][0]
        for kind in ("fires", "silent", "unsure", "withheld"):
            for number, answers in enumerate(getattr(card.examples, kind)):
                path: Path = ("examples", kind, number)
                place = rulebook.documents[file].place(path)
                problems: list[Problem] = []
                response = parse_answers(answers, rulebook, rulebook.documents[file], path, problems)
                if not problems:
                    said = (
                        _advice(card, kind, Response({**usual.answers, **response.answers}), reasoner)
                        if isinstance(card, Advice)
                        else _finding(card, kind, response, reasoner, goals)
                    )
                    if said:
                        fix = "Mend the condition or the example."
                        problems.append(Problem("example", said, place, fix))
                yield Outcome(f"{card.id} {kind} {number + 1}", card.id, tuple(problems))


def _finding(
    card: Card, kind: str, response: Response, reasoner: Reasoner, goals: Mapping[str, Any]
) -> str:
    from triage.facts import standings

    if kind == "withheld":
        return "only advice cards have “withheld” examples"
    known = standings(reasoner.rulebook, response, reasoner.today)
    truth = evaluate_all(goals, known)[card.id].truth
    if truth is _WANTED[kind]:
        return ""
    return f"with these answers “{card.id}” is {truth.word}, not {_WANTED[kind].word}"


def _advice(card: Advice, kind: str, response: Response, reasoner: Reasoner) -> str:
    """Advice is tried with usual answers to all other questions."""
    if card.status != "active":
        return ""
    given, withheld = advise(reasoner, response)
    shown = any(entry.id == card.id for entry in given)
    held = any(entry.id == card.id for entry in withheld)
    if kind == "fires":
        return "" if shown else f"“{card.id}” is not shown with these answers"
    if kind == "withheld":
        return "" if held or not shown else f"“{card.id}” is not held back with these answers"
    return f"“{card.id}” is shown with these answers" if shown else ""
