"""What is kept in a home, and what anybody can notice of it."""

import dataclasses
import os
from pathlib import Path

import pytest

from questionnaire.pickled import Ready, to_ask_with

NOT_POSIX = pytest.mark.skipif(os.name != "posix", reason="rights of files are kept otherwise here")


def kept(home: Path) -> list[Path]:
    return sorted(home.iterdir()) if home.exists() else []


def plain(ready: Ready) -> dict[str, object]:
    """All that anybody who is asked can notice of a rulebook."""
    book = to_ask_with(ready.rulebook, ready.rulebook.read_medicines)
    names = [field.name for field in dataclasses.fields(book) if field.compare]
    fields = {name: getattr(book, name) for name in names}
    tables = {"medicines": dict(book.medicines), "names": dict(book.medicine_reader.names)}
    worked_out = {"goals": book.goals, "deciding": book.deciding, "plan": ready.plan}
    return fields | tables | worked_out | {"sounds": dict(book.medicine_reader.sounds)}
