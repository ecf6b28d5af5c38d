"""``diary``: one night in a few keys, four weeks at a glance, and when to answer the questions again."""

from __future__ import annotations

import datetime
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from questionnaire.commands.diary_data import diary_rules, earlier_questionnaire, told_nights, weeks_until
from questionnaire.commands.options import force_option, numbers_options, out_option, rules_option
from questionnaire.diary_store import DiaryProblem, DiaryStore
from questionnaire.input_output import write_out
from questionnaire.program import Refusal, program
from questionnaire.rulebooks import Numbers

if TYPE_CHECKING:
    from triage.diary.nights import FourWeeks
    from triage.engine.response import Answer, Response
    from triage.report.document import Document
    from triage.rulebook.rulebook import Rulebook

INTERRUPTED = 130
LATEST = 366  # days back that a night can be told

plain_option = click.option("--plain", is_flag=True, help="In words: for screen readers and pipes.")
date_option = click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The night that ended on this day (default: the last night).",
)


@click.group(invoke_without_command=True)
@click.option("--plain", is_flag=True, help="Numbered lines: for screen readers and pipes.")
@date_option
@rules_option
@click.pass_context
def diary(context: click.Context, plain: bool, day: datetime.datetime | None, folder: Path | None) -> None:
    """Keep a diary of nights: without a command it asks about the last night.

    Every question but the first can be skipped with Enter. A night that is not told stays open: it is
    never taken for one without a cramp.
    """
    if context.invoked_subcommand is None:
        raise SystemExit(_ask_about(plain, _day(day), folder))
    if plain or day or folder:
        raise click.UsageError(f"Write the options after “{context.invoked_subcommand}”.")


@diary.command()
@plain_option
@numbers_options
@rules_option
def show(plain: bool, numbers: Numbers, folder: Path | None) -> None:
    """Show the last four weeks: the nights, how long it gripped, what helped."""
    from triage.report.diary.documents import show_document

    rulebook = diary_rules(folder, numbers)
    weeks = weeks_until(rulebook, datetime.date.today())
    if plain or not sys.stdout.isatty():
        click.echo(_in_words(rulebook, weeks), nl=False)
    else:
        _print(show_document(rulebook, weeks))


@diary.command()
@plain_option
@numbers_options
@rules_option
def check(plain: bool, numbers: Numbers, folder: Path | None) -> None:
    """Say what changed since the questionnaire, and when to answer it again."""
    from triage.diary.reading import read_diary
    from triage.report.diary.documents import check_document

    rulebook = diary_rules(folder, numbers)
    weeks = weeks_until(rulebook, datetime.date.today())
    earlier = earlier_questionnaire(rulebook, folder, numbers)
    unfinished = earlier is not None and not earlier.finished
    again = f"{program()} ask {'--resume' if unfinished else '--new'}"
    document = check_document(rulebook, weeks, earlier, read_diary(rulebook, weeks, earlier), again)
    if plain or not sys.stdout.isatty():
        from triage.report.formats.text import render_text

        click.echo(render_text(document, _width()), nl=False)
    else:
        _print(document)


@diary.command()
@date_option
@click.option("--yes", is_flag=True, help="Do not ask whether it is meant.")
def delete(day: datetime.datetime | None, yes: bool) -> None:
    """Delete the whole diary for good, or with --date one night."""
    store = DiaryStore()
    try:
        if day is not None:
            if not store.forget(day.date()):
                raise Refusal(f"Nothing is told of the night that ended on {day.date()}.")
            click.echo(f"The night that ended on {day.date()} is deleted.")
            return
        if not yes and store.path.exists():
            try:
                count = len(store.nights())
                what = f"your diary ({count} {'night' if count == 1 else 'nights'})"
            except DiaryProblem:  # damaged: it can be deleted all the same
                what = f"the diary {store.path}"
            click.confirm(f"Delete {what} for good?", abort=True)
        click.echo("Your diary is deleted." if store.delete() else "There is no diary.")
    except DiaryProblem as problem:
        raise Refusal(str(problem)) from None


