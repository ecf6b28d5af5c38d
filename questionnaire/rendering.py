"""An assessment in one of the formats: the person's result, or the clinician's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from triage.diary.nights import FourWeeks
    from triage.engine.assessment import Assessment
    from triage.report.document import Document
    from triage.rulebook.rulebook import Rulebook


def render(
    assessment: Assessment,
    rulebook: Rulebook,
    style: str,
    *,
    page: bool,
    told: bool = False,
    paper: str = "a4",
    diary: FourWeeks | None = None,
) -> str | bytes:
    """The person's result, or with ``page`` the clinician's page; bytes for a PDF.

    FHIR is for clinics' programs: always the clinician's page.

    ``told``: the person has seen the result, so the page may say what they were told. ``diary`` is what
    of a diary of nights they want on it.
    """
    if style == "json":
        from triage.report.formats.json import as_data, render_json
        from triage.report.redaction import without_private

        data = as_data(assessment)
        words = rulebook_in_their_words(assessment, rulebook)
        shown = without_private(data, words) if page else data
        return render_json({**shown, "diary": _diary_data(diary, rulebook)} if diary and page else shown)
    if style == "fhir":
        from triage.report.formats.fhir_document import fhir_document
        from triage.report.formats.json import render_json

        words = rulebook_in_their_words(assessment, rulebook)
        return render_json(fhir_document(assessment, words, told=told, diary=diary))
    document = _document(assessment, rulebook_in_their_words(assessment, rulebook), page, told, diary)
    return _in_format(document, style, paper)


def render_sheet(
    assessment: Assessment, rulebook: Rulebook, style: str, *, paper: str = "a4"
) -> str | bytes:
    """The sheet to take home as text, HTML or PDF (bytes)."""
    from triage.report.take_home import take_home_document

    document = take_home_document(assessment, rulebook_in_their_words(assessment, rulebook))
    return _in_format(document, style, paper)


def _in_format(document: Document, style: str, paper: str) -> str | bytes:
    match style:
        case "md":
            from triage.report.formats.markdown import render_markdown

            return render_markdown(document)
        case "html":
            from triage.report.formats.html import render_html

            return render_html(document)
        case "pdf":
            from triage.report.formats.pdf import render_pdf

            return render_pdf(document, "us-letter" if paper == "letter" else "a4")
    from triage.report.formats.text import render_text

    return render_text(document)


def rulebook_in_their_words(assessment: Assessment, rulebook: Rulebook) -> Rulebook:
    from triage.engine.proxy import in_their_words

    return in_their_words(rulebook, assessment.effective_answers)


def _diary_data(diary: FourWeeks, rulebook: Rulebook) -> dict[str, Any]:
    from triage.report.diary.figure import diary_data

    assert rulebook.diary is not None
    return diary_data(rulebook.diary, diary)


def _document(
    assessment: Assessment, rulebook: Rulebook, page: bool, told: bool, diary: FourWeeks | None
) -> Document:
    if page:
        from triage.report.clinician.page import clinician_document

        return clinician_document(assessment, rulebook, told=told, diary=diary)
    from triage.report.person import person_document

    return person_document(assessment, rulebook)
