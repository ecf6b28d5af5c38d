"""Five formats of one document: they agree on every fact, and no text can break one."""

import hashlib
import io
import json
import re

import pytest
from pages.formats import facts, html_words, missing, pdf_words, words
from pypdf import PdfReader

from triage.engine.assess import assess_with
from triage.report.clinician.page import clinician_document
from triage.report.document import Document, Marks
from triage.report.formats.figure import svg
from triage.report.formats.html import render_html
from triage.report.formats.json import as_data, render_json
from triage.report.formats.markdown import render_markdown
from triage.report.formats.pdf import render_pdf
from triage.report.formats.text import render_text
from triage.report.person import person_document
from triage.workbench.examples import interviewed

ODD = {
    "tags": "<script>alert(1)</script> &amp; <b>bold</b>",
    "typst": "#panic() $x^2$ *b* _i_ `c` @ref <label> = H \\ #let x = 1 [a] {b} // no",
    "markdown": "# H\n- a\n1. b\n> q\n***\n[x](y) ![z](w) | t |\n~~~\n&nbsp; <br>",
    "accents": "≥ 5 µg, don’t — “ça été” Łódź żółć Ångström ½",
    "scripts": "Ελληνικά Привет שלום مرحبا हिन्दी 中文 한국어 ไทย",
    "emoji": "🦵🏽 hurts 👩‍👩‍👧 \U0001f600",
    "joined": "e\u0301 z\u0335\u0336\u0337 \u200d\u200c \ufe0f",
    "long": "word " * 2000,
    "unbroken": "x" * 10_000,
    "lines": "\n" * 50 + "after many lines",
    "json": '"quoted" \\u0041 {"a": 1} \u2028 \u2029',
}


@pytest.fixture(scope="module")
def assessed(rulebook, reasoner, responses):
    def make(**given):
        page = {k: given.pop(k) for k in list(given) if rulebook.items[k].stage == "page"}
        response, _ = interviewed(reasoner, responses(rulebook, **given))
        for item, answer in responses(rulebook, **page).answers.items():
            response = response.with_answer(item, answer)
        return assess_with(reasoner, response)

    return make


@pytest.fixture(scope="module")
def typical(assessed):
    return assessed(
        age=67,
        medicines=[
            {"name": "indapamide", "started": "2026-10"},
            {"name": "amlodipine", "started": "long_ago"},
        ],
        own_words="It knots at 3 at night.",
        hope="To sleep through",
        worry="A clot",
        tried="Magnesium, no help",
        worst_pain=8,
        effect="wakes_me",
    )


def every_format(document: Document) -> dict[str, str]:
    return {
        "text": render_text(document),
        "md": re.sub(r"\\(.)", r"\1", render_markdown(document)),
        "html": html_words(render_html(document))[0],
        "pdf": pdf_words(render_pdf(document)),
    }


@pytest.mark.parametrize("make", [clinician_document, person_document])
def test_every_fact_in_every_format(rulebook, typical, make) -> None:
    document = make(typical, rulebook)
    for name, said in every_format(document).items():
        assert (name, missing(document, said, drawn=name == "pdf")) == (name, [])


def test_html_says_nothing_else(rulebook, typical) -> None:
    said = words(html_words(render_html(clinician_document(typical, rulebook)))[0])
    for fact in sorted(facts(clinician_document(typical, rulebook)), key=len, reverse=True):
        said = said.replace(words(fact), "")
    assert set(re.sub(r"criterion|answer", "", said)) <= set(":")


def test_the_text_of_the_pdf_comes_in_reading_order(rulebook, typical) -> None:
    flat = words(pdf_words(render_pdf(clinician_document(typical, rulebook))))
    order = [flat.index(words(s.title)) for s in clinician_document(typical, rulebook).sections]
    assert order == sorted(order)


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_the_typical_page_is_one_accessible_sheet(rulebook, typical, paper) -> None:
    raw = render_pdf(clinician_document(typical, rulebook), paper)
    reader = PdfReader(io.BytesIO(raw))
    assert len(reader.pages) == 1
    width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
    assert (round(width), round(height)) == {"a4": (595, 842), "us-letter": (612, 792)}[paper]
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data().replace(b" ", b"")
    assert reader.metadata is not None
    assert reader.metadata.title == "Leg symptoms: pre-visit summary"


def test_the_same_input_gives_the_same_bytes(rulebook, typical) -> None:
    document = clinician_document(typical, rulebook)
    assert len({hashlib.sha256(render_pdf(document)).digest() for _ in range(3)}) == 1
    assert render_html(document) == render_html(document)


@pytest.mark.parametrize("name", ODD)
def test_odd_words_break_no_format(rulebook, assessed, name) -> None:
    result = assessed(age=67, own_words=ODD[name], hope=ODD[name])
    document = clinician_document(result, rulebook)
    page, tags = html_words(render_html(document))
    assert "script" not in tags
    assert "b" not in tags
    said = words(str(result.response.get("own_words")))[:60]
    assert said in words(page)
    text = render_text(document)
    assert max(map(len, text.splitlines())) <= 80
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\x9b]", text)
    raw = render_pdf(document)
    assert len(PdfReader(io.BytesIO(raw)).pages) <= 2
    drawn = re.sub(r"[^\x21-\x7e]", "", said)
    assert drawn in re.sub(r"\(u\+[0-9a-f]{4,5}\)|[^\x21-\x7e]", "", words(pdf_words(raw)))
    assert json.loads(render_json(as_data(result)))["answers"]["own_words"] == result.response.get(
        "own_words"
    )


