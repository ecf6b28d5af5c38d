"""The diary as a table (CSV): one row for each night from the first that was told to the last."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Mapping
from typing import Any

from triage.conditions.leaf import NoAnswer, Ticks
from triage.diary.nights import CRAMP, NO_CRAMP, read_night
from triage.engine.response import Answer
from triage.rulebook.rulebook import Rulebook

MOST_OPEN = 400  # nights in a row that were not told; a longer gap is left out
NOT_TOLD = "not told"


def as_csv(rulebook: Rulebook, nights: Mapping[str, Mapping[str, Any]]) -> str:
    """The table, with the codes of the answers; several in one cell are parted by blanks."""
    rules = rulebook.diary
    assert rules is not None
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(("night_ended_on", *rules.by_id))
    before: datetime.date | None = None
    for text, data in nights.items():
        day = datetime.date.fromisoformat(text)
        gap = (day - before).days - 1 if before else 0
        for late in range(gap if gap <= MOST_OPEN else 0, 0, -1):
            empty = [""] * (len(rules.by_id) - 1)
            table.writerow((day - datetime.timedelta(days=late), NOT_TOLD, *empty))
        told = read_night(data, rulebook)
        first, *others = (_cell(told.get(question)) for question in rules.by_id)
        table.writerow((day, first if first in (CRAMP, NO_CRAMP) else NOT_TOLD, *others))
        before = day
    return written.getvalue()


def _cell(answer: Answer | None) -> str:
    if isinstance(answer, Ticks):
        codes = [*sorted(answer.ticked), *(f"{code}?" for code in sorted(answer.unsure))]
        return " ".join(codes) or "none"
    if isinstance(answer, NoAnswer):
        return answer.value
    return str(answer) if answer is not None else ""
