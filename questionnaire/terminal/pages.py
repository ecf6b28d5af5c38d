"""The door to rich: a document on a terminal, in colour where there is colour."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import assert_never

from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text as Styled

from questionnaire.terminal.lines import wrap
from questionnaire.terminal.nights import nights_in_lines
from triage.report.document import (
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

# Both colours are named, so that it can be read on a light and on a dark screen.
_COLOURS = {
    "emergency": "bold white on red",
    "same_day": "bold black on yellow",
    "soon": "bold black on yellow",
    "routine": "bold black on cyan",
    "self_care": "bold black on green",
    "unfinished": "bold white on magenta",
}


def pages(document: Document, width: int, height: int, below: int = 0) -> list[str]:
    """A document as screens of at most ``height`` lines. What it says never depends on colour.

    A heading stays with what follows it, and an entry of a list is not torn. The last page leaves
    ``below`` lines free, for what is asked under it.
    """
    chunks = [piece for chunk in _chunks(document, width) for piece in _pieces(chunk, height)]
    made: list[list[str]] = [[]]
    for number, chunk in enumerate(chunks):
        room = height - below if number == len(chunks) - 1 else height
        if made[-1] and len(made[-1]) + len(chunk) > room:
            made.append([])
        made[-1] += chunk
    return ["\n".join(lines).strip("\n") for lines in made]


@contextlib.contextmanager
def progress(size: int, unit: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal (on standard error), with rate and time left; elsewhere nothing.

    Yields what to call with how much is done, of ``size``, and how many rows these are.
    """
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.fields[rows]:,} " + unit),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]:,.0f} a second"),
        TimeRemainingColumn(compact=True),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=size, rows=0, rate=0)

        def advance(done: int, rows: int) -> None:
            elapsed = bar.tasks[0].elapsed or 0
            bar.update(task, completed=done, rows=rows, rate=rows / elapsed if elapsed else 0)

        yield advance


def _pieces(chunk: list[str], height: int) -> list[list[str]]:
    return [chunk[start : start + height] for start in range(0, len(chunk), height)]


def _chunks(document: Document, width: int) -> list[list[str]]:
    """What must stay together, as lines; each ends with an empty line if more is to follow."""
    chunks: list[list[str]] = []
    glued: list[str] = []
    for section in document.sections:
        console = _console(width)
        if section.title:
            glued = _lines(console, Styled(section.title, style="bold underline"))
        for number, block in enumerate(section.blocks):
            shown = _block(block, console)
            if isinstance(block, Paragraph) and number == 0 and len(section.blocks) > 1:
                glued += [*shown[0][:-1]]  # an introduction
                continue
            shown[0] = glued + shown[0]
            glued = []
            chunks += shown
        if chunks and chunks[-1][-1].strip():
            chunks[-1].append("")
    footer = [line for text in document.footer for line in wrap(text, width)]
    return [*chunks, footer] if footer else chunks


def _block(block: Block, console: Console) -> list[list[str]]:
    """A block as chunks: the entries of a list are chunks of their own."""
    if isinstance(block, Bullets) and any(details for _, details in block.entries):
        return [_lines(console, _shown(Bullets((entry,)), console.width)) for entry in block.entries]
    return [_lines(console, _shown(block, console.width))]


def _console(width: int) -> Console:
    return Console(highlight=False, markup=False, emoji=False, width=width)


def _lines(console: Console, *what: RenderableType) -> list[str]:
    with console.capture() as capture:
        console.print(*what)
    return capture.get().removesuffix("\n").split("\n")


def _shown(block: Block, width: int) -> RenderableType:
    match block:
        case Banner():
            banner = Styled()
            banner.append(f" {block.label.upper()} ", style=_COLOURS[block.code])
            for what, said in block.lines:
                wrapped = _wrapped(f"{what}: {said}", width, first=" ", rest="   ")
                banner.append(f"\n{wrapped[: len(what) + 2]}", style="bold")
                banner.append(wrapped[len(what) + 2 :])
            return banner
        case Paragraph():
            return Styled(f"{_wrapped(block.text, width)}\n")
        case Quote():
            return Styled(_wrapped(f"{block.label}: “{block.text}”", width))
        case Bullets():
            shown = Styled()
            for text, details in block.entries:
                first = _wrapped(text, width, first=" • ", rest="   ")
                shown.append(f"{first}\n", style="bold" if details else "")
                for detail in details:
                    shown.append(f"{_wrapped(detail, width, first='     ', rest='     ')}\n")
            if not any(details for _, details in block.entries):
                shown.rstrip()
            return shown
        case Rows():
            rows = (_wrapped(f"{label}: {value}", width, rest="  ") for label, value in block.rows)
            return Styled("\n".join(rows))
        case Marks() | Grid():
            return Styled(_wrapped(f"{block.title}: {block.said}", width))
        case Drawing() | Diary():  # nothing to fill in by hand on a screen
            return Styled(_wrapped(block.said, width))
        case Nights():
            return Styled("\n".join(nights_in_lines(block, width)) + "\n")
        case _:
            assert_never(block)


def _wrapped(text: str, width: int, *, first: str = "", rest: str = "") -> str:
    """Wrapped with a hanging indent, which rich does not do."""
    return "\n".join(wrap(text, width, first=first, rest=rest))
