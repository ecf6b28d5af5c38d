"""The program as other programs start it: a process of its own, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from programs.forking import POSSIBLE, forked

ROOT = Path(__file__).resolve().parents[2]
SMALL = ROOT / "tests" / "small_rules"
CALM = {
    "alarm": [],
    "age": 50,
    "sex": "male",
    "signs": [],
    "kidneys": "fine",
    "medicines": [],
    "days": ["sit"],
    "nights": 1,
}  # everything that the small rules ask, and nothing that alarms


def legcramp(
    folder: Path, *arguments: str, stdin: str | bytes = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """What the command says in ``folder``, below which it keeps its sessions. Never a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "questionnaire", *arguments],
        cwd=folder,
        input=_bytes(stdin),
        env=_environment(folder, environment),
        capture_output=True,
        timeout=120,
    )
    return _said(done.args, done.returncode, done.stdout, done.stderr)


def legcramp_forked(
    folder: Path, *arguments: str, stdin: str | bytes = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """The same without a start of Python: where a test is about what a command does, not how it starts."""
    if not POSSIBLE or any(name.startswith(("PYTHON", "LC_", "LANG")) for name in environment):
        return legcramp(folder, *arguments, stdin=stdin, **environment)
    done = forked().run(folder, arguments, _bytes(stdin), _environment(folder, environment))
    return _said(["legcramp", *arguments], *done)


def _bytes(stdin: str | bytes) -> bytes:
    return stdin.encode() if isinstance(stdin, str) else stdin


def _environment(folder: Path, more: dict[str, str]) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    return {**plain, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(folder / "data"), **more}


def _said(command: object, status: int, out: bytes, err: bytes) -> subprocess.CompletedProcess[str]:
    said = subprocess.CompletedProcess(command, status, out.decode(), err.decode())
    assert "Traceback" not in said.stderr + said.stdout
    return said
