"""The benchmarks still run, and report what they promise. How fast is asserted nowhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def test_each_runs_once_at_its_smallest_size_and_tells_its_ratio() -> None:
    script = HERE / "run.py"
    done = subprocess.run(
        [sys.executable, str(script), "--smallest"], capture_output=True, text=True, timeout=300
    )
    assert (done.returncode, done.stderr) == (0, "")
    promised = re.findall(r"^(\d+)\. ", script.read_text(), re.MULTILINE)
    lines = done.stdout.splitlines()
    assert len(lines) == len(promised) == 12
    for line in lines:
        assert re.search(r"ratio [a-z0-9 ]*[0-9.]+$", line), line
