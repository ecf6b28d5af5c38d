"""The page for a tablet, in a real browser: what a person sees and does, and that nothing gets out but the file."""

import datetime
import json
from pathlib import Path

import pytest
from in_fhir.form_filling import (
    FILE,
    NOT_SURE_OF_LINES,
    answers_of,
    button,
    element,
    fill,
    line,
    save,
    visible,
)
from pages.chromium import Page, chromium, needs_axe, needs_browser

from triage.fhir.form.form_page import form_page
from triage.text import NONE_OF_THESE


@pytest.fixture(scope="module")
def file(rulebook, tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("form") / "form.html"
    made.write_text(form_page(rulebook), encoding="utf-8")
    return made


@pytest.fixture
def page(file, tmp_path):
    with chromium(tmp_path) as page:
        page.resize(820)
        page.open(file)
        yield page
        assert page.complaints == []
        outside = [asked for asked in page.requests if not asked.startswith(("data:", "blob:"))]
        assert set(outside) == {file.as_uri()}


@needs_browser
def test_what_is_saved_is_what_was_said(page: Page, rulebook, responses) -> None:
    said = responses(
        rulebook,
        about="self",
        age=58,
        sex="unsure",
        emergency_head=[],
        emergency_legs=["cold_foot?", "legs_weak"],
        today_leg="unsure",
        conditions=["high_bp", "diabetes"],
        medicines=[
            {"name": "amlodipine", "started": "long_ago"},
            {"name": "Grandma's drops <b>&", "started": "unsure", "for": "heart"},
        ],
        worst_pain="unsure",
        own_words="It knots, “like wood” 🦵",
    )
    fill(page, rulebook, said)
    saved = save(page)
    assert answers_of(saved, rulebook) == said
    whole = json.loads(saved)
    assert whole["questionnaire"] == f"urn:legcramp:questionnaire:legcramp|{rulebook.frame.version}"
    assert datetime.datetime.fromisoformat(whole["authored"])


@needs_browser
def test_what_to_do_at_once_is_told_and_taken_back(page: Page, file, rulebook) -> None:
    foot = line("emergency_legs", rulebook.items["emergency_legs"].option("cold_foot").text)
    assert not visible(page, ["now-cold_foot"])
    assert page.look(f"{element('alarm')}.textContent") == ""
    page.click(foot)
    assert visible(page, ["now-cold_foot"])
    assert rulebook.cards["cold_foot"].do_now in page.look(f"{element('now-cold_foot')}.textContent")
    page.click("document.querySelector('#alarm a')")
    assert page.look("document.activeElement.id") == "now-cold_foot"
    place = page.look(f"{element('now-cold_foot')}.getBoundingClientRect().top")
    assert page.look(f"{element('alarm')}.getBoundingClientRect().bottom") <= place < 500
    assert page.look("location.href") == file.as_uri()
    page.click(foot)
    assert not visible(page, ["now-cold_foot"])
    assert page.look(f"{element('alarm')}.textContent") == ""


@needs_browser
def test_none_of_these_stands_alone(page: Page, rulebook) -> None:
    ticked = (
        "[...document.querySelectorAll('#emergency_legs :checked')].map((i) => i.parentNode.textContent)"
    )
    foot = rulebook.items["emergency_legs"].option("cold_foot").text
    for clicked, left in (
        (foot, [foot]),
        (NONE_OF_THESE, [NONE_OF_THESE]),
        (NOT_SURE_OF_LINES, [NOT_SURE_OF_LINES]),
        (foot, [foot, NOT_SURE_OF_LINES]),
    ):
        page.click(line("emergency_legs", clicked))
        assert page.look(ticked) == left


@needs_browser
def test_an_answer_that_is_not_asked_for_any_more_does_not_count(page: Page, rulebook, responses) -> None:
    fill(page, rulebook, responses(rulebook, about="self", age=30, sex="female", pregnancy="over_20"))
    assert visible(page, ["pregnancy_signs"])
    male = rulebook.items["sex"].option("male").text
    page.click(line("sex", male))
    assert not visible(page, ["pregnancy", "pregnancy_signs"])
    assert answers_of(save(page), rulebook) == responses(rulebook, about="self", age=30, sex="male")


@needs_browser
@pytest.mark.parametrize("typed", ["abc", "130", "-1", "7.5"])
def test_a_wrong_number_is_said_and_not_saved(page: Page, typed: str) -> None:
    page.type(element("age"), typed)
    page.click(element("save"))
    assert "Write a whole number from 0 to 120." in page.look(f"{element('said')}.textContent")
    assert page.look("document.activeElement.id") == "age"
    assert visible(page, ["age-fault"])
    assert list(page.downloads.iterdir()) == []


@needs_browser
def test_a_medicine_without_a_name_is_said_and_an_empty_form_is_no_file(page: Page) -> None:
    page.click(element("save"))
    assert "no answer to save" in page.look(f"{element('said')}.textContent")
    page.click(line("medicines", "I list them below"))
    page.click(line("entry-1-medicines.started", "Yes"))
    page.click(element("save"))
    assert "Write the name" in page.look(f"{element('said')}.textContent")
    page.click(button("Take this one away"))
    page.click(element("save"))
    assert list(json.loads(page.downloaded(FILE))["item"][0]) == ["linkId", "text", "item"]


@needs_browser
def test_clearing_asks_once_and_leaves_nothing(page: Page, rulebook, responses) -> None:
    said = responses(
        rulebook,
        age=70,
        emergency_legs=["cold_foot"],
        medicines=[{"name": "x"}, {"name": "y"}],
        own_words="z",
    )
    fill(page, rulebook, said)
    page.click(element("clear"))
    assert visible(page, ["sure", "unsaved"]) == {"sure", "unsaved"}
    page.click(element("keep"))
    assert page.look(f"{element('age')}.value") == "70"
    save(page)
    page.click(element("clear"))
    assert visible(page, ["sure", "unsaved"]) == {"sure"}
    page.click(element("clear-all"))
    left = "[...document.querySelectorAll('input, textarea')].filter((i) => i.checked || (i.type !== 'radio' && i.type !== 'checkbox' && i.value))"
    assert page.look(f"{left}.length") == 0
    assert page.look("document.querySelectorAll('.entry').length") == 1
    assert not visible(page, ["sure", "now-cold_foot", "medicines.taken"])
    assert page.look("[document.activeElement.id, scrollY]") == ["top", 0]
    assert page.look("localStorage.length + sessionStorage.length") == 0
    assert page.look("indexedDB.databases().then((all) => all.length)") == 0
    page.click(element("save"))
    assert "no answer to save" in page.look(f"{element('said')}.textContent")


@needs_browser
def test_the_way_to_what_was_left_out(page: Page, rulebook, responses) -> None:
    fill(page, rulebook, responses(rulebook, about="self"))
    page.click("document.querySelector('#left-out a')")
    assert page.look("document.activeElement.id") == "age"
    page.click(line("age.unsure", "Not sure"))
    page.click("document.querySelector('#left-out a')")
    assert page.look("document.activeElement.name") == "sex"


@needs_browser
def test_a_page_that_is_loaded_anew_or_come_back_to_is_empty(page: Page, file, rulebook, responses) -> None:
    for back in ("location.reload()", "location.href = 'about:blank'"):
        fill(page, rulebook, responses(rulebook, about="self", age=70, own_words="mine"))
        page.look(f"void (window.old = true, setTimeout(() => {back}))")
        page.wait("!window.old && document.readyState === 'complete'")
        if back != "location.reload()":
            page.look("void setTimeout(() => history.back())")
        page.wait(f"location.href === {json.dumps(file.as_uri())} && document.readyState === 'complete'")
        page.wait("!document.getElementById('form').hidden")
        assert page.look("document.querySelectorAll('input:checked').length") == 0
        assert (
            page.look("document.getElementById('age').value + document.getElementById('own_words').value")
            == ""
        )


@needs_browser
def test_the_policy_of_the_page_stops_every_request(file, tmp_path: Path) -> None:
    refused = "new Promise((done) => { addEventListener('securitypolicyviolation', (e) => done(e.effectiveDirective)); %s; })"
    with chromium(tmp_path) as page:
        page.open(file)
        for attempt, directive in {
            "fetch('http://127.0.0.1:9/a').catch(() => 0)": "connect-src",
            "new Image().src = 'http://127.0.0.1:9/b.png'": "img-src",
            "new WebSocket('ws://127.0.0.1:9/c')": "connect-src",
            "document.head.append(Object.assign(document.createElement('script'), {textContent: '1'}))": "script-src-elem",
            "document.body.append(Object.assign(document.createElement('iframe'), {src: 'http://127.0.0.1:9/d'}))": "frame-src",
        }.items():
            assert page.look(refused % attempt) == directive


@needs_browser
@needs_axe
@pytest.mark.parametrize(("width", "dark"), [(390, False), (820, True), (1440, False)])
def test_axe_finds_no_violation_and_nothing_is_wider_than_the_screen(
    page: Page, rulebook, responses, width: int, dark: bool
) -> None:
    page.resize(width)
    if dark:
        page.dark()
    assert page.violations() == []
    fill(
        page,
        rulebook,
        responses(
            rulebook, age=70, emergency_legs=["cold_foot?"], medicines=[{"name": "x", "for": "heart"}]
        ),
    )
    page.type(element("age"), "x")
    page.click("document.querySelector('#today_leg summary')")
    page.click(element("save"))
    assert page.violations() == []
    page.resize(min(width, 320))
    assert page.look("document.documentElement.scrollWidth") <= min(width, 320)
    page.click(element("clear"))
    assert page.violations() == []
