"""Texts in lines of a width, for a terminal."""

from __future__ import annotations

import textwrap


def wrap(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most ``width`` letters; ``first`` and ``rest`` are put before them. At least one.

    No word is divided at a hyphen: the name of a session or of a file must be copied as one.
    """
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    ) or [first]
