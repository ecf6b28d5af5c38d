"""Tick lists: arrows and Space, typed numbers and words, as one state; and how they look in any window."""

import itertools
import os
import signal
from pathlib import Path

import pyte
import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from terminal import ENTER, QUESTIONS, Terminal, begun, sessions, small

from questionnaire.answer_text import for_others_to_see
from questionnaire.terminal.interface import Leave, Offer
from questionnaire.terminal.marks import Marks
from questionnaire.terminal.page import Page, Part
from questionnaire.terminal.prompts.prompt_interface import PromptInterface
from questionnaire.terminal.tick_list import TickList
from triage.conditions.leaf import NoAnswer, Ticks

UP, DOWN, LEFT, PAGE_UP, PAGE_DOWN = "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[5~", "\x1b[6~"
OFFERS = [Offer("a", "Calf"), Offer("b", "Foot or toes"), Offer("c", "Front of the thigh")]


def ticks(sure: str = "", unsure: str = "") -> Ticks:
    return Ticks(frozenset(sure), frozenset(unsure))


def ticked(keys: str, marks: Marks, **options) -> object:
    """What the keys answer, all pressed at once."""
    with create_pipe_input() as source, create_app_session(input=source, output=DummyOutput()):
        source.send_text(keys + "\x04")  # what is no answer ends in Leave, and does not hang
        interface = PromptInterface()
        interface.page("Place", "question 1")
        try:
            return interface.tick("Where is it?", marks, **options)
        except Leave:
            return None


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (DOWN + " " + ENTER, ticks("a")),
        (DOWN + DOWN + " " + DOWN + " " + ENTER, ticks("bc")),
        (DOWN + " " + UP + UP + DOWN + " " + ENTER, ticks("ab")),
        (DOWN + "  " + ENTER, None),  # ticked and unticked: nothing, which is not none
        (DOWN + ENTER, None),
        (ENTER, None),
        (ENTER * 9, None),
        ("0" + ENTER, ticks()),
        ("none" + ENTER, ticks()),
        (UP + " " + ENTER, ticks()),
        (UP + ENTER, None),  # pointed at “none”, but not ticked
        (DOWN + " " + UP * 4 + DOWN * 4 + " " + ENTER, ticks()),
        ("2 3" + ENTER, ticks("bc")),
        ("2" + DOWN + " " + ENTER, ticks("ab")),
        (DOWN + " " + "3" + ENTER, ticks("ac")),
        (DOWN + " " + "1" + ENTER, ticks("a")),
        (DOWN + " " + "1?" + ENTER, ticks("", "a")),
        (DOWN + "u" + ENTER, ticks("", "a")),
        (DOWN + "uu" + DOWN + "u" + ENTER, ticks("", "b")),
        (DOWN + " u" + ENTER, ticks("", "a")),
        ("2?" + DOWN + " " + ENTER, ticks("a", "b")),
        ("u" + ENTER, NoAnswer.UNSURE),
        (UP + "u" + ENTER, NoAnswer.UNSURE),
        (DOWN + "unsure" + ENTER, NoAnswer.UNSURE),  # the u is the beginning of a word
        ("u" + DOWN + " " + ENTER, ticks("a", "bc")),  # the others stay not sure
        ("calf, thigh" + ENTER, ticks("ac")),
        ("foot" + DOWN + " " + ENTER, ticks("ab")),
        ("7" + ENTER + "2" + ENTER, ticks("b")),
        ("7" + DOWN + "2" + ENTER, ticks("b")),
        ("12\x7f" + ENTER, ticks("a")),
        ("1 2\x15" + "3" + ENTER, ticks("c")),
        (" " + " " + ENTER, ticks("a")),  # the first Space points at a line, and says so
        ("\x1b[200~1\n3\x1b[201~" + ENTER, ticks("ac")),
        ("\x1bOP" + "\x1b[15~" + "2" + ENTER, ticks("b")),  # keys with names are no letters
        ("b" + ENTER, ":back"),
        (DOWN + " " + LEFT, ":back"),
        ("2" + LEFT + ENTER, ticks("b")),
        ("?" + ENTER, ":help"),
        ("w" + ENTER, ":why"),
        ("r" + ENTER, ":review"),
        ("q" + ENTER, None),
        ("\x03", None),
    ],
)
def test_keys(keys: str, answer: object) -> None:
    assert ticked(keys, Marks(OFFERS)) == answer


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (ENTER, ticks("ab")),
        ("3" + ENTER, ticks("c")),  # typed numbers are the whole answer anew
        (DOWN * 3 + " " + ENTER, ticks("abc")),  # Space changes one line of it
        (DOWN + " " + ENTER, ticks("b")),
        (DOWN + " " + "3" + ENTER, ticks("bc")),
    ],
)
def test_an_answer_given_before(keys: str, answer: object) -> None:
    assert ticked(keys, Marks(OFFERS, ticks("ab"))) == answer