@diary.command()
@out_option
@force_option
@rules_option
def export(out: Path | None, force: bool, folder: Path | None) -> None:
    """Write the whole diary as a table (CSV), one row for each night."""
    from questionnaire.diary_table import as_csv

    rulebook = diary_rules(folder)
    write_out(as_csv(rulebook, told_nights(DiaryStore())), out, force)


def _day(day: datetime.datetime | None) -> datetime.date:
    """The day on which the night ended. Raises ``click.UsageError`` for one that cannot be meant."""
    today = datetime.date.today()
    if day is None:
        return today
    if day.date() > today:
        raise click.UsageError(f"{day.date()} is still to come. Name a night that is over.")
    if (today - day.date()).days > LATEST:
        raise click.UsageError(f"{day.date()} is more than a year ago. Check the year.")
    return day.date()


def _ask_about(plain: bool, day: datetime.date, folder: Path | None) -> int:
    """Ask about one night; the exit status."""
    from questionnaire.screens.night import ask_night
    from questionnaire.terminal.interface import Leave
    from questionnaire.terminal.starting import choose_interface, end_like_ctrl_c, go_on_after_a_stop
    from triage.diary.nights import read_night
    from triage.engine.response import Response
    from triage.engine.response import plain as as_plain

    if sys.stdin is None or sys.stdout is None:
        raise Refusal("The diary needs an input and an output.")
    store = DiaryStore()
    known = told_nights(store).get(day.isoformat(), {})  # a damaged diary is said before anything is asked
    rulebook = diary_rules(folder)
    rules = rulebook.diary
    assert rules is not None
    kept = 0

    def keep(question: str, answer: Answer) -> None:
        nonlocal kept
        try:
            store.tell(day, as_plain(Response({question: answer})))
        except DiaryProblem as problem:
            raise Refusal(str(problem)) from None
        kept += 1

    interface = choose_interface(plain)
    end_like_ctrl_c()
    go_on_after_a_stop(interface)
    try:
        told = ask_night(interface, rules, day, read_night(known, rulebook), keep)
        interface.page("", "")
    except (Leave, KeyboardInterrupt):
        said = "What you told is kept." if kept else "Nothing new is kept."
        click.echo(f"\nStopped. {said} To go on:  {program()} diary --date {day}")
        return INTERRUPTED
    for line in _closing(rulebook, day, told):
        interface.say(line)
    return 0


def _closing(rulebook: Rulebook, day: datetime.date, told: Response) -> list[str]:
    """What is kept of the night, which nights of the last week are open, and when to get help."""
    from questionnaire.screens.night import told_lines
    from triage.diary.counts import count_nights
    from triage.diary.reading import signs_of
    from triage.report.diary.days import days_in_words, night_of

    assert rulebook.diary is not None
    lines = told_lines(rulebook.diary, told)
    night = night_of(day)
    said = [f"{night[0].upper()}{night[1:]}: {'kept.' if lines else 'not told.'}", *lines, ""]
    weeks = weeks_until(rulebook, datetime.date.today())
    begun = min(told_nights(DiaryStore()), default=day.isoformat())
    week = [weeks.last - datetime.timedelta(days=n) for n in range(7)]
    open_ = sorted(late for late in week if late in weeks.days("") and late.isoformat() > begun)
    if open_:
        said.append(f"Not told yet: the night to {days_in_words(open_)}.")
        said.append(f"To tell one:  {program()} diary --date {open_[-1]}")
    if signs_of(rulebook, count_nights(rulebook.diary, weeks)):
        said.append(f"There is something in your diary to look at:  {program()} diary check")
    said.append(f"To see four weeks:  {program()} diary show")
    return [*said, "", *rulebook.frame.safety_net_for_all[:1]]


def _in_words(rulebook: Rulebook, weeks: FourWeeks) -> str:
    """The document in words, with each night that was told."""
    from triage.report.diary.documents import told_document
    from triage.report.formats.text import render_text

    return render_text(told_document(rulebook, weeks), _width())


def _print(document: Document) -> None:
    from questionnaire.terminal.pages import pages

    click.echo("\n\n".join(pages(document, _width(), 10_000)))


def _width() -> int:
    return max(20, min(80, shutil.get_terminal_size((80, 24)).columns))
