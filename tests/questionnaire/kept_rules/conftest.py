"""What the tests of kept rules have in common: an empty home, and the program that keeps rules there."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from programs.command_line import ROOT

ANSWERS = {
    "age": 67,
    "sex": "male",
    "medicines": [{"name": "Bendroflumethiazid 2.5 mg", "started": "2026-10"}, {"name": "zzyzx"}],
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the rules are kept, in an empty home."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "legcramp"


@pytest.fixture
def assess(tmp_path: Path) -> Callable[..., bytes]:
    """What the program prints; it must end well and complain of nothing."""
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"format": "legcramp-answers/1", "answers": ANSWERS}))

    def run(*arguments: str, root: Path = ROOT, **environment: str) -> bytes:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "questionnaire",
                "assess",
                str(answers),
                *arguments,
                "--today",
                "2026-11-22",
            ],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(root), **environment},
            capture_output=True,
            timeout=120,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        return done.stdout

    return run
