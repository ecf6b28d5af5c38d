"""Trying the rulebook: the examples beside the cards, and vignettes (whole written cases)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from triage.answers import parse_answers
from triage.assess import advise, assess_with
from triage.assessment import Assessment
from triage.names import did_you_mean
from triage.problems import Invalid, Place, Problem
from triage.readers.evaluate import evaluate_all
from triage.reasoner import Reasoner
from triage.response import Response
from triage.rulebook.model import LEVELS, Advice, Card, urgency
from triage.rulebook.rulebook import Rulebook, goals_of
from triage.rulebook.source import Document, Mark, Path, read
from triage.truth import Truth

TODAY = datetime.date(2026, 11, 22)  # cases are about one fixed day, or they would grow old
EXPECTATIONS = (
    "disposition", "at_least", "at_most", "red_flags", "patterns", "factors", "advice",
    "withheld", "questions_at_most",
)  # fmt: skip
_WANTED = {"fires": Truth.PRESENT, "silent": Truth.ABSENT, "unsure": Truth.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One example or vignette that was tried. ``problems`` is empty if it went as expected."""

    name: str
    card: str | None
    problems: tuple[Problem, ...]
    expected: str = ""
    got: str = ""


@dataclass(frozen=True, slots=True)
class Vignette:
    """A written case: answers, what the rest of the questions get, and what must come out."""

    name: str
    answers: Response
    usual: bool
    expect: Mapping[str, Any]
    place: Place
    places: Mapping[str, Place] = field(default_factory=dict, repr=False)


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


def read_vignettes(raw: bytes, file: str, rulebook: Rulebook) -> list[Vignette]:
    """The vignettes in a file. Raises ``Invalid`` with every problem found."""
    document = read(raw, file)
    problems: list[Problem] = []
    if not isinstance(document.data, list):
        fix = "Start every case with “- name: …”."
        raise Invalid([Problem("vignette", "a list of cases is expected", document.place(()), fix)])
    made = [_vignette(document, number, rulebook, problems) for number in range(len(document.data))]
    if problems:
        raise Invalid(problems)
    return [vignette for vignette in made if vignette is not None]


def _vignette(
    document: Document, number: int, rulebook: Rulebook, problems: list[Problem]
) -> Vignette | None:
    case = document.data[number]
    place = document.place((number,))
    if not isinstance(case, dict):
        problems.append(Problem("vignette", "keys are expected here", place, "- name: …"))
        return None
    expect = case.get("expect")
    for key, known in (("", ("name", "answers", "rest", "expect")), ("expect", EXPECTATIONS)):
        part = case if not key else expect
        for name in part if isinstance(part, dict) else ():
            if name not in known:
                where = (number, key, name) if key else (number, name)
                fix = did_you_mean(str(name), known) or f"Known: {', '.join(known)}."
                at = document.place(where, key=True)
                problems.append(Problem("unknown-key", f"unknown key “{name}”", at, fix))
    if (
        not isinstance(case.get("name"), str)
        or not isinstance(case.get("answers"), dict)
        or not (isinstance(expect, dict) and expect)
        or case.get("rest", "usual") not in ("usual", "not_asked")
    ):
        fix = "A case has name, answers, rest (usual or not_asked) and expect."
        problems.append(Problem("vignette", "this case is not complete", place, fix))
        return None
    for key in ("disposition", "at_least", "at_most"):
        if expect.get(key, "soon") not in (*LEVELS, "unfinished"):
            fix = did_you_mean(str(expect[key]), LEVELS)
            at = document.place((number, "expect", key))
            problems.append(Problem("vignette", f"“{expect[key]}” is no disposition", at, fix))
    for key in ("red_flags", "patterns", "factors", "advice", "withheld"):
        for card in expect.get(key, ()):
            if card not in rulebook.cards:
                fix = did_you_mean(str(card), rulebook.cards)
                at = document.place((number, "expect", key))
                problems.append(Problem("unknown-card", f"there is no card “{card}”", at, fix))
    response = parse_answers(case["answers"], rulebook, document, (number, "answers"), problems)
    usual = case.get("rest", "usual") == "usual"
    return Vignette(case["name"], response, usual, expect, place)


def try_vignette(vignette: Vignette, reasoner: Reasoner) -> Outcome:
    """Interview the person of the case, and compare what comes out."""
    response, asked = interviewed(reasoner, vignette.answers, usual=vignette.usual)
    assessment = assess_with(reasoner, response)
    said = [*_differences(vignette.expect, assessment, asked)]
    unasked = [item for item in vignette.answers.answers if response.get(item) is None]
    if unasked and assessment.disposition.code not in ("emergency", "same_day"):
        said.append(f"these answers were never asked for: {', '.join(unasked)}")
    problems = tuple(Problem("vignette", f"{vignette.name}: {message}", vignette.place) for message in said)
    expected = str(vignette.expect.get("disposition", ""))
    return Outcome(vignette.name, None, problems, expected, assessment.disposition.code)


def _differences(expect: Mapping[str, Any], assessment: Assessment, asked: int) -> Iterator[str]:
    code = assessment.disposition.code
    if code != expect.get("disposition", code):
        because = ", ".join(assessment.disposition.because) or "nothing"
        yield f"the disposition is {code} (because of {because}), not {expect['disposition']}"
    if code == "unfinished" and {"at_least", "at_most"} & set(expect):
        yield f"the interview is unfinished: {', '.join(assessment.missing)}"
    elif code != "unfinished":
        if "at_least" in expect and urgency(code) < urgency(expect["at_least"]):
            yield f"the disposition is {code}, below {expect['at_least']}"
        if "at_most" in expect and urgency(code) > urgency(expect["at_most"]):
            because = ", ".join(assessment.disposition.because)
            yield f"the disposition is {code} (because of {because}), above {expect['at_most']}"
    if asked > expect.get("questions_at_most", asked):
        yield f"{asked} questions were asked, more than {expect['questions_at_most']}"
    found = {
        "red_flags": [f.id for f in assessment.red_flags if f.certain],
        "patterns": [f.id for f in assessment.patterns],
        "factors": [f.id for f in assessment.factors],
        "advice": [given.id for given in assessment.advice],
        "withheld": [held.id for held in assessment.withheld],
    }
    for key, ids in found.items():
        if key not in expect:
            continue
        missing = [card for card in expect[key] if card not in ids]
        if missing:
            yield f"{key} lacks {', '.join(missing)}"
        if key in ("red_flags", "patterns") and (extra := [c for c in ids if c not in expect[key]]):
            yield f"{key} has besides {', '.join(extra)}"
