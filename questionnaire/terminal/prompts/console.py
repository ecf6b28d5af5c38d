"""The terminal under the prompts: how it is drawn on, what it is not asked, stopping and coming back."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
from collections.abc import Callable
from typing import Any

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.application.current import get_app_session
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output.vt100 import Vt100_Output

from questionnaire.terminal.streams import shows_every_sign

LEAST_COLUMNS, LEAST_ROWS = 30, 12
STYLE = questionary.Style(
    [
        ("qmark", "bold"),
        ("question", "bold"),
        ("pointer", "bold"),
        ("highlighted", "bold"),
        ("answer", "bold"),
        ("instruction", ""),
    ]
)
STOPPED = ":stopped"  # what a prompt returns for Ctrl-Z


def usable() -> bool:
    """Whether questionary can work here: a terminal both ways that is not a simple one.

    Nor a tiny one: pages would lose their first rows, plain lines can be scrolled back to.
    """
    if not sys.stdin.isatty() or not sys.stdout.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        return False
    if not shows_every_sign():
        return False  # prompts would put “?” for arrows and quotes
    size = shutil.get_terminal_size((80, 24))
    return size.columns >= LEAST_COLUMNS and size.lines >= LEAST_ROWS


def ask_nothing_of_it() -> None:
    """Never ask the terminal where its cursor is.

    Those that do not answer get a warning at every prompt, and late answers look like something typed.
    """
    output = get_app_session().output
    if isinstance(output, Vt100_Output):
        output.enable_cpr = False


def common_keys(draw_page: Callable[[], None]) -> KeyBindings:
    """Keys that mean the same at every prompt."""
    keys = KeyBindings()

    @keys.add(Keys.ControlD, eager=True)
    def end(event: KeyPressEvent) -> None:
        event.app.exit(exception=EOFError)

    @keys.add(Keys.SIGINT, eager=True)
    def interrupted(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt)

    @keys.add(Keys.Vt100MouseEvent, eager=True)
    def no_mouse(_: KeyPressEvent) -> None:
        """Nothing here is for the mouse, and a broken mouse code ends in a traceback."""

    @keys.add(Keys.ControlZ, eager=True)
    def stop(event: KeyPressEvent) -> None:
        if hasattr(signal, "SIGTSTP"):
            event.app.erase_when_done = True
            event.app.exit(result=STOPPED)

    @keys.add(Keys.ControlL, eager=True)
    def draw(event: KeyPressEvent) -> None:
        _draw(event.app, draw_page)

    return keys


def stop(application: Application[Any]) -> None:
    """Stop as every program does, and return when the shell brings us back to the front.

    Not inside the prompt: if the window is closed meanwhile, it would wait for a key for ever.
    """
    application.erase_when_done = False
    os.kill(0, signal.SIGTSTP)  # the whole job: whoever started us waits for us
    with contextlib.suppress(OSError, *_terminal_errors()):
        import termios

        screen = sys.stdout.fileno()  # in the background this stops us again
        termios.tcsetattr(screen, termios.TCSANOW, termios.tcgetattr(screen))


def draw_again(application: Application[Any], draw_page: Callable[[], None]) -> None:
    """Draw the page and its prompt anew, from a signal handler: whoever stopped us left something there."""
    loop = application.loop
    if loop is not None and application.is_running:
        loop.call_soon_threadsafe(_draw, application, draw_page)


def _draw(application: Application[Any], draw_page: Callable[[], None]) -> None:
    if not application.is_running:
        return
    # A shell may have taken the terminal out of the mode in which keys are read one by one. This one
    # is never left: the first, which is left at the end, knows how the terminal was before it.
    with contextlib.suppress(OSError, *_terminal_errors()):  # the window was closed meanwhile
        application.input.raw_mode().__enter__()
        application.renderer.clear()
        draw_page()
        application.invalidate()


def _terminal_errors() -> tuple[type[Exception], ...]:
    if os.name != "posix":
        return ()
    import termios

    return (termios.error,)


def forget_typed_ahead(source: Any) -> None:
    """Throw away keys pressed before the prompt was there: they were meant for the last one."""
    from prompt_toolkit.input.typeahead import clear_typeahead

    clear_typeahead(source)
    if os.name == "posix":
        import termios

        with contextlib.suppress(termios.error, OSError, ValueError):
            termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)
