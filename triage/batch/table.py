"""Answers as a table, one row for each person, as columns of codes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

import polars as pl

from triage.batch.answers import NOWHERE, Answers, Rejected, Wrong
from triage.batch.cells import BAD, as_medicines, as_number, as_read, coded, fits
from triage.batch.fields import ID, LINE, Field, fields
from triage.batch.found import ROW
from triage.conditions.codes import NOT_ASKED, Codes, line_column
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


class Expressions(NamedTuple):
    """What is done with a table of some types: made once, for it takes longer than to use them."""

    numbering: list[pl.Expr]  # cells as numbers, before all
    coding: list[pl.Expr]  # from cells to codes, under the names of the table
    checking: list[pl.Expr]  # for each column whether its code is wrong
    highest: list[pl.Expr]  # the highest code of each column
    asked: list[pl.Expr]  # for each column of a tick list whether something stands in it
    torn: list[pl.Expr]  # for each tick list, from ``asked``, whether anybody answered but a part of it
    reading: list[pl.Expr]  # from these codes to the columns that conditions read


class Table:
    """Reads tables with the columns that ``fields`` names."""

    def __init__(self, rulebook: Rulebook, codes: Codes, today: datetime.date) -> None:
        self.rulebook, self.codes = rulebook, codes
        self.fields = {f.name: f for f in fields(rulebook).values() if f.kind not in ("id", "text")}
        self._made: tuple[pl.Schema, Expressions] | None = None
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
        use = self._expressions(frame.schema)
        made = frame.with_columns(use.numbering).select(use.coding)
        bad = pl.Series(MEDICINES, [False], dtype=pl.Boolean)
        if MEDICINES in frame.columns and self.medicines is not None:
            numbers, bad = self._medicines(frame[MEDICINES])
            made = made.with_columns(self.medicines.gather(numbers))
        kept = made.select(use.reading)
        if not bad.any() and not self._any_wrong(made, use):
            return kept, []
        wrong = made.select(ROW, *use.checking, pl.lit(bad))
        kept = kept.filter(~wrong.select(pl.any_horizontal(pl.all().exclude(ROW))).to_series())
        return kept, list(self._rejected(frame, wrong))

    @staticmethod
    def _any_wrong(made: pl.DataFrame, expressions: Expressions) -> bool:
        """Whether a row may be wrong; to find which takes much longer."""
        if BAD in made.select(expressions.highest).row(0):
            return True
        return any(made.select(expressions.asked).select(expressions.torn).row(0))

    def _expressions(self, schema: pl.Schema) -> Expressions:
        """What is done with columns of these types. Made once."""
        if self._made is None or self._made[0] != schema:
            self._made = schema, self._made_for(schema)
        return self._made[1]

    def _made_for(self, schema: pl.Schema) -> Expressions:
        name = (pl.col(ID) if ID in schema else pl.lit(None)).cast(pl.String).alias(ID)
        there = [f for f in self.fields.values() if f.name in schema and f.kind != "medicines"]
        names = {field.name for field in there}
        lines = self._lines(names)
        return Expressions(
            numbering=[
                as_read(f, self.rulebook.items[f.item], schema[f.name]) for f in there if f.kind == "number"
            ],
            coding=[pl.col(ROW), name, *(self._coded(field, schema[field.name]) for field in there)],
            checking=list(self._wrong(names)),
            highest=[pl.col(name).max() for name in names],
            asked=[
                (pl.col(line) != NOT_ASKED).alias(line)
                for item, listed in lines.items()
                for line in (*listed, *({item} & names))
            ],
            torn=[_torn(item if item in names else None, listed) for item, listed in lines.items()],
            reading=self._reading(names, MEDICINES in schema and self.medicines is not None),
        )

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

    def _reading(self, names: Set[str], medicines: bool) -> list[pl.Expr]:
        """The columns that conditions read, from those of the table; what is not there was not asked."""
        lists = {expr.meta.output_name(): expr for expr in self._lists(names)}
        there = names | ({*self.codes.columns(MEDICINES)} if medicines else set())
        made = [pl.col(ROW), pl.col(ID)]
        for name, number in not_asked(self.codes).items():
            absent = pl.col(name) if name in there else pl.lit(number, pl.UInt8).alias(name)
            made.append(lists.get(name, absent))
        return made

    def _lists(self, names: Set[str]) -> Iterator[pl.Expr]:
        """The columns of tick lists under the names that conditions read.

        A row that can be used has the whole list answered, or its lines empty: then NOT_ASKED, which is 0,
        stands in every line, or in the column of the list. So "or" of the bits is the one that is there.
        """
        for item, lines in self._lines(names).items():
            if item not in self.codes.items:
                continue
            silent = pl.col(item) if item in names else pl.lit(NOT_ASKED, pl.UInt8)
            answered = pl.lit(len(self.codes.values(item)) - 1, pl.UInt8)
            yield pl.when(pl.col(lines[0]) != NOT_ASKED).then(answered).otherwise(silent).alias(item)
            for code in self.codes.lines.get(item, ()):
                cell = pl.col(f"{item}__{code}")
                yield (cell | silent if item in names else cell).alias(line_column(item, code))

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


def _torn(item: str | None, lines: Sequence[str]) -> pl.Expr:
    """Whether some lines of a list were asked and others not, or the list was left and lines answered."""
    some, every = pl.any_horizontal(lines), pl.all_horizontal(lines)
    wrong = some & ~every if item is None else some & (pl.col(item) | ~every)
    return wrong.any().alias(lines[0])


def not_asked(codes: Codes) -> dict[str, int]:
    """All columns that conditions read, with what stands in them where nothing was asked."""
    return {
        name: number
        for item in codes.items
        for name, number in zip(codes.columns(item), codes.encode(item, NoAnswer.NOT_ASKED), strict=True)
    }


def completed(frame: pl.DataFrame, codes: Codes) -> pl.DataFrame:
    """The frame with all columns that conditions read, and no others: what is missing was not asked."""
    missing = not_asked(codes)
    there = [name for name in (ROW, ID, *missing) if name in frame.columns]
    absent = (pl.lit(n, pl.UInt8).alias(name) for name, n in missing.items() if name not in frame.columns)
    return frame.select(*there, *absent)
