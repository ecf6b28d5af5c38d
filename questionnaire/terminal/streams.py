"""Standard streams that cannot show every sign: typographic ones become plain ones, not question marks."""

from __future__ import annotations

import codecs
import contextlib
import sys
import unicodedata

_PLAIN = str.maketrans(
    {
        "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "·": "|", "•": "*",
        "∙": "*", "●": "*", "▪": "*", "‣": "*", "ß": "ss", "œ": "oe", "Œ": "Oe", "μ": "u",
        "→": "->", "←": "<-", "↑": "up", "↓": "down", "»": ">", "≥": ">=", "≤": "<=", "×": "x", "⏎": "/",
        "─": "-", "═": "=", "│": "|", "\u00a0": " ", "\u2009": " ", "\u202f": " ",
        "½": "1/2", "°": " degrees ", "±": "+/-", "−": "-", "µ": "mc", "ı": "i",
    }
)  # fmt: skip


def show_what_can_be_shown() -> None:
    """Nothing that is read or written may end the program, whatever the terminal's encoding."""
    codecs.register_error("plain-signs", _plain)
    for stream, errors in (
        (sys.stdin, "replace"),
        (sys.stdout, "plain-signs"),
        (sys.stderr, "plain-signs"),
    ):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors=errors)  # type: ignore[union-attr]


def shows_every_sign() -> bool:
    """Whether standard output is Unicode."""
    return (sys.stdout.encoding or "").casefold().replace("-", "").startswith("utf")


def _plain(error: UnicodeError) -> tuple[str, int]:
    """In ASCII, which every encoding of a terminal has; letters lose their accents."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(_PLAIN)
    letters = (unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode() for sign in text)
    return "".join(letter or "?" for letter in letters), error.end
