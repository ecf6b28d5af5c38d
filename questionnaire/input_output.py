"""What a command reads and writes: files that are named, or the standard streams."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from questionnaire.program import Refusal

MAX_INPUT = 1_000_000


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
    from questionnaire.files import write_atomically

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
