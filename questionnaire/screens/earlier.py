"""What was saved earlier, at the start: going on with it, or saying why that cannot be."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable

from questionnaire.program import Refusal
from questionnaire.resuming import saved_within
from questionnaire.store import Session, SessionProblem, SessionStore, no_session
from questionnaire.terminal.interface import Interface, Leave, Offer
from questionnaire.terminal.wording import command_typed

LATELY = datetime.timedelta(days=28)
MOST_DAMAGED = 3  # as many as fit on a page


def resumed(transcript: SessionStore, session_id: str) -> Session:
    """The session that was asked for; without an id the last one. Raises ``Refusal``."""
    try:
        session = transcript.load(session_id) if session_id else transcript.latest()
    except SessionProblem as problem:
        raise Refusal(str(problem)) from None
    if session is None:
        raise Refusal(no_session(transcript.damaged()))
    return session


def held(transcript: SessionStore, session: Session) -> tuple[Session, Callable[[], None]]:
    """The session as it is now that nobody else can change it."""
    let_go = transcript.hold(session.id)
    if let_go is None:
        raise Refusal(f"The session {session.id} is open in another window. Go on there, or end it first.")
    try:
        return transcript.load(session.id), let_go
    except SessionProblem as problem:
        let_go()
        raise Refusal(str(problem)) from None


def tell_damaged(interface: Interface, transcript: SessionStore) -> None:
    """Saved sessions that cannot be used: nobody should think that they are gone, or go on with others."""
    problems = transcript.damaged()
    if not problems:
        return
    first, more = problems[:MOST_DAMAGED], len(problems) - MOST_DAMAGED
    said = [*first, *([f"And {more} more. See: legcramp sessions list"] if more > 0 else [])]
    if not sys.stdin.isatty():
        for text in said:
            interface.notice(text, wrong=True)
        return
    interface.page("", "")
    for text in ("Answers that were saved before cannot be used now.", *said, "It is left as it is."):
        interface.say(text, "")
    if command_typed(interface.line("Press Enter to go on without it.", commands=False)) == "leave":
        raise Leave


def earlier(interface: Interface, transcript: SessionStore) -> tuple[Session | None, Callable[[], None]]:
    """Offer to go on with an interview that was not finished, or else to see the last result again,
    unless it is open elsewhere."""
    last = transcript.latest(unfinished=True) or transcript.latest()
    if last is not None and last.finished and not saved_within(last, datetime.datetime.now(), LATELY):
        last = None  # after that the questions are to be gone through anew
    let_go = transcript.hold(last.id) if last else None
    if last is None or let_go is None:
        return None, nothing
    try:
        interface.page("", "")
        day = last.saved[:16].replace("T", " at ")
        count = len(last.answers)
        saved = f"{count} answer is saved" if count == 1 else f"{count} answers are saved"
        if last.finished:
            what, on = f"You answered these questions on {day}.", f"See the result again ({saved})"
        else:
            what, on = f"You did not finish the questions of {day}.", f"Go on where I stopped ({saved})"
        offers = (Offer("on", on), Offer("new", "Start anew (the old answers stay saved)"))
        picked = interface.pick(what, offers, commands=False)
    except BaseException:
        let_go()
        raise
    if picked == "on":
        try:
            return transcript.load(last.id), let_go
        except SessionProblem as problem:  # deleted or damaged meanwhile
            interface.notice(f"{problem} We start anew.", wrong=True)
    let_go()
    return None, nothing


def nothing() -> None:
    """Nothing is held."""
