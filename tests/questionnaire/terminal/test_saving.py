"""What is saved of an interview in a real terminal: every confirmed answer, wherever one stops, and the pages."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from programs.terminal import ENTER, QUESTIONS, Terminal, begun, sessions, small


def stop(terminal: Terminal, how: str) -> None:
    if how == "q":
        terminal.press("q" + ENTER)
        terminal.press(ENTER)
    elif how.startswith("\x03") or how.startswith("\x04"):
        terminal.press(how)
    else:
        terminal.kill(getattr(signal, how))
    while terminal.child.isalive():
        terminal.read()


EVERYWHERE = range(len(QUESTIONS))
EACH_KIND = (0, 1, 2, 5, 8)  # a tick list, a number, a choice, the medicines, and looking it all over
SIGNALLED = (1, 5, 8)  # a signal is heard in one place, whatever is asked


@pytest.mark.parametrize(
    ("how", "where"),
    [
        ("SIGKILL", EVERYWHERE),  # each answer is on the disk before the next question
        ("\x03", EACH_KIND),
        ("\x04", EACH_KIND),
        ("q", EACH_KIND),
        ("SIGHUP", SIGNALLED),
        ("SIGTERM", SIGNALLED),
    ],
)
def test_stopped_anywhere_no_confirmed_answer_is_lost(tmp_path: Path, how: str, where) -> None:
    """Stop, look what is saved, go on there, and reach the same result."""
    terminal = begun(tmp_path)
    for number, (wanted, keys) in enumerate(QUESTIONS):
        terminal.wait_for(wanted)
        if number in where:
            stop(terminal, how)
            if how != "SIGKILL":
                assert terminal.status() == 130
            if how not in ("SIGKILL", "SIGHUP"):
                assert number == 0 or "legcramp ask --resume" in terminal.text
            saved = sessions(tmp_path)
            assert len(saved) == min(1, number)
            assert number == 0 or len(saved[0]["order"]) == min(number, 8)
            terminal.child.close(force=True)
            terminal = small(tmp_path, "--resume") if number else begun(tmp_path)
        terminal.answer(wanted, keys)
    terminal.wait_for("CARE FOR IT YOURSELF AT HOME")
    terminal.child.close(force=True)


def test_an_unfinished_session_is_offered_again(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        terminal.answer("New chest pain", "0" + ENTER)
        terminal.wait_for("How old are you?")
        terminal.press("\x03")
        assert terminal.status() == 130
    with begun(tmp_path) as terminal:
        terminal.wait_for("You did not finish", "1 answer is saved")
        terminal.press("1" + ENTER)
        terminal.wait_for("How old are you?")


def test_without_saving_nothing_is_kept(tmp_path: Path) -> None:
    with begun(tmp_path, "--no-save") as terminal:
        terminal.answer("New chest pain", "0" + ENTER)
        terminal.wait_for("How old are you?")
        terminal.press("\x03")
        assert terminal.status() == 130
        assert "No answers are saved" in terminal.text
    assert sessions(tmp_path) == []


def test_the_page_for_the_clinician_is_saved_and_never_overwritten(tmp_path: Path) -> None:
    for name in ("", "-2"):
        with begun(tmp_path, "--new") as terminal:
            for wanted, keys in QUESTIONS:
                terminal.answer(wanted, keys)
            while "What would you like to do now?" not in terminal.text:
                terminal.press(ENTER)
                terminal.read(0.4)
            terminal.press("5")
            terminal.press(ENTER)
            terminal.answer("Add a few words of my own first", "1" + ENTER)
            terminal.wait_for("In your own words?")
            terminal.press("It hurts at night" + ENTER)
            terminal.answer("Which kind of file", "3" + ENTER)
            terminal.wait_for("The page is saved here:")
        (page,) = tmp_path.glob(f"leg-cramps-20??-??-??{name}.txt")
        assert "“It hurts at night”" in page.read_text()


def test_the_sheet_to_take_home_is_saved_and_never_overwritten(tmp_path: Path) -> None:
    with begun(tmp_path, "--new") as terminal:
        for wanted, keys in QUESTIONS:
            terminal.answer(wanted, keys)
        for name in ("", "-2"):
            while "What would you like to do now?" not in terminal.text:
                terminal.press(ENTER)
                terminal.read(0.4)
            terminal.press("6" + ENTER)
            terminal.answer("Which kind of file", "3" + ENTER)
            terminal.wait_for("The sheet is saved here:")
            (sheet,) = tmp_path.glob(f"sheet-20??-??-??{name}.txt")
            assert "FOUR WEEKS" in sheet.read_text()
            assert sheet.stat().st_mode & 0o777 == 0o600
            terminal.read(0.4)


def test_what_is_thrown_away_half_made_says_nothing() -> None:
    """A signal may come while an event loop is being made; its last words would hide where the answers are."""
    made = (
        "import asyncio; from questionnaire.terminal.starting import end_like_ctrl_c; end_like_ctrl_c(); "
        "loop = asyncio.SelectorEventLoop.__new__(asyncio.SelectorEventLoop); del loop"
    )
    done = subprocess.run(
        [sys.executable, "-c", made], cwd=Path(__file__).parents[3], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
