"""Two conditions told apart: what the search finds is so, and what it does not find is not there."""

from __future__ import annotations

import datetime
import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.conditions.leaf import NoAnswer, Ticks
from triage.conditions.nodes import (
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    Comparator,
    Compare,
    Includes,
    Is,
    Node,
    Not,
    Takes,
)
from triage.engine.effective import effective_answers
from triage.engine.response import MedicineAnswer, Response
from triage.engine.solving.search import Pairs, shown_by
from triage.engine.solving.search import told_apart as where_apart
from triage.engine.solving.unknowns import UNLISTED, Unknowns
from triage.readers.evaluate import evaluate
from triage.readers.ongoing import Ongoing
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth

DAY = datetime.date(2026, 11, 22)
PAIRS = [(before, after) for before in Truth for after in Truth]
FEWER = {(before, after) for before, after in PAIRS if after < before}
NO_LONGER = {(Truth.PRESENT, Truth.ABSENT), (Truth.UNKNOWN, Truth.ABSENT)}

LEAVES = [
    Is("sex", ("male",)),
    Is("pregnancy", ("over_20", "under_20")),  # asked only of women of some age
    Answered("pregnancy"),
    Includes("today_leg", ("leg_swollen",)),
    Includes("today_leg", ("leg_swollen", "fever_leg")),
    Answered("today_leg"),
    Compare("age", Comparator.AT_LEAST, 50),
    Compare("age", Comparator.BELOW, 40),
    Takes("statin"),
    Takes("statin", 6),
    Takes("thiazide"),
    Answered("medicines"),
]
MEDICINES = [
    (),
    NoAnswer.UNSURE,
    *[
        (MedicineAnswer(name, started), *more)
        for name in ("atorvastatin", "bendroflumethiazide", UNLISTED)
        for started in ("recent", "2000", "unsure")
        for more in ((), (MedicineAnswer(UNLISTED, "unsure"),))
    ],
]
LISTS = [
    *(Ticks(frozenset(t), frozenset(u) - frozenset(t)) for t, u in itertools.product(
        [(), ("leg_swollen",), ("fever_leg",)], [(), ("leg_swollen",), ("fever_leg",)])),
    NoAnswer.UNSURE,
]  # fmt: skip
PEOPLE = [
    Response({"sex": sex, "age": age, "pregnancy": pregnancy, "today_leg": today, "medicines": medicines})
    for sex in ("male", "female", NoAnswer.UNSURE)
    for age in (30, 45, 55, NoAnswer.UNSURE)
    for pregnancy in ("over_20", "no", NoAnswer.UNSURE)
    for today in LISTS
    for medicines in MEDICINES
]


def told_apart(
    before: tuple[Rulebook, Node], after: tuple[Rulebook, Node], wanted: Pairs, *, early: bool = False
) -> Response | None:
    (book, one), (other, two) = before, after
    key = id(book), id(other), early
    if key not in COMPARED:
        lists = [item for item in book.items.values() if item.type == "choices"]
        lines = [Includes(item.id, (code,)) for item in lists for code in item.codes]
        COMPARED[key] = Unknowns(
            [book, other], [*LEAVES, Answered("sex"), Answered("age"), *lines], early=early
        )
    return shown_by(COMPARED[key], where_apart(COMPARED[key], one, two, wanted))


COMPARED: dict[tuple[int, int, bool], Unknowns] = {}  # all conditions here are made of the same leaves


