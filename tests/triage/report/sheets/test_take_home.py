"""The sheet to take home, for every written case: one page, nothing that was not offered, the same in each format."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pages.chromium import chromium, needs_browser
from pages.formats import blocks, facts, html_words, missing, pdf_words, words
from pypdf import PdfReader

from triage.engine.assessment import Assessment
from triage.engine.proxy import in_their_words
from triage.report.document import Bullets, Diary, Document, Drawing, Paragraph, Quote
from triage.report.first_page import first_page
from triage.report.formats.html import render_html
from triage.report.formats.pdf import render_pdf
from triage.report.formats.text import render_text
from triage.report.take_home import take_home_document
from triage.report.telephone import telephone_script
from triage.rulebook.rulebook import Rulebook

CALM = ("soon", "routine", "self_care")

Case = tuple[str, Assessment, Document]


@pytest.fixture(scope="module")
def cases(rulebook: Rulebook, assessed_cases: list[tuple[str, Assessment]]) -> list[Case]:
    """Every written case: its name, its assessment, its sheet."""
    made = [
        (name, result, take_home_document(result, in_their_words(rulebook, result.effective_answers)))
        for name, result in assessed_cases
    ]
    assert len(made) > 500
    return made


def test_one_urgency_on_a_sheet(rulebook: Rulebook, cases: list[Case]) -> None:
    """A picture that asks for an ordinary visit does not say so where it is a week; “no better?” may."""
    asks = {card.id for card in rulebook.patterns if "Book an ordinary visit" in (card.do_now or "")}
    weeks = [
        (name, words(render_text(sheet)))
        for name, result, sheet in cases
        if result.disposition.code == "soon" and result.patterns and result.patterns[0].id in asks
    ]
    assert len(weeks) > 20
    assert [name for name, said in weeks if re.search(r"(?<!\?)bookanordinaryvisit\.", said)] == []


def test_an_emergency_has_its_own_steps_on_the_first_page_and_on_the_sheet(
    rulebook: Rulebook, cases: list[Case]
) -> None:
    """Not to walk on a cold foot, to put nothing in a locked mouth: nobody turns the page then."""
    told = 0
    for name, result, sheet in cases:
        if result.disposition.code != "emergency" or result.disposition.alone:
            continue
        words_ = in_their_words(rulebook, result.effective_answers)
        page = words(render_text(first_page(result, words_)))
        flags = [
            flag for flag in result.red_flags if flag.id in result.disposition.because and flag.certain
        ]
        steps = [step for flag in flags for step in re.split(r"(?<=[.!])\s+", flag.do_now or "")[1:]]
        if flags and not any(flag.private for flag in flags):
            told += any(words(step) in page for step in steps)
            shown = words(render_text(sheet))
            assert [step for step in steps if words(step) not in shown] == [], name
    assert told > 50


# One sheet of paper


def test_every_case_is_one_accessible_sheet(cases: list[Case]) -> None:
    """The longest hundred of those that look different, and every sixth of the others."""
    different = {repr(document.sections): (name, document) for name, _, document in cases}
    by_length = sorted(different.values(), key=lambda case: -len(render_text(case[1]).splitlines()))
    drawn = [*by_length[:100], *by_length[100::6]]
    assert len(drawn) > 150

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
        assert [line for said in pool.map(wrong, drawn) for line in said] == []


@needs_browser
def test_the_longest_and_the_shortest_print_on_one_page(cases: list[Case], tmp_path: Path) -> None:
    """A browser cannot try sizes: the size of the type follows from how long the sheet is."""
    different = {repr(document.sections): document for _, _, document in cases}.values()
    by_length = sorted(different, key=lambda document: len(render_text(document).splitlines()))
    file = tmp_path / "sheet.html"
    with chromium(tmp_path) as page:
        for document in (*by_length[-6:], *by_length[:2]):
            file.write_text(render_html(document), encoding="utf-8")
            for paper in ((8.27, 11.69), (8.5, 11.0)):  # A4, US Letter
                page.open(file)
                sheets = PdfReader(io.BytesIO(page.printed(*paper))).pages
                assert (document.sections[0].blocks[0], len(sheets)) == (document.sections[0].blocks[0], 1)


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


# Drawings


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
        setting = [flag for flag in result.red_flags if flag.id in said.because and flag.certain]
        allowed |= {step for flag in setting for step in re.split(r"(?<=[.!])\s+", flag.do_now or "")}
        allowed |= {piece for row in (*place, *say) for piece in row}
        assert set(facts(document)) <= allowed, name
        assert {*said.do} <= set(facts(document)), name
    assert seen > 50
