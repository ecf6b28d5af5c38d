"""Sessions in a real terminal: two windows, an older rulebook, damage, and homes where nothing can be saved."""

import json
import os
import signal
from pathlib import Path

import pytest
from programs.terminal import ENTER, answered, begun, read_on, sessions, small


def test_two_windows_do_not_damage_each_other(tmp_path: Path) -> None:
    with begun(tmp_path) as first:
        answered(first, until=3)
        first.wait_for("One leg newly swollen")
        with small(tmp_path, "--resume") as second:
            second.wait_for("is open in another window")
            assert second.status() == 2
        with begun(tmp_path) as third:  # it is not offered either: a new one begins
            third.answer("New chest pain", "0" + ENTER)
            third.answer("How old are you?", "70" + ENTER)
            third.wait_for("Which sex?")
            first.press("0" + ENTER)
            first.wait_for("How are your kidneys?")
    both = sorted(sessions(tmp_path), key=lambda saved: saved["answers"]["age"])
    assert [saved["answers"]["age"] for saved in both] == [50, 70]
    assert both[0]["answers"]["signs"] == []
    with small(tmp_path, "--resume", both[0]["id"]) as again:
        again.wait_for("How are your kidneys?")


def test_the_result_can_be_seen_again_at_once(tmp_path: Path) -> None:
    """And the answers from there. Only to look at it does not make the answers of today."""
    with begun(tmp_path) as terminal:
        answered(terminal)
        read_on(terminal, "What would you like to do now?")
        terminal.press("8" + ENTER)
        assert terminal.status() == 0
    (path,) = (tmp_path / "data").rglob("*.json")
    before = path.read_text()
    with begun(tmp_path) as terminal:
        terminal.answer("You answered these questions", "1" + ENTER)
        seen = read_on(terminal, "What would you like to do now?")
        assert "Are they right?" not in seen
        assert "How soon:" in seen
        assert path.read_text() == before
        terminal.press("7" + ENTER)
        terminal.answer("What about your answers?", "1" + ENTER)
        terminal.answer("Are they right?", "0" + ENTER)
        read_on(terminal, "What would you like to do now?")
        terminal.press("8" + ENTER)
        assert terminal.status() == 0


def test_a_session_of_an_older_rulebook_says_what_is_asked_again(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        answered(terminal, until=4)
        terminal.wait_for("How are your kidneys?")
        terminal.press("q" + ENTER)
        assert terminal.status() == 130
    (path,) = (tmp_path / "data").rglob("*.json")
    saved = json.loads(path.read_text())
    saved["rulebook_version"] = "2020.1.1"
    saved["answers"] |= {"sex": "of_old", "gone_long_ago": "yes"}
    path.write_text(json.dumps(saved))
    with small(tmp_path, "--resume") as terminal:
        terminal.wait_for("The questions have changed", "asked again: 1. Which sex?", "no longer asked: 1")
        terminal.press(ENTER)
        terminal.answer("Which sex?", "2" + ENTER)
        terminal.wait_for("How are your kidneys?")
    assert json.loads(path.read_text())["rulebook_version"] == "2026.1.1"


def test_a_damaged_session_is_said_and_left(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        answered(terminal, until=2)
        terminal.wait_for("Which sex?")
        terminal.press("q" + ENTER)
        assert terminal.status() == 130
    (path,) = (tmp_path / "data").rglob("*.json")
    damaged = path.with_name("20200101-0000-abcd.json")
    damaged.write_text("{half")
    with begun(tmp_path) as terminal:
        shown = terminal.wait_for("is damaged, and its answers cannot be used", "It is left as it is")
        assert "legcramp sessions delete 20200101-0000-abcd" in " ".join(shown.split())
        terminal.press(ENTER)
        terminal.answer("You did not finish", "1" + ENTER)
        terminal.wait_for("Which sex?")
    assert damaged.read_text() == "{half"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_home_is_said_on_the_screen(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data").chmod(0o500)
    with begun(tmp_path) as terminal:
        terminal.answer("New chest pain", "0" + ENTER)
        terminal.wait_for("How old are you?", "could not be saved", "you cannot stop and resume later")
        terminal.answer("How old are you?", "50" + ENTER)
        assert "could not be saved" not in terminal.wait_for("Which sex?")


def test_a_home_that_is_no_folder_is_said_on_the_screen(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    with begun(tmp_path) as terminal:
        terminal.answer("cannot be read: not a directory", ENTER)
        terminal.answer("New chest pain", "0" + ENTER)
        assert terminal.shows(
            "How old are you?", "could not be saved", "you cannot stop and resume later"
        ), terminal.text


def test_a_request_to_end_says_where_the_answers_are(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        answered(terminal, until=2)
        terminal.wait_for("Which sex?")
        terminal.kill(signal.SIGTERM)
        assert terminal.status() == 130
        assert "legcramp ask --resume" in terminal.text
