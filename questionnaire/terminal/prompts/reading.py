"""Reading a document page after page: on with Enter, back with b, and out of it with q."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from questionnaire.terminal.wording import command_typed


def turn_pages(
    pages: Sequence[str], *, under_last: bool, show: Callable[[str], None], ask: Callable[[str], str]
) -> bool:
    """Whether the last page stands on the screen now, with room for what is asked under it.

    ``under_last``: it has that room. If not, it is read like the others.
    """
    number = 0
    while number < len(pages):
        show(pages[number])
        last = number == len(pages) - 1
        if last and under_last:
            return True
        back = ", b to go back" if number else ""
        on = f"Enter for the choices{back}." if last else f"Enter to read on{back}, q for the choices."
        which = f"Page {number + 1} of {len(pages)}. " if len(pages) > 1 else ""
        command = command_typed(ask(f"{which}{on}"))
        if command == "leave":  # the reading ends, not the program
            return False
        number = max(0, number - 1) if command == "back" else number + 1
    return False
