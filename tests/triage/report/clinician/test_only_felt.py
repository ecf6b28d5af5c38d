"""Who cannot say how they feel: what only they can feel is denied nowhere, and the page says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages.results import in_full
from people.answered import response

from triage.engine.assess import assess_with
from triage.engine.assessment import Assessment
from triage.problems import Invalid
from triage.report.clinician.page import clinician_document
from triage.report.formats.text import render_text
from triage.rulebook.load import load
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import usual_answers

NOT_KNOWN = "sensations, as the patient cannot report them"


@pytest.fixture(scope="module")
def told(rulebook: Rulebook, reasoner):
    """Somebody of 81 with ordinary cramps, as told by this person."""
    usual = usual_answers(rulebook)

    def make(about: object, **more: object) -> Assessment:
        answers = response(rulebook, {"about": about, "age": 81, **more}).answers
        return assess_with(reasoner, type(usual)({**usual.answers, **answers}))

    return make


def denied(assessment: Assessment) -> set[tuple[str, str]]:
    return {(negative.item, negative.option) for negative in assessment.pertinent_negatives}


def test_every_line_that_only_they_feel_is_denied_by_those_alone_who_can_tell(rulebook, told) -> None:
    felt = rulebook.frame.only_felt
    lines = {(item, code) for item, codes in felt.lines.items() for code in codes}
    able, unable, doubtful = told("self"), told("cannot_tell"), told("unsure")
    assert len(lines & denied(able)) > 10
    assert not lines & (denied(unable) | denied(doubtful))
    assert denied(able) - denied(unable) <= lines


def test_what_can_be_seen_is_still_denied(told) -> None:
    assert {("today_leg", "leg_swollen"), ("emergency_legs", "cold_foot")} <= denied(told("cannot_tell"))


def test_both_pages_say_that_it_is_not_known(rulebook, told) -> None:
    for about, said in (("cannot_tell", True), ("adult_can_tell", False), ("self", False)):
        result = told(about)
        page = " ".join(render_text(clinician_document(result, rulebook)).split())
        assert (NOT_KNOWN in page) is said
        assert ("Some signs only they can feel" in in_full(result, rulebook)) is said
        assert ("saddle" in page) is not said


def test_a_felt_sign_that_was_told_counts_as_told_by_anybody(told) -> None:
    """Somebody may know: it was said in the morning, or it can be seen after all."""
    assert told("cannot_tell", emergency_other=["saddle"]).disposition.code == "emergency"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("signs: [swolen]", "“signs” has no line “swolen”"),
        ("sings: [swollen]", "there is no item “sings”"),
        ("days: [sit]", "“sit” of “days” is denied of nobody"),
    ],
)
def test_a_line_that_cannot_be_denied_is_told_at_its_place(
    small_folder: Path, line: str, said: str
) -> None:
    file = small_folder / "rulebook.yaml"
    told = f"only_felt:\n  when: {{item: sex, is: male}}\n  lines:\n    {line}\n"
    file.write_text(
        file.read_text(encoding="utf-8").replace("sections:\n", told + "sections:\n", 1), encoding="utf-8"
    )
    number = file.read_text(encoding="utf-8").splitlines().index(f"    {line}") + 1
    with pytest.raises(Invalid) as caught:
        load(small_folder)
    (problem,) = caught.value.problems
    assert problem.message == said
    assert (problem.place.file, problem.place.line) == ("rulebook.yaml", number)
