"""Trying the rulebook: a pretended interview, and the examples beside the cards."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from triage.conditions.walk import items_read
from triage.engine.answers import parse_answers
from triage.engine.assessment import Assessment
from triage.engine.counterfactuals.cohort import conclude_for, in_columns
from triage.engine.inference import Reasoner
from triage.engine.response import Answer, Response
from triage.problems import Invalid, Place, Problem
from triage.rulebook.cards import Advice, Card
from triage.rulebook.reading.source import Path, YamlDocument
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth

TODAY = datetime.date(2026, 11, 22)  # cases are about one fixed day, or they would grow old
_WANTED = {"fires": Truth.PRESENT, "silent": Truth.ABSENT, "unsure": Truth.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One example or vignette that was tried. ``problems`` is empty if it went as expected.

    ``least`` and ``most`` are the dispositions between which a vignette must come out (the same,
    if it names one), ``got`` is what came out. All three are empty for an example, which has no
    ``assessment`` either. ``todo`` says why a vignette is known to go wrong: that is no problem,
    but it is counted.
    """

    name: str
    card: str | None
    problems: tuple[Problem, ...]
    least: str = ""
    most: str = ""
    got: str = ""
    assessment: Assessment | None = None
    todo: str = ""


def interviewed(reasoner: Reasoner, given: Response, *, usual: bool = True) -> tuple[Response, int]:
    """The response of an interview in which every question that is asked gets the given answer.

    The others get the item's ``usual`` answer, or stay unanswered if ``usual`` is False.
    Returns the response and how many questions were asked.
    """
    response, asked = Response(), 0
    fallback = usual_answers(reasoner.rulebook) if usual else Response()
    skipped: set[str] = set()
    while True:
        waiting = [item for item in reasoner.step(response).asking if item not in skipped]
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
        there = YamlDocument(f"item {item.id}", None)  # rules that were kept know no places
        if origin := rulebook.origins.get(f"item:{item.id}"):
            file, path = origin
            there = YamlDocument(file, None, moved={(): (rulebook.documents[file], (*path, "usual"))})
        one = parse_answers({item.id: item.usual}, rulebook, there, (), problems)
        answers.update(one.answers)
    if problems:
        raise Invalid(problems)
    return Response(answers)


def try_examples(
    rulebook: Rulebook, pattern: str = "", only: Collection[str] | None = None
) -> Iterator[Outcome]:
    """Every example of every card that is not retired and whose id contains ``pattern``.

    ``only`` limits it to these cards.
    """
    examples = [e for e in read_examples(rulebook, pattern) if only is None or e.card.id in only]
    said = {**_findings(rulebook, examples), **_advice(rulebook, examples)}
    for number, example in enumerate(examples):
        problems = list(example.problems)
        if not problems and said.get(number):
            problems.append(
                Problem("example", said[number], example.place, "Mend the condition or the example.")
            )
        yield Outcome(
            f"{example.card.id} {example.kind} {example.number}", example.card.id, tuple(problems)
        )


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a card as it stands beside it; for an advice with usual answers to all else."""

    card: Card
    kind: str  # fires, silent, unsure or withheld
    number: int  # counted from 1
    response: Response
    place: Place
    problems: tuple[Problem, ...] = ()


def read_examples(rulebook: Rulebook, pattern: str = "") -> Iterator[Example]:
    """The examples of the cards that are not retired and whose id contains ``pattern``."""
    usual = usual_answers(rulebook)
    for card in rulebook.cards.values():
        if card.status == "retired" or pattern not in card.id:
            continue
        document = rulebook.documents[rulebook.origins[f"card:{card.id}"][0]]
        for kind in ("fires", "silent", "unsure", "withheld"):
            for number, answers in enumerate(getattr(card.examples, kind)):
                path: Path = ("examples", kind, number)
                problems: list[Problem] = []
                response = parse_answers(answers, rulebook, document, path, problems)
                beside = _behind_lines(rulebook, response, usual)
                wanted = usual.answers if isinstance(card, Advice) else beside
                response = Response({**wanted, **response.answers})
                place = document.place(path)
                yield Example(card, kind, number + 1, response, place, tuple(problems))


def _behind_lines(rulebook: Rulebook, response: Response, usual: Response) -> dict[str, Answer]:
    """Usual answers to what decides which lines of the answered questions are shown: they were asked
    before, or nobody could have ticked them."""
    gates = (option.ask_when for item in response.answers for option in rulebook.items[item].options)
    read = {item for gate in gates if gate is not None for item in items_read(gate)}
    return {item: answer for item, answer in usual.answers.items() if item in read}


def _findings(rulebook: Rulebook, examples: Sequence[Example]) -> dict[int, str]:
    """What is wrong with the examples of cards that find something, by their number."""
    tried = {n: e for n, e in enumerate(examples) if not isinstance(e.card, Advice)}
    columns = in_columns(rulebook, [example.response for example in tried.values()], TODAY)
    found = columns.evaluate_all(
        rulebook.goals_of([c for c in rulebook.cards.values() if c.status != "retired"])
    )
    wrong: dict[int, str] = {}
    for row, (number, example) in enumerate(tried.items()):
        if example.kind == "withheld":
            wrong[number] = "only advice cards have “withheld” examples"
            continue
        truth = found[example.card.id].of(row).truth
        if truth is not _WANTED[example.kind]:
            wanted = _WANTED[example.kind].word
            wrong[number] = f"with these answers “{example.card.id}” is {truth.word}, not {wanted}"
    return wrong


def _advice(rulebook: Rulebook, examples: Sequence[Example]) -> dict[int, str]:
    """The same for active advice."""
    tried = {
        n: e for n, e in enumerate(examples) if isinstance(e.card, Advice) and e.card.status == "active"
    }
    seen = conclude_for(rulebook, [example.response for example in tried.values()], TODAY)
    wrong: dict[int, str] = {}
    for row, (number, example) in enumerate(tried.items()):
        card = example.card.id
        shown, held = (bool(bits[card] >> row & 1) for bits in (seen.advice, seen.withheld))
        if example.kind == "fires" and not shown:
            wrong[number] = f"“{card}” is not shown with these answers"
        elif example.kind == "withheld" and not held:
            wrong[number] = f"“{card}” is not held back with these answers"
        elif example.kind in ("silent", "unsure") and shown:
            wrong[number] = f"“{card}” is shown with these answers"
    return wrong
