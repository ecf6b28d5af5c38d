"""Every problem code, explained by ``problems.yaml``: what it means, and how to mend it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from triage.rulebook.reading.source import read
from triage.value import Value

FILE = Path(__file__).with_name("problems.yaml")


class ExplainedProblem(Value):
    """What a code means, with a broken and a mended piece of a file.

    ``where`` is the file in which the pieces stand. Without it they are not pieces, but words for what no
    piece can show.
    """

    means: str
    broken: str
    mended: str
    where: str = ""


@cache
def explained_problems() -> dict[str, ExplainedProblem]:
    """Every code with its explanation, in the order of the file."""
    entries = read(FILE.read_bytes(), FILE.name).data
    return {code: ExplainedProblem(**entry) for code, entry in entries.items()}
