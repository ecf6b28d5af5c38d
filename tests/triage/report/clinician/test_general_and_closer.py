"""A sign that was ticked in general, and then named: the clinician reads once which it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from people.answered import response

from triage.engine.assess import assess_with
from triage.problems import Invalid
from triage.report.clinician.page import clinician_document
from triage.report.clinician.reasons import Reasons
from triage.report.formats.text import render_text
from triage.rulebook.load import load
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import usual_answers

ILL = "Says they are generally ill for weeks"
CHANGED = "Reports weight loss, thirst, a lump or bone pain"


@pytest.fixture(scope="module")
def page(rulebook: Rulebook, reasoner):
    usual = usual_answers(rulebook)

    def make(**answers: object) -> str:
        told = response(rulebook, {"age": 50, "sex": "male", **answers}).answers
        assessment = assess_with(reasoner, type(usual)({**usual.answers, **told}))
        return " ".join(render_text(clinician_document(assessment, rulebook)).split())

    return make


def test_what_was_named_stands_alone(page) -> None:
    text = page(also_feelings=["generally_ill", "body_change"], ill_signs=["losing_weight"])
    assert "Because: Unintended weight loss - examine" in text
    assert ILL not in text
    assert CHANGED not in text
    assert "Positive: Unintended weight loss" in text


def test_what_was_not_named_keeps_its_general_words(page) -> None:
    text = page(also_feelings=["generally_ill", "body_change"], ill_signs=[])
    assert ILL in text
    assert CHANGED in text


def test_a_sign_of_one_general_line_says_nothing_of_another(page) -> None:
    text = page(also_feelings=["generally_ill", "body_change"], ill_signs=["very_tired"], days=["smoke"])
    assert ILL not in text
    assert CHANGED in text


def test_a_general_line_gives_way_only_beside_the_one_that_names_it(rulebook: Rulebook, reasoner) -> None:
    """Where answers are listed on which the level rests, to leave one out would be untrue."""
    named_answers = {"also_feelings": ["generally_ill"], "ill_signs": ["very_tired"], "days": ["smoke"]}
    told = response(rulebook, {"age": 50, **named_answers})
    usual = usual_answers(rulebook)
    assessment = assess_with(reasoner, type(usual)({**usual.answers, **told.answers}))
    (ill,) = [flag for flag in assessment.red_flags if flag.id == "generally_ill"]
    general = next(remark for remark in ill.for_ if remark.item == "also_feelings")
    named = next(remark for remark in ill.for_ if remark.item == "ill_signs")
    reasons = Reasons(assessment, rulebook)
    assert reasons.telling([general, named]) == [named]
    assert reasons.telling([general]) == [general]


def test_a_doubt_names_nothing(page) -> None:
    assert ILL in page(also_feelings=["generally_ill"], ill_signs=["losing_weight?"])


def test_every_named_line_is_one_that_its_list_can_name(rulebook: Rulebook) -> None:
    for told in rulebook.page.clinician.not_told_beside:
        ((general, _),) = told.lines.items()
        for closer in told.signs:
            assert general in rulebook.gates[closer]


def test_every_line_of_such_a_list_names_something(rulebook: Rulebook) -> None:
    """A line that is new in the list would else stand beside its general words."""
    named: dict[str, set[str]] = {}
    for told in rulebook.page.clinician.not_told_beside:
        for closer, codes in told.signs.items():
            named.setdefault(closer, set()).update(codes)
    assert named.pop("kidneys") == {"weak", "dialysis", "transplant"}  # the others say that they are well
    assert named == {closer: {*rulebook.items[closer].codes} for closer in named}


def test_a_line_that_is_not_there_is_told_where_it_stands(small_folder: Path) -> None:
    page = small_folder / "page.yaml"
    text = page.read_text()
    assert "\nclinician:\n" in text
    added = "clinician:\n  not_told_beside:\n    - {signs: {alarm: [chest]}, lines: {alarm: [nowhere]}}\n"
    page.write_text(text.replace("clinician:\n", added, 1))
    with pytest.raises(Invalid) as told:
        load(small_folder)
    (problem,) = told.value.problems
    assert problem.place.file == "page.yaml"
    assert "nowhere" in problem.message
