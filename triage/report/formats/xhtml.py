"""Blocks as the narrative of a FHIR resource: XHTML with the few elements that R4 allows, and no style."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import assert_never

from triage.report.document import (
    MARK_WORDS,
    Banner,
    Block,
    Bullets,
    Diary,
    Drawing,
    Grid,
    Marks,
    Nights,
    Paragraph,
    Quote,
    Rows,
)
from triage.text import printable


def render_div(blocks: Iterable[Block]) -> str:
    """One ``div``. Every text is escaped, and has no character that XML forbids."""
    inside = "".join(_block(block) for block in blocks)
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{inside}</div>'


def _block(block: Block) -> str:
    match block:
        case Banner():
            return f"<p><b>{_text(block.label)}</b></p>{_table(block.lines)}"
        case Paragraph():
            return f"<p>{_text(block.text)}</p>"
        case Quote():
            lines = "<br/>".join(_text(line) for line in f"“{block.text}”".split("\n"))
            return f"<p><b>{_text(block.label)}:</b></p><blockquote><p>{lines}</p></blockquote>"
        case Bullets():
            return _bullets(block)
        case Rows():
            return _table(block.rows)
        case Nights():  # the same stands beside it in words
            return ""
        case Marks():
            return f"<p><b>{_text(block.title)}:</b> {_text(block.said)}</p>"
        case Grid():
            head = f"<p><b>{_text(block.title)}:</b> {_text(block.said)}</p>"
            return head + _table((label, MARK_WORDS[mark]) for label, mark in block.cells)
        case Drawing():
            return f"<p><i>({_text(f'Drawing: {block.said}')})</i></p>"
        case Diary():
            columns = "".join(f"<th>{_text(column)}</th>" for column in ("", *block.columns))
            empty = "<td></td>" * len(block.columns)
            rows = "".join(f"<tr><th>{_text(row)}</th>{empty}</tr>" for row in block.rows)
            return f"<p>{_text(block.said)}</p><table><tr>{columns}</tr>{rows}</table>"
        case _:
            assert_never(block)


def _bullets(block: Bullets) -> str:
    entries = ""
    for text, details in block.entries:
        below = "".join(f"<li>{_text(detail)}</li>" for detail in details)
        entries += f"<li>{_text(text)}{f'<ul>{below}</ul>' if below else ''}</li>"
    return f"<ul>{entries}</ul>" if entries else ""


def _table(rows: Iterable[tuple[str, str]]) -> str:
    made = "".join(f"<tr><th>{_text(label)}</th><td>{_text(value)}</td></tr>" for label, value in rows)
    return f"<table>{made}</table>" if made else ""


def _text(text: str) -> str:
    return escape(printable(text), quote=False)
