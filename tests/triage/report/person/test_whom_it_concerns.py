"""The person's page says what concerns them: no pregnancy that cannot be, no cramp that nobody told of."""

from __future__ import annotations

import random
import re

import pytest
from pages.results import page
from people.generators import random_response
from people.overlays import NO_EMERGENCY, NOT_TODAY

from triage.conditions.leaf import Ticks
from triage.engine.assess import assess_with
from triage.report.first_page import first_page
from triage.report.formats.text import render_text
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import usual_answers

# Lines for those whom they concern


# Cards of lines that only a pregnant person can tick, and one that speaks of others.
OF_PREGNANCY = {
    "ankles_new_pregnant", "bruises_blisters", "pregnancy_bleeding_waters", "pregnancy_head", "pregnancy_itchy_palms",
    "pregnancy_leg_sore_swollen", "pregnancy_one_sided_belly", "pregnancy_puffy_face",
}  # fmt: skip


def test_nobody_reads_of_a_pregnancy_that_cannot_be(rulebook, reasoner, responses) -> None:
    rng = random.Random(79)
    for who in (
        {"age": 79, "sex": "male"},
        {"age": 8, "sex": "female", "about": "child"},
        {"age": 40, "sex": "male"},
    ):
        for _ in range(15):
            response = random_response(rulebook, rng, share=0.5)
            for item, answer in responses(rulebook, **who).answers.items():
                response = response.with_answer(item, answer)
            result = assess_with(reasoner, response)
            if result.disposition.code not in ("emergency", "same_day"):
                continue
            do = " ".join(result.disposition.do)
            assert not re.search("pregnan|birth|matern", do), who
            for flag in result.red_flags:
                if flag.id in result.disposition.because and flag.id not in OF_PREGNANCY:
                    assert not re.search("pregnan|birth|matern", f"{flag.because} {flag.do_now}"), flag.id


def test_who_may_be_pregnant_reads_it(rulebook, reasoner, responses) -> None:
    for pregnancy in ("over_20", "unsure"):
        response = responses(
            rulebook, age=30, sex="female", pregnancy=pregnancy, emergency_head=["chest_pain"]
        )
        assert "maternity emergency line" in page(assess_with(reasoner, response), rulebook)


def test_who_drinks_too_much_is_not_told_that_thirst_is_no_guide(rulebook, reasoner, responses) -> None:
    usual = {item.id: item.usual for item in rulebook.items.values() if item.usual is not None}
    response = responses(
        rulebook,
        **{**usual, "age": 34, "days": ["hard_training", "heat"], "drinks_food": ["beyond_thirst"]},
    )
    text = page(assess_with(reasoner, response), rulebook)
    assert "Do not drink far beyond your thirst" in text
    assert "Drink to your thirst" not in text


# Words that fit


PRESUMES = re.compile(
    r"\b(the|your|first|new|these|frequent) cramps\b|\ba cramp that (gripped|held)|with the cramps|when a cramp wakes",
    re.I,
)


def test_who_has_no_cramp_is_not_told_of_theirs(rulebook, reasoner, responses) -> None:
    """No red flag and no line of a level takes it for granted that the trouble is a cramp."""
    rng = random.Random(14)
    usual = {item.id: item.usual for item in rulebook.items.values() if item.usual is not None}
    for feel in ("urge_to_move", "steady_ache", "numb_tingling", "weak_heavy"):
        for _ in range(8):
            varied = random_response(rulebook, rng, share=0.15)
            for item, answer in responses(rulebook, **{**usual, "feel": [feel]}).answers.items():
                if varied.get(item) is None or item in ("feel", *NO_EMERGENCY, *NOT_TODAY):
                    varied = varied.with_answer(item, answer)
            result = assess_with(reasoner, varied)
            texts = [*result.disposition.do, result.disposition.within, *result.disposition.move_up]
            for flag in result.red_flags:
                texts += [flag.title, flag.because, flag.do_now or ""]
            for text in texts:
                assert not PRESUMES.search(text), text


def test_who_cannot_say_how_long_a_cramp_held_must_have_one(rulebook, reasoner, responses) -> None:
    usual = {item.id: item.usual for item in rulebook.items.values() if item.usual is not None}
    for feel, found in ((["steady_ache"], False), (["hard_knot"], True)):
        response = responses(
            rulebook, **{**usual, "feel": feel, "duration": ["grip_ten_minutes?", "grip_hour?"]}
        )
        flags = {flag.id for flag in assess_with(reasoner, response).red_flags}
        assert ("cramp_over_hour" in flags) is found
    for feel, found in ((["steady_ache"], False), (["steady_ache", "hard_knot"], True)):
        response = responses(rulebook, **{**usual, "feel": feel, "duration": ["grip_hour"]})
        flags = {flag.id for flag in assess_with(reasoner, response).red_flags if flag.certain}
        assert ("cramp_over_hour" in flags) is found  # who feels no knot is not asked


@pytest.mark.parametrize(
    "factor", ["ppi", "nsaid", "laxatives", "rls_medicines", "sleep_medicines", "other_medicines", "statin"]
)
def test_of_what_was_bought_a_pharmacist_is_asked_this_week(rulebook: Rulebook, factor) -> None:
    assert "Bought it yourself? Ask a pharmacist this week" in rulebook.cards[factor].because


def test_who_may_not_pull_the_leg_reads_what_to_do_in_its_place(rulebook, reasoner) -> None:
    given = usual_answers(rulebook).with_answer("lately", Ticks(frozenset({"operation_cast_bed"})))
    result = assess_with(reasoner, given)
    (held,) = [entry for entry in result.withheld if entry.id == "when_it_grips"]
    assert held.meanwhile
    assert f"When it comes: {held.meanwhile}" in page(result, rulebook, full=False)
    told = page(result, rulebook).partition("NOT FOR NOW")[2]
    assert f"Until then: {held.meanwhile}" in told


def test_an_emergency_in_one_leg_says_at_once_to_keep_it_still(rulebook, reasoner, responses) -> None:
    given = responses(rulebook, about="self", age=60, emergency_legs=["cold_foot"])
    first = render_text(first_page(assess_with(reasoner, given), rulebook))
    assert "Keep the leg still. Do not rub or heat it." in " ".join(first.split())
