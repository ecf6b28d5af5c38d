"""Four weeks of nights: what was told of each, and what was not.

A night has the date of the day on which it ends. A night that was not told is no night without a
cramp: every question about it is "not asked".
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from triage.conditions.leaf import EffectiveAnswer, NoAnswer, Ticks
from triage.engine.answers import parse_answers
from triage.engine.response import Answer, Response
from triage.problems import Problem
from triage.readers.evaluate import evaluate
from triage.rulebook.diary.rules import DiaryRules
from triage.rulebook.reading.source import YamlDocument
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth

NIGHTS = 28
Night: TypeAlias = Mapping[str, EffectiveAnswer]
CRAMP, NO_CRAMP = "yes", "no"


@dataclass(frozen=True, slots=True)
class FourWeeks:
    """The last 28 nights, the oldest first; ``last`` is the day on which the last one ends."""

    last: datetime.date
    nights: tuple[Night, ...]
    first_question: str

    def day(self, number: int) -> datetime.date:
        """The day on which a night ends."""
        return self.last - datetime.timedelta(days=len(self.nights) - 1 - number)

    def told(self, number: int) -> str:
        """``yes`` or ``no`` as it was told of a night; empty if it was not told."""
        said = self.nights[number].get(self.first_question)
        return said if said in (CRAMP, NO_CRAMP) and isinstance(said, str) else ""

    def days(self, told: str) -> list[datetime.date]:
        """The days of the nights of which this was told (empty: nothing)."""
        return [self.day(number) for number in range(len(self.nights)) if self.told(number) == told]


def four_weeks(data: Mapping[str, Mapping[str, Any]], rulebook: Rulebook, last: datetime.date) -> FourWeeks:
    """The 28 nights up to ``last``, of plain answers by date (``YYYY-MM-DD``).

    An answer that these rules do not know counts as not told.
    """
    rules = rulebook.diary
    assert rules is not None
    asking = replace(rulebook, items=rules.by_id)
    days = [last - datetime.timedelta(days=NIGHTS - 1 - number) for number in range(NIGHTS)]
    nights = tuple(_night(data.get(day.isoformat(), {}), rules, asking) for day in days)
    return FourWeeks(last, nights, rules.questions[0].id)


def read_night(data: Mapping[str, Any], rulebook: Rulebook) -> Response:
    """What was told of one night, without what these rules do not know."""
    assert rulebook.diary is not None
    return _read(data, replace(rulebook, items=rulebook.diary.by_id))


def effective_night(response: Response, rules: DiaryRules) -> dict[str, EffectiveAnswer]:
    """A night as conditions read it: what was not asked for, as there was no cramp, is absent."""
    made: dict[str, EffectiveAnswer] = {}
    for question in rules.questions:
        answer = response.get(question.id)
        if question.ask_when is not None and evaluate(question.ask_when, made, {}).truth is Truth.ABSENT:
            made[question.id] = NoAnswer.UNREACHABLE
        elif isinstance(answer, str | Ticks | NoAnswer):
            made[question.id] = answer
        else:
            made[question.id] = NoAnswer.NOT_ASKED
    return made


def _night(data: Mapping[str, Any], rules: DiaryRules, asking: Rulebook) -> Night:
    return effective_night(_read(data, asking), rules)


def _read(data: Mapping[str, Any], asking: Rulebook) -> Response:
    answers: dict[str, Answer] = {}
    for item, answer in data.items():
        problems: list[Problem] = []
        one = parse_answers({item: answer}, asking, YamlDocument("diary", None), (), problems)
        if not problems:
            answers.update(one.answers)
    return Response(answers)
