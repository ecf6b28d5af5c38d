"""Terminals that are not Unicode: a question mark for a quote or an arrow would read like a question."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from questionnaire.terminal.streams import show_what_can_be_shown

ROOT = Path(__file__).parents[3]
SMALL = ROOT / "tests" / "small_rules"


def test_every_sign_of_the_rules_and_of_the_program_has_a_plain_form() -> None:
    show_what_can_be_shown()
    paths = [
        *(ROOT / "rules").rglob("*.yaml"),
        *ROOT.glob("questionnaire/*.py"),
        *ROOT.glob("triage/**/*.py"),
    ]
    signs = {sign for path in paths for sign in path.read_text("utf-8") if not sign.isascii()}
    assert {"“", "→", "·"} <= signs
    lost = [sign for sign in sorted(signs) if "?" in sign.encode("ascii", "plain-signs").decode()]
    assert lost == []


def said(encoding: str, tmp_path: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "questionnaire", *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        input=b"\n1?\nx\n",
        capture_output=True,
    )
    return (done.stdout + done.stderr).decode(encoding)


COMMANDS = (
    ("rules", "explain", "swolen", "--rules", str(SMALL)),
    ("ask", "--plain", "--no-save", "--rules", str(SMALL)),
    ("ask", "--plain", "--no-save"),
)


@pytest.fixture(scope="module")
def in_unicode(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], str]:
    folder = tmp_path_factory.mktemp("unicode")
    return {arguments: said("utf-8", folder, *arguments) for arguments in COMMANDS}


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp850"])
def test_nothing_becomes_a_question_mark(encoding: str, tmp_path: Path, in_unicode) -> None:
    for arguments in COMMANDS:
        shown = said(encoding, tmp_path, *arguments)
        assert "Traceback" not in shown
        assert shown.count("?") == in_unicode[arguments].count("?"), shown
