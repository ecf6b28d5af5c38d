"""A number becomes the stretch between thresholds in which ``codes.encode`` puts it, whatever its column is."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from triage.batch.cells import BAD, as_read, coded
from triage.batch.fields import fields
from triage.batch.results import Results
from triage.conditions.codes import NOT_ASKED
from triage.rulebook.load import load
from triage.rulebook.rulebook import Rulebook

SMALL = load(Path(__file__).parents[2] / "small_rules")


def codes_of(book: Rulebook, name: str, column: pl.Series) -> list[int]:
    item, field = book.items[name], fields(book)[name]
    frame = column.alias(name).to_frame()
    codes = Results(book).conditions.codes
    made = frame.with_columns(as_read(field, item, column.dtype))
    return made.select(coded(field, item, codes, column.dtype)).to_series().to_list()


@pytest.mark.parametrize("dtype", [pl.String, pl.Int16, pl.Float64])
def test_every_age_has_its_code(rulebook: Rulebook, dtype) -> None:
    span = rulebook.items["age"].range
    ages = list(range(int(span.min), int(span.max) + 1))
    codes = Results(rulebook).conditions.codes
    assert len(set(codes.thresholds["age"])) > 5
    made = codes_of(rulebook, "age", pl.Series(ages).cast(dtype))
    assert made == [codes.encode("age", age)[0] for age in ages]


def test_what_is_no_number_is_told_apart_from_nothing() -> None:
    made = codes_of(SMALL, "age", pl.Series(["", None, "old", "1e3", "12.5", "999", "NaN"]))
    assert made == [NOT_ASKED, NOT_ASKED, *[BAD] * 5]
    assert codes_of(SMALL, "age", pl.Series([None, 12.5, float("nan"), float("inf")])) == [
        NOT_ASKED, BAD, BAD, BAD,
    ]  # fmt: skip
