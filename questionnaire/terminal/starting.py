"""The interface that fits this terminal, and signals that end or stop it politely."""

from __future__ import annotations

import signal
import sys
import warnings

from questionnaire.terminal.interface import Interface


def choose_interface(plain: bool) -> Interface:
    """Prompts, or plain lines where they are wanted or prompts cannot work."""
    if not plain:
        try:
            from questionnaire.terminal.prompts.console import usable
            from questionnaire.terminal.prompts.prompt_interface import PromptInterface

            if usable():
                return PromptInterface()
        except (ImportError, OSError):
            pass  # no console that it can use: the plain interface needs none
    from questionnaire.terminal.plain import PlainInterface

    return PlainInterface()


def end_like_ctrl_c() -> None:
    """A polite request to end, or a closed window, ends like Ctrl-C: said where the answers are."""

    def interrupt(*_: object) -> None:
        # The prompt may be interrupted while it begins: that is nothing the person should read.
        warnings.filterwarnings("ignore", "coroutine .* was never awaited", RuntimeWarning)
        raise KeyboardInterrupt

    # Nor what a half-made event loop says when it is thrown away.
    sys.unraisablehook = lambda _: None

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, interrupt)


def go_on_after_a_stop(interface: Interface) -> None:
    """Who comes back with ``fg`` sees the question again, not what the shell left."""
    number = getattr(signal, "SIGCONT", None)
    if number is not None:
        signal.signal(number, lambda *_: interface.again())
