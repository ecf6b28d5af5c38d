"""``legcramp batch`` as its users run it: files in, files out."""

from __future__ import annotations

import csv
import json
import stat
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from programs.batch_files import BOOK, cells, people, results_of, write_answers, write_table
from programs.command_line import CALM, ROOT
from readers.one_by_one import one_by_one

from triage.batch.fields import as_cells, fields
from triage.engine.response import plain
from triage.workbench.examples import TODAY


def test_every_kind_of_file_gives_what_each_person_gets_one_by_one(tmp_path: Path, batch) -> None:
    responses = people(200)
    write_answers(tmp_path, responses)
    expected = [
        {"row": n + 1, "id": f"p{n}", **one_by_one(BOOK, response, TODAY)}
        for n, response in enumerate(responses)
    ]
    for kind, out in (("jsonl", "csv"), ("csv", "parquet"), ("parquet", "jsonl")):
        done = batch(f"in.{kind}", "-o", f"out.{out}")
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
        assert results_of(tmp_path / f"out.{out}") == expected
        assert stat.S_IMODE((tmp_path / f"out.{out}").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "in.csv", "in.jsonl", "in.parquet", "out.csv", "out.jsonl", "out.parquet",
    ]  # fmt: skip


def test_other_types_of_columns_say_the_same(tmp_path: Path, batch) -> None:
    """Numbers as numbers, lines as true and false, codes as an enumeration."""
    table = write_table(
        tmp_path, [cells(), cells(age="17", alarm__chest="yes"), cells(sex="", kidneys="weak")]
    )
    assert batch("in.csv", "-o", "text.jsonl").returncode == 0
    typed = table.with_columns(
        pl.col("age").cast(pl.Int16),
        pl.col("nights").cast(pl.Float64),
        pl.col("^alarm__.*$") == "yes",
        pl.col("kidneys").cast(pl.Enum(["weak", "fine", "never used"])),
        pl.when(pl.col("sex") != "").then("sex").cast(pl.Categorical),
        pl.lit(None).alias("alarm"),
    )
    typed.write_parquet(tmp_path / "typed.parquet")
    done = batch("typed.parquet", "-o", "typed.jsonl")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "typed.jsonl").read_text() == (tmp_path / "text.jsonl").read_text()
    assert results_of(tmp_path / "typed.jsonl")[1]["disposition"] == "emergency"


@pytest.mark.parametrize(
    "dtype", [pl.Categorical(), "listed", "listed among many others"], ids=["categories", "few", "many"]
)
def test_codes_as_enumerations_or_categories_say_the_same_as_text(tmp_path: Path, batch, dtype) -> None:
    """With answers of all kinds, and with a code that is none."""
    answers = [as_cells(BOOK, plain(response)) for response in people(100)]
    write_table(tmp_path, [*answers, {**answers[0], "kidneys": "odd", "alarm__chest": "odd"}])
    table = pl.read_parquet(tmp_path / "in.parquet")  # empty cells are null here
    assert batch("in.parquet", "-o", "text.jsonl").returncode == 0
    made = []
    for field in fields(BOOK).values():
        if field.kind in ("choice", "line", "list"):
            there = table[field.name].drop_nulls().unique()
            more = [f"other {n}" for n in range(12)] if dtype == "listed among many others" else []
            kind = dtype if isinstance(dtype, pl.DataType) else pl.Enum([*more, *sorted(there)])
            made.append(pl.col(field.name).cast(kind))
    table.with_columns(made).write_parquet(tmp_path / "typed.parquet")
    assert batch("typed.parquet", "-o", "typed.jsonl").returncode == 0
    for name in ("{}.jsonl", "{}.jsonl.rejected.jsonl"):
        text, typed = (tmp_path / name.format(kind) for kind in ("text", "typed"))
        assert typed.read_text() == text.read_text()


def test_the_answers_alone_are_enough(tmp_path: Path, batch) -> None:
    lines = [CALM, {"id": 7, **CALM}, {"answers": CALM, "format": "legcramp-answers/1"}]
    (tmp_path / "in.jsonl").write_text("\ufeff" + "\n\n".join(map(json.dumps, lines)) + "\n")
    assert batch("in.jsonl", "-o", "out.jsonl").returncode == 0
    made = results_of(tmp_path / "out.jsonl")
    assert [(one["row"], one["id"]) for one in made] == [(1, None), (3, "7"), (5, None)]
    assert len({json.dumps({**one, "row": 0, "id": 0}) for one in made}) == 1


def test_medicines_in_a_table_are_names_or_a_list(tmp_path: Path, batch) -> None:
    name = next(iter(BOOK.medicines.values())).generic
    taken = [name, f"{name}; zzz", f'[{{"name": "{name}", "started": "recent"}}]', "none", "unsure", ""]
    write_table(tmp_path, [cells(medicines=text) for text in taken])
    answers = [
        [{"name": name}],
        [{"name": name}, {"name": "zzz"}],
        [{"name": name, "started": "recent"}],
        [],
        "unsure",
    ]
    objects = [{**CALM, "medicines": answer} for answer in answers]
    objects.append({key: value for key, value in CALM.items() if key != "medicines"})
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, objects)))
    assert batch("in.csv", "-o", "table.jsonl").returncode == 0
    assert batch("in.jsonl", "-o", "objects.jsonl").returncode == 0
    from_table = [{**one, "id": None} for one in results_of(tmp_path / "table.jsonl")]
    assert from_table == results_of(tmp_path / "objects.jsonl")


def test_force_replaces_the_results_and_what_was_set_aside_before(tmp_path: Path, batch) -> None:
    (tmp_path / "in.jsonl").write_text(f"{json.dumps(CALM)}\nx\n")
    assert batch("in.jsonl", "-o", "out.jsonl").returncode == 0
    (tmp_path / "in.jsonl").write_text(f"{json.dumps(CALM)}\n")
    assert batch("in.jsonl", "-o", "out.jsonl", "--force").returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_the_template_lists_every_column_and_can_be_filled_in(tmp_path: Path, batch) -> None:
    listed = list(csv.DictReader(batch("--template").stdout.splitlines()))
    assert [row["column"] for row in listed] == list(fields(BOOK))
    assert (
        next(row for row in listed if row["column"] == "kidneys")["codes"] == "fine, weak, unsure, declined"
    )
    for kind in ("csv", "parquet"):
        assert batch("--template", "-o", f"template.{kind}").returncode == 0
        assert batch(f"template.{kind}", "-o", f"{kind}.jsonl").returncode == 0
        (made,) = results_of(tmp_path / f"{kind}.jsonl")
        assert (made["disposition"], made["complete"]) == ("self_care", True)


def test_dispositions_alone(tmp_path: Path, batch) -> None:
    write_answers(tmp_path, people(50))
    assert batch("in.parquet", "-o", "all.jsonl").returncode == 0
    assert batch("in.parquet", "-o", "alone.jsonl", "--only-dispositions").returncode == 0
    kept = ("row", "id", "disposition", "complete")
    assert results_of(tmp_path / "alone.jsonl") == [
        {name: one[name] for name in kept} for one in results_of(tmp_path / "all.jsonl")
    ]


def test_other_commands_do_not_load_polars() -> None:
    script = (
        "import sys; from questionnaire.commands.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "import triage.engine.assess, triage.workbench.impact, questionnaire.commands.ask\n"
        "assert 'polars' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
