"""The figure of a diary in plain signs, which every terminal can show: at most 49 columns wide."""

from __future__ import annotations

from questionnaire.terminal.lines import wrap
from triage.report.document import NightCell, Nights

LABEL, CELL = 7, 6
_SIGNS = {"free": "–", "not_told": "?", "outside": ""}
KEY = "*: a cramp, the more * the longer it gripped. x: which leg is not told."


def nights_in_lines(nights: Nights, width: int) -> list[str]:
    """A heading, one line for each week, and what the signs mean."""
    head = " " * LABEL + "".join(f"{day:<{CELL}}" for day in nights.columns)
    weeks = [
        f"{label:<{LABEL}}" + "".join(f"{_sign(cell):<{CELL}}" for cell in cells)
        for label, cells in nights.rows
    ]
    key = f"{KEY} {'. '.join(_capital(text) for text in nights.key[1:])}."
    return [line.rstrip() for line in (*wrap(nights.said, width), "", head, *weeks, "", *wrap(key, width))]


def _sign(cell: NightCell) -> str:
    return _SIGNS.get(cell.state, f"{cell.letter or 'x'}{'*' * cell.height}")


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
