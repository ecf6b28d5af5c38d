"""The interview in a real terminal, as a person sees it."""

from pathlib import Path

import pytest
from programs.terminal import ENTER, QUESTIONS, Terminal, begun, sessions, small


def test_the_whole_way_to_the_result(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        for wanted, keys in QUESTIONS:
            terminal.answer(wanted, keys)
        shown = terminal.wait_for("CARE FOR IT YOURSELF AT HOME")
        assert "How soon:" in shown
        while "What would you like to do now?" not in terminal.text:
            terminal.press(ENTER)
            terminal.read(0.4)
        terminal.press("8")
        terminal.press(ENTER)
        assert terminal.status() == 0
    (saved,) = sessions(tmp_path)
    assert saved["finished"]
    assert saved["answers"]["days"] == ["sit"]


GROUPS = (
    "6. Hands locked", "6. Newly very ill", "6. Sudden bad pain", "6. Gripping now", "6. A band or",
    "5. Newly hard to start", "6. New nosebleeds",
)  # fmt: skip


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 24), (50, 20)])
def test_each_group_of_danger_signs_fits_without_scrolling(tmp_path: Path, columns: int, rows: int) -> None:
    with Terminal("ask", "--new", home=tmp_path, columns=columns, rows=rows) as terminal:
        terminal.wait_for("Press Enter to start")
        assert terminal.text.startswith("LEG CRAMPS")
        terminal.press(ENTER)
        terminal.answer("Who has the leg trouble?", "1" + ENTER)
        terminal.answer("How old are you", "58" + ENTER)
        terminal.answer("Which sex", "2" + ENTER)
        for number, last in enumerate(GROUPS):
            shown = terminal.wait_for(last, "Your answer:")
            assert all(f"{line}. " in shown for line in range(int(last[0]) + 1))
            assert ("Signs that need help at once" if number < 3 else "Signs that need a call") in shown
            assert ("A common leg cramp is NOT on these lists" in shown) is (number == 0)
            terminal.press("0" + ENTER)
        terminal.wait_for("What is it like?")


