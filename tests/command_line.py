"""The program as other programs start it: a process of its own, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
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
    plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    done = subprocess.run(
        [sys.executable, "-m", "questionnaire", *arguments],
        cwd=folder,
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        env={**plain, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(folder / "data"), **environment},
        capture_output=True,
        timeout=120,
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err + out
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)
