"""Answers read once: what a value in a file means for an item, kept for the next time it comes.

Many people give the same answers, so each different one is parsed, checked and encoded once.
"""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl

from triage.conditions.codes import Codes
from triage.conditions.leaf import NoAnswer
from triage.engine.answers import parse_answers
from triage.engine.effective import effective_answer
from triage.problems import Problem
from triage.rulebook.reading.source import YamlDocument
from triage.rulebook.rulebook import Rulebook

KEPT = 200_000  # different answers to one item; with more it is begun anew, or memory would fill
NOWHERE = YamlDocument("", None)


class Wrong(NamedTuple):
    """What is wrong in a row, in which column (empty: in the row as a whole), and what to do."""

    column: str
    message: str
    fix: str

    def __str__(self) -> str:
        where = f"{self.column}: " if self.column else ""
        return f"{where}{self.message}. {self.fix}".rstrip()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be used: its number, from 1, why, and what stands in it."""

    row: int
    why: tuple[Wrong, ...]
    content: str | Mapping[str, Any]


class Answers:
    """The different answers to one item. Each has a number; 0 is "not asked"."""

    def __init__(self, rulebook: Rulebook, codes: Codes, item: str, today: datetime.date) -> None:
        self.rulebook, self.codes, self.item, self.today = rulebook, codes, item, today
        self.coded = item in codes.items
        self.columns = codes.columns(item) if self.coded else []
        self.begin()

    def begin(self) -> None:
        """Forget all answers. Numbers given before mean nothing any more."""
        self.numbers: dict[Hashable, int | Problem] = {}
        self.table = bytearray()  # the codes of one answer after those of the other
        self._made = pl.DataFrame()
        if self.coded:
            self.table += bytes(self.codes.encode(self.item, NoAnswer.NOT_ASKED))
        self.codes.forget()

    def begin_anew_if_full(self) -> None:
        if len(self.numbers) > KEPT:
            self.begin()

    def number(self, value: Any, key: Hashable) -> int | Problem:
        """The number of an answer, or what is wrong with it. ``key`` stands for ``value``."""
        if key not in self.numbers:
            self.numbers[key] = self._read(value)
        return self.numbers[key]

    def _read(self, value: Any) -> int | Problem:
        problems: list[Problem] = []
        response = parse_answers({self.item: value}, self.rulebook, NOWHERE, (), problems)
        if problems:
            return problems[0]
        if not self.coded:
            return 0
        said = effective_answer(self.rulebook, response.get(self.item), self.today)
        self.table += bytes(self.codes.encode(self.item, said))
        return len(self.table) // len(self.columns) - 1

    def gather(self, numbers: pl.Series) -> list[pl.Series]:
        """The columns of the item for these answers."""
        width = len(self.columns)
        if not self.coded:
            return []
        if self._made.height * width < len(self.table):
            self._made = pl.DataFrame(
                {name: list(self.table[place::width]) for place, name in enumerate(self.columns)},
                schema=dict.fromkeys(self.columns, pl.UInt8),
            )
        return self._made.select(pl.all().gather(numbers)).get_columns()
