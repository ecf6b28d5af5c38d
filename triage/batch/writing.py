"""Results to a file: as a stream, or part by part and then the parts joined."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import polars as pl

from triage.batch.answers import Rejected
from triage.batch.beside import ParquetStream
from triage.batch.results import Results
from triage.batch.sources import Chunk
from triage.text import printable

PARQUET = (".parquet", ".pq")
TEXT = (".jsonl", ".ndjson", ".csv")
MOST_TOLD = 20  # so many bad rows are told; all stand in the file
_BAD = ".bad"


@dataclass
class Count:
    """How many rows were read, how many of them cannot be used, and what is wrong with the first."""

    rows: int = 0
    bad: int = 0
    told: list[str] = field(default_factory=list)

    def add(self, other: Count) -> None:
        self.rows += other.rows
        self.bad += other.bad
        self.told += other.told[: MOST_TOLD - len(self.told)]


def write_part(
    folder: Path,
    number: int,
    suffix: str,
    chunk: Chunk,
    results: Results,
    stream: ParquetStream | None = None,
) -> Count:
    """Conclude what follows for some rows, and write it as part ``number``, counted from 0.

    With a ``stream`` the results go there, and only rows that cannot be used are written as a part.
    """
    made = results.of(chunk.codes)
    path = folder / f"{number:08}{suffix}"
    if stream is not None:
        stream.add(made)
    elif suffix in PARQUET:
        made.write_parquet(path, compression="lz4")
    else:
        path.write_bytes(_commas(made, number == 0) if suffix == ".csv" else made.write_ndjson().encode())
    (folder / f"{number:08}{_BAD}").write_bytes(_as_lines(chunk.rejected))
    told = [_told(one) for one in chunk.rejected[:MOST_TOLD]]
    return Count(made.height + len(chunk.rejected), len(chunk.rejected), told)


def join_parts(folder: Path, suffix: str, path: Path) -> None:
    """All results of a folder of parts, in order, in one file: as a stream of them would be written."""
    parts = sorted(folder.glob(f"*{suffix}"))
    if suffix in PARQUET:
        with ParquetStream(path) as stream:
            for part in parts:
                stream.add(pl.read_parquet(part).rechunk())
    else:
        _append(parts, path)


def join_rejected(folder: Path, path: Path) -> None:
    """All rows of a folder of parts that cannot be used, as JSON Lines."""
    _append(sorted(folder.glob(f"*{_BAD}")), path)


def _append(parts: Iterable[Path], path: Path) -> None:
    with path.open("wb") as whole:
        for part in parts:
            with part.open("rb") as file:
                shutil.copyfileobj(file, whole)
            part.unlink()


def _commas(results: pl.DataFrame, header: bool) -> bytes:
    """CSV; a list is its entries with blanks between them."""
    lists = [name for name, dtype in results.schema.items() if isinstance(dtype, pl.List)]
    joined = results.with_columns(pl.col(name).list.join(" ") for name in lists)
    return joined.write_csv(include_header=header).encode()


def _as_lines(rejected: Iterable[Rejected]) -> bytes:
    """The number of each row, why it cannot be used, and what stands in it."""
    objects = (
        {"row": one.row, "problems": [wrong._asdict() for wrong in one.why], "content": one.content}
        for one in rejected
    )
    lines = (json.dumps(made, ensure_ascii=False, default=str) for made in objects)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _told(one: Rejected) -> str:
    return printable(f"Row {one.row:,}: {'; '.join(str(wrong) for wrong in one.why)}")


def table_of(suffix: str, cells: Mapping[str, str]) -> bytes | None:
    """A table of text with one row, as a file of this kind; None if that is no kind of table."""
    schema = dict.fromkeys(cells, pl.String)
    frame = pl.DataFrame({name: [cell or None] for name, cell in cells.items()}, schema=schema)
    if suffix == ".csv":
        return frame.write_csv().encode()
    written = BytesIO()
    frame.write_parquet(written)
    return written.getvalue() if suffix in PARQUET else None
