"""Rules as they were read and checked, kept in the user's cache folder for the next start.

Reading and checking them takes a second or more, and they change seldom. What is kept goes by the
contents of every rule file (of a clinic's folder: also of the built-in ones below it) and of the
program's own code, and by the version of Python: after any change it is not found, and the rules are
read and checked as at the first time. Nothing here may fail: what is damaged, or what somebody else
could have written, counts as not there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from questionnaire import pickled
from questionnaire.files import cache_folder, read_own, write_in_own
from questionnaire.pickled import Ready, from_bytes, to_bytes

if TYPE_CHECKING:
    from triage.problems import Problem
    from triage.rulebook.rulebook import Rulebook

_SUFFIX = ".rules"
_DIGEST = 32  # bytes at the beginning: SHA-256 of the others
_HOUR = 3600  # seconds; nobody writes for so long
_PIECE = 1 << 15  # bytes read at a time: nearly all files are smaller
_MOST = 4  # kept at a time: several folders, and versions of the program, may take turns
_MOST_FILES = 2000  # in a folder of rules: whoever names another one has it told by who reads it
_LARGEST = 1 << 21  # bytes of a file there: likewise


def kept_or_read(folder: Path, *, keep: bool = True) -> Ready:
    """The rules in ``folder``, ready to ask people with.

    ``keep``: for the next start, if they are not kept yet. Raises ``Invalid`` with every problem found.
    """
    place = _place(folder)
    kept = None if place is None else _read(place)
    if kept is not None and place is not None:
        if keep:
            with contextlib.suppress(OSError):
                os.utime(place)  # what is in use stays the longest
        return kept
    made = read_and_checked(folder)
    # Only what did not change while it was read.
    if keep and place is not None and place == _place(folder):
        _write(place, made)
    return made


def read_and_checked(folder: Path) -> Ready:
    """The rules of any folder, read and checked now. Raises ``Invalid`` with every problem found; also if
    a clinic's folder does what it may not do."""
    from triage.engine.solving.levels import Levels
    from triage.readers.experta_network import plan_of
    from triage.rulebook.load import load

    rulebook = load(folder)
    if problems := refused(rulebook):
        from triage.problems import Invalid

        raise Invalid(problems)
    levels = Levels(rulebook)
    return Ready(rulebook, plan_of(rulebook.goals), lambda: levels.encoding)


def refused(rulebook: Rulebook) -> list[Problem]:
    """What a clinic's folder does to the built-in rules that it may not do."""
    if rulebook.base is None:
        return []
    from triage.overlays.white_list import not_allowed

    return not_allowed(rulebook)


def _place(folder: Path) -> Path | None:
    """The file for these rules, this program and this Python; None if there can be none."""
    import triage

    try:
        digest = hashlib.sha256(f"{sys.version} {sys.implementation.cache_tag}".encode())
        code = Path(str(triage.__file__)).parent
        folders = dict.fromkeys((str(folder), str(code.resolve().parent / "rules"), str(code)))
        each = (path for inside in folders for path in sorted(_files(inside)))
        for path in (*each, str(pickled.__file__)):
            raw = _content(path)
            digest.update(f"\0{path}\0{len(raw)}\0".encode("utf-8", "surrogateescape"))
            digest.update(raw)
        return cache_folder() / f"{digest.hexdigest()[:40]}{_SUFFIX}"
    except OSError:
        return None


def _files(root: str) -> Iterator[str]:
    """Every path below a folder, but for compiled code and what is hidden. Raises ``OSError`` if there are
    more than rules can have."""
    waiting, left = [root], _MOST_FILES
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name == "__pycache__":
                    continue
                left -= 1
                if not left:
                    raise OSError("too many files")
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    yield entry.path


def _content(path: str) -> bytes:
    """The bytes of a plain file that is not too large for rules; raises ``OSError`` for anything else."""
    how = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)  # a pipe may never open
    handle = os.open(path, how)  # five hundred of them at every start
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode) or about.st_size > _LARGEST:
            raise OSError("no plain, small file")
        parts = [os.read(handle, _PIECE)]
        while len(parts[-1]) == _PIECE:
            parts.append(os.read(handle, _PIECE))
        return b"".join(parts)
    finally:
        os.close(handle)


def _read(place: Path) -> Ready | None:
    """What is kept there; None if it is not exactly what was written."""
    raw = read_own(place)
    if raw is None or hashlib.sha256(raw[_DIGEST:]).digest() != raw[:_DIGEST]:
        return None
    with contextlib.suppress(Exception):  # whatever it is, it can be made anew
        return from_bytes(raw[_DIGEST:])
    return None


def _write(place: Path, made: Ready) -> None:
    def with_digest() -> bytes:
        raw = to_bytes(made)
        return hashlib.sha256(raw).digest() + raw

    with contextlib.suppress(OSError):
        write_in_own(place, with_digest)
        _tidy(place)


def _tidy(place: Path) -> None:
    """Only the newest few stay, and nothing that a program began to write and was killed."""
    ages = {path: path.stat().st_mtime for path in place.parent.iterdir() if _SUFFIX in path.name}
    whole = sorted((path for path in ages if path.suffix == _SUFFIX), key=lambda path: -ages[path])
    begun = [path for path in ages if path.suffix != _SUFFIX and ages[path] < ages[place] - _HOUR]
    for path in (*whole[_MOST:], *begun):
        path.unlink(missing_ok=True)
