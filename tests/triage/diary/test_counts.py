"""What a diary counts, and what follows: nothing because a night was forgotten, and never something calmer."""

from __future__ import annotations

import datetime
import itertools
import random
from typing import Any

import pytest

from triage.conditions.leaf import NoAnswer, Ticks
from triage.diary.counts import Range, count_nights, holds
from triage.diary.nights import NIGHTS, FourWeeks, four_weeks, read_night
from triage.diary.reading import Earlier, answer_of, is_meant, read_diary, signs_of
from triage.engine.assess import assess_with
from triage.engine.inference import Reasoner
from triage.rulebook.model import urgency
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth
from triage.workbench.diary_examples import try_diary

LAST = datetime.date(2026, 11, 22)
CRAMP, NONE = {"cramp": "yes"}, {"cramp": "no"}
HOW_OFTEN = ("not_lately", "once_twice", "weekly", "one_two_nights", "three_plus_nights", "daily")


def weeks_of(rulebook: Rulebook, *nights: dict[str, Any] | None) -> FourWeeks:
    """The last nights, the last one last; None: not told."""
    data = {
        (LAST - datetime.timedelta(days=len(nights) - 1 - n)).isoformat(): night
        for n, night in enumerate(nights)
        if night is not None
    }
    return four_weeks(data, rulebook, LAST)


def answers(rulebook: Rulebook, *nights: dict[str, Any] | None) -> dict[str, str | None]:
    counts = count_nights(rulebook.diary, weeks_of(rulebook, *nights))
    return {entry.item: answer_of(entry, counts) for entry in rulebook.diary.answers}


def signs(rulebook: Rulebook, *nights: dict[str, Any] | None) -> list[str]:
    weeks = weeks_of(rulebook, *nights)
    return [sign.id for sign in signs_of(rulebook, count_nights(rulebook.diary, weeks))]


def test_an_empty_diary_says_nothing(rulebook: Rulebook) -> None:
    weeks = weeks_of(rulebook)
    assert len(weeks.days("")) == NIGHTS
    assert count_nights(rulebook.diary, weeks)["cramps_in_all"] == Range(0, NIGHTS)
    assert set(answers(rulebook).values()) == {None}
    assert signs(rulebook) == []


def test_a_night_that_is_not_told_is_never_one_without_a_cramp(rulebook: Rulebook) -> None:
    assert answers(rulebook, *[NONE] * NIGHTS)["how_often"] == "not_lately"
    forgotten: list[dict[str, Any] | None] = [NONE] * NIGHTS
    forgotten[10] = None
    assert answers(rulebook, *forgotten)["how_often"] is None
    assert answers(rulebook, *[NONE] * (NIGHTS - 1))["how_often"] is None
    for open_night in ({}, {"cramp": "unsure"}, {"cramp": "often"}, {"leg": "left"}):
        forgotten[10] = open_night
        assert answers(rulebook, *forgotten)["how_often"] is None, open_night


@pytest.mark.parametrize(
    ("cramps", "said"),
    [(1, "once_twice"), (2, "once_twice"), (3, "weekly"), (5, "weekly"), (6, "one_two_nights"), (9, "one_two_nights"),
     (10, "three_plus_nights"), (25, "three_plus_nights"), (26, "daily"), (28, "daily")],
)  # fmt: skip
def test_how_often_of_four_weeks_told(rulebook: Rulebook, cramps: int, said: str) -> None:
    assert answers(rulebook, *[CRAMP] * cramps, *[NONE] * (NIGHTS - cramps))["how_often"] == said


def test_a_week_with_one_night_forgotten_answers_only_what_is_sure(rulebook: Rulebook) -> None:
    week = [CRAMP, NONE, CRAMP, None, NONE, CRAMP, NONE]
    assert answers(rulebook, *week)["how_often"] == "three_plus_nights"
    week[0] = NONE  # two or three nights
    assert answers(rulebook, *week)["how_often"] is None
    assert answers(rulebook, *week[1:])["how_often"] is None, "no week is told yet"


