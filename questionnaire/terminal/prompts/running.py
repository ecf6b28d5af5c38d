"""Running one prompt at a time under its page.

Traps of questionary that are closed here: a key typed ahead that answers the next question (the input is
emptied before each prompt), Ctrl-C losing the answers, and Ctrl-Z leaving the terminal as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.key_binding.key_bindings import KeyBindingsBase

from questionnaire.terminal.interface import Leave
from questionnaire.terminal.page import Page
from questionnaire.terminal.prompts.console import (
    STOPPED,
    ask_nothing_of_it,
    common_keys,
    draw_again,
    forget_typed_ahead,
    stop,
)

if TYPE_CHECKING:
    import questionary
    from prompt_toolkit.application import Application


class PromptRunner:
    """Runs the prompts of one terminal, each below ``page``."""

    def __init__(self, page: Page) -> None:
        ask_nothing_of_it()
        self.page = page
        self._running: Application[Any] | None = None  # the prompt under the page
        self._asked = False  # whether there was a prompt

    def run(self, prompt: questionary.Question, keys: KeyBindings) -> Any:
        """What the prompt is answered, with ``keys`` beside those of every prompt.

        Raises ``Leave`` for Ctrl-C, Ctrl-D and the command to leave.
        """
        application = prompt.application
        bindings: list[KeyBindingsBase] = [
            b for b in (application.key_bindings, keys, common_keys(self.page.draw)) if b is not None
        ]
        application.key_bindings = merge_key_bindings(bindings)
        application.before_render += self.page.follow
        result = STOPPED
        while result == STOPPED:
            if self._asked:  # what was typed before the first prompt was meant for the program
                forget_typed_ahead(application.input)
            self._asked = True
            self._running = application
            try:
                result = prompt.unsafe_ask()
            except (KeyboardInterrupt, EOFError):
                raise Leave from None
            finally:
                self._running = None
            if result == STOPPED:
                stop(application)
                self.page.draw()
        if result == ":leave":
            raise Leave
        return result

    def draw_again(self) -> None:
        """Draw the page and the prompt anew: the program was stopped, and something else stands there."""
        if self._running is not None:
            draw_again(self._running, self.page.draw)