def test_letters_that_no_font_has_are_shown_by_their_code(rulebook, assessed) -> None:
    raw = render_pdf(clinician_document(assessed(own_words="It is 🦵 here"), rulebook))
    said = pdf_words(raw)
    assert "It is (U+1F9B5) here" in said or "It is 🦵 here" in said


def test_codes_are_not_coded_again(rulebook, assessed) -> None:
    said = pdf_words(render_pdf(clinician_document(assessed(own_words=ODD["emoji"]), rulebook)))
    assert "U+0029" not in said
    assert said.count("U+1F9B5") <= 1


def test_every_markdown_line_of_a_person_is_escaped(rulebook, assessed) -> None:
    made = render_markdown(clinician_document(assessed(own_words=ODD["markdown"]), rulebook))
    quoted = [line for line in made.splitlines() if line.startswith(">")]
    assert any("\\#" in line for line in quoted)
    assert not any(re.search(r"(?<!\\)[<*\[|]", line[1:]) for line in quoted)


def test_html_is_one_file_without_anything_from_elsewhere(rulebook, typical) -> None:
    made = render_html(clinician_document(typical, rulebook))
    assert not re.search(r"\b(src|href)=|url\(|@import|<script|<link|<iframe", made)
    assert re.findall(r"https?://[^\"' ]+", made) == ["http://www.w3.org/2000/svg"] * made.count("<svg")
    assert made.startswith("<!DOCTYPE html>\n")
    assert '<html lang="en">' in made


def test_a_figure_says_in_words_what_it_shows(rulebook, typical) -> None:
    document = clinician_document(typical, rulebook)
    scale, when = (b for s in document.sections for b in s.blocks if isinstance(b, Marks))
    assert (scale.said, [label for label, mark in scale.places if mark == "yes"]) == (
        "routine, step 2 of 5 (5 is an emergency)",
        ["routine"],
    )
    assert when.said == ", ".join(label for label, mark in when.places if mark == "yes")
    for marks in (scale, when):
        drawing = svg(marks)
        assert drawing.count("<rect") + drawing.count("<circle") == len(marks.places)
        assert "currentColor" in drawing  # readable on dark ground too
    assert svg(when).count('fill="currentColor" stroke') == 1


def test_an_unsure_place_is_not_an_empty_one(rulebook, assessed) -> None:
    document = clinician_document(assessed(when=["night_bed", "walking?"]), rulebook)
    when = [b for s in document.sections for b in s.blocks if isinstance(b, Marks)][1]
    assert dict(when.places)["while walking"] == "unsure"
    assert "while walking (not sure)" in when.said
    assert ">?</text>" in svg(when)


def test_the_page_names_no_answer_that_was_not_given(rulebook, reasoner, responses) -> None:
    """A page of nothing says that nothing was asked, not that all is well."""
    result = assess_with(reasoner, responses(rulebook, age=50))
    text = " ".join(render_text(clinician_document(result, rulebook)).split())
    assert "INCOMPLETE" in text
    assert "Denied" not in text
    assert "Not asked:" in text
    assert "Urgency" not in text


def test_what_was_said_in_one_question_is_not_denied_in_another(rulebook, assessed) -> None:
    text = " ".join(
        render_text(
            clinician_document(
                assessed(
                    feel=["urge_to_move", "walking_pain", "numb_tingling", "weak_heavy"], also_feelings=[]
                ),
                rulebook,
            )
        ).split()
    )
    denied = text.partition("Denied:")[2].partition("BACKGROUND")[0]
    for sign in ("urge to move", "exertional leg pain", "foot numbness", "weakness/wasting"):
        assert sign not in denied
    assert "chest pain" in denied


def test_a_doubt_about_an_illness_denies_nothing_of_it(rulebook, assessed) -> None:
    result = assessed(conditions="unsure", kidneys="unsure", liver_signs=[], salt_signs=[])
    said = {negative.item for negative in result.pertinent_negatives}
    assert "liver_signs" not in said
    assert "today_leg" in said


def test_cramps_older_than_a_medicine_are_said_to_be(rulebook, assessed) -> None:
    for began, started, older in (
        ("longer", "recent", True), ("longer", "2026-09", True), ("one_year", "2026-10", True),
        ("two_weeks", "recent", False), ("three_months", "recent", False), ("longer", "long_ago", False),
        ("longer", "2020", False), ("unsure", "recent", False),
    ):  # fmt: skip
        result = assessed(age=67, began=began, medicines=[{"name": "indapamide", "started": started}])
        page = " ".join(render_text(clinician_document(result, rulebook)).split())
        assert ("symptoms began before it" in page) is older, (began, started)


def test_the_pill_told_elsewhere_counts_as_taken(rulebook, assessed) -> None:
    page = render_text(clinician_document(assessed(age=36, sex="female", lately=["hormones"]), rulebook))
    assert "Takes: Oestrogen or SERM use" in page
    assert "Told elsewhere: Oestrogen or SERM use" in page
