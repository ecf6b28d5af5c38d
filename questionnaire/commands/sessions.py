"""``summary``, ``takehome`` and ``sessions``: what was saved, and the pages made of it."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from questionnaire.commands.options import (
    force_option,
    format_option,
    numbers_options,
    out_option,
    paper_option,
    rules_option,
    sheet_format_option,
)
from questionnaire.input_output import read_input, write_out
from questionnaire.program import Refusal, program
from questionnaire.rendering import render, render_sheet
from questionnaire.rulebooks import Numbers, ready
from questionnaire.store import Session, SessionProblem, SessionStore, no_session

if TYPE_CHECKING:
    from triage.diary.nights import FourWeeks
    from triage.engine.response import Response
    from triage.rulebook.rulebook import Rulebook


@click.command()
@click.argument("which", metavar="[ID]", required=False)
@format_option
@paper_option
@out_option
@force_option
@rules_option
def summary(
    which: str | None, style: str, paper: str, out: Path | None, force: bool, folder: Path | None
) -> None:
    """The clinician's page of a saved session (the last one, if no ID is given).

    Instead of an ID you can name an answers file.
    """
    from triage.engine.assess import assess_with

    rules = ready(folder)
    chosen = _chosen(which, rules.rulebook)
    assessment = assess_with(rules.reasoner(chosen.day), chosen.response)
    made = render(
        assessment, rules.rulebook, style, page=True, told=chosen.told, paper=paper, diary=chosen.diary
    )
    write_out(made, out, force)


@click.command()
@click.argument("which", metavar="[ID]", required=False)
@sheet_format_option
@paper_option
@out_option
@force_option
@numbers_options
@rules_option
def takehome(
    which: str | None,
    style: str,
    paper: str,
    out: Path | None,
    force: bool,
    numbers: Numbers,
    folder: Path | None,
) -> None:
    """One sheet to take home, of a saved session (the last one, if no ID is given).

    How soon, what to do, what to leave alone and a diary; or what to say on the phone. Instead of an
    ID you can name an answers file.
    """
    from triage.engine.assess import assess_with

    rules = ready(folder, numbers)
    chosen = _chosen(which, rules.rulebook)
    assessment = assess_with(rules.reasoner(chosen.day), chosen.response)
    write_out(render_sheet(assessment, rules.rulebook, style, paper=paper), out, force)


class _Chosen(NamedTuple):
    """The answers, the day to reckon from, whether the person has surely seen the result, their diary."""

    response: Response
    day: datetime.date
    told: bool
    diary: FourWeeks | None = None


def _chosen(which: str | None, rulebook: Rulebook) -> _Chosen:
    from questionnaire.screens.diary_offer import diary_of
    from triage.engine.answers import read_answers

    if which is not None and Path(which).is_file():
        raw, name = read_input(Path(which))
        return _Chosen(read_answers(raw, name, rulebook), datetime.date.today(), False)
    session = _session(which)
    diary = diary_of(session, rulebook)
    return _Chosen(answers_of(session, rulebook), day_of(session), session.finished, diary)


def answers_of(session: Session, rulebook: Rulebook) -> Response:
    from triage.engine.answers import parse_answers
    from triage.problems import Problem
    from triage.rulebook.reading.source import YamlDocument

    problems: list[Problem] = []
    place = YamlDocument(f"session {session.id}", None)
    response = parse_answers(session.answers, rulebook, place, (), problems)
    if problems:
        sys.stderr.write(
            f"Some answers of session {session.id} no longer fit the questions and are left out: "
            f"{'; '.join(problem.message for problem in problems)}.\n"
        )
    return response


def day_of(session: Session) -> datetime.date:
    try:
        return datetime.datetime.fromisoformat(session.saved).date()
    except ValueError:
        raise Refusal(f"The session {session.id} has no date that can be read.") from None


def _session(session_id: str | None) -> Session:
    transcript = SessionStore()
    try:
        if session_id is not None:
            return transcript.load(session_id)
        session = transcript.latest()
    except SessionProblem as problem:
        raise Refusal(str(problem)) from None
    damaged = transcript.damaged()
    if session is None:
        raise Refusal(no_session(damaged))
    for text in damaged:
        sys.stderr.write(f"Left out: {text}\n")
    return session


@click.group(invoke_without_command=True)
@click.pass_context
def sessions(context: click.Context) -> None:
    """Saved sessions: list, show, resume, delete."""
    if context.invoked_subcommand is None:
        context.invoke(list_sessions)


@sessions.command("list")
def list_sessions() -> None:
    """List what is saved on this computer."""
    transcript = SessionStore()
    found = False
    for session in transcript.sessions():
        found = True
        if isinstance(session, SessionProblem):
            click.echo(str(session))
            continue
        state = "finished" if session.finished else "not finished"
        count = len(session.answers)
        click.echo(f"{session.id}  saved {session.saved[:16]}  {count} answers, {state}")
    if not found:
        click.echo("Nothing is saved.")
    else:
        click.echo(f"\nKept in {transcript.place}. Delete one with: {program()} sessions delete ID")


@sessions.command("show")
@click.argument("session_id", metavar="ID")
@numbers_options
@rules_option
def show_session(session_id: str, numbers: Numbers, folder: Path | None) -> None:
    """Show the result of a saved session."""
    from triage.engine.assess import assess_with

    rules = ready(folder, numbers)
    session = _session(session_id)
    response = answers_of(session, rules.rulebook)
    assessment = assess_with(rules.reasoner(day_of(session)), response)
    click.echo(render(assessment, rules.rulebook, "text", page=False), nl=False)


@sessions.command("resume")
@click.argument("session_id", metavar="[ID]", default="")
@click.option("--plain", is_flag=True, help="Numbered lines: for screen readers and pipes.")
@numbers_options
@rules_option
def resume_session(session_id: str, plain: bool, numbers: Numbers, folder: Path | None) -> None:
    """Go on with a saved session (the last one, if no ID is given)."""
    from questionnaire.commands.ask import start

    raise SystemExit(start(plain, session_id, False, False, folder, numbers))


@sessions.command("delete")
@click.argument("session_id", metavar="ID")
def delete_session(session_id: str) -> None:
    """Delete a saved session for good."""
    try:
        SessionStore().delete(session_id)
    except SessionProblem as problem:
        raise Refusal(str(problem)) from None
    click.echo(f"Session {session_id} is deleted.")
