"""The program in a shell: stopped with Ctrl-Z, brought back with fg, started in the background."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest
from programs.terminal import ENTER, SMALL, Terminal, sessions

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "SIGTSTP") or shutil.which("bash") is None, reason="no shell with job control"
)
STOP = "\x1a"
COMMAND = f"{sys.executable} -m questionnaire ask --rules {SMALL}"


@pytest.fixture
def shell(tmp_path: Path):
    with Terminal("--norc", "-i", home=tmp_path, program=("bash",), PS1="shell: ") as terminal:
        terminal.wait_for("shell:")
        yield terminal


def started(shell: Terminal, *options: str) -> None:
    shell.child.send(f"clear; {COMMAND} {' '.join(options)}{ENTER}")
    shell.answer("Press Enter to start", ENTER)
    shell.answer("New chest pain", "0" + ENTER)
    shell.wait_for("How old are you?")


def stopped(shell: Terminal) -> None:
    shell.ready(0.5)
    shell.child.send(STOP)
    shell.wait_for("Stopped", "shell:")


def process(shell: Terminal) -> int:
    """The number of the program that runs in the shell."""
    shell.child.send("clear; echo program $(jobs -p) end" + ENTER)
    return int(shell.wait_for("end shell:").split("program ")[1].split()[0])


def back(shell: Terminal, *wanted: str) -> None:
    shell.child.send("fg" + ENTER)
    end = time.monotonic() + 10
    while "First  ·" not in shell.text[:160] or "shell:" in shell.text:
        assert time.monotonic() < end, f"the page is not drawn anew, from its first row:\n{shell.text}"
        shell.read()
    shell.wait_for(*wanted)


def test_ctrl_z_stops_and_fg_shows_the_question_again_with_what_was_typed(shell: Terminal) -> None:
    started(shell)
    shell.press("4")
    shell.wait_for("Your answer: 4")
    stopped(shell)
    shell.child.send("stty -a | grep -o -e '-*icanon'" + ENTER)  # the shell has its terminal as it was
    shell.wait_for("icanon shell:")
    assert "-icanon" not in shell.text.splitlines()[-2]
    back(shell, "How old are you?", "Your answer: 4")
    shell.child.send("2" + ENTER)
    shell.wait_for("Which sex?")
    stopped(shell)
    back(shell, "Which sex?", "1. Female")
    shell.child.send("2" + ENTER)
    shell.wait_for("One leg newly swollen")
    assert sessions(Path(shell.child.cwd))[0]["answers"] == {"alarm": [], "age": 42, "sex": "male"}


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGTSTP])
def test_stopped_from_elsewhere_it_comes_back_too(shell: Terminal, number: signal.Signals) -> None:
    started(shell)
    stopped(shell)
    program = process(shell)
    back(shell, "How old are you?")
    os.kill(program, number)
    shell.wait_for("Stopped", "shell:")
    back(shell, "How old are you?")
    shell.child.send("42" + ENTER)
    assert shell.shows("Which sex?"), shell.text


def test_in_the_background_it_waits_and_after_the_end_the_terminal_is_as_before(shell: Terminal) -> None:
    started(shell)
    stopped(shell)
    shell.child.send("bg" + ENTER)
    shell.wait_for("&", "shell:")
    back(shell, "How old are you?")
    shell.child.send("\x03")
    shell.wait_for("Stopped. Your answers are saved.", "shell:")
    shell.child.send("clear; stty -a | grep -o -e '-*icanon' -e '-*echo '" + ENTER)
    assert shell.shows("icanon echo shell:"), shell.text


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no /proc to see it end")
@pytest.mark.parametrize("how", ["Ctrl-Z", "SIGSTOP", "running"])
def test_a_window_closed_on_a_stopped_program_ends_it(shell: Terminal, how: str) -> None:
    """It would wait for ever, and its session would be open in a window that is gone."""
    started(shell)
    stopped(shell)
    program = process(shell)
    if how != "Ctrl-Z":
        back(shell, "How old are you?")
    if how == "SIGSTOP":
        os.kill(program, signal.SIGSTOP)
        shell.wait_for("Stopped", "shell:")
    shell.child.close(force=True)
    end = time.monotonic() + 30
    while Path(f"/proc/{program}").exists():
        assert time.monotonic() < end, "it has not ended"
        time.sleep(0.1)


def test_plain_lines_say_again_what_is_asked(shell: Terminal) -> None:
    shell.is_plain = True
    started(shell, "--plain")
    stopped(shell)
    shell.child.send("clear; fg" + ENTER)
    end = time.monotonic() + 10
    while "Stopped" in shell.text:  # before it is cleared, the screen has all that is waited for
        assert time.monotonic() < end, shell.text
        shell.read()
    shell.wait_for("questionnaire ask", "Your answer:")
    shell.child.send("42" + ENTER)
    assert shell.shows("Answer: 42"), shell.text


def test_ctrl_l_draws_the_page_anew(tmp_path: Path) -> None:
    """An editor's key would have left the prompt alone on an empty screen."""
    with Terminal("ask", "--rules", str(SMALL), home=tmp_path) as terminal:
        terminal.answer("Press Enter to start", ENTER)
        before = terminal.wait_for("New chest pain", "Your answer:")
        for _ in range(2):
            terminal.press("\x0c")
            assert terminal.stays("New chest pain"), terminal.text
        assert terminal.text == before


def test_where_no_shell_could_bring_it_back_it_goes_on(tmp_path: Path) -> None:
    """Alone in its terminal (a window or a container of its own): the system does not stop it."""
    with Terminal("ask", "--rules", str(SMALL), home=tmp_path) as terminal:
        terminal.answer("Press Enter to start", ENTER)
        terminal.answer("New chest pain", "0" + ENTER)
        terminal.wait_for("How old are you?")
        terminal.press("4" + STOP)
        terminal.ready(3)
        terminal.child.send("2" + ENTER)
        terminal.wait_for("Which sex?")
    assert sessions(tmp_path)[0]["answers"]["age"] == 42
