"""The pictures of README.md: the result in a terminal, and the clinician's page of the same person.

After a wanted change draw them anew: PYTHONPATH=.:tests python tests/pictures/draw.py
The text of each is in its ``desc``: a test compares that with what the program says now.
"""

from __future__ import annotations

import datetime
import html
import json
import re
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pyte
import typst
from interviews.plain_cases import CASES
from programs.terminal import ENTER, Terminal

from triage.engine.answers import read_answers
from triage.engine.assess import assess
from triage.report.clinician.page import clinician_document
from triage.report.document import Document
from triage.report.formats import pdf
from triage.report.formats.text import render_text
from triage.rulebook.load import load

HERE = Path(__file__).parent
RULES = HERE.parent.parent / "rules"
TERMINAL, PAGE = HERE / "terminal.svg", HERE / "page.svg"
TODAY = datetime.date(2026, 11, 22)
ROWS, COLUMNS = 32, 80
WIDTH, HEIGHT, EDGE, BAR = 8.4, 17, 16, 30  # of a letter and of a line, round the text, and above it
PAPER, INK, DIM = "#ffffff", "#1f2328", "#d0d7de"


def played() -> pyte.Screen:
    """The screen when an ordinary man of 67 reads the first page of his result."""
    with tempfile.TemporaryDirectory() as home:
        options = {"home": Path(home), "columns": COLUMNS, "rows": ROWS}
        with Terminal("ask", "--no-save", **options) as terminal:
            terminal.wait_for("Press Enter to start")
            for line in CASES["ordinary"].split("\n"):
                terminal.ready(5)
                if "What would you like to do now?" in terminal.text:
                    break
                terminal.press(line + ENTER)
            terminal.wait_for("What would you like to do now?", "8. End")
            return terminal.screen


def shown(screen: pyte.Screen) -> str:
    """The text on a screen."""
    return "\n".join(line.rstrip() for line in screen.display).strip("\n")


def draw_terminal(screen: pyte.Screen) -> str:
    """The screen in a window."""
    lines = shown(screen).count("\n") + 1
    width, height = COLUMNS * WIDTH + 2 * EDGE, lines * HEIGHT + BAR + EDGE
    buttons = "".join(f'<circle cx="{EDGE + 4 + 18 * n}" cy="15" r="5" fill="{DIM}"/>' for n in range(3))
    window = (
        f'<rect x="0.5" y="0.5" width="{width - 1:g}" height="{height - 1}" rx="8" fill="{PAPER}" '
        f'stroke="{DIM}"/>{buttons}'
    )
    texts = "\n".join(_runs(screen))
    font = f'font-family="\'DejaVu Sans Mono\', Menlo, Consolas, monospace" font-size="14" fill="{INK}"'
    body = f"{window}\n<g {font}>\n{texts}\n</g>"
    return _svg(width, height, "legcramp in a terminal: the first page of a result", shown(screen), body)


def _runs(screen: pyte.Screen) -> Iterator[str]:
    """Each row, in pieces of one weight and without wide gaps. Each has its exact width, whatever the font."""
    for row in range(screen.lines):
        cells = [(column, screen.buffer[row][column]) for column in range(screen.columns)]
        for bold, run in groupby(cells, lambda cell: cell[1].bold):
            piece = list(run)
            for words in re.finditer(r"\S+( \S+)*", "".join(cell.data for _, cell in piece)):
                x, y = EDGE + (piece[0][0] + words.start()) * WIDTH, BAR + (row + 1) * HEIGHT - 4
                length = f'textLength="{len(words[0]) * WIDTH:g}" lengthAdjust="spacingAndGlyphs"'
                weight = ' font-weight="bold"' if bold else ""
                yield f'<text x="{x:g}" y="{y}"{weight} {length}>{html.escape(words[0])}</text>'


def page() -> Document:
    """The clinician's page of the same man."""
    rulebook = load(RULES)
    answers = read_answers((HERE / "answers.json").read_bytes(), "answers.json", rulebook)
    return clinician_document(assess(rulebook, answers, TODAY), rulebook, told=True)


def draw_page(document: Document) -> str:
    """The page as it is printed, in the largest type with which it fits on one sheet."""
    data = json.dumps(pdf._data(document), ensure_ascii=False)
    for size in pdf.SIZES:
        inputs = {"data": data, "size": f"{size:g}", "paper": "a4"}
        made = typst.compile(
            pdf.TEMPLATE,
            root=pdf.TEMPLATE.parent,
            format="svg",
            ignore_system_fonts=True,
            sys_inputs=inputs,
        )
        if isinstance(made, bytes):
            break
    start, drawn = made.decode().split(">", 1)
    said = f"<title>The clinician's page</title><desc>{html.escape(render_text(document))}</desc>"
    return f'{start}>{said}<rect width="100%" height="100%" fill="{PAPER}"/>{drawn}'


def text_of(picture: Path) -> str:
    """The text that a picture showed when it was drawn."""
    return html.unescape(re.search(r"<desc>(.*?)</desc>", picture.read_text("utf-8"), re.S)[1])


def _svg(width: float, height: float, title: str, text: str, body: str) -> str:
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    said = f"<title>{title}</title>\n<desc>{html.escape(text)}</desc>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">\n{said}\n{body}\n</svg>\n'


if __name__ == "__main__":
    TERMINAL.write_text(draw_terminal(played()), "utf-8")
    PAGE.write_text(draw_page(page()), "utf-8")
