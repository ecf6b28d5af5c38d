"""The interview with arrow keys and number keys, as prompts of questionary.

Traps of questionary that are closed here: a default that a bare or held Enter could take (no prompt has
one), and no way back (commands are typed like answers).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import questionary
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from questionnaire.terminal.interface import Below, Leave, Offer
from questionnaire.terminal.lines import wrap
from questionnaire.terminal.marks import Marks
from questionnaire.terminal.page import WHOLE, Answered, Page, Part
from questionnaire.terminal.prompts.console import STYLE
from questionnaire.terminal.prompts.picker import Picker, rows_of
from questionnaire.terminal.prompts.reading import turn_pages
from questionnaire.terminal.prompts.running import PromptRunner
from questionnaire.terminal.prompts.ticker import Ticker
from questionnaire.terminal.tick_list import HOW
from questionnaire.terminal.wording import (
    KEYS_KNOWN,
    KEYS_TYPED,
    MAX_LINE,
    NEITHER,
    TYPE_WHAT_IT_MEANS,
    TYPE_YES_NO,
    YES_NO,
    command_typed,
    unlike_a_command,
    yes_or_no,
)
from triage.conditions.leaf import NoAnswer, Ticks
from triage.text import printable

if TYPE_CHECKING:
    from triage.report.document import Document


class PromptInterface:
    """Questionary prompts on a real terminal."""

    answer_mark = "→"

    def __init__(self) -> None:
        self.shown = Page()
        self.prompts = PromptRunner(self.shown)
        self.notices: list[str] = []
        self.problem = ""
        self.lists: set[str] = set()  # that were shown
        self.keys_known = False

    @property
    def width(self) -> int:
        return max(30, min(80, shutil.get_terminal_size((80, 24)).columns))

    @property
    def rows(self) -> int | None:
        return max(8, shutil.get_terminal_size((80, 24)).lines - 5)

    def page(self, heading: str, progress: str, *, dense: bool = False, recall: bool = False) -> None:
        self.shown.begin(recall=recall)
        if heading:
            line = f"{heading}  ·  {progress}" if progress else heading
            brief = heading if len(line) > self.width else ""
            self.shown.add(Part(line, brief=brief), *([] if dense else [Part("")]))
        if self.notices:
            self.say(*self.notices, "")
        self.notices.clear()

    def question(self, text: str) -> None:
        self.shown.add(Part(text, bold=True))

    def answered(self, question: str, answer: str) -> None:
        self.shown.answered = Answered(question, answer)

    def say(self, *paragraphs: str) -> None:
        self.shown.add(*map(Part, paragraphs))

    def remind(self, *, ticking: bool) -> None:
        self.say(*(HOW if ticking else ()), KEYS_TYPED, "")

    def listing(self, lines: Sequence[str]) -> None:
        for number, line in enumerate(lines, 1):
            wrapped = wrap(line, self.width, first=f"{number:>2}. ", rest="    ")
            height = shutil.get_terminal_size((80, 24)).lines
            if len(self.shown.rows(WHOLE)) + len(wrapped) + 3 > max(height, 10):
                self.line("Press Enter for more lines:", commands=False)
                self.page("", "")
            self._write(*wrapped)
        self.say("")

    def tick(
        self, question: str, marks: Marks, *, below: Sequence[str] = (), skippable: bool = False
    ) -> Ticks | NoAnswer | str:
        self.question(question)
        self.say("")
        ticker = Ticker(marks, self.shown, below=below, skippable=skippable, known=self.keys_known)
        self.lists.add(question)
        self.keys_known = len(self.lists) >= 3  # nobody needs to read all of them on each page
        ticked: Ticks | NoAnswer | str = self.prompts.run(ticker.prompt, KeyBindings())
        return ticked

    def notice(self, text: str, *, wrong: bool = False) -> None:
        self.notices.append(f"! {text}" if wrong else text)

    def verbatim(self, lines: Sequence[str]) -> None:
        self._write(*lines, "")

    def wrong(self, text: str) -> bool:
        """Kept for the page that is drawn anew, or the question would scroll away line by line."""
        self.problem = text
        return True

    def hint(self, text: str) -> None:
        """In its place what was wrong with the last line, if anything: there is no row for both."""
        self.say(self.problem or text)
        self.problem = ""

    def keys(self) -> None:
        self.say(KEYS_KNOWN if self.keys_known else KEYS_TYPED)

    def alarm(self, *paragraphs: str) -> None:
        rule = "=" * min(self.width, 72)
        self.say(rule, *paragraphs, rule, "")

    def pick(
        self,
        question: str,
        offers: Sequence[Offer],
        *,
        prior: str = "",
        commands: bool = True,
        skip: str = "",
    ) -> str:
        under = self._indented(KEYS_KNOWN if self.keys_known else KEYS_TYPED) if commands else ""
        known = {offer.code for offer in offers} | {":back", ":help", ":why", ":review"}
        while True:  # Escape and Enter (and other keys of editors) end a prompt without any answer
            picker = Picker(
                question,
                offers,
                prior=prior,
                commands=commands,
                skip=skip,
                under=under,
                width=lambda: self.shown.columns,
                style=STYLE,
            )
            picked = str(self.prompts.run(picker.prompt, picker.keys()))
            if picked in known:
                return picked

    def line(
        self,
        question: str,
        *,
        prior: str = "",
        commands: bool = True,
        when_shown: Callable[[], None] | None = None,
        pasted_lines: bool = False,
    ) -> str:
        if prior:
            self.say(f"Your answer before: {prior}   (Enter keeps it)")
        *above, last = wrap(question, self.width - 12)
        if above:  # the prompt itself would be cut in the middle of a word
            self._write(*(f" {line}" for line in above))
        prompt = questionary.text(last, qmark="", style=STYLE)
        if when_shown is not None:
            prompt.application.after_render += _once(when_shown)
        keys = KeyBindings()
        if commands:

            @keys.add(Keys.Left, eager=True, filter=Condition(lambda: _nothing_typed(prompt)))
            def back(event: KeyPressEvent) -> None:
                event.app.exit(result="b")

        typed = printable(str(self.prompts.run(prompt, keys))[: MAX_LINE * 2])
        if not pasted_lines:
            typed = typed.replace("\n", " ")
        typed = typed.strip()[:MAX_LINE]
        command = command_typed(typed) if commands else None
        if command == "leave":
            raise Leave
        return f":{command}" if command else unlike_a_command(typed)

    def yes_no(self, question: str, meanings: Sequence[str] = ()) -> str:
        self.question(question)
        for key, meaning in zip(YES_NO, meanings, strict=False):
            self._write(*wrap(meaning, self.width, first=f"  {key}  ", rest="     "))
        self.say("")
        asked = list(self.shown.parts)
        while True:
            words = f"{TYPE_WHAT_IT_MEANS if meanings else TYPE_YES_NO}, then Enter:"
            answer = yes_or_no(self.line(words, commands=False))
            if answer == "leave":
                raise Leave
            if answer:
                return answer
            self.shown.parts[:] = asked  # what was wrong does not push the question up
            self.shown.draw()
            self.say(NEITHER)

    def echo(self, answer: str) -> None:
        """The answer can be seen where it was typed."""

    def document(self, document: Document, *, below: Below) -> None:
        """What is asked stands under the last page, or on a page of its own: no first row is lost."""
        from questionnaire.terminal.pages import pages  # rich is imported only when something is shown

        height = shutil.get_terminal_size((80, 24)).lines
        asked = rows_of(below.question, below.offers, self.shown.columns)
        shown = pages(document, self.width, max(height - 3, 5), asked)
        rows = shown[-1].count("\n") + 1 + asked

        def show(page: str) -> None:
            self.page("", "")
            self._write(page)

        def turn(words: str) -> str:
            return self.line(words, commands=False)

        if turn_pages(shown, under_last=rows <= height, show=show, ask=turn):
            self.say(*([""] if rows < height else []))
            return
        self.page("", "")
        if below.brief:
            self.say(below.brief, "")

    def _indented(self, text: str) -> str:
        return "\n".join(wrap(text, self.width, first="  ", rest="  "))

    def _write(self, *lines: str) -> None:
        self.shown.add(*(Part(line, fixed=True) for line in lines))

    def again(self) -> None:
        self.prompts.draw_again()


def _once(action: Callable[[], None]) -> Callable[[Any], None]:
    """The action, done at the first call only."""
    waiting = [action]

    def act(_: Any) -> None:
        if waiting:
            waiting.pop()()

    return act


def _nothing_typed(prompt: questionary.Question) -> bool:
    return not prompt.application.current_buffer.text
