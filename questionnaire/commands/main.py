"""The command line. Exit status: 0 done, 2 wrong use or invalid input, 130 interrupted."""

from __future__ import annotations

import contextlib
import datetime
import gc
import importlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from questionnaire.commands.options import (
    force_option,
    format_option,
    numbers_options,
    out_option,
    paper_option,
    rules_option,
    today_option,
)
from questionnaire.input_output import read_input, write_out
from questionnaire.program import Refusal
from questionnaire.rendering import render
from questionnaire.rulebooks import Numbers, ready
from questionnaire.terminal.streams import show_what_can_be_shown
from triage.text import printable

if TYPE_CHECKING:
    from triage.engine.response import Response
    from triage.rulebook.rulebook import Rulebook

INTERRUPTED = 130

# Commands with a module of their own, which is imported only when they are meant (or listed).
_ELSEWHERE = {
    "batch": "questionnaire.commands.batch",
    "diary": "questionnaire.commands.diary",
    "fhir": "questionnaire.commands.fhir",
    "form": "questionnaire.commands.form",
    "summary": "questionnaire.commands.sessions",
    "takehome": "questionnaire.commands.sessions",
    "sessions": "questionnaire.commands.sessions",
    "rules": "questionnaire.commands.rules.group",
}


class _Commands(click.Group):
    """The commands here and those elsewhere."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _ELSEWHERE and cmd_name not in self.commands:
            found = getattr(importlib.import_module(_ELSEWHERE[cmd_name]), cmd_name)
            assert isinstance(found, click.Command)
            self.add_command(found)
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Commands, invoke_without_command=True)
@click.version_option(package_name="legcramp")
@click.pass_context
def cli(context: click.Context) -> None:
    """A questionnaire about leg cramps: how soon to see whom, and what may help.

    Without a command it starts the questionnaire. Nothing leaves this computer.
    """
    if context.invoked_subcommand is None:
        with ask.make_context("ask", [], parent=context) as inner:  # reads the environment too
            ask.invoke(inner)


@cli.command()
@click.option("--plain", is_flag=True, help="Numbered lines: for screen readers and pipes.")
@click.option("--resume", is_flag=False, flag_value="", metavar="[ID]", help="Go on where you stopped.")
@click.option("--new", is_flag=True, help="Start anew, whatever is saved.")
@click.option("--no-save", is_flag=True, help="Keep nothing on this computer.")
@numbers_options
@rules_option
def ask(
    plain: bool, resume: str | None, new: bool, no_save: bool, numbers: Numbers, folder: Path | None
) -> None:
    """Answer the questionnaire (this is what plain `legcramp` does)."""
    if resume is not None and (new or no_save):
        raise click.UsageError("--resume does not go with --new or --no-save.")
    from questionnaire.commands.ask import start

    raise SystemExit(start(plain, resume, new, no_save, folder, numbers))


@cli.command()
@click.argument("answers", type=click.Path(path_type=Path, allow_dash=True))
@format_option
@paper_option
@out_option
@force_option
@today_option
@numbers_options
@rules_option
def assess(
    answers: Path,
    style: str,
    paper: str,
    out: Path | None,
    force: bool,
    today: datetime.datetime | None,
    numbers: Numbers,
    folder: Path | None,
) -> None:
    """Assess saved answers: a JSON or YAML file, or - for standard input.

    A FHIR QuestionnaireResponse to the form of `legcramp fhir questionnaire` is read too (JSON).
    """
    from questionnaire.pickled import no_collecting
    from triage.engine.assess import assess_with

    with no_collecting():
        rules = ready(folder, numbers)
        raw, name = read_input(answers)
        response, remarks = _read(raw, name, rules.rulebook)
        day = today.date() if today else datetime.date.today()
        assessment = assess_with(rules.reasoner(day), response)
        made = render(assessment, rules.rulebook, style, page=False, paper=paper)
        for remark in remarks:
            _complain(remark)
        write_out(made, out, force)
        gc.freeze()  # all of it is there until the end, which is now


def _read(raw: bytes, name: str, rulebook: Rulebook) -> tuple[Response, tuple[str, ...]]:
    """The response, and what of it was not understood. Raises ``Invalid``."""
    if b'"resourceType"' in raw or raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        # Only where it is FHIR: it takes longer to start.
        from triage.fhir.responses.reading import read_any

        return read_any(raw, name, rulebook)
    from triage.engine.answers import read_answers

    return read_answers(raw, name, rulebook), ()


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; the one place where problems become messages and exit statuses."""
    raise SystemExit(_run(arguments))


def _run(arguments: list[str] | None) -> int:
    from triage.problems import Invalid

    show_what_can_be_shown()
    try:
        # Not cli.main: that one ends with 1 when the reader of our output has gone.
        typed = list(sys.argv[1:] if arguments is None else arguments)
        with cli.make_context("legcramp", typed) as begun:
            result = cli.invoke(begun)
        if sys.stdout is not None:
            sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.ClickException as error:
        context = error.ctx if isinstance(error, click.UsageError) else None
        usage = f"{context.get_usage()}\n" if context else ""
        _complain(f"{usage}Error: {error.format_message()}")  # what was typed may hold escapes
        return 2
    except (Refusal, Invalid) as error:
        _complain(str(error))
        return 2
    except (KeyboardInterrupt, EOFError, click.Abort):
        _complain("Stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough; do not complain at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        _complain(f"{name}{(error.strerror or 'it cannot be read or written').lower()}.")
        with contextlib.suppress(OSError):  # do not fail once more while ending
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 2
    except click.exceptions.Exit as stop:  # --help, --version
        return stop.exit_code
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except Exception as error:
        return _internal(error)


def _internal(error: Exception) -> int:
    """A mistake of ours: say so without a traceback, unless one is asked for."""
    if os.environ.get("LEGCRAMP_DEBUG"):
        raise error
    what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    _complain(
        f"legcramp ran into a mistake of its own ({what}).\n"
        "Answers given so far are saved; see: legcramp sessions list.\n"
        "If you feel ill, do not wait for this tool: call a clinician.\n"
        "To report it, run again with LEGCRAMP_DEBUG=1 and keep the output."
    )
    return 1


def _complain(message: str) -> None:
    with contextlib.suppress(OSError, AttributeError):
        sys.stderr.write(printable(f"{message}\n"))
