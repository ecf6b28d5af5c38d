"""What pydantic says about a wrong shape, in our own words and at its place."""

from __future__ import annotations

import difflib
from typing import Any

from triage.names import ID_HINT, did_you_mean
from triage.problems import Problem
from triage.rulebook.frozen import Frozen, keys_of
from triage.rulebook.keys import meaning
from triage.rulebook.reading.source import Path, YamlDocument


def explain(detail: Any, model: type[Frozen], document: YamlDocument, path: Path) -> Problem:
    """One pydantic error in our own words."""
    kind, where = detail["type"], tuple(detail["loc"])
    key = str(where[-1]) if where else ""
    place = document.place((*path, *where))
    if kind == "missing":
        place = document.place((*path, *where[:-1]))
        said = _meant(model, where)
        return Problem(
            "missing-key", f"the key “{key}” is missing", place, f"Add “{key}: …”. {said}".strip()
        )
    if detail.get("input", "") is None and kind != "unexpected_keyword_argument":
        return Problem("empty", f"“{key}” has nothing after it", place, _meant(model, where) or "Write it.")
    if kind == "unexpected_keyword_argument":
        known = _fields(model, where[:-1])
        place = document.place((*path, *where), key=True)
        close = difflib.get_close_matches(key, known, n=1)
        hint = f"Did you mean “{close[0]}”?" if close else ""
        if not hint and (" " in key or detail.get("input") is None):
            hint = "A text before it has a comma: put that text in quotes."
        fix = _GONE.get(key) or hint or f"Allowed here: {', '.join(known)}."
        return Problem("unknown-key", f"unknown key “{key}”", place, fix)
    if kind == "literal_error":
        allowed = detail["ctx"]["expected"].replace("'", "")
        given = detail["input"]
        hint = did_you_mean(str(given), allowed.replace(" or ", ", ").split(", "))
        message = f"“{given}” is not allowed for “{key}”"
        return Problem("bad-value", message, place, hint or f"Write one of: {allowed}.")
    if kind == "string_pattern_mismatch":
        message = f"“{detail['input']}” is not a valid “{key}”"
        fix = ID_HINT
        if "S[0-4]" in detail["ctx"]["pattern"] or "C[0-9]" in detail["ctx"]["pattern"]:
            fix = "Claims are written C01 to C136, documents S0 to S4."
        if "|40)" in detail["ctx"]["pattern"]:
            fix = "Write a number from 1 to 40 as text, or leave it out."
        if "(/" in detail["ctx"]["pattern"]:
            fix = "Write a question, or question/option."
        if "[0-9]{4}" in detail["ctx"]["pattern"]:
            fix = "Write the version as year.month.number, for example 2026.11.1."
        return Problem("bad-value", message, place, fix)
    if kind in ("too_short", "string_too_short"):
        fix = f"Add at least one. {_meant(model, where)}".strip()
        return Problem("empty", f"“{key}” must not be empty", place, fix)
    if kind in ("string_too_long", "too_long"):
        most, given = detail["ctx"]["max_length"], len(detail["input"])
        things = "letters" if kind == "string_too_long" else "entries"
        message = f"“{key}” is too long: {given} {things}, and at most {most} fit"
        return Problem("bad-value", message, place, "Shorten it.")
    wanted = _TYPES.get(kind, str(detail["msg"]))
    given = _said(detail.get("input"))
    fix = _meant(model, where) or f"Write {wanted}."
    if kind == "tuple_type":
        fix = f"Begin each entry with “- ”, or put all between [ and ]. {_meant(model, where)}".strip()
    return Problem("wrong-type", f"“{key}” should be {wanted}, not {given}", place, fix)


# Keys that were read once, and what to do instead.
_GONE = {
    "loosens": "Take it out: nothing can be signed any more. A clinic's folder may add to the rules and be "
    "more careful (rules/README.md, “A clinic's own rules”). To be less careful, change the built-in rules "
    "themselves, in a copy with an id of its own.",
}
_TYPES = {
    "string_type": "text (put quotes round it)",
    "tuple_type": "a list",
    "dict_type": "keys and values",
    "dataclass_type": "keys and values",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "date_type": "a date such as 2026-11-22",
}


def _said(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, tuple | dict):
        return "a list" if isinstance(value, tuple) else "keys and values"
    return f"“{str(value)[:60]}”"


def _meant(model: type[Frozen], where: tuple[Any, ...]) -> str:
    """What the key at the end of ``where`` means, if it is a key."""
    inner = _model_at(model, where[:-1])
    if inner is None or not isinstance(where[-1], str):
        return ""
    return meaning(inner.__name__, where[-1])


def _fields(model: type[Frozen], where: tuple[str | int, ...]) -> list[str]:
    """The keys allowed at ``where`` below a model."""
    inner = _model_at(model, where)
    return [] if inner is None else list(keys_of(inner))


def _model_at(model: type[Frozen], where: tuple[str | int, ...]) -> type[Frozen] | None:
    current: Any = model
    for step in where:
        if isinstance(step, int):
            continue
        if step not in keys_of(current):
            return None
        annotation = keys_of(current)[step].annotation
        nested = [a for a in _flat(annotation) if isinstance(a, type) and issubclass(a, Frozen)]
        if not nested:
            return None
        current = nested[0]
    found: type[Frozen] = current
    return found


def _flat(annotation: Any) -> list[Any]:
    inner = getattr(annotation, "__args__", ())
    return [annotation] if not inner else [leaf for part in inner for leaf in _flat(part)]
