"""Pertinent negatives in few words: grouped as the rulebook says, but never claiming more.

A denial means no more than was asked: the time that a question asks about stands before it.
"""

from __future__ import annotations

from collections.abc import Iterable

from triage.engine.assessment import Negative
from triage.rulebook.model import Denial, Window


def denied(
    negatives: Iterable[Negative], groups: Iterable[Denial], windows: Iterable[Window] = ()
) -> list[str]:
    """The words of each group that was denied as a whole, and of every other denied line.

    What was asked of one time stands together, that time in brackets before the first.
    """
    times = list(windows)
    left = {(negative.item, negative.option): negative.clinical for negative in negatives}
    by_time: dict[str, dict[str, None]] = {}
    for group in groups:
        lines = {(item, code) for item, codes in group.lines.items() for code in codes}
        if lines and lines <= set(left):
            told = dict.fromkeys(time for item, code in sorted(lines) if (time := _time(times, item, code)))
            by_time.setdefault(" / ".join(told), {})[group.text] = None
            left = {line: said for line, said in left.items() if line not in lines}
    for (item, code), said in left.items():
        by_time.setdefault(_time(times, item, code), {})[said] = None
    said_already: set[str] = set()
    words: list[str] = []
    for time, texts in by_time.items():
        fresh = [text for text in texts if text not in said_already]
        said_already |= set(fresh)
        words += [f"[{time}] {text}" if time and not n else text for n, text in enumerate(fresh)]
    return words


def _time(windows: Iterable[Window], item: str, code: str) -> str:
    """The time that a line asks about; empty if the line itself says it, or nothing does."""
    of_item = ""
    for window in windows:
        if code in window.lines.get(item, ()):
            return window.text
        if item in window.items:
            of_item = window.text
    return of_item
