"""Picking one of several: by its number, by arrow keys, or with a command. Enter always decides.

What is typed is collected and shown until Enter: a word such as "quite" must neither quit nor pick.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import questionary
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from questionary.prompts.common import InquirerControl

from questionnaire.terminal.interface import Offer
from questionnaire.terminal.lines import wrap
from questionnaire.terminal.wording import chosen, command_typed, none_chosen
from triage.text import printable

HOW = "Type a number (or ↑ ↓), then Enter"
HOW_OR_SKIP = f"{HOW}. To skip it: only Enter"
MOST = 60  # letters of what is typed that are kept
# Seconds: what comes sooner may be the Enter of the last question, still held down. A key that is held
# waits for longer before its second time than between all others.
HELD_FIRST, HELD_ON = 0.7, 0.2


class Picker:
    """One prompt: its first row says how to answer, and what was typed so far."""

    def __init__(
        self,
        question: str,
        offers: Sequence[Offer],
        *,
        prior: str,
        commands: bool,
        skip: str,
        under: str,
        width: Callable[[], int],
        style: questionary.Style,
    ) -> None:
        self.offers = offers
        self.commands = commands
        self.skip = skip
        self.usual = HOW_OR_SKIP if skip else HOW
        self.width = width
        self.entered = time.monotonic()  # when Enter was last pressed
        self.patience = HELD_FIRST
        self.typed = ""
        self.how = questionary.Choice(self.usual, value="")
        self.rows = [self.how, *(questionary.Choice(offer.text, value=offer.code) for offer in offers)]
        self._wrap()
        self.prompt = questionary.select(
            "\n  ".join(_question(question, width())),
            choices=self.rows,
            instruction=f"\n{under}" if under else " ",  # nothing would be questionary's own
            qmark="",
            pointer="»",
            use_jk_keys=False,
            use_emacs_keys=False,
            style=style,
        )
        self.prompt.application.before_render += self._wrap
        self.control = next(
            c for c in self.prompt.application.layout.find_all_controls() if isinstance(c, InquirerControl)
        )
        codes = [offer.code for offer in offers]
        if prior in codes:  # the answer given before: Enter keeps it
            self.control.pointed_at = codes.index(prior) + 1

    def keys(self) -> KeyBindings:
        bindings = KeyBindings()

        @bindings.add(Keys.Any)
        def letter(event: KeyPressEvent) -> None:
            if len(event.key_sequence[-1].key) > 1:
                return  # a key with a name, such as F1
            self._type(self.typed + event.data)

        @bindings.add(Keys.BracketedPaste, eager=True)
        def paste(event: KeyPressEvent) -> None:
            self._type(self.typed + event.data)

        @bindings.add(Keys.Backspace, eager=True)
        def rub_out(_: KeyPressEvent) -> None:
            self._type(self.typed[:-1])

        @bindings.add(Keys.Down, eager=True)
        def down(_: KeyPressEvent) -> None:
            self._point(self.control.select_next)

        @bindings.add(Keys.Up, eager=True)
        def up(_: KeyPressEvent) -> None:
            self._point(self.control.select_previous)

        @bindings.add(Keys.ControlM, eager=True)
        def decide(event: KeyPressEvent) -> None:
            result = self._result()
            if result:
                event.app.exit(result=result)

        if self.commands:

            @bindings.add(Keys.Left, eager=True)
            def back(event: KeyPressEvent) -> None:
                event.app.exit(result=":back")

        return bindings

    def _wrap(self, _: Any = None) -> None:
        """The offers in lines for the window as it is now."""
        self.how.title = "\n".join(wrap(str(self.how.title).replace("\n", " "), self.width() - 4))
        for number, (row, offer) in enumerate(zip(self.rows[1:], self.offers, strict=True), 1):
            row.title = "\n".join(_offer(number, offer, self.width()))

    def _type(self, text: str) -> None:
        self.typed = printable(text).replace("\n", " ")[:MOST]
        picked = chosen(self.typed, self.offers)
        self.control.pointed_at = self.offers.index(picked) + 1 if picked else 0
        self.how.title = f"You typed: {self.typed}" if self.typed else self.usual

    def _point(self, move: Callable[[], None]) -> None:
        """The arrows forget what was typed: Enter means the row that is pointed at."""
        self.typed, self.how.title = "", self.usual
        move()

    def _result(self) -> str:
        """The code or command that Enter stands for; empty if there is none, and that is said."""
        typed = self.typed.strip()
        before, self.entered = self.entered, time.monotonic()
        if not typed:  # the row that the arrows point at; the first row is no answer
            picked = str(self.control.get_pointed_at().value)
            if picked or not self.skip:
                return picked
            if self.entered - before >= self.patience:
                return self.skip
            self.patience = HELD_ON
            self.how.title = "To skip this question, press Enter once more"
            return ""
        command = command_typed(typed)
        if command and (self.commands or command == "leave"):
            return f":{command}"
        meant = chosen(typed, self.offers)
        if meant is None:
            self._type("")
            self.how.title = none_chosen(typed, self.offers)
            return ""
        return meant.code


def rows_of(question: str, offers: Sequence[Offer], width: int) -> int:
    """How many rows the prompt takes, without commands under the question."""
    offered = (_offer(number, offer, width) for number, offer in enumerate(offers, 1))
    return len(_question(question, width)) + len(wrap(HOW, width - 4)) + sum(map(len, offered))


def _question(question: str, width: int) -> list[str]:
    return wrap(question, width - 4)


def _offer(number: int, offer: Offer, width: int) -> list[str]:
    return wrap(f"{number}. {offer.text}", width - 8, rest="      ")
