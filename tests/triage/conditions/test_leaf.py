"""What a leaf says of an answer: every kind of leaf against every way an item can stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.conditions.leaf import Medicines, NoAnswer, TakenMedicine, Ticks, bounds
from triage.conditions.nodes import Answered, Comparator, Compare, Includes, Is, Takes
from triage.truth import OPEN, Truth

A, U, P = Truth.ABSENT, Truth.UNKNOWN, Truth.PRESENT
LEAVES = [
    Is("x", ("yes",)),
    Includes("x", ("a",)),
    Compare("x", Comparator.AT_LEAST, 3),
    Answered("x"),
    Answered("x", "a"),
    Takes("statin"),
    Takes("statin", 6),
]
STANDINGS = [*NoAnswer, "yes", Ticks(frozenset("a")), 3, 2.5, Medicines()]


@pytest.mark.parametrize("leaf", LEAVES, ids=repr)
def test_silences(leaf) -> None:
    assert bounds(leaf, NoAnswer.NOT_ASKED) == OPEN
    assert bounds(leaf, NoAnswer.UNREACHABLE).truth is A  # the gate was denied
    unknown = A if isinstance(leaf, Answered) else U
    assert bounds(leaf, NoAnswer.UNSURE).truth is unknown
    assert bounds(leaf, NoAnswer.DECLINED).truth is unknown


@given(st.sampled_from(LEAVES), st.sampled_from(STANDINGS))
def test_total(leaf, effective_answer) -> None:
    """Whatever is compared with whatever: a truth, never an exception."""
    assert bounds(leaf, effective_answer).truth in Truth


def test_choice() -> None:
    leaf = Is("x", ("a", "b"))
    assert bounds(leaf, "b").truth is P
    assert bounds(leaf, "c").truth is A


def test_tick_list_lines_have_states_of_their_own() -> None:
    ticks = Ticks(frozenset({"a"}), frozenset({"b"}))
    assert bounds(Includes("x", ("a",)), ticks).truth is P
    assert bounds(Includes("x", ("b",)), ticks).truth is U
    assert bounds(Includes("x", ("c",)), ticks).truth is A
    assert bounds(Includes("x", ("a", "b")), ticks).truth is P
    assert bounds(Includes("x", ("b", "c")), ticks).truth is U
    assert bounds(Includes("x", ("a",)), Ticks()).truth is A  # a confirmed "none of these"


def test_of_a_line_it_is_known_if_it_fits_unless_that_line_is_in_doubt() -> None:
    ticks = Ticks(frozenset({"a"}), frozenset({"b"}))
    assert [bounds(Answered("x", line), ticks).truth for line in "abc"] == [P, A, P]
    assert bounds(Answered("x"), ticks).truth is P  # the list as a whole


@pytest.mark.parametrize(
    ("how", "below", "at", "above"),
    [
        (Comparator.AT_LEAST, A, P, P),
        (Comparator.AT_MOST, P, P, A),
        (Comparator.ABOVE, A, A, P),
        (Comparator.BELOW, P, A, A),
    ],
)
def test_numbers(how, below, at, above) -> None:
    leaf = Compare("x", how, 60)
    assert [bounds(leaf, n).truth for n in (59, 60, 61)] == [below, at, above]


def taking(*taken: TakenMedicine) -> Medicines:
    return Medicines(taken)


STATIN = frozenset({"statin"})


def test_medicines() -> None:
    leaf = Takes("statin")
    assert bounds(leaf, taking()).truth is A
    assert bounds(leaf, taking(TakenMedicine("x", "x", STATIN))).truth is P
    assert bounds(leaf, taking(TakenMedicine("x", "x", frozenset({"other"})))).truth is A


def test_a_name_that_is_not_in_the_list_may_be_anything() -> None:
    strange = TakenMedicine("dragonroot")
    assert bounds(Takes("statin"), taking(strange)).truth is U
    assert bounds(Takes("statin"), taking(strange, TakenMedicine("x", "x", STATIN))).truth is P
    assert bounds(Takes("statin", 6), taking(TakenMedicine("dragonroot", weeks=(9, 99)))).truth is A


@pytest.mark.parametrize(
    ("weeks", "truth"),
    [((0, 6), P), ((6, 6), P), ((5, 7), U), ((6.5, 99), A), (None, U)],
)
def test_started_within(weeks, truth) -> None:
    assert bounds(Takes("statin", 6), taking(TakenMedicine("x", "x", STATIN, weeks))).truth is truth
