"""The diary in the interview: offered once, and used only if the person wants it.

What is used is kept with the session, so that going on at another day gives the same.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from questionnaire.answer_text import asked_briefly, in_words
from questionnaire.store import Session
from questionnaire.terminal.interface import Interface, Offer
from triage.conditions.leaf import EffectiveAnswer
from triage.diary.counts import count_nights
from triage.diary.nights import NIGHTS, FourWeeks, four_weeks
from triage.diary.reading import answer_of, is_meant
from triage.engine.interview.events import Question
from triage.engine.proxy import about_another, in_their_words
from triage.readers.evaluate import evaluate
from triage.report.diary.figure import in_all
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth

NO_DIARY: dict[str, Any] = {"use": False}


def diary_of(session: Session, rulebook: Rulebook) -> FourWeeks | None:
    """The four weeks that a session uses; None if it uses none."""
    kept = session.diary
    if not kept or not kept.get("use") or rulebook.diary is None:
        return None
    try:
        return four_weeks(kept["nights"], rulebook, datetime.date.fromisoformat(kept["last"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None  # edited by hand: the answers stand by themselves


def may_answer(rulebook: Rulebook, step: Question) -> bool:
    """Whether a diary may answer this question, for this person; never one that was answered before."""
    entries = rulebook.diary.answers if rulebook.diary is not None else ()
    if step.changing or step.prior is not None:
        return False
    effective_answers = step.step.effective_answers
    return any(entry.item == step.item.id and is_meant(entry, effective_answers) for entry in entries)


def answer_from(
    interface: Interface, rulebook: Rulebook, weeks: FourWeeks | None, step: Question
) -> str | None:
    """The option that the diary gives to a question, which is said; None if it cannot say."""
    rules, item = rulebook.diary, step.item
    if weeks is None or rules is None:
        return None
    counts = count_nights(rules, weeks)
    entry = next(entry for entry in rules.answers if entry.item == item.id)
    code = answer_of(entry, counts)
    if code is None or item.option(code) is None:
        return None
    interface.answered(asked_briefly(item), in_words(item, code))
    interface.notice(f"From your diary: {asked_briefly(item)} {in_words(item, code)}.")
    return code


def offer_diary(
    interface: Interface,
    rulebook: Rulebook,
    nights: Mapping[str, Mapping[str, Any]],
    today: datetime.date,
    effective_answers: Mapping[str, EffectiveAnswer],
) -> dict[str, Any] | None:
    """Show what the diary says and ask whether to use it; what to keep with the session.

    Nothing is asked, and nothing kept, where no night of the last four weeks was told.
    """
    weeks = four_weeks(nights, rulebook, today)
    if len(weeks.days("")) == NIGHTS:
        return None
    says = _what_it_says(rulebook, weeks, effective_answers)
    interface.page("Your diary", "")
    interface.say(f"There is a diary on this computer. The last {NIGHTS} nights: {in_all(weeks)}.", "")
    if says:
        interface.say("It says:", *says, "")
    else:
        interface.say("It cannot say for sure how often, as nights are not told. You will be asked.", "")
    whose = "it is of that person, use it" if about_another(rulebook, effective_answers) else "use it"
    offers = (
        Offer("yes", f"Yes, {whose}, and draw it on the clinician's page"),
        Offer("no", "No, ask me instead"),
    )
    if interface.pick("Use that?", offers, commands=False) != "yes":
        return NO_DIARY
    days = {weeks.day(number).isoformat() for number in range(NIGHTS)}
    used = {day: dict(told) for day, told in nights.items() if day in days}
    return {"use": True, "last": today.isoformat(), "nights": used}


def _what_it_says(
    rulebook: Rulebook, weeks: FourWeeks, effective_answers: Mapping[str, EffectiveAnswer]
) -> list[str]:
    rules = rulebook.diary
    assert rules is not None
    words = in_their_words(rulebook, effective_answers)
    counts = count_nights(rules, weeks)
    said = []
    for entry in rules.answers:
        code = answer_of(entry, counts)
        meant = evaluate(entry.relevant_when, effective_answers, {}).truth is not Truth.ABSENT
        option = words.items[entry.item].option(code) if code and meant else None
        if option is not None:
            said.append(f"{asked_briefly(words.items[entry.item])} {option.text}.")
    return said
