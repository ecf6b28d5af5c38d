"""What stands in a cell of a table, as codes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from triage.batch.fields import LINE, SILENT, Field
from triage.conditions.codes import ANSWERED, NO_LINE, NOT_ASKED, SILENCES, TICKED_LINE, UNSURE_LINE, Codes
from triage.conditions.leaf import NoAnswer
from triage.rulebook.model import Item

BAD = 255  # stands for what is no answer, until its row is taken out
FEW = 8  # so many values of a column at most are told apart one by one
_SILENT = {code: SILENCES.index(NoAnswer(code)) for code in SILENT}
_LINES = dict(zip(LINE, (TICKED_LINE, NO_LINE, UNSURE_LINE), strict=True))


def coded(field: Field, item: Item, codes: Codes, dtype: pl.DataType) -> pl.Expr:
    """A column as codes; what is no answer is ``BAD``. A column of numbers is there ``as_read`` besides."""
    column = pl.col(field.name)
    if field.kind == "number":
        return _number(field, item, codes, dtype).alias(field.name)
    meanings = _meanings(field, item, codes)
    if dtype == pl.Null:
        return pl.lit(NOT_ASKED, pl.UInt8).alias(field.name)
    if dtype == pl.Boolean:
        return _each(column, {True: meanings["yes"], False: meanings["no"]}).alias(field.name)
    if isinstance(dtype, pl.Enum):
        return _listed(column.to_physical(), [meanings.get(c, BAD) for c in dtype.categories]).alias(
            field.name
        )
    return _chosen(column, meanings).alias(field.name)


def _listed(places: pl.Expr, numbers: list[int]) -> pl.Expr:
    """The number that stands in each place of a list: no text is looked at.

    A few are told apart one by one, which takes half as long as looking each row up.
    """
    if len(numbers) <= FEW:
        return _each(places, dict(enumerate(numbers)))
    listed = pl.lit(pl.Series(numbers, dtype=pl.UInt8))
    return listed.gather(places.cast(pl.UInt32)).fill_null(NOT_ASKED)


def _each(column: pl.Expr, numbers: Mapping[Any, int]) -> pl.Expr:
    """The number for each value, all of which are named; an empty cell was not asked."""
    made = pl.lit(NOT_ASKED, pl.UInt8)
    for value, number in numbers.items():
        made = (
            pl.when(column if value is True else column == value)
            .then(pl.lit(number, pl.UInt8))
            .otherwise(made)
        )
    return made


def _meanings(field: Field, item: Item, codes: Codes) -> dict[str, int]:
    """What may stand in a column, and its codes."""
    if field.kind == "line":
        return {**_LINES, "": NOT_ASKED}
    if field.kind == "list":
        return {**_SILENT, "": NOT_ASKED}
    if item.id not in codes.items:
        return {"": NOT_ASKED, **_SILENT, **dict.fromkeys(item.codes, ANSWERED)}
    return {"": NOT_ASKED, **_SILENT, **{c: codes.encode(item.id, c)[0] for c in item.codes}}


def as_read(field: Field, item: Item, dtype: pl.DataType) -> pl.Expr:
    """A column of numbers under the name that ``coded`` expects; null where there is no number."""
    number = pl.col(field.name)
    if dtype == pl.String:
        number = number.str.strip_chars().cast(
            pl.Int64 if item.type == "integer" else pl.Float64, strict=False
        )
    return number.cast(pl.Float64).alias(_read(field))


def _read(field: Field) -> str:
    return f"{field.name} as a number"


def _number(field: Field, item: Item, codes: Codes, dtype: pl.DataType) -> pl.Expr:
    if dtype == pl.Null:
        return pl.lit(NOT_ASKED, pl.UInt8)
    column, number = pl.col(field.name), pl.col(_read(field))
    thresholds = pl.lit(pl.Series(codes.thresholds.get(item.id, []), dtype=pl.Float64))
    before = ANSWERED + len(codes.choices.get(item.id, ()))
    stretch = thresholds.search_sorted(number, "left") + thresholds.search_sorted(number, "right") + before
    good = number.is_not_null()
    if item.range is not None:
        good &= number.is_between(item.range.min, item.range.max)
    if item.type == "integer" and dtype.is_float():
        good &= number == number.round()
    if dtype == pl.String:
        unread = _chosen(column, {"": NOT_ASKED, **_SILENT})
    else:
        unread = (
            pl.when(column.is_null()).then(pl.lit(NOT_ASKED, pl.UInt8)).otherwise(pl.lit(BAD, pl.UInt8))
        )
    return pl.when(good).then(stretch.cast(pl.UInt8)).otherwise(unread)


def _chosen(column: pl.Expr, meanings: Mapping[str, int]) -> pl.Expr:
    """From text; or from categories, which polars compares with a text by their numbers."""
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
