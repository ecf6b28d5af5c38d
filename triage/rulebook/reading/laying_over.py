"""The files of a clinic's folder laid over those of the rulebook that it extends: key by key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from triage.names import fold
from triage.problems import Place, Problem
from triage.rulebook.reading.folder import (
    DIARY,
    FRAME,
    INVARIANTS,
    LISTS,
    MEDICINE_WORDS,
    OTHER_PERSON,
    PAGE,
    Folder,
)
from triage.rulebook.reading.source import Path, YamlDocument

_FIXED = {  # what no clinic's folder changes, with what to do instead
    MEDICINE_WORDS: (  # a word read away wrongly would hide a medicine
        "how medicines are read cannot be changed here",
        "Add names to medicines.yaml instead: brands, or medicines of your own.",
    ),
    DIARY: (  # what is kept of nights must mean the same to all
        "the diary cannot be changed here",
        "Take this file out: the diary of the built-in rules is used.",
    ),
    PAGE: (  # a line that is left out would be missed by somebody
        "what stands on the pages cannot be changed here",
        "Take this file out: the pages of the built-in rules are used.",
    ),
}
_NAMES = ("id", "code", "you")  # what an entry of a list goes by


def laid_over(over: Folder, under: Folder) -> Folder:
    """An overlay on what it extends: cards and entries of the same id are changed key by key."""
    made = Folder(dict(under.documents), [*under.problems, *over.problems])
    made.digest = hashlib.sha256(f"{under.digest} {over.digest}".encode()).hexdigest()
    for name, document in over.documents.items():
        below = made.documents.get(name)
        if name in _FIXED:
            made.problems.append(Problem("file-name", _FIXED[name][0], Place(name), _FIXED[name][1]))
            continue
        if below is not None:
            if name == INVARIANTS:
                made.problems += _changed(document, below)
            document = _Joint(document, below, _listed(name), made.problems).document()
        made.documents[name] = document
    return made


def _changed(over: YamlDocument, under: YamlDocument) -> Iterator[Problem]:
    """What must hold for all answers holds for a clinic's rules too: it adds to that, and changes none."""
    known = {_name(entry) for entry in _in_list(under, "invariants")}
    for number, entry in enumerate(_in_list(over, "invariants")):
        if (name := _name(entry)) in known:
            fix = "Give this one an id of its own: what is built in holds besides."
            place = over.place(("invariants", number))
            yield Problem("built-in-invariant", f"“{name}” cannot be changed here", place, fix)


def _in_list(document: YamlDocument, top: str) -> list[Any]:
    entries = document.data.get(top) if isinstance(document.data, dict) else None
    return entries if isinstance(entries, list) else []


def _listed(file: str) -> tuple[str, ...]:
    """Lists at the top of a file whose entries have names of their own."""
    if file.startswith("items/"):
        return ("items",)
    return {FRAME: ("dispositions",), OTHER_PERSON: ("instead",)}.get(file, LISTS.get(file, ()))


@dataclass
class _Joint:
    """One file on another. Each key replaces that below; entries of lists are joined by their names.

    So are the options of a question and the brands of a medicine: a clinic adds its own to them, and
    none is lost.
    """

    over: YamlDocument
    under: YamlDocument
    listed: tuple[str, ...]
    problems: list[Problem]
    moved: dict[Path, tuple[YamlDocument, Path]] = field(default_factory=dict)

    def document(self) -> YamlDocument:
        if not isinstance(self.over.data, dict) or not isinstance(self.under.data, dict):
            return self.over
        data = self._keys(self.over.data, (), self.under.data, (), self.listed)
        return YamlDocument(self.over.file, data, moved={**self.moved, (): (self.over, ())})

    def _keys(
        self, over: dict[str, Any], at: Path, under: dict[str, Any], below: Path, listed: tuple[str, ...]
    ) -> dict[str, Any]:
        """One entry (or file) on another; ``at`` and ``below`` say where they stand."""
        made: dict[str, Any] = {}
        self.moved[below] = (self.over, at)
        for key in dict.fromkeys((*under, *over)):
            one, there, data = (
                (self.over, (*at, key), over) if key in over else (self.under, (*below, key), under)
            )
            self.moved[(*below, key)] = (one, there)
            made[key] = data[key]
            if key in listed and all(isinstance(part.get(key), list) for part in (over, under)):
                made[key] = self._entries(over[key], (*at, key), under[key], (*below, key))
        return made

    def _entries(self, over: list[Any], at: Path, under: list[Any], below: Path) -> list[Any]:
        entries = list(under)
        places = {_name(entry): number for number, entry in enumerate(under)}
        for number in range(len(under)):
            self.moved[(*below, number)] = (self.under, (*below, number))
        seen: set[str | None] = set()
        for number, entry in enumerate(over):
            name, there = _name(entry), (*at, number)
            if name is not None and name in seen:
                message = f"“{name}” stands twice in this list"
                self.problems.append(
                    Problem("duplicate-id", message, self.over.place(there), "Put all into one entry.")
                )
                continue
            seen.add(name)
            place = places.get(name)
            if place is None or name is None:
                self.moved[(*below, len(entries))] = (self.over, there)
                entries.append(entry)
            elif isinstance(entry, dict):
                inner = (*below, place)
                if "generic" in entry:  # however it is written
                    entry = {**entry, "generic": under[place]["generic"]}
                entries[place] = self._keys(entry, there, under[place], inner, ("options", "brands"))
        return entries


def _name(entry: Any) -> str | None:
    """What an entry of a list goes by: the value of one of its keys; a mere word by itself."""
    if isinstance(entry, str):
        return entry
    if not isinstance(entry, Mapping):
        return None
    if isinstance(entry.get("generic"), str):
        return fold(entry["generic"])
    return next((str(entry[key]) for key in _NAMES if key in entry), None)
