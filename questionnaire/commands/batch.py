"""``legcramp batch``: the answers of many people at once."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from questionnaire.commands.options import force_option, rules_option, today_option
from questionnaire.rulebooks import load_rulebook


@click.command()
@click.argument("answers", metavar="IN", type=click.Path(path_type=Path), required=False)
@click.option(
    "-o", "--output", "out", type=click.Path(path_type=Path), metavar="OUT",
    help="The file for the results: .jsonl, .csv or .parquet.",
)  # fmt: skip
@click.option(
    "--only-dispositions", is_flag=True, help="How soon for each person, and nothing else. Faster."
)
@click.option("--strict", is_flag=True, help="Stop at the first bad row, and write nothing.")
@click.option(
    "--template", is_flag=True,
    help="The columns of a table and what may stand in them. With -o: a table with one made-up person.",
)  # fmt: skip
@click.option(
    "--spark", metavar="MASTER",
    help="Do the work on a Spark cluster, such as local[2] or spark://host:7077. IN must be Parquet.",
)  # fmt: skip
@force_option
@today_option
@rules_option
def batch(
    answers: Path | None,
    out: Path | None,
    only_dispositions: bool,
    strict: bool,
    template: bool,
    spark: str | None,
    force: bool,
    today: datetime.datetime | None,
    folder: Path | None,
) -> None:
    """Assess the answers of many people: one result for each row of IN.

    IN is JSON Lines (an object with "answers" on each line, or the answers alone), CSV or Parquet.
    Parquet is fastest, with numbers as numbers, and codes as enumerations or true and false, not text.
    What cannot be used stands in OUT.rejected.jsonl, with the reason.
    """
    if template:
        if answers is not None:
            raise click.UsageError("--template needs no IN.")
        from questionnaire.commands.batch_run import write_template

        write_template(load_rulebook(folder), out, force)
        return
    if answers is None:
        raise click.UsageError("Missing argument 'IN': a file of answers (.jsonl, .csv or .parquet).")
    if out is None:
        raise click.UsageError("Name a file for the results with -o OUT (.jsonl, .csv or .parquet).")
    from questionnaire.commands.batch_run import Job, run

    day = today.date() if today else datetime.date.today()
    run(Job(answers, out, load_rulebook(folder), day, only_dispositions, strict, force, folder, spark))
