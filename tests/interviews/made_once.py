"""What takes long and several files of tests want: made once in a run, by the process that comes first.

The processes of a run share a folder, and what is made is kept there until the run is over.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

T = TypeVar("T")


def made_once(folder: Path, parts: Mapping[str, Callable[[], T]]) -> list[T]:
    """Every part, in order: read, if a process of this run has made it, and made and kept if none has.

    Processes that come at the same time share the work: each passes over the parts that another is at, and
    comes back to them at the end. The system lets go of a lock when a process ends, however it ends, and a part
    is there whole or not at all: so nobody waits for a process that was killed, and nobody reads half a part.
    """
    made: dict[str, T] = {}
    for seconds in (0, -1):  # first those that nobody is at; then, as long as it takes, the others
        for name, make in parts.items():
            if name not in made:
                with suppress(Timeout), FileLock(folder / f"{name}.lock", timeout=seconds):
                    made[name] = _kept(folder / f"{name}.pickle", make)
    return [made[name] for name in parts]


def _kept(path: Path, make: Callable[[], T]) -> T:
    if path.exists():
        read: T = pickle.loads(path.read_bytes())
        return read
    made = make()
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
    unfinished.replace(path)
    return made
