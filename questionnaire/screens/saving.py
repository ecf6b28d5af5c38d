"""What can be saved once there is a result: which kind of file, and where it went."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from questionnaire.files import write_atomically
from questionnaire.terminal.interface import Interface, Offer

PDF = Offer("pdf", "PDF: to print or to send")
HTML = Offer("html", "Web page: to read on a phone or a computer")
TEXT = Offer("text", "Plain text: opens everywhere")
MARKDOWN = Offer("md", "Markdown: text for other programs")
_SUFFIX = {"pdf": ".pdf", "html": ".html", "text": ".txt", "md": ".md"}


def choose_kind(interface: Interface, kinds: Sequence[Offer], none: str) -> str | None:
    """The kind of file that is wanted. ``none``: the words for going back without one."""
    offers = (*kinds, Offer("back", none))
    picked = interface.pick("Which kind of file would you like?", offers, commands=False)
    return None if picked == "back" else picked


def save(interface: Interface, what: str, stem: str, style: str, make: Callable[[], str | bytes]) -> None:
    """Write it into the folder where the person is, under a name that is free, and say where.

    ``what``: what it is called, such as "page".
    """
    path = Path(f"{stem}{_SUFFIX[style]}")
    try:
        path = free_path(Path.cwd(), path.stem, path.suffix)
        write_atomically(path, make())
    except OSError as error:
        reason = (error.strerror or "it cannot be written").lower()
        interface.say(f"The {what} could not be saved in {path}: {reason}.")
        return
    interface.page("", "")
    interface.say(f"The {what} is saved here:", str(path), "")
    interface.say("You can print it, or show it on a screen. Others may be able to read it too.")


def free_path(folder: Path, stem: str, suffix: str) -> Path:
    """A path that does not exist yet: nothing is ever overwritten."""
    number = 1
    while os.path.lexists(path := folder / f"{stem}{f'-{number}' if number > 1 else ''}{suffix}"):
        number += 1
    return path
