"""``legcramp batch`` from Parquet to Parquet, against the plain evaluator and against polars alone."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import polars as pl

from questionnaire.commands.batch_run import Job, run
from triage.batch.fields import LINE, SILENT, as_cells, fields
from triage.engine.counterfactuals.cohort import conclude_for
from triage.engine.effective import effective_answers
from triage.engine.response import Response, plain
from triage.readers.answer_bits import indices
from triage.readers.evaluate import evaluate_all
from triage.rulebook.load import load
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import TODAY
from triage.workbench.population import People

RULES = Path(__file__).resolve().parents[2] / "rules"


def many(people: int, rows: int, evaluated: int) -> None:
    """Pretended people with complete answers, repeated in any order until there are ``rows``."""
    book = load(RULES)
    responses = People([book]).responses(people)
    table = pl.DataFrame(
        [as_cells(book, plain(response)) for response in responses],
        schema=dict.fromkeys(fields(book), pl.String),
    )
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        table.write_parquet(folder / "people.parquet")
        run(Job(folder / "people.parquet", folder / "agreed.parquet", book, TODAY))
        agreed(book, responses, pl.read_parquet(folder / "agreed.parquet"))
        started = time.perf_counter()
        for response in responses[-evaluated:]:
            evaluate_all(book.shared_goals, effective_answers(book, response, TODAY))
        each = (time.perf_counter() - started) / evaluated
        for kind, people_ in (("text", table), ("enumerations", in_fast_types(book, table))):
            write_many(people_, rows, folder)
            one_kind(book, kind, rows, each, folder)


def one_kind(book: Rulebook, kind: str, rows: int, each: float, folder: Path) -> None:
    """The whole run over one kind of columns, and dispositions alone. ``each``: seconds of one response."""
    source = folder / "many.parquet"
    alone = timed(lambda: pl.scan_parquet(source).sink_parquet(folder / "copy.parquet"))
    for what, only in (("cards", False), ("dispositions", True)):
        job = Job(source, folder / "out.parquet", book, TODAY, only_dispositions=only, force=True)
        whole = timed(partial(run, job))
        print(
            f"batch, {what} from {kind}: {rows / whole:,.0f} responses a second of {rows:,}; "
            f"{whole / alone:.1f} times as long as polars takes to copy the file; "
            f"in the time of one response by the evaluator, ratio {each * rows / whole:.0f}"
        )


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def in_fast_types(book: Rulebook, table: pl.DataFrame) -> pl.DataFrame:
    """Choices, lines and lists as enumerations."""
    made = []
    for field in fields(book).values():
        column = pl.when(pl.col(field.name) != "").then(pl.col(field.name))
        if field.kind in ("choice", "line", "list"):
            choices = (*book.items[field.item].codes, *SILENT)
            listed = {"choice": choices, "line": LINE, "list": SILENT}[field.kind]
            made.append(column.cast(pl.Enum(listed)).alias(field.name))
    return table.with_columns(made)


def write_many(table: pl.DataFrame, rows: int, folder: Path) -> None:
    """The people again and again, in pieces: as text they need much memory."""
    parts = []
    for number, start in enumerate(range(0, rows, 50_000)):
        count = min(50_000, rows - start)
        parts.append(folder / f"part{number}.parquet")
        table.sample(count, with_replacement=True, seed=number).write_parquet(parts[-1])
    pl.scan_parquet(parts).sink_parquet(folder / "many.parquet")


def agreed(book: Rulebook, responses: Sequence[Response], results: pl.DataFrame) -> None:
    """Stop if dispositions or advice are not what the other reader of many responses says."""
    expected = conclude_for(book, responses, TODAY)
    for level, bits in expected.levels.items():
        if results.filter(pl.col("disposition") == level)["row"].to_list() != [
            n + 1 for n in indices(bits)
        ]:
            raise SystemExit(f"The batch and the columns differ in who gets {level}.")
    for card, bits in expected.advice.items():
        given = results.filter(pl.col("advice").list.contains(card))["row"].to_list()
        if given != [n + 1 for n in indices(bits)]:
            raise SystemExit(f"The batch and the columns differ in who is advised {card}.")
