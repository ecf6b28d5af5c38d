"""Answers as objects, one a line, as columns of codes."""

from __future__ import annotations

import datetime
import json
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import polars as pl

from triage.batch.answers import Answers, Rejected, Wrong
from triage.batch.fields import ID
from triage.batch.found import ROW
from triage.batch.table import completed
from triage.conditions.codes import Codes
from triage.engine.answers import FORMAT, MAX_TEXT
from triage.engine.response import plain
from triage.names import did_you_mean
from triage.problems import Invalid, Problem
from triage.rulebook.reading.json_or_yaml import duplicate_free
from triage.rulebook.reading.source import YamlDocument
from triage.rulebook.rulebook import Rulebook

_KEYS = (ID, "format", "answers")
MOST_PROBLEMS = 3  # of one row


class Objects:
    """Reads lines of JSON Lines: ``{"id": …, "answers": {…}}``, the answers alone, or a FHIR
    QuestionnaireResponse."""

    def __init__(self, rulebook: Rulebook, codes: Codes, today: datetime.date) -> None:
        self.rulebook = rulebook
        self.known = {item: Answers(rulebook, codes, item, today) for item in rulebook.items}
        self.codes = codes

    def read(self, lines: Iterable[tuple[int, bytes]]) -> tuple[pl.DataFrame, list[Rejected]]:
        """The rows that can be used, with ``row``, ``id`` and codes; and the others."""
        rejected: list[Rejected] = []
        rows: list[int] = []
        ids: list[str | None] = []
        numbers: dict[str, list[int]] = {item: [] for item in self.known}
        for known in self.known.values():
            known.begin_anew_if_full()
        for row, line in lines:
            wrong: list[Wrong] = []
            name, answers = self._line(line, wrong)
            found = self._numbers(answers, wrong)
            if wrong:
                content = line.decode("utf-8", "replace").strip()[:MAX_TEXT]
                rejected.append(Rejected(row, tuple(wrong[:MOST_PROBLEMS]), content))
                continue
            rows.append(row)
            ids.append(name)
            for item, listed in numbers.items():
                listed.append(found.get(item, 0))
        columns = [pl.Series(ROW, rows, dtype=pl.UInt64), pl.Series(ID, ids, dtype=pl.String)]
        for item, known in self.known.items():
            columns += known.gather(pl.Series(numbers[item], dtype=pl.UInt32))
        return completed(pl.DataFrame(columns), self.codes), rejected

    def _line(self, line: bytes, wrong: list[Wrong]) -> tuple[str | None, Mapping[str, Any]]:
        try:
            data = json.loads(line, object_pairs_hook=duplicate_free, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            wrong.append(Wrong("", f"this is not JSON: {_reason(error)}", "Write one object a line."))
            return None, {}
        if not isinstance(data, dict):
            fix = 'Write one object a line, such as {"id": "a1", "answers": {"age": 67}}.'
            wrong.append(Wrong("", "there are no answers here", fix))
            return None, {}
        name = data.get(ID)
        if not (name is None or (isinstance(name, str | int) and not isinstance(name, bool))):
            wrong.append(Wrong(ID, "the id is neither text nor a whole number", "Put it in quotes."))
        if "resourceType" in data:
            answers = self._form(data, wrong)
        elif not isinstance(data.get("answers"), dict):
            answers = {key: value for key, value in data.items() if key != ID}
        else:
            answers = data["answers"]
            self._frame(data, wrong)
        return None if name is None else str(name), answers

    def _form(self, data: dict[str, Any], wrong: list[Wrong]) -> Mapping[str, Any]:
        """The answers in a QuestionnaireResponse. What is not read as it was written has no place among
        many results, so it is left to ``assess``, which says it."""
        from triage.fhir.responses.reading import read_resource  # only where it is FHIR

        try:
            response, remarks = read_resource(YamlDocument("", data), self.rulebook)
        except Invalid as invalid:
            wrong += [Wrong("", problem.message, problem.fix) for problem in invalid.problems]
            return {}
        wrong += [Wrong("", remark, "Assess it by itself: legcramp assess FILE.") for remark in remarks]
        return plain(response)

    def _frame(self, data: Mapping[str, Any], wrong: list[Wrong]) -> None:
        """What stands round the answers."""
        for key in data:
            if key not in _KEYS:
                fix = did_you_mean(key, [*_KEYS, *self.rulebook.items])
                wrong.append(Wrong(key[:60], "unknown key", fix))
        if data.get("format", FORMAT) != FORMAT:
            wrong.append(Wrong("format", "the format is unknown", f'Write "{FORMAT}", or leave it out.'))

    def _numbers(self, answers: Mapping[str, Any], wrong: list[Wrong]) -> dict[str, int]:
        """The number of each answer, by item."""
        found: dict[str, int] = {}
        for item, value in answers.items():
            known = self.known.get(item)
            if known is None:
                fix = did_you_mean(item, self.rulebook.items) or "See: legcramp rules list items"
                wrong.append(Wrong(item[:60], "there is no such question", fix))
                continue
            number = known.number(value, _key(value))
            if isinstance(number, Problem):
                wrong.append(Wrong(item, number.message, number.fix))
            else:
                found[item] = number
        return found


def _key(value: Any) -> Hashable:
    """What stands for a value: 1, 1.0 and true are three."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return tuple(value)
    try:
        return type(value), json.dumps(value, sort_keys=True)
    except RecursionError:
        return (_key,)  # whatever it is, it is no answer


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} (column {error.colno})"
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
