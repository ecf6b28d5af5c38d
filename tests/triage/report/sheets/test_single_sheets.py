"""Sheets to take home, each for what it shows: large type, its drawings, its words, and what is not on it."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pytest
from pages.formats import blocks, facts, html_words, words
from pypdf import PdfReader

from triage.engine.assess import assess_with
from triage.engine.proxy import in_their_words
from triage.report.document import Diary, Drawing
from triage.report.drawings import SKETCHES
from triage.report.formats.drawing import draw
from triage.report.formats.html import render_html
from triage.report.formats.pdf import render_pdf
from triage.report.formats.text import render_text
from triage.report.take_home import LAST_RANK, take_home_document
from triage.rulebook.cards import Advice
from triage.rulebook.rulebook import Rulebook

# On a page for someone who thinks of suicide nothing of all this may stand.
ELSEWHERE = re.compile(r"\blegs?\b|cramp|\bwalk|pregnan|\bfoot\b|\bswell|Mon\b|stretch", re.I)


@pytest.fixture(scope="module")
def sheet(rulebook, assessed):
    def make(**given):
        result = assessed(**given)
        return take_home_document(result, in_their_words(rulebook, result.effective_answers))

    return make


# One sheet of paper


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_an_ordinary_sheet_is_in_large_type(sheet, paper) -> None:
    reader = PdfReader(io.BytesIO(render_pdf(sheet(age=58, sex="male"), paper)))
    sizes: list[float] = []
    reader.pages[0].extract_text(
        visitor_text=lambda text, cm, tm, font, size: (
            sizes.append(abs(size * tm[3] * cm[3])) if text.strip() else None
        )
    )
    assert len(reader.pages) == 1
    if paper == "a4":
        assert sorted(sizes)[len(sizes) // 2] >= 13.9  # the type of most of the text


def test_the_same_input_gives_the_same_bytes(sheet) -> None:
    assert render_pdf(sheet(age=58)) == render_pdf(sheet(age=58))


# The same in every format


def test_html_says_nothing_else_and_fetches_nothing(sheet) -> None:
    for given in ({"age": 58}, {"age": 62, "today_leg": ["leg_swollen"]}):
        document = sheet(**given)
        made = render_html(document)
        said = words(html_words(made)[0])
        for fact in sorted(facts(document), key=len, reverse=True):
            said = said.replace(words(fact), "")
        assert set(said) <= set(":,")
        assert not re.search(r"\b(src|href)=|url\(|@import|<script|<link|<iframe", made)


def test_the_diary_has_heads_for_who_cannot_see_it(sheet) -> None:
    made = render_html(sheet(age=58))
    assert made.count('<th scope="col">') == 7
    assert made.count('<th scope="row">') == 4


# Drawings


def test_every_drawing_goes_with_an_advice_and_says_what_it_shows(rulebook: Rulebook) -> None:
    assert rulebook.page.drawings.keys() == SKETCHES.keys()
    for name, sketch in SKETCHES.items():
        card = rulebook.cards[name]
        assert isinstance(card, Advice)
        assert (card.status, card.kind) == ("active", "try")
        assert 5 < len(rulebook.page.drawings[name].split()) < 25
        drawn = ElementTree.fromstring(draw(name))
        numbers = [
            float(n)
            for e in drawn.iter()
            for n in re.findall(r"-?\d+(?:\.\d+)?", e.get("d", "").split("A")[0])
        ]
        assert all(-20 <= n <= max(sketch.size) + 20 for n in numbers)
        assert not re.search(r"<text|<image|href|rgb|#(?!fff)", draw(name))  # black and white


def test_every_picture_of_a_page_has_its_words(rulebook: Rulebook, sheet) -> None:
    made = render_html(sheet(age=58))
    assert re.findall(r'role="img" aria-label="([^"]+)"', made) == [
        rulebook.page.drawings[n] for n in ("when_it_grips", "stretch")
    ]


def test_a_stretch_standing_up_is_not_drawn_for_who_may_fall(sheet) -> None:
    for given in (
        {"age": 81},
        {"age": 58, "also_feelings": ["fall"]},
        {"age": 30, "sex": "female", "pregnancy": "over_20"},
    ):
        assert [d.name for d in blocks(sheet(**given), Drawing)] == ["stretch_seated"], given
    assert not list(blocks(sheet(age=58, lately=["deep_wound"]), Drawing))


# What stands on it


def test_advice_for_everybody_takes_no_room(rulebook: Rulebook, sheet) -> None:
    ranks = {card.title: card.rank for card in rulebook.advice if card.kind == "try"}
    shown = [p.title for p in sheet(age=44, feel=["weak_heavy"]).sections if p.title in ranks]
    assert all(ranks[title] <= LAST_RANK for title in shown)


def test_a_child_with_growing_pains_is_comforted(sheet) -> None:
    document = sheet(about="child", age=8, feel=["steady_ache"], child_picture="both_evening")
    text = render_text(document)
    assert "COMFORT AT NIGHT" in text
    assert "No pills or tonic water for growing pains" in text
    assert "cramp" not in text


def test_someone_pregnant_reads_when_to_ring_the_midwife(sheet) -> None:
    text = " ".join(render_text(sheet(age=31, sex="female", pregnancy="over_20")).split())
    assert "Ring your midwife or maternity unit the same day" in text
    assert "A baby that moves less." in text


@pytest.mark.parametrize("mood", ["plan", "thoughts"])
def test_thoughts_of_suicide_have_only_their_own_words(rulebook, sheet, mood) -> None:
    document = sheet(effect="spoils_many", mood=mood)
    text = " ".join(render_text(document).split())
    assert not ELSEWHERE.search(text), ELSEWHERE.search(text)
    assert "crisis line" in text
    assert "Thank you for saying so." in text
    assert not list(blocks(document, Diary))


def test_what_is_private_is_not_on_it(rulebook, sheet) -> None:
    text = render_text(sheet(about="child", age=9, child_signs=["injury_worry", "limp"]))
    assert "limp" in text
    assert not re.search(r"nobody can explain|being safe|hurt nobody", text)
    alone = " ".join(render_text(sheet(about="child", age=9, child_signs=["injury_worry"])).split())
    assert "something to speak about in private" in alone
    assert not re.search(r"nobody can explain|worry about being safe", alone)


def test_beside_something_else_today_a_life_is_not_forgotten(sheet) -> None:
    text = " ".join(
        render_text(sheet(age=44, effect="spoils_many", mood="thoughts", duration=["sore_longer"])).split()
    )
    assert "crisis line" in text


def test_who_did_not_finish_reads_that(rulebook, reasoner, responses) -> None:
    result = assess_with(reasoner, responses(rulebook, age=50))
    document = take_home_document(result, rulebook)
    text = render_text(document)
    assert "NOT FINISHED" in text
    assert not list(blocks(document, Diary))
    assert result.disposition.do[0] in " ".join(text.split())


def test_the_day_is_written_out(sheet) -> None:
    assert sheet(age=58).dated == "22 November 2026"
