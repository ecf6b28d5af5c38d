"""``legcramp rules watch``, in a process of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
COMMAND = [sys.executable, "-m", "questionnaire", "rules"]


@pytest.fixture
def watched(rules: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], Callable[[str], str]]]:
    """``rules watch`` at work in a process of its own, and a way to wait for what it says."""
    log = tmp_path / "log"
    process = subprocess.Popen(
        [*COMMAND, "watch", "rules"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=log.open("w"),
        stderr=subprocess.STDOUT,
    )

    def wait_for(words: str) -> str:
        for _ in range(600):
            said = log.read_text()
            if words in said:
                return said
            time.sleep(0.1)
        raise AssertionError((words, log.read_text()))

    try:
        wait_for("No problems in 11 cards")
        time.sleep(0.5)  # the watch begins after the first look
        yield process, wait_for
        process.send_signal(signal.SIGINT)  # wherever it is: also in the middle of a comparison
        assert process.wait(30) == 0
        assert "No longer watching." in log.read_text()
    finally:
        process.kill()
        process.wait()


def test_watch_says_what_each_save_does(rules: Path, watched) -> None:
    _, wait_for = watched
    card = rules / "red_flags" / "often.yaml"
    text = card.read_text()
    card.write_text(text.replace("at_least: 3", "at_least: 9"))
    wait_for("[out-of-range]")
    card.write_text(text.replace("title: ", "title: Very "))
    said = wait_for("Reached by this edit: 1 card")
    assert "HISTORY" in said
    assert "VERY" in said


def test_watch_sees_a_folder_that_was_taken_away_and_put_back(rules: Path, watched, tmp_path: Path) -> None:
    _, wait_for = watched
    rules.rename(tmp_path / "aside")
    assert "rules is gone. Waiting until it is back." in wait_for("rules is gone.")
    shutil.copytree(tmp_path / "aside", rules)
    wait_for("the whole folder saved")
    time.sleep(0.5)
    card = rules / "red_flags" / "often.yaml"
    card.write_text(card.read_text().replace("at_least: 3", "at_least: 9"))
    assert "[out-of-range]" in wait_for("[out-of-range]")
