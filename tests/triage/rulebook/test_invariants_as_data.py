"""The invariants of rules/invariants.yaml against people: what one says of somebody, and that what was
written as data is what the panel meant. That they hold for everybody is proved elsewhere."""

from __future__ import annotations

import random
from typing import Any

import pytest
from invariants.premises import EMERGENCY, HIDDEN, LEVELS, SAME_DAY
from invariants.situations import Case
from invariants.trial import Trial
from people.answered import response
from people.holding import holds_for, which_hold

from triage.conditions.nodes import Includes, Node
from triage.conditions.walk import leaves
from triage.engine.response import Response
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import TODAY
from triage.workbench.proving.asked import ask_in_a_line
from triage.workbench.proving.holds_for_one import what_is_broken

# The premises of the panel as Python (premises.py), and what says the same in the condition language.
SAME = {
    "2": "an_emergency_sign_is_an_emergency",
    "3": "an_unsure_emergency_sign_is_seen_today",
    "4 yes": "a_sign_of_the_second_screen_is_seen_today",
    "4 unsure": "an_unsure_sign_of_the_second_screen_is_seen_this_week",
    "13": "new_leg_swelling_is_seen_today",
    "14": "a_sore_or_swollen_leg_in_pregnancy_is_seen_today",
    "15": "a_danger_sign_of_pregnancy_is_seen_today",
    "16": "black_pee_is_an_emergency",
    "17 cannot stand": "too_weak_to_stand_is_an_emergency",
    "17 progressive": "growing_weakness_is_seen_this_week",
    "17 foot drag": "a_new_foot_drag_is_seen_today",
    "18": "missed_dialysis_is_seen_today",
    "18 ill": "missed_dialysis_and_ill_is_an_emergency",
    "19": "weak_kidneys_and_new_cramps_are_seen_this_week",
    "20 kidneys": "bought_potassium_and_weak_kidneys_are_seen_today",
    "20 sparing": "bought_potassium_and_a_sparing_water_tablet_are_seen_today",
    "20 two raisers": "bought_potassium_and_two_raisers_are_seen_today",
    "20 unsure": "bought_potassium_and_unknown_kidneys_are_seen_this_week",
    "20 one raiser": "bought_potassium_and_one_raiser_are_seen_this_week",
    "21": "diabetes_and_a_foot_sore_is_seen_today",
    "21 fever": "diabetes_and_a_foot_sore_with_fever_is_an_emergency",
    "22": "a_child_under_3_is_seen_this_week",
    "22 limp": "a_limping_child_is_seen_today",
    "23 plan": "a_plan_to_die_is_an_emergency",
    "23 thoughts": "thoughts_of_death_are_seen_today",
    "24": "quinine_and_bleeding_or_sight_is_an_emergency",
    "24 mild": "quinine_and_ringing_or_bruises_is_seen_today",
    "25": "tingling_after_neck_surgery_is_an_emergency",
    "26": "a_new_head_knock_with_a_blood_thinner_is_an_emergency",
    "26 later": "an_earlier_head_knock_with_a_blood_thinner_is_seen_today",
    "27": "fever_in_cancer_treatment_is_an_emergency",
    "27 other": "fever_with_weak_defences_is_seen_today",
    "28": "vomiting_with_steroids_or_insulin_is_seen_today",
    "28 faint": "vomiting_and_faint_with_steroids_or_insulin_is_an_emergency",
    "29": "who_cannot_answer_is_seen_this_week",
    "31 kidneys": "no_magnesium_with_weak_or_unknown_kidneys",
    "31 age": "no_magnesium_under_18",
    "31 pregnancy": "no_magnesium_in_pregnancy",
    "31 conditions": "no_magnesium_with_muscle_heart_or_bowel_illness",
    "31 digoxin": "no_magnesium_with_digoxin",
    "31 untested": "no_magnesium_at_risk_without_a_kidney_test",
    "36": "nobody_with_a_fluid_limit_is_told_to_drink",
    "38 leg": "a_sore_leg_is_not_rubbed_warmed_or_stretched",
    "38 wound or cast": "a_wounded_or_plastered_leg_is_not_rubbed_warmed_or_stretched",
    "38 heat": "no_heat_on_numb_or_badly_supplied_feet",
    "38 seated only": "who_may_fall_stretches_sitting_down",
    "39": "heavy_drinkers_do_not_stop_on_their_own",
}
# These say more than the panel did: a yes where "not sure" would do, a painkiller bought without
# prescription, kidneys that are weak where "not sure" would do, more illnesses and medicines.
WIDER = {"3", "4 unsure", "20 two raisers", "20 unsure", "20 one raiser", "31 untested", "36"}


@pytest.fixture(scope="module")
def people(rulebook: Rulebook) -> list[Response]:
    return list(Trial(rulebook, 5).responses(700))


def test_the_panels_premises_are_those_of_the_data(rulebook: Rulebook, people: list[Response]) -> None:
    assert set(SAME) == {*LEVELS, *HIDDEN}
    fitting = dict.fromkeys(SAME, 0)
    for person in people:
        case, told = Case(rulebook, person), which_hold(rulebook, person)
        for name, (_, premise) in {**LEVELS, **HIDDEN}.items():
            panel, data = bool(premise(case)), told[SAME[name]] is not None
            assert data or not panel, (name, person)
            assert panel or not data or name in WIDER, (name, person)
            fitting[name] += panel
    assert min(fitting.values()) > 5, fitting


