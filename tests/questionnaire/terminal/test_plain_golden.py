"""The plain interview as a conversation: the whole transcript, kept as it should read.

After a wanted change write it anew: PYTHONPATH=tests python tests/questionnaire/terminal/test_plain_golden.py
"""

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from interviews.plain_cases import CASES

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = Path(__file__).parent / "golden"


def transcript(typed: str) -> str:
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [sys.executable, "-m", "questionnaire", "ask", "--plain", "--no-save"],
            input=typed.encode(),
            capture_output=True,
            cwd=home,
            timeout=120,
            env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": home, "COLUMNS": "80"},
        )
    assert done.stderr == b""
    shown = io.StringIO(done.stdout.decode())
    return f"exit status {done.returncode}\n{shown.getvalue()}"


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_whole_conversation(name: str) -> None:
    said = transcript(CASES[name])
    assert said == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(CASES))
def test_it_can_be_read_aloud(name: str) -> None:
    said = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert said.startswith("exit status 0\n")
    assert not set(said) & set("│─╭╮╰╯█»\x1b\r\t")  # nothing is drawn
    once = 1 + CASES[name].split("\n").count("?")  # hints are said once, and again after "?"
    assert said.count("You can also type one of these, then Enter: b for back") == once
    assert said.count("Type the numbers that fit, like 2 5.") == once
    assert max(map(len, said.splitlines())) <= 80


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for case, answers in CASES.items():
        (GOLDEN / f"{case}.txt").write_text(transcript(answers), encoding="utf-8")
