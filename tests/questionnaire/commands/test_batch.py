"""``legcramp batch`` as its users run it: files in, files out, one clear message when something is wrong."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from generators import random_response
from one_by_one import one_by_one

from questionnaire.commands.main import main
from triage.batch.fields import as_cells, fields
from triage.conditions.leaf import NoAnswer
from triage.engine.response import Response, plain
from triage.rulebook.load import load
from triage.workbench.examples import TODAY

ROOT = Path(__file__).parents[3]
SMALL = ROOT / "tests" / "small_rules"
BOOK = load(SMALL)
COMMAND = [sys.executable, "-m", "questionnaire", "batch", "--rules", str(SMALL), "--today", str(TODAY)]
USUAL = {
    "alarm": [], "age": 50, "sex": "male", "signs": [], "kidneys": "fine", "medicines": [], "days": ["sit"],
    "nights": 1,
}  # fmt: skip


@pytest.fixture
def batch(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*COMMAND, *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert "Traceback" not in done.stderr + done.stdout
        return done

    return run


@pytest.fixture
def here(tmp_path: Path, monkeypatch, capsys) -> Callable[..., tuple[int, str, str]]:
    """The same in this process, which starts no Python: for the many ways in which it can go wrong."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([*COMMAND[3:], *arguments])
        return ended.value.code, *capsys.readouterr()

    return run


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
    return {**as_cells(BOOK, USUAL), **others}


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
    lines = [USUAL, {"id": 7, **USUAL}, {"answers": USUAL, "format": "legcramp-answers/1"}]
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
    objects = [{**USUAL, "medicines": answer} for answer in answers]
    objects.append({key: value for key, value in USUAL.items() if key != "medicines"})
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, objects)))
    assert batch("in.csv", "-o", "table.jsonl").returncode == 0
    assert batch("in.jsonl", "-o", "objects.jsonl").returncode == 0
    from_table = [{**one, "id": None} for one in results_of(tmp_path / "table.jsonl")]
    assert from_table == results_of(tmp_path / "objects.jsonl")


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
    (tmp_path / "in.jsonl").write_bytes(f"{json.dumps(USUAL)}\n{line}\n".encode())
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
    (tmp_path / "in.jsonl").write_text(json.dumps(USUAL))
    (tmp_path / "there.csv").write_text("kept")
    status, out, told = here(*arguments)
    assert (status, out) == (2, "")
    assert said in told
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "there.csv"]
    assert (tmp_path / "there.csv").read_text() == "kept"


def test_force_replaces_the_results_and_what_was_set_aside_before(tmp_path: Path, batch) -> None:
    (tmp_path / "in.jsonl").write_text(f"{json.dumps(USUAL)}\nx\n")
    assert batch("in.jsonl", "-o", "out.jsonl").returncode == 0
    (tmp_path / "in.jsonl").write_text(f"{json.dumps(USUAL)}\n")
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


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing_behind(tmp_path: Path, how: signal.Signals) -> None:
    """It is stopped in the middle: it has begun to write, and the pipe that it reads does not end."""
    write_answers(tmp_path, people(10))
    line = (tmp_path / "in.jsonl").read_text().splitlines()[0]
    with (tmp_path / "in.jsonl").open("w") as file:
        file.writelines(f"{line}\n" for _ in range(400_000))
    running = subprocess.Popen(
        [*COMMAND, "in.jsonl", "-o", "out.csv"],
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


def test_other_commands_do_not_load_polars() -> None:
    script = (
        "import sys; from questionnaire.commands.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "import triage.engine.assess, triage.workbench.impact, questionnaire.commands.ask\n"
        "assert 'polars' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
