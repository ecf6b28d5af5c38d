"""Whole sittings in a real terminal: review, emergencies, small screens, two windows, odd sessions."""

import json
import os
import signal
from pathlib import Path

import pytest
from terminal import ENTER, QUESTIONS, Terminal, begun, sessions, small


def answered(terminal: Terminal, *, until: int = len(QUESTIONS)) -> None:
    for wanted, keys in QUESTIONS[:until]:
        terminal.answer(wanted, keys)


def say_who(terminal: Terminal) -> None:
    """The first questions of the built-in rules: a man of 58, who answers for himself."""
    terminal.answer("Who has the leg trouble?", "1" + ENTER)
    terminal.answer("How old are you", "58" + ENTER)
    terminal.answer("Which sex", "2" + ENTER)


def read_on(terminal: Terminal, until: str) -> str:
    """Read page after page; returns all of them."""
    seen = ""
    for _ in range(40):
        terminal.ready(3)
        terminal.read(0.2)
        seen += terminal.text + "\n"
        if until in " ".join(terminal.text.split()):
            return seen
        terminal.press(ENTER)
    raise AssertionError(f"{until} did not come:\n{seen}")


def test_an_answer_is_changed_in_the_review(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        answered(terminal, until=8)
        shown = terminal.wait_for("Are they right?", "8. How many nights a week? → 1 night a week")
        assert "3. Which sex? → Male" in shown
        terminal.answer("Are they right?", "3" + ENTER)
        terminal.answer("change this answer", "1" + ENTER)
        terminal.answer("Are you pregnant?", "1" + ENTER)  # only what the change opens
        terminal.answer("3. Which sex? → Female", "3" + ENTER)
        terminal.answer("change this answer", "2" + ENTER)
        terminal.wait_for("do not count any more", "1. Are you pregnant?")
        terminal.press(ENTER)
        terminal.answer("3. Which sex? → Male", "0" + ENTER)
        terminal.wait_for("CARE FOR IT YOURSELF AT HOME")
    (saved,) = sessions(tmp_path)
    assert saved["finished"]


def test_back_from_the_last_question_to_the_first_and_forward_again(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        answered(terminal, until=8)
        terminal.wait_for("Are they right?")
        before = sessions(tmp_path)[0]["answers"]
        terminal.press("b" + ENTER)
        for wanted, _ in reversed(QUESTIONS[:8]):
            terminal.wait_for(wanted, "question")
            terminal.ready(3)
            terminal.press("b" + ENTER)
        terminal.wait_for("This is the first question.", "New chest pain")
        assert sessions(tmp_path)[0]["answers"] == {}
        assert sessions(tmp_path)[0]["drafts"] == before  # nothing is lost by going back
        for wanted, _ in QUESTIONS[:8]:
            terminal.answer(wanted, "0" + ENTER if wanted == "Which medicines do you take?" else ENTER)
        terminal.answer("Are they right?", "0" + ENTER)
        terminal.wait_for("CARE FOR IT YOURSELF AT HOME")
    assert sessions(tmp_path)[0]["answers"] == before


def test_wrong_lines_never_scroll_the_question_away(tmp_path: Path) -> None:
    with Terminal("ask", "--new", home=tmp_path) as terminal:
        terminal.wait_for("Press Enter to start")
        terminal.press(ENTER)
        say_who(terminal)
        terminal.answer("6. Hands locked", ENTER)
        for typed, said in (("77", "“77” is not a line"), ("x", "“x” is not"), ("", "Nothing is ticked")):
            terminal.press(typed + ENTER)
            terminal.wait_for(said)
        terminal.press("0 3" + ENTER)
        shown = terminal.wait_for("0 means “none”", "6. Hands locked")
        assert "1. New chest pain, pressure" in shown


def test_a_late_answer_interrupts_and_the_rest_can_be_answered(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        answered(terminal, until=3)
        terminal.answer("One leg newly swollen", "2" + ENTER)
        terminal.answer("How are your kidneys?", "2" + ENTER)
        read_on(terminal, "Get help first")
        terminal.press("4" + ENTER)
        answered(terminal, until=0)
        for wanted, keys in QUESTIONS[5:]:
            terminal.answer(wanted, keys)
        assert "EMERGENCY. GET HELP NOW" in read_on(terminal, "What would you like to do now?")
    (saved,) = sessions(tmp_path)
    assert {"days", "nights"} <= set(saved["answers"])


@pytest.mark.parametrize(
    "options",
    [{"columns": 50, "rows": 20}, {"NO_COLOR": "1"}, {"TERM": "vt100"}, {"columns": 132, "rows": 50}],
)
def test_the_whole_way_on_other_screens(tmp_path: Path, options: dict) -> None:
    with begun(tmp_path, **options) as terminal:
        answered(terminal)
        shown = read_on(terminal, "What would you like to do now?")
        assert "CARE FOR IT YOURSELF AT HOME" in shown
        if "NO_COLOR" in options:
            cells = [cell for row in terminal.screen.buffer.values() for cell in row.values()]
            assert {cell.fg for cell in cells} | {cell.bg for cell in cells} == {"default"}
        terminal.press("8" + ENTER)
        assert terminal.status() == 0


LOW = {"columns": 50, "rows": 13}  # six lines and what stands above them do not fit


def turn_pages(terminal: Terminal) -> str:
    """Press Enter at every part of a list up to the last one; returns all that was seen."""
    seen = ""
    for _ in range(12):
        seen += terminal.text
        if "Your answer:" in terminal.text:
            return seen
        terminal.press(ENTER)
        terminal.read(0.3)
    raise AssertionError(f"The end of the list did not come:\n{terminal.text}")


def test_a_low_screen_shows_every_line_of_a_long_list(tmp_path: Path) -> None:
    with Terminal("ask", "--new", home=tmp_path, **LOW) as terminal:
        terminal.wait_for("Press Enter to start")
        terminal.press(ENTER)
        say_who(terminal)
        terminal.wait_for("of 6. Enter: more lines:")
        seen = turn_pages(terminal)
        assert all(f"{number}. " in seen for number in range(1, 7))


def test_numbers_typed_between_two_pages_of_a_list_count(tmp_path: Path) -> None:
    with Terminal("ask", "--new", home=tmp_path, **LOW) as terminal:
        terminal.wait_for("Press Enter to start")
        terminal.press(ENTER)
        say_who(terminal)
        terminal.answer("Enter: more lines:", "2" + ENTER)
        terminal.wait_for("So far: 2")
        turn_pages(terminal)
        terminal.press(ENTER)
        assert terminal.shows("You ticked 2: Newly hard"), terminal.text


def test_a_today_names_its_reason_and_lets_one_stop_and_call(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        answered(terminal, until=3)
        terminal.answer("One leg newly swollen", "1" + ENTER)
        terminal.wait_for("Because of:", "Stop here, and call", "about")
        terminal.press("2" + ENTER)
        assert terminal.status() == 130
        assert "WHAT YOUR ANSWERS SAY SO FAR" in terminal.text
    assert sessions(tmp_path)[0]["answers"]["signs"] == ["swollen"]


def test_a_window_that_changes_its_size(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        answered(terminal, until=2)
        terminal.wait_for("Which sex?")
        for rows, columns in ((20, 50), (24, 80), (10, 40), (24, 80)):
            terminal.child.setwinsize(rows, columns)
            terminal.screen.resize(rows, columns)
            terminal.read(0.3)
        terminal.press("2" + ENTER)
        terminal.answer("One leg newly swollen", "0" + ENTER)
        terminal.wait_for("How are your kidneys?")
    assert sessions(tmp_path)[0]["answers"]["sex"] == "male"


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


def test_medicines_by_a_few_letters_pasted_misspelt_and_unknown(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        answered(terminal, until=5)
        terminal.answer("Which medicines do you take?", "bendroflu" + ENTER)
        terminal.answer("“bendroflu”: do you mean one of these?", "1" + ENTER)
        terminal.answer("On your list: 1 bendroflumethiazide", "Aprinox 5 mg" + ENTER)
        terminal.answer(
            "is on your list already", "\x1b[200~Lipitor 20mg\nmoonstone pills\x1b[201~" + ENTER
        )
        terminal.wait_for("I read 1 medicine: Lipitor 20mg (that is atorvastatin).")
        terminal.answer("“moonstone pills”: what is it for?", "3" + ENTER)
        terminal.wait_for("3 moonstone pills")
        assert "do you mean" not in terminal.text  # the prompts of earlier medicines are gone
        terminal.press("x 2" + ENTER)
        terminal.answer("Taken off the list: Lipitor 20mg.", "r" + ENTER)
        terminal.answer("Are they right?", "0" + ENTER)
        terminal.answer("2 moonstone pills", "0" + ENTER)
        terminal.answer("Which of these are new, or changed in dose, in the last 6 weeks?", "2 7" + ENTER)
        terminal.wait_for("“7” is not a line")
        terminal.press("2" + ENTER)
        terminal.wait_for("Which fit your days?")
    taken = sessions(tmp_path)[0]["answers"]["medicines"]
    assert taken == [
        {"name": "bendroflumethiazide", "started": "long_ago"},
        {"name": "moonstone pills", "started": "recent", "for": "unsure"},
    ]


def test_for_another_person_the_words_change_throughout(tmp_path: Path) -> None:
    with Terminal("ask", "--new", home=tmp_path) as terminal:
        terminal.wait_for("Press Enter to start")
        terminal.press(ENTER)
        terminal.answer("Who has the leg trouble?", "3" + ENTER)
        terminal.answer("How old are they, in years?", "81" + ENTER)
        terminal.answer("written down at their birth?", "2" + ENTER)
        for last in (
            "6. Hands",
            "5. After a fall",
            "6. Sudden bad pain",
            "6. Cramp or new",
            "6. A band",
        ):
            terminal.answer(last, "0" + ENTER)
        assert terminal.shows("1. A foot that drags or trips them"), terminal.text
        terminal.press("?" + ENTER)
        assert terminal.shows("Press Enter to go back"), terminal.text


def test_the_emergency_number_can_be_set(tmp_path: Path) -> None:
    with Terminal("ask", "--new", home=tmp_path, LEGCRAMP_EMERGENCY_NUMBER="15") as terminal:
        terminal.wait_for("Call your local emergency number (15).")
        terminal.press(ENTER)
        say_who(terminal)
        terminal.answer("6. Hands locked", "4" + ENTER)
        terminal.answer("Is that right?", "y" + ENTER)
        shown = " ".join(read_on(terminal, "Get help first").split())
        assert "local emergency number (15)" in shown.replace("│ ", "").replace(" │", "")


@pytest.mark.parametrize("keys", ["\x1b\r", "\x1b#", "\x0f", "2\x1b\r"])
def test_keys_of_editors_are_no_answer(tmp_path: Path, keys: str) -> None:
    with begun(tmp_path) as terminal:
        answered(terminal, until=2)
        terminal.answer("Which sex?", keys)
        assert terminal.stays("Which sex?", 1.5), terminal.text
        assert "sex" not in sessions(tmp_path)[0]["answers"]


def test_an_interrupt_at_a_choice_ends_it(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        answered(terminal, until=2)
        terminal.wait_for("Which sex?")
        terminal.ready(3)
        terminal.kill(signal.SIGINT)
        assert terminal.status() == 130


def test_a_signal_at_the_emergency_page_leaves_with_what_to_do(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        terminal.answer("New chest pain", "1" + ENTER)
        terminal.answer("Is that right?", "y" + ENTER)
        terminal.wait_for("EMERGENCY")
        terminal.press("\x03")
        assert terminal.status() == 130
        assert "WHAT YOUR ANSWERS SAY SO FAR: Emergency" in terminal.text


def test_a_terminal_of_three_rows_shows_the_result_all_the_same(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        answered(terminal, until=8)
        terminal.wait_for("Are they right?")
        terminal.child.setwinsize(3, 80)
        terminal.screen.resize(3, 80)
        terminal.press("0" + ENTER)
        read_on(terminal, "What would you like to do now?")
        assert terminal.child.isalive()
