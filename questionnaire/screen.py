"""The door to rich: a document on a terminal, in colour where there is colour."""

from __future__ import annotations

import textwrap
from typing import assert_never

from rich.console import Console
from rich.panel import Panel
from rich.text import Text as Styled

from triage.report.document import Banner, Block, Bullets, Document, Quote, Rows, Text

_COLOURS = {
    "emergency": "bold white on red",
    "same_day": "bold yellow",
    "soon": "bold yellow",
    "routine": "bold cyan",
    "self_care": "bold green",
    "unfinished": "bold magenta",
}


def pages(document: Document, width: int, height: int) -> list[str]:
    """A document as screens of at most ``height`` lines. What it says never depends on colour.

    A page ends at an empty line if there is one in its lower half.
    """
    console = Console(highlight=False, markup=False, emoji=False, width=width)
    with console.capture() as capture:
        _document(document, console)
    lines = capture.get().rstrip("\n").split("\n")
    made: list[str] = []
    while len(lines) > height:
        blank = [n for n in range(height // 2, height) if not lines[n].strip()]
        end = blank[-1] if blank else height
        made.append("\n".join(lines[:end]).strip("\n"))
        lines = lines[end:]
    return [*made, "\n".join(lines).strip("\n")]


def _document(document: Document, out: Console) -> None:
    for section in document.sections:
        out.print()
        if section.title:
            out.print(Styled(section.title, style="bold underline"))
        for block in section.blocks:
            _show(block, out)
    out.print()
    for line in document.footer:
        _wrapped(out, line)


def _show(block: Block, out: Console) -> None:
    match block:
        case Banner():
            banner = Styled()
            banner.append(block.label.upper(), style=_COLOURS[block.code])
            for what, said in block.lines:
                banner.append(f"\n{what}: ", style="bold")
                banner.append(said)
            out.print(Panel(banner, padding=(0, 2)))
        case Text():
            _wrapped(out, block.text)
            out.print()
        case Quote():
            _wrapped(out, f"{block.label}: “{block.text}”")
        case Bullets():
            for text, details in block.entries:
                _wrapped(out, text, first=" • ", rest="   ", style="bold" if details else "")
                for detail in details:
                    _wrapped(out, detail, first="     ", rest="     ")
                if details:
                    out.print()
        case Rows():
            for label, value in block.rows:
                _wrapped(out, f"{label}: {value}", rest="  ")
        case _:
            assert_never(block)


def _wrapped(out: Console, text: str, *, first: str = "", rest: str = "", style: str = "") -> None:
    """Wrapped with a hanging indent, which rich does not do."""
    lines = textwrap.wrap(text, out.width, initial_indent=first, subsequent_indent=rest)
    out.print(Styled("\n".join(lines), style=style))
