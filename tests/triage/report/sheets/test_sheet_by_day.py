"""The sheet of whoever has no trouble at night, and what must be asked before the next dose."""

from __future__ import annotations

import pytest

from triage.engine.assess import assess_with
from triage.engine.proxy import in_their_words
from triage.report.first_page import first_page
from triage.report.formats.text import render_text
from triage.report.take_home import take_home_document
from triage.workbench.examples import interviewed

WALKING = {
    "age": 64, "sex": "male", "also_feelings": ["walking_pain"], "feel": ["walking_pain"], "began": "longer",
    "how_often": "daily", "where": ["calf"], "side": "same_leg", "when": ["walking"], "walk_signs": ["stop_gone"],
}  # fmt: skip
PAIR = [{"name": "simvastatin", "started": "long_ago"}, {"name": "clarithromycin", "started": "recent"}]


@pytest.fixture(scope="module")
def pages(rulebook, reasoner, responses):
    """The first page and the sheet, each in one line of words."""

    def make(**given):
        response, _ = interviewed(reasoner, responses(rulebook, **given))
        result = assess_with(reasoner, response)
        words = in_their_words(rulebook, result.effective_answers)
        made = (first_page(result, words), take_home_document(result, words))
        return [" ".join(render_text(document).split()) for document in made]

    return make


@pytest.mark.parametrize(
    ("given", "by_day"),
    [
        (WALKING, True),
        (WALKING | {"when": ["walking", "night_bed"]}, False),
        (WALKING | {"when": ["walking", "evening?"]}, False),
        ({"age": 45, "sex": "female"}, False),  # ordinary night cramps
        ({"age": 45, "sex": "female", "when": ["exercise"]}, False),  # a cramp, by day
    ],
)
def test_the_diary_is_by_day_where_it_never_comes_at_night(pages, given, by_day: bool) -> None:
    _, sheet = pages(**given)
    assert ("FOUR WEEKS, DAY BY DAY Each day write" in sheet) is by_day
    assert ("EACH NIGHT" in sheet) is not by_day


def test_two_medicines_that_do_not_go_together_are_asked_about_before_the_next_dose(pages) -> None:
    """And nobody reads beside it to keep taking what was prescribed."""
    first, sheet = pages(age=75, sex="male", medicines=PAIR)
    for page in (first, sheet):
        assert "Ring a pharmacist today, before the next dose of the statin" in page
        assert "Keep taking" not in page
    alone, _ = pages(age=75, sex="male", how_often="three_plus_nights", medicines=PAIR[:1])
    assert "Keep taking what was prescribed." in alone


def test_it_is_asked_about_also_where_something_else_brings_the_visit_forward(pages) -> None:
    first, sheet = pages(age=75, sex="male", medicines=PAIR, also_feelings=["weaker_tripping"], strength=[],
                         nerve_signs=[])  # fmt: skip
    assert "WITHIN A WEEK" in first
    assert "Ring a pharmacist today, before the next dose of the statin" in sheet
    assert "Keep taking what was prescribed." not in first


def test_without_a_picture_the_sheet_says_what_the_reason_asks_for(pages) -> None:
    _, sheet = pages(age=66, sex="male", also_feelings=["weaker_tripping"], feel=["weak_heavy"], side="both",
                     began="one_year", numb_where="both_same", strength=["slower"], where=["thigh"])  # fmt: skip
    above = sheet.partition("ABOVE ALL")[2].partition("WHAT TO LEAVE ALONE")[0]
    assert "say what you can no longer do" in above