def test_telling_a_forgotten_night_changes_no_answer_that_was_sure(rulebook: Rulebook) -> None:
    """For any nights: what is sure with some open stays so, however these are told."""
    chance = random.Random(18)
    legs = ("left", "right", "both", None)
    for _ in range(150):
        told = [
            chance.choice([None, NONE, CRAMP | ({"leg": leg} if (leg := chance.choice(legs)) else {})])
            for _ in range(chance.randrange(1, NIGHTS + 1))
        ]
        told[0] = told[0] or NONE  # the diary begins then
        before = answers(rulebook, *told)["how_often"]
        full = [night if night is not None else chance.choice([NONE, CRAMP]) for night in told]
        if before is not None:
            assert answers(rulebook, *full)["how_often"] == before
        assert set(signs(rulebook, *told)) - {"always_one_leg"} <= set(signs(rulebook, *full))


def test_more_nights_with_a_cramp_never_sound_like_fewer(rulebook: Rulebook) -> None:
    for length in range(7, NIGHTS + 1):
        ranks = []
        for cramps in range(length + 1):
            said = answers(rulebook, *[CRAMP] * cramps, *[NONE] * (length - cramps))["how_often"]
            ranks.append(HOW_OFTEN.index(said) if said else -1)
        known = [rank for rank in ranks if rank >= 0]
        assert known == sorted(known)
        assert -1 not in ranks[1:] or length < NIGHTS


def test_which_side_only_from_nights_of_which_it_was_told(rulebook: Rulebook) -> None:
    left, right, both = (CRAMP | {"leg": leg} for leg in ("left", "right", "both"))
    assert answers(rulebook, left, left)["side"] is None
    assert answers(rulebook, left, None, left, CRAMP, left)["side"] == "same_leg"
    assert answers(rulebook, left, left, left)["which_leg"] == "left"
    assert answers(rulebook, right, right, right)["which_leg"] == "right"
    assert answers(rulebook, left, left, left, right) == {
        "how_often": None,
        "side": "either",
        "which_leg": None,
    }
    assert answers(rulebook, left, left, left, both)["side"] is None
    no_cramp = NONE | {"leg": "left", "length": "over_hour"}  # told first, then taken back
    assert answers(rulebook, *[no_cramp] * 5)["side"] is None
    assert signs(rulebook, *[no_cramp] * 5) == []


@pytest.mark.parametrize(
    ("nights", "found"),
    [
        ([CRAMP] * 2, []),
        ([CRAMP, None, CRAMP, None, None, None, CRAMP], ["three_nights_a_week"]),
        ([CRAMP, None, CRAMP, None, None, None, None, CRAMP], []),
        ([CRAMP | {"length": "ten_to_sixty_min"}], ["gripped_ten_minutes"]),
        ([CRAMP | {"length": "over_hour"}], ["gripped_an_hour"]),
        ([CRAMP | {"length": "under_10_min"}] * 2, []),
        ([CRAMP | {"leg": "right"}] * 3, ["three_nights_a_week", "always_one_leg"]),
    ],
)
def test_what_is_to_be_looked_at(rulebook: Rulebook, nights: list[Any], found: list[str]) -> None:
    assert signs(rulebook, *nights) == found


def test_every_sign_leads_to_what_the_questionnaire_says_of_it(rulebook: Rulebook) -> None:
    assert list(try_diary(rulebook)) == []
    urgencies = [urgency(rulebook.cards[s.card].disposition) if s.card else 0 for s in rulebook.diary.signs]
    assert urgencies == sorted(urgencies, reverse=True)
    assert {s.id for s in rulebook.diary.signs if s.card} >= {"three_nights_a_week", "gripped_ten_minutes"}


