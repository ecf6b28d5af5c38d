"""What was ticked, typed and picked in a form as an answer, in the plain data of an answers file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from triage.conditions.leaf import NoAnswer
from triage.conditions.link_ids import (
    ABSENT_EXTENSION,
    ABSENT_SYSTEM,
    DECLINED,
    EMPTY,
    LISTED,
    MEDICINE_SYSTEM,
    NAME,
    NONE,
    STARTED,
    STARTED_ON,
    STARTED_SYSTEM,
    UNSURE,
    USE,
    USE_SYSTEM,
    doubt,
    system,
)
from triage.engine.answers import MAX_TEXT
from triage.engine.response import Answer
from triage.fhir.responses.link_items import Items, Value, located
from triage.problems import Problem
from triage.rulebook.model import Item
from triage.rulebook.reading.source import Path, YamlDocument
from triage.rulebook.rulebook import Rulebook
from triage.text import printable

_SILENT = {UNSURE: NoAnswer.UNSURE, DECLINED: NoAnswer.DECLINED}
_KEYS = {"text": "valueString", "integer": "valueInteger", "decimal": "valueDecimal"}


class Given(NamedTuple):
    """An answer as plain data, to be checked; or ``settled``, where that could be misunderstood."""

    path: Path
    plain: Any = None
    settled: Answer | None = None


class FormAnswers:
    """The answers in a form, one by one. What cannot be read goes to ``problems``, what is read in another
    way than it was written to ``remarks``."""

    def __init__(
        self,
        found: Items,
        rulebook: Rulebook,
        document: YamlDocument,
        problems: list[Problem],
        remarks: list[str],
        *,
        other_version: bool,
    ) -> None:
        self.found, self.rulebook, self.document = found, rulebook, document
        self.problems, self.remarks, self.other_version = problems, remarks, other_version

    def read(self) -> Iterator[tuple[str, Given]]:
        """Every question that was answered, with its answer."""
        for item in self.rulebook.items.values():
            given = self._given(item)
            if given is not None:
                yield item.id, given

    def _given(self, item: Item) -> Given | None:
        if item.type == "choices":
            return self._ticks(item)
        if item.type == "medicines":
            return self._medicines(item)
        if item.id in self.found.answers:
            path, values = self.found.answers[item.id]
            if len(values) > 1:
                self._say("bad-answer", path, f"“{item.id}” has {len(values)} answers, and one fits")
                return None
            return self._single(item, values[0])
        if doubt(item.id) in self.found.answers:
            path, values = self.found.answers[doubt(item.id)]
            codes = self._codes(values, ABSENT_SYSTEM)
            return None if codes is None else Given(path, settled=_SILENT.get(codes[0], NoAnswer.UNSURE))
        return None

    def _single(self, item: Item, value: Value) -> Given | None:
        absent = self._absent(value)
        if absent is not None:
            if item.type == "text" and absent == EMPTY:
                return Given(value.path, settled="")
            return Given(value.path, settled=_SILENT.get(absent, NoAnswer.UNSURE))
        if item.type == "choice":
            code = self._code(value, system(item.id))
            if code in _SILENT:
                return Given(value.path, settled=_SILENT[code])
            return None if code is None else Given(value.path, code)
        if value.key != _KEYS[item.type]:
            message = f"“{item.id}” needs {_KEYS[item.type]}, not {printable(value.key)[:40]}"
            self._say("bad-answer", value.path, message)
            return None
        if item.type == "text" and isinstance(value.value, str) and len(value.value) <= MAX_TEXT:
            return Given(value.path, settled=printable(value.value))
        return Given(value.path, value.value)

    def _ticks(self, item: Item) -> Given | None:
        if item.id not in self.found.answers:
            return None
        path, values = self.found.answers[item.id]
        codes = self._codes(values, system(item.id))
        named = self._codes(self.found.answers.get(doubt(item.id), (path, []))[1], system(item.id))
        if codes is None or named is None:
            return None
        silent = [code for code in codes if code in _SILENT]
        ticked = [code for code in codes if code not in (*_SILENT, NONE)]
        doubted = [code for code in named if code not in ticked] if UNSURE in silent else []
        if NONE in codes and (ticked or silent):
            self.remarks.append(
                f"“{item.id}”: “none of these” is ticked together with others. The others count."
            )
        strange = [code for code in (*ticked, *doubted) if code not in item.codes]
        if self.other_version and strange:
            lines = ", ".join(f"“{printable(code)[:60]}”" for code in dict.fromkeys(strange))
            said = f"“{item.id}” has no line {lines} any more"
            self.remarks.append(f"{said}. Its lines that are not ticked count as not sure.")
            ticked = [code for code in ticked if code in item.codes]
            doubted = [code for code in item.codes if code not in ticked]
        elif silent and not ticked and not doubted:
            return Given(path, settled=_SILENT[UNSURE if UNSURE in silent else DECLINED])
        elif silent and not (UNSURE in silent and doubted):
            doubted = [code for code in item.codes if code not in ticked]
        return Given(path, [*ticked, *(f"{code}?" for code in doubted)])

    def _medicines(self, item: Item) -> Given | None:
        entries = [(path, fields) for path, fields in self.found.medicines if fields]
        path, values = self.found.answers.get(item.id, ((), []))
        codes = self._codes(values, system(item.id))
        if codes is None:
            return None
        if entries:
            return Given(entries[0][0], [self._medicine(fields) for _, fields in entries])
        if not codes:
            return None
        if codes[0] == LISTED:
            self.remarks.append(f"“{item.id}”: none is listed below. It counts as not sure.")
            return Given(path, settled=NoAnswer.UNSURE)
        return Given(path, [] if codes[0] == NONE else codes[0], settled=_SILENT.get(codes[0]))

    def _medicine(self, fields: dict[str, list[Value]]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name in fields.get(NAME, ())[:1]:
            made["name"] = name.value if name.key == "valueString" else self._code(name, MEDICINE_SYSTEM)
        for key, link_id, codes in (("started", STARTED, STARTED_SYSTEM), ("for", USE, USE_SYSTEM)):
            for value in fields.get(link_id, ())[:1]:
                code = self._code(value, codes)
                made[key] = "unsure" if code in _SILENT else code
        for value in fields.get(STARTED_ON, ())[:1]:
            if value.key == "valueDate":
                made["started"] = value.value
            else:
                self._say(
                    "bad-answer",
                    value.path,
                    f"“{STARTED_ON}” needs valueDate, not {printable(value.key)[:40]}",
                )
        return made

    def _codes(self, values: list[Value], expected: str) -> list[str] | None:
        """The codes of all values, each once; None if one of them is none."""
        codes = [self._absent(value) or self._code(value, expected) for value in values]
        return None if None in codes else [code for code in dict.fromkeys(codes) if code is not None]

    def _code(self, value: Value, expected: str) -> str | None:
        """The code of a coding; None, and a problem, if it is no coding of this question."""
        coding = value.value
        if value.key != "valueCoding" or not isinstance(coding, dict):
            self._say("bad-answer", value.path, f"needs valueCoding, not {printable(value.key)[:40]}")
            return None
        code, code_system = coding.get("code"), coding.get("system", expected)
        if not isinstance(code, str):
            self._say("bad-answer", value.path, "is a coding without a code")
            return None
        if code_system not in (expected, ABSENT_SYSTEM):
            fix = f"Use the system {expected}."
            self._say(
                "bad-answer",
                value.path,
                f"has a code of another system (“{printable(str(code_system))[:60]}”)",
                fix,
            )
            return None
        if (code_system == ABSENT_SYSTEM) != (code in _SILENT) and "system" in coding:
            code = UNSURE if code_system == ABSENT_SYSTEM else code
        return code

    @staticmethod
    def _absent(value: Value) -> str | None:
        """Why there is no value, if that is said in place of one."""
        extensions = value.value.get("extension") if isinstance(value.value, dict) else None
        if value.key == "valueCoding" and isinstance(value.value, dict) and "code" in value.value:
            return None
        for extension in extensions if isinstance(extensions, list) else ():
            if isinstance(extension, dict) and extension.get("url") == ABSENT_EXTENSION:
                code = extension.get("valueCode")
                return code if isinstance(code, str) else None
        return None

    def _say(self, code: str, path: Path, message: str, fix: str = "") -> None:
        self.problems.append(located(code, path, message, fix, self.document))
