"""``legcramp batch`` when something is wrong: a bad row is set aside, a bad file gets one clear message."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from programs.batch_files import BOOK, OPTIONS, cells, people, results_of, write_answers, write_table
from programs.command_line import CALM, ROOT

from triage.batch.fields import fields


def test_a_bad_row_is_told_and_set_aside_and_stops_nothing(tmp_path: Path, batch) -> None:
    good, bad = cells(), cells(kidneys="weka", age="abc", alarm__chest="", medicines="[{]")
    others = [cells(age="300"), cells(nights="2.5"), cells(signs="unsure")]
    write_table(tmp_path, [good, bad, good, *others])
    with (tmp_path / "in.csv").open("a") as file:
        file.write("too,few\n")
    done = batch("in.csv", "-o", "out.jsonl")
    assert done.returncode == 0
    assert [one["row"] for one in results_of(tmp_path / "out.jsonl")] == [1, 3]
    assert "Row 2: " in done.stderr
    assert "kidneys: “kidneys” has no option “weka”. Did you mean “weak”?" in done.stderr
    assert "age: “age” needs a whole number, not “abc”" in done.stderr
    assert "5 of 7 rows cannot be used. They are in out.jsonl.rejected.jsonl." in done.stderr
    aside = results_of(tmp_path / "out.jsonl.rejected.jsonl")
    assert [one["row"] for one in aside] == [2, 4, 5, 6, 7]
    assert {wrong["column"] for wrong in aside[0]["problems"]} == {"alarm__chest", "age", "kidneys"}
    assert aside[0]["content"]["kidneys"] == "weka"
    assert [one["problems"][0]["column"] for one in aside[1:]] == ["age", "nights", "signs", ""]
    assert stat.S_IMODE((tmp_path / "out.jsonl.rejected.jsonl").stat().st_mode) == 0o600
    again = batch("in.csv", "-o", "strict.jsonl", "--strict")
    assert again.returncode == 2
    assert "Row 2: " in again.stderr
    assert not list(tmp_path.glob("*strict*"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "this is not JSON"),
        ("[1]", "there are no answers here"),
        ('{"age": 1, "age": 2}', "the key “age” stands twice"),
        ('{"answers": {}, "anwsers": {}}', "unknown key. Did you mean “answers”?"),
        ('{"kidnys": "fine"}', "kidnys: there is no such question. Did you mean “kidneys”?"),
        ('{"age": NaN}', "NaN is no number"),
        ('{"age": true}', "needs a whole number, not true"),
        ('{"alarm": ["chest", "chest"]}', "has the line “chest” twice"),
        ('{"medicines": ' + "[" * 500 + "]" * 500 + "}", "medicines: "),
        ('{"id": [1], "age": 1}', "the id is neither text nor a whole number"),
        ("\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "this is not JSON"),
    ],
)
def test_a_bad_line_says_what_is_wrong(tmp_path: Path, here, line: str, said: str) -> None:
    (tmp_path / "in.jsonl").write_bytes(f"{json.dumps(CALM)}\n{line}\n".encode())
    status, _, told = here("in.jsonl", "-o", "out.csv")
    assert status == 0
    assert "Row 2: " in told
    assert said in told
    assert "1 result is in out.csv." in told


def _without_a_column(folder: Path) -> None:
    write_table(folder, [cells()]).drop("age", "kidneys").write_csv(folder / "in.csv")


def _with_an_odd_column(folder: Path) -> None:
    write_table(folder, [cells()]).rename({"age": "agee"}).write_parquet(folder / "in.parquet")


def _with_a_wrong_type(folder: Path) -> None:
    write_table(folder, [cells()]).with_columns(kidneys=pl.lit(3)).write_parquet(folder / "in.parquet")


def _one_endless_line(folder: Path) -> None:
    with (folder / "in.jsonl").open("wb") as file:
        file.write(b'{"age": "')
        file.truncate(1_000_000_000)  # a file with a hole: it takes no room


def _one_endless_cell(folder: Path) -> None:
    write_table(folder, [cells()])
    with (folder / "in.csv").open("ab") as file:
        file.write(b"x" * 3_000_000)


BROKEN: list[tuple[str, Callable[[Path], object], str]] = [
    ("in.csv", _without_a_column, "2 columns are missing: “age”, “kidneys”"),
    ("in.parquet", _with_an_odd_column, "there is no column “agee”"),
    ("in.parquet", _with_a_wrong_type, "the column “kidneys” has a type that does not fit (Int32)"),
    ("in.jsonl", lambda f: (f / "in.jsonl").write_text(""), "has no answers in it"),
    ("in.csv", lambda f: (f / "in.csv").write_text(""), "columns are missing"),
    ("in.csv", lambda f: (f / "in.csv").write_text(",".join(fields(BOOK)) + "\n"), "has no answers in it"),
    ("in.csv", lambda f: (f / "in.csv").write_text(";".join(fields(BOOK)) + "\n"), "not parted by commas"),
    ("in.csv", lambda f: (f / "in.csv").write_text("age,age\n"), "the column “age” is there twice"),
    ("in.csv", lambda f: (f / "in.csv").write_bytes(b"\xff\xfea\x00"), "line 1 is not text"),
    ("in.csv", lambda f: (f / "in.csv").write_bytes(b"caf\xe9,b\n"), "this is not UTF-8 text"),
    ("in.csv", _one_endless_cell, "is longer than 1,000,000 bytes"),
    ("in.jsonl", _one_endless_line, "line 1 is longer than 1,000,000 bytes"),
    ("in.jsonl", lambda f: (f / "in.jsonl").write_bytes(bytes(range(256)) * 50), "is not text"),
    (
        "in.jsonl",
        lambda f: (f / "in.jsonl").write_text("x\ny\n"),
        "No row of in.jsonl can be used (2 rows)",
    ),
    ("in.parquet", lambda f: (f / "in.parquet").write_text("PAR1 not"), "cannot be read as Parquet"),
    ("in.parquet", lambda f: (f / "in.parquet").write_text(""), "cannot be read as Parquet"),
    ("in.csv", lambda f: (f / "in.csv").mkdir(), "is not a plain file"),
    ("in.xlsx", lambda f: (f / "in.xlsx").write_text("x"), "must end in .jsonl, .csv or .parquet"),
    (
        "inn.csv",
        lambda f: (f / "in.csv").write_text("x"),
        "There is no file inn.csv. Did you mean “in.csv”?",
    ),
]


@pytest.mark.parametrize(("name", "make", "said"), BROKEN, ids=[said[:40] for _, _, said in BROKEN])
def test_a_file_that_cannot_be_used_gets_one_clear_message(tmp_path: Path, here, name, make, said) -> None:
    make(tmp_path)
    before = sorted(tmp_path.iterdir())
    status, out, told = here(name, "-o", "out.parquet")
    assert (status, out) == (2, ""), told
    assert said in told
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("missing-column", "2 columns are missing"),
        ("unknown-column", "there is no column"),
        ("duplicate-column", "is there twice"),
        ("separator", "not parted by commas"),
        ("long-line", "line 1 is longer"),
        ("not-parquet", "cannot be read as Parquet"),
    ],
)
def test_its_code_can_be_looked_up(tmp_path: Path, here, code: str, said: str) -> None:
    name, make = next(
        (name, make) for name, make, words in BROKEN if words.startswith(said) or said in words
    )
    make(tmp_path)
    assert f"[{code}]" in here(name, "-o", "out.parquet")[2]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["in.jsonl"], "Name a file for the results with -o OUT"),
        (["-o", "out.csv"], "Missing argument 'IN'"),
        (["in.jsonl", "-o", "nowhere/out.csv"], "There is no folder nowhere"),
        (["in.jsonl", "-o", "in.jsonl", "--force"], "The results would overwrite the answers (in.jsonl)"),
        (["in.jsonl", "-o", "out.txt"], "out.txt must end in .jsonl, .csv or .parquet"),
        (["in.jsonl", "-o", "there.csv"], "there.csv exists already"),
        (["--template", "in.jsonl"], "--template needs no IN"),
        (["--template", "-o", "t.jsonl"], "t.jsonl must end in .csv or .parquet"),
    ],
)
def test_wrong_use_gets_one_clear_message(tmp_path: Path, here, arguments: list[str], said: str) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps(CALM))
    (tmp_path / "there.csv").write_text("kept")
    status, out, told = here(*arguments)
    assert (status, out) == (2, "")
    assert said in told
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "there.csv"]
    assert (tmp_path / "there.csv").read_text() == "kept"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing_behind(tmp_path: Path, how: signal.Signals) -> None:
    """It is stopped in the middle: it has begun to write, and the pipe that it reads does not end."""
    write_answers(tmp_path, people(10))
    line = (tmp_path / "in.jsonl").read_text().splitlines()[0]
    with (tmp_path / "in.jsonl").open("w") as file:
        file.writelines(f"{line}\n" for _ in range(400_000))
    running = subprocess.Popen(
        [sys.executable, "-m", "questionnaire", *OPTIONS, "in.jsonl", "-o", "out.csv"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    while not list(tmp_path.glob(".out.csv.*")):
        assert running.poll() is None
        time.sleep(0.01)
    running.send_signal(how)
    _, said = running.communicate(timeout=60)
    assert (running.returncode, said) == (130, "Stopped.\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "in.jsonl", "in.parquet"]
