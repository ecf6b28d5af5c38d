"""Small figures as SVG: the same drawing for HTML and PDF, in the colour of the text around it.

Drawn for a width of 340 units, so that the words can still be read on a phone 320 pixels wide.
"""

from __future__ import annotations

import re
import textwrap
from html import escape

from triage.report.document import Mark, Marks

WIDTH = 340
SIZE = 12  # of the letters
FONT = "Libertinus Serif, Georgia, serif"
PER_ROW = 4
ROW = 44  # height of a row of places
_SIGN: dict[Mark, str] = {"yes": "", "no": "", "unsure": "?", "not_asked": "–"}


def svg(marks: Marks) -> str:
    """The figure, without a text alternative: whoever embeds it gives ``marks.said``."""
    return _scale(marks) if marks.scale else _places(marks)


def _scale(marks: Marks) -> str:
    """Steps from left to right; the one that is reached has a thick frame and a pointer."""
    step = WIDTH / len(marks.places)
    parts: list[str] = []
    for number, (label, mark) in enumerate(marks.places):
        left, reached = number * step, mark == "yes"
        stroke = 2.5 if reached else 0.6
        parts.append(
            f'<rect x="{left + 2:g}" y="12" width="{step - 4:g}" height="32" rx="3" fill="none" '
            f'stroke="currentColor" stroke-width="{stroke:g}"/>'
        )
        middle = left + step / 2
        if reached:
            points = f"{middle - 6:g},1 {middle + 6:g},1 {middle:g},10"
            parts.append(f'<polygon points="{points}" fill="currentColor"/>')
        parts.append(_label(label, middle, 28, 11, bold=reached))
    return drawing(46, parts)


def _places(marks: Marks) -> str:
    """A row of places: filled, empty, or with a question mark."""
    step = WIDTH / PER_ROW
    parts: list[str] = []
    for number, (label, mark) in enumerate(marks.places):
        row, column = divmod(number, PER_ROW)
        x, y = column * step + step / 2, row * ROW + 8
        filled = "currentColor" if mark == "yes" else "none"
        parts.append(
            f'<circle cx="{x:g}" cy="{y:g}" r="5.5" fill="{filled}" stroke="currentColor" '
            'stroke-width="1"/>'
        )
        parts.append(text(_SIGN[mark], x, y + 3.2, bold=True))
        parts.append(_label(label, x, y + 19, 14, bold=mark == "yes"))
    rows = -(-len(marks.places) // PER_ROW)
    return drawing(rows * ROW, parts)


def _label(label: str, x: float, y: float, letters: int, *, bold: bool) -> str:
    """At most two lines, the middle at ``y``. What stands in brackets is left to the text."""
    short = re.sub(r"\s*\([^)]*\)", "", label)
    lines = textwrap.wrap(short, letters, max_lines=2, placeholder="…") or [""]
    top = y + (4 if len(lines) == 1 else -2)
    return "".join(text(line, x, top + SIZE * n, bold=bold) for n, line in enumerate(lines))


def text(words: str, x: float, y: float, anchor: str = "middle", *, bold: bool = False) -> str:
    """Some words; nothing if there are none."""
    if not words:
        return ""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="{SIZE}" fill="currentColor"{weight}>'
        f"{escape(words)}</text>"
    )


def drawing(height: float, parts: list[str]) -> str:
    """The figure that these parts make."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" '
        f'font-family="{FONT}">{"".join(parts)}</svg>'
    )
