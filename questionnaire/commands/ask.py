"""Starting the questionnaire: the interface, the opening, an earlier session, and how it ends."""

from __future__ import annotations

import contextlib
import datetime
import gc
import shutil
import sys
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from questionnaire.program import Refusal, program
from questionnaire.rulebooks import NOT_SET, Numbers, ready
from questionnaire.screens.earlier import earlier, held, nothing, resumed, tell_damaged
from questionnaire.store import Session, SessionStore, new_session
from questionnaire.terminal.interface import Interface, Leave
from questionnaire.terminal.lines import wrap
from questionnaire.terminal.starting import choose_interface, end_like_ctrl_c, go_on_after_a_stop
from questionnaire.terminal.wording import command_typed, opening

if TYPE_CHECKING:
    from questionnaire.diary_store import Nights
    from questionnaire.pickled import Ready
    from questionnaire.session import SessionController
    from triage.engine.inference import Reasoner

INTERRUPTED = 130


class _Preparation:
    """Loads the rules, unless they are there, and builds the network while the opening is being read."""

    def __init__(self, rules: Ready | None, numbers: Numbers, today: datetime.date, *, keep: bool) -> None:
        self._rules, self._numbers, self._today, self._keep = rules, numbers, today, keep
        self._reasoner: Reasoner | None = None
        self._error: Exception | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._prepare, daemon=True)

    def begin(self) -> None:
        """Begin, unless it has begun already. Not before the first prompt is on the screen."""
        if not self._thread.ident:
            self._thread.start()

    def _prepare(self) -> None:
        try:
            rules = self._rules or ready(None, self._numbers, keep=self._keep)
            self._reasoner = rules.reasoner(self._today)
        except Exception as error:  # handed on to whoever waits for the result
            self._error = error
        self._ready.set()
        if self._reasoner is not None:  # what some answers need: nobody should wait for it then
            self._reasoner.rulebook.prepare()
            gc.freeze()  # the rules stay: looking through them again and again would make people wait

    def finish(self) -> None:
        """Wait for what has begun: a thread in the middle of C code may not outlive the program."""
        if self._thread.ident:
            self._thread.join(10)

    def result(self) -> Reasoner:
        """Wait for it. Raises what went wrong."""
        self.begin()
        self._ready.wait()
        if self._error is not None:
            raise self._error
        assert self._reasoner is not None
        return self._reasoner


def start(
    plain: bool,
    resume: str | None,
    new: bool,
    no_save: bool,
    folder: Path | None,
    numbers: Numbers = NOT_SET,
) -> int:
    """Run the questionnaire; returns the exit status. ``numbers`` are the numbers to call."""
    if sys.stdin is None or sys.stdout is None:
        raise Refusal("The questionnaire needs an input and an output.")
    transcript = None if no_save else SessionStore()
    session = resumed(transcript, resume) if transcript and resume is not None else None
    let_go = nothing
    if transcript is not None and session is not None:
        session, let_go = held(transcript, session)
    now = datetime.datetime.now()
    keep = transcript is not None
    # A broken folder is said before anything is asked.
    rules = ready(folder, numbers, keep=keep) if folder is not None else None
    interface = choose_interface(plain)
    sitting: SessionController | None = None
    preparation = _Preparation(rules, numbers, now.date(), keep=keep)
    end_like_ctrl_c()
    go_on_after_a_stop(interface)
    try:
        if session is None:
            interface.page("", "")
            _open(interface, opening(numbers.emergency, transcript is not None))
            start_line = "Press Enter to start, or type q to leave."
            typed = interface.line(start_line, commands=False, when_shown=preparation.begin)
            if command_typed(typed) == "leave":
                raise Leave
            if transcript is not None and not new:
                tell_damaged(interface, transcript)
                if sys.stdin.isatty():  # a pipe answers by place
                    session, let_go = earlier(interface, transcript)
        elif transcript is not None and not resume:  # “the last one”: it may not be what was meant
            tell_damaged(interface, transcript)
        sitting = _sitting(interface, preparation.result(), transcript, session)
        if transcript is not None and session is not None:
            sitting.saved_at = transcript.path(session.id)
        if transcript is not None and session is None:
            let_go = transcript.hold(sitting.session.id) or nothing
        sitting.run()
    except (Leave, KeyboardInterrupt):
        return _left(sitting, transcript)
    finally:
        let_go()
        preparation.finish()
    return 0


def _open(interface: Interface, paragraphs: Sequence[str]) -> None:
    """The opening on one page: with empty lines between paragraphs where there is room for them."""
    rows = sum(len(wrap(text, interface.width)) + 1 for text in paragraphs)
    roomy = interface.rows is None or rows <= interface.rows + 2
    for text in paragraphs:
        interface.say(text, *([""] if roomy else []))


def _sitting(
    interface: Interface, reasoner: Reasoner, transcript: SessionStore | None, session: Session | None
) -> SessionController:
    from questionnaire.session import SessionController

    now = datetime.datetime.now()
    begun = session or new_session(now, reasoner.rulebook.frame.version)
    return SessionController(
        interface,
        reasoner.rulebook,
        reasoner,
        begun,
        transcript,
        datetime.datetime.now,
        read_diary=partial(_nights, interface) if sys.stdin.isatty() else None,  # a pipe answers by place
    )


def _nights(interface: Interface) -> Nights:
    """The diary; one that cannot be read is said, and the questions are asked as without it."""
    from questionnaire.diary_store import DiaryProblem, DiaryStore

    try:
        return DiaryStore().nights()
    except DiaryProblem as problem:
        interface.notice(str(problem), wrong=True)
    except OSError:  # no home, no diary
        pass
    return {}


def _beside(words: str, typed: str, width: int) -> list[str]:
    """What is to be typed or looked up, beside its words, or below them rather than broken in two."""
    line = f"{words}  {typed}"
    return [line] if len(line) <= width else [words, f"  {typed}"]


def _left(sitting: SessionController | None, transcript: SessionStore | None) -> int:
    """Say where the answers are, and the safety-net: nobody leaves without it."""
    width = min(80, shutil.get_terminal_size((80, 24)).columns)
    lines = [""]
    if sitting is not None:
        sitting.save_again()
    if sitting is not None and sitting.saved_at is not None:
        lines += [
            "Stopped. Your answers are saved."
            if sitting.saving
            else "Stopped. Not all answers could be saved.",
            *_beside("To go on, start the program again, or type:", f"{program()} ask --resume", width),
            *_beside("To delete them:", f"{program()} sessions delete {sitting.session.id}", width),
            *_beside("They are in", str(sitting.saved_at), width),
        ]
    elif transcript is not None and transcript.latest() is not None:
        lines += [
            "Stopped. No new answers are saved. Those from before still are.",
            *_beside("To see them:", f"{program()} sessions list", width),
        ]
    else:
        lines.append("Stopped. No answers are saved.")
    if sitting is not None:
        for text in sitting.so_far():
            lines += ["", *wrap(text, width)]
    with contextlib.suppress(OSError):  # the window may be gone
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
    return INTERRUPTED
