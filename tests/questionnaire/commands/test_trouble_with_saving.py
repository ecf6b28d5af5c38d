"""Answers that cannot be saved, or cannot be used again: it is said, with what to do, and it passes."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path

import pytest
from programs.command_line import SMALL
from programs.terminal import ENTER, QUESTIONS, Terminal, begun, sessions, small

NAME = "20200101-0000-abcd"


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A session of which half was written, by some other program or a broken disk."""
    path = tmp_path / "data" / "legcramp" / "sessions" / f"{NAME}.json"
    path.parent.mkdir(parents=True)
    path.write_text("{half")
    return path


def read_to_the_end(terminal: Terminal, *, until: int = len(QUESTIONS)) -> None:
    for wanted, keys in QUESTIONS[:until]:
        terminal.answer(wanted, keys)


@pytest.mark.parametrize(
    "arguments", [("ask", "--resume"), ("sessions", "resume"), ("summary",)], ids=" ".join
)
def test_the_only_session_is_damaged_and_that_is_why_there_is_none(
    run, damaged: Path, arguments: tuple[str, ...]
) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "There is no saved session that can be used. Start anew with: legcramp" in done.stderr
    assert f"{damaged} is damaged, and its answers cannot be used." in done.stderr
    assert f"legcramp sessions delete {NAME}" in done.stderr
    assert damaged.read_text() == "{half"
    assert run("sessions", "delete", NAME).returncode == 0, "what is advised works"
    assert "There is no saved session yet" in run(*arguments).stderr


def test_ask_says_that_the_only_session_is_damaged(tmp_path: Path, damaged: Path) -> None:
    with begun(tmp_path) as terminal:
        shown = terminal.wait_for("Answers that were saved before cannot be used now.", "Press Enter")
        assert f"legcramp sessions delete {NAME}" in " ".join(shown.split())
        terminal.press(ENTER)
        terminal.answer("New chest pain", "0" + ENTER)
        terminal.wait_for("How old are you?")
    with begun(tmp_path, "--new") as terminal:  # whatever is saved
        terminal.wait_for("New chest pain")


def test_a_pipe_is_told_and_none_of_its_lines_is_taken_for_it(run, damaged: Path) -> None:
    done = run("ask", "--plain", "--rules", str(SMALL), stdin="\n0\n50\n")
    assert f"{NAME}.json is damaged" in " ".join(done.stdout.split())
    assert "Answer: None of these." in done.stdout
    assert "Answer: 50 years." in done.stdout


def test_who_goes_on_with_the_last_one_hears_of_a_damaged_one(tmp_path: Path, damaged: Path) -> None:
    """It may be the very one that was meant."""
    with begun(tmp_path) as terminal:
        terminal.answer("Answers that were saved before", ENTER)
        read_to_the_end(terminal, until=2)
        assert terminal.shows("Which sex?"), terminal.text
    with small(tmp_path, "--resume") as terminal:
        assert terminal.shows("is damaged, and its answers cannot be used"), terminal.text
        terminal.answer("is damaged, and its answers cannot be used", ENTER)
        assert terminal.shows("Which sex?"), terminal.text


def test_a_folder_that_nobody_can_look_into_is_not_an_empty_one(run, tmp_path: Path) -> None:
    (tmp_path / "data" / "legcramp").mkdir(parents=True)
    (tmp_path / "data" / "legcramp" / "sessions").write_text("in the way")
    for arguments in (("ask", "--resume"), ("summary",), ("sessions",)):
        done = run(*arguments)
        assert "cannot be read: not a directory" in done.stderr + done.stdout, arguments
        assert "Nothing is saved." not in done.stdout


