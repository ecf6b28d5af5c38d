"""The program started as often as a test likes, from one process that has imported it already.

Each start is a process of its own, forked from one that has never run the program: with its own standard
streams, folder and environment, and nothing of another start. What it does not show is whether a start finds
all that it must import; that many tests do with real starts (``command_line.legcramp``), as does whatever sets
how Python itself starts.
"""

from __future__ import annotations

import atexit
import functools
import gc
import importlib
import io
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
POSSIBLE = hasattr(os, "fork") and hasattr(socket, "recv_fds")
# They keep threads, which would not live in the forked process; who needs them imports them there.
_NOT_BEFORE = ("polars", "typst", "pyspark", "pyarrow", "pandas")
_SECONDS = 120


class Forked:
    """A process that waits to be forked, as long as this one lives."""

    def __init__(self) -> None:
        self._here, there = socket.socketpair()
        with there:
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(there.fileno())],
                pass_fds=[there.fileno()],
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            )
        self._here.settimeout(_SECONDS)
        atexit.register(self._end)

    def _end(self) -> None:
        self._here.close()
        self._process.wait(10)

    def run(
        self, folder: Path, arguments: Sequence[str], stdin: bytes, environment: Mapping[str, str]
    ) -> tuple[int, bytes, bytes]:
        """The exit status and what was written to standard output and standard error."""
        with (
            tempfile.TemporaryFile() as given,
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
        ):
            given.write(stdin)
            given.seek(0)
            asked = {"folder": str(folder), "arguments": [*arguments], "environment": {**environment}}
            raw = json.dumps(asked).encode()
            streams = [given.fileno(), out.fileno(), err.fileno()]
            socket.send_fds(self._here, [len(raw).to_bytes(4, "big")], streams)
            self._here.sendall(raw)
            status = int.from_bytes(_exactly(self._here, 4), "big", signed=True)
            out.seek(0)
            err.seek(0)
            return status, out.read(), err.read()


@functools.cache
def forked() -> Forked:
    """The one that serves all tests of this process."""
    return Forked()


def _exactly(connection: socket.socket, length: int) -> bytes:
    raw = b""
    while len(raw) < length:
        piece = connection.recv(length - len(raw))
        assert piece, "the process that is forked has ended"
        raw += piece
    return raw


# --- in the process that is forked -------------------------------------------------------------------


def _serve(connection: socket.socket) -> None:
    _import_all()
    gc.collect()
    gc.freeze()
    while True:
        length, streams, *_ = socket.recv_fds(connection, 4, 3)
        if not length:
            return
        asked = json.loads(_exactly(connection, int.from_bytes(length, "big")))
        child = os.fork()
        if child == 0:
            connection.close()
            _become(asked, streams)
            return
        for stream in streams:
            os.close(stream)
        connection.sendall(_status(child).to_bytes(4, "big", signed=True))


def _import_all() -> None:
    sys.modules.update(dict.fromkeys(_NOT_BEFORE))  # type: ignore[arg-type] # to import one fails
    for package in ("questionnaire", "triage"):
        for module in pkgutil.walk_packages([str(ROOT / package)], f"{package}.", onerror=lambda _: None):
            if not module.name.endswith("__main__"):
                try:
                    importlib.import_module(module.name)
                except ImportError:
                    continue
    for name in _NOT_BEFORE:
        del sys.modules[name]
    from triage.rulebook.load import load

    load(ROOT / "tests" / "small_rules")  # what reads rules is made ready


def _become(asked: Mapping[str, object], streams: Sequence[int]) -> None:
    """What ``python -m questionnaire`` is when it begins; it ends like it, too."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(str(asked["folder"]))
    os.environ.clear()
    os.environ.update(asked["environment"])  # type: ignore[call-overload]
    time.tzset()
    sys.stdin = io.TextIOWrapper(os.fdopen(0, "rb", closefd=False), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb", closefd=False), encoding="utf-8")
    sys.stderr = io.TextIOWrapper(
        os.fdopen(2, "wb", closefd=False), encoding="utf-8", errors="backslashreplace", line_buffering=True
    )
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr  # type: ignore[misc]
    sys.argv = [str(ROOT / "questionnaire" / "__main__.py"), *asked["arguments"]]  # type: ignore[misc]
    sys.path[:] = ["", *(path for path in sys.path if path != str(Path(__file__).parent))]
    from questionnaire.__main__ import main

    main()


def _status(child: int) -> int:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.003)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as connection:
        _serve(connection)
