"""Self-help by picture: whoever has no cramps reads of their own trouble, and of no cramps."""

from __future__ import annotations

import re

import pytest
from interviews.written_cases import Tried, read_cases

from triage.conditions.leaf import Ticks
from triage.engine.assessment import Assessment
from triage.rulebook.rulebook import Rulebook

OF_CRAMPS = {"hard_knot", "twitching", "urge_to_move", "other"}
# What is offered for cramps, or after a study on cramps.
FOR_CRAMPS = {
    "never_quinine", "never_salt", "relax", "stretch", "stretch_seated", "when_it_grips", "massage", "warmth",
    "footwear_bedding", "move_more",
}  # fmt: skip
# What links a medicine, or sitting, with cramps and nothing else.
LINKED_WITH_CRAMPS = {
    "ace_inhibitor_arb", "bone_anabolic", "calcium_channel_blocker", "cholinesterase_inhibitor", "iv_iron", "laba",
    "saba", "nsaid", "other_medicines", "serm", "sleep_medicines", "mind_medicines", "long_sitting", "long_sitting_young",
}  # fmt: skip
# These are for other trouble as well, and say why cramps matter there.
SPEAK_OF_BOTH = {"ease_training", "cool_down"}


@pytest.fixture(scope="module")
def without_cramps(rulebook: Rulebook, tried_cases: list[Tried]) -> list[tuple[str, Assessment]]:
    """The results of all written cases in which a feeling was told, and surely none that is like a cramp."""
    found = []
    for case, tried in zip(read_cases(rulebook), tried_cases, strict=True):
        feel = case.answers.answers.get("feel")
        if not isinstance(feel, Ticks) or not feel.ticked or (feel.ticked | feel.unsure) & OF_CRAMPS:
            continue
        told = tried.assessment
        also = told.effective_answers.get("also_feelings")
        if isinstance(also, Ticks) and "urge_legs" not in also.ticked | also.unsure:
            found.append((case.name, told))
    assert len(found) > 150
    return found


def has(told: Assessment, item: str, *codes: str) -> bool:
    answer = told.effective_answers.get(item)
    return isinstance(answer, Ticks) and bool(answer.ticked & {*codes})


def test_nothing_for_cramps_without_cramps(without_cramps: list[tuple[str, Assessment]]) -> None:
    wrong = []
    for name, told in without_cramps:
        given = {advice.id for advice in told.advice} & FOR_CRAMPS
        if has(told, "bought", "quinine") or any("quinine" in note.class_ids for note in told.medicines):
            given -= {"never_quinine"}
        if has(told, "bought", "salt_tablets", "electrolytes") or has(
            told, "also_feelings", "ankles_swollen"
        ):
            given -= {"never_salt"}
        wrong += [(name, card) for card in given]
    assert wrong == []


def test_no_medicine_is_blamed_for_what_it_does_not_do(
    without_cramps: list[tuple[str, Assessment]],
) -> None:
    wrong = [
        (name, factor.id)
        for name, told in without_cramps
        for factor in told.factors
        if factor.id in LINKED_WITH_CRAMPS
    ]
    assert wrong == []


def test_what_to_try_speaks_of_no_cramps(without_cramps: list[tuple[str, Assessment]]) -> None:
    wrong = {
        (advice.id, words)
        for _, told in without_cramps
        for advice in told.advice
        if advice.kind == "try" and advice.id not in SPEAK_OF_BOTH
        for words in (advice.title, advice.text, advice.because)
        if re.search(r"\bcramp", words, re.I)
    }
    assert wrong == set()


def test_every_picture_that_is_no_cramp_has_something_to_try(
    rulebook: Rulebook, without_cramps: list[tuple[str, Assessment]]
) -> None:
    """Given, or held back with a reason. Those of an illness with a team of its own say it in the picture."""
    own = {
        "sciatica": "sciatica_ease", "vein_trouble": "veins_legs_up", "sore_joint": "joint_moves",
        "heel_tendon": "heel_tendon_load", "heel_sole_pain": "heel_sole_stretch", "growth_spot": "growth_spot_sport",
        "pulled_muscle": "pulled_muscle_care", "raynaud": "raynaud_warm", "shin_splints": "shin_ease",
        "hip_side_pain": "hip_side_ease", "outer_thigh_numb": "outer_thigh_ease", "known_gout": "gout_cool",
        "neurogenic_claudication": "narrow_spine_walk", "claudication": "walk_and_rest",
        "sore_muscles": "sore_muscle_rub",
    }  # fmt: skip
    assert {*own} <= {card.id for card in rulebook.patterns}
    seen, wrong = set(), []
    for name, told in without_cramps:
        if told.disposition.code not in ("soon", "routine", "self_care") or told.disposition.alone:
            continue
        shown = {advice.id for advice in told.advice} | {held.id for held in told.withheld}
        for picture in {pattern.id for pattern in told.patterns} & {*own}:
            seen.add(picture)
            if own[picture] not in shown:
                wrong.append((name, picture))
    assert wrong == []
    assert seen == {*own}