def test_what_is_ticked_stays_when_help_is_read() -> None:
    marks = Marks(OFFERS)
    assert ticked(DOWN + " ?" + ENTER, marks) == ":help"
    assert ticked("3" + ENTER, marks) == ticks("ac")


@pytest.mark.parametrize("keys", [ENTER, "skip" + ENTER, "Rather not say" + ENTER])
def test_a_list_that_may_be_skipped(keys: str) -> None:
    assert ticked(keys, Marks(OFFERS), skippable=True) is NoAnswer.DECLINED


MANY = [Offer(f"line{n}", f"Line {n} is about a thing that takes some words") for n in range(1, 20)]


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        ("1" + ENTER * 9, {"line1"}),
        (ENTER + "1" + ENTER * 9, {"line1"}),
        ("0" + ENTER * 9, set()),
        (DOWN * 18 + " " + ENTER, {"line18"}),
        (DOWN * 18 + UP * 17 + " " + PAGE_DOWN + PAGE_UP + ENTER * 9, {"line1"}),
        ("3" + ENTER + DOWN + "u" + ENTER * 9, {"line3"}),
    ],
)
def test_a_list_in_pages(keys: str, answer: set[str], monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("LINES", "15")
    found = ticked(keys, Marks(MANY))
    assert isinstance(found, Ticks)
    assert found.ticked == answer


@pytest.mark.parametrize(
    ("columns", "rows"), list(itertools.product((30, 40, 50, 80, 132), (12, 15, 20, 24, 40)))
)
@pytest.mark.parametrize(
    "before", ["", "A thing that must be read before, and takes two rows where it is narrow."]
)
def test_every_line_is_seen_in_every_window(columns, rows, before, monkeypatch, capsys) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("LINES", str(rows))
    for size in (1, 3, 6, 13, 19):
        page, found = Page(), TickList(Marks(MANY[:size]), [], skippable=False)
        page.add(Part("A heading  ·  question 5, about 20 to go", brief="A heading"), Part(""))
        page.add(Part(before), Part("Which of these are true now?", bold=True), Part(""))
        seen: list[str] = []
        while True:
            level = found.fit(page, rows)
            shown = found.rows(page.columns)
            assert len(page.rows(level)) + len(shown) + 1 <= rows
            assert max(len(row.text) for row in shown) <= columns
            label, typed = found.answer_row(page.columns)
            assert len(label) + len(typed) + 4 <= columns
            seen += [row.text for row in shown if row.begins]
            if not found.turn(+1):
                break
        numbers = [int(text[4:6]) for text in seen]
        assert numbers in ([*range(1, size + 1), 0], list(range(1, size + 1)))
        if size <= 6 and columns >= 50 and rows >= 20:
            assert len(found.pages) == 1
            assert numbers[-1] == 0


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


def test_what_is_private_does_not_stay_on_the_screen(rulebook) -> None:
    mood, days = rulebook.items["mood"], rulebook.items["days"]
    assert {for_others_to_see(mood, code) for code in mood.codes} == {"noted"}
    assert for_others_to_see(days, ticks()) == "None of these"
    assert for_others_to_see(days, Ticks(frozenset({"stress"}))) == "noted"
    first = next(option for option in days.options if not option.private)
    assert for_others_to_see(days, Ticks(frozenset({first.code}), frozenset({"stress"}))) == first.text


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
