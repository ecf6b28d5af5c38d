"""What the commands have in common: where the rules are, reading, rendering, writing."""

from __future__ import annotations

import datetime
import functools
import os
import re
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    from questionnaire.pickled import Ready
    from triage.assessment import Assessment
    from triage.problems import Problem
    from triage.rulebook.rulebook import Rulebook

FORMATS = ("text", "json", "md", "html", "pdf")
MAX_INPUT = 1_000_000

rules_option = click.option(
    "--rules",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Another folder of rules (default: the built-in ones).",
)
format_option = click.option(
    "--format", "style", type=click.Choice(FORMATS), default="text", show_default=True
)
paper_option = click.option(
    "--paper",
    type=click.Choice(("a4", "letter")),
    default="a4",
    show_default=True,
    help="The sheet of a PDF.",
)
out_option = click.option(
    "-o", "--output", "out", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE."
)
today_option = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day to reckon from (default: today).",
)
force_option = click.option("--force", is_flag=True, help="Overwrite FILE if it exists.")


class Numbers(NamedTuple):
    """The numbers to call where the person lives, as far as they are set."""

    emergency: str | None = None
    crisis: str | None = None


NOT_SET = Numbers()


def _number(_: click.Context, __: click.Parameter, typed: str | None) -> str | None:
    if typed is None or re.fullmatch(r"\+?[0-9][0-9 -]{1,18}", typed.strip()):
        return typed.strip() if typed else None
    raise click.BadParameter(f"“{typed[:30]}” is no phone number. Write digits only, such as 112.")


_emergency_option = click.option(
    "--emergency-number",
    "number",
    envvar="LEGCRAMP_EMERGENCY_NUMBER",
    show_envvar=True,
    metavar="NUMBER",
    callback=_number,
    help="The number to call in an emergency where you live.",
)
_crisis_option = click.option(
    "--crisis-line",
    "crisis",
    envvar="LEGCRAMP_CRISIS_LINE",
    show_envvar=True,
    metavar="NUMBER",
    callback=_number,
    help="The number of a crisis line where you live.",
)


def numbers_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Both numbers as options; the command gets them as ``numbers``."""

    @functools.wraps(command)
    def with_numbers(*args: Any, number: str | None, crisis: str | None, **others: Any) -> Any:
        return command(*args, numbers=Numbers(number, crisis), **others)

    return _emergency_option(_crisis_option(with_numbers))


class Refusal(Exception):
    """Something the user has to put right. The message says what, where, and what to do."""


def program() -> str:
    """What to type to start this program again: its name, or where it is if the name alone will not do."""
    import shlex
    import shutil

    started = Path(sys.argv[0])
    if started.stem.casefold() != "legcramp" or shutil.which("legcramp"):
        return "legcramp"
    return shlex.quote(str(started))


@functools.cache
def built_in_rules() -> Path:
    """The rules that come with the program."""
    import triage

    return Path(str(triage.__file__)).resolve().parents[1] / "rules"


def loaded(folder: Path | None, numbers: Numbers = NOT_SET) -> Rulebook:
    """The rulebook, with the numbers to call that are set.

    Raises ``Invalid`` with every problem found; also if a clinic's rulebook is less careful than the
    one it extends and nobody has signed for that.
    """
    return ready(folder, numbers).rulebook


def ready(folder: Path | None, numbers: Numbers = NOT_SET, *, keep: bool = True) -> Ready:
    """The same, ready to reason. ``keep``: the built-in rules may be kept for a quicker start."""
    from questionnaire.kept_rules import built_in, read_and_checked

    made = read_and_checked(folder) if folder else built_in(built_in_rules(), keep=keep)
    if problems := unsigned(made.rulebook):
        from triage.problems import Invalid

        raise Invalid(problems)
    return made._replace(rulebook=made.rulebook.with_numbers(*numbers)) if any(numbers) else made


def unsigned(rulebook: Rulebook) -> list[Problem]:
    """Where a clinic's rulebook is less careful than the one it extends, and nobody has signed for it."""
    if rulebook.base is None:
        return []
    from triage.overlay.signatures import loosened

    return loosened(rulebook, datetime.date.today())


