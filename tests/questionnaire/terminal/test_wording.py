"""What people type, understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.terminal.lines import wrap
from questionnaire.terminal.wording import NotUnderstood, command_typed, parse_lines, parse_number
from triage.conditions.leaf import NoAnswer, Ticks
from triage.rulebook.model import Item


def parse_ticks(typed: str, item: Item) -> Ticks | NoAnswer:
    return parse_lines(typed, item.codes, [option.text for option in item.options])


def ticks(*sure: str, unsure: tuple[str, ...] = ()) -> Ticks:
    return Ticks(frozenset(sure), frozenset(unsure))


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("0", ticks()), ("00", ticks()), ("none", ticks()), ("None of these", ticks()),
        ("1", ticks("sit")), ("1 2", ticks("sit", "train")), ("1,2", ticks("sit", "train")),
        ("1 and 3", ticks("sit", "heat")), ("3, 1.", ticks("sit", "heat")), ("１", ticks("sit")),
        ("2?", ticks(unsure=("train",))), ("1 2?", ticks("sit", unsure=("train",))),
        ("2 ?", ticks(unsure=("train",))), ("2 2?", ticks("train")), ("u", NoAnswer.UNSURE),
        ("not sure", NoAnswer.UNSURE), ("1\t3", ticks("sit", "heat")),
    ],
)  # fmt: skip
def test_ticks(small, typed, answer) -> None:
    assert parse_ticks(typed, small.items["days"]) == answer


@pytest.mark.parametrize(
    "typed", ["", " ", "4", "99999999", "x", "1 x", "0 1", "1-3", "-1", "?", "1??", "1.5"]
)
def test_not_ticks(small, typed) -> None:
    with pytest.raises(NotUnderstood) as caught:
        parse_ticks(typed, small.items["days"])
    assert str(caught.value)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("62", 62), ("62 years", 62), ("about 62", 62), ("sixty-two", 62), ("sixty two", 62),
        ("Ninety", 90), ("seven", 7), ("６２", 62), ("62.", 62), ("0", 0), ("age 62", 62),
        ("u", NoAnswer.UNSURE), ("Not sure", NoAnswer.UNSURE),
    ],
)  # fmt: skip
def test_numbers(small, typed, number) -> None:
    assert parse_number(typed, small.items["age"]) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "x",
        "-3",
        "−3",
        "121",
        "62.5",
        "60 or 61",
        "9" * 10_000,
        "twenty twenty",
        "six ty",
        "1e2",
        "∞",
        "½",
        "18 months",
        "6,5",
        ".5.",
        "1,2,3",
    ],
)
def test_not_numbers(small, typed) -> None:
    with pytest.raises(NotUnderstood) as caught:
        parse_number(typed, small.items["age"])
    assert "0" in str(caught.value)


@given(st.text(max_size=60))
def test_anything_typed_is_understood_or_said_to_be_not(typed: str) -> None:
    assert understood_or_refused(typed)


def understood_or_refused(typed: str) -> bool:
    book = _book()
    for parse, item in ((parse_ticks, "days"), (parse_number, "age")):
        try:
            parse(typed, book.items[item])
        except NotUnderstood as problem:
            if not str(problem):
                return False
    return True


def _book():
    from pathlib import Path

    from triage.rulebook.load import load

    if not hasattr(_book, "made"):
        _book.made = load(Path(__file__).parents[2] / "small_rules")
    return _book.made


def test_commands() -> None:
    assert [command_typed(t) for t in ("b", "B", "back", " ? ", "w", "q", "QUIT")] == [
        "back", "back", "back", "help", "why", "leave", "leave",
    ]  # fmt: skip
    assert command_typed("bisoprolol") is None
    assert command_typed("") is None


def test_the_name_of_a_file_is_never_divided_at_a_hyphen() -> None:
    path = "/home/somebody/.local/share/legcramp/sessions/20261128-1718-35f1.json"
    for width in range(len(path), len(path) + 60):
        assert any(
            path in line for line in wrap(f"The session {path} is damaged, and cannot be used.", width)
        )
    assert wrap("", 20, first="  ") == ["  "]
