"""An assessment in one of the formats: the person's result, or the clinician's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from triage.engine.assessment import Assessment
    from triage.rulebook.rulebook import Rulebook


def rendered(
    assessment: Assessment,
    rulebook: Rulebook,
    style: str,
    *,
    page: bool,
    told: bool = False,
    paper: str = "a4",
) -> str | bytes:
    """The person's result, or with ``page`` the clinician's page; bytes for a PDF.

    ``told``: the person has seen the result, so the page may say what they were told.
    """
    if style == "json":
        from triage.report.formats.json import as_data, as_json
        from triage.report.redaction import without_private

        data = as_data(assessment)
        words = spoken_rulebook(assessment, rulebook)
        return as_json(without_private(data, words) if page else data)
    document = _document(assessment, spoken_rulebook(assessment, rulebook), page, told)
    match style:
        case "md":
            from triage.report.formats.markdown import as_markdown

            return as_markdown(document)
        case "html":
            from triage.report.formats.html import as_html

            return as_html(document)
        case "pdf":
            from triage.report.formats.pdf import as_pdf

            return as_pdf(document, "us-letter" if paper == "letter" else "a4")
    from triage.report.formats.text import as_text

    return as_text(document)


def spoken_rulebook(assessment: Assessment, rulebook: Rulebook) -> Rulebook:
    from triage.engine.proxy import spoken

    return spoken(rulebook, assessment.standings)


def _document(assessment: Assessment, rulebook: Rulebook, page: bool, told: bool) -> Any:
    if page:
        from triage.report.clinician import clinician_document

        return clinician_document(assessment, rulebook, told=told)
    from triage.report.person import person_document

    return person_document(assessment, rulebook)
