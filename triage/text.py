"""Free text made safe for a terminal, and the words for an answer that is none."""

from __future__ import annotations

NOT_SURE = "Not sure"
RATHER_NOT = "Rather not say"
NONE_OF_THESE = "None of these"


def printable(text: str) -> str:
    """Free text without control, format-override and surrogate characters; line ends kept."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(c for c in text if c == "\n" or (c.isprintable() or c in "\u200d\u200c"))
