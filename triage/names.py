"""The door to rapidfuzz: which known name is nearest to what was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_DOSE = re.compile(r"\b\d+(?:[.,]\d+)?\s*(?:mg|mcg|µg|ug|g|ml|iu|units?|%|puffs?|tablets?|capsules?)?\b")
_FORM = re.compile(
    r"\b(?:tablets?|capsules?|caps?|tabs?|inhaler|once|twice|daily|a|day|at|night|morning|er|mr|sr|xl|xr)\b"
)


def fold(name: str) -> str:
    """A name for comparing: no accents, case, doses or dosage forms, single spaces."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    bare = _FORM.sub(" ", _DOSE.sub(" ", plain))
    kept = re.sub(r"[^\w+-]+", " ", bare).strip(" -")
    return kept or re.sub(r"[^\w+-]+", " ", plain).strip()


def nearest(typed: str, known: Iterable[str], *, limit: int = 1, cutoff: float = 72.0) -> list[str]:
    """The known names most like ``typed``, best first; empty if none is near enough.

    Ties are broken by the alphabet, so that the answer never depends on order or hash seed.
    """
    from rapidfuzz import fuzz, process, utils  # only needed when something is misspelt

    found = process.extract(
        typed,
        sorted(set(known)),
        scorer=fuzz.WRatio,
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
