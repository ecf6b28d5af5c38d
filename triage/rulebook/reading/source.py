"""Documents: plain data from a file of YAML, with a place for every key and value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Any, TypeAlias

from triage.problems import Invalid, Place, Problem
from triage.value import Value

Path: TypeAlias = tuple[str | int, ...]
Mark: TypeAlias = tuple[int, int]  # line and column, counted from 0

MAX_BYTES = 1_000_000
MAX_DEPTH = 40

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # as both parsers count lines


class YamlDocument(Value):
    """Plain data (dict, list, str, int, float, bool, None) and where each part of it stands."""

    file: str
    data: Any
    values: dict[Path, Mark] = field(default_factory=dict, repr=False)
    keys: dict[Path, Mark] = field(default_factory=dict, repr=False)
    lines: list[str] = field(default_factory=list, repr=False)
    # Taken from other documents.
    moved: Mapping[Path, tuple[YamlDocument, Path]] = field(default_factory=dict, repr=False)
    doubtful: bool = False  # has a tab, or a bare “?” in brackets: not every parser reads that

    def place(self, path: Path, *, key: bool = False) -> Place:
        """The place of the value at ``path`` (of its key, if asked), or of the nearest parent."""
        wanted = tuple(path)
        for length in range(len(wanted), -1, -1) if self.moved else ():
            if wanted[:length] in self.moved:
                document, start = self.moved[wanted[:length]]
                return document.place((*start, *wanted[length:]), key=key)
        while wanted:
            if key and wanted in self.keys:
                return self.at(self.keys[wanted])
            if wanted in self.values:
                return self.at(self.values[wanted])
            wanted = wanted[:-1]
        if () in self.values:
            return self.at(self.values[()])
        return Place(self.file, 1, 1) if self.data is None else Place(self.file)

    def at(self, mark: Mark) -> Place:
        """The place of a mark."""
        line, column = mark
        text = self.lines[line] if line < len(self.lines) else ""
        return Place(self.file, line + 1, column + 1, text)


def read(raw: bytes, file: str) -> YamlDocument:
    """Read one YAML document.

    Raises ``Invalid`` with one or more located problems; never another exception.
    """
    from triage.rulebook.reading.yaml_reader import LOADER, Reader  # PyYAML only where there is YAML

    return Reader(decode(raw, file), file, LOADER).document()


def unread_elsewhere(document: YamlDocument) -> list[Problem]:
    """What libyaml reads and the parser in Python does not: some machines have only that one."""
    from triage.rulebook.reading.yaml_reader import LOADER, PYTHON, Reader

    if document.doubtful and LOADER is not PYTHON:
        try:
            Reader("\n".join(document.lines), document.file, PYTHON).document()
        except Invalid as invalid:
            return list(invalid.problems)
    return []


def decode(raw: bytes, file: str) -> str:
    """The text of a file, or ``Invalid``: too large, not UTF-8, or not text."""
    if len(raw) > MAX_BYTES:
        size = f"{len(raw) / 1e6:.1f} MB"
        raise _refused("too-large", f"the file is too large ({size})", "Keep it below 1 MB.", file)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        place = Place(file, line, error.start - raw.rfind(b"\n", 0, error.start))
        fix = "Save the file as plain text in UTF-8."
        raise Invalid([Problem("not-text", "this is not UTF-8 text", place, fix)]) from None
    if text.startswith("{\\rtf"):
        fix = "Save it again as plain text (.yaml), in UTF-8, without a layout."
        place = Place(file, 1, 1, text.split("\n")[0])
        raise Invalid([Problem("not-text", "this is a file of a word processor", place, fix)])
    bad = CONTROL.search(text)
    if bad is not None:
        line = text.count("\n", 0, bad.start())
        column = bad.start() - text.rfind("\n", 0, bad.start())
        place = Place(file, line + 1, column, text.split("\n")[line])
        message = f"there is a control character here (U+{ord(bad[0]):04X})"
        raise Invalid([Problem("not-text", message, place, "Delete this character.")])
    return text


def _refused(code: str, message: str, fix: str, file: str) -> Invalid:
    return Invalid([Problem(code, message, Place(file), fix)])
