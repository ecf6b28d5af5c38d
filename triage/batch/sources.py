"""Files of answers, read in chunks, so that a large one needs no more memory than a small one."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple, TypeAlias

import polars as pl

from triage.batch.answers import Rejected, Wrong
from triage.batch.fields import ID, check_columns
from triage.batch.found import ROW
from triage.batch.objects import Objects
from triage.batch.table import Table
from triage.problems import Invalid, Place, Problem

MAX_LINE = 1_000_000  # longer than any answers can be
ROWS = 200_000  # concluded at once
CELLS = 40_000  # rows of a table read at once, if it is text: that needs ten times the memory
TYPED = 100_000  # if it is not
MOST_TEXT = 50  # so many columns of text at most are not looked at as a table of text
AHEAD = 4  # pieces read before they are needed
LINES = 5_000  # lines of JSON
PIECE = 2_000  # rows as strings of Python: they need ten times more again


class Chunk(NamedTuple):
    """Some rows of a file: those that can be used, as codes, and those that cannot.

    ``done`` is how much of the file was read, in units of the source's ``size``.
    """

    codes: pl.DataFrame
    rejected: list[Rejected]
    done: int


class Source(NamedTuple):
    """A file of answers. ``size`` is in bytes, or in rows."""

    size: int
    chunks: Callable[[], Iterator[Chunk]]


Opened: TypeAlias = Callable[[Path, Objects, Table], Source]


def json_lines(path: Path, objects: Objects, _: Table) -> Source:
    """One object a line. Its row is the number of its line."""

    def chunks() -> Iterator[Chunk]:
        with path.open("rb") as file:
            lines = ((n, line) for n, line in enumerate(_lines(file, path), start=1) if line.strip())
            while some := list(islice(lines, LINES)):
                yield Chunk(*objects.read(some), file.tell())

    return Source(path.stat().st_size, chunks)


def comma_separated(path: Path, _: Objects, table: Table) -> Source:
    """A header and a row for each person. Raises ``Invalid`` if the header is wrong."""
    csv.field_size_limit(MAX_LINE)
    with path.open("rb") as file:
        header = next(_cells(file, path), [])
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        fix = "Save it with commas between the columns."
        raise _refused("separator", "the columns are not parted by commas", path, fix)
    check_columns(table.rulebook, header, str(path))

    def chunks() -> Iterator[Chunk]:
        with path.open("rb") as file:
            cells = (cells for cells in _cells(file, path) if cells)
            rows = enumerate(islice(cells, 1, None), start=1)
            ragged: list[Rejected] = []
            pieces = (_piece(header, some, ragged) for some in iter(lambda: list(islice(rows, PIECE)), []))
            while some := list(islice(pieces, CELLS // PIECE)):
                codes, rejected = table.read(pl.concat(some))
                rejected = sorted([*ragged, *rejected], key=lambda one: one.row)
                ragged.clear()
                yield Chunk(codes, rejected, file.tell())

    return Source(path.stat().st_size, chunks)


def parquet(path: Path, _: Objects, table: Table) -> Source:
    """The same columns in Parquet. Raises ``Invalid`` if they are not there, or of another type."""
    try:
        schema = pl.read_parquet_schema(path)
        size = pl.scan_parquet(path).select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _unreadable(path, error) from None
    check_columns(table.rulebook, list(schema), str(path))
    table.check_types(schema, str(path))
    return Source(size, lambda: parquet_rows(path, table, 0, size))


def parquet_rows(path: Path, table: Table, start: int, stop: int) -> Iterator[Chunk]:
    """The rows from ``start``, counted from 0, up to but not including ``stop``."""
    try:
        there = pl.read_parquet_schema(path)
        wanted = [name for name in there if name == ID or name in table.fields]
        lazy = pl.scan_parquet(path).select(wanted)  # slices of it: polars' own batches hold gigabytes
        texts = sum(there[name] == pl.String for name in wanted)
        step = CELLS if texts > MOST_TEXT else TYPED
        for begin in range(start, stop, step):
            end = min(begin + step, stop)
            frame = lazy.slice(begin, end - begin).collect().with_row_index(ROW, offset=begin + 1)
            yield Chunk(*table.read(frame), end)
    except pl.exceptions.PolarsError as error:
        raise _unreadable(path, error) from None


SOURCES: dict[str, Opened] = {".jsonl": json_lines, ".ndjson": json_lines, ".csv": comma_separated}
SOURCES |= {".parquet": parquet, ".pq": parquet}


def gathered(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """The same, about ``ROWS`` rows at a time."""
    waiting: list[Chunk] = []
    for chunk in chunks:
        waiting.append(chunk)
        if sum(one.codes.height + len(one.rejected) for one in waiting) >= ROWS:
            yield joined(waiting)
            waiting = []
    if waiting:
        yield joined(waiting)


def joined(chunks: Iterable[Chunk]) -> Chunk:
    """Several chunks as one."""
    listed = list(chunks)
    rejected = [row for chunk in listed for row in chunk.rejected]
    return Chunk(pl.concat(chunk.codes for chunk in listed), rejected, listed[-1].done)


def _lines(file: IO[bytes], path: Path) -> Iterator[bytes]:
    """The lines of a file, without a mark of its encoding."""
    first = True
    number = 0
    while line := file.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            message = f"line {number} is longer than {MAX_LINE:,} bytes"
            raise _refused(
                "long-line", message, path, "Is it the file that you meant? One person, one line."
            )
        if b"\0" in line:
            raise _refused("not-text", f"line {number} is not text", path, "Is it the file that you meant?")
        yield line.removeprefix(b"\xef\xbb\xbf") if first else line
        first = False


def _cells(file: IO[bytes], path: Path) -> Iterator[list[str]]:
    try:
        yield from csv.reader((line.decode() for line in _lines(file, path)), strict=True)
    except UnicodeDecodeError:
        fix = "Save the file as plain text in UTF-8."
        raise _refused("not-text", "this is not UTF-8 text", path, fix) from None
    except csv.Error as error:
        raise _refused("syntax", f"this is not CSV: {error}", path, "Check the quotes.") from None


def _piece(header: list[str], rows: list[tuple[int, list[str]]], ragged: list[Rejected]) -> pl.DataFrame:
    """Some rows as columns of text; a row with too few or too many cells is put to ``ragged``."""
    whole = []
    for number, cells in rows:
        if len(cells) == len(header):
            whole.append((number, cells))
        else:
            message = f"there are {len(cells)} cells, and the header has {len(header)} columns"
            wrong = Wrong("", message, "Check the commas and quotes.")
            ragged.append(Rejected(number, (wrong,), ",".join(cells)[:10_000]))
    columns = list(zip(*(cells for _, cells in whole), strict=True)) or [()] * len(header)
    made = [pl.Series(name, cells, dtype=pl.String) for name, cells in zip(header, columns, strict=True)]
    return pl.DataFrame([pl.Series(ROW, [number for number, _ in whole], dtype=pl.UInt64), *made])


def _refused(code: str, message: str, path: Path, fix: str) -> Invalid:
    return Invalid([Problem(code, message, Place(str(path)), fix)])


def _unreadable(path: Path, error: Exception) -> Invalid:
    reason = str(error).strip().splitlines()[0][:200] if str(error).strip() else "unknown reason"
    return _refused(
        "not-parquet", f"this cannot be read as Parquet ({reason})", path, "Is it the file that you meant?"
    )
