"""LHC-Forms, a stranger's renderer, in a real browser: it shows what we would ask, and gives back what was said."""

import datetime
import json
import random

import pytest
from in_fhir.forms import in_lhc_forms, lhc_page, needs_lhc_forms
from in_fhir.people import alarms, form_response, known_of, shown
from interviews.plainly import PlainReasoner
from pages.chromium import Page, chromium

from triage.conditions.link_ids import NONE, system
from triage.engine.assess import assess_with
from triage.engine.response import Answer, Response
from triage.fhir.form.questionnaire import WHOM, questionnaire
from triage.fhir.responses.reading import read_any
from triage.fhir.responses.writing import questionnaire_response
from triage.rulebook.model import Item
from triage.workbench.examples import interviewed

pytestmark = needs_lhc_forms
COUNT = 20  # 200 people agree as well, in five minutes


@pytest.fixture(scope="module")
def people(rulebook) -> list[Response]:
    return [form_response(rulebook, random.Random(seed)) for seed in range(COUNT)]


@pytest.fixture(scope="module")
def found(rulebook, people, tmp_path_factory) -> list[dict]:
    written = [questionnaire_response(rulebook, response) for response in people]
    return in_lhc_forms(questionnaire(rulebook), written, tmp_path_factory.mktemp("lhc"))


def test_exactly_those_questions_are_shown_that_would_be_asked(rulebook, people, found) -> None:
    for response, one in zip(people, found, strict=True):
        known = known_of(rulebook, response)
        expected = {item.id for item in rulebook.items.values() if shown(item, known)}
        assert expected == set(one["shown"]) & set(rulebook.items), response


def test_what_to_do_at_once_is_shown_where_it_is_an_emergency(rulebook, people, found) -> None:
    told = 0
    for response, one in zip(people, found, strict=True):
        expected = alarms(rulebook, known_of(rulebook, response))
        assert expected == {name for name in one["shown"] if name.startswith("now-")}, response
        told += bool(expected)
    assert 3 < told < COUNT


def test_what_is_exported_is_what_was_said(rulebook, people, found) -> None:
    for response, one in zip(people, found, strict=True):
        raw = json.dumps(one["exported"]).encode()
        assert read_any(raw, "exported.json", rulebook) == (response, ())


def test_filled_by_hand_it_leads_where_the_interview_does(rulebook, responses, tmp_path) -> None:
    """As in a clinic: the form into LHC-Forms, clicked through as a woman of 82 with one swollen calf."""
    today = datetime.date.today()
    reasoner = PlainReasoner(rulebook, today)
    given = responses(rulebook, about="self", age=82, sex="female", today_leg=["leg_swollen"])
    told, _ = interviewed(reasoner, given)
    with chromium(tmp_path) as page:
        page.resize(820, 1180)
        page.open(lhc_page("lhc_by_hand.html", questionnaire(rulebook), tmp_path))
        page.wait("window.opened && document.getElementById('age/1/1')")
        for item in rulebook.items.values():
            if (answer := told.get(item.id)) is not None:
                _click_through(page, item, answer)
        exported = page.look(
            "LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4', document.getElementById('form'))"
        )
        assert {one.partition(":")[0] for one in page.requests} <= {"file", "data"}
    read = read_any(json.dumps(exported).encode(), "exported.json", rulebook)
    assert read == (told, ())
    assert assess_with(reasoner, read.response).disposition.code == "same_day"


def _click_through(page: Page, item: Item, answer: Answer) -> None:
    place = f"{item.id}/1/1"
    page.wait(f"document.getElementById({json.dumps(f'label-{place}')})?.checkVisibility()")
    if item.type == "integer":
        page.type(f"document.getElementById({json.dumps(place)})", str(answer))
        return
    codes = [answer] if isinstance(answer, str) else sorted(getattr(answer, "ticked", ())) or [NONE]
    for code in codes:
        line = json.dumps(f"{place}|{system(item.id)}|{code}")
        page.click(f"document.getElementById({line}).querySelector('input')")


@pytest.mark.parametrize("whom", [None, *WHOM])
def test_the_empty_form_is_rendered(rulebook, tmp_path, whom) -> None:
    (one,) = in_lhc_forms(questionnaire(rulebook, whom), [None], tmp_path)
    assert one["rendered"] > 5000
    known = known_of(rulebook, Response())
    expected = {item.id for item in rulebook.items.values() if shown(item, known)}
    shown_ids = set(one["shown"]) & set(rulebook.items)
    assert shown_ids == expected if whom in (None, "other") else shown_ids >= expected
