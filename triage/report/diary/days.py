"""Days and nights in words, without the computer's language settings."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def long_day(day: datetime.date) -> str:
    """``22 November 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: datetime.date) -> str:
    """``22 Nov``."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def weekday_and_day(day: datetime.date) -> str:
    """``Sun 22 Nov``."""
    return f"{DAYS[day.weekday()]} {short_day(day)}"


def night_of(day: datetime.date) -> str:
    """The night that ends on ``day``: ``the night from Saturday to Sunday 22 November``."""
    before = day - datetime.timedelta(days=1)
    to = f"{_WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return f"the night from {_WEEKDAYS[before.weekday()]} to {to}"


def days_in_words(days: Sequence[datetime.date]) -> str:
    """Days in a row as one: ``20 Nov; 12–15 Nov; 30 Oct–2 Nov``, in the order in which they are given."""
    runs: list[list[datetime.date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == datetime.timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(_run(run[0], run[-1]) for run in runs)


def _run(first: datetime.date, last: datetime.date) -> str:
    if first == last:
        return short_day(first)
    if first.month == last.month:
        return f"{first.day}–{short_day(last)}"
    return f"{short_day(first)}–{short_day(last)}"
