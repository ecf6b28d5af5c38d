"""Names: the form of an id, and (the door to rapidfuzz) which known name is nearest to what was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

ID_FORM = r"^[a-z][a-z0-9_]{0,59}$"
ID_HINT = "Use small letters, digits and _, at most 60 in all, starting with a letter."


@lru_cache(maxsize=1 << 16)  # checking the rules asks for the name of each medicine several times
def fold(name: str) -> str:
    """A name for comparing: no accents, no case, single spaces, no punctuation but - and +."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^\w+-]+", " ", plain).strip(" -")


def nearest(typed: str, known: Iterable[str], *, limit: int = 1, cutoff: float = 66.0) -> list[str]:
    """The known names most like ``typed``, best first; empty if none is near enough.

    Ties are broken by the alphabet, so that the answer never depends on order or hash seed.
    """
    from rapidfuzz import fuzz, process, utils  # only needed when something is misspelt

    found = process.extract(
        typed,
        sorted(set(known)),
        scorer=fuzz.ratio,
        processor=utils.default_process,
        limit=limit * 4,
        score_cutoff=cutoff,
    )
    ranked = sorted(found, key=lambda hit: (-hit[1], abs(len(hit[0]) - len(typed)), hit[0]))
    return [name for name, _, _ in ranked[:limit]]


def did_you_mean(typed: str, known: Iterable[str]) -> str:
    """A short hint such as ``Did you mean “age”?``, or nothing."""
    hits = nearest(typed, known)
    return f"Did you mean “{hits[0]}”?" if hits else ""
