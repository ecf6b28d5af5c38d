"""The page for a tablet as it is written: each wording opens, a gate must be understood, no text leaves its place."""

import json
import re
from pathlib import Path

import pytest
from in_fhir.form_filling import FILE, answers_of, element, save, visible
from pages.chromium import chromium, needs_browser

from triage.fhir.form.form_page import form_page
from triage.fhir.form.questionnaire import WHOM, questionnaire
from triage.rulebook.phone_numbers import with_numbers


@needs_browser
@pytest.mark.parametrize(
    ("written", "broken"),
    [(".exists()", ".single()"), ("text/fhirpath", "text/cql"), ('"operator":"="', '"operator":"!="')],
)
def test_no_question_is_shown_where_a_gate_is_not_understood(
    rulebook, tmp_path: Path, written: str, broken: str
) -> None:
    made = form_page(rulebook)
    before, start, form = made.partition('id="questionnaire">')
    assert written in form
    (tmp_path / "form.html").write_text(before + start + form.replace(written, broken, 1), encoding="utf-8")
    with chromium(tmp_path) as page:
        page.open(tmp_path / "form.html")
        assert visible(page, ["form", "failed"]) == {"failed"}
        assert page.complaints


@needs_browser
@pytest.mark.parametrize("whom", WHOM)
def test_each_wording_opens(rulebook, tmp_path: Path, whom) -> None:
    (tmp_path / "form.html").write_text(form_page(rulebook, whom), encoding="utf-8")
    with chromium(tmp_path) as page:
        page.open(tmp_path / "form.html")
        assert visible(page, ["form", "failed"]) == {"form"}
        page.type(element("age"), "6")
        saved = answers_of(save(page), rulebook)
        expected = {"self": "self", "child": "child", "other": None}
        assert (saved.get("about"), saved.get("age")) == (expected[whom], 6)
        page.click(element("clear"))
        page.click(element("clear-all"))
        page.type(element("age"), "7")
        (page.downloads / FILE).unlink()
        again = answers_of(save(page), rulebook)
        assert (again.get("about"), again.get("age")) == (expected[whom], 7)


def test_the_page_says_whom_to_call_and_holds_the_form_as_it_is(rulebook) -> None:
    set_ = with_numbers(rulebook, "112", "116 123")
    made = form_page(set_, number="112")
    for words in (
        "Your emergency number is 112.",
        "Call your local emergency number (112)",
        "a crisis line (116 123)",
    ):
        assert words in made
    inside = re.search(r'id="questionnaire">(.*?)</script>', made)
    assert inside
    assert json.loads(inside[1]) == questionnaire(set_)
    assert "Your emergency number is" not in form_page(rulebook)


def test_texts_of_a_rulebook_cannot_leave_their_place(rulebook) -> None:
    frame = rulebook.frame.model_copy(update={"crisis": "</p><script>a()</script>"})
    sections = [one.model_copy(update={"title": "</script><b>@@STYLE@@"}) for one in frame.sections]
    made = form_page(rulebook.in_other_words(frame=frame.model_copy(update={"sections": sections})))
    assert made.count("</script>") == form_page(rulebook).count("</script>")
    assert "@@STYLE@@" in made
    assert "<script>a()" not in made
