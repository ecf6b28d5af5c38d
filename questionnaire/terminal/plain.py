"""The interview as numbered lines: for screen readers, pipes and simple terminals.

No colour, no boxes, nothing is drawn again. One line of input answers one question, and what was
understood is said back.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TextIO

from questionnaire.terminal.interface import Below, Leave, Offer
from questionnaire.terminal.lines import wrap
from questionnaire.terminal.marks import Marks
from questionnaire.terminal.wording import (
    HOW_TO_TICK,
    KEYS_PLAIN,
    NEITHER,
    NOTHING_TYPED,
    TYPE_WHAT_IT_MEANS,
    TYPE_YES_NO,
    YES_NO,
    NotUnderstood,
    chosen,
    command_typed,
    none_chosen,
    skips,
    unlike_a_command,
    yes_or_no,
)
from triage.conditions.leaf import NoAnswer, Ticks
from triage.text import printable

if TYPE_CHECKING:
    from triage.report.document import Document


class PlainInterface:
    """Numbered lines on ``out``, answers from ``source``."""

    answer_mark = "Answer:"

    def __init__(self, source: TextIO | None = None, out: TextIO | None = None) -> None:
        self.source = source or sys.stdin
        self.out = out or sys.stdout
        self.width = max(20, min(80, shutil.get_terminal_size((80, 24)).columns))
        self.rows = None
        self.hinted: set[str] = set()
        self.waiting = ""  # the last words before an answer

    def page(self, heading: str, progress: str, *, dense: bool = False, recall: bool = False) -> None:
        del dense, recall  # lines need no room, and none is lost
        self._write("")
        self.say(f"{heading}: {progress}." if progress else heading)

    def say(self, *paragraphs: str) -> None:
        for paragraph in paragraphs:
            self._write(*wrap(paragraph, self.width))

    def question(self, text: str) -> None:
        self.say(text)

    def answered(self, question: str, answer: str) -> None:
        """It was said when it was answered, and can be scrolled back to."""

    def notice(self, text: str, *, wrong: bool = False) -> None:
        del wrong  # the words say it
        self.say(text)

    def wrong(self, text: str) -> bool:
        self.say(text)
        return False

    def verbatim(self, lines: Sequence[str]) -> None:
        self._write(*lines)

    def hint(self, text: str) -> None:
        if text not in self.hinted:  # once: a screen reader should not have to say it each time
            self.hinted.add(text)
            self.say(text)

    def remind(self, *, ticking: bool) -> None:
        del ticking
        self.hinted.clear()

    def listing(self, lines: Sequence[str]) -> None:
        for number, line in enumerate(lines, 1):
            self._write(*wrap(f"{number}. {line}", self.width, rest="    "))

    def tick(
        self, question: str, marks: Marks, *, below: Sequence[str] = (), skippable: bool = False
    ) -> Ticks | NoAnswer | str:
        self.say(question)
        self.listing(marks.texts)
        self.say(*below)
        self.hint(HOW_TO_TICK)
        self.keys()
        if marks.said_before:
            self.say(f"Your answer before: {marks.said_before}. Press Enter to keep it.")
        elif skippable:
            self.say("Press Enter to skip it.")
        while True:
            typed = self.line("Your answer:")
            if typed.startswith(":"):
                return typed
            if skippable and skips(typed) and not (marks.said_before and not typed):
                return NoAnswer.DECLINED
            try:
                marks.take(typed)
            except NotUnderstood as problem:
                self.say(str(problem))
                continue
            if marks.so_far is not None:
                return marks.so_far
            self.say(NOTHING_TYPED)

    def alarm(self, *paragraphs: str) -> None:
        self._write("")
        self.say(*paragraphs)
        self._write("")

    def pick(
        self,
        question: str,
        offers: Sequence[Offer],
        *,
        prior: str = "",
        commands: bool = True,
        skip: str = "",
    ) -> str:
        self.say(question)
        self.listing([offer.text for offer in offers])
        if commands:
            self.keys()
        before = next((offer for offer in offers if offer.code == prior), None)
        if before is not None:
            self.say(f"Your answer before: {before.text}. Press Enter to keep it.")
        skipped = next((offer for offer in offers if offer.code == skip), None)
        how = ", or Enter to skip it" if skipped and not before else ""
        while True:
            typed = self._read(f"Your answer, 1 to {len(offers)}{how}: ")
            kept = before or skipped
            if not typed and kept is not None:
                self.echo(kept.text)
                return kept.code
            command = command_typed(typed)
            if command and (commands or command == "leave"):
                return self._command(command)
            picked = chosen(typed, offers)
            if picked is not None:
                self.echo(picked.text)
                return picked.code
            self.say(
                none_chosen(typed, offers) if typed else f"Please type a number from 1 to {len(offers)}."
            )

    def line(
        self,
        question: str,
        *,
        prior: str = "",
        commands: bool = True,
        when_shown: Callable[[], None] | None = None,
        pasted_lines: bool = False,
    ) -> str:
        del pasted_lines  # here a line is a line
        if prior:
            self.say(f"Your answer before: {prior}. Press Enter to keep it.")
        *above, last = wrap(question, self.width - 2)
        self._write(*above) if above else None
        if when_shown is not None:
            when_shown()
        typed = self._read(f"{last} ")
        command = command_typed(typed) if commands else None
        return self._command(command) if command else unlike_a_command(typed)

    def yes_no(self, question: str, meanings: Sequence[str] = ()) -> str:
        self.say(question, *(f"{key}: {meaning}." for key, meaning in zip(YES_NO, meanings, strict=False)))
        while True:
            answer = yes_or_no(self._read(f"{TYPE_WHAT_IT_MEANS if meanings else TYPE_YES_NO}: "))
            if answer == "leave":
                raise Leave
            if answer:
                return answer
            self.say(NEITHER)

    def echo(self, answer: str) -> None:
        self.say(f"Answer: {answer.rstrip('.')}.")

    def document(self, document: Document, *, below: Below) -> None:
        del below  # lines need no room
        from triage.report.formats.text import render_text  # only needed when something is shown

        self._write("", render_text(document, self.width).rstrip())

    def keys(self) -> None:
        self.hint(KEYS_PLAIN)

    def _command(self, command: str) -> str:
        if command == "leave":
            raise Leave
        return f":{command}"

    def _read(self, prompt: str) -> str:
        self.out.write(prompt)
        self.out.flush()
        self.waiting = prompt
        try:
            typed = self.source.readline()
        except UnicodeDecodeError:
            return ""
        finally:
            self.waiting = ""
        if not typed:
            raise Leave
        if not self.source.isatty():
            self._write("")  # nobody pressed Enter on this screen
        return printable(typed).replace("\n", " ").strip()

    def again(self) -> None:
        if self.waiting:
            self.out.write(self.waiting)
            self.out.flush()

    def _write(self, *lines: str) -> None:
        self.out.write("\n".join(lines) + "\n")
        self.out.flush()