@pytest.mark.parametrize("plain", [False, True])
def test_when_the_disk_is_free_again_all_is_saved_and_that_is_said_once(
    tmp_path: Path, plain: bool
) -> None:
    (tmp_path / "data" / "legcramp").mkdir(parents=True)
    place = tmp_path / "data" / "legcramp" / "sessions"
    with begun(tmp_path, *(["--plain"] if plain else [])) as terminal:
        terminal.answer("New chest pain", "0" + ENTER)
        terminal.wait_for("How old are you?")
        shutil.rmtree(place)
        place.write_text("in the way")
        terminal.press("50" + ENTER)
        terminal.wait_for("Which sex?", "could not be saved", "you cannot stop and resume later")
        place.unlink()
        terminal.press("2" + ENTER)
        terminal.wait_for(
            "One leg newly swollen", "Your answers can be saved again. All of them are saved now."
        )
        (saved,) = sessions(tmp_path)
        assert saved["answers"] == {"alarm": [], "age": 50, "sex": "male"}
        terminal.press("0" + ENTER)
        shown = terminal.wait_for("How are your kidneys?").split("How are your kidneys?")[0]
        assert plain or "saved" not in shown
        terminal.press("q" + ENTER)
        terminal.wait_for("Stopped. Your answers are saved.")
        assert terminal.status() == 130
    with small(tmp_path, "--resume", *(["--plain"] if plain else [])) as terminal:
        terminal.wait_for("How are your kidneys?")


def test_a_last_try_is_made_for_who_stops(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    place = tmp_path / "data" / "legcramp"
    with begun(tmp_path) as terminal:
        terminal.wait_for("New chest pain")
        shutil.rmtree(place)
        place.write_text("in the way")
        terminal.press("0" + ENTER)
        terminal.wait_for("How old are you?", "could not be saved")
        place.unlink()
        terminal.press("\x03")
        terminal.wait_for("Stopped. Your answers are saved.")
    assert [saved["answers"] for saved in sessions(tmp_path)] == [{"alarm": []}]


def test_who_stops_before_going_on_does_not_hear_that_nothing_is_saved(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        read_to_the_end(terminal, until=2)
        terminal.wait_for("Which sex?")
    with begun(tmp_path) as terminal:
        terminal.answer("You did not finish", "q" + ENTER)
        terminal.wait_for("No new answers are saved. Those from before still are.", "sessions list")
        assert terminal.status() == 130
    with begun(tmp_path, "--new", "--no-save") as terminal:
        terminal.answer("New chest pain", "q" + ENTER)
        terminal.wait_for("Stopped. No answers are saved.")


def test_nothing_is_kept_or_deleted_where_nothing_was_saved(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    with begun(tmp_path) as terminal:
        terminal.answer("cannot be read: not a directory", ENTER)
        read_to_the_end(terminal)
        while "What would you like to do now?" not in terminal.text:
            terminal.press(ENTER)
            terminal.read(0.4)
        assert "Keep my answers" not in terminal.text
        assert "Delete my answers" not in terminal.text


def test_a_session_that_is_saved_again_is_held_again(tmp_path: Path) -> None:
    """Where nothing could be written nothing could be held; now another window could write it too."""
    from questionnaire.session import SessionController
    from questionnaire.store import SessionStore, new_session

    class Quiet:
        said: list[str]

        def notice(self, text: str, *, wrong: bool = False) -> None:
            self.said.append(text)

    interface = Quiet()
    interface.said = []
    (tmp_path / "sessions").write_text("in the way")
    transcript = SessionStore(tmp_path / "sessions")
    now = datetime.datetime(2026, 11, 22)
    session = new_session(now, "1")
    sitting = SessionController(interface, None, None, session, transcript, lambda: now)  # type: ignore[arg-type]
    sitting.save_again()
    assert interface.said == [], "nothing to save again yet"
    sitting._save()
    sitting._save()
    (tmp_path / "sessions").unlink()
    sitting._save()
    sitting._save()
    assert [text.split()[-1] for text in interface.said] == ["later.", "now."]
    assert sitting.saving
    assert SessionStore(tmp_path / "sessions").hold(session.id) is None
    assert json.loads(transcript.path(session.id).read_text())["id"] == session.id