def conditions() -> st.SearchStrategy[Node]:
    def joined(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        several = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return st.one_of(
            several.map(AllOf), several.map(AnyOf), inner.map(Not), several.map(lambda of: AtLeast(2, of))
        )

    return st.recursive(st.sampled_from(LEAVES), joined, max_leaves=6)


@pytest.fixture(scope="module")
def other(rulebook: Rulebook) -> Rulebook:
    """The same rulebook with another gate and another medicine."""
    pregnancy = rulebook.items["pregnancy"].model_copy(update={"ask_when": Is("sex", ("female",))})
    statin = rulebook.medicines["atorvastatin"].model_copy(update={"classes": ("thiazide",)})
    return replace(
        rulebook,
        items={**rulebook.items, "pregnancy": pregnancy},
        medicines={**rulebook.medicines, "atorvastatin": statin},
    )


@pytest.fixture(scope="module")
def known(rulebook: Rulebook, other: Rulebook):
    """How everything stands for all people, in both rulebooks: one of those whom no leaf tells apart."""
    going_on = [Ongoing({}), Ongoing({})]
    kinds = {}
    for person in PEOPLE:
        both = [
            effective_answers(book, person, DAY, ongoing)
            for book, ongoing in zip((rulebook, other), going_on, strict=True)
        ]
        kinds.setdefault(tuple(evaluate(leaf, one, {}) for one in both for leaf in LEAVES), both)
    assert len(kinds) > 500
    return list(kinds.values())


@given(before=conditions(), after=conditions(), wanted=st.sampled_from([FEWER, NO_LONGER]))
@settings(max_examples=150, deadline=None)
def test_it_finds_someone_exactly_if_there_is_someone(
    rulebook: Rulebook, other: Rulebook, known, before: Node, after: Node, wanted
) -> None:
    assert wrongly_told(rulebook, other, known, before, after, wanted) == []


def test_it_finds_someone_by_what_holds_whatever_an_answer_is(
    rulebook: Rulebook, other: Rulebook, known
) -> None:
    """Not an ``example`` of the test above: hypothesis would write out both rulebooks first."""
    after = AtLeast(2, (Answered("today_leg"), Not(Answered("today_leg"))))
    assert wrongly_told(rulebook, other, known, Is("sex", ("male",)), after, NO_LONGER) == []


def wrongly_told(
    rulebook: Rulebook, other: Rulebook, known, before: Node, after: Node, wanted: Pairs
) -> list[object]:
    """Who was found without being one of those that are wanted, or was not found and is one."""
    found = told_apart((rulebook, before), (other, after), wanted)
    if found is not None:
        # What holds whatever an answer is ("x or not x") may be found without that answer.
        whole = Response({**PEOPLE[0].answers, **found.answers})
        pairs = {
            tuple(
                evaluate(node, effective_answers(book, person, DAY), {}).truth
                for book, node in ((rulebook, before), (other, after))
            )
            for person in (found, whole)
        }
        return [] if pairs & wanted else [found]
    return [
        one
        for one, two in known
        if (evaluate(before, one, {}).truth, evaluate(after, two, {}).truth) in wanted
    ]


def test_the_same_condition_is_never_less_than_itself(rulebook: Rulebook) -> None:
    for node in rulebook.goals.values():
        assert told_apart((rulebook, node), (rulebook, node), FEWER) is None


def test_a_wide_alternative_is_no_labour(rulebook: Rulebook) -> None:
    """Every line of the longest list, and one more: also with doubts, which could be combined in 3^n ways."""
    item = max(rulebook.items.values(), key=lambda item: len(item.options))
    lines = [Includes(item.id, (code,)) for code in item.codes]
    more = Is("sex", ("male",))
    assert told_apart((rulebook, AnyOf(tuple(lines))), (rulebook, AnyOf((more, *lines))), FEWER) is None
    assert (
        told_apart((rulebook, AtLeast(3, tuple(lines))), (rulebook, AtLeast(2, tuple(lines))), FEWER)
        is None
    )
    assert told_apart((rulebook, AtLeast(2, tuple(lines))), (rulebook, AtLeast(3, tuple(lines))), FEWER)


def test_a_yes_that_becomes_a_doubt_is_less(rulebook: Rulebook) -> None:
    x, y = Includes("today_leg", ("leg_swollen",)), Includes("today_leg", ("fever_leg",))
    split = AnyOf((AllOf((x, y)), AllOf((x, Not(y)))))
    found = told_apart((rulebook, x), (rulebook, split), FEWER)
    assert found is not None
    assert found.answers == {"today_leg": Ticks(frozenset({"leg_swollen"}), frozenset({"fever_leg"}))}
    found = told_apart((rulebook, x), (rulebook, AllOf((x, Answered("age")))), FEWER)
    assert found is not None
    assert found.answers["age"] is NoAnswer.UNSURE


BEGUN = [
    Response({name: answer for name, answer in answers.items() if answer is not None})
    for answers in (
        dict(zip(("sex", "age", "pregnancy", "today_leg", "medicines"), values, strict=True))
        for values in itertools.product(
            ("male", "female", NoAnswer.UNSURE, None),
            (30, 55, NoAnswer.UNSURE, None),
            ("over_20", "no", None),
            (None, *LISTS[::3]),
            (None, *MEDICINES[::4]),
        )
    )
    if answers["pregnancy"] is None or (answers["sex"] is not None and answers["age"] is not None)
]


@pytest.fixture(scope="module")
def begun(rulebook: Rulebook, other: Rulebook):
    """How everything stands for people with questions still open, in both rulebooks."""
    return [[effective_answers(book, person, DAY) for person in BEGUN] for book in (rulebook, other)]


@given(before=conditions(), after=conditions())
@settings(max_examples=100, deadline=None)
def test_whoever_is_certain_early_in_one_only_is_found(
    rulebook: Rulebook, other: Rulebook, begun, before: Node, after: Node
) -> None:
    wanted = {(Truth.PRESENT, Truth.UNKNOWN), (Truth.PRESENT, Truth.ABSENT)}
    found = told_apart((rulebook, before), (other, after), wanted, early=True)
    if found is not None:
        assert evaluate(before, effective_answers(rulebook, found, DAY), {}).least is Truth.PRESENT
        return
    for one, two in zip(*begun, strict=True):
        if evaluate(before, one, {}).least is Truth.PRESENT:
            assert evaluate(after, two, {}).least is Truth.PRESENT


def test_what_is_known_only_after_one_more_answer_is_told_apart(rulebook: Rulebook) -> None:
    """Whatever is answered in the end the two are the same: only on the way they are not."""
    x, y = Includes("today_leg", ("leg_swollen",)), Answered("sex")
    split = AnyOf((AllOf((x, y)), AllOf((x, Not(y)))))
    wanted = {(Truth.PRESENT, Truth.UNKNOWN), (Truth.PRESENT, Truth.ABSENT)}
    assert told_apart((rulebook, x), (rulebook, split), wanted) is None
    found = told_apart((rulebook, x), (rulebook, split), wanted, early=True)
    assert found is not None
    assert found.answers["today_leg"] == Ticks(frozenset({"leg_swollen"}))
    assert "sex" not in found.answers
    assert told_apart((rulebook, x), (rulebook, AnyOf((x, y))), wanted, early=True) is None


def test_no_condition_is_later_than_itself(rulebook: Rulebook) -> None:
    wanted = {(Truth.PRESENT, Truth.UNKNOWN), (Truth.PRESENT, Truth.ABSENT)}
    for node in rulebook.goals.values():
        assert told_apart((rulebook, node), (rulebook, node), wanted, early=True) is None
