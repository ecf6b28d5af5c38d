"""The sheet to take home, for every written case: one page, nothing that was not offered, the same in each format."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import pytest
from formats import facts, html_words, missing, pdf_words, words
from pypdf import PdfReader

from triage.engine.assess import assess_with
from triage.engine.assessment import Assessment
from triage.engine.proxy import in_their_words
from triage.report.document import Bullets, Diary, Document, Drawing, Paragraph, Quote
from triage.report.drawings import SKETCHES
from triage.report.formats.drawing import draw
from triage.report.formats.html import render_html
from triage.report.formats.pdf import render_pdf
from triage.report.formats.text import render_text
from triage.report.take_home import LAST_RANK, take_home_document
from triage.report.telephone import telephone_script
from triage.rulebook.cards import Advice
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import interviewed

CALM = ("soon", "routine", "self_care")
# On a page for someone who thinks of suicide nothing of all this may stand.
ELSEWHERE = re.compile(r"\blegs?\b|cramp|\bwalk|pregnan|\bfoot\b|\bswell|Mon\b|stretch", re.I)

Case = tuple[str, Assessment, Document]


@pytest.fixture(scope="module")
def assessed(rulebook, reasoner, responses):
    def make(**given):
        response, _ = interviewed(reasoner, responses(rulebook, **given))
        return assess_with(reasoner, response)

    return make


@pytest.fixture(scope="module")
def sheet(rulebook, assessed):
    def make(**given):
        result = assessed(**given)
        return take_home_document(result, in_their_words(rulebook, result.effective_answers))

    return make


@pytest.fixture(scope="module")
def cases(rulebook: Rulebook, assessed_cases: list[tuple[str, Assessment]]) -> list[Case]:
    """Every written case: its name, its assessment, its sheet."""
    made = [
        (name, result, take_home_document(result, in_their_words(rulebook, result.effective_answers)))
        for name, result in assessed_cases
    ]
    assert len(made) > 500
    return made


def blocks(document: Document, kind: type) -> Iterator:
    return (b for part in document.sections for b in part.blocks if isinstance(b, kind))


# One sheet of paper


def test_every_case_is_one_accessible_sheet(cases: list[Case]) -> None:
    """As many as look different: the same sheet for two people is made once."""
    different = {repr(document.sections): (name, document) for name, _, document in cases}
    assert len(different) > 150

    def wrong(case: tuple[str, Document]) -> list[str]:
        name, document = case
        reader = PdfReader(io.BytesIO(render_pdf(document)))
        root = reader.trailer["/Root"]
        marks = {
            "one page": len(reader.pages) == 1,
            "marked": bool(root["/MarkInfo"]["/Marked"]),
            "a tree": "/StructTreeRoot" in root,
            "a language": root["/Lang"] == "en",
            "UA": b"pdfuaid:part" in root["/Metadata"].get_object().get_data().replace(b" ", b""),
        }
        return [f"{name}: not {what}" for what, holds in marks.items() if not holds]

    with ThreadPoolExecutor(2) as pool:
        assert [line for said in pool.map(wrong, different.values()) for line in said] == []


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


def test_text_html_and_pdf_say_the_same(cases: list[Case]) -> None:
    for number, (name, _, document) in enumerate(cases):
        text, (page, _) = render_text(document), html_words(render_html(document))
        assert (name, missing(document, text)) == (name, [])
        assert (name, missing(document, page)) == (name, [])
        assert max(map(len, text.splitlines())) <= 80
        if number % 40 == 0:
            said = pdf_words(render_pdf(document))
            assert (name, missing(document, said, drawn=True)) == (name, [])


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


def test_nothing_is_drawn_or_told_that_is_not_offered(cases: list[Case]) -> None:
    drawn = 0
    for name, result, document in cases:
        given = {advice.id: advice for advice in result.advice}
        for drawing in blocks(document, Drawing):
            drawn += 1
            assert drawing.name in given, name
            assert any(
                drawing in p.blocks and p.title == given[drawing.name].title for p in document.sections
            )
        if result.disposition.code not in CALM:
            assert not list(blocks(document, Drawing)), name
            assert not list(blocks(document, Diary)), name
        titles = {advice.title for advice in given.values()}
        fixed = {
            "",
            "Above all",
            "What to leave alone",
            "When to get help sooner",
            "Four weeks, each night under the day it ends",
            "Four weeks, day by day",
        }
        if result.disposition.code in CALM:
            assert {part.title for part in document.sections} <= fixed | titles, name
    assert drawn > 100


def test_a_stretch_standing_up_is_not_drawn_for_who_may_fall(sheet) -> None:
    for given in (
        {"age": 81},
        {"age": 58, "also_feelings": ["fall"]},
        {"age": 30, "sex": "female", "pregnancy": "over_20"},
    ):
        assert [d.name for d in blocks(sheet(**given), Drawing)] == ["stretch_seated"], given
    assert not list(blocks(sheet(age=58, lately=["deep_wound"]), Drawing))


def test_who_has_no_cramp_is_not_told_of_one_that_grips(cases: list[Case]) -> None:
    for name, result, document in cases:
        feel = result.effective_answers.get("feel")
        if "hard_knot" not in getattr(feel, "ticked", ()):
            assert "when_it_grips" not in {d.name for d in blocks(document, Drawing)}, name


# What stands on it


def test_no_heading_stands_over_nothing(cases: list[Case]) -> None:
    """Who has no cramps may have nothing to leave alone."""
    empty = [
        (name, part.title)
        for name, _, sheet in cases
        for part in sheet.sections
        for block in part.blocks
        if isinstance(block, Bullets) and not block.entries
    ]
    assert empty == []


def test_a_calm_sheet_has_when_to_get_help_and_a_diary(rulebook: Rulebook, cases: list[Case]) -> None:
    seen = set()
    for name, result, document in cases:
        if result.disposition.code not in CALM:
            continue
        seen.add(result.disposition.code)
        text = " ".join(render_text(document).split())
        for line in result.safety_net:
            assert all(" ".join(part.split()) in text.replace("- ", "") for part in line.split(". ", 1)), (
                name
            )
        assert len(list(blocks(document, Diary))) == 1, name
        watch = [advice.text for advice in result.advice if advice.id in rulebook.page.watch]
        assert all(words(part) in words(text) for line in watch for part in line.split(". ", 1)), name
        assert result.disposition.label.upper() in text, name
    assert seen == set(CALM)


def test_what_to_do_is_whole_with_its_care_and_when_to_stop(cases: list[Case]) -> None:
    for name, result, document in cases:
        given = {advice.title: advice for advice in result.advice if advice.kind == "try"}
        for part in document.sections:
            if part.title in given:
                told = " ".join(b.text for b in part.blocks if isinstance(b, Paragraph))
                advice = given[part.title]
                for needed in (advice.text, *advice.cautions, advice.stop_rule):
                    assert needed in told, (name, advice.id)


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


def test_today_there_is_what_to_say_and_what_to_do_until_then(
    cases: list[Case], rulebook: Rulebook
) -> None:
    seen = 0
    for name, result, document in cases:
        if result.disposition.code != "same_day" or result.disposition.alone:
            continue
        seen += 1
        (quote,) = blocks(document, Quote)
        book = in_their_words(rulebook, result.effective_answers)
        assert quote.text == "\n".join(telephone_script(result, book)), name
        entries = [text for b in blocks(document, Bullets) for text, _ in b.entries]
        assert {*result.disposition.do, *result.disposition.move_up} <= set(entries), name
        assert len(entries) == len(set(entries)), name
    assert seen > 100


def test_in_an_emergency_there_is_nothing_but_the_call(cases: list[Case]) -> None:
    seen = 0
    for name, result, document in cases:
        said = result.disposition
        if said.code != "emergency" or said.alone:
            continue
        seen += 1
        place = (("When", said.within), ("Where", said.place))
        say = (("Say", f"“{said.say}”"),)
        allowed = {document.title, document.dated, said.label, *said.do, *document.footer}
        allowed |= {piece for row in (*place, *say) for piece in row}
        assert set(facts(document)) == allowed, name
    assert seen > 50


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
