"""Words that differ from the built-in ones, and new parts: what a second person must read.

What words mean nobody can prove.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from triage.conditions.nodes import NODES
from triage.problems import Place
from triage.readers.english import in_brackets
from triage.rulebook.cards import Pattern, RedFlag
from triage.rulebook.comparing.parts import parts
from triage.rulebook.frozen import Frozen, keys_of
from triage.rulebook.model import Line, Medicine
from triage.rulebook.rulebook import Rulebook

# Lists of what has texts of its own.
_PARTS = ("options", "guards", "sections", "sides", "dispositions")
# Names, and what is tried.
_ASIDE = {"id", "code", "version", "extends", "examples", "reviewed_on", "history"}


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
    was, now = (", ".join(section.id for section in book.frame.sections) for book in (base, rulebook))
    if was != now:
        place = rulebook.place("rulebook", "sections")
        found.append(Reworded("rulebook", "order of sections", was, now, place))
    return sorted(found, key=lambda one: (one.place, one.part, one.key))


def _in_parts(rulebook: Rulebook, base: Rulebook) -> Iterator[Reworded]:
    built_in = parts(base)
    for at, part in parts(rulebook).items():
        was, name = built_in.get(at), at.partition(":")[2] or at
        new = "" if was else "new "
        keys = []
        if at == "other_person" or (was and at.startswith("invariant:")):
            continue  # pairs of words are told by themselves; what must hold stays
        for key, before, after in _differences(was, part):
            keys.append(key)
            yield Reworded(name, f"{new}{key}", before, after, rulebook.place(at, key.split()[0]))
        if isinstance(part, Medicine) and new:
            counts = _counts(rulebook, name)
            yield Reworded(name, "counts for", "an unknown medicine: not sure", counts, rulebook.place(at))
        if isinstance(part, RedFlag | Pattern) and "disposition" in keys and "do_now" not in keys:
            asked, said = "do_now, unchanged: does it fit the new level?", part.do_now or ""
            yield Reworded(name, asked, "", said, rulebook.place(at))


def _counts(rulebook: Rulebook, medicine: str) -> str:
    """The classes and groups of a medicine for which any condition asks: of it nothing else is known."""
    found = [name for name in sorted(rulebook.classification.classes_of[medicine]) if rulebook.askers[name]]
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
