"""Results to a file, chunk by chunk."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, Protocol, TypeAlias

import polars as pl

from triage.batch.answers import Rejected


class Writer(Protocol):
    """Takes the results in order. ``finish`` must be called, and then nothing more is taken."""

    def write(self, results: pl.DataFrame) -> None: ...
    def finish(self) -> None: ...


class Lines:
    """JSON Lines: one object for each person."""

    def __init__(self, path: Path, _: Path) -> None:
        self.file: IO[bytes] = path.open("wb")

    def write(self, results: pl.DataFrame) -> None:
        self.file.write(self.text(results))

    def text(self, results: pl.DataFrame) -> bytes:
        return results.write_ndjson().encode()

    def finish(self) -> None:
        self.file.close()


class Commas(Lines):
    """CSV with a header; a list is its entries with blanks between them."""

    def __init__(self, path: Path, parts: Path) -> None:
        super().__init__(path, parts)
        self.begun = False

    def text(self, results: pl.DataFrame) -> bytes:
        joined = results.with_columns(
            pl.col(name).list.join(" ")
            for name, dtype in results.schema.items()
            if isinstance(dtype, pl.List)
        )
        header, self.begun = not self.begun, True
        return joined.write_csv(include_header=header).encode()


class Parquet:
    """Parquet. The chunks are kept in files of their own until all are there, then joined."""

    def __init__(self, path: Path, parts: Path) -> None:
        self.path, self.parts, self.count = path, parts, 0

    def write(self, results: pl.DataFrame) -> None:
        results.write_parquet(self.parts / f"{self.count:08}.parquet", compression="lz4")
        self.count += 1

    def finish(self) -> None:
        parts = sorted(self.parts.glob("*.parquet"))
        pl.scan_parquet(parts).sink_parquet(self.path)


Opens: TypeAlias = Callable[[Path, Path], Writer]
WRITERS: dict[str, Opens] = {".jsonl": Lines, ".ndjson": Lines, ".csv": Commas}
WRITERS |= {".parquet": Parquet, ".pq": Parquet}


def as_lines(rejected: Iterable[Rejected]) -> bytes:
    """Rows that could not be used, as JSON Lines: the number, why, and what stands in the row."""
    objects = (
        {"row": one.row, "problems": [wrong._asdict() for wrong in one.why], "content": one.content}
        for one in rejected
    )
    return "".join(f"{json.dumps(made, ensure_ascii=False, default=str)}\n" for made in objects).encode(
        "utf-8", "replace"
    )


def table_of(suffix: str, cells: Mapping[str, str]) -> bytes | None:
    """A table of text with one row, as a file of this kind; None if that is no kind of table."""
    frame = pl.DataFrame(
        {name: [cell or None] for name, cell in cells.items()}, schema=dict.fromkeys(cells, pl.String)
    )
    if suffix == ".csv":
        return frame.write_csv().encode()
    written = BytesIO()
    frame.write_parquet(written)
    return written.getvalue() if suffix in (".parquet", ".pq") else None
