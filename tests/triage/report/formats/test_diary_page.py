"""Four weeks on the clinician's page: one drawing, equal in HTML and PDF, and the same in words."""

from __future__ import annotations

import datetime
import io
import re

import pytest
from interviews.plainly import PlainReasoner
from pages.formats import missing, pdf_words
from pypdf import PdfReader

from triage.diary.nights import FourWeeks, four_weeks
from triage.engine.assess import assess_with
from triage.report.clinician.page import clinician_document
from triage.report.diary.days import days_in_words, night_of
from triage.report.diary.documents import show_document
from triage.report.diary.figure import nights_figure
from triage.report.document import Document, Nights
from triage.report.formats.html import render_html
from triage.report.formats.markdown import render_markdown
from triage.report.formats.nights import draw_nights
from triage.report.formats.pdf import _block, render_pdf
from triage.report.formats.text import render_text
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import usual_answers

LAST = datetime.date(2026, 11, 22)  # a Sunday
FULL = {
    "cramp": "yes", "leg": "both", "where": ["calf", "foot_toes", "thigh", "elsewhere"], "length": "over_hour",
    "helped": ["stretch", "walk", "rub", "warm", "by_itself", "other"],
    "different": ["effort", "stood", "sat", "dry_hot", "alcohol", "medicine", "ill", "other"],
}  # fmt: skip


@pytest.fixture(scope="module")
def weeks(rulebook: Rulebook) -> FourWeeks:
    """Of every kind: full, bare, without a cramp, not told."""
    kinds = [
        FULL,
        {"cramp": "yes"},
        {"cramp": "no"},
        {},
        {"cramp": "yes", "leg": "left", "length": "seconds"},
    ]
    data = {(LAST - datetime.timedelta(days=n)).isoformat(): kinds[n % len(kinds)] for n in range(28)}
    return four_weeks(data, rulebook, LAST)


@pytest.fixture(scope="module")
def page(rulebook: Rulebook, weeks: FourWeeks) -> Document:
    result = assess_with(PlainReasoner(rulebook, LAST), usual_answers(rulebook))
    return clinician_document(result, rulebook, told=True, diary=weeks)


def figure_of(document: Document) -> Nights:
    (figure,) = (b for section in document.sections for b in section.blocks if isinstance(b, Nights))
    return figure


def test_it_is_one_drawing_for_html_and_pdf(page: Document) -> None:
    figure = figure_of(page)
    drawn = draw_nights(figure)
    assert drawn in render_html(page)
    assert _block(figure)["svg"] == drawn
    assert re.search(
        r'aria-label="Diary of nights: 28 nights to 22 November 2026: cramp', render_html(page)
    )
    assert len(PdfReader(io.BytesIO(render_pdf(page))).pages) == 1


def test_every_night_is_drawn_as_it_was_told(rulebook: Rulebook, weeks: FourWeeks, page: Document) -> None:
    figure = figure_of(page)
    cells = [cell for _, row in figure.rows for cell in row]
    states = [cell.state for cell in cells]
    assert [states.count(kind) for kind in ("cramp", "free", "not_told", "outside")] == [17, 6, 5, 0]
    drawn = draw_nights(figure)
    assert drawn.count("<rect") == 17
    assert len(re.findall(r">–</text>", drawn)) == 6
    assert len(re.findall(r">\?</text>", drawn)) == 5
    heights = {float(high) for high in re.findall(r'height="([\d.]+)" fill="currentColor"', drawn)}
    assert heights == {5.0, 20.0}
    assert drawn.count("stroke-dasharray") == sum(c.state == "cramp" and not c.height for c in cells)
    assert figure.columns == ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def test_a_diary_that_ends_in_the_middle_of_a_week_has_five_rows(rulebook: Rulebook) -> None:
    weeks = four_weeks({}, rulebook, LAST + datetime.timedelta(days=3))
    figure = nights_figure(rulebook.diary, weeks, "Diary", "said")
    cells = [cell.state for _, row in figure.rows for cell in row]
    assert [label for label, _ in figure.rows] == ["26 Oct", "2 Nov", "9 Nov", "16 Nov", "23 Nov"]
    assert (cells[:3], cells[-4:]) == (["outside"] * 3, ["outside"] * 4)
    assert cells.count("not_told") == 28
    drawn = draw_nights(figure)
    (height,) = re.findall(r'viewBox="0 0 340 ([\d.]+)"', drawn)
    assert all(float(y) < float(height) for y in re.findall(r' y="([\d.]+)"', drawn))


def test_what_it_shows_stands_in_words_in_every_format(page: Document) -> None:
    said = figure_of(page).said
    assert "cramp 17, none 6, not recorded 5" in said
    assert "Leg: L ×5, B ×6" in said
    text = render_text(page)
    assert max(map(len, text.splitlines())) <= 80
    for name, made in (("text", text), ("md", re.sub(r"\\(.)", r"\1", render_markdown(page)))):
        assert (name, missing(page, made, drawn=False)) == (name, [])
        assert "".join(said.split()) in "".join(made.split()), name
    assert "".join(said.split()) in "".join(pdf_words(render_pdf(page)).split())


def test_without_a_diary_the_page_is_as_it_was(rulebook: Rulebook, page: Document) -> None:
    result = assess_with(PlainReasoner(rulebook, LAST), usual_answers(rulebook))
    bare = clinician_document(result, rulebook, told=True)
    assert "iary" not in render_text(bare)
    assert "Diary" not in render_html(bare)
    assert len(bare.sections) == len(page.sections)


def test_who_looks_at_it_reads_when_to_get_help(rulebook: Rulebook, weeks: FourWeeks) -> None:
    document = show_document(rulebook, weeks)
    assert document.footer == rulebook.frame.safety_net_for_all[:1]
    assert "not told" in figure_of(document).said


def test_days_and_nights_in_words() -> None:
    assert night_of(LAST) == "the night from Saturday to Sunday 22 November"
    day = datetime.timedelta(days=1)
    assert days_in_words([]) == ""
    assert days_in_words([LAST]) == "22 Nov"
    days = [LAST - 25 * day, LAST - 24 * day, LAST - 23 * day, LAST - 22 * day, LAST - day, LAST]
    assert days_in_words(days) == "28–31 Oct, 21–22 Nov"
    assert days_in_words([datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)]) == "31 Dec–1 Jan"
