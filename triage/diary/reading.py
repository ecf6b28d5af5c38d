"""What follows from a diary: signs that ask for the questionnaire, and answers that it can give."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from triage.conditions.leaf import EffectiveAnswer, Ticks
from triage.diary.counts import Range, count_nights, surely
from triage.diary.nights import FourWeeks
from triage.engine.assessment import Assessment
from triage.readers.evaluate import evaluate
from triage.rulebook.cards import RedFlag
from triage.rulebook.diary.rules import DiaryAnswer, DiarySign
from triage.rulebook.model import urgency
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth


@dataclass(frozen=True, slots=True)
class Seen:
    """A sign in a diary. ``known``: the questionnaire was told the same."""

    sign: DiarySign
    do_now: str
    known: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last questionnaire: its day, whether it was finished, and what came out."""

    day: datetime.date
    finished: bool
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Reading:
    """What a diary says, beside the last questionnaire if there was one.

    ``ask_now``: the questions should be gone through again now; otherwise on ``ask_on``.
    """

    seen: tuple[Seen, ...]
    ask_now: bool
    ask_on: datetime.date | None


def signs_of(rulebook: Rulebook, counts: Mapping[str, Range]) -> list[DiarySign]:
    """The signs that are there, the most urgent first."""
    rules = rulebook.diary
    assert rules is not None
    found = [sign for sign in rules.signs if surely(sign.when, counts)]
    return sorted(found, key=lambda sign: -_rank(rulebook, sign))


def _rank(rulebook: Rulebook, sign: DiarySign) -> int:
    card = rulebook.cards.get(sign.card or "")
    return urgency(card.disposition) if isinstance(card, RedFlag) else 0


def read_diary(rulebook: Rulebook, weeks: FourWeeks, earlier: Earlier | None) -> Reading:
    """What is to be noticed, and when the questions should be asked again.

    Never later than the rules say, and never "not at all".
    """
    rules = rulebook.diary
    assert rules is not None
    counts = count_nights(rules, weeks)
    seen = tuple(
        Seen(sign, _to_do(rulebook, sign), _told(sign, earlier)) for sign in signs_of(rulebook, counts)
    )
    if earlier is None or not earlier.finished:
        return Reading(seen, True, None)
    on = earlier.day + datetime.timedelta(days=rules.again_after_days)
    now = on <= weeks.last or any(not sign.known for sign in seen)
    return Reading(seen, now, None if now else on)


def _to_do(rulebook: Rulebook, sign: DiarySign) -> str:
    card = rulebook.cards.get(sign.card or "")
    said = card.do_now if isinstance(card, RedFlag) else ""
    return " ".join(text for text in (said, sign.do_now) if text)


def _told(sign: DiarySign, earlier: Earlier | None) -> bool:
    """Whether the last questionnaire had the same, by its card or by the answer itself."""
    if earlier is None:
        return False
    flags = earlier.assessment.red_flags
    if any(flag.id == sign.card and flag.certain for flag in flags):
        return True
    answers = earlier.assessment.effective_answers
    return all(told_so(answers.get(item), code) for item, code in sign.stands_for.items())


def told_so(answer: object, code: str) -> bool:
    """Whether an answer is this option, or ticks this line."""
    return code in answer.ticked if isinstance(answer, Ticks) else answer == code


def answer_of(entry: DiaryAnswer, counts: Mapping[str, Range]) -> str | None:
    """The option that the diary surely gives to a question; None if it cannot say."""
    for option in entry.options:
        if surely(option.when, counts):
            return option.code
    return None


def is_meant(entry: DiaryAnswer, effective_answers: Mapping[str, EffectiveAnswer]) -> bool:
    """Whether the diary may answer this question for this person."""
    return evaluate(entry.relevant_when, effective_answers, {}).truth is Truth.PRESENT
