"""An invariant in one line: “IF today includes leg_swollen AND age >= 60 THEN at_least same_day”.

The words make the same plain data as the YAML of an invariant, with a place for each part, so that what
is wrong is told as everywhere else. A part in braces is YAML itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from triage.names import did_you_mean
from triage.problems import Invalid, Problem
from triage.rulebook.invariants import CONSEQUENCES
from triage.rulebook.reading.source import Mark, Path, YamlDocument, read

FILE = "what you ask"
_TOKEN = re.compile(r"\s*(?P<block>\{)|\s*(?P<word>[\w/]+(?:\.\d+)?|>=|<=|[<>(),])|\s*(?P<odd>\S)")
_SIGNS = {">=": "at_least", "<=": "at_most", ">": "above", "<": "below"}
_NUMBERS = (*_SIGNS.values(), *_SIGNS)
_TESTS = ("is", "includes", *_NUMBERS)
_HEADS = ("takes", "found", "answered")
_ENDS = ("and", "or", "then", "possible", ")", "")
_EXAMPLE = "Such as: IF today includes leg_swollen AND age >= 60 THEN at_least same_day"
_LISTS = [key for key in CONSEQUENCES if key not in ("at_least", "at_most", "then")]


class _Token(NamedTuple):
    text: str
    column: int  # from 0

    @property
    def word(self) -> str:
        return self.text.lower()


@dataclass
class _Part:
    """Plain data, and where each part of it stands in the line."""

    data: Any
    marks: dict[Path, Mark] = field(default_factory=dict)

    def below(self, *path: str | int) -> dict[Path, Mark]:
        return {(*path, *inner): mark for inner, mark in self.marks.items()}


def read_line(text: str) -> YamlDocument:
    """The line as the document of one invariant, with the id ``asked`` and the line as its sentence.

    Raises ``Invalid``, with places, for what cannot be read at all.
    """
    line = " ".join(text.splitlines())
    return _Reader(line).document()


class _Reader:
    def __init__(self, line: str) -> None:
        self.line = line
        self.tokens: list[_Token] = []
        self.at = 0
        end = 0
        while found := _TOKEN.match(line, end):
            kind = str(found.lastgroup)
            start = found.start(kind)
            end = self._end_of_block(start) if kind == "block" else found.end()
            self.tokens.append(_Token(line[start:end], start))

    def _end_of_block(self, start: int) -> int:
        """Where the braces that open here close again; quotes may hold others."""
        depth, quote = 0, ""
        for column in range(start, len(self.line)):
            char = self.line[column]
            if quote:
                quote = "" if char == quote else quote
            elif char in "\"'":
                quote = char
            depth += (char == "{") - (char == "}") if not quote else 0
            if depth == 0:
                return column + 1
        raise self._fault("a “{” is opened and not closed", "Count the braces.", _Token("{", start))

    @property
    def next(self) -> _Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else _Token("", len(self.line.rstrip()))

    def _take(self, *words: str) -> _Token | None:
        """The next token, if it is one of these words."""
        token = self.next
        if token.word not in words or not token.text:
            return None
        self.at += 1
        return token

    def _fault(self, message: str, fix: str, token: _Token | None = None) -> Invalid:
        where = YamlDocument(FILE, self.line, lines=[self.line])
        place = where.at((0, (token or self.next).column))
        return Invalid([Problem("invariant-line", message, place, fix)])

    def document(self) -> YamlDocument:
        """IF, a condition, POSSIBLE with another one, THEN, and what must follow."""
        whole = _Part({"id": "asked", "sentence": self.line.strip()[:2000]}, {(): (0, 0)})
        if self._take("if"):
            self._premise(whole)
        if not self._take("then"):
            raise self._fault("there is no THEN here", _EXAMPLE)
        for key, part in self._follows():
            whole.data[key] = part.data
            whole.marks |= part.below(key)
        return YamlDocument(FILE, whole.data, values=whole.marks, keys=whole.marks, lines=[self.line])

    def _premise(self, whole: _Part) -> None:
        for key in ("when", "when_possible"):
            if key == "when_possible" and self._take("possible") is None:
                continue
            if key == "when" and self.next.word == "possible":
                continue
            part = self._joined("or", "any", lambda: self._joined("and", "all", self._single))
            whole.data[key] = part.data
            whole.marks |= part.below(key)
            self._take("and")

    def _joined(self, word: str, key: str, inner: Callable[[], _Part]) -> _Part:
        """Parts with “and” (or “or”) between them."""
        column = self.next.column
        parts = [inner()]
        while self.next.word == word and not self._possible_follows():
            self.at += 1
            parts.append(inner())
        if len(parts) == 1:
            return parts[0]
        marks: dict[Path, Mark] = {(): (0, column)}
        for number, part in enumerate(parts):
            marks |= part.below(key, number)
        return _Part({key: [part.data for part in parts]}, marks)

    def _possible_follows(self) -> bool:
        after = self.tokens[self.at + 1 : self.at + 2]
        return bool(after) and after[0].word == "possible"

    def _single(self) -> _Part:
        token = self.next
        if self._take("not"):
            part = self._single()
            return _Part({"not": part.data}, {(): (0, token.column), **part.below("not")})
        if self._take("("):
            part = self._joined("or", "any", lambda: self._joined("and", "all", self._single))
            if not self._take(")"):
                raise self._fault("a “)” is missing here", "Count the brackets.")
            return part
        if token.text.startswith("{"):
            return self._block()
        if head := self._take(*_HEADS):
            return self._named(head)
        return self._tested()

    def _block(self) -> _Part:
        """YAML in braces, read where it stands."""
        token = self.next
        self.at += 1
        found = read((" " * token.column + token.text).encode(), FILE)
        return _Part(found.data, {**found.keys, **found.values})

    def _named(self, head: _Token) -> _Part:
        name = self._word("a name")
        data: dict[str, Any] = {head.word: name.text}
        marks: dict[Path, Mark] = {(): (0, head.column), (head.word,): (0, name.column)}
        if head.word == "takes" and self._take("within"):
            weeks = self._word("a number of weeks")
            data["within_weeks"], marks[("within_weeks",)] = _value(weeks.text), (0, weeks.column)
            self._take("weeks", "week")
        return _Part(data, marks)

    def _tested(self) -> _Part:
        item = self._word("a question, or takes, found or answered")
        test = self._take(*_TESTS)
        if test is None:
            hint = did_you_mean(self.next.text, _TESTS) or f"Write one of: {', '.join(_TESTS)}."
            raise self._fault(f"what about “{item.text}”?", hint)
        key = _SIGNS.get(test.word, test.word)
        values = self._words() if test.word not in _NUMBERS else [self._word("a number")]
        if len(values) > 1:
            key = {"is": "is_any", "includes": "includes_any"}[key]
        told = [_value(value.text) if test.word in _NUMBERS else value.text for value in values]
        marks: dict[Path, Mark] = {
            (): (0, item.column),
            ("item",): (0, item.column),
            (key,): (0, values[0].column),
        }
        return _Part({"item": item.text, key: told[0] if len(told) == 1 else told}, marks)

    def _follows(self) -> list[tuple[str, _Part]]:
        """What must follow: keys with their values, or all of it in braces."""
        if self.next.text.startswith("{"):
            part = self._block()
            self._ended()
            return [(key, _Part(value, _under(part, key))) for key, value in part.data.items()]
        found = [self._follow()]
        while self._take("and"):
            found.append(self._follow())
        self._ended()
        return found

    def _follow(self) -> tuple[str, _Part]:
        key = self._take(*CONSEQUENCES)
        if key is None:
            hint = did_you_mean(self.next.text, CONSEQUENCES) or f"Write one of: {', '.join(CONSEQUENCES)}."
            raise self._fault("what must follow is not said here", hint)
        if key.word == "then":
            return key.word, self._single()
        values = self._words()
        marks: dict[Path, Mark] = {(): (0, values[0].column)}
        if key.word in _LISTS:
            marks |= {(number,): (0, value.column) for number, value in enumerate(values)}
            return key.word, _Part([value.text for value in values], marks)
        if len(values) > 1:
            raise self._fault("one level is meant here", "Write one level.", values[1])
        return key.word, _Part(values[0].text, marks)

    def _ended(self) -> None:
        if self.next.text:
            raise self._fault(f"“{self.next.text}” is too much here", _EXAMPLE)

    def _words(self) -> list[_Token]:
        found = [self._word("a name")]
        while self._take(","):
            found.append(self._word("a name"))
        return found

    def _word(self, wanted: str) -> _Token:
        token = self.next
        if token.word in _ENDS or not re.fullmatch(r"[\w/.]+", token.text):
            raise self._fault(f"{wanted} is missing here", _EXAMPLE)
        self.at += 1
        return token


def _under(part: _Part, key: str) -> dict[Path, Mark]:
    return {path[1:]: mark for path, mark in part.marks.items() if path[:1] == (key,)}


def _value(text: str) -> Any:
    """A number, if it is one."""
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text
