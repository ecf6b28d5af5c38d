"""Answers as a table, one row for each person, as columns of codes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Set
from typing import Any

import polars as pl

from triage.batch.answers import NOWHERE, Answers, Rejected, Wrong
from triage.batch.cells import BAD, as_medicines, as_number, coded, fits
from triage.batch.fields import ID, LINE, Field, fields
from triage.batch.found import ROW
from triage.conditions.codes import (
    NOT_ASKED,
    Codes,
    line_column,
)
from triage.conditions.leaf import NoAnswer
from triage.conditions.nodes import MEDICINES
from triage.engine.answers import parse_answers
from triage.names import did_you_mean
from triage.problems import Invalid, Place, Problem
from triage.rulebook.rulebook import Rulebook
from triage.text import printable

MOST_PROBLEMS = 3  # of one row
_LINE_FIX = "Write yes, no or unsure."
_LIST_FIX = "Write unsure or declined and leave its lines empty; else leave this one empty."


class Table:
    """Reads tables with the columns that ``fields`` names."""

    def __init__(self, rulebook: Rulebook, codes: Codes, today: datetime.date) -> None:
        self.rulebook, self.codes = rulebook, codes
        self.fields = {f.name: f for f in fields(rulebook).values() if f.kind not in ("id", "text")}
        self._made: tuple[pl.Schema, list[pl.Expr], list[pl.Expr], list[pl.Expr]] | None = None
        self.medicines = Answers(rulebook, codes, MEDICINES, today) if MEDICINES in rulebook.items else None

    def check_types(self, schema: Mapping[str, pl.DataType], file: str) -> None:
        """Raise ``Invalid`` if a column holds something else than text, or what is its own."""
        problems = []
        for name, dtype in schema.items():
            field = self.fields.get(name)
            if field is not None and not fits(dtype, field, self.rulebook.items[field.item]):
                fix = f"It may hold: {field.codes}."
                message = f"the column “{name}” has a type that does not fit ({dtype})"
                problems.append(Problem("wrong-type", message, Place(file), fix))
            if name == ID and not (dtype == pl.String or dtype.is_integer() or dtype == pl.Null):
                message = f"the column “{ID}” has a type that does not fit ({dtype})"
                problems.append(Problem("wrong-type", message, Place(file), "Use text or whole numbers."))
        if problems:
            raise Invalid(problems)

    def read(self, frame: pl.DataFrame) -> tuple[pl.DataFrame, list[Rejected]]:
        """The rows that can be used, with ``row``, ``id`` and codes; and the others.

        ``frame`` has a column ``row`` besides; columns that are not there were asked of nobody.
        """
        coding, checking, listing = self._expressions(frame.schema)
        made = frame.select(coding)
        bad = pl.Series(MEDICINES, [False], dtype=pl.Boolean)
        if MEDICINES in frame.columns and self.medicines is not None:
            numbers, bad = self._medicines(frame[MEDICINES])
            made = made.with_columns(self.medicines.gather(numbers))
        kept = made.with_columns(listing)
        if not bad.any() and not self._any_wrong(made):
            return completed(kept, self.codes), []
        wrong = made.select(ROW, *checking, pl.lit(bad))
        kept = kept.filter(~wrong.select(pl.any_horizontal(pl.all().exclude(ROW))).to_series())
        return completed(kept, self.codes), list(self._rejected(frame, wrong))

    def _any_wrong(self, made: pl.DataFrame) -> bool:
        """Whether a row may be wrong; to find which takes much longer."""
        names = {name for name in self.fields if name in made.columns}
        marks = [(pl.col(name) == BAD).any() for name in names if name != MEDICINES]
        for item, lines in self._lines(names).items():
            answered = pl.sum_horizontal((pl.col(line) != NOT_ASKED).cast(pl.UInt16) for line in lines)
            silent = pl.col(item) != NOT_ASKED if item in names else pl.lit(False)
            marks.append((answered.is_between(1, len(lines) - 1) | (silent & (answered > 0))).any())
        return any(made.select(mark.alias(str(n)) for n, mark in enumerate(marks)).row(0))

    def _expressions(self, schema: pl.Schema) -> tuple[list[pl.Expr], list[pl.Expr], list[pl.Expr]]:
        """From cells to codes, which codes are wrong, and the columns of tick lists. Made once."""
        if self._made is None or self._made[0] != schema:
            name = (pl.col(ID) if ID in schema else pl.lit(None)).cast(pl.String).alias(ID)
            there = [f for f in self.fields.values() if f.name in schema and f.kind != "medicines"]
            coding = [pl.col(ROW), name, *(self._coded(field, schema[field.name]) for field in there)]
            names = {field.name for field in there}
            self._made = schema, coding, list(self._wrong(names)), list(self._lists(names))
        return self._made[1:]

    def _coded(self, field: Field, dtype: pl.DataType) -> pl.Expr:
        return coded(field, self.rulebook.items[field.item], self.codes, dtype)

    def _wrong(self, names: Set[str]) -> Iterator[pl.Expr]:
        """For each column whether its cell is what keeps the row from being used."""
        for name, lines in self._lines(names).items():
            asked = [pl.col(line) != NOT_ASKED for line in lines]
            silent = pl.col(name) != NOT_ASKED if name in names else pl.lit(False)
            some = pl.any_horizontal(asked)
            for line in lines:
                cell = pl.col(line)
                yield ((cell == BAD) | (some & ~silent & (cell == NOT_ASKED))).alias(line)
            if name in names:
                yield ((pl.col(name) == BAD) | (silent & some)).alias(name)
        for field in self.fields.values():
            if field.kind in ("choice", "number") and field.name in names:
                yield (pl.col(field.name) == BAD).alias(field.name)

    def _lines(self, names: Set[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for field in self.fields.values():
            if field.kind == "line" and field.name in names:
                found.setdefault(field.item, []).append(field.name)
        return found

    def _lists(self, names: Set[str]) -> Iterator[pl.Expr]:
        """The columns of tick lists under the names that conditions read."""
        for item, lines in self._lines(names).items():
            if item not in self.codes.items:
                continue
            silent = pl.col(item) if item in names else pl.lit(NOT_ASKED, pl.UInt8)
            answered = pl.lit(len(self.codes.values(item)) - 1, pl.UInt8)
            yield pl.when(pl.col(lines[0]) != NOT_ASKED).then(answered).otherwise(silent).alias(item)
            for code in self.codes.lines.get(item, ()):
                cell = pl.col(f"{item}__{code}")
                yield pl.when(cell != NOT_ASKED).then(cell).otherwise(silent).alias(line_column(item, code))

    def _medicines(self, column: pl.Series) -> tuple[pl.Series, pl.Series]:
        """The number of each list of medicines, and where there is none that can be read."""
        assert self.medicines is not None
        self.medicines.begin_anew_if_full()
        texts = column.cast(pl.String).unique()
        numbers, good = [], []
        for text in texts:
            number = self.medicines.number(as_medicines(text), text) if text else 0
            good.append(not isinstance(number, Problem))
            numbers.append(0 if isinstance(number, Problem) else number)
        keys = pl.DataFrame({"text": texts, "number": pl.Series(numbers, dtype=pl.UInt32), "good": good})
        read = (
            column.cast(pl.String)
            .alias("text")
            .to_frame()
            .join(keys, on="text", how="left", maintain_order="left", nulls_equal=True)
        )
        return read["number"], (~read["good"]).alias(MEDICINES)

    def _rejected(self, frame: pl.DataFrame, wrong: pl.DataFrame) -> Iterator[Rejected]:
        """The bad rows, with what is wrong in a few columns of each."""
        names = [field for field in self.fields if field in wrong.columns]
        bad = wrong.filter(pl.any_horizontal(names)) if names else wrong.head(0)
        if not bad.height:
            return
        cells = frame.join(bad.select(ROW), on=ROW, how="semi", maintain_order="left")
        why: list[list[Wrong]] = [[] for _ in range(bad.height)]
        told = pl.Series([0] * bad.height, dtype=pl.UInt8)
        for name in names:
            here = bad[name] & (told < MOST_PROBLEMS)
            told = told + here.cast(pl.UInt8)
            for place in here.arg_true():
                why[place].append(self._problem(self.fields[name], cells[name][place]))
        for problems, row in zip(why, cells.iter_rows(named=True), strict=True):
            number = row.pop(ROW)
            content = {name: cell for name, cell in row.items() if cell is not None and cell != ""}
            yield Rejected(number, tuple(problems), content)

    def _problem(self, field: Field, value: Any) -> Wrong:
        item = self.rulebook.items[field.item]
        shown = printable(str(value))[:60]
        if value is None or value == "":
            fix = f"Every line of “{item.id}” needs yes, no or unsure, or all stay empty."
            return Wrong(field.name, "this line is empty, and others of its list are not", fix)
        if field.kind == "line":
            return Wrong(field.name, f"cannot be “{shown}”", did_you_mean(str(value), LINE) or _LINE_FIX)
        if field.kind == "list":
            return Wrong(field.name, f"“{shown}” does not fit here", _LIST_FIX)
        problems: list[Problem] = []
        read = as_medicines(value) if field.kind == "medicines" else as_number(value, item)
        parse_answers({item.id: read}, self.rulebook, NOWHERE, (), problems)
        said = problems[0] if problems else Problem("bad-answer", f"cannot be “{shown}”", Place(""))
        return Wrong(field.name, said.message, said.fix)


def completed(frame: pl.DataFrame, codes: Codes) -> pl.DataFrame:
    """The frame with all columns that conditions read, and no others: what is missing was not asked."""
    missing = {
        name: number
        for item in codes.items
        for name, number in zip(codes.columns(item), codes.encode(item, NoAnswer.NOT_ASKED), strict=True)
    }
    there = [name for name in (ROW, ID, *missing) if name in frame.columns]
    absent = (pl.lit(n, pl.UInt8).alias(name) for name, n in missing.items() if name not in frame.columns)
    return frame.select(*there, *absent)
