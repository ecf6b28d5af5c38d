"""Text about medicines cut into words, doses and marks that part one thing from the next."""

from __future__ import annotations

import enum
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache


class Mark(enum.Enum):
    """What a piece of text is."""

    WORD = "word"
    DOSE = "dose"  # a number with a unit, or a decimal: never part of a name
    JOIN = "join"  # a sign within a product or a line: - / + ( ) .
    PART = "part"  # a sign between medicines: a new line, a comma, a semicolon


@dataclass(frozen=True, slots=True)
class Token:
    """One piece; ``text`` is folded, ``start`` and ``end`` say where it stands in what was typed."""

    mark: Mark
    text: str
    start: int
    end: int


_NUMBER = r"\d+(?:[.,]\d+)*"
_UNIT = (
    r"(?:milli|micro|nano|kilo|mikro)?gram(?:me|m|o|os|mes|s)?s?|mg|mcg|[µμ]g|ug|ng|kg|g|ml|cl|l|"
    r"(?:international )?units?|iu|i\.e\.|ie|ui|e|u|mmol|mval|meq|puffs?|%"
)
_PER = rf"(?:{_UNIT}|hr?|hours?|24h|day|dose|actuation)"
_END = r"(?![^\W_])"
_MARKS = {mark.value: mark for mark in Mark}
_PIECES = re.compile(
    rf"""
    (?P<dose>
        {_NUMBER}(?:\s?[-–/x×+]\s?{_NUMBER})*\s?(?:{_UNIT}){_END}
            (?:\s?/\s?(?:{_NUMBER})?\s?{_PER}{_END})*
      | \d+(?:[.,]\d+)+{_END}
      | \d+(?:\s?[-–/x×]\s?{_NUMBER})+{_END}
    )
  | (?P<part> [\n\r\v\f\u2028\u2029,;|•·∙●▪‣]+ )
  | (?P<word> [^\W_]+(?:['’][^\W_]+)* )
  | (?P<join> [^\s\w] | _ )
    """,
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip


def cut(text: str) -> list[Token]:
    """The pieces of a text, in order; blanks between them are left out."""
    return [
        Token(_MARKS[match.lastgroup or ""], fold_word(match.group()), match.start(), match.end())
        for match in _PIECES.finditer(text)
    ]


def fold_word(text: str) -> str:
    """A word for comparing: no case, no accents, no apostrophes."""
    if text.isascii():  # most are, and thirty thousand names are read before the first is found
        return text.lower().replace("'", "")
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’")


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> tuple[str, ...]:
    """The words of a name, as ``cut`` finds them in a text. A dose in a name is one of its words."""
    return tuple(token.text for token in cut(name) if token.mark in (Mark.WORD, Mark.DOSE))


_SOUNDS = (
    ("sulph", "sulf"), ("ph", "f"), ("th", "t"), ("ch", "c"), ("ck", "c"), ("k", "c"), ("y", "i"),
    ("oe", "e"), ("ae", "e"), ("z", "s"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")


def sound(word: str) -> str:
    """How a name is spelt apart from habits of countries: sulphate and sulfate, -ine, -ina and -in.

    Two names of one sound are one name; a slip of the finger is not mended here.
    """
    text = fold_word(word)
    if not text.isalnum():
        text = "".join(char for char in text if char.isalnum())
    for one, other in _SOUNDS:
        text = text.replace(one, other)
    text = _DOUBLED.sub(r"\1", text)
    if text.startswith(("esp", "est")):
        text = text[1:]
    return text.rstrip("aeo")
