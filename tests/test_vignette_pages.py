"""Every vignette as pages: the first page, the person's and the clinician's, in six formats."""

import io
import re
import statistics
from collections.abc import Callable

from pages.formats import facts, fhir_words, html_words, missing, pdf_words
from pages.truths import untruths
from pypdf import PdfReader

from questionnaire.terminal.pages import pages
from triage.conditions.leaf import NoAnswer, Ticks
from triage.engine.assessment import Assessment
from triage.engine.proxy import in_their_words
from triage.report.clinician.page import clinician_document
from triage.report.document import Banner
from triage.report.first_page import first_page
from triage.report.formats.fhir_document import fhir_document
from triage.report.formats.html import render_html
from triage.report.formats.json import as_data
from triage.report.formats.markdown import render_markdown
from triage.report.formats.pdf import render_pdf
from triage.report.formats.text import render_text
from triage.report.person import person_document
from triage.rulebook.model import LEVELS
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import Outcome


def test_every_vignette_can_be_shown(rulebook: Rulebook, tried: list[Outcome]) -> None:
    """For the person and the clinician: nothing invented, and about one page long."""
    lengths = []
    for outcome in tried:
        result = outcome.assessment
        assert result is not None
        code = result.disposition.code
        text = render_text(clinician_document(result, rulebook))
        assert result.disposition.clinician.upper() in text
        assert max(map(len, text.splitlines())) <= 80
        lengths.append(len(text.splitlines()))
        full = render_text(person_document(result, rulebook))
        assert result.disposition.label.upper() in " ".join(full.split())
        if code in ("emergency", "same_day"):
            assert "WHAT IS SAFE TO TRY" not in full
        assert as_data(result)["disposition"]["code"] == code
    assert max(lengths) <= 80  # a dozen facts and more on one sheet: that it is one, the PDF is asked below
    assert statistics.median(lengths) <= 60


def test_the_first_page_of_every_vignette(rulebook: Rulebook, tried: list[Outcome]) -> None:
    """At most 14 rows of 80 columns, or 20 of 50: the level, the picture, how soon, and what to do.

    A page that stands alone (thoughts of suicide) keeps its words, and fits one screen.
    """
    for outcome in tried:
        result = outcome.assessment
        assert result is not None
        page = first_page(result, in_their_words(rulebook, result.effective_answers))
        rows = {width: pages(page, width, 100, 0)[0].count("\n") + 1 for width in (80, 50)}
        assert rows[80] <= (20 if result.disposition.alone else 14), outcome.name
        if result.disposition.alone:
            continue
        assert rows[50] <= 20, outcome.name
        (banner,) = page.sections[0].blocks
        assert isinstance(banner, Banner)
        said = dict(banner.lines)
        assert (
            banner.label
            == in_their_words(rulebook, result.effective_answers)
            .dispositions[result.disposition.code]
            .label
        )
        assert said["Now"]
        if result.disposition.code in ("emergency", "same_day"):
            assert "Because of" in said, outcome.name
        else:
            label = "This looks like" if result.patterns else "What it is"
            assert banner.lines[0][0] == label, outcome.name
        assert all(text.endswith((".", "?", "”")) for text in said.values()), outcome.name


def test_every_sign_that_cannot_wait_stands_beside_the_call_it_needs(
    rulebook: Rulebook, tried: list[Outcome]
) -> None:
    """All of them that concern the person, and none beside another call."""
    for outcome in tried:
        result = outcome.assessment
        assert result is not None
        said = result.disposition
        if said.alone or said.code == "emergency":
            continue
        words = in_their_words(rulebook, result.effective_answers)
        (banner,) = first_page(result, words).sections[0].blocks
        assert isinstance(banner, Banner)
        told = dict(banner.lines)
        calls = {level: words.dispositions[level].call for level in LEVELS}
        shown = {text: level for level, text in said.sooner}
        assert "emergency" in {level for level, call in calls.items() if call in told}, outcome.name
        assert (calls["same_day"] in told) is (said.code != "same_day"), outcome.name
        for line in words.dispositions[said.code].sooner:
            here = [call for call, text in told.items() if line.text in text]
            assert here in ([], [calls[line.level]]), (outcome.name, line.text)
            assert here or line.relevant_when is not None, (outcome.name, line.text)
        assert all(call in told and text in told[call] for text, call in shown.items()), outcome.name


def test_who_told_of_diabetes_and_numb_feet_reads_of_diabetes(
    rulebook: Rulebook, tried: list[Outcome]
) -> None:
    told = 0
    for outcome in tried:
        result = outcome.assessment
        assert result is not None
        if result.disposition.code in ("emergency", "same_day"):
            continue
        if has_surely("conditions", "diabetes")(result) and has_surely("also_feelings", "numb_feet")(
            result
        ):
            told += 1
            assert "diabetes" in render_text(first_page(result, rulebook)).casefold(), outcome.name
    assert told > 5


