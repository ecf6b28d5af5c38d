"""What stands in a cell of a table, as codes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from triage.batch.fields import LINE, SILENT, Field
from triage.conditions.codes import (
    ANSWERED,
    NO_LINE,
    NOT_ASKED,
    SILENCES,
    TICKED_LINE,
    UNSURE_LINE,
    Codes,
)
from triage.conditions.leaf import NoAnswer
from triage.rulebook.model import Item

BAD = 255  # stands for what is no answer, until its row is taken out
_SILENT = {code: SILENCES.index(NoAnswer(code)) for code in SILENT}
_LINES = dict(zip(LINE, (TICKED_LINE, NO_LINE, UNSURE_LINE), strict=True))


def coded(field: Field, item: Item, codes: Codes, dtype: pl.DataType) -> pl.Expr:
    """A column as codes; what is no answer is ``BAD``."""
    column = pl.col(field.name)
    if field.kind == "number":
        return _number(column, item, codes, dtype).alias(field.name)
    meanings = _meanings(field, item, codes)
    if dtype == pl.Null:
        return pl.lit(NOT_ASKED, pl.UInt8).alias(field.name)
    if dtype == pl.Boolean:
        made = (
            pl.when(column)
            .then(pl.lit(meanings["yes"], pl.UInt8))
            .otherwise(pl.lit(meanings["no"], pl.UInt8))
        )
        return pl.when(column.is_null()).then(pl.lit(NOT_ASKED, pl.UInt8)).otherwise(made).alias(field.name)
    if isinstance(dtype, pl.Enum):
        listed = pl.Series([meanings.get(code, BAD) for code in dtype.categories] or [BAD], dtype=pl.UInt8)
        numbers = column.to_physical().cast(pl.UInt32)
        return pl.lit(listed).gather(numbers).fill_null(NOT_ASKED).alias(field.name)
    return _chosen(column.cast(pl.String), meanings).alias(field.name)


def _meanings(field: Field, item: Item, codes: Codes) -> dict[str, int]:
    """What may stand in a column, and its codes."""
    if field.kind == "line":
        return {**_LINES, "": NOT_ASKED}
    if field.kind == "list":
        return {**_SILENT, "": NOT_ASKED}
    if item.id not in codes.items:
        return {"": NOT_ASKED, **_SILENT, **dict.fromkeys(item.codes, ANSWERED)}
    return {"": NOT_ASKED, **_SILENT, **{c: codes.encode(item.id, c)[0] for c in item.codes}}


def _number(column: pl.Expr, item: Item, codes: Codes, dtype: pl.DataType) -> pl.Expr:
    if dtype == pl.Null:
        return pl.lit(NOT_ASKED, pl.UInt8)
    words = _chosen(column, {"": NOT_ASKED, **_SILENT}) if dtype == pl.String else None
    number = column.str.strip_chars() if dtype == pl.String else column
    whole = item.type == "integer"
    number = number.cast(pl.Int64 if whole and dtype == pl.String else pl.Float64, strict=False)
    thresholds = codes.thresholds.get(item.id, [])
    before = ANSWERED + len(codes.choices.get(item.id, ()))
    beyond = (((number > n).cast(pl.UInt8), (number >= n).cast(pl.UInt8)) for n in thresholds)
    stretch = pl.sum_horizontal(pl.lit(before, pl.UInt8), *(part for pair in beyond for part in pair))
    good = number.is_not_null()
    if item.range is not None:
        good &= number.is_between(item.range.min, item.range.max)
    if whole and dtype.is_float():
        good &= number == number.round()
    unread = pl.when(column.is_null()).then(pl.lit(NOT_ASKED, pl.UInt8)).otherwise(pl.lit(BAD, pl.UInt8))
    return pl.when(good).then(stretch.cast(pl.UInt8)).otherwise(unread if words is None else words)


def _chosen(column: pl.Expr, meanings: Mapping[str, int]) -> pl.Expr:
    made = pl.lit(BAD, pl.UInt8)
    for code, number in meanings.items():
        made = pl.when(column == code).then(pl.lit(number, pl.UInt8)).otherwise(made)
    return pl.when(column.is_null()).then(pl.lit(NOT_ASKED, pl.UInt8)).otherwise(made)


def fits(dtype: pl.DataType, field: Field, item: Item) -> bool:
    """Whether a column of this type can hold what its field is for."""
    if dtype in (pl.String, pl.Null):
        return True
    if field.kind == "number":
        return dtype.is_integer() or dtype.is_float()
    if dtype == pl.Boolean:
        return field.kind == "line" or (field.kind == "choice" and {"yes", "no"} <= set(item.codes))
    return field.kind in ("line", "list", "choice") and isinstance(dtype, pl.Enum | pl.Categorical)


def as_medicines(text: str) -> Any:
    """What is written in a cell, as in an answers file."""
    text = text.strip()
    if text in SILENT:
        return text
    if text == "none":
        return []
    if text.startswith("["):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    return [{"name": name} for name in text.split(";") if name.strip()]


def as_number(value: Any, item: Item) -> Any:
    """A text as a number, if it is one."""
    if not isinstance(value, str) or item.type not in ("integer", "decimal"):
        return value
    try:
        return int(value) if item.type == "integer" else float(value)
    except ValueError:
        return value
