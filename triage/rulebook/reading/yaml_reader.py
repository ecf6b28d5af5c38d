"""The door to PyYAML: strict YAML 1.2 core, with a place for every key and value.

PyYAML by itself reads ``no`` as False, ``12:30`` as 750 and keeps the last of two duplicate
keys without a word; in a rulebook that deletes half a red flag. Here only the parser's events
are used, and the values are built by the YAML 1.2 core schema. Duplicate keys, anchors,
aliases, tags, several documents, great depth and great size are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml

from triage.problems import Invalid, Place, Problem
from triage.rulebook.reading.source import CONTROL, LINE_END, MAX_DEPTH, Path, YamlDocument
from triage.rulebook.reading.yaml_messages import in_plain_words

PYTHON: Any = yaml.SafeLoader  # in Python alone: where there is no libyaml
LOADER: Any = getattr(yaml, "CSafeLoader", PYTHON)
_INT = re.compile(r"[-+]?[0-9]{1,18}\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?\Z")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Reader:
    """Reads one text with one of PyYAML's parsers."""

    def __init__(self, text: str, file: str, loader: Any) -> None:
        self.file = file
        self.found = YamlDocument(file, None, lines=LINE_END.split(text))
        self.problems: list[Problem] = []
        self.doubtful = "\t" in text
        self.brackets = 0  # how many are open
        self.events: Iterator[Any] = yaml.parse(text, Loader=loader)

    def document(self) -> YamlDocument:
        try:
            data = self._documents()
        except yaml.MarkedYAMLError as error:
            self.problems.append(self._syntax(error))
        except yaml.YAMLError as error:
            message = f"this is not YAML: {error}".splitlines()[0]
            self.problems.append(Problem("syntax", message, Place(self.file)))
        if self.problems:
            raise Invalid(self.problems)
        return replace(self.found, data=data, doubtful=self.doubtful)

    def _documents(self) -> Any:
        data: Any = None
        count = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                count += 1
                if count > 1:
                    self._report(
                        "second-document",
                        "a second document starts here",
                        event,
                        "Keep one document per file: delete the line “---”.",
                    )
                    break
                data = self._value(next(self.events), (), 0)
        return data

    def _value(self, event: Any, path: Path, depth: int) -> Any:
        mark = event.start_mark
        self.found.values[path] = (mark.line, mark.column)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self._stop("alias", "anchors (&) and aliases (*) are not allowed", event)
        if event.tag is not None:
            self._stop("tag", "tags (!) are not allowed", event)
        if depth > MAX_DEPTH:
            self._stop("too-deep", "this is nested too deeply", event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        self.brackets += bool(event.flow_style)
        listed = isinstance(event, yaml.SequenceStartEvent)
        made = self._sequence(path, depth) if listed else self._mapping(path, depth)
        self.brackets -= bool(event.flow_style)
        return made

    def _sequence(self, path: Path, depth: int) -> list[Any]:
        parts: list[Any] = []
        while not isinstance(inner := next(self.events), yaml.SequenceEndEvent):
            parts.append(self._value(inner, (*path, len(parts)), depth + 1))
        return parts

    def _mapping(self, path: Path, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._stop("key", "a key must be a word", event)
            key = event.value
            if event.anchor is not None:
                self._stop("alias", "anchors (&) and aliases (*) are not allowed", event)
            where = (*path, key)
            if key in mapping:
                first = self.found.keys[where][0] + 1
                self._report(
                    "duplicate-key",
                    f"the key “{key}” stands here for the second time (first in line {first})",
                    event,
                    "Keep one of the two, or merge them.",
                )
                self._value(next(self.events), (*where, "(again)"), depth + 1)
                continue
            self.found.keys[where] = (event.start_mark.line, event.start_mark.column)
            mapping[key] = self._value(next(self.events), where, depth + 1)
        return mapping

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if CONTROL.search(text):  # written as an escape such as "\e"
            self._report("not-text", "there is a control character here", event, "Delete it.")
        if not event.implicit[0]:
            return text
        self.doubtful = self.doubtful or bool(self.brackets and "?" in text)
        if " " in text and event.start_mark.line == event.end_mark.line:
            self._swallowed(event)
        if text in _WORDS:
            return _WORDS[text]
        if _INT.match(text):
            return int(text)
        if _FLOAT.match(text):
            return float(text)
        return text

    def _swallowed(self, event: Any) -> None:
        """“Ring desk #3 at once”: YAML reads “Ring desk”, and nobody would know."""
        line = self.found.lines[event.end_mark.line]
        rest = line[event.end_mark.column :]
        if rest.startswith(" #") and not rest.startswith((" # ", "  #")):
            fix = "Put quotes round the whole text. A remark needs a space behind the #."
            place = self.found.at((event.end_mark.line, event.end_mark.column + 1))
            self.problems.append(Problem("swallowed", "what follows the # is not read", place, fix))

    def _place(self, event: Any) -> Place:
        return self.found.at((event.start_mark.line, event.start_mark.column))

    def _report(self, code: str, message: str, event: Any, fix: str) -> None:
        self.problems.append(Problem(code, message, self._place(event), fix))

    def _stop(self, code: str, message: str, event: Any) -> None:
        self._report(code, message, event, "Write the value out in full.")
        raise Invalid(self.problems)

    def _syntax(self, error: yaml.MarkedYAMLError) -> Problem:
        mark = error.problem_mark or error.context_mark
        place = self.found.at((mark.line, mark.column)) if mark else Place(self.file)
        if "\t" in place.text[: place.column] or "'\\t'" in str(error.problem):
            fix = "Tabs cannot indent YAML. Use two spaces for each step."
            return Problem("tab", "there is a tab here", place, fix)
        what = str(error.problem or error.context or "unexpected text")
        if "nesting depth" in what:  # the parser has a limit of its own since PyYAML 6.0.4
            return Problem("too-deep", "this is nested too deeply", place, "Write the value out in full.")
        plain = in_plain_words(what, str(error.context), place.text)
        if plain.where_it_starts and error.context_mark is not None:
            place = self.found.at((error.context_mark.line, error.context_mark.column))
        return Problem("syntax", f"this is not valid YAML: {plain.said}", place, plain.fix)
