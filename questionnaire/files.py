"""Files that are written whole, and by one process at a time. The door to platformdirs and filelock."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path


def data_folder() -> Path:
    """The user's own folder for this program. Raises ``OSError`` if there is no home."""
    from platformdirs import user_data_path

    try:
        return user_data_path("legcramp", appauthor=False)
    except RuntimeError:
        message = "there is no home folder to keep answers in; use --no-save, or set HOME"
        raise OSError(errno.ENOENT, message) from None


def cache_folder() -> Path:
    """Where this program may keep what it can make anew. Raises ``OSError`` if there is no home."""
    from platformdirs import user_cache_path

    try:
        return user_cache_path("legcramp", appauthor=False)
    except RuntimeError:
        raise OSError(errno.ENOENT, "there is no home folder") from None


def read_own(path: Path) -> bytes | None:
    """The bytes of a file that nobody but this user can have written; None if there is any doubt."""
    try:
        folder = path.parent.lstat()
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    with os.fdopen(handle, "rb", buffering=0) as file:
        about = os.fstat(file.fileno())
        kinds = stat.S_ISDIR(folder.st_mode) and stat.S_ISREG(about.st_mode)
        if not kinds or not all(_only_mine(found) for found in (folder, about)):
            return None
        try:
            return file.readall()
        except OSError:
            return None


def _only_mine(found: os.stat_result) -> bool:
    if os.name != "posix":  # a profile there belongs to its user, by other means than these bits
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def write_in_own(path: Path, make: Callable[[], bytes]) -> None:
    """Write a file that ``read_own`` trusts, in a folder for this user alone. Raises ``OSError``.

    ``make`` gives what is written; it is asked only where there is a folder that can be written in.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, "nothing can be written there", str(path.parent))
    write_atomically(path, make())


def hold(path: Path, seconds: float = 0) -> Callable[[], None] | None:
    """Keep other processes from holding ``path`` too; the result lets go of it.

    None if another one still holds it after some seconds. A process that ends in any way holds
    nothing any more. Where nothing can be written nothing can be held, and nothing needs to be.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=seconds, mode=0o600)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock.acquire()
    except Timeout:
        return None
    except (OSError, NotImplementedError):
        return lambda: None
    return lock.release


@contextlib.contextmanager
def workplace(beside: Path) -> Iterator[Path]:
    """A folder beside a file, for the owner's eyes only, which is gone at the end. Raises ``OSError``."""
    import tempfile  # only where something is written

    with tempfile.TemporaryDirectory(dir=beside.resolve().parent, prefix=f".{beside.name}.") as name:
        yield Path(name)


def move_into_place(made: Path, path: Path) -> None:
    """Put a file that is whole where it belongs, for the owner's eyes only (0600). Raises ``OSError``."""
    made.chmod(0o600)
    with made.open("rb") as file:
        os.fsync(file.fileno())
    made.replace(path.resolve())


def write_atomically(path: Path, text: str | bytes) -> None:
    """Write a file whole or not at all, for the owner's eyes only (0600). Raises ``OSError``.

    A link stays a link: the file that it names is written.
    """
    import tempfile

    path = path.resolve()
    raw = text.encode("utf-8", "replace") if isinstance(text, str) else text
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
