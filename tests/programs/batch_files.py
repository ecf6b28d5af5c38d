"""Files of the answers of many people, for the small rules, and what a batch makes of them."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

import polars as pl
from people.generators import random_response

from programs.command_line import CALM, SMALL
from triage.batch.fields import as_cells, fields
from triage.conditions.leaf import NoAnswer
from triage.engine.response import Response, plain
from triage.rulebook.load import load
from triage.workbench.examples import TODAY

BOOK = load(SMALL)
OPTIONS = ("batch", "--rules", str(SMALL), "--today", str(TODAY))


def people(count: int) -> list[Response]:
    """Random ones; a list that is left out as a whole, and an answer to a list that was not asked, too."""
    rng = random.Random(8)
    made = [random_response(BOOK, rng) for _ in range(count)]
    return [*made, Response({"alarm": NoAnswer.DECLINED, "signs": NoAnswer.UNSURE}), Response()]


def write_answers(folder: Path, responses: list[Response]) -> None:
    objects = [json.dumps({"id": f"p{n}", "answers": plain(r)}) for n, r in enumerate(responses)]
    (folder / "in.jsonl").write_text("\n".join(objects))
    write_table(folder, [{**as_cells(BOOK, plain(r)), "id": f"p{n}"} for n, r in enumerate(responses)])


def write_table(folder: Path, rows: list[dict[str, str]]) -> pl.DataFrame:
    table = pl.DataFrame(rows, schema=dict.fromkeys(fields(BOOK), pl.String))
    table.write_csv(folder / "in.csv")
    table.with_columns(pl.when(pl.all() != "").then(pl.all()).name.keep()).write_parquet(
        folder / "in.parquet"
    )
    return table


def cells(**others: str) -> dict[str, str]:
    return {**as_cells(BOOK, CALM), **others}


def results_of(path: Path) -> list[dict]:
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text().splitlines()]
    if path.suffix == ".parquet":
        return pl.read_parquet(path).rows(named=True)
    with path.open() as file:
        return [_typed(row) for row in csv.DictReader(file)]


def _typed(row: dict[str, str]) -> dict:
    plain = {"row": int(row["row"]), "id": row["id"], "disposition": row["disposition"]}
    lists = {name: row[name].split() for name in list(row)[4:]}
    return {**plain, "complete": row["complete"] == "true", **lists}
