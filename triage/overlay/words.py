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
from triage.overlay.looser import Looser
from triage.problems import Place
from triage.readers.english import english
from triage.rulebook.cards import Pattern, RedFlag
from triage.rulebook.model import Frozen
from triage.rulebook.rulebook import Rulebook

ALWAYS_SAID = ("unfinished", "always", "safety_net", "clinician_note", "emergency_examples", "denials")
NODES = (*LEAVES, All, AnyOf, AtLeast, Found, Not)
# Keys whose changes are looked at elsewhere, or that nobody reads in a result.
_LOOKED_AT = {
    "id", "code", "generic", "status", "kind", "shown_at", "rank", "type", "unit", "range", "options",
    "guards", "optional", "read_back", "red_flag", "stage", "summary", "section", "private", "usual",
    "classes", "in_groups", "examples", "reviewed_on", "history",
}  # fmt: skip


def signed_words(rulebook: Rulebook, base: Rulebook) -> Iterator[Looser]:
    """Words of levels, of every result and of emergencies that are not the built-in ones, said to the
    person or of another."""
    seen: set[str] = set()
    for was, now in ((base, rulebook), (base.of_another, rulebook.of_another)):
        for part, place, before, after in _said(was, now):
            if before != after and part not in seen:
                seen.add(part)
                how = "says something else than in the built-in rules"
                yield Looser(part, "words", how, place, f"{before!r}>{after!r}")
    asks = [book.other_person.when if book.other_person else None for book in (base, rulebook)]
    if asks[0] != asks[1]:
        place = rulebook.place("other_person", "when")
        how = "is about another person in other cases"
        yield Looser("other_person", "words", how, place, f"{asks[0]!r}>{asks[1]!r}")


def _said(base: Rulebook, book: Rulebook) -> Iterator[tuple[str, Place, Any, Any]]:
    for number, (was, now) in enumerate(zip(base.frame.dispositions, book.frame.dispositions, strict=True)):
        yield was.code, book.place("rulebook", "dispositions", number), was, now
    for key in ALWAYS_SAID:
        place = (
            book.place("rulebook", key) if key in book.frame.model_fields_set else book.place("rulebook")
        )
        yield key, place, getattr(base.frame, key), getattr(book.frame, key)
    for name, card in base.cards.items():
        after = book.cards[name]
        if isinstance(card, RedFlag | Pattern) and card.disposition == "emergency":
            yield name, book.place(f"card:{name}"), card.do_now, getattr(after, "do_now", None)


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
        if key.startswith("sections"):
            found.append(Reworded("sections", key, before, after, rulebook.place("rulebook", "sections")))
    return sorted(found, key=lambda one: (one.place, one.part, one.key))


def _in_parts(rulebook: Rulebook, base: Rulebook) -> Iterator[Reworded]:
    pairs: tuple[tuple[str, Mapping[str, Frozen], Mapping[str, Frozen]], ...] = (
        ("item", base.items, rulebook.items),
        ("card", base.cards, rulebook.cards),
        ("medicine", base.medicines, rulebook.medicines),
        ("class", base.classes, rulebook.classes),
        ("claim", base.claims, rulebook.claims),
        ("source", base.sources, rulebook.sources),
        ("hazard", base.hazards, rulebook.hazards),
    )
    for kind, was, now in pairs:
        for name, part in now.items():
            place = rulebook.place(f"{kind}:{name}")
            if name not in was:
                yield Reworded(name, "new", "", _new(part), place)
                continue
            for key, before, after in _differences(was[name], part):
                yield Reworded(name, key, before, after, place)


def _in_phrases(rulebook: Rulebook, base: Rulebook) -> Iterator[Reworded]:
    was, now = (
        {phrase.you: phrase.they for phrase in book.other_person.instead} if book.other_person else {}
        for book in (base, rulebook)
    )
    for you, they in now.items():
        if was.get(you) != they:
            place = rulebook.place("other_person", "instead")
            yield Reworded("other_person", you, was.get(you, ""), they, place)


def _new(part: Frozen) -> str:
    texts = [getattr(part, key, None) for key in ("title", "text", "why", "generic", "hazard", "citation")]
    return next((str(text) for text in texts if text), "")


def _differences(before: Frozen, after: Frozen, path: str = "") -> Iterator[tuple[str, str, str]]:
    """Keys of texts that differ, with both texts; parts of parts by what they are called."""
    for key in type(after).model_fields:
        was, now = getattr(before, key, None), getattr(after, key)
        if was == now:
            continue
        if key in ("options", "guards", "sections"):
            named = {_called(one, n): one for n, one in enumerate(was or ())}
            for number, one in enumerate(now):
                name = f"{path}{key} {_called(one, number)}"
                if _called(one, number) in named:
                    for inner, *texts in _differences(named[_called(one, number)], one, f"{name} "):
                        yield inner, texts[0], texts[1]
                else:
                    yield (
                        name,
                        "",
                        str(getattr(one, "text", getattr(one, "why", getattr(one, "title", "")))),
                    )
        elif key not in _LOOKED_AT:
            yield f"{path}{key}", _text(was), _text(now)


def _called(part: Any, number: int) -> str:
    return str(getattr(part, "code", getattr(part, "id", number + 1)))


def _text(value: Any) -> str:
    if isinstance(value, NODES):
        return " ".join(line.strip() for line in english(value, {}))
    if isinstance(value, tuple):
        return "; ".join(_text(one) for one in value)
    return "" if value is None else str(value)