@pytest.fixture(scope="module")
def calm(rulebook: Rulebook, responses) -> Earlier:
    """A questionnaire of a week before, of someone with ordinary cramps."""
    from triage.workbench.examples import usual_answers

    day = LAST - datetime.timedelta(days=7)
    return Earlier(day, True, assess_with(Reasoner(rulebook, day), usual_answers(rulebook)))


def test_what_is_new_asks_for_the_questions_at_once(rulebook: Rulebook, calm: Earlier) -> None:
    assert calm.assessment.disposition.code == "self_care"
    quiet = read_diary(rulebook, weeks_of(rulebook, NONE, CRAMP), calm)
    assert (quiet.seen, quiet.ask_now) == ((), False)
    assert quiet.ask_on == calm.day + datetime.timedelta(days=rulebook.diary.again_after_days)
    often = read_diary(rulebook, weeks_of(rulebook, CRAMP, CRAMP, CRAMP), calm)
    assert [(seen.sign.id, seen.known) for seen in often.seen] == [("three_nights_a_week", False)]
    assert often.ask_now
    assert often.seen[0].do_now == rulebook.cards["many_nights"].do_now


def test_what_was_told_before_is_no_news_and_is_shown_all_the_same(
    rulebook: Rulebook, calm: Earlier
) -> None:
    response = calm.assessment.response.with_answer("how_often", "three_plus_nights")
    earlier = Earlier(calm.day, True, assess_with(Reasoner(rulebook, calm.day), response))
    found = read_diary(rulebook, weeks_of(rulebook, CRAMP, CRAMP, CRAMP), earlier)
    assert [(seen.sign.id, seen.known) for seen in found.seen] == [("three_nights_a_week", True)]
    assert not found.ask_now


def test_it_is_never_said_that_the_questions_need_not_be_asked_again(
    rulebook: Rulebook, calm: Earlier
) -> None:
    weeks = weeks_of(rulebook, *[NONE] * NIGHTS)
    for earlier in (None, calm, Earlier(calm.day, False, calm.assessment)):
        found = read_diary(rulebook, weeks, earlier)
        assert found.ask_now or found.ask_on is not None
    old = Earlier(LAST - datetime.timedelta(days=28), True, calm.assessment)
    assert read_diary(rulebook, weeks, old).ask_now


def test_a_comparison_with_a_range_is_sure_only_at_both_ends(rulebook: Rulebook) -> None:
    (node,) = (s.when for s in rulebook.diary.signs if s.id == "three_nights_a_week")
    for least, most in itertools.combinations_with_replacement(range(6), 2):
        wanted = Truth.PRESENT if least >= 3 else Truth.ABSENT if most < 3 else Truth.UNKNOWN
        assert holds(node, {"most_in_a_week": Range(least, most)}).truth is wanted


def test_what_other_rules_kept_is_not_told_here(rulebook: Rulebook) -> None:
    told = read_night({"cramp": "yes", "leg": "third", "where": ["calf", "ear"], "mood": "good"}, rulebook)
    assert set(told.answers) == {"cramp"}


@pytest.mark.parametrize(
    ("swollen", "meant"),
    [(Ticks(), True), (Ticks(frozenset({"leg_swollen"})), False), (Ticks(frozenset(), frozenset({"leg_swollen"})), False),
     (NoAnswer.UNSURE, False), (NoAnswer.NOT_ASKED, False)],
)  # fmt: skip
def test_a_danger_sign_asks_for_its_own_leg(rulebook: Rulebook, swollen: Any, meant: bool) -> None:
    """A leg newly swollen may be another one than that of the cramps."""
    entry = next(entry for entry in rulebook.diary.answers if entry.item == "which_leg")
    known = {"side": "same_leg", "feel": Ticks(frozenset({"hard_knot"})), "today_nerves": Ticks()}
    assert is_meant(entry, {**known, "today_leg": swollen}) is meant
    assert not is_meant(entry, {**known, "today_leg": Ticks(), "side": "either"})
