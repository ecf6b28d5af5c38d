"""Options that several commands have."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from questionnaire.rulebooks import Numbers

FORMATS = ("text", "json", "md", "html", "pdf", "fhir")
SHEET_FORMATS = ("text", "html", "pdf")

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
sheet_format_option = click.option(
    "--format", "style", type=click.Choice(SHEET_FORMATS), default="text", show_default=True
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
whom_option = click.option(
    "--for",
    "whom",
    type=click.Choice(("self", "child", "other")),
    help="In the words for one who answers for themselves, for a child, or for another adult.",
)
force_option = click.option("--force", is_flag=True, help="Overwrite FILE if it exists.")


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
