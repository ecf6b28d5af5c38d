"""The files of a folder of rules, as they are read."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path as FilePath

from triage.problems import Invalid, Place, Problem
from triage.rulebook.reading.source import MAX_BYTES, YamlDocument, read

BUILT_IN = FilePath(__file__).resolve().parents[3] / "rules"
MAX_FILES = 2000
FRAME = "rulebook.yaml"
BUILT_IN_FILES = "built-in rules: "  # before their names, where both are meant
OTHER_PERSON = "other_person.yaml"
HAZARDS = "hazards.yaml"
INVARIANTS = "invariants.yaml"
MEDICINE_WORDS = "medicine_words.yaml"
DIARY = "diary.yaml"
PAGE = "page.yaml"
LISTS: dict[str, tuple[str, ...]] = {
    "medicines.yaml": ("classes", "medicines"),
    "claims.yaml": ("claims", "contradictions"),
    "sources.yaml": ("sources",),
    HAZARDS: ("hazards",),
    INVARIANTS: ("invariants",),
}
NEEDED = ("medicines.yaml", "claims.yaml", "sources.yaml", PAGE)
TOP_FILES = (FRAME, *LISTS, OTHER_PERSON, MEDICINE_WORDS, DIARY, PAGE)
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
