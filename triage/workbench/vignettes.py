"""Vignettes: whole written cases in YAML, each tried by a pretended interview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from triage.engine.answers import parse_answers
from triage.engine.assess import assess_with
from triage.engine.assessment import Assessment
from triage.engine.inference import Reasoner
from triage.engine.response import Response
from triage.names import did_you_mean
from triage.problems import Invalid, Place, Problem
from triage.rulebook.model import LEVELS, urgency
from triage.rulebook.reading.source import YamlDocument, read
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import Outcome, interviewed
from triage.workbench.length import length

EXPECTATIONS = (
    "disposition", "at_least", "at_most", "red_flags", "patterns", "factors", "advice",
    "withheld", "questions_at_most", "lines_at_most",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vignette:
    """A written case: answers, what the rest of the questions get, and what must come out."""

    name: str
    answers: Response
    usual: bool
    expect: Mapping[str, Any]
    place: Place
    todo: str = ""


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
    document: YamlDocument, number: int, rulebook: Rulebook, problems: list[Problem]
) -> Vignette | None:
    case = document.data[number]
    place = document.place((number,))
    if not isinstance(case, dict):
        problems.append(Problem("vignette", "keys are expected here", place, "- name: …"))
        return None
    expect = case.get("expect")
    for key, known in (("", ("name", "answers", "rest", "expect", "todo")), ("expect", EXPECTATIONS)):
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
        or not isinstance(case.get("todo", ""), str)
    ):
        fix = (
            "A case has name, answers, rest (usual or not_asked), expect, and todo if it is known to fail."
        )
        problems.append(Problem("vignette", "this case is not complete", place, fix))
        return None
    for key in ("disposition", "at_least", "at_most"):
        if expect.get(key, "soon") not in (*LEVELS, "unfinished"):
            fix = did_you_mean(str(expect[key]), LEVELS)
            at = document.place((number, "expect", key))
            problems.append(Problem("vignette", f"“{expect[key]}” is no disposition", at, fix))
    for key in ("questions_at_most", "lines_at_most"):
        if type(expect.get(key, 1)) is not int:
            at = document.place((number, "expect", key))
            problems.append(Problem("vignette", "a whole number is expected here", at, f"{key}: 24"))
    for key in ("red_flags", "patterns", "factors", "advice", "withheld"):
        if not isinstance(expect.get(key, []), list):
            at = document.place((number, "expect", key))
            problems.append(
                Problem("vignette", "a list of card ids is expected here", at, f"{key}: [a, b]")
            )
            continue
        for card in expect.get(key, ()):
            if card not in rulebook.cards:
                fix = did_you_mean(str(card), rulebook.cards)
                at = document.place((number, "expect", key))
                problems.append(Problem("unknown-card", f"there is no card “{card}”", at, fix))
    response = parse_answers(case["answers"], rulebook, document, (number, "answers"), problems)
    usual = case.get("rest", "usual") == "usual"
    return Vignette(case["name"], response, usual, expect, place, case.get("todo", ""))


def try_vignette(vignette: Vignette, reasoner: Reasoner) -> Outcome:
    """Interview the person of the case, and compare what comes out."""
    response, _ = interviewed(reasoner, vignette.answers, usual=vignette.usual)
    assessment = assess_with(reasoner, response)
    said = [*_differences(vignette.expect, assessment), *_too_long(vignette.expect, reasoner, response)]
    unasked = [item for item in vignette.answers.answers if response.get(item) is None]
    if unasked and assessment.disposition.code not in ("emergency", "same_day"):
        said.append(f"these answers were never asked for: {', '.join(unasked)}")
    fix = "Mend the rules, or the case if it expects the wrong thing. A known miss says why in “todo:”."
    problems = tuple(
        Problem("vignette", f"{vignette.name}: {message}", vignette.place, fix) for message in said
    )
    if vignette.todo:
        done = Problem(
            "todo", f"{vignette.name}: it goes as expected now", vignette.place, "Take “todo” out."
        )
        problems = () if said else (done,)
    exact = vignette.expect.get("disposition")
    least = str(exact or vignette.expect.get("at_least", LEVELS[-1]))
    most = str(exact or vignette.expect.get("at_most", LEVELS[0]))
    got = assessment.disposition.code
    return Outcome(vignette.name, None, problems, least, most, got, assessment, vignette.todo)


def _too_long(expect: Mapping[str, Any], reasoner: Reasoner, response: Response) -> Iterator[str]:
    asked = length(reasoner.rulebook, response, reasoner.step(response).effective_answers)
    if asked.questions > expect.get("questions_at_most", asked.questions):
        yield f"{asked.questions} questions were asked, more than {expect['questions_at_most']}"
    if asked.lines > expect.get("lines_at_most", asked.lines):
        yield f"{asked.lines} lines of lists were shown, more than {expect['lines_at_most']}"


def _differences(expect: Mapping[str, Any], assessment: Assessment) -> Iterator[str]:
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
