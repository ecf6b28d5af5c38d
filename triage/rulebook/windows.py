"""The time that a line asks about: a denial means no more than that."""

from __future__ import annotations

from collections.abc import Iterable

from triage.rulebook.frame import Window


def time_of(windows: Iterable[Window], item: str, code: str) -> str:
    """The time in the clinician's words; empty if the line itself says it, or nothing does."""
    of_item = ""
    for window in windows:
        if code in window.lines.get(item, ()):
            return window.text
        if item in window.items:
            of_item = window.text
    return of_item
