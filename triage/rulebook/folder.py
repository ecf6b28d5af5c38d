"""The files of a folder of rules: read, and laid over those of the rulebook that it extends."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from triage.problems import Invalid, Place, Problem
from triage.rulebook.source import MAX_BYTES, Document, Path, read

BUILT_IN = FilePath(__file__).resolve().parents[2] / "rules"
MAX_FILES = 2000
FRAME = "rulebook.yaml"
BUILT_IN_FILES = "built-in rules: "  # before their names, where both are meant
OTHER_PERSON = "other_person.yaml"
HAZARDS = "hazards.yaml"
LISTS: dict[str, tuple[str, ...]] = {
    "medicines.yaml": ("classes", "medicines"),
    "claims.yaml": ("claims", "contradictions"),
    "sources.yaml": ("sources",),
    HAZARDS: ("hazards",),
}
NEEDED = ("medicines.yaml", "claims.yaml", "sources.yaml")
TOP_FILES = (FRAME, *LISTS, OTHER_PERSON)
_NAMES = ("id", "generic")  # what an entry of a list goes by
_HIDDEN = re.compile(r"\..*|~\$.*")  # what editors and version control keep for themselves
_BACKUP = re.compile(r"#(?P<name>.*)#|(?P<of>.*)~")


_read = lru_cache(maxsize=MAX_FILES)(read)  # who watches a folder reads the same files again and again


@dataclass
class Folder:
    """The documents of a folder by file name, what could not be read, and a digest of it all."""

    documents: dict[str, Document] = field(default_factory=dict)
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
    if len(paths) > MAX_FILES:
        fix = "Name the folder of the rules themselves."
        made.problems.append(Problem("too-large", f"more than {MAX_FILES} files", Place(str(folder)), fix))
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
    while waiting and len(found) <= MAX_FILES:
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
        listed = ("items",) if name.startswith("items/") else LISTS.get(name, ())
        if name == OTHER_PERSON:
            listed = ("instead",)
        made.documents[name] = document if below is None else _merged(document, below, listed)
    return made


def _merged(over: Document, under: Document, listed: tuple[str, ...]) -> Document:
    """One file on another: each key replaces that below; lists of entries are joined by their ids.

    The brands of a medicine are joined too: a clinic names its own, and those below stay known.
    """
    if not isinstance(over.data, dict) or not isinstance(under.data, dict):
        return over
    data: dict[str, Any] = {}
    moved: dict[Path, tuple[Document, Path]] = {(): (over, ())}
    for key in dict.fromkeys((*under.data, *over.data)):
        one = over if key in over.data else under
        moved[key,] = (one, (key,))
        data[key] = one.data[key]
        if key in listed and key in over.data and isinstance(over.data[key], list):
            data[key] = _joined(key, over, under, moved)
    return Document(over.file, data, moved=moved)


def _joined(
    key: str, over: Document, under: Document, moved: dict[Path, tuple[Document, Path]]
) -> list[Any]:
    below = under.data.get(key)
    entries: list[Any] = list(below) if isinstance(below, list) else []
    places = {_name(entry): number for number, entry in enumerate(entries)}
    for number in range(len(entries)):
        moved[key, number] = (under, (key, number))
    for number, entry in enumerate(over.data[key]):
        place = places.get(_name(entry))
        if place is None or _name(entry) is None:
            moved[key, len(entries)] = (over, (key, number))
            entries.append(entry)
            continue
        merged = {**entries[place], **entry}
        moved[key, place] = (over, (key, number))
        for part in merged:
            one = (over, (key, number, part)) if part in entry else (under, (key, place, part))
            moved[key, place, part] = one
        above, known = entry.get("brands"), entries[place].get("brands")
        if isinstance(above, list) and isinstance(known, list):
            added = [index for index, name in enumerate(above) if name not in known]
            merged["brands"] = [*known, *(above[index] for index in added)]
            moved[key, place, "brands"] = (under, (key, place, "brands"))
            for end, index in enumerate(added, len(known)):
                moved[key, place, "brands", end] = (over, (key, number, "brands", index))
        entries[place] = merged
    return entries


def _name(entry: Any) -> str | None:
    if not isinstance(entry, Mapping):
        return None
    return next((str(entry[key]) for key in _NAMES if key in entry), None)
