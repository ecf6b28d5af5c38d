"""From plain data (as read from YAML) to a condition, with every mistake reported at its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any as Anything
from typing import TypeAlias

from triage.conditions.doubt import settle
from triage.conditions.nodes import (
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    Comparator,
    Compare,
    Found,
    Includes,
    Is,
    Node,
    Not,
    Takes,
)
from triage.names import did_you_mean
from triage.problems import Place, Problem

Path: TypeAlias = tuple[str | int, ...]
Locate: TypeAlias = Callable[[Path], Place]

MAX_NODES = 500

_WORD_TESTS = ("is", "includes")
_LIST_TESTS = ("is_any", "includes_any")
_NUMBER_TESTS = {comparison.value: comparison for comparison in Comparator}
_ITEM_TESTS = (*_WORD_TESTS, *_LIST_TESTS, *_NUMBER_TESTS)
_DOUBTS = ("certain", "possible")
_HEADS = ("all", "any", "not", *_DOUBTS, "at_least", "item", "answered", "found", "takes")
_KEYS = {*_HEADS, *_ITEM_TESTS, "of", "line", "within_weeks"}
_SHAPES = (
    "Write one of: all: […], any: […], not: …, certain: …, possible: …, at_least: 2 with of: […], "
    "item: … with one test, answered: …, found: …, takes: …"
)
_NOT_CODES = {"unsure", "declined"}


def parse(data: Anything, path: Path, locate: Locate, problems: list[Problem]) -> Node | None:
    """The condition at ``path``, or None after reporting to ``problems`` why there is none.

    ``locate`` gives the place of a path of keys and positions.
    """
    before = len(problems)
    node = _Parser(locate, problems).node(data, path)
    return node if len(problems) == before else None


class _Parser:
    def __init__(self, locate: Locate, problems: list[Problem]) -> None:
        self.locate = locate
        self.problems = problems
        self.nodes = 0

    def node(self, data: Anything, path: Path) -> Node | None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            if self.nodes == MAX_NODES + 1:
                self._say(path, "condition-size", "this condition has too many parts", "Split it.")
            return None
        if not isinstance(data, dict):
            self._say(path, "condition-shape", "a condition is expected here", _SHAPES)
            return None
        unknown = [key for key in data if key not in _KEYS]
        for key in unknown:
            hint = did_you_mean(str(key), _KEYS) or _SHAPES
            self._say((*path, key), "condition-key", f"“{key}” is no part of a condition", hint)
        if unknown:
            return None
        heads = [head for head in _HEADS if head in data]
        if heads == ["at_least", "item"]:
            heads = ["item"]
        if len(heads) != 1:
            what = f"this mixes {' and '.join(heads)}" if heads else "this condition is not complete"
            self._say(path, "condition-shape", what, _SHAPES)
            return None
        return self._headed(heads[0], data, path)

    def _headed(self, head: str, data: dict[str, Anything], path: Path) -> Node | None:
        place = self.locate(path)
        inner = (*path, head)
        if head == "item":
            return self._item(data, path, place)
        if head == "at_least":
            if not self._only(data, ("at_least", "of"), path):
                return None
            return self._count(data, path, place)
        if head == "takes":
            return self._takes(data, path, place)
        if head == "answered":
            return self._answered(data, path, place)
        if not self._only(data, (head,), path):
            return None
        if head in ("all", "any"):
            parts = self._parts(data[head], inner)
            return None if parts is None else (AllOf if head == "all" else AnyOf)(parts, place=place)
        if head == "not":
            part = self.node(data[head], inner)
            return None if part is None else Not(part, place=place)
        if head in _DOUBTS:
            return self._settled(head, self.node(data[head], inner), inner, place)
        word = self._word(data[head], inner)
        return None if word is None else Found(word, place=place)

    def _answered(self, data: dict[str, Anything], path: Path, place: Place) -> Node | None:
        if not self._only(data, ("answered", "line"), path):
            return None
        item = self._word(data["answered"], (*path, "answered"))
        line = self._word(data["line"], (*path, "line")) if "line" in data else None
        return (
            None if item is None or (line is None and "line" in data) else Answered(item, line, place=place)
        )

    def _settled(self, head: str, part: Node | None, path: Path, place: Place) -> Node | None:
        if part is None:
            return None
        node = settle(part, doubt=head == "possible")
        if node is None:
            message = f"“{head}” asks for answers only, not for a medicine or another card"
            fix = "Write takes: and found: beside it, in an all: or an any:."
            self._say(path, "condition-shape", message, fix)
            return None
        return replace(node, place=place)

    def _parts(self, data: Anything, path: Path) -> tuple[Node, ...] | None:
        if not isinstance(data, list) or not data:
            fix = "Write a list with at least one condition, each line starting with “- ”."
            self._say(path, "condition-shape", "a list of conditions is expected here", fix)
            return None
        parts = [self.node(part, (*path, index)) for index, part in enumerate(data)]
        known = tuple(part for part in parts if part is not None)
        return known if len(known) == len(parts) else None

    def _count(self, data: dict[str, Anything], path: Path, place: Place) -> Node | None:
        needed = data["at_least"]
        if "of" not in data:
            fix = "Add of: […] to count conditions, or item: … to compare a number."
            self._say(path, "condition-shape", "at_least of what?", fix)
            return None
        parts = self._parts(data["of"], (*path, "of"))
        if not isinstance(needed, int) or isinstance(needed, bool) or needed < 1:
            where = (*path, "at_least")
            self._say(where, "condition-count", "a whole number from 1 up is expected", "Such as 2.")
            return None
        if parts is None:
            return None
        if needed > len(parts):
            message = f"at least {needed} of {len(parts)} can never hold"
            self._say((*path, "at_least"), "condition-count", message, "Lower the number.")
            return None
        return AtLeast(needed, parts, place=place)

    def _item(self, data: dict[str, Anything], path: Path, place: Place) -> Node | None:
        tests = [test for test in _ITEM_TESTS if test in data]
        if len(tests) != 1:
            fix = f"Write exactly one of: {', '.join(_ITEM_TESTS)}."
            self._say(path, "condition-shape", "an item needs exactly one test", fix)
            return None
        (test,) = tests
        if not self._only(data, ("item", test), path):
            return None
        item = self._word(data["item"], (*path, "item"))
        inner = (*path, test)
        if test in _NUMBER_TESTS:
            threshold = data[test]
            if not isinstance(threshold, int | float) or isinstance(threshold, bool):
                self._say(
                    inner, "condition-number", "a number is expected here", "Digits only, such as 60."
                )
                return None
            return None if item is None else Compare(item, _NUMBER_TESTS[test], threshold, place=place)
        codes = self._codes(data[test], inner, listed=test in _LIST_TESTS)
        if item is None or codes is None:
            return None
        kind = Is if test in ("is", "is_any") else Includes
        return kind(item, codes, place=place)

    def _codes(self, data: Anything, path: Path, *, listed: bool) -> tuple[str, ...] | None:
        if listed and (not isinstance(data, list) or not data):
            self._say(path, "condition-shape", "a list of option codes is expected here", "[a, b]")
            return None
        words = [self._word(code, path) for code in (data if listed else [data])]
        for word in words:
            if word in _NOT_CODES:
                fix = "Unknown is never a match. Use if_unsure to say what “not sure” leads to."
                self._say(path, "condition-unsure", f"a condition cannot test for “{word}”", fix)
                return None
        known = tuple(word for word in words if word is not None)
        return known if len(known) == len(words) else None

    def _takes(self, data: dict[str, Anything], path: Path, place: Place) -> Node | None:
        if not self._only(data, ("takes", "within_weeks"), path):
            return None
        word = self._word(data["takes"], (*path, "takes"))
        weeks = data.get("within_weeks")
        whole = isinstance(weeks, int) and not isinstance(weeks, bool)
        if weeks is not None and not (whole and 1 <= weeks <= 520):
            where = (*path, "within_weeks")
            self._say(where, "condition-number", "weeks: a whole number, 1 to 520", "Such as 6.")
            return None
        return None if word is None else Takes(word, weeks, place=place)

    def _word(self, data: Anything, path: Path) -> str | None:
        if isinstance(data, str) and data:
            return data
        fix = "Write one word, such as an id or an option code."
        if isinstance(data, bool):
            fix = "Write yes or no: true and false are not option codes."
        self._say(path, "condition-word", "a single word is expected here", fix)
        return None

    def _only(self, data: dict[str, Anything], allowed: tuple[str, ...], path: Path) -> bool:
        extra = [key for key in data if key not in allowed]
        for key in extra:
            message = f"“{key}” does not go with “{allowed[0]}”"
            self._say((*path, key), "condition-shape", message, _SHAPES)
        return not extra

    def _say(self, path: Path, code: str, message: str, fix: str) -> None:
        self.problems.append(Problem(code, message, self.locate(path), fix))