def test_a_tick_is_read_back_and_undone_in_one_key(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        terminal.answer("New chest pain", "1" + ENTER)
        terminal.wait_for("You ticked 1: New chest pain", "Does this tick stay?", "n Take it off")
        terminal.press("n" + ENTER)
        terminal.answer("Which of these are true now?", "0" + ENTER)
        terminal.wait_for("How old are you?")
    (saved,) = sessions(tmp_path)
    assert saved["answers"]["alarm"] == []


def test_a_kept_tick_shows_at_once_what_to_do_now(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        terminal.answer("New chest pain", "2" + ENTER)
        terminal.wait_for("Does this tick stay?")
        terminal.press("y" + ENTER)
        shown = terminal.wait_for("EMERGENCY. GET HELP NOW", "Call your local emergency number")
        assert "How old" not in shown
    (saved,) = sessions(tmp_path)
    assert saved["answers"]["alarm"] == ["cold_foot"]


def test_the_emergency_page_can_be_undone(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        terminal.answer("New chest pain", "1" + ENTER)
        terminal.answer("Does this tick stay?", "y" + ENTER)
        terminal.wait_for("EMERGENCY")
        while "I made a mistake" not in terminal.text:
            terminal.press(ENTER)
            terminal.read(0.4)
        terminal.press("3" + ENTER)
        assert terminal.shows("Which of these are true now?", "Your answer before: 1"), terminal.text
        terminal.press(ENTER)
        terminal.answer("Does this tick stay?", "n" + ENTER)
        shown = terminal.wait_for(
            "Which of these are true now: line 1 is taken off.", "[ ] 1. New chest pain", "Your answer:"
        )
        assert "Your answer before" not in shown
        assert "!" not in shown  # nothing went wrong
        terminal.press(ENTER)  # no loop, and no "none of these" either
        terminal.wait_for("If none of these fits, type 0")


@pytest.mark.parametrize("keys", [ENTER * 2, ENTER * 30, "\x1b[B" + ENTER * 3])
def test_a_double_or_held_key_never_answers_two_questions(tmp_path: Path, keys: str) -> None:
    with begun(tmp_path) as terminal:
        terminal.answer("New chest pain", "0" + ENTER * 5)
        terminal.answer("How old are you?", "50" + ENTER * 5)
        terminal.wait_for("Which sex?")
        terminal.press(("1" if keys.startswith("\x1b") else "2") + keys)
        terminal.wait_for("One leg newly swollen")
        assert terminal.stays("One leg newly swollen"), terminal.text
        terminal.press("0" + ENTER * 20)
        terminal.wait_for("How are your kidneys?")
        terminal.press(keys)
        if keys.startswith("\x1b"):
            terminal.wait_for("Which medicines")
        else:
            assert terminal.stays("How are your kidneys?"), terminal.text
    (saved,) = sessions(tmp_path)
    assert len(saved["order"]) in (4, 5)


@pytest.mark.parametrize("typed", ["22", "quite a lot", "7 nights", "not really", "1 2"])
def test_only_what_is_one_of_the_answers_is_one(tmp_path: Path, typed: str) -> None:
    """No letter or digit inside other words picks, goes back or leaves; and it is said."""
    with begun(tmp_path) as terminal:
        terminal.answer("New chest pain", "00" + ENTER)
        terminal.answer("How old are you?", "50" + ENTER)
        terminal.wait_for("Which sex?")
        terminal.press(typed)
        terminal.wait_for(f"You typed: {typed}")
        terminal.child.send(ENTER)
        terminal.wait_for("is none of these. Type a number from 1 to 4.", "Which sex?")
        terminal.child.send("3\x7f2" + ENTER)
        terminal.wait_for("One leg newly swollen")
    assert sessions(tmp_path)[0]["answers"]["sex"] == "male"


def test_a_read_back_takes_only_yes_no_or_not_sure(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        terminal.answer("New chest pain", "1" + ENTER)
        for typed in ("i am not sure", "why do you ask", "", "yn"):
            terminal.answer("Does this tick stay?", typed + ENTER)
        terminal.answer("Does this tick stay?", "no" + ENTER)
        assert terminal.shows(
            "Which of these are true now: line 1 is taken off.", "Which of these are true now?"
        ), terminal.text


@pytest.mark.parametrize("key", ["b", "\x1b[D"])
def test_back_shows_the_earlier_answer(tmp_path: Path, key: str) -> None:
    with begun(tmp_path) as terminal:
        terminal.answer("New chest pain", "0" + ENTER)
        terminal.answer("How old are you?", "50" + ENTER)
        terminal.wait_for("Which sex?")
        terminal.press(key + ENTER if key == "b" else key)
        terminal.wait_for("How old are you?", "Your answer before: 50")
        terminal.press("b" + ENTER)
        terminal.wait_for("New chest pain", "Your answer before: 0")
        terminal.press("0" + ENTER)
        terminal.answer("How old are you?", "51" + ENTER)
        terminal.wait_for("Which sex?")
    assert sessions(tmp_path)[0]["answers"]["age"] == 51


def test_help_and_why(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        terminal.wait_for("Or type, then Enter: b back · ? help")
        terminal.answer("New chest pain", "w" + ENTER)
        assert terminal.shows("Why we ask: These need help now."), terminal.text
        terminal.press(ENTER)
        terminal.answer("New chest pain", "0" + ENTER)
        terminal.answer("How old are you?", "50" + ENTER)
        assert terminal.shows("Which sex?"), terminal.text
        terminal.press("w" + ENTER)
        assert terminal.shows("Why we ask: To know whether to ask about pregnancy."), terminal.text
        terminal.press(ENTER)
        assert terminal.shows("Which sex?"), terminal.text
        terminal.press("?" + ENTER)
        assert terminal.shows("“Not sure” is fine."), terminal.text


@pytest.mark.parametrize("options", [{"TERM": "dumb"}, {}])
def test_plain_by_itself_or_on_request(tmp_path: Path, options: dict) -> None:
    arguments = () if options else ("--plain",)
    with begun(tmp_path, *arguments, **options) as terminal:
        terminal.wait_for("1. New chest pain", "Your answer:")
        assert "»" not in terminal.text
        terminal.press("0\r")
        terminal.wait_for("Answer: None of these.", "How old are you?")
        terminal.press("50\r")
        terminal.answer("3. Not sure", "2\r")
        terminal.wait_for("Answer: Male.")


def test_narrow_and_low(tmp_path: Path) -> None:
    with begun(tmp_path, columns=50, rows=20) as terminal:
        for wanted, keys in QUESTIONS[:5]:
            terminal.answer(wanted, keys)
        assert terminal.shows("Which medicines do you take?"), terminal.text


@pytest.mark.parametrize(("columns", "rows"), [(20, 5), (29, 24), (80, 11)])
def test_a_tiny_terminal_gets_plain_lines_and_no_torn_words(
    tmp_path: Path, columns: int, rows: int
) -> None:
    with begun(tmp_path, columns=columns, rows=rows) as terminal:
        terminal.wait_for("Your answer:")
        assert "\x1b[2J" not in terminal.raw.decode(), "nothing is drawn anew: it can be scrolled back to"
        said = terminal.raw.decode().split("Press Enter")[0].splitlines()
        assert max(map(len, said)) <= columns


def test_a_huge_paste_and_escape_sequences_do_no_harm(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        terminal.wait_for("New chest pain", "Your answer:")
        terminal.press("\x1b[200~" + "x1 " * 3000 + "\x1b[201~")
        terminal.press(ENTER)
        terminal.wait_for("is not a line")
        terminal.press("\x1b[31m0\x15" + "0" + ENTER)
        assert terminal.shows("How old are you?"), terminal.text


def test_a_key_pressed_while_the_program_starts_is_not_lost(tmp_path: Path) -> None:
    with small(tmp_path) as terminal:
        terminal.child.send(ENTER)  # nothing can be on the screen yet
        terminal.wait_for("New chest pain")
        assert "Press Enter to start" not in terminal.text
    with small(tmp_path) as terminal:
        terminal.child.send("q" + ENTER)
        terminal.wait_for("Stopped. No answers are saved.")
        assert terminal.status() == 130


def test_keys_before_the_first_question_do_not_answer_it(tmp_path: Path) -> None:
    """Nobody has read it yet: a key that is held must not say "none of these"."""
    with small(tmp_path) as terminal:
        terminal.child.send(ENTER + "0" + ENTER)
        terminal.wait_for("New chest pain")
        assert terminal.stays("New chest pain"), terminal.text
