"""Whole sittings on other screens: narrow or low, without colours, and windows that change their size."""

from pathlib import Path

import pytest
from programs.terminal import ENTER, Terminal, answered, begun, read_on, say_who, sessions

from questionnaire.terminal.interface import Below, Offer
from questionnaire.terminal.page import WHOLE
from questionnaire.terminal.prompts.picker import rows_of
from questionnaire.terminal.prompts.prompt_interface import PromptInterface
from triage.report.document import Banner, Document, DocumentPart


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


@pytest.mark.parametrize(
    "options",
    [
        {"columns": 50, "rows": 20},
        {"rows": 16},  # fewer than the result and the choices need together
        {"NO_COLOR": "1"},
        {"TERM": "vt100"},
        {"columns": 132, "rows": 50},
    ],
)
def test_the_whole_way_on_other_screens(tmp_path: Path, options: dict) -> None:
    with begun(tmp_path, **options) as terminal:
        answered(terminal)
        shown = read_on(terminal, "What would you like to do now?")
        assert "CARE FOR IT YOURSELF AT HOME" in map(
            str.strip, shown.splitlines()
        )  # not only above the choices
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


def test_a_terminal_of_three_rows_shows_the_result_all_the_same(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        answered(terminal, until=8)
        terminal.wait_for("Are they right?")
        terminal.child.setwinsize(3, 80)
        terminal.screen.resize(3, 80)
        terminal.press("0" + ENTER)
        read_on(terminal, "What would you like to do now?")
        assert terminal.child.isalive()


@pytest.mark.parametrize("height", [18, 20, 22, 23, 24, 25, 30])
@pytest.mark.parametrize("columns", [50, 80])
def test_the_headline_of_a_result_never_leaves_the_screen(height, columns, monkeypatch, capsys) -> None:
    """A page of 14 rows and 8 choices fill 24 rows; a terminal with a line of its own has one less."""
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("LINES", str(height))
    offers = [Offer(f"o{n}", f"What to try, number {n}") for n in range(8)]
    below = Below(
        "RESULT: BOOK AN ORDINARY APPOINTMENT. What would you like to do now?", offers, "How soon: soon."
    )
    asked = rows_of(below.question, offers, columns)
    apart = set()
    for lines in range(4, 17):
        said = tuple(("Now", "Book it.") for _ in range(lines))
        banner = Banner("routine", "Book an ordinary appointment", said)
        interface, screens = PromptInterface(), []

        def line(words: str, interface=interface, screens=screens, **_: object) -> str:
            screens.append([*interface.shown.rows(WHOLE), words])
            return ""

        monkeypatch.setattr(interface, "line", line)
        interface.document(Document("", (DocumentPart("", (banner,)),), ()), below=below)
        last = interface.shown.rows(WHOLE)
        assert all(len(rows) <= height for rows in screens)
        assert len(last) + asked <= height
        assert "BOOK AN ORDINARY" in [*screens, last][0][0]
        apart.add(last == ["How soon: soon.", ""])
        if last == ["How soon: soon.", ""]:
            assert "Enter for the choices" in screens[-1][-1]
    assert apart == {5 + asked > height, 17 + asked > height} or height < 22
