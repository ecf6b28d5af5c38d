"""The door to Spark: the parts of a batch, concluded by the workers of a cluster.

Spark hands out numbers of parts only. Each worker reads its rows of the Parquet file by itself, and
writes its part where the others do: so rows, their numbers and their order are those of a run without it.
"""

from __future__ import annotations

import datetime
import importlib.util
import json
import os
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from questionnaire.program import Refusal
from questionnaire.rulebooks import built_in_rules
from triage.batch.results import Results
from triage.batch.sources import ROWS, joined, parquet_rows
from triage.batch.table import Table
from triage.batch.writing import PARQUET, Count, write_part
from triage.rulebook.load import load

if TYPE_CHECKING:
    from questionnaire.commands.batch_run import Job

_SCHEMA = "part long, rows long, bad long, told string"


class _Task(NamedTuple):
    """What a worker has to know."""

    answers: Path
    parts: Path
    suffix: str
    rules: Path
    today: datetime.date
    only_dispositions: bool
    size: int


def check_for_spark(job: Job) -> None:
    """Raise ``Refusal`` if Spark is not there, or cannot read such a file."""
    if not all(map(importlib.util.find_spec, ("pyspark", "pyarrow", "pandas"))):
        raise Refusal("--spark needs more packages. Install them with: pip install 'legcramp[spark]'")
    if job.answers.suffix.lower() not in PARQUET:
        raise Refusal(f"With --spark the answers must be a Parquet file, not {job.answers.name}.")


def on_spark(job: Job, size: int, parts: Path) -> Iterator[Count]:
    """What was in each part, in order, once it is written. Raises ``Refusal``."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers on this machine: the same Python
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    rules = (job.rules or built_in_rules()).resolve()
    only = job.only_dispositions
    suffix = job.out.suffix.lower()
    task = _Task(job.answers.resolve(), parts.resolve(), suffix, rules, job.today, only, size)
    count = -(-size // ROWS)
    try:
        quiet = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
        session = SparkSession.builder.master(job.spark).appName("legcramp").config(map=quiet).getOrCreate()
        try:
            session.sparkContext.setLogLevel("OFF")
            numbers = session.range(0, count, 1, max(count, 1))
            for row in numbers.mapInArrow(partial(_conclude, task), _SCHEMA).toLocalIterator():
                yield Count(row.rows, row.bad, json.loads(row.told))
        finally:
            session.stop()
    except (PySparkException, Py4JError) as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()] or ["unknown reason"]
        java = " It needs Java 17 or newer." if "JAVA" in str(error) else ""
        raise Refusal(f"Spark ({job.spark}) could not do it: {lines[0][:300]}{java}") from None


def _conclude(task: _Task, batches: Iterable[Any]) -> Iterator[Any]:
    """On a worker: the parts with these numbers, as batches of Arrow."""
    import pyarrow as pa

    results = _results(task.rules, task.only_dispositions)
    table = Table(results.rulebook, results.conditions.codes, task.today)
    for batch in batches:
        made = []
        for part in batch.column(0).to_pylist():
            start, stop = part * ROWS, min((part + 1) * ROWS, task.size)
            chunk = joined(parquet_rows(task.answers, table, start, stop))
            count = write_part(task.parts, part, task.suffix, chunk, results)
            told = json.dumps(count.told)
            made.append({"part": part, "rows": count.rows, "bad": count.bad, "told": told})
        if made:
            yield pa.RecordBatch.from_pylist(made)


@lru_cache(maxsize=1)
def _results(rules: Path, only_dispositions: bool) -> Results:
    """The rulebook is loaded once by each worker."""
    return Results(load(rules), only_dispositions=only_dispositions)
