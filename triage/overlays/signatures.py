"""What a clinic signed for: every way in which its rulebook is less careful, and no other."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable, Iterator

from triage.names import did_you_mean
from triage.overlays.cards import Cards
from triage.overlays.looser import EXAMPLE, Looser
from triage.overlays.medicines import medicines
from triage.overlays.questions import questions
from triage.overlays.words import signed_words
from triage.problems import Problem
from triage.rulebook.model import Loosening
from triage.rulebook.rulebook import Rulebook

_WORDS = 3  # so many words make a reason


def loosenings(rulebook: Rulebook, base: Rulebook) -> Iterator[Looser]:
    """Every part of ``rulebook`` that is, or may be, less careful than in ``base``."""
    yield from Cards(rulebook, base).loosenings()
    yield from questions(rulebook, base)
    yield from medicines(rulebook, base)
    yield from signed_words(rulebook, base)


def loosened(rulebook: Rulebook, today: datetime.date = datetime.date.max) -> list[Problem]:
    """Loosenings that nobody signed for, signatures under none, and those that are no signature.

    A signature names the part, the ways, and a code of what was and what is: when one of the two
    changes, somebody must look again. Empty without ``extends``.
    """
    base, frame = rulebook.base, rulebook.frame
    if base is None:
        if not frame.loosens:
            return []
        fix = "Only a rulebook that extends another can be looser than it: take “loosens” out."
        place = rulebook.place("rulebook", "loosens")
        return [Problem("not-loosened", "nothing is extended here", place, fix)]
    problems: list[Problem] = []
    if frame.id == base.frame.id:
        fix = "Give it a name of its own: people must see whose rules gave an answer."
        message = f"“{frame.id}” is the name of the built-in rules"
        problems.append(Problem("duplicate-id", message, rulebook.place("rulebook", "id"), fix))
    by_part: dict[str, list[Looser]] = {}
    for one in loosenings(rulebook, base):
        by_part.setdefault(one.part, []).append(one)
    for part, found in by_part.items():
        problems += _unsigned(rulebook, part, found)
    for number, entry in enumerate(frame.loosens):
        problems += _signature(rulebook, number, entry, today)
        problems += _not_loose(rulebook, number, entry, by_part)
    return problems


def code(part: str, found: Iterable[Looser]) -> str:
    """A short name for what was and what is, in these ways."""
    told = "\n".join(sorted(f"{part} {one.way} {one.change}" for one in found))
    return f"c{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def _unsigned(rulebook: Rulebook, part: str, found: list[Looser]) -> Iterator[Problem]:
    signed: set[str] = set()
    stale: set[str] = set()
    for entry in rulebook.frame.loosens:
        if entry.id == part:
            covered = [one for one in found if one.way in entry.what]
            (signed if entry.change == code(part, covered) else stale).update(entry.what)
    open_ = [one for one in found if one.way not in signed]
    if not open_:
        return
    ways = list(dict.fromkeys(one.way for one in open_))
    entry_ = (
        f"- {{id: {part}, what: [{', '.join(ways)}], change: {code(part, open_)}, "
        "reason: …, reviewer: …, reviewed_on: …}"
    )
    if stale & set(ways):
        fix = f"It is not what was signed. Look at it again, and sign anew below “loosens:”   {entry_}"
    else:
        fix = f"Undo it. Or if this is meant, sign it in rulebook.yaml, below “loosens:”   {entry_}"
    yield Problem("loosened", f"“{part}” {'; it '.join(_told(open_))}", open_[0].place, fix)


def _told(found: Iterable[Looser]) -> Iterator[str]:
    """In which ways, each once, with the example people of all."""
    examples: dict[str, list[str]] = {}
    for one in found:
        how, _, person = one.how.partition(EXAMPLE)
        examples.setdefault(how, []).extend([person] if person else [])
    for how, people in examples.items():
        yield how + (EXAMPLE + "; or ".join(dict.fromkeys(people)) if people else "")


def _not_loose(
    rulebook: Rulebook, number: int, entry: Loosening, by_part: dict[str, list[Looser]]
) -> Iterator[Problem]:
    ways = {one.way for one in by_part.get(entry.id, ())}
    for way in entry.what:
        if way not in ways:
            hint = did_you_mean(entry.id, by_part) if entry.id not in by_part else ""
            fix = hint or "Take it out: what is signed must be what is done."
            place = rulebook.place("rulebook", "loosens", number, "id")
            yield Problem("not-loosened", f"“{entry.id}” is not loosened in its {way}", place, fix)


def _signature(
    rulebook: Rulebook, number: int, entry: Loosening, today: datetime.date
) -> Iterator[Problem]:
    def at(key: str, message: str, fix: str) -> Problem:
        return Problem("signature", message, rulebook.place("rulebook", "loosens", number, key), fix)

    if len(re.findall(r"[^\W\d_]{2,}", entry.reason)) < _WORDS:
        yield at("reason", "this is no reason", "Say in a sentence why it may be less careful here.")
    if len(re.findall(r"[^\W\d_]", entry.reviewer)) < _WORDS:
        yield at("reviewer", "this is no name", "Write who answers for it.")
    if entry.reviewed_on > today:
        fix = f"Today is {today}: write the day on which it was looked at."
        yield at("reviewed_on", f"{entry.reviewed_on} is still to come", fix)
