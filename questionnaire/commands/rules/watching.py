"""Looking at a folder of rules on every save. The door to watchfiles."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from watchfiles import watch

from questionnaire.commands.rules import problems as problem_list
from questionnaire.commands.rules.which_rules import vignettes_to_try
from triage.rulebook.comparing.affected import affected
from triage.workbench.lint import inspect

if TYPE_CHECKING:
    from triage.engine.response import Response
    from triage.problems import Problem
    from triage.rulebook.rulebook import Rulebook

SETTLED_MS = 100  # an editor may write a file in several steps
STEP_MS = 30
AWAY_MS = 1000  # how often to look whether the folder is still the one that is watched

Vignettes = Callable[[Path | None, "Sequence[Rulebook]"], "list[tuple[str, Response]]"]


def watching(folder: Path, vignettes: Vignettes) -> None:
    """Checks now and on every save, until Ctrl-C. ``vignettes`` reads the cases of a folder."""
    click.echo("Watching them. Save a file to see what comes of it; Ctrl-C ends.")
    try:
        _watching(folder, vignettes)
    except KeyboardInterrupt:  # at any moment: also while it still looks at the last save
        click.echo("\nNo longer watching.")


def _watching(folder: Path, vignettes: Vignettes) -> None:
    good, problems = inspect(folder, today=datetime.date.today())
    _tell(good, problems, folder)
    good = None if problems else good
    cases = vignettes(vignettes_to_try(folder, good), [good]) if good else []
    for names in _saves(folder):
        click.echo(f"\n──── {datetime.datetime.now():%H:%M:%S}  {', '.join(names)} saved")
        made, problems = inspect(folder, good, datetime.date.today())
        if made is not None and not problems:
            _explain(made, names)
        _tell(made, problems, folder)
        if made is None or problems:
            continue
        if good is not None:
            _affected(good, made, cases)
        good = made


def _saves(folder: Path) -> Iterator[list[str]]:
    """The names of the files saved, each time, until Ctrl-C.

    A folder that is taken away and put back (a git checkout does it) is watched anew: the operating
    system goes on watching the one that is gone.
    """
    while True:
        watched = _identity(folder)
        for changes in watch(
            folder, debounce=SETTLED_MS, step=STEP_MS, rust_timeout=AWAY_MS, yield_on_timeout=True
        ):
            names = sorted({_name(Path(path), folder) for _, path in changes if path.endswith(".yaml")})
            if _identity(folder) != watched:
                break
            if names:
                yield names
        if _identity(folder) is None:
            click.echo(f"\n{folder} is gone. Waiting until it is back.")
            while _identity(folder) is None:
                time.sleep(AWAY_MS / 1000)
        yield ["the whole folder"]


def _identity(folder: Path) -> tuple[int, int] | None:
    """Which folder of the disk has the name now; None: there is none."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if folder.is_dir() else None


def _name(path: Path, folder: Path) -> str:
    try:
        return path.relative_to(folder.resolve()).as_posix()
    except ValueError:
        return path.name


def _tell(rulebook: Rulebook | None, problems: Sequence[Problem], folder: Path) -> None:
    if problems:
        click.echo(problem_list.render_text(problems, folder, colour=problem_list.in_colour()))
    elif rulebook is not None:
        click.echo(f"No problems in {len(rulebook.cards)} cards and {len(rulebook.items)} questions.")


def _affected(before: Rulebook, after: Rulebook, cases: Iterable[tuple[str, Response]]) -> None:
    """How many cards an edit reaches, and which vignettes come out otherwise."""
    from triage.engine.counterfactuals.cohort import conclude_for
    from triage.workbench.examples import TODAY
    from triage.workbench.impact import Fitting, compare, completed

    reached = [card for card in after.cards if card in affected(before, after)]
    cards = problem_list.counted(len(reached), "card")
    said = f"Reached by this edit: {cards}." if reached else "This edit changes no condition."
    click.echo(f"{said} All examples are as expected.")
    named = list(cases)
    people = completed(before, after, [response for _, response in named])
    result = compare(before, after, people, TODAY)
    if named and not result.moved:
        click.echo(f"None of {len(named)} vignettes changes its disposition.")
    old, new = (
        conclude_for(book, list(map(Fitting(book), people)), TODAY).levels for book in (before, after)
    )
    for number in result.moved:
        was, now = (
            next(level for level, bits in levels.items() if bits >> number & 1) for levels in (old, new)
        )
        click.echo(f"  {was} to {now}: {named[number][0]}")


def _explain(rulebook: Rulebook, names: Iterable[str]) -> None:
    from triage.report.formats.text import render_text
    from triage.workbench.documents.explained import explained

    for name in names:
        card = Path(name).stem
        if card in rulebook.cards:
            click.echo("\n" + render_text(explained(rulebook, card)), nl=False)
