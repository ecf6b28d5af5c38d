"""Which folder of rules ``legcramp rules …`` means; said, so that nobody edits one and tries another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from questionnaire.kept_rules import refused
from questionnaire.program import Refusal
from questionnaire.rulebooks import built_in_rules
from triage.text import printable

if TYPE_CHECKING:
    from triage.rulebook.rulebook import Rulebook

BUILT_IN_ID = "legcramp"
_HERE = (Path(), Path("rules"))
_FRAME = "rulebook.yaml"
_NONE_HERE = "; there is no rulebook.yaml here, nor in rules here"

folder_option = click.option(
    "--rules",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder of rules (default: where you are, or rules there, else the built-in ones).",
)
vignettes_option = click.option(
    "--vignettes",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the vignettes are (default: tests/vignettes beside the rules).",
)


def rules_here() -> Path | None:
    """The rules where the maintainer stands: that folder itself, or ``rules`` in it; None if neither is."""
    return next((place for place in _HERE if (place / _FRAME).is_file()), None)


@contextmanager
def rules_to_read(folder: Path | None) -> Iterator[Path]:
    """The folder that was named, else the rules here, else the built-in ones.

    What goes wrong with it is told on standard error, and there too the first line says which it was.
    """
    from triage.problems import Invalid

    place = folder or rules_here() or built_in_rules()
    try:
        yield place
    except (Refusal, Invalid):
        say_which(place, aside=True)
        raise


def loaded_to_look_at(place: Path) -> Rulebook:
    """The rulebook for a maintainer, who may look at what a change does though it is not allowed.

    Raises ``Invalid`` with every problem but what a clinic's folder may not do: that ``say_which`` tells.
    """
    from triage.rulebook.load import load

    return load(place)


def say_which(place: Path, rulebook: Rulebook | None = None, *, aside: bool = False) -> None:
    """The first line of every output. ``aside``: on standard error, as the output is for a program."""
    missing = _NONE_HERE if place is built_in_rules() else ""  # nobody named them
    click.echo(f"Rules: {named(place)}{missing}", err=aside)
    if rulebook is not None:
        warn_if_refused(rulebook)


def warn_if_refused(rulebook: Rulebook) -> None:
    """Say on standard error that nobody may be asked with these rules."""
    if problems := refused(rulebook):
        said = "; ".join(problem.message for problem in problems[:3])
        more = f"; and {len(problems) - 3} more" if len(problems) > 3 else ""
        click.echo(
            f"NOT ALLOWED, so only for looking at: {said}{more}. See: legcramp rules check\n", err=True
        )


def rules_to_write(folder: Path | None) -> Path:
    """The folder of rules to write to. Nobody edits the program's own rules by forgetting a word."""
    place = folder or rules_here()
    if place is None:
        raise Refusal(
            "Say which rules to write to: go to their folder, or the one above, first, or add --rules DIR."
        )
    if not (place / _FRAME).is_file():
        raise Refusal(f"{place} has no rulebook.yaml. Name the folder of the rules itself.")
    return place


def named(place: Path) -> str:
    """Which folder it is, wherever one stands."""
    try:
        whole = printable(str(place.resolve())).replace("\n", " ")
    except (OSError, RuntimeError):  # the folder where one stands is gone; a ring of links
        whole = printable(str(place)).replace("\n", " ")
    return f"built-in ({whole})" if _same(place, built_in_rules()) else whole


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def vignettes_of(place: Path) -> Path | None:
    """The vignettes beside a folder of rules, if there are any."""
    beside = place.resolve().parent / "tests" / "vignettes"
    return beside if beside.is_dir() else None


def vignettes_to_try(place: Path, rulebook: Rulebook) -> Path | None:
    """The vignettes beside the rules; those of the program for a copy of its own rules."""
    copied = rulebook.frame.id == BUILT_IN_ID
    return vignettes_of(place) or (vignettes_of(built_in_rules()) if copied else None)
