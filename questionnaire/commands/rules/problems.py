"""Problems of a rulebook, shown: to a person, to an editor, to a build."""

from __future__ import annotations

import json
import os
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from triage.problems import MAX_SHOWN
from triage.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triage.overlays.reworded import Reworded
    from triage.problems import Place, Problem

FORMAT = "legcramp-problems/1"


def render_text(problems: Sequence[Problem], folder: Path, *, colour: bool) -> str:
    """Grouped by file, in the order of the lines; at most ``MAX_SHOWN``."""

    def styled(text: str, **style: bool | str) -> str:
        return click.style(printable(text), **style) if colour else printable(text)  # type: ignore[arg-type]

    lines: list[str] = []
    for file, group in groupby(problems[:MAX_SHOWN], key=lambda problem: problem.place.file):
        lines += ["", styled(file, bold=True)]
        for problem in group:
            where = f"line {problem.place.line}" if problem.place.line else "the file"
            code = styled(f"[{problem.code}]", dim=True)
            lines.append(f"  {styled(where, fg='cyan')}: {styled(problem.message)} {code}")
            shown = problem.excerpt()
            if shown:
                lines += [f"      {shown[0]}", "      " + styled(shown[1], fg="red")]
            if problem.fix:
                lines.append(f"    → {styled(problem.fix, fg='green')}")
    if len(problems) > MAX_SHOWN:
        lines += ["", f"… and {len(problems) - MAX_SHOWN} more problems."]
    files = len({problem.place.file for problem in problems})
    lines += ["", f"{counted(len(problems), 'problem')} in {counted(files, 'file')} of {_called(folder)}."]
    lines.append("What a code means, and how it is mended: legcramp rules explain CODE")
    return "\n".join(lines).lstrip("\n")


def counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def to_read_again(texts: Sequence[Reworded]) -> str:
    """Words of a clinic's folder, old and new: no program knows what they mean."""
    lines = ["", "Words that are not the built-in ones, and new parts. A second person should read them:"]
    for file, group in groupby(texts, key=lambda one: one.place.file):
        lines += ["", printable(file)]
        for one in group:
            where = f"line {one.place.line}: " if one.place.line else ""
            lines.append(f"  {where}{one.part}, {_on_one_line(one.key)}")
            lines += [f"      was: {_on_one_line(one.before)}"] if one.before else []
            lines.append(f"      now: {_on_one_line(one.after) or '(nothing)'}")
    return "\n".join(lines)


def _on_one_line(text: str) -> str:
    """A text of several lines could look like another entry of the list."""
    return printable(text).replace("\n", " ⏎ ")


def _called(folder: Path) -> str:
    return "this folder" if folder == Path() else printable(str(folder))


def render_json(problems: Sequence[Problem], folder: Path, texts: Sequence[Reworded] = ()) -> str:
    """One object, for editors: every problem with its place (lines and columns from 1, 0 for none)."""
    told = [
        {
            "code": problem.code,
            "message": problem.message,
            "fix": problem.fix,
            "file": str(_path(problem.place, folder)),
            "line": problem.place.line,
            "column": problem.place.column,
        }
        for problem in problems
    ]
    again = [
        {
            "part": one.part,
            "key": one.key,
            "before": one.before,
            "after": one.after,
            "file": str(_path(one.place, folder)),
            "line": one.place.line,
        }
        for one in texts
    ]
    return json.dumps(
        {"format": FORMAT, "folder": str(folder), "problems": told, "read_again": again},
        ensure_ascii=False,
        indent=2,
    )


def as_github(problems: Sequence[Problem], folder: Path, texts: Sequence[Reworded] = ()) -> str:
    """Workflow commands: GitHub shows them beside the lines of a pull request."""
    lines = []
    for problem in problems:
        place = _where(problem.place, folder)
        said = f"{problem.message}. {problem.fix}".strip().removesuffix(".") + "."
        lines.append(f"::error {','.join(place)},title={_property(problem.code)}::{_escaped(said)}")
    for one in texts:
        said = f"{one.part}, {one.key}: {one.after}"
        lines.append(f"::notice {','.join(_where(one.place, folder))},title=read-again::{_escaped(said)}")
    return "\n".join(lines)


def _where(place: Place, folder: Path) -> list[str]:
    found = [f"file={_property(str(_path(place, folder)))}"]
    return [*found, f"line={place.line}", f"col={place.column}"] if place.line else found


def in_colour() -> bool:
    """Whether problems, which go to standard error, may be coloured (https://no-color.org)."""
    terminal = sys.stderr is not None and sys.stderr.isatty()
    return terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _path(place: Place, folder: Path) -> Path:
    """The file from where the command was given, if it is below."""
    path = folder / place.file
    try:
        return path.resolve().relative_to(Path.cwd())
    except (ValueError, OSError):
        return path


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
