"""One truth for each of many responses, as an expression: "and", "or", "not" and counting.

What is the same for all is ``True`` or ``False``, and disappears at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

import polars as pl

Row: TypeAlias = pl.Expr | bool
Planes: TypeAlias = tuple[Row, ...]  # how a condition can be: see readers.batch


def every(rows: Iterable[Row]) -> Row:
    """Where all rows hold."""
    listed = list(rows)
    if any(row is False for row in listed):
        return False
    open_ = [row for row in listed if not isinstance(row, bool)]
    return _flat(open_, pl.all_horizontal) if open_ else True


def either(rows: Iterable[Row]) -> Row:
    """Where at least one row holds."""
    listed = list(rows)
    if any(row is True for row in listed):
        return True
    open_ = [row for row in listed if not isinstance(row, bool)]
    return _flat(open_, pl.any_horizontal) if open_ else False


def _flat(rows: list[pl.Expr], join: Callable[[list[pl.Expr]], pl.Expr]) -> pl.Expr:
    """Joined without depth: what polars needs to look through an expression grows with its square."""
    return rows[0] if len(rows) == 1 else join(rows)


def count_of(needed: int, rows: list[Row]) -> Row:
    """Where at least so many rows hold."""
    open_ = [row for row in rows if not isinstance(row, bool)]
    needed -= sum(row is True for row in rows)
    if needed <= 0 or needed > len(open_):
        return needed <= 0
    return pl.sum_horizontal(row.cast(pl.UInt16) for row in open_) >= needed


def negated(row: Row) -> Row:
    """Where the row does not hold."""
    return not row if isinstance(row, bool) else ~row


def denied(planes: Planes) -> Planes:
    """Kleene's "not": least and most, and sure and maybe, change places."""
    return tuple(negated(row) for row in reversed(planes))


def as_expression(row: Row) -> pl.Expr:
    """The row for polars."""
    return pl.lit(row) if isinstance(row, bool) else row


def is_one_of(column: str, numbers: list[int], count: int) -> Row:
    """Whether the column has one of these numbers, out of ``count``."""
    if not numbers or len(numbers) == count:
        return bool(numbers)
    low, high = numbers[0], numbers[-1]
    if high - low + 1 != len(numbers):
        others = [n for n in range(count) if n not in numbers]
        if others[-1] - others[0] + 1 == len(others):
            return negated(is_one_of(column, others, count))
        return either(pl.col(column) == number for number in numbers)
    if low == high:
        return pl.col(column) == low
    if high == count - 1:
        return pl.col(column) >= low
    return pl.col(column) <= high if low == 0 else pl.col(column).is_between(low, high)
