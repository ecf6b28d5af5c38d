"""Ticking in a real terminal: seen at once, not lost by leaving or going back, told above; and plain lists."""

import os
import signal
from pathlib import Path

import pyte
import pytest
from programs.terminal import DOWN, ENTER, LEFT, QUESTIONS, Terminal, begun, sessions, small


def test_space_and_numbers_are_one_state_seen_at_once(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        for wanted, keys in QUESTIONS[:6]:
            terminal.answer(wanted, keys)
        terminal.wait_for(
            "[ ] 1. Sitting a lot", "[ ] 0. None of these", "↑ ↓ and Space", "Not sure of line 2: type 2?"
        )
        terminal.press(DOWN)
        terminal.wait_for("»[ ] 1.", "Space ticks or unticks the line with »")
        terminal.press(" ")
        terminal.wait_for("»[x] 1. Sitting a lot")
        terminal.press("3?")
        terminal.wait_for("[x] 1. Sitting", "[?] 3. Heat", "Your answer: 3?")
        terminal.press(DOWN + DOWN + " ")
        terminal.wait_for("[x] 1. Sitting", "»[x] 2. Hard", "[?] 3. Heat")
        bold = next(
            row
            for number, row in terminal.screen.buffer.items()
            if "Which fit" in terminal.screen.display[number]
        )
        assert bold[0].bold
        terminal.press("?" + ENTER)
        terminal.wait_for("There is no more to say", "Tick what fits")
        terminal.press(ENTER)
        terminal.wait_for("[x] 1. Sitting", "[x] 2. Hard", "[?] 3. Heat")
        terminal.press(ENTER)
        terminal.wait_for(
            "Which fit your days? → Sitting a lot; Hard training; Heat (not sure)", "How many nights"
        )
    assert sessions(tmp_path)[0]["answers"]["days"] == ["sit", "train", "heat?"]


def test_the_answers_stand_above_in_their_order(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        for wanted, keys in QUESTIONS[:7]:
            terminal.answer(wanted, keys)
        shown = terminal.wait_for("How many nights a week?")
        assert shown.splitlines()[0] == "Which fit your days? → Sitting a lot"
        screen = pyte.HistoryScreen(80, 24, history=500)
        pyte.ByteStream(screen).feed(terminal.raw)
    above = ["".join(line[n].data for n in range(80)).rstrip() for line in screen.history.top]
    assert above == [
        "Which of these are true now? → None of these",
        "How old are you? → 50 years",
        "Which sex? → Male",
        "Which of these do you have? → None of these",
        "How are your kidneys? → Fine",
        "Which medicines do you take? → None",
    ]


def test_ticks_are_not_lost_by_an_interrupt_or_by_going_back(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        for wanted, keys in QUESTIONS[:3]:
            terminal.answer(wanted, keys)
        terminal.answer("One leg newly swollen", DOWN + DOWN + " ")
        terminal.wait_for("»[x] 2. Truly weaker")
        terminal.press("\x03")
        assert terminal.status() == 130
    (saved,) = sessions(tmp_path)
    assert "signs" not in saved["answers"]  # it was not confirmed
    with small(tmp_path, "--resume") as terminal:
        terminal.wait_for("[x] 2. Truly weaker", "Your answer before: 2 (Enter keeps it)")
        terminal.press(LEFT)
        terminal.answer("Which sex?", ENTER)
        terminal.wait_for("[x] 2. Truly weaker")
        terminal.press(DOWN + " ")
        terminal.wait_for("»[x] 1. One leg", "[x] 2. Truly weaker")


def test_a_window_that_changes_its_size_clips_no_line(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        terminal.answer("New chest pain", DOWN + " ")
        terminal.wait_for("»[x] 1. New chest pain")
        for rows, columns in ((20, 50), (12, 30), (24, 80)):
            terminal.screen.resize(rows, columns)
            terminal.child.setwinsize(rows, columns)
            terminal.child.kill(signal.SIGWINCH)
            assert terminal.shows(
                "Which of these are true now?", "»[x] 1. New chest pain", "[ ] 2. One cold pale foot"
            ), terminal.text
            terminal.wait_for("Your answer:")
        terminal.press(ENTER)
        assert terminal.shows("You ticked 1: New chest pain"), terminal.text


@pytest.mark.parametrize("keys", [ENTER * 40, "9" + ENTER * 9])
def test_only_an_enter_by_itself_skips(tmp_path: Path, keys: str) -> None:
    with begun(tmp_path) as terminal:
        for wanted, typed in QUESTIONS[:2]:
            terminal.answer(wanted, typed)
        terminal.wait_for("Which sex?", "To skip it: only Enter")
        terminal.press(keys)  # a key that is held down
        terminal.wait_for("To skip this question, press Enter once more")
        assert terminal.stays("To skip this question", 0.3), terminal.text
        terminal.press(ENTER)
        terminal.wait_for("Are you pregnant?")
        assert "Which sex? → Rather not say" in terminal.text
    assert sessions(tmp_path)[0]["answers"]["sex"] == "declined"


def test_a_word_picks_one_of_several(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        for wanted, typed in QUESTIONS[:2]:
            terminal.answer(wanted, typed)
        terminal.answer("Which sex?", "fem" + ENTER)
        assert terminal.shows("Are you pregnant?"), terminal.text


def test_plain_lists_say_once_how_to_answer_and_take_words(tmp_path: Path) -> None:
    with Terminal(
        "ask",
        "--plain",
        "--rules",
        str(Path(os.fspath(__file__)).parents[2] / "small_rules"),
        home=tmp_path,
    ) as terminal:
        terminal.wait_for("Press Enter to start")
        terminal.press(ENTER)
        terminal.wait_for(
            "1. New chest pain",
            "like 2 5. None of them: 0. Not sure about line 2: 2? Not sure about any: u",
        )
        terminal.press("o" + ENTER)
        terminal.wait_for("“o” is not a line. Type numbers from 1 to 2, a clear word, or 0 for none.")
        terminal.press("none" + ENTER)
        terminal.wait_for("Answer: None of these.", "How old are you?")
        terminal.press("50" + ENTER)
        terminal.wait_for("Your answer, 1 to 4, or Enter to skip it:")
        terminal.press("maybe" + ENTER)
        terminal.wait_for("“maybe” is none of these. Type a number from 1 to 4.")
        terminal.press("male" + ENTER)
        terminal.wait_for("Answer: Male.", "Which of these do you have?")
        terminal.press(ENTER)
        terminal.wait_for("Please type the numbers of the lines that fit, or 0 if none does.")
        assert terminal.raw.count(b"Type the numbers that fit, like 2 5.") == 1