def test_the_first_page_says_nothing_twice_and_nothing_of_what_is_not_there(
    rulebook: Rulebook, tried: list[Outcome]
) -> None:
    for outcome in tried:
        result = outcome.assessment
        assert result is not None
        if result.disposition.alone:
            continue
        (banner,) = first_page(result, rulebook).sections[0].blocks
        assert isinstance(banner, Banner)
        text = " ".join(said for _, said in banner.lines)
        sentences = [part for part in re.split(r"(?<=[.?!])\s+", text) if len(part.split()) > 2]
        assert len({*sentences}) == len(sentences), outcome.name
        titles = [flag.title for flag in result.red_flags]
        for title in titles:
            text = text.replace(title, "")
        for words, has in HAS.items():
            if not has(result):
                assert not re.search(words, text, re.I), (outcome.name, words)


def has(item: str, *codes: str) -> Callable[[Assessment], bool]:
    """Whether one of these was, or may have been, answered; what was not asked may be so."""

    def told(result: Assessment) -> bool:
        answer = result.effective_answers.get(item)
        if isinstance(answer, Ticks):
            return bool((answer.ticked | answer.unsure) & {*codes})
        return answer is None or answer in codes or isinstance(answer, NoAnswer)

    return told


def has_surely(item: str, code: str) -> Callable[[Assessment], bool]:
    """Whether a line is ticked."""

    def told(result: Assessment) -> bool:
        answer = result.effective_answers.get(item)
        return isinstance(answer, Ticks) and code in answer.ticked

    return told


PREGNANT = ("under_20", "over_20", "weeks_unknown", "maybe", "ended_6_weeks")
# Words of the first page, and who has what they speak of.
HAS = {
    r"\bcramp": has("feel", "hard_knot"),
    r"midwi|maternity|pregnan|\bbaby": has("pregnancy", *PREGNANT),
    r"dialysis": has("kidneys", "dialysis"),
    r"own team": lambda result: (
        has("kidneys", "dialysis", "transplant")(result) or has("conditions", "cancer")(result)
    ),
    r"drive yourself": lambda result: result.effective_answers.get("age", 18) >= 15,
    r"water tablet": lambda result: bool(result.medicines),
}


def test_every_page_for_the_clinician_is_exact(rulebook: Rulebook, tried: list[Outcome]) -> None:
    wrong = [
        (outcome.name, said)
        for outcome in tried
        if (result := outcome.assessment) is not None
        for said in untruths(result, clinician_document(result, rulebook), rulebook)
    ]
    assert wrong == []


def test_every_vignette_in_six_formats(rulebook: Rulebook, tried: list[Outcome]) -> None:
    """They agree on every fact of the page, and the page tells of no card that did not fire.

    Text and Markdown of all, HTML and FHIR of a quarter, and all of the first with each kind of part and of the
    longest twenty. Those alone as PDF: it must fit one sheet, and takes long.
    """
    said_by = {card.clinician: card.id for card in rulebook.cards.values()}
    pages_of = [clinician_document(outcome.assessment, rulebook) for outcome in tried if outcome.assessment]
    texts = [render_text(page) for page in pages_of]
    longest = sorted(text.count("\n") for text in texts)[-20]
    drawn: set[tuple[str, type]] = set()
    for number, (outcome, page) in enumerate(zip(tried, pages_of, strict=True)):
        result = outcome.assessment
        assert result is not None
        formats = {"text": texts[number], "md": re.sub(r"\\(.)", r"\1", render_markdown(page))}
        kinds = {(section.title, type(block)) for section in page.sections for block in section.blocks}
        in_all = texts[number].count("\n") >= longest or not kinds <= drawn
        if in_all or number % 4 == 0:
            formats["html"] = html_words(render_html(page))[0]
            formats["fhir"] = fhir_words(fhir_document(result, rulebook))
        if in_all:
            drawn |= kinds
            made = render_pdf(page)
            assert len(PdfReader(io.BytesIO(made)).pages) == 1, outcome.name
            formats["pdf"] = pdf_words(made)
        for name, said in formats.items():
            assert (outcome.name, name, missing(page, said, drawn=name == "pdf")) == (
                outcome.name,
                name,
                [],
            )
        data = as_data(result)
        fired = {entry["id"] for key in ("red_flags", "patterns", "factors") for entry in data[key]}
        told = {piece.partition(" (with: ")[0] for fact in facts(page) for piece in fact.split(" · ")}
        assert {said_by[piece] for piece in told if piece in said_by} <= fired
