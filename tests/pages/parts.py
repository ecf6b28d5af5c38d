"""The parts of the clinician's page: its first lines, its rows, its paragraphs, and what may contribute."""

from __future__ import annotations

from triage.report.document import Banner, Bullets, Document, Paragraph, Rows


def banner(page: Document) -> list[tuple[str, str]]:
    (found,) = (b for part in page.sections for b in part.blocks if isinstance(b, Banner))
    return list(found.lines)


def rows(page: Document) -> dict[str, str]:
    return {
        label: text
        for part in page.sections
        for block in part.blocks
        if isinstance(block, Rows)
        for label, text in block.rows
    }


def paragraphs(page: Document) -> str:
    return " ".join(b.text for part in page.sections for b in part.blocks if isinstance(b, Paragraph))


def contributors(page: Document) -> dict[str, str]:
    """The answers behind what may contribute, each with what it is linked with."""
    parts = [part for part in page.sections if part.title.startswith("Possible contributors")]
    if not parts:  # of an emergency
        return {}
    (listed,) = (b for b in parts[0].blocks if isinstance(b, Bullets))
    said = (text.rpartition(": ") for text, _ in listed.entries)
    return {behind or links: links for behind, _, links in said}
