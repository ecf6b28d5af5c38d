"""The columns of a table of answers (CSV, Parquet), and the codes that may stand in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from triage.names import did_you_mean
from triage.problems import Invalid, Place, Problem
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook

ID = "id"
SILENT = ("unsure", "declined")
LINE = ("yes", "no", "unsure")
MOST_NAMED = 8  # so many missing columns are named in a message

Kind = Literal["id", "choice", "line", "list", "number", "medicines", "text"]


@dataclass(frozen=True, slots=True)
class Field:
    """One column. ``line`` is the code of the line of a tick list that it stands for."""

    name: str
    kind: Kind
    item: str = ""
    line: str = ""
    needed: bool = False
    codes: str = ""  # what may stand in it, in words
    question: str = ""


def fields(rulebook: Rulebook) -> dict[str, Field]:
    """Every column by its name, in asking order. What only a page needs may be left out."""
    found = [Field(ID, "id", codes="any text or number; stands in the results too")]
    for item in rulebook.items.values():
        found += _fields(item)
    return {field.name: field for field in found}


def _fields(item: Item) -> Iterator[Field]:
    needed = item.stage == "interview" and item.type != "text"
    either_silent = " or ".join(SILENT)
    match item.type:
        case "choice":
            codes = ", ".join((*item.codes, *SILENT))
            yield Field(item.id, "choice", item.id, "", needed, codes, item.text)
        case "choices":
            whole = f"{either_silent}, if that was the answer to the whole list; else empty"
            yield Field(item.id, "list", item.id, "", False, whole, item.text)
            for option in item.options:
                name = f"{item.id}__{option.code}"
                yield Field(name, "line", item.id, option.code, needed, ", ".join(LINE), option.text)
        case "integer" | "decimal":
            span = f" from {item.range.min:g} to {item.range.max:g}" if item.range else ""
            codes = f"a {'whole ' if item.type == 'integer' else ''}number{span}, {either_silent}"
            yield Field(item.id, "number", item.id, "", needed, codes, item.text)
        case "medicines":
            codes = (
                "none; or names with “;” between them; or a list as in an answers file: "
                f'[{{"name": "furosemide", "started": "2026-10"}}]; {either_silent}'
            )
            yield Field(item.id, "medicines", item.id, "", needed, codes, item.text)
        case "text":
            yield Field(item.id, "text", item.id, "", False, "any text; it changes no result", item.text)


def check_columns(rulebook: Rulebook, names: Sequence[str], file: str) -> None:
    """Raise ``Invalid`` if columns are missing, not known, or there twice."""
    known, place = fields(rulebook), Place(file)
    template = "See: legcramp batch --template"
    missing = [field.name for field in known.values() if field.needed and field.name not in names]
    problems: list[Problem] = []
    if missing:
        shown = ", ".join(f"“{name}”" for name in missing[:MOST_NAMED])
        more = f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
        fix = f"A question that was asked of nobody has an empty column. {template}"
        word = "column is" if len(missing) == 1 else "columns are"
        problems.append(
            Problem("missing-column", f"{len(missing)} {word} missing: {shown}{more}", place, fix)
        )
    for name in dict.fromkeys(names):
        if name not in known:
            fix = did_you_mean(name, known) or template
            problems.append(Problem("unknown-column", f"there is no column “{name[:60]}”", place, fix))
        elif list(names).count(name) > 1:
            problems.append(
                Problem("duplicate-column", f"the column “{name}” is there twice", place, "Keep one.")
            )
    if problems:
        raise Invalid(problems)


def as_cells(rulebook: Rulebook, answers: Mapping[str, Any]) -> dict[str, str]:
    """Plain answers, as in an answers file, as the cells of one row; what is not said is empty."""
    cells: dict[str, str] = {}
    for field in fields(rulebook).values():
        answer = answers.get(field.item)
        if isinstance(answer, str | int | float):
            cells[field.name] = "" if field.kind == "line" else str(answer)
        elif isinstance(answer, list | tuple) and field.kind == "line":
            unsure = "unsure" if f"{field.line}?" in answer else "no"
            cells[field.name] = "yes" if field.line in answer else unsure
        elif isinstance(answer, list | tuple) and field.kind == "medicines":
            cells[field.name] = _medicines(answer)
        else:
            cells[field.name] = ""
    return cells


def _medicines(taken: Sequence[Any]) -> str:
    return json.dumps(list(taken), ensure_ascii=False) if taken else "none"
