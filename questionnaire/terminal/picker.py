"""Picking one of several: by its number, by arrow keys, or with a command. Enter always decides.

What is typed is collected and shown until Enter: a word such as "quite" must neither quit nor pick.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import questionary
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from questionary.prompts.common import InquirerControl

from questionnaire.terminal.interface import Offer
from questionnaire.terminal.lines import wrap
from questionnaire.terminal.wording import chosen, command_typed
from triage.text import printable

HOW = "Type a number (or ↑ ↓), then Enter"
MOST = 60  # letters of what is typed that are kept


class Picker:
    """One prompt: its first row says how to answer, and what was typed so far."""

    def __init__(
        self,
        question: str,
        offers: Sequence[Offer],
        *,
        prior: str,
        commands: bool,
        under: str,
        width: int,
        style: questionary.Style,
    ) -> None:
        self.offers = offers
        self.commands = commands
        self.typed = ""
        self.how = questionary.Choice(HOW, value="")
        rows = [self.how]
        for number, offer in enumerate(offers, 1):
            wrapped = wrap(f"{number}. {offer.text}", width - 8, rest="      ")
            rows.append(questionary.Choice("\n".join(wrapped), value=offer.code))
        self.prompt = questionary.select(
            "\n  ".join(wrap(question, width - 4)),
            choices=rows,
            instruction=f"\n{under}",
            qmark="",
            pointer="»",
            use_jk_keys=False,
            use_emacs_keys=False,
            style=style,
        )
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

    def _type(self, text: str) -> None:
        self.typed = printable(text).replace("\n", " ")[:MOST]
        picked = chosen(self.typed, self.offers)
        self.control.pointed_at = self.offers.index(picked) + 1 if picked else 0
        self.how.title = f"You typed: {self.typed}" if self.typed else HOW

    def _point(self, move: Callable[[], None]) -> None:
        """The arrows forget what was typed: Enter means the row that is pointed at."""
        self.typed, self.how.title = "", HOW
        move()

    def _result(self) -> str:
        """The code or command that Enter stands for; empty if there is none, and that is said."""
        typed = self.typed.strip()
        if not typed:  # the row that the arrows point at; the first row is no answer
            return str(self.control.get_pointed_at().value)
        command = command_typed(typed)
        if command and (self.commands or command == "leave"):
            return f":{command}"
        picked = chosen(typed, self.offers)
        if picked is None:
            self._type("")
            self.how.title = f"“{typed[:20]}” is none of these. Type a number from 1 to {len(self.offers)}."
            return ""
        return picked.code
