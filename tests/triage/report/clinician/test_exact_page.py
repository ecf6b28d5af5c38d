"""The top of the clinician's page is exact: of whom, when, on which side, why, and what is not known."""

from __future__ import annotations

import re

import pytest
from pages.parts import banner, rows


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"today_leg": ["leg_swollen"], "which_leg": "right"}, "Right leg"),
        ({"side": "same_leg", "which_leg": "left"}, "Left leg"),
        ({"side": "same_leg", "which_leg": "unsure"}, "Leg: not sure"),
        ({"side": "either", "which_leg": "left"}, "Either leg (alternating)"),
    ],
)
def test_which_leg_stands_in_the_first_lines(page, answers, said) -> None:
    assert dict(banner(page(**answers))[:3]).get("Side") == said


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("self", "2026-11-22, Answered by the person"),
        ("child", "2026-11-22, Answered by a parent or carer for a child"),
        ("adult_can_tell", "2026-11-22, Answered by a carer; patient can give own account"),
        ("unsure", "2026-11-22, Respondent: not sure"),
    ],
)
def test_the_date_and_who_answered_stand_on_top(page, about, said) -> None:
    assert dict(banner(page(about=about)))["Date"] == said


def test_a_child_is_not_asked_about_its_sex(page) -> None:
    assert "Age 5, Sex at birth: not asked" in dict(banner(page(age=5)))["Who"]


@pytest.mark.parametrize(
    ("answers", "risk"),
    [
        ({"lately": ["long_trip"]}, "Travel ≥4 h in last 4 weeks"),
        ({"lately": ["operation_cast_bed"]}, "Surgery, cast or bed rest ≥3 d (≤12 wk)"),
        ({"lately": ["hormones"], "sex": "female"}, "Oestrogen or SERM use"),
        ({"conditions": ["cancer"]}, "Cancer (ever)"),
        ({"medicines": [{"name": "tamoxifen"}]}, "Takes tamoxifen"),
        ({"sex": "female", "age": 30, "pregnancy": "over_20"}, "Pregnant ≥20 weeks"),
    ],
)
def test_a_risk_stands_beside_the_sign_that_it_belongs_to(page, answers, risk) -> None:
    because = dict(banner(page(today_leg=["leg_swollen"], **answers)))["Because"]
    swelling = next(part for part in because.split(" · ") if "leg swelling" in part)
    assert f"(with: {risk})" in swelling or f"(with: {risk})" in because


def test_what_is_usual_is_no_risk(page) -> None:
    because = dict(banner(page(today_leg=["leg_swollen"])))["Because"]
    assert "(with" not in because


def test_a_reason_that_needs_a_new_medicine_names_no_old_one(page) -> None:
    because = dict(
        banner(
            page(
                kidneys="weak",
                salt_signs=[],
                medicines=[
                    {"name": "candesartan", "started": "long_ago"},
                    {"name": "spironolactone", "started": "recent"},
                ],
            )
        )
    )["Because"]
    started = next(part for part in because.split(" · ") if "started/changed ≤6 wk" in part)
    assert "spironolactone" in started
    assert "candesartan" not in started


def test_what_spoils_the_days_is_not_said_to_come_on_three_nights(page) -> None:
    because = dict(banner(page(how_often="weekly", effect="spoils_many")))["Because"]
    assert "≥3" not in because


def test_the_sign_that_is_seen_is_the_first_reason(page) -> None:
    """The clinician reads the reasons in the order in which the person does."""
    because = dict(banner(page(today_leg=["leg_swollen", "constant_pain"])))["Because"]
    assert because.index("swelling") < because.index("pain")


def test_a_reason_with_alternatives_names_those_that_were_told(page) -> None:
    """“New swelling, foamy urine or a puffy face” would say of nobody what they have."""
    pregnant = {"sex": "female", "age": 35, "pregnancy": "over_20", "also_feelings": ["ankles_swollen"]}
    because = dict(banner(page(**pregnant, ankles=["new_two_weeks"])))["Because"]
    assert "Bilateral oedema new ≤2 weeks" in because
    assert not re.search("frothy|puffy", because)
    assert "?pre-eclampsia. BP and urine protein today" in because


def test_what_is_not_known_stands_on_top(page) -> None:
    """What was left out as the level was reached, what a medicine is for, and what nobody asks here."""
    calm = dict(
        banner(page(medicines=[{"name": "apixaban"}, {"name": "sertraline"}], conditions=["low_mood"]))
    )
    assert (
        calm["Not known"] == "what apixaban is for; never asked: examination, results, doses of medicines"
    )
    today = page(
        today_leg=["leg_swollen"], began=None, lately=None, drinks_food=None, days=None, bought=None
    )
    said = dict(banner(today))["Not known"]
    assert said.startswith("not asked (questions stopped at this level): ")
    for left_out in ("recent events", "onset", "bought products"):
        assert left_out in said
    assert "Not asked" not in rows(today)
    doubtful = dict(banner(page(today_leg=["leg_swollen?"])))["Not known"]
    assert doubtful.startswith("not sure: New unilateral leg/calf/thigh/foot swelling")


def test_ordinary_cramps_never_explain_an_urgent_sign(page) -> None:
    calm, urgent = (dict(banner(page(today_leg=signs))) for signs in ([], ["leg_swollen"]))
    assert calm["Picture"] == "Ordinary leg cramps at night (supported)"
    assert "Picture" not in urgent
    assert urgent["Coexists"] == "Ordinary leg cramps at night (supported) - does not explain the above"
    walking = dict(
        banner(
            page(
                today_leg=["leg_swollen"],
                also_feelings=["urge_legs"],
                feel=["urge_to_move"],
                rls_signs=["rest", "moving", "evening"],
            )
        )
    )
    assert walking["Coexists"].endswith(" - does not exclude it")


@pytest.mark.parametrize(
    ("side", "leg", "said"),
    [
        ("both", None, "Both legs together"),
        ("either", None, "Either leg (alternating)"),
        ("same_leg", "right", "Right leg"),
    ],
)
def test_which_legs_stand_at_the_top(page, side, leg, said) -> None:
    assert dict(banner(page(side=side, which_leg=leg)))["Side"] == said


def test_a_medicine_is_named_once_in_a_reason(page) -> None:
    medicines = [{"name": "indapamide", "started": "recent"}, {"name": "citalopram", "started": "long_ago"}]
    because = dict(banner(page(age=77, salt_signs=["headache_sick"], medicines=medicines)))["Because"]
    assert "Takes indapamide (started/changed ≤6 wk), citalopram" in because
    assert because.count("Takes") == 1
