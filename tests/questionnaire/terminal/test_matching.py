"""Words of a line that stand for it, where they are clear."""

import pytest

from questionnaire.terminal.interface import Offer
from questionnaire.terminal.matching import lines_meant
from questionnaire.terminal.wording import NotUnderstood, chosen, none_chosen, parse_lines
from triage.conditions.leaf import Ticks

LINES = (
    "Calf",
    "Foot or toes",
    "Front of the thigh",
    "Back of the thigh",
    "Too weak to stand (not just from pain)",
    "A sore that will not heal, or a toe going blue",
    "It is no medicine: leave it out",
    "Not in the last 4 weeks",
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("calf", [0]), ("Calf.", [0]), ("CALF", [0]), ("my calf", [0]), ("calfs", []), ("cal", [0]), ("ca", []),
        ("foot", [1]), ("toes", [1]), ("toe", [1, 5]), ("foot or toes", [1]), ("thigh", [2, 3]),
        ("front thigh", [2]), ("thigh, front", [2]), ("weak", [4]), ("too weak to stand", [4]), ("blue toe", [5]),
        ("pain", []), ("heal", []), ("medicine", []), ("leave", [6]),  # what a line denies does not name it
        ("not weak", []), ("no calf", []), ("calf, not foot", []), ("i can't stand", []),
        ("not in the last", [7]), ("Not in the last 4 weeks", [7]), ("4 weeks", []), ("not", [7]),
        ("", []), ("?", []), ("the", []), ("of", []), ("knee", []), ("calf foot", []),
    ],
)  # fmt: skip
def test_lines_that_words_can_mean(typed: str, meant: list[int]) -> None:
    assert lines_meant(typed, LINES) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("me", [0]),
        ("Myself.", [0]),
        ("mine", []),
        ("cramp", [1]),
        ("a cramp", [1]),
        ("2 a week", [2]),
        ("2 weeks", []),
    ],
)
def test_what_a_line_is_called_besides(typed: str, meant: list[int]) -> None:
    """As a whole only: a piece of it, or more than it, names nothing."""
    texts = ("I do", "The muscle suddenly knots hard", "About 2 nights (or days) a week")
    words = (("me", "myself"), ("cramp", "a cramp"), ("2 a week",))
    assert lines_meant(typed, texts, words) == meant
    offers = [Offer(str(n), text, names) for n, (text, names) in enumerate(zip(texts, words, strict=True))]
    picked = chosen(typed, offers)
    assert (picked.code if picked else None) == (str(meant[0]) if meant else None)
    if meant:
        assert parse_lines(typed, "012", texts, words) == Ticks(frozenset({str(meant[0])}))


def test_no_two_lines_of_a_question_are_called_the_same(rulebook) -> None:
    """It would be refused as not clear."""
    for item in rulebook.items.values():
        for option in item.options:
            for word in option.typed_as:
                lines = [o.text for o in item.options], [o.typed_as for o in item.options]
                assert [item.codes[place] for place in lines_meant(word, *lines)] == [option.code], word


@pytest.mark.parametrize(
    ("typed", "ticked", "unsure"),
    [
        ("calf", "a", ""), ("calf?", "", "a"), ("calf, foot", "ab", ""), ("calf and foot", "ab", ""),
        ("calf foot", "ab", ""), ("2 calf", "ab", ""), ("calf, 2?", "a", "b"), ("foot or toes", "b", ""),
        ("calf; front of the thigh", "ac", ""), ("calf ?", "", "a"),
    ],
)  # fmt: skip
def test_words_tick_lines(typed: str, ticked: str, unsure: str) -> None:
    assert parse_lines(typed, "abcdefgh", LINES) == Ticks(frozenset(ticked), frozenset(unsure))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("thigh", "“thigh” could be line 3 or 4. Type the number."),
        ("calf, thigh", "“thigh” could be line 3 or 4."),
        ("knee", "“knee” is not a line. Type numbers from 1 to 8, a clear word, or 0 for none."),
        ("not my calf", "is not a line"),
        ("0 calf", "0 means “none”."),
        ("yes", "is not a line"),
    ],
)
def test_words_that_are_not_clear_say_what_is_expected(typed: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        parse_lines(typed, "abcdefgh", LINES)
    assert said in str(caught.value)


OFFERS = [
    Offer("yes", "Yes"),
    Offer("no", "No, not now"),
    Offer("left", "The left leg"),
    Offer("right", "The right leg"),
    Offer("unsure", "Not sure"),
    Offer("declined", "Rather not say"),
]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1", "yes"), ("y", "yes"), ("no", "no"), ("n", "no"), ("left", "left"), ("right leg", "right"),
        ("not sure", "unsure"), ("I don’t know", "unsure"), ("rather", "declined"), ("rather not", "declined"),
        ("leg", None), ("7", None), ("left right", None), ("not left", None), ("not", "unsure"),
    ],
)  # fmt: skip
def test_one_of_several_by_a_word(typed: str, code: str | None) -> None:
    found = chosen(typed, OFFERS)
    assert (found and found.code) == code


def test_what_is_said_of_a_word_that_is_no_answer() -> None:
    assert none_chosen("leg", OFFERS) == "“leg” could be 3 or 4. Type the number."
    assert none_chosen("knee", OFFERS) == "“knee” is none of these. Type a number from 1 to 6."


def test_zero_is_none_of_these_where_one_is_picked_too() -> None:
    none = Offer("none", "None of these")
    assert chosen("0", [*OFFERS, none]) == none
    assert chosen("0", OFFERS) is None