def read_input(path: Path) -> tuple[bytes, str]:
    """The bytes of a file (or standard input for ``-``) and the name to use for it."""
    try:
        if str(path) == "-":
            if sys.stdin is None:
                raise Refusal("There is no standard input to read.")
            return sys.stdin.buffer.read(MAX_INPUT + 1), "standard input"
        if path.exists() and not path.is_file():
            raise Refusal(f"{path} is not a plain file.")
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > MAX_INPUT:
                raise Refusal(f"{path} is too large ({size / 1e6:.1f} MB). Keep it below 1 MB.")
            return file.read(MAX_INPUT + 1), str(path)
    except FileNotFoundError:
        from triage.names import did_you_mean

        beside = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
        hint = did_you_mean(path.name, beside)
        raise Refusal(f"There is no file {path}. {hint}".rstrip()) from None
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {(error.strerror or 'unknown').lower()}.") from None


def rendered(
    assessment: Assessment,
    rulebook: Rulebook,
    style: str,
    *,
    page: bool,
    told: bool = False,
    paper: str = "a4",
) -> str | bytes:
    """The person's result, or with ``page`` the clinician's page; bytes for a PDF.

    ``told``: the person has seen the result, so the page may say what they were told.
    """
    if style == "json":
        from triage.report.as_json import as_data, as_json
        from triage.report.private import without_private

        data = as_data(assessment)
        words = spoken_rulebook(assessment, rulebook)
        return as_json(without_private(data, words) if page else data)
    document = _document(assessment, spoken_rulebook(assessment, rulebook), page, told)
    match style:
        case "md":
            from triage.report.as_markdown import as_markdown

            return as_markdown(document)
        case "html":
            from triage.report.as_html import as_html

            return as_html(document)
        case "pdf":
            from triage.report.as_pdf import as_pdf

            return as_pdf(document, "us-letter" if paper == "letter" else "a4")
    from triage.report.as_text import as_text

    return as_text(document)


def spoken_rulebook(assessment: Assessment, rulebook: Rulebook) -> Rulebook:
    from triage.voice import spoken

    return spoken(rulebook, assessment.standings)


def _document(assessment: Assessment, rulebook: Rulebook, page: bool, told: bool) -> Any:
    if page:
        from triage.report.clinician import clinician_document

        return clinician_document(assessment, rulebook, told=told)
    from triage.report.person import person_document

    return person_document(assessment, rulebook)


def write_out(made: str | bytes, out: Path | None, force: bool) -> None:
    """To standard output, or whole to a file that does not exist yet (0600)."""
    if out is None or str(out) == "-":
        if sys.stdout is None:
            raise Refusal("There is no standard output. Name a file with -o FILE.")
        if isinstance(made, str):
            sys.stdout.write(made)
            return
        if sys.stdout.isatty():
            raise Refusal("A PDF cannot be shown in a terminal. Name a file for it with -o FILE.pdf.")
        sys.stdout.buffer.write(made)
        return
    from questionnaire.disk import write_atomically

    try:
        refuse_to_overwrite(out, force)
        write_atomically(out, made)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise Refusal(f"{out} cannot be written: {reason}.") from None


def refuse_to_overwrite(out: Path, force: bool) -> None:
    """Raise ``Refusal`` if a file cannot be written there, or stands there and is to be kept."""
    if out.is_dir():
        raise Refusal(f"{out} is a folder. Name a file.")
    if os.path.lexists(out) and not out.is_file():
        raise Refusal(f"{out} is not a plain file. Name another one.")
    if os.path.lexists(out) and not force:
        raise Refusal(f"{out} exists already. Use another name, or --force to overwrite it.")
    if out.exists() and not out.stat().st_mode & stat.S_IWUSR:
        raise Refusal(f"{out} is write-protected. Use another name, or take the protection off.")
