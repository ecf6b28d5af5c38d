"""The tests that the clinician's page says to consider: for whom they are, and each of them once."""

from __future__ import annotations

import re

import pytest
from pages.parts import rows

from triage.rulebook.rulebook import Rulebook


def test_a_card_names_potassium_only_where_it_does_not_name_the_salts(rulebook: Rulebook) -> None:
    for card in rulebook.cards.values():
        for part in re.split("[.;]", getattr(card, "clinician", "") or ""):
            asked = re.findall(r"(?<![\w?/+-])(?:U&E|K|Na)(?![\w-])", part)
            assert not ("U&E" in asked and {"K", "Na"} & {*asked}), card.id


def test_a_test_is_not_asked_for_twice(page) -> None:
    numb = page(also_feelings=["numb_feet"], numb_where="both_same", medicines=[{"name": "metformin"}])
    assert rows(numb)["Tests"] == "B12/folate; HbA1c; TSH; U&E"


WELLS = "two-level Wells (if ≥2 proximal leg ultrasound, else D-dimer; within 4 h)"
SCAN = "pregnant or ≤6 wk after: leg ultrasound, no Wells score"


@pytest.mark.parametrize(
    ("who", "tests"),
    [
        ({"age": 60}, WELLS),
        ({"age": 30, "sex": "female", "pregnancy": "declined"}, f"{WELLS}; {SCAN}"),
        ({"age": 30, "sex": "female", "pregnancy": "over_20"}, SCAN),  # for whom the score was not made
        ({"age": 14}, None),
    ],
)
def test_a_possible_clot_says_what_to_consider(page, who, tests) -> None:
    """The pathway of NICE NG158 for adults; never a score in a pregnancy or of a child."""
    assert rows(page(**who, today_leg=["leg_swollen"])).get("Tests") == tests


def test_restless_legs_ask_for_iron_and_kidneys(page) -> None:
    made = page(feel=["urge_to_move"], rls_signs=["rest", "moving", "evening"])
    assert rows(made)["Tests"] == "ferritin + TSAT; U&E/eGFR"


def test_of_an_emergency_only_what_cannot_wait_is_to_be_tested(page) -> None:
    told = rows(
        page(
            conditions=["kidney_trouble"],
            kidneys="weak",
            salt_signs=["truly_weaker"],
            medicines=[{"name": "spironolactone"}],
        )
    )
    assert told["Tests"] == "ECG; U&E"
