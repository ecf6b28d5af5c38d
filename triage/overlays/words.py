"""Words that differ from the built-in ones: those that must be signed for, and those to be read again.

What words mean nobody can prove. Those that every result carries, and what an emergency tells people
to do, need a signature; all others are listed for a second reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from triage.conditions.nodes import LEAVES, All, AtLeast, Found, Not
from triage.conditions.nodes import Any as AnyOf
from triage.overlays.looser import Looser
from triage.problems import Place
from triage.readers.english import in_brackets
from triage.rulebook.cards import Pattern, RedFlag
from triage.rulebook.frozen import Frozen, keys_of
from triage.rulebook.model import Line, Medicine
from triage.rulebook.rulebook import Rulebook

ALWAYS_SAID = (
    "unfinished", "always", "safety_net", "crisis", "clinician_note", "emergency_examples",
    "crisis_examples", "denials", "windows",
)  # fmt: skip
NODES = (*LEAVES, All, AnyOf, AtLeast, Found, Not)
# Lists of what has texts of its own.
_PARTS = ("options", "guards", "sections", "sides", "dispositions")
_ASIDE = {"id", "code", "examples", "reviewed_on", "history"}  # names, and what is tried by itself


def signed_words(rulebook: Rulebook, base: Rulebook) -> Iterator[Looser]:
    """Words of levels, of every result and of emergencies that are not the built-in ones, said to the
    person or of another."""
    said = zip(_said(base, rulebook), _said(base.of_another, rulebook.of_another), strict=True)
    for (part, place, before, after), (_, _, was, now) in said:
        if (before, was) == (after, now):
            continue
        how = f"says something else than in the built-in rules: {_said_anew(before, after)}"
        if before == after:  # only the words for another person differ
            how = f"says something else of another person, by a pair of words: {_said_anew(was, now)}"
            place = rulebook.place("other_person", "instead")
        yield Looser(part, "words", how, place, f"{before!r}>{after!r} {was!r}>{now!r}")
    asks = [book.other_person.when if book.other_person else None for book in (base, rulebook)]
    if asks[0] != asks[1]:
        place = rulebook.place("other_person", "when")
        how = "is about another person in other cases"
        yield Looser("other_person", "words", how, place, f"{asks[0]!r}>{asks[1]!r}")


def _said_anew(before: Any, after: Any) -> str:
    """What is said now, and in place of what; of lists and levels only what differs."""
    if isinstance(before, tuple) and isinstance(after, tuple):
        before, after = (
            tuple(one for one in mine if one not in other)
            for mine, other in ((before, after), (after, before))
        )
    elif isinstance(before, Frozen) and isinstance(after, Frozen):
        pairs = [(was, now) for _, was, now in _differences(before, after)]
        before, after = ("; ".join(texts) for texts in zip(*pairs, strict=True))
    return f"“{_text(after)}” in place of “{_text(before)}”"


def _said(base: Rulebook, book: Rulebook) -> Iterator[tuple[str, Place, Any, Any]]:
    for number, (was, now) in enumerate(zip(base.frame.dispositions, book.frame.dispositions, strict=True)):
        yield was.code, book.place("rulebook", "dispositions", number), was, now
    for key in ALWAYS_SAID:
        yield key, book.place("rulebook", key), getattr(base.frame, key), getattr(book.frame, key)
    for name, card in base.cards.items():
        after = book.cards[name]
        if isinstance(card, RedFlag | Pattern) and card.disposition == "emergency":
            yield name, book.place(f"card:{name}"), card.do_now, getattr(after, "do_now", None)
        for key in ("say", "also_do", "own_page"):
            if isinstance(card, RedFlag) and (key == "own_page" or card.disposition == "emergency"):
                said = getattr(card, key), getattr(after, key, None)
                yield name, book.place(f"card:{name}"), *said


@dataclass(frozen=True, slots=True)
class Reworded:
    """One text that is not the built-in one (``before`` is empty for a part that is new)."""

    part: str
    key: str
    before: str
    after: str
    place: Place


def reworded(rulebook: Rulebook) -> list[Reworded]:
    """Everything in an overlay that no proof reaches: changed words and new parts, in the order of
    their places. Empty without ``extends``."""
    base = rulebook.base
    if base is None:
        return []
    found = [*_in_parts(rulebook, base), *_in_phrases(rulebook, base)]
    for key, before, after in _differences(base.frame, rulebook.frame):
        part = key.split()[0]
        if part not in ("extends", "version", "loosens"):
            found.append(Reworded("rulebook", key, before, after, rulebook.place("rulebook", part)))
    was, now = (", ".join(section.id for section in book.frame.sections) for book in (base, rulebook))
    if was != now:
        place = rulebook.place("rulebook", "sections")
        found.append(Reworded("rulebook", "order of sections", was, now, place))
    return sorted(found, key=lambda one: (one.place, one.part, one.key))


def _in_parts(rulebook: Rulebook, base: Rulebook) -> Iterator[Reworded]:
    pairs: tuple[tuple[str, Mapping[str, Frozen], Mapping[str, Frozen]], ...] = (
        ("item", base.items, rulebook.items),
        ("card", base.cards, rulebook.cards),
        ("medicine", base.medicines, rulebook.medicines),
        ("class", base.classes, rulebook.classes),
        ("claim", base.claims, rulebook.claims),
        ("contradiction", base.contradictions, rulebook.contradictions),
        ("source", base.sources, rulebook.sources),
        ("hazard", base.hazards, rulebook.hazards),
        ("invariant", base.invariants, rulebook.invariants),
    )
    for kind, was, now in pairs:
        for name, part in now.items():
            place = rulebook.place(f"{kind}:{name}")
            new = "" if name in was else "new "
            keys = []
            for key, before, after in _differences(was.get(name), part):
                keys.append(key)
                yield Reworded(name, f"{new}{key}", before, after, place)
            if isinstance(part, Medicine) and new:
                counts = _counts(rulebook, name)
                yield Reworded(name, "counts for", "an unknown medicine: not sure", counts, place)
            if isinstance(part, RedFlag | Pattern) and "disposition" in keys and "do_now" not in keys:
                said = part.do_now or ""
                yield Reworded(name, "do_now, unchanged: does it fit the new level?", "", said, place)


def _counts(rulebook: Rulebook, medicine: str) -> str:
    """The classes and groups of a medicine for which any condition asks: of it nothing else is known."""
    found = [name for name in sorted(rulebook.classes_of[medicine]) if rulebook.askers[name]]
    return ", ".join(found) or "nothing: no condition asks for its classes"


def _in_phrases(rulebook: Rulebook, base: Rulebook) -> Iterator[Reworded]:
    was, now = (
        {phrase.you: phrase.they for phrase in book.other_person.instead} if book.other_person else {}
        for book in (base, rulebook)
    )
    for you, they in now.items():
        if was.get(you) != they:
            place = rulebook.place("other_person", "instead")
            yield Reworded("other_person", you, was.get(you, ""), they, place)


def _differences(before: Frozen | None, after: Frozen, path: str = "") -> Iterator[tuple[str, str, str]]:
    """Keys that differ, with what was and what is in words; parts of parts by what they are called.

    Without ``before`` everything that is written.
    """
    for key, field in keys_of(type(after)).items():
        default = None if field.is_required() else field.default
        was, now = default if before is None else getattr(before, key, None), getattr(after, key)
        if key in _ASIDE or was == now:
            continue
        if key not in _PARTS:
            yield f"{path}{key}", "" if before is None else _text(was), _text(now)
            continue
        named = {_called(one, number): one for number, one in enumerate(was or ())}
        for number, one in enumerate(now):
            name = _called(one, number)
            new = "" if name in named or before is None else "new "
            yield from _differences(named.pop(name, None), one, f"{new}{path}{key} {name} ")
        for name, one in named.items():
            yield f"{path}{key} {name}", _text(one), ""


def _called(part: Any, number: int) -> str:
    return str(getattr(part, "code", getattr(part, "id", number + 1)))


def _text(value: Any) -> str:
    """In words, on one line; brackets stand round what belongs together."""
    if isinstance(value, NODES):
        return in_brackets(value)
    if isinstance(value, tuple):
        return "; ".join(_text(one) for one in value)
    if isinstance(value, Line) and value.relevant_when is None:
        return value.text
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_text(one)}" for key, one in value.items())
    if isinstance(value, Frozen):
        return "; ".join(
            f"{key}: {_text(one)}" for key, one in vars(value).items() if one not in (None, ())
        )
    return "" if value is None else str(value)
