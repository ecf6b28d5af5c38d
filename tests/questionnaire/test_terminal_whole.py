"""Whole sittings in a real terminal: review, emergencies, medicines, for another person, signals and odd keys."""

import signal
from pathlib import Path

import pytest
from programs.terminal import ENTER, QUESTIONS, Terminal, answered, begun, read_on, say_who, sessions


def test_an_answer_is_changed_in_the_review(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        answered(terminal, until=8)
        shown = terminal.wait_for("Are they right?", "8. How many nights a week? → 1 night a week")
        assert "3. Which sex? → Male" in shown
        terminal.answer("Are they right?", "3" + ENTER)
        terminal.answer("changing an answer", "1" + ENTER)
        terminal.answer("Are you pregnant?", "1" + ENTER)  # only what the change opens
        terminal.answer("3. Which sex? → Female", "3" + ENTER)
        terminal.answer("changing an answer", "2" + ENTER)
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


def test_a_today_names_its_reason_and_lets_one_stop_and_call(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        answered(terminal, until=3)
        terminal.answer("One leg newly swollen", "1" + ENTER)
        terminal.wait_for("Because of:", "Stop here, and call", "about")
        terminal.press("2" + ENTER)
        assert terminal.status() == 130
        assert "WHAT YOUR ANSWERS SAY SO FAR" in terminal.text
    assert sessions(tmp_path)[0]["answers"]["signs"] == ["swollen"]


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
            "6. Gripping now",
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
        terminal.answer("Does this tick stay?", "y" + ENTER)
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
        terminal.answer("Does this tick stay?", "y" + ENTER)
        terminal.wait_for("EMERGENCY")
        terminal.press("\x03")
        assert terminal.status() == 130
        assert "WHAT YOUR ANSWERS SAY SO FAR: Emergency" in terminal.text
