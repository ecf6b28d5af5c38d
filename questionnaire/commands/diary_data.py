"""What the commands about the diary read: its rules, the nights that were told, the last questionnaire."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from questionnaire.diary_store import DiaryProblem, DiaryStore
from questionnaire.program import Refusal
from questionnaire.rulebooks import Numbers, ready

if TYPE_CHECKING:
    from questionnaire.store import Session
    from triage.diary.nights import FourWeeks
    from triage.diary.reading import Earlier
    from triage.rulebook.rulebook import Rulebook


def diary_rules(folder: Path | None, numbers: Numbers | None = None) -> Rulebook:
    """The rules. Raises ``Refusal`` if they have no diary."""
    rulebook = (ready(folder, numbers) if numbers else ready(folder)).rulebook
    if rulebook.diary is None:
        raise Refusal("These rules have no diary: diary.yaml is not there.")
    return rulebook


def told_nights(store: DiaryStore) -> dict[str, dict[str, object]]:
    try:
        return store.nights()
    except DiaryProblem as problem:
        raise Refusal(str(problem)) from None


def weeks_until(rulebook: Rulebook, today: datetime.date) -> FourWeeks:
    from triage.diary.nights import four_weeks

    return four_weeks(told_nights(DiaryStore()), rulebook, today)


def earlier_questionnaire(rulebook: Rulebook, folder: Path | None, numbers: Numbers) -> Earlier | None:
    """The last questionnaire that was finished; without one the last that was begun."""
    from questionnaire.commands.sessions import answers_of, day_of
    from questionnaire.store import Session, SessionStore
    from triage.diary.reading import Earlier
    from triage.engine.assess import assess_with

    store = SessionStore()
    for text in store.damaged():
        sys.stderr.write(f"Left out: {text}\n")
    saved: list[Session] = [s for s in store.sessions() if isinstance(s, Session) and s.answers]
    if not saved:
        return None
    session = max(saved, key=lambda one: (one.finished, one.saved, one.id))
    response, day = answers_of(session, rulebook), day_of(session)
    assessment = assess_with(ready(folder, numbers).reasoner(day), response)
    return Earlier(day, session.finished and assessment.complete, assessment)
