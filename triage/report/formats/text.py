"""A document as plain text, 80 columns wide at most: no colour, no boxes."""

from __future__ import annotations

import textwrap
from typing import assert_never

from triage.report.document import (
    MARK_WORDS,
    Banner,
    Block,
    Bullets,
    Diary,
    Document,
    Drawing,
    Grid,
    Marks,
    Nights,
    Paragraph,
    Quote,
    Rows,
)

DAY = 8  # letters to a box of a diary
MANY_LINES = 2  # a longer value does not keep to its column


def render_text(document: Document, width: int = 80) -> str:
    """Plain text, ending with a line end."""
    dated = f", {document.dated}" if document.dated else ""
    lines = [document.title.upper() + dated, ""]
    for section in document.sections:
        if section.title:
            lines += [section.title.upper()]
        for block in section.blocks:
            lines += _block(block, width)
        lines.append("")
    for line in document.footer:
        lines += _wrapped(line, width)
    return "\n".join(lines).rstrip() + "\n"


def _block(block: Block, width: int) -> list[str]:
    match block:
        case Banner():
            rule = "=" * min(width, 72)
            lines = [rule, *_wrapped(block.label.upper(), width), rule]
            for what, text in block.lines:
                lines += _wrapped(f"{what}: {text}", width, hang=2)
            return lines
        case Paragraph():
            return _wrapped(block.text, width)
        case Quote():
            first, *rest = (f"{block.label}: “{block.text}”").split("\n")
            lines = _wrapped(first, width, hang=2)
            for line in rest:
                lines += _wrapped(line, width, start=2, hang=2)
            return lines
        case Bullets():
            lines = []
            for text, details in block.entries:
                lines += _wrapped(f"- {text}", width, hang=2)
                for detail in details:
                    lines += _wrapped(detail, width, start=4, hang=4)
            return lines
        case Rows():
            lines = []
            for label, value in block.rows:
                row = f"{label + ':':<15} {value}"
                column = _wrapped(row, width, hang=16)
                lines += column if len(column) <= MANY_LINES else _wrapped(row, width, hang=2)
            return lines
        case Nights():  # the same stands beside it in words
            return []
        case Marks():
            return _wrapped(f"{block.title + ':':<15} {block.said}", width, hang=16)
        case Grid():
            cells = ", ".join(f"{label}: {MARK_WORDS[mark]}" for label, mark in block.cells)
            return _wrapped(f"{block.title + ':':<15} {block.said}; {cells}", width, hang=16)
        case Drawing():
            return _wrapped(f"(Drawing: {block.said})", width, hang=2)
        case Diary():
            head = " ".join(f"{column:<{DAY}}" for column in ("", *block.columns))
            empty = [f"{row:<{DAY}} {' '.join(['_' * DAY] * len(block.columns))}" for row in block.rows]
            lines = [line for row in empty for line in ("", row)]
            return [*_wrapped(block.said, width), "", head.rstrip(), *lines]
        case _:
            assert_never(block)


def _wrapped(text: str, width: int, *, start: int = 0, hang: int = 0) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=" " * start,
        subsequent_indent=" " * hang,
        break_long_words=True,
        break_on_hyphens=False,
    ) or [""]
