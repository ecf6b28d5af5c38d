"""From plain data to a part of the rulebook: conditions parsed, wrong shapes told."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from triage.conditions.parse import parse
from triage.problems import Problem
from triage.rulebook.frozen import Frozen
from triage.rulebook.model import CONDITION_KEYS
from triage.rulebook.reading.source import Path, YamlDocument
from triage.rulebook.reading.validation_messages import explain
from triage.value import Same

M = TypeVar("M", bound=Frozen)

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_RAW_KEYS = {"examples", "usual"}  # answers, not conditions: left as they are
_PARTS = 1 << 14  # more than any rulebook has


def shaped(model: type[M], document: YamlDocument, path: Path, problems: list[Problem]) -> M | None:
    """The part of a document at ``path`` as ``model`` has it; None, and problems, if it does not fit."""
    if document.moved:  # laid over another, and so a new one each time
        return _made(model, document, path, problems)
    known: Any = model
    made: M | None
    made, found = _kept(known, Same(document), path)
    problems += found
    return made


@lru_cache(maxsize=_PARTS)  # who watches a folder reads again and again what has not changed
def _kept(model: Any, same: Same[YamlDocument], path: Path) -> tuple[Any, tuple[Problem, ...]]:
    problems: list[Problem] = []
    return _made(model, same.things[0], path, problems), tuple(problems)


def _made(model: type[M], document: YamlDocument, path: Path, problems: list[Problem]) -> M | None:
    data = document.data
    for step in path:
        data = data[step]
    if not isinstance(data, dict):
        fix = "Write keys and values, such as “id: …”."
        problems.append(Problem("file-shape", "keys are expected here", document.place(path), fix))
        return None
    before = len(problems)
    plain = _plain(data, path, document, problems)
    try:
        known: Any = model
        made: M = _reading(known).validate_python(plain)
    except ValidationError as error:
        details = error.errors(include_url=False)
        found = [explain(detail, model, document, path) for detail in details]
        meant = {problem.fix for problem in found if problem.code == "unknown-key"}
        problems += [  # “titel” is said once, not also that “title” is missing
            problem
            for problem, detail in zip(found, details, strict=True)
            if problem.code != "missing-key" or f"Did you mean “{detail['loc'][-1]}”?" not in meant
        ]
        return None
    return made if len(problems) == before else None


@cache
def _reading(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def _plain(
    data: Any, path: Path, document: YamlDocument, problems: list[Problem], raw: bool = False
) -> Any:
    """The data as the model wants it: tuples for lists, conditions parsed."""
    if isinstance(data, dict):
        made: dict[str, Any] = {}
        for key, value in data.items():
            inner = (*path, key)
            if key in CONDITION_KEYS and not raw:
                made[key] = parse(value, inner, document.place, problems)
            else:
                made[key] = _plain(value, inner, document, problems, raw or key in _RAW_KEYS)
        return made
    if isinstance(data, list):
        parts = enumerate(data)
        return tuple(_plain(value, (*path, i), document, problems, raw) for i, value in parts)
    if isinstance(data, str) and not data.isprintable():
        _unseen(data, path, document, problems)
    return data


def _unseen(text: str, path: Path, document: YamlDocument, problems: list[Problem]) -> None:
    """What nobody can see, or what turns the order of letters, would hide what is said."""
    for char in text:
        if char != "\n" and unicodedata.category(char) in _UNSEEN:
            message = f"there is a character here that nobody can see (U+{ord(char):04X})"
            fix = "Delete it: type the words again by hand."
            problems.append(Problem("not-text", message, document.place(path), fix))
            return
