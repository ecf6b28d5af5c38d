"""Lines of a list that are named by words of theirs: “calf”, “one leg”, “not sure”.

Rather none than a wrong one. Words after a “not” name nothing (“pain” does not mean “not just from
pain”), and whoever types a “no” must begin as the line begins.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

LEAST = 3  # letters of a word that may stand for a longer one
_FILLING = frozenset(
    ("a", "an", "and", "at", "have", "i", "in", "is", "it", "my", "of", "on", "or", "that", "the", "to")
)
_DENYING = frozenset(
    ("no", "not", "never", "none", "nor", "nothing", "without", "cannot", "cant", "dont", "isnt", "wont")
)
_CLAUSE = re.compile(r"[,;:.()“”]|\bor\b|\bbut\b")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def folded(text: str) -> str:
    """Text as it is compared: without capitals, wide letters and the full stop."""
    return unicodedata.normalize("NFKC", text).replace("’", "'").strip().casefold().rstrip(".")


def lines_meant(typed: str, texts: Sequence[str], words: Sequence[Collection[str]] = ()) -> list[int]:
    """The places of the lines that ``typed`` can mean: none, one, or several if it is not clear.

    ``words``: what each line is called besides; that counts as a whole only.
    """
    said = folded(typed)
    exact = [place for place, text in enumerate(texts) if folded(text) == said]
    exact = exact or [place for place, names in enumerate(words) if said in map(folded, names)]
    typed_words = _WORD.findall(said)
    if exact or not typed_words or any(sign.isdigit() for sign in said):
        return exact
    if any(map(_denies, typed_words)):
        return [
            place for place, text in enumerate(texts) if _words(text)[: len(typed_words)] == typed_words
        ]
    wanted = [word for word in typed_words if word not in _FILLING]
    if not any(len(word) >= LEAST for word in wanted):
        return []
    return [place for place, text in enumerate(texts) if _has_all(wanted, _asserted(text))]


def _has_all(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return all(
        any(word == name or (len(name) >= LEAST and word.startswith(name)) for word in words)
        for name in wanted
    )


def _asserted(text: str) -> list[str]:
    """The words of a line, without what it says is not so."""
    words: list[str] = []
    for clause in _CLAUSE.split(folded(text)):
        for word in _WORD.findall(clause):
            if _denies(word):
                break
            words.append(word)
    return words


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def _denies(word: str) -> bool:
    return word in _DENYING or word.endswith("n't")
