"""The program as its user meets it: what it refuses, and what to type to start it again."""

from __future__ import annotations

import sys
from pathlib import Path


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
