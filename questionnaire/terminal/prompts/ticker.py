"""Ticking lines of a list: with arrows and Space, by typed numbers or words, or both in turn.

There is no mode: what is typed is seen on the lines at once, and Enter decides. A list that is too
long for the window comes page by page, and no page can be passed over.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, Layout, Window

from questionnaire.terminal.marks import Marks
from questionnaire.terminal.page import Page
from questionnaire.terminal.prompts.console import STYLE
from questionnaire.terminal.tick_list import TickList
from questionnaire.terminal.wording import NotUnderstood, command_typed, skips
from triage.conditions.leaf import NoAnswer
from triage.text import printable

MOST = 10_000  # letters of what is typed that are kept


class Ticker:
    """One prompt under a page: the list, how to answer, and what is typed."""

    def __init__(
        self,
        marks: Marks,
        page: Page,
        *,
        below: Sequence[str],
        skippable: bool,
        known: bool,
    ) -> None:
        self.marks = marks
        self.page = page
        self.list = TickList(marks, below, skippable, known=known)
        self.skippable = skippable
        self.doubted = False  # the last key was u, for the line pointed at
        control = FormattedTextControl(self._fragments, focusable=True)
        self.application: Application[object] = Application(
            layout=Layout(Window(control, dont_extend_height=True)),
            key_bindings=self._keys(),
            style=STYLE,
            before_render=self._fit,
        )
        self.prompt = questionary.Question(self.application)

    def _fit(self, _: object) -> None:
        """As much of the page as leaves the whole list on the screen."""
        self.page.level = self.list.fit(self.page, shutil.get_terminal_size((80, 24)).lines)

    def _fragments(self) -> StyleAndTextTuples:
        shown: StyleAndTextTuples = []
        for row in self.list.rows(self.page.columns):
            style = "class:highlighted" if row.pointed else ""
            if row.pointed and row.begins:
                shown.append(("[SetCursorPosition]", ""))
            shown.append((style, row.text + "\n"))
        label, typed = self.list.answer_row(self.page.columns)
        shown += [("class:question", f" {label} "), ("", typed)]
        if self.list.pointer is None:
            shown.append(("[SetCursorPosition]", ""))
        return [*shown, ("", " ")]

    def _keys(self) -> KeyBindings:
        bindings = KeyBindings()
        untyped = Condition(lambda: not self.list.typed)

        @bindings.add(Keys.Any)
        def letter(event: KeyPressEvent) -> None:
            if len(event.key_sequence[-1].key) == 1:  # other keys have names
                self._letter(event.data)

        @bindings.add(Keys.Escape, Keys.Any)
        @bindings.add(Keys.Escape, Keys.ControlM)
        def of_an_editor(_: KeyPressEvent) -> None:
            """With Alt held, no key is an answer."""

        @bindings.add(Keys.BracketedPaste)
        def paste(event: KeyPressEvent) -> None:
            self._type(self.list.typed + event.data)

        @bindings.add(Keys.Backspace)
        def rub_out(_: KeyPressEvent) -> None:
            self._type(self.list.typed[:-1])

        @bindings.add(Keys.ControlU)
        def rub_all_out(_: KeyPressEvent) -> None:
            self._type("")

        @bindings.add(Keys.Down)
        def down(_: KeyPressEvent) -> None:
            self._move(+1)

        @bindings.add(Keys.Up)
        def up(_: KeyPressEvent) -> None:
            self._move(-1)

        @bindings.add(Keys.PageDown)
        def page_down(_: KeyPressEvent) -> None:
            self.list.turn(+1)

        @bindings.add(Keys.PageUp)
        def page_up(_: KeyPressEvent) -> None:
            self.list.turn(-1)

        @bindings.add(Keys.Left, filter=untyped)
        def back(event: KeyPressEvent) -> None:
            event.app.exit(result=":back")

        @bindings.add(Keys.ControlC)
        def interrupted(event: KeyPressEvent) -> None:
            event.app.exit(exception=KeyboardInterrupt)

        @bindings.add(Keys.ControlM)
        def decide(event: KeyPressEvent) -> None:
            result = self._result()
            if result is not None:
                event.app.exit(result=result)

        return bindings

    def _letter(self, letter: str) -> None:
        doubted, self.doubted = self.doubted, False
        pointer = self.list.pointer
        if self.list.typed or (letter != " " and pointer is None):
            self._type(self.list.typed + letter)
        elif letter == " ":
            self.list.space()
        elif letter.casefold() == "u" and pointer is not None:
            self.marks.doubt(pointer)
            self.list.problem, self.doubted = "", True
        elif doubted and letter.isalpha() and pointer is not None:  # it was the beginning of a word
            self.marks.doubt(pointer)
            self._type("u" + letter)
        else:
            self._type(letter)

    def _type(self, text: str) -> None:
        self.list.typed = printable(text).replace("\n", " ")[:MOST]
        self.list.pointer, self.list.problem, self.doubted = None, "", False

    def _move(self, by: int) -> None:
        """What was typed is on the lines already, and stays."""
        self.doubted = False
        if self._take():
            self.list.move(by)

    def _take(self) -> bool:
        """Whether what was typed could be taken; if not, it is said."""
        typed, self.list.typed, self.list.problem = self.list.typed, "", ""
        try:
            self.marks.take(typed)
        except NotUnderstood as problem:
            self.list.problem = str(problem)
            return False
        return True

    def _result(self) -> object:
        """The answer or command that Enter stands for; None if the list is not finished."""
        typed = self.list.typed.strip()
        command = command_typed(typed)
        if command:
            return f":{command}"
        if self.skippable and typed and skips(typed):
            return NoAnswer.DECLINED
        self.list.typed = typed
        if not self._take() or self.list.turn(+1):
            return None
        if self.marks.so_far is None and self.skippable:
            return NoAnswer.DECLINED
        if self.marks.so_far is None:
            self.list.ask_for_more()
        return self.marks.so_far
