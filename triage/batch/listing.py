"""From one column for each card to lists: which cards, for each response."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Listed:
    """A list of the result: its name, and all that can stand in it, in order."""

    name: str
    entries: Sequence[str]

    def column(self, entry: str) -> str:
        """The column that says whether an entry is in the list."""
        return f"{self.name}: {entry}"


def with_lists(frame: pl.DataFrame, listed: Sequence[Listed]) -> pl.DataFrame:
    """The frame with lists in place of the columns that say what is in them."""
    lists = [_gathered(frame, one) for one in listed]
    columns = [one.column(entry) for one in listed for entry in one.entries]
    return frame.drop(columns).with_columns(lists)


def _gathered(frame: pl.DataFrame, listed: Listed) -> pl.Series:
    """One list for each row. Few entries stand in a row, so only these are looked at.

    Row and entry are put into one number, so that sorting brings the entries of a row together. Each
    row has one number more, which stands for nothing and is taken off again: else empty rows were lost.
    """
    width = len(listed.entries) + 1
    kind = pl.UInt32 if frame.height * width < 2**32 else pl.UInt64
    rows = pl.int_range(frame.height, dtype=kind, eager=True) * width
    numbers = [rows] + [
        rows.filter(frame[listed.column(entry)]) + place
        for place, entry in enumerate(listed.entries, start=1)
    ]
    sorted_ = pl.concat(numbers).sort(multithreaded=False)
    names = pl.Series(["", *listed.entries], dtype=pl.String)
    entries = names.gather((sorted_ % width).cast(pl.UInt32))
    pairs = pl.DataFrame({"row": (sorted_ // width).set_sorted(), listed.name: entries})
    return (
        pairs.group_by("row", maintain_order=True).agg(pl.col(listed.name).slice(1)).get_column(listed.name)
    )
