"""The items of a QuestionnaireResponse by their link ids, with their places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from triage.conditions.link_ids import NAME, STARTED, STARTED_ON, TAKEN, USE, doubt, group
from triage.names import did_you_mean
from triage.problems import Problem
from triage.rulebook.model import NUMBER_TYPES
from triage.rulebook.reading.source import Path, YamlDocument
from triage.rulebook.rulebook import Rulebook
from triage.text import printable

MAX_DEPTH = 20  # sections, questions, and a few more of whoever writes them
_ABSENT_KEY = "extension"


class Value(NamedTuple):
    """One answer: its key (``valueCoding``, or ``_valueString`` for one that is absent) and its value."""

    key: str
    value: Any
    path: Path


class Items(NamedTuple):
    """The answers by link id, each with the place of its item, and each medicine's by itself."""

    answers: dict[str, tuple[Path, list[Value]]]
    medicines: list[tuple[Path, dict[str, list[Value]]]]


class _Reading:
    def __init__(
        self, document: YamlDocument, rulebook: Rulebook, problems: list[Problem], remarks: list[str] | None
    ) -> None:
        self.document, self.problems, self.remarks = document, problems, remarks
        self.found = Items({}, [])
        asked = {item.id: item for item in rulebook.items.values()}
        doubts = {doubt(i) for i, item in asked.items() if item.type in ("choices", *NUMBER_TYPES)}
        self.questions = {*asked, *doubts}
        self.of_medicine = {NAME, STARTED, STARTED_ON, USE}
        notes = {f"{item}.{note}" for item in asked for note in ("help", "before", "after")}
        sections = {group(section.id) for section in rulebook.frame.sections}
        self.others = {*notes, *sections, *(f"now-{card}" for card in rulebook.cards)}

    def read(self, data: Any) -> Items:
        waiting = [(data, ("item",), None, 1)] if data is not None else []
        while waiting:  # no recursion: it may be nested as deeply as anybody likes
            items, path, medicine, depth = waiting.pop()
            if not isinstance(items, list):
                self._say("not-fhir", path, "should be a list of items")
                continue
            if depth > MAX_DEPTH:
                self._say("not-fhir", path[: 2 * MAX_DEPTH], "items are nested too deeply")
                continue
            for number, item in enumerate(items):
                waiting += self._item(item, (*path, number), medicine, depth)
        return self.found

    def _item(
        self, item: Any, path: Path, medicine: dict[str, list[Value]] | None, depth: int
    ) -> list[Any]:
        """Note one item; returns what is nested in it."""
        link_id = item.get("linkId") if isinstance(item, dict) else None
        if not isinstance(link_id, str):
            self._say("not-fhir", path, "is no item with a linkId")
            return []
        if link_id == TAKEN:
            medicine = {}
            self.found.medicines.append((path, medicine))
        elif not self._expected(link_id, path, medicine):
            return []
        answers = item.get("answer", [])
        if not isinstance(answers, list):
            self._say("not-fhir", (*path, "answer"), "should be a list of answers")
            return []
        nested = [(item["item"], (*path, "item"), medicine, depth + 1)] if "item" in item else []
        values: list[Value] = []
        for number, answer in enumerate(answers):
            where = (*path, "answer", number)
            if isinstance(answer, dict) and "item" in answer:
                nested.append((answer["item"], (*where, "item"), medicine, depth + 1))
            values += self._value(answer, where)
        if values and link_id in self.others:
            self._say("bad-answer", path, f"“{link_id}” is no question, and has an answer")
        elif values:
            self._note(link_id, path, values, medicine)
        return nested

    def _expected(self, link_id: str, path: Path, medicine: Mapping[str, Any] | None) -> bool:
        if link_id in self.questions or link_id in self.others:
            return True
        if link_id in self.of_medicine:
            if medicine is None:
                self._say("bad-answer", path, f"“{link_id}” should stand inside “{TAKEN}”")
            return medicine is not None
        shown = printable(link_id)[:60]
        if self.remarks is not None:
            self.remarks.append(f"There is no question “{shown}” any more. Its answer is left out.")
        else:
            fix = did_you_mean(link_id, self.questions) or "See: legcramp fhir questionnaire"
            self._say("unknown-item", (*path, "linkId"), f"there is no question “{shown}”", fix)
        return False

    def _note(
        self, link_id: str, path: Path, values: list[Value], medicine: dict[str, list[Value]] | None
    ) -> None:
        into: Mapping[str, Any] = self.found.answers if link_id in self.questions else medicine or {}
        if link_id in into:
            self._say("bad-answer", path, f"“{link_id}” is answered twice", "Delete one.")
        elif link_id in self.questions:
            self.found.answers[link_id] = path, values
        elif medicine is not None:
            medicine[link_id] = values

    def _value(self, answer: Any, path: Path) -> list[Value]:
        if not isinstance(answer, dict):
            self._say("not-fhir", path, "is no answer")
            return []
        keys = [key for key in answer if key.startswith("value")]
        if not keys:
            keys = [key for key in answer if key.startswith("_value")]
        if len(keys) > 1:
            self._say("not-fhir", path, f"has several values ({', '.join(map(printable, keys[:5]))})")
            return []
        if not keys and set(answer) - {"id", "item", _ABSENT_KEY}:
            self._say("not-fhir", path, "has no value", "Write valueCoding, valueInteger, valueString …")
        return [Value(key, answer[key], (*path, key)) for key in keys]

    def _say(self, code: str, path: Path, message: str, fix: str = "") -> None:
        self.problems.append(located(code, path, message, fix, self.document))


def read_items(
    data: Any,
    document: YamlDocument,
    rulebook: Rulebook,
    problems: list[Problem],
    remarks: list[str] | None,
) -> Items:
    """What is answered. ``remarks``: where unknown questions are named; None: they are problems."""
    return _Reading(document, rulebook, problems, remarks).read(data)


def located(code: str, path: Path, message: str, fix: str, document: YamlDocument) -> Problem:
    """A problem with its place in the resource, as FHIR names it."""
    return Problem(code, f"{located_name(path)}: {message}", document.place(path), fix)


def located_name(path: Path) -> str:
    """A place in the resource, as FHIR names it."""
    keys = (f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
    return f"QuestionnaireResponse{''.join(keys)}"
