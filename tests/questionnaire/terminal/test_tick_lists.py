"""Tick lists: arrows and Space, typed numbers and words, as one state; and how they look in any window."""

import itertools

import pytest
from programs.terminal import DOWN, ENTER, LEFT, PAGE_DOWN, PAGE_UP, UP
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from questionnaire.answer_text import for_others_to_see
from questionnaire.terminal.interface import Leave, Offer
from questionnaire.terminal.marks import Marks
from questionnaire.terminal.page import Page, Part
from questionnaire.terminal.prompts.prompt_interface import PromptInterface
from questionnaire.terminal.tick_list import TickList
from triage.conditions.leaf import NoAnswer, Ticks

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
    for size, known in itertools.product((1, 3, 6, 13, 19), (False, True)):
        page, found = Page(), TickList(Marks(MANY[:size]), [], skippable=False, known=known)
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
        assert numbers == [*range(1, size + 1), 0]
        if size <= 6 and columns >= 50 and rows >= 20:
            assert len(found.pages) == 1


@pytest.mark.parametrize("columns", [80, 50])
def test_who_knows_the_keys_reads_one_row_of_them(columns, monkeypatch, capsys) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    page, told = Page(), []
    for known in (False, True):
        found = TickList(Marks([Offer(n, f"Line {n}") for n in "abc"]), [], skippable=False, known=known)
        found.fit(page, 40)
        told.append([row.text for row in found.rows(page.columns)][5:])
    assert len(told[0]) >= 3
    (row,) = told[1]
    assert len(row) <= columns
    for word in ("Space", "None", "0", "ot sure", "2?", "ack", "?"):
        assert word in row
    found.move(+1)
    assert "Space ticks or unticks" in found.rows(page.columns)[5].text


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 24), (50, 20), (40, 15)])
@pytest.mark.parametrize("prior", [None, Ticks(), Ticks(frozenset({"line2"}))])
@pytest.mark.parametrize("typed", ["", "0", "3"])
def test_a_list_in_parts_says_on_each_what_enter_does(
    columns, rows, prior, typed, monkeypatch, capsys
) -> None:
    """And how to say none and not sure. No row goes up out of the window."""
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("LINES", str(rows))
    marks = Marks([Offer(f"line{n}", f"Illness {n}") for n in range(1, 27)], prior)
    page, found = Page(), TickList(marks, [], skippable=False)
    page.add(Part("Your health  ·  question 24, nearly done", brief="Your health"), Part(""))
    page.add(Part("Has a doctor ever told you that you have any of these?", bold=True), Part(""))
    marks.take(typed)
    enters = []
    while True:
        level = found.fit(page, rows)
        shown = [row.text for row in found.rows(page.columns)]
        assert len(page.rows(level)) + len(shown) + 1 <= rows
        said = " ".join([*shown, found.answer_row(page.columns)[0]])
        assert "None: 0" in said or "None 0" in said
        assert "Not sure: 2? or u" in said or "Not sure 2? u" in said
        assert ("b back" in said) or rows < 24
        enters.append(("Enter: more" in said, "Enter keeps it" in said))
        if not found.turn(+1):
            break
    assert len(enters) > 1
    kept = prior is not None and not typed
    assert enters == [(True, False)] * (len(enters) - 1) + [(False, kept)]
    assert any("None of these" in row for row in shown)
    sizes = [len(part) for part in found.pages]
    assert max(sizes) - min(sizes) <= len(sizes)  # no few lines are left over for the last part


def test_what_is_private_does_not_stay_on_the_screen(rulebook) -> None:
    mood, days = rulebook.items["mood"], rulebook.items["days"]
    assert {for_others_to_see(mood, code) for code in mood.codes} == {"noted"}
    assert for_others_to_see(days, ticks()) == "None of these"
    assert for_others_to_see(days, Ticks(frozenset({"stress"}))) == "noted"
    first = next(option for option in days.options if not option.private)
    assert for_others_to_see(days, Ticks(frozenset({first.code}), frozenset({"stress"}))) == first.text
