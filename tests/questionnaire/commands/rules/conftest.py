"""What the tests of the maintainers' commands have in common."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
SMALL = ROOT / "tests" / "small_rules"
COMMAND = [sys.executable, "-m", "questionnaire", "rules"]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the small rulebook to edit."""
    return Path(shutil.copytree(SMALL, tmp_path / "rules"))


@pytest.fixture
def run(tmp_path: Path):
    def legcramp(*arguments: str, **environment: str):
        clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
        done = subprocess.run(
            [*COMMAND, *arguments],
            cwd=tmp_path,
            env={**clean, "PYTHONPATH": str(ROOT), **environment},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert "Traceback" not in done.stderr + done.stdout
        return done

    return legcramp
