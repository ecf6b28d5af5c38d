"""``legcramp batch --spark``: the same file, to the byte, as without it. Needs Java and ``legcramp[spark]``."""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from people.generators import random_response

from triage.batch.fields import as_cells, fields
from triage.batch.sources import ROWS
from triage.engine.response import plain
from triage.rulebook.load import load

ROOT = Path(__file__).parents[3]
SMALL = ROOT / "tests" / "small_rules"
BATCH = ["batch", "--rules", str(SMALL), "--today", "2026-11-22", "in.parquet"]
there = pytest.mark.skipif(
    shutil.which("java") is None or importlib.util.find_spec("pyspark") is None,
    reason="Java or legcramp[spark] is not installed",
)


def legcramp(folder: Path, *arguments: str, before: str = "") -> subprocess.CompletedProcess[str]:
    script = f"import sys\n{before}\nfrom questionnaire.commands.main import main\nmain(sys.argv[1:])"
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
    )


def write_people(folder: Path, count: int) -> None:
    """Some random people again and again, one of whom cannot be used."""
    book, rng = load(SMALL), random.Random(4)
    rows = [as_cells(book, plain(random_response(book, rng))) for _ in range(60)]
    rows.append({**rows[0], "age": "old"})
    few = pl.DataFrame(rows, schema=dict.fromkeys(fields(book), pl.String))
    many = few.select(pl.all().gather(pl.int_range(count) % few.height))
    many.with_columns(id=pl.int_range(count)).write_parquet(folder / "in.parquet")


@there
@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_the_same_file_to_the_byte_as_without_spark(tmp_path: Path, kind: str) -> None:
    write_people(tmp_path, ROWS + ROWS // 4)  # two parts
    for name, more in (("alone", []), ("spark", ["--spark", "local[2]"])):
        done = legcramp(tmp_path, *BATCH, "-o", f"{name}.{kind}", *more)
        assert done.returncode == 0, done.stderr
        assert "Row 61: age: " in done.stderr
    for ending in ("", ".rejected.jsonl"):
        alone, spark = (tmp_path / f"{name}.{kind}{ending}" for name in ("alone", "spark"))
        assert spark.read_bytes() == alone.read_bytes()
    assert len(list(tmp_path.iterdir())) == 5


@there
def test_a_cluster_that_is_not_there_gets_one_message(tmp_path: Path) -> None:
    write_people(tmp_path, 10)
    done = legcramp(tmp_path, *BATCH, "-o", "out.csv", "--spark", "nonsense")
    assert done.returncode == 2
    assert "Spark (nonsense) could not do it: " in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    write_people(tmp_path, 10)
    hidden = "sys.modules['pyspark'] = None"
    done = legcramp(tmp_path, *BATCH, "-o", "out.csv", "--spark", "local[2]", before=hidden)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "--spark needs more packages. Install them with: pip install 'legcramp[spark]'\n"


@there
def test_spark_reads_parquet_only(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("age\n1\n")
    done = legcramp(tmp_path, *BATCH[:-1], "in.csv", "-o", "out.csv", "--spark", "local[2]")
    assert (done.returncode, done.stdout) == (2, "")
    assert "With --spark the answers must be a Parquet file, not in.csv." in done.stderr
