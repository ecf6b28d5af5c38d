"""Thoughts of suicide: a page of its own, on every way it can be reached, with nothing else on it."""

from __future__ import annotations

import dataclasses
import datetime
import json
import random
import re
from pathlib import Path

import pytest
from interviews.plainly import PlainReasoner
from pages.formats import html_words, pdf_words, words
from pages.results import in_full, on_screen
from people.generators import random_response

from questionnaire.screens.interim import so_far
from triage.engine.assess import assess_with
from triage.engine.assessment import Assessment
from triage.engine.inference import Reasoner
from triage.engine.proxy import in_their_words
from triage.engine.response import Response
from triage.report.clinician.page import clinician_document
from triage.report.formats.html import render_html
from triage.report.formats.json import as_data
from triage.report.formats.markdown import render_markdown
from triage.report.formats.pdf import render_pdf
from triage.report.formats.text import render_text
from triage.report.person import person_document
from triage.report.redaction import without_private
from triage.report.topics import topics
from triage.rulebook.cards import RedFlag
from triage.rulebook.phone_numbers import with_numbers
from triage.rulebook.rulebook import Rulebook
from triage.workbench.vignettes import read_vignettes

ROOT = Path(__file__).parents[4]
TODAY = datetime.date(2026, 11, 22)
SUICIDE = {"mood_plan", "mood_thoughts", "restless_all_over_thoughts"}
# Of anything else: legs, walks, pregnancy, heat, lists of medicines.
ELSEWHERE = re.compile(
    r"\blegs?\b|cramp|\bwalk|pregnan|\bbirth\b|matern|\bheat\b|\brub\b|\bfoot\b|your medicines|a list|\bswell|"
    r"\bdrive\b|Keep taking",
    re.I,
)
SENTENCE = re.compile(r"(?<=[.?!])\s+")


def in_trouble(rulebook: Rulebook, rng: random.Random, mood: str) -> Response:
    response = random_response(rulebook, rng, share=rng.choice([0.05, 0.2, 0.8]))
    return response.with_answer("effect", "spoils_many").with_answer("mood", mood)


def quiet(rulebook: Rulebook, responses, **answers) -> Response:
    usual = {item.id: item.usual for item in rulebook.items.values() if item.usual is not None}
    return responses(rulebook, **{**usual, "effect": "spoils_many", **answers})


def page_of(assessment: Assessment, rulebook: Rulebook, *, full: bool = True) -> str:
    return in_full(assessment, rulebook) if full else on_screen(assessment, rulebook)


def test_these_cards_and_no_others_have_a_page_of_their_own(rulebook: Rulebook) -> None:
    assert {card.id for card in rulebook.red_flags if card.own_page} == SUICIDE


def test_no_page_for_them_has_a_word_of_another_card(rulebook: Rulebook, reasoner: Reasoner) -> None:
    rng = random.Random(6)
    alone = beside = 0
    for number in range(120):
        response = in_trouble(rulebook, rng, ("plan", "thoughts")[number % 2])
        result = assess_with(reasoner, response)
        if not result.disposition.alone:
            beside += 1
            continue
        alone += 1
        book = in_their_words(rulebook, result.effective_answers)
        for full in (False, True):
            text = page_of(result, rulebook, full=full)
            assert not ELSEWHERE.search(text), ELSEWHERE.search(text)
            own = {
                s
                for name in SUICIDE
                for s in SENTENCE.split(f"{book.cards[name].because} {book.cards[name].do_now}")
            }
            found = (*result.red_flags, *result.patterns, *result.factors, *result.advice)
            for finding in found:
                if finding.id in SUICIDE:
                    continue
                texts = [finding.title, finding.because, getattr(finding, "do_now", "") or ""]
                for sentence in SENTENCE.split(" ".join(texts)):
                    assert not sentence or sentence in own or sentence not in text, (finding.id, sentence)
    assert alone > 20
    assert beside > 20


@pytest.mark.parametrize("mood", ["plan", "thoughts"])
def test_the_page_says_whom_to_call_and_not_to_stay_alone(rulebook, reasoner, responses, mood) -> None:
    result = assess_with(reasoner, quiet(rulebook, responses, mood=mood))
    assert result.disposition.code == {"plan": "emergency", "thoughts": "same_day"}[mood]
    text = page_of(result, rulebook, full=False)
    for needed in (
        "crisis line (988 in",
        "Thank you for saying so.",
        "Say: “",
        "hurt yourself",
        "emergency number",
    ):
        assert needed in text, needed
    assert re.search(r"Do not stay alone|Stay with someone", text)
    assert len(text.split()) < 230


def test_every_format_has_the_same_page(rulebook, reasoner, responses) -> None:
    result = assess_with(reasoner, quiet(rulebook, responses, mood="plan"))
    document = person_document(result, rulebook)
    said = {
        "text": render_text(document),
        "md": re.sub(r"\\(.)", r"\1", render_markdown(document)),
        "html": html_words(render_html(document))[0],
        "pdf": pdf_words(render_pdf(document)),
        "json": json.dumps(as_data(result)["disposition"], ensure_ascii=False),
    }
    for name, text in said.items():
        for line in (result.disposition.place, result.disposition.say, *result.disposition.do):
            assert words(line) in words(text), (name, line)
        assert words("Have your medicines") not in words(text), name