def test_what_must_follow_is_what_the_panel_said(rulebook: Rulebook) -> None:
    for name, (level, _) in LEVELS.items():
        assert rulebook.invariants[SAME[name]].at_least == level
    for name, (cards, _) in HIDDEN.items():
        assert set(rulebook.invariants[SAME[name]].withholds) == cards


def test_random_people_break_none(rulebook: Rulebook, people: list[Response]) -> None:
    rng, fitting = random.Random(6), set()
    for number, person in enumerate(people[:400]):
        answers = dict(person.answers)
        if number % 3 == 0:  # an interview that is not finished
            answers = dict(list(answers.items())[: rng.randrange(len(answers))])
        told = which_hold(rulebook, Response(answers))
        assert [name for name, holds in told.items() if holds is False] == []
        fitting |= {name for name, holds in told.items() if holds}
    assert len(fitting) > 0.8 * len(rulebook.invariants)


def lines(rulebook: Rulebook, node: Node | None) -> set[tuple[str, str]]:
    """Every line of a danger list that is read; what else is read only says whom a line is shown to."""
    found = leaves(node) if node is not None else ()
    read = {(leaf.item, code) for leaf in found if isinstance(leaf, Includes) for code in leaf.codes}
    return {(item, code) for item, code in read if rulebook.items[item].red_flag}


def test_those_about_any_danger_sign_name_every_one(rulebook: Rulebook) -> None:
    items = [item for item in rulebook.items.values() if item.red_flag]
    every = {(item.id, code) for item in items for code in item.codes}
    assert lines(rulebook, rulebook.invariants["without_a_danger_sign_no_emergency"].when) == every
    ruled_out = lines(rulebook, rulebook.invariants["any_danger_sign_rules_out_self_care"].when_possible)
    opening = {("also_feelings", "urge_legs"), ("also_feelings", "fall"), ("fall_details", "fell")}
    assert ruled_out == every - opening  # what is told of them in closer lists decides
    for name in ("2", "3", "4 yes", "4 unsure"):
        entry = rulebook.invariants[SAME[name]]
        screen = SAME_DAY if name.startswith("4") else EMERGENCY
        assert lines(rulebook, entry.when or entry.when_possible) == {
            pair for pair in every if pair[0] in screen
        }


@pytest.mark.parametrize(
    ("line", "answers", "broken"),
    [
        ("IF signs includes swollen THEN at_least same_day", {"signs": []}, None),
        ("IF signs includes swollen THEN at_least same_day", {"signs": ["swollen"]}, ()),
        ("IF signs includes swollen THEN at_least emergency", {"signs": ["swollen"]}, ("comes out at same_day, not at least emergency",)),
        ("IF signs includes swollen THEN at_most routine", {"signs": ["swollen"]}, ("comes out at same_day, not at most routine",)),
        ("IF POSSIBLE kidneys is weak THEN withholds magnesium", {"age": 50, "alarm": [], "signs": []}, ()),
        ("IF kidneys is fine THEN withholds magnesium", {"age": 50, "alarm": [], "signs": [], "sex": "male", "kidneys": "fine", "medicines": [], "nights": 1},
         ("is given magnesium",)),
        ("IF age >= 3 THEN offers magnesium", {"age": 50}, ()),
        ("IF age >= 3 THEN finds chest", {"age": 50, "alarm": []}, ("does not get chest",)),
        ("IF age >= 3 THEN never_finds chest", {"age": 50, "alarm": ["chest"]}, ("gets chest",)),
        ("IF sex is male THEN never_asks pregnant", {"sex": "male"}, ()),
        ("IF sex is female THEN never_asks pregnant", {"sex": "female", "age": 30}, ("is asked pregnant",)),
        ("IF age >= 3 THEN then sex is male", {"age": 50}, ("does not surely have what must follow",)),
        ("THEN never_together chest, swollen", {"alarm": ["chest"], "signs": ["swollen"]}, ("gets chest and swollen together",)),
        ("THEN never_together chest, swollen", {"alarm": ["chest"], "signs": []}, ()),
    ],
    ids=str,
)  # fmt: skip
def test_what_it_says_of_one_person(
    small: Rulebook, line: str, answers: dict[str, Any], broken: tuple[str, ...] | None
) -> None:
    asked, person = ask_in_a_line(small, line), response(small, answers)
    assert what_is_broken(small, asked, person, TODAY) == broken
    assert holds_for(small, asked, person) == (None if broken is None else not broken)


def test_what_is_not_asked_yet_is_no_doubt_but_counts_as_one_in_the_end(small: Rulebook) -> None:
    asked = ask_in_a_line(small, "IF POSSIBLE kidneys is weak THEN at_least emergency")
    nobody = response(small, {"age": 50})
    assert holds_for(small, asked, nobody) is False
    assert holds_for(small, asked.model_copy(update={"half_finished": True}), nobody) is None
