"""The files of ``legcramp batch``: which they are, read and written whole or not at all."""

from __future__ import annotations

import csv
import datetime
import io
import signal
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeAlias

from questionnaire.files import move_into_place, workplace, write_atomically
from questionnaire.input_output import refuse_to_overwrite, write_out
from questionnaire.program import Refusal
from questionnaire.terminal.pages import progress
from triage.batch.beside import ParquetStream, read_ahead
from triage.batch.fields import as_cells, fields
from triage.batch.objects import Objects
from triage.batch.results import Results
from triage.batch.sources import AHEAD, SOURCES, Chunk, Source, gathered
from triage.batch.table import Table
from triage.batch.writing import PARQUET, TEXT, Count, join_parts, join_rejected, table_of, write_part
from triage.engine.response import plain
from triage.names import did_you_mean
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import usual_answers

Stop: TypeAlias = Callable[[], None]  # raises KeyboardInterrupt if that was asked for
Advance: TypeAlias = Callable[[int, int], None]  # how much is done, how many rows these are


@dataclass(frozen=True)
class Job:
    """What ``legcramp batch`` was asked for."""

    answers: Path
    out: Path
    rulebook: Rulebook
    today: datetime.date
    only_dispositions: bool = False
    strict: bool = False
    force: bool = False
    rules: Path | None = None  # where the rulebook came from, if not from the program
    spark: str | None = None  # the address of a Spark cluster

    @property
    def rejected(self) -> Path:
        """Where the rows go that cannot be used."""
        return self.out.with_name(f"{self.out.name}.rejected.jsonl")


def run(job: Job) -> None:
    """Read, conclude, write. Raises ``Refusal`` or ``Invalid``; then nothing was written."""
    _check(job)
    results = Results(job.rulebook, only_dispositions=job.only_dispositions)
    source = _source(job, results)
    try:
        with _asked_to_stop() as stop, workplace(job.out) as place:
            count = _write(job, source, results, place, stop)
    except OSError as error:
        raise Refusal(f"{job.out} cannot be written: {_reason(error)}.") from None
    _say(job, count)


def _source(job: Job, results: Results) -> Source:
    codes = results.conditions.codes
    objects, table = Objects(job.rulebook, codes, job.today), Table(job.rulebook, codes, job.today)
    try:
        return SOURCES[job.answers.suffix.lower()](job.answers, objects, table)
    except OSError as error:
        raise Refusal(f"{job.answers} cannot be read: {_reason(error)}.") from None


def _write(job: Job, source: Source, results: Results, place: Path, stop: Stop) -> Count:
    made, bad, parts = place / "made", place / "bad", place / "parts"
    parts.mkdir()
    suffix, count = job.out.suffix.lower(), Count()
    with progress(source.size, "people") as advance:

        def watch(done: int, rows: int) -> None:
            stop()
            advance(done, rows)

        with closing(_concluded(job, source, results, place, watch)) as written:
            for part in written:
                stop()
                count.add(part)
                if job.strict and count.bad:
                    raise Refusal("\n".join([*count.told, "Nothing was written, because of --strict."]))
    if count.rows == count.bad:
        _no_results(job, count)
    if not made.exists():
        join_parts(parts, suffix, made)
    stop()
    if count.bad:
        join_rejected(parts, bad)
        move_into_place(bad, job.rejected)
    else:
        job.rejected.unlink(missing_ok=True)  # of an earlier run: allowed by --force
    move_into_place(made, job.out)
    return count


def _concluded(
    job: Job, source: Source, results: Results, place: Path, advance: Advance
) -> Generator[Count, None, None]:
    """What was in each part, once it is written: as one of ``parts``, or to the end of ``made``."""
    parts, suffix = place / "parts", job.out.suffix.lower()
    if job.spark is not None:
        from questionnaire.commands.batch_spark import on_spark

        rows = 0
        for count in on_spark(job, source.size, parts):
            rows += count.rows
            advance(rows, rows)
            yield count
        return
    with ExitStack() as open_:
        stream = open_.enter_context(ParquetStream(place / "made")) if suffix in PARQUET else None
        chunks = open_.enter_context(read_ahead(source.chunks(), AHEAD))
        for number, chunk in enumerate(gathered(_watched(chunks, advance))):
            yield write_part(parts, number, suffix, chunk, results, stream)


