"""How long an interview is: what counts as one question, and which lines count."""

from __future__ import annotations

import datetime

import pytest
from interviews.plainly import PlainReasoner
from people.overlays import NO_EMERGENCY, NOT_TODAY

from triage.problems import Invalid
from triage.workbench.length import Length, length
from triage.workbench.vignettes import read_vignettes, try_vignette


@pytest.fixture(scope="module")
def reasoner(rulebook) -> PlainReasoner:
    return PlainReasoner(rulebook, datetime.date(2026, 11, 22))


def measured(reasoner, response) -> Length:
    return length(reasoner.rulebook, response, reasoner.step(response).effective_answers)


def test_the_groups_of_a_danger_screen_are_one_question(rulebook, reasoner, responses) -> None:
    who = {"about": "self", "age": 50, "sex": "female"}
    assert measured(reasoner, responses(rulebook, **who)) == Length(3, 0)
    first = measured(reasoner, responses(rulebook, **who, **NO_EMERGENCY))
    both = measured(reasoner, responses(rulebook, **who, **NO_EMERGENCY, **NOT_TODAY))
    assert (first.questions, both.questions) == (4, 5)
    assert first.lines < both.lines < 45


def test_a_line_that_is_not_shown_is_not_read(rulebook, reasoner, responses) -> None:
    """One on children, one on a pregnancy, one on a testicle."""
    lines = {
        name: measured(reasoner, responses(rulebook, about="self", **who, **NO_EMERGENCY)).lines
        for name, who in (
            ("man", {"age": 50, "sex": "male"}),
            ("woman", {"age": 70, "sex": "female"}),
            ("boy", {"age": 12, "sex": "male"}),
        )
    }
    assert lines["woman"] + 1 == lines["man"] == lines["boy"]


def case(expect: str) -> bytes:
    return f"- name: Somebody\n  answers: {{age: 58, sex: male}}\n  expect: {{{expect}}}\n".encode()


@pytest.mark.parametrize("key", ["questions_at_most", "lines_at_most"])
def test_a_case_that_is_too_long_fails_and_says_by_how_much(rulebook, reasoner, key) -> None:
    (short,) = read_vignettes(case(f"{key}: 9"), "cases.yaml", rulebook)
    (problem,) = try_vignette(short, reasoner).problems
    assert "more than 9" in problem.message
    (long,) = read_vignettes(case(f"{key}: 200"), "cases.yaml", rulebook)
    assert not try_vignette(long, reasoner).problems


@pytest.mark.parametrize("value", ["many", "2.5", "true", "[1]"])
def test_what_is_no_whole_number_is_a_problem(rulebook, value) -> None:
    with pytest.raises(Invalid) as invalid:
        read_vignettes(case(f"questions_at_most: {value}"), "cases.yaml", rulebook)
    (problem,) = invalid.value.problems
    assert "whole number" in problem.message