def test_who_stops_reads_the_same(rulebook, reasoner, responses) -> None:
    for mood in ("plan", "thoughts"):
        step = reasoner.step(quiet(rulebook, responses, mood=mood))
        said = " ".join(so_far(rulebook, step))
        result = assess_with(reasoner, quiet(rulebook, responses, mood=mood))
        assert result.disposition.place in said
        assert all(line in said for line in result.disposition.do)
        assert not ELSEWHERE.search(said)


def test_beside_another_emergency_both_are_said_in_order(rulebook, reasoner, responses) -> None:
    response = quiet(rulebook, responses, mood="plan", emergency_head=["chest_pain"])
    result = assess_with(reasoner, response)
    assert not result.disposition.alone
    for full in (False, True):
        text = page_of(result, rulebook, full=full)
        order = [
            "I am not safe with my thoughts",
            "Also: new chest pain",
            "Do not stay alone",
            "Sit or lie in the way",
        ]
        assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)
        assert "Have your medicines" not in text
        assert text.count("Say: “") == 1
        assert (
            "Or call a crisis line" not in text.partition("WHY")[0]
        )  # the heart needs the emergency number


def test_beside_something_more_urgent_they_are_not_lost(rulebook, reasoner, responses) -> None:
    response = quiet(rulebook, responses, mood="thoughts", emergency_legs=["cold_foot"])
    text = page_of(assess_with(reasoner, response), rulebook, full=False)
    assert "AND AS IMPORTANT" in text
    assert "Stay with someone you trust." in text
    assert "Have your medicines" not in text


def test_the_line_for_a_crisis_stands_on_every_other_page(rulebook, reasoner) -> None:
    rng = random.Random(23)
    for _ in range(40):
        result = assess_with(reasoner, random_response(rulebook, rng))
        assert "crisis line" in page_of(result, rulebook, full=False)


def test_the_number_that_was_set_stands_everywhere(rulebook, responses) -> None:
    book = with_numbers(rulebook, "15", "3114")
    reasoner = PlainReasoner(book, TODAY)
    for answers in (
        {"mood": "plan"},
        {"mood": "thoughts"},
        {"mood": "ok"},
        {"about": "adult_can_tell", "mood": "plan"},
    ):
        text = page_of(assess_with(reasoner, quiet(book, responses, **answers)), book)
        assert "crisis line (3114)" in text
        assert "988" not in text
    assert "emergency number (15)" in text


def test_the_page_about_another_person_speaks_to_who_stays_with_them(rulebook, reasoner, responses) -> None:
    result = assess_with(reasoner, quiet(rulebook, responses, about="adult_can_tell", mood="plan"))
    text = page_of(result, rulebook)
    assert "Do not leave them alone." in text
    assert "Take away pills, and anything they could use to hurt themselves." in text
    assert "Someone is not safe with their thoughts" in text


def test_the_clinicians_page_tells_nothing_of_it(rulebook, reasoner, responses) -> None:
    """The same page, in text and as data, whatever makes the visit urgent and must be told in person."""
    for mood in ("plan", "thoughts"):
        result = assess_with(reasoner, quiet(rulebook, responses, mood=mood))
        for told in (False, True):
            page = render_text(clinician_document(result, rulebook, told=told)).casefold()
            assert not re.search(r"suicid|\bmood\b|thoughts|crisis|ending", page)
        level = rulebook.dispositions[result.disposition.code]
        said = without_private(as_data(result), rulebook)["disposition"]
        assert (said["label"], said["place"], said["say"], said["do"]) == (
            level.label,
            level.place,
            None,
            [],
        )


def test_the_rest_can_be_read_when_it_is_wanted(rulebook, reasoner, responses) -> None:
    result = assess_with(reasoner, quiet(rulebook, responses, mood="thoughts", feel=["hard_knot"]))
    text = render_text(topics(result, rulebook)[0].document)
    assert "This can wait." in text
    assert "Ordinary leg cramps at night" in text
    assert "Thoughts of death" not in text


def test_a_doubt_about_the_mood_has_no_such_page(rulebook, reasoner, responses) -> None:
    for mood in ("declined", "unsure"):
        assert not assess_with(reasoner, quiet(rulebook, responses, mood=mood)).disposition.alone


def test_the_vignettes_of_it_end_on_such_a_page(rulebook, reasoner) -> None:
    found = 0
    for file in sorted((ROOT / "tests" / "vignettes").glob("*.yaml")):
        for case in read_vignettes(file.read_bytes(), file.name, rulebook):
            if case.answers.get("mood") not in ("plan", "thoughts"):
                continue
            found += 1
            own = dataclasses.replace(case).answers
            result = assess_with(reasoner, own)
            assert any(f.id in SUICIDE for f in result.red_flags), case.name
            assert "Thank you for saying so." in page_of(result, rulebook), case.name
    assert found >= 4


def test_an_own_page_is_only_for_what_is_urgent(rulebook: Rulebook) -> None:
    for card in rulebook.cards.values():
        if isinstance(card, RedFlag) and card.own_page:
            assert card.disposition in ("emergency", "same_day")
            assert card.say