def _watched(chunks: Iterator[Chunk], advance: Advance) -> Iterator[Chunk]:
    rows = 0
    for chunk in chunks:
        rows += chunk.codes.height + len(chunk.rejected)
        advance(chunk.done, rows)
        yield chunk


def _no_results(job: Job, count: Count) -> NoReturn:
    if not count.rows:
        raise Refusal(f"{job.answers} has no answers in it.")
    told = [*count.told, f"No row of {job.answers} can be used ({count.rows:,} rows). Nothing was written."]
    raise Refusal("\n".join(told))


def _check(job: Job) -> None:
    """Raise ``Refusal`` if the files cannot be what they should be."""
    for path, known in ((job.answers, SOURCES), (job.out, (*TEXT, *PARQUET))):
        if path.suffix.lower() not in known:
            raise Refusal(
                f"{path} must end in .jsonl, .csv or .parquet: that says what kind of file it is."
            )
    if job.spark is not None:
        from questionnaire.commands.batch_spark import check_for_spark

        check_for_spark(job)
    if not job.answers.exists():
        beside = job.answers.parent
        hint = did_you_mean(job.answers.name, [p.name for p in beside.iterdir()] if beside.is_dir() else [])
        raise Refusal(f"There is no file {job.answers}. {hint}".rstrip())
    if not job.answers.is_file():
        raise Refusal(f"{job.answers} is not a plain file.")
    if not job.out.resolve().parent.is_dir():
        raise Refusal(f"There is no folder {job.out.parent}. Make it first, or name another one.")
    for path in (job.out, job.rejected):
        if path.exists() and path.samefile(job.answers):
            raise Refusal(f"The results would overwrite the answers ({path}). Name another file.")
        refuse_to_overwrite(path, job.force)


@contextmanager
def _asked_to_stop() -> Iterator[Stop]:
    """Ctrl-C and a request to end are noted, and obeyed between two pieces of work.

    polars answers Ctrl-C by itself too, and a second interruption would come while the first is tidied up.
    """
    asked: list[int] = []

    def stop() -> None:
        if asked:
            raise KeyboardInterrupt

    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda got, _: asked.append(got)) for number in signals]
    try:
        yield stop
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)


def _say(job: Job, count: Count) -> None:
    lines = list(count.told)
    if count.bad > len(lines):
        lines.append(f"… and {count.bad - len(lines):,} more bad rows.")
    if count.bad:
        cannot = "row cannot be used. It is" if count.bad == 1 else "rows cannot be used. They are"
        lines.append(f"{count.bad:,} of {count.rows:,} {cannot} in {job.rejected}.")
    made = count.rows - count.bad
    lines.append(f"{made:,} {'result is' if made == 1 else 'results are'} in {job.out}.")
    sys.stderr.write("".join(f"{line}\n" for line in lines))


def _reason(error: OSError) -> str:
    return (error.strerror or str(error) or "unknown reason").lower()


def write_template(rulebook: Rulebook, out: Path | None, force: bool) -> None:
    """The columns with their codes, as CSV, on standard output; or a table with one made-up person."""
    if out is None:
        written = io.StringIO()
        lines = csv.writer(written, lineterminator="\n")
        lines.writerow(("column", "needed", "codes", "question"))
        for one in fields(rulebook).values():
            lines.writerow((one.name, "yes" if one.needed else "no", one.codes, one.question))
        write_out(written.getvalue(), None, force)
        return
    made = table_of(out.suffix.lower(), as_cells(rulebook, plain(usual_answers(rulebook))))
    if made is None:
        raise Refusal(f"{out} must end in .csv or .parquet: that says what kind of table it is.")
    refuse_to_overwrite(out, force)
    try:
        write_atomically(out, made)
    except OSError as error:
        raise Refusal(f"{out} cannot be written: {_reason(error)}.") from None
