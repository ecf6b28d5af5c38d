"""Effective answers: gates, invisible answers, dated medicines."""

import datetime

import pytest

from triage.conditions.leaf import Medicines, NoAnswer
from triage.engine.effective import effective_answers, weeks_since

TODAY = datetime.date(2026, 11, 22)


def test_a_denied_gate_hides_the_answer_behind_it(small, responses) -> None:
    hidden = effective_answers(small, responses(small, sex="male", pregnant="yes"), TODAY)
    assert hidden["pregnant"] is NoAnswer.UNREACHABLE
    shown = effective_answers(small, responses(small, sex="female", age=30, pregnant="yes"), TODAY)
    assert shown["pregnant"] == "yes"


def test_an_unsure_gate_opens_what_is_behind_it(small, responses) -> None:
    for sex in ("unsure", "declined"):
        known = effective_answers(small, responses(small, sex=sex, age=30), TODAY)
        assert known["pregnant"] is NoAnswer.NOT_ASKED


def test_a_gate_not_asked_yet_leaves_the_answer_visible(small, responses) -> None:
    assert effective_answers(small, responses(small, pregnant="yes"), TODAY)["pregnant"] == "yes"


@pytest.mark.parametrize("name", ["Aprinox", "aprinox", "APRINOX 2.5 mg", "Bendroflumethiazide tablets"])
def test_medicines_are_recognised_as_people_type_them(small, responses, name) -> None:
    known = effective_answers(small, responses(small, medicines=[name]), TODAY)["medicines"]
    assert isinstance(known, Medicines)
    assert known.taken[0].classes == {"thiazide", "diuretic"}


def test_an_unknown_medicine_has_no_classes(small, responses) -> None:
    known = effective_answers(small, responses(small, medicines=["moonstone"]), TODAY)["medicines"]
    assert known.taken[0].classes is None


@pytest.mark.parametrize(
    ("started", "weeks"),
    [
        (None, None),
        ("unsure", None),
        ("recent", (0, 6)),
        ("2026-11-15", (1, 1)),
        ("2026-11-22", (0, 0)),
        ("2027-01-01", (0, 0)),
        ("2026-11", (0, 3)),
        ("2025-11-23", (52, 52)),
    ],
)
def test_weeks_since(started, weeks) -> None:
    assert weeks_since(started, TODAY) == weeks


def test_months_and_years_are_ranges() -> None:
    soonest, longest = weeks_since("2026-10", TODAY)
    assert soonest == pytest.approx(22 / 7)
    assert longest == pytest.approx(52 / 7)
    soonest, longest = weeks_since("2024", TODAY)
    assert 98 < soonest < longest < 152
    assert weeks_since("long_ago", TODAY)[0] > 6
