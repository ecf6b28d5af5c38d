"""The files of a folder of rules: read, and laid over those of the rulebook that it extends."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from triage.names import fold
from triage.problems import Invalid, Place, Problem
from triage.rulebook.reading.source import MAX_BYTES, Path, YamlDocument, read

BUILT_IN = FilePath(__file__).resolve().parents[3] / "rules"
MAX_FILES = 2000
FRAME = "rulebook.yaml"
BUILT_IN_FILES = "built-in rules: "  # before their names, where both are meant
OTHER_PERSON = "other_person.yaml"
HAZARDS = "hazards.yaml"
INVARIANTS = "invariants.yaml"
MEDICINE_WORDS = "medicine_words.yaml"
DIARY = "diary.yaml"
LISTS: dict[str, tuple[str, ...]] = {
    "medicines.yaml": ("classes", "medicines"),
    "claims.yaml": ("claims", "contradictions"),
    "sources.yaml": ("sources",),
    HAZARDS: ("hazards",),
    INVARIANTS: ("invariants",),
}
NEEDED = ("medicines.yaml", "claims.yaml", "sources.yaml")
TOP_FILES = (FRAME, *LISTS, OTHER_PERSON, MEDICINE_WORDS, DIARY)
_NAMES = ("id", "code", "you")  # what an entry of a list goes by
_HIDDEN = re.compile(r"\..*|~\$.*")  # what editors and version control keep for themselves
_BACKUP = re.compile(r"#(?P<name>.*)#|(?P<of>.*)~")


_read = lru_cache(maxsize=MAX_FILES)(read)  # who watches a folder reads the same files again and again


@dataclass
class Folder:
    """The documents of a folder by file name, what could not be read, and a digest of it all."""

    documents: dict[str, YamlDocument] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    digest: str = ""

    @property
    def broken(self) -> set[str]:
        """Files that could not be read."""
        return {problem.place.file for problem in self.problems}

    @property
    def extends(self) -> bool:
        """Whether it is an overlay: a clinic's changes to the built-in rulebook."""
        frame = self.documents.get(FRAME)
        return frame is not None and isinstance(frame.data, dict) and "extends" in frame.data


def read_folder(folder: FilePath, shown_as: str = "") -> Folder:
    """Read every YAML file of a folder; ``shown_as`` stands before file names in messages."""
    made = Folder()
    if not folder.is_dir():
        fix = "Name a folder that has a rulebook.yaml, or leave out --rules."
        made.problems.append(Problem("no-folder", "there is no such folder", Place(str(folder)), fix))
        return made
    paths = _looked_through(folder, made.problems)
    if len(paths) + len(made.problems) > MAX_FILES:
        fix = "Name the folder of the rules themselves."
        made.problems = [Problem("too-large", f"more than {MAX_FILES} files", Place(str(folder)), fix)]
        return made
    digest = hashlib.sha256()
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            if not path.is_file() or path.stat().st_size > MAX_BYTES:
                fix = "Keep it a plain file below 1 MB."
                raise Invalid([Problem("too-large", "no plain, small file", Place(name), fix)])
            raw = path.read_bytes()
            digest.update(name.encode("utf-8", "surrogateescape") + b"\0" + raw + b"\0")
            made.documents[name] = _read(raw, shown_as + name)
        except Invalid as invalid:
            made.problems.extend(invalid.problems)
        except OSError as error:
            reason = (error.strerror or "unreadable").lower()
            fix = "See that the file may be read."
            made.problems.append(Problem("unreadable", reason, Place(name), fix))
    made.digest = digest.hexdigest()
    if not made.extends:
        _missing(folder, made.problems)
    return made


def _looked_through(folder: FilePath, problems: list[Problem]) -> list[FilePath]:
    """The YAML files below a folder, by name. What is not read is told: no card may vanish silently."""
    found: list[FilePath] = []
    waiting = [folder]
    while waiting and len(found) + len(problems) <= MAX_FILES:  # not the whole disk, if it is named
        inside = waiting.pop()
        try:
            entries = sorted(inside.iterdir())
        except OSError as error:
            reason = (error.strerror or "unreadable").lower()
            place = Place(inside.relative_to(folder).as_posix())
            problems.append(Problem("unreadable", reason, place, "See that the folder may be read."))
            continue
        for path in entries:
            name = path.relative_to(folder).as_posix()
            backup = _BACKUP.fullmatch(path.name)
            kept = backup and (inside / (backup["name"] or backup["of"])).exists()
            if kept or _HIDDEN.fullmatch(path.name):
                continue
            if path.is_dir() and not path.is_symlink():
                waiting.append(path)
            elif path.suffix == ".yaml" and not path.is_dir():
                found.append(path)
            elif path.is_dir():
                message = "this folder is not read: it is a link to another one"
                problems.append(
                    Problem("file-name", message, Place(name), "Put the files here themselves.")
                )
            elif name != "README.md":
                fix = f"Rename it to {path.name.split('.')[0]}.yaml, or move it out of the rules."
                message = "this file is not read: its name does not end in .yaml"
                problems.append(Problem("file-name", message, Place(name), fix))
    return sorted(found, key=lambda path: path.as_posix())


def _missing(folder: FilePath, problems: list[Problem]) -> None:
    for name in NEEDED:
        if not (folder / name).exists() and (folder / FRAME).exists():
            fix = "Put it back, or copy it from the built-in rules."
            problems.append(Problem("no-file", "this file is missing", Place(name), fix))


def laid_over(over: Folder, under: Folder) -> Folder:
    """An overlay on what it extends: cards and entries of the same id are changed key by key."""
    made = Folder(dict(under.documents), [*under.problems, *over.problems])
    made.digest = hashlib.sha256(f"{under.digest} {over.digest}".encode()).hexdigest()
    for name, document in over.documents.items():
        below = made.documents.get(name)
        if name == MEDICINE_WORDS:  # a word read away wrongly would hide a medicine
            message = "how medicines are read cannot be changed here"
            fix = "Add names to medicines.yaml instead: brands, or medicines of your own."
            made.problems.append(Problem("file-name", message, Place(name), fix))
            continue
        if name == DIARY:  # what is kept of nights must mean the same to all
            message = "the diary cannot be changed here"
            fix = "Take this file out: the diary of the built-in rules is used."
            made.problems.append(Problem("file-name", message, Place(name), fix))
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
