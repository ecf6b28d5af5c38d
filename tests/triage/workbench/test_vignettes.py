"""Written cases: what is wrong with one is said at its place; a known miss is counted, not hidden."""

import datetime

import pytest

from triage.engine.inference import Reasoner
from triage.problems import Invalid
from triage.rulebook.rulebook import Rulebook
from triage.workbench.vignettes import read_vignettes, try_vignette

TODAY = datetime.date(2026, 11, 22)
CASE = "- name: A man\n  answers: {age: 58, signs: [swollen]}\n  expect: {disposition: %s}\n"


def outcome(small: Rulebook, text: str):
    (vignette,) = read_vignettes(text.encode(), "cases.yaml", small)
    return try_vignette(vignette, Reasoner(small, TODAY))


def test_a_case_that_comes_out_otherwise(small: Rulebook) -> None:
    assert outcome(small, CASE % "same_day").problems == ()
    (problem,) = outcome(small, CASE % "soon").problems
    assert problem.code == "vignette"
    assert "the disposition is same_day (because of swollen), not soon" in problem.message
    assert (problem.place.line, problem.place.column) == (1, 3)
    assert "todo" in problem.fix


def test_a_known_miss_is_no_problem_but_counted(small: Rulebook) -> None:
    missed = outcome(small, CASE % "soon" + "  todo: Nobody asks which leg.\n")
    assert missed.problems == ()
    assert missed.todo == "Nobody asks which leg."
    assert (missed.least, missed.got) == ("soon", "same_day")  # still counted in the matrix
    (problem,) = outcome(small, CASE % "same_day" + "  todo: Nobody asks which leg.\n").problems
    assert problem.code == "todo"
    assert "as expected now" in problem.message


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("name: x\n", "vignette", "a list of cases"),
        ("- 5\n", "vignette", "keys are expected"),
        ("- {name: x, answers: {}}\n", "vignette", "not complete"),
        (CASE % "sometime", "vignette", "is no disposition"),
        (CASE % "soon" + "  tudo: x\n", "unknown-key", "tudo"),
        (CASE % "soon" + "  todo: [x]\n", "vignette", "not complete"),
        ("- name: x\n  answers: {agee: 5}\n  expect: {disposition: soon}\n", "unknown-item", "agee"),
        ("- name: x\n  answers: {}\n  expect: {red_flags: [swolen]}\n", "unknown-card", "swolen"),
        ("- name: x\n  answers: {}\n  expect: {red_flags: swollen}\n", "vignette", "a list of card ids"),
    ],
)
def test_cases_that_cannot_be_used(small: Rulebook, text: str, code: str, words: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_vignettes(text.encode(), "cases.yaml", small)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert words in problem.message
    assert problem.place.line
