"""The nights of a diary as SVG: the same drawing for HTML and PDF, in the colour of the text around it."""

from __future__ import annotations

from triage.report.document import NightCell, Nights
from triage.report.formats.figure import SIZE, WIDTH, drawing, text

LABEL = 46  # width of the dates on the left
HEAD = 18  # height of the row of days
ROW = 26  # height of a week
BAR = 20  # of the longest cramp
_KEY_LETTERS = 58  # letters in a line of the key


def draw_nights(nights: Nights) -> str:
    """The figure, without a text alternative: whoever embeds it gives ``nights.said``."""
    step = (WIDTH - LABEL) / len(nights.columns)
    parts = [text(day, LABEL + (n + 0.5) * step, HEAD - 6) for n, day in enumerate(nights.columns)]
    for week, (label, cells) in enumerate(nights.rows):
        base = HEAD + (week + 1) * ROW - 5
        parts.append(text(label, 0, base, "start"))
        parts.append(
            f'<path d="M{LABEL} {base + 1.5:g}H{WIDTH}" stroke="currentColor" stroke-width="0.4"/>'
        )
        for n, cell in enumerate(cells):
            parts += _night(cell, LABEL + (n + 0.5) * step, base, nights.steps)
    top = HEAD + len(nights.rows) * ROW + SIZE + 2
    key = _lines(f"{'; '.join(nights.key)}.")
    parts += [text(line, 0, top + n * (SIZE + 1), "start") for n, line in enumerate(key)]
    height = top + (len(key) - 1) * (SIZE + 1) + 5
    return drawing(height, parts)


def _night(cell: NightCell, x: float, base: float, steps: int) -> list[str]:
    """A bar with its letter; a dash for a night without; a question mark where nothing was told."""
    match cell.state:
        case "cramp":
            if cell.height:
                high = BAR * cell.height / steps
                bar = f'y="{base - high:g}" width="9" height="{high:g}" fill="currentColor"'
            else:  # how long is not told: an empty bar of half the height
                bar = (
                    f'y="{base - BAR / 2:g}" width="9" height="{BAR / 2:g}" fill="none" '
                    'stroke="currentColor" stroke-dasharray="2 2"'
                )
            return [
                f'<rect x="{x - 11:g}" {bar}/>',
                text(cell.letter, x + 1, base - 1, "start", bold=True),
            ]
        case "free":
            return [text("–", x, base - 2)]
        case "not_told":
            return [text("?", x, base - 1)]
        case "outside":
            return []


def _lines(key: str) -> list[str]:
    """The key in lines, parted only between its entries."""
    lines = [""]
    for entry in key.split("; "):
        added = f"{lines[-1]}; {entry}" if lines[-1] else entry
        if len(added) > _KEY_LETTERS and lines[-1]:
            lines[-1] += ";"
            lines.append(entry)
        else:
            lines[-1] = added
    return lines
