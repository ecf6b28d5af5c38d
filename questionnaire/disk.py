"""Files that are written whole, and by one process at a time. The door to platformdirs and filelock."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
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
