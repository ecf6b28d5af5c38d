"""Reading answers: plain data and files become a response, with every mistake named."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeAlias

from triage.conditions.leaf import NoAnswer, Ticks
from triage.engine.response import Answer, MedicineAnswer, Response
from triage.names import did_you_mean
from triage.problems import Invalid, Place, Problem
from triage.rulebook.model import Item
from triage.rulebook.reading.json_or_yaml import read_json_or_yaml, with_places
from triage.rulebook.reading.source import Path, YamlDocument
from triage.rulebook.rulebook import Rulebook
from triage.text import printable

FORMAT = "legcramp-answers/1"
MAX_TEXT = 10_000
MAX_MEDICINES = 60
MAX_NAME = 2_000  # a whole list may be pasted as one name
_MEDICINE_KEYS = ("name", "started", "for")
STARTED = re.compile(r"(recent|long_ago|unsure|[12][0-9]{3}(-(0[1-9]|1[0-2])(-[0-3][0-9])?)?)\Z")

Locate: TypeAlias = Callable[[Path], Place]


def read_answers(raw: bytes, file: str, rulebook: Rulebook) -> Response:
    """The response in an answers file (JSON or YAML).

    Raises ``Invalid`` with every problem found; never another exception.
    """
    document = read_json_or_yaml(raw, file)
    try:
        return _response(document, rulebook)
    except Invalid:
        return _response(with_places(document, raw), rulebook)


def _response(document: YamlDocument, rulebook: Rulebook) -> Response:
    data = document.data
    top = document.place(())
    if not isinstance(data, dict) or not isinstance(data.get("answers"), dict):
        fix = f'It should look like {{"format": "{FORMAT}", "answers": {{"age": 67}}}}.'
        raise Invalid([Problem("not-answers", "this is not an answers file", top, fix)])
    problems: list[Problem] = []
    if data.get("format") != FORMAT:
        fix = f'Write "format": "{FORMAT}".'
        place = document.place(("format",))
        problems.append(Problem("format", "the format is missing or unknown", place, fix))
    for key in data:
        if key not in ("format", "answers"):
            place = document.place((key,), key=True)
            fix = did_you_mean(str(key), ["format", "answers", *rulebook.items])
            problems.append(Problem("unknown-key", f"unknown key “{key}”", place, fix))
    response = parse_answers(data["answers"], rulebook, document, ("answers",), problems)
    if problems:
        raise Invalid(problems)
    return response


def parse_answers(
    data: Mapping[str, Any], rulebook: Rulebook, document: YamlDocument, path: Path, problems: list[Problem]
) -> Response:
    """The response that plain data describes; mistakes go to ``problems``."""
    answers: dict[str, Answer] = {}
    kinds = [kind.id for kind in rulebook.medicine_words.kinds]
    for name, value in data.items():
        item = rulebook.items.get(name)
        if item is None:
            place = document.place((*path, name), key=True)
            fix = did_you_mean(str(name), rulebook.items) or "See: legcramp rules list items"
            problems.append(Problem("unknown-item", f"there is no question “{name}”", place, fix))
            continue
        parser = _AnswerParser(item, kinds, document.place, problems)
        answer = parser.answer(value, (*path, name))
        if answer is not None:
            answers[name] = answer
    return Response(answers)


class _AnswerParser:
    def __init__(self, item: Item, kinds: Collection[str], locate: Locate, problems: list[Problem]) -> None:
        self.item = item
        self.kinds = kinds
        self.locate = locate
        self.problems = problems

    def answer(self, value: Any, path: Path) -> Answer | None:
        if value == "unsure":
            return NoAnswer.UNSURE
        if value == "declined":
            return NoAnswer.DECLINED
        match self.item.type:
            case "choice":
                return self._code(value, path)
            case "choices":
                return self._ticks(value, path)
            case "integer" | "decimal":
                return self._number(value, path)
            case "medicines":
                return self._medicines(value, path)
            case "text":
                if isinstance(value, str) and len(value) <= MAX_TEXT:
                    return printable(value)
                fix = f"Write text of at most {MAX_TEXT:,} characters."
                self._say(path, "bad-answer", "should be text", fix)
                return None

    def _code(self, value: Any, path: Path) -> str | None:
        if isinstance(value, str) and value in self.item.codes:
            return value
        self._say(path, "bad-answer", f"has no option {_shown(value)}", self._hint(value))
        return None

    def _hint(self, value: Any) -> str:
        if isinstance(value, bool):
            return 'Write "yes" or "no", in quotes.'
        if isinstance(value, str) and value.endswith("?"):
            return "Not sure of this question? Write: unsure"
        hint = did_you_mean(str(value), self.item.codes) if isinstance(value, str) else ""
        return hint or f"Write one of: {', '.join([*self.item.codes, 'unsure', 'declined'])}."

    def _ticks(self, value: Any, path: Path) -> Ticks | None:
        if not isinstance(value, list | tuple):
            fix = 'Write a list such as ["a", "b?"]; [] means “none of these”.'
            self._say(path, "bad-answer", f"needs a list, not {_shown(value)}", fix)
            return None
        ticked: set[str] = set()
        unsure: set[str] = set()
        good = True
        for index, line in enumerate(value):
            code = line.removesuffix("?") if isinstance(line, str) else ""
            where = (*path, index)
            if code not in self.item.codes:
                fix = self._hint(code or line)
                self._say(where, "bad-answer", f"has no line {_shown(line)}", fix)
                good = False
            elif code in ticked or code in unsure:
                self._say(where, "bad-answer", f"has the line “{code}” twice", "Delete one.")
                good = False
            else:
                (unsure if line.endswith("?") else ticked).add(code)
        return Ticks(frozenset(ticked), frozenset(unsure)) if good else None

    def _number(self, value: Any, path: Path) -> int | float | None:
        whole = self.item.type == "integer"
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            kind = "a whole number" if whole else "a number"
            self._say(path, "bad-answer", f"needs {kind}, not {_shown(value)}", "")
            return None
        span = self.item.range
        if span is not None and not span.min <= value <= span.max:
            fix = f"Write a number from {span.min:g} to {span.max:g} ({self.item.unit})."
            self._say(path, "out-of-range", f"cannot be {_shown(value)}", fix)
            return None
        return value if isinstance(value, int | float) else None

    def _medicines(self, value: Any, path: Path) -> tuple[MedicineAnswer, ...] | None:
        if isinstance(value, list | tuple) and len(value) > MAX_MEDICINES:
            message = f"has {len(value)} medicines, and at most {MAX_MEDICINES} fit"
            self._say(path, "bad-answer", message, "Shorten the list.")
            return None
        if not isinstance(value, list | tuple):
            fix = 'Write a list such as [{"name": "furosemide", "started": "2026-10"}].'
            self._say(path, "bad-answer", f"needs a list, not {_shown(value)}", fix)
            return None
        taken = [self._medicine(entry, (*path, index)) for index, entry in enumerate(value)]
        known = tuple(entry for entry in taken if entry is not None)
        return known if len(known) == len(taken) else None

    def _medicine(self, entry: Any, path: Path) -> MedicineAnswer | None:
        if isinstance(entry, str):
            entry = {"name": entry}
        if not isinstance(entry, dict):
            self._say(path, "bad-answer", f"cannot read {_shown(entry)}", 'Write {"name": …}.')
            return None
        for key in entry:
            if key not in _MEDICINE_KEYS:
                fix = did_you_mean(str(key), _MEDICINE_KEYS) or "Use name, started and for."
                self._say((*path, key), "unknown-key", f"has an unknown key “{key}”", fix)
                return None
        name, started = entry.get("name"), entry.get("started")
        if name is not None and not isinstance(name, str):
            fix = 'Write the name as text, such as "furosemide".'
            self._say((*path, "name"), "bad-answer", f"has a name that is no text: {_shown(name)}", fix)
            return None
        if name is None or not printable(name).strip():
            self._say(path, "bad-answer", "has a medicine without a name", 'Add "name".')
            return None
        if len(name) > MAX_NAME:
            fix = f"Write at most {MAX_NAME} characters."
            self._say((*path, "name"), "bad-answer", "has a medicine with a very long name", fix)
            return None
        if isinstance(started, int) and not isinstance(started, bool):
            started = str(started)  # a bare year in YAML
        if started is not None and not (isinstance(started, str) and _is_start(started)):
            fix = "Write recent, long_ago, unsure, or a date such as 2026-10 or 2026-10-05."
            message = f"cannot read “started”: {_shown(started)}"
            self._say((*path, "started"), "bad-answer", message, fix)
            return None
        use = entry.get("for")
        if use is not None and use != "unsure" and use not in self.kinds:
            hint = did_you_mean(use, self.kinds) if isinstance(use, str) else ""
            fix = hint or f"Write one of: {', '.join([*self.kinds, 'unsure'])}."
            self._say((*path, "for"), "bad-answer", f"cannot read “for”: {_shown(use)}", fix)
            return None
        return MedicineAnswer(printable(name).strip(), started, use)

    def _say(self, path: Path, code: str, message: str, fix: str) -> None:
        sentence = f"“{self.item.id}” {message}"
        self.problems.append(Problem(code, sentence, self.locate(path), fix))


def _is_start(started: str) -> bool:
    """Whether it is a word for a start, or a date that there is."""
    if not STARTED.match(started):
        return False
    if not started[0].isdigit():
        return True
    try:
        datetime.date.fromisoformat(f"{started}-01-01"[:10])
    except ValueError:
        return False
    return True


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f"“{printable(value)[:60]}”"
    try:
        text = printable(json.dumps(value, default=str))
    except (RecursionError, ValueError):
        return "something that is nested too deeply"
    return text if len(text) <= 60 else text[:57] + "…"
