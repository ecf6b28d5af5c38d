"""What of a saved session may no longer be true when somebody goes on with it."""

from __future__ import annotations

import datetime

from questionnaire.store import Session
from triage.engine.inference import Inference
from triage.engine.response import Response
from triage.rulebook.rulebook import Rulebook

STILL_TRUE = datetime.timedelta(days=1)


def outdated(session: Session, now: datetime.datetime, rulebook: Rulebook, response: Response) -> list[str]:
    """The questions on danger signs that are asked again, since the answers are more than a day old.

    These are the red-flag lists that everyone is asked: they speak of "now" and "the last 2 days".
    """
    if saved_within(session, now, STILL_TRUE):
        return []
    return [
        item.id
        for item in rulebook.items.values()
        if item.red_flag and item.ask_when is None and response.get(item.id) is not None
    ]


def saved_within(session: Session, now: datetime.datetime, span: datetime.timedelta) -> bool:
    """Whether a session was saved no longer ago than that. False if its date cannot be read."""
    try:
        saved = datetime.datetime.fromisoformat(session.saved).replace(tzinfo=None)
    except ValueError:  # edited by hand: better asked twice
        return False
    return datetime.timedelta(0) <= now - saved <= span


def result_stands(session: Session, step: Inference) -> bool:
    """Whether there is a result that can be read again at once: nothing is to be asked (again) first.

    An emergency is told by the interview, with its way back.
    """
    return session.finished and not step.asking and step.level != "emergency"
