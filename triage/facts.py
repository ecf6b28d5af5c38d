"""Effective answers: how every item stands, once gates and medicine names are worked out."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping

from triage.conditions.standing import Medicines, Silence, Standing, Taken
from triage.readers.evaluate import evaluate
from triage.response import Answer, MedicineAnswer, Response
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth

RECENT_WEEKS = 6
_FOREVER = 10_000.0


def standings(rulebook: Rulebook, response: Response, today: datetime.date) -> Mapping[str, Standing]:
    """How each item stands, in asking order.

    An item whose ``ask_when`` is ABSENT is unreachable: its answer, if there is one, is kept
    in the response but invisible here. ``today`` dates the medicines.
    """
    known: dict[str, Standing] = {}
    for item in rulebook.items.values():
        gate = item.ask_when
        if gate is not None and evaluate(gate, known, {}).truth is Truth.ABSENT:
            known[item.id] = Silence.UNREACHABLE
        else:
            known[item.id] = standing(rulebook, response.get(item.id), today)
    return known


def standing(rulebook: Rulebook, answer: Answer | None, today: datetime.date) -> Standing:
    """How an item stands by its answer alone, whether it is reachable or not."""
    if answer is None:
        return Silence.NOT_ASKED
    if isinstance(answer, tuple):
        return Medicines(tuple(_taken(rulebook, taken, today) for taken in answer))
    return answer


def _taken(rulebook: Rulebook, answer: MedicineAnswer, today: datetime.date) -> Taken:
    medicine = rulebook.medicine(answer.name)
    weeks = weeks_since(answer.started, today)
    if medicine is None:
        return Taken(answer.name, weeks=weeks)
    return Taken(answer.name, medicine.generic, rulebook.class_names(medicine), weeks)


def weeks_since(started: str | None, today: datetime.date) -> tuple[float, float] | None:
    """The range of weeks since ``started``; None when nobody knows. Dates to come count as 0."""
    if started is None or started == "unsure":
        return None
    if started == "recent":
        return 0.0, float(RECENT_WEEKS)
    if started == "long_ago":
        return RECENT_WEEKS + 0.5, _FOREVER
    year, *rest = (int(part) for part in started.split("-"))
    month = rest[0] if rest else None
    last_month = month or 12
    last_day = calendar.monthrange(year, last_month)[1]
    day = rest[1] if len(rest) == 2 else None
    first = datetime.date(year, month or 1, day or 1)
    last = datetime.date(year, last_month, day or last_day)
    return _weeks(last, today), _weeks(first, today)


def _weeks(start: datetime.date, today: datetime.date) -> float:
    return max(0, (today - start).days) / 7
