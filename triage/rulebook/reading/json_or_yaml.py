"""Files of JSON or YAML as plain data.

JSON is read by the standard library, which knows no places: they are worked out once there is a problem
to show.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from triage.problems import Invalid, Place, Problem
from triage.rulebook.reading.source import YamlDocument, decode, read


def read_json_or_yaml(raw: bytes, file: str) -> YamlDocument:
    """What stands in a file of JSON or YAML; of JSON without places. Raises ``Invalid``."""
    text = decode(raw, file)
    if not text.lstrip().startswith("{"):
        return read(raw, file)
    try:
        data = json.loads(text, object_pairs_hook=duplicate_free, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        lines = text.splitlines() or [""]
        shown = lines[min(error.lineno, len(lines)) - 1]
        place = Place(file, error.lineno, error.colno, shown)
        fix = "Check commas, quotes and brackets near this place."
        raise Invalid([Problem("syntax", f"this is not JSON: {error.msg}", place, fix)]) from None
    except _Duplicate as error:
        problem = Problem("duplicate-key", str(error), Place(file))
        raise Invalid([problem]) from None
    except (RecursionError, ValueError):
        raise Invalid([Problem("syntax", "this JSON is too deep or too big", Place(file))]) from None
    return YamlDocument(file, data)


def with_places(document: YamlDocument, raw: bytes) -> YamlDocument:
    """The same with places: most JSON is YAML too, and that reader knows them."""
    if document.values:
        return document
    try:
        return replace(read(raw, document.file), data=document.data)
    except Invalid:
        return document


class _Duplicate(ValueError):
    def __str__(self) -> str:
        return f"the key “{self.args[0]}” stands twice"


def duplicate_free(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON. Raises ``ValueError`` if a key stands twice in it."""
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise _Duplicate(key)
        made[key] = value
    return made


def _no_constant(name: str) -> Any:
    raise ValueError(name)
