"""Four weeks of nights as one figure, and the same in words: for the person, and for the clinician."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from triage.conditions.leaf import Ticks
from triage.diary.nights import CRAMP, NO_CRAMP, FourWeeks, Night
from triage.diary.reading import told_so
from triage.engine.response import Answer, Response, plain
from triage.report.diary.days import DAYS, days_in_words, long_day, short_day
from triage.report.document import NightCell, Nights
from triage.rulebook.diary.rules import DiaryRules
from triage.rulebook.model import Item, Option

WEEK = 7
_STATES = {CRAMP: "cramp", NO_CRAMP: "free", "": "not_told"}


def nights_figure(rules: DiaryRules, weeks: FourWeeks, title: str, said: str) -> Nights:
    """The figure, in the columns of the diary on paper: from Monday to Sunday."""
    first = weeks.day(0) - datetime.timedelta(days=weeks.day(0).weekday())
    rows = []
    while first <= weeks.last:
        days = [first + datetime.timedelta(days=n) for n in range(WEEK)]
        rows.append((short_day(first), tuple(_cell(rules, weeks, day) for day in days)))
        first += datetime.timedelta(days=WEEK)
    letters = [
        f"{option.clinical_yes}: {option.text[0].lower()}{option.text[1:]}"
        for option in rules.by_id[rules.figure.letter].options
    ]
    key = (
        "a bar: a cramp, the higher the longer it gripped",
        *letters,
        "no cramp: –",
        "not told: ?",
        "a night stands under the day on which it ends",
    )
    steps = len(rules.by_id[rules.figure.height].options)
    return Nights(title, DAYS, tuple(rows), steps, key, said)


def _cell(rules: DiaryRules, weeks: FourWeeks, day: datetime.date) -> NightCell:
    number = len(weeks.nights) - 1 - (weeks.last - day).days
    if not 0 <= number < len(weeks.nights):
        return NightCell("outside")
    told = weeks.told(number)
    if told == NO_CRAMP:
        return NightCell("free")
    if told != CRAMP:
        return NightCell("not_told")
    night = weeks.nights[number]
    letter = rules.by_id[rules.figure.letter].option(str(night.get(rules.figure.letter)))
    height = rules.by_id[rules.figure.height]
    said = night.get(rules.figure.height)
    reached = height.codes.index(said) + 1 if isinstance(said, str) and said in height.codes else 0
    return NightCell("cramp", (letter.clinical_yes or "") if letter else "", reached)


def in_all(weeks: FourWeeks) -> str:
    """How many nights with a cramp, without one, and not told."""
    cramps, none, open_ = (len(weeks.days(told)) for told in (CRAMP, NO_CRAMP, ""))
    return f"{cramps} with a cramp, {none} without, {open_} not told"


def not_told(weeks: FourWeeks) -> str:
    """The nights that were not told, by the days on which they end; empty if there are none."""
    return days_in_words(weeks.days(""))


def told_rows(rules: DiaryRules, weeks: FourWeeks) -> list[tuple[str, str]]:
    """For each question what was told, and on how many nights, in the person's words."""
    return [
        (question.text.rstrip("?"), ", ".join(f"{text} ({_nights(times)})" for text, times in found))
        for question in _shown(rules)
        if (found := _counted(question, weeks, lambda option: option.text))
    ]


def each_night(rules: DiaryRules, weeks: FourWeeks) -> Iterator[tuple[datetime.date, str]]:
    """Each night that was told, in words, the last first."""
    for number in reversed(range(len(weeks.nights))):
        told = weeks.told(number)
        if told == NO_CRAMP:
            yield weeks.day(number), "no cramp"
        elif told == CRAMP:
            yield weeks.day(number), "; ".join(_told(rules, weeks.nights[number])) or "a cramp"


def _told(rules: DiaryRules, night: Night) -> Iterator[str]:
    for question in _shown(rules):
        lines = [o.text for o in question.options if told_so(night.get(question.id), o.code)]
        if lines:
            yield f"{question.text} {', '.join(lines)}"


def _nights(times: int) -> str:
    return "1 night" if times == 1 else f"{times} nights"


def clinical_words(rules: DiaryRules, weeks: FourWeeks) -> str:
    """All of it in one line for the clinician."""
    cramps, none, open_ = (len(weeks.days(told)) for told in (CRAMP, NO_CRAMP, ""))
    parts = [
        f"{len(weeks.nights)} nights to {long_day(weeks.last)}: "
        f"cramp {cramps}, none {none}, not recorded {open_}"
    ]
    for question in _shown(rules):
        found = _counted(question, weeks, lambda option: option.clinical_yes or option.text)
        if found:
            label = question.clinical_yes or question.id
            parts.append(f"{label}: {', '.join(f'{text} ×{times}' for text, times in found)}")
    return "; ".join(parts)


def diary_data(rules: DiaryRules, weeks: FourWeeks) -> dict[str, Any]:
    """The nights as plain data, the oldest first, with the same line in words."""
    nights = [
        {
            "ended_on": weeks.day(number).isoformat(),
            "told": bool(weeks.told(number)),
            "answers": plain(Response(_given(night))) if weeks.told(number) else {},
        }
        for number, night in enumerate(weeks.nights)
    ]
    return {"last": weeks.last.isoformat(), "nights": nights, "said": clinical_words(rules, weeks)}


def _given(night: Night) -> dict[str, Answer]:
    """What was told of a night: no question that was not asked."""
    return {name: said for name, said in night.items() if isinstance(said, str | Ticks)}


def _shown(rules: DiaryRules) -> Iterator[Item]:
    shown = (rules.figure.letter, rules.figure.height, *rules.figure.below)
    yield from (question for question in rules.questions if question.id in shown)


def _counted(question: Item, weeks: FourWeeks, words: Callable[[Option], str]) -> list[tuple[str, int]]:
    """On how many nights each option was told, in the order of the question."""
    found = []
    for option in question.options:
        times = sum(told_so(night.get(question.id), option.code) for night in weeks.nights)
        if times:
            found.append((words(option), times))
    return found
