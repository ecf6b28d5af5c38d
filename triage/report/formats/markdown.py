"""A document as Markdown (CommonMark). Whatever a person typed is escaped."""

from __future__ import annotations

import re
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

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$|[-+=])")


def render_markdown(document: Document) -> str:
    """Markdown, ending with a line end."""
    dated = f", {escaped(document.dated)}" if document.dated else ""
    lines = [f"# {escaped(document.title)}{dated}", ""]
    for section in document.sections:
        if section.title:
            lines += [f"## {escaped(section.title)}", ""]
        for block in section.blocks:
            lines += [*_block(block), ""]
    lines += ["---", ""]
    lines += [line for text in document.footer for line in (f"*{escaped(text)}*", "")]
    return "\n".join(lines).rstrip() + "\n"


def escaped(text: str) -> str:
    """One line of text that means itself in Markdown and HTML."""
    flat = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _LINE_START.sub(r"\1\\\2", flat)


def _block(block: Block) -> list[str]:
    match block:
        case Banner():
            lines = [f"**{escaped(block.label)}**", ""]
            return [*lines, *(f"- **{escaped(w)}:** {escaped(t)}" for w, t in block.lines)]
        case Paragraph():
            return [escaped(block.text)]
        case Quote():
            quoted = [f"> {escaped(line)}" for line in f"“{block.text}”".split("\n")]
            return [f"**{escaped(block.label)}:**", "", *quoted]
        case Bullets():
            lines = []
            for text, details in block.entries:
                lines.append(f"- {escaped(text)}")
                lines += [f"  - {escaped(detail)}" for detail in details]
            return lines
        case Rows():
            return [f"- **{escaped(label)}:** {escaped(value)}" for label, value in block.rows]
        case Nights():  # the same stands beside it in words
            return []
        case Marks():
            return [f"- **{escaped(block.title)}:** {escaped(block.said)}"]
        case Grid():
            head = [
                f"**{escaped(block.title)}:** {escaped(block.said)}",
                "",
                "| criterion | answer |",
                "|---|---|",
            ]
            return [*head, *(f"| {escaped(label)} | {MARK_WORDS[mark]} |" for label, mark in block.cells)]
        case Drawing():
            return [f"*({escaped(f'Drawing: {block.said}')})*"]
        case Diary():
            days = "| |" + "".join(f" {escaped(column)} |" for column in block.columns)
            rule = "|---" * (len(block.columns) + 1) + "|"
            rows = [f"| {escaped(row)} |" + " |" * len(block.columns) for row in block.rows]
            return [escaped(block.said), "", days, rule, *rows]
        case _:
            assert_never(block)
