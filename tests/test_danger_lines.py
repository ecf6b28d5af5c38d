"""Danger lines say one thing each, and what has passed can still be said."""

import re

import pytest
from interviews.plainly import PlainReasoner

from triage.rulebook.model import Option, urgency
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import TODAY, interviewed

# A sign "and you feel ill": whoever does not feel ill yet leaves it out, and the sign is lost.
TWO_THINGS = re.compile(r"\band\b[^,:]*\b(feel|feeling|fell)\b[^,:]*\b(ill|unwell|sick|bad)\b", re.I)
# Such a line may stay if the sign alone has a line of its own.
ALONE = {("today_body", "thirst_weight"): (("ill_signs", "thirsty_pee"), ("salt_signs", "thirsty_pee"))}


def danger_lines(rulebook: Rulebook) -> dict[tuple[str, str], Option]:
    return {
        (item.id, option.code): option
        for item in rulebook.items.values()
        if item.red_flag
        for option in item.options
    }


def test_no_danger_line_asks_for_feeling_ill_on_top_of_a_sign(rulebook: Rulebook) -> None:
    lines = danger_lines(rulebook)
    assert len(lines) > 130
    double = {line for line, option in lines.items() if TWO_THINGS.search(option.text)}
    assert double == set(ALONE)
    assert all(line in lines for beside in ALONE.values() for line in beside)


@pytest.mark.parametrize(
    "text", ["Skin too sore to touch, and you feel very ill", "Thirst and feeling unwell"]
)
def test_a_line_of_two_things_is_seen(text: str) -> None:
    assert TWO_THINGS.search(text)


# What counts on the first screen only if it is of the last days, and where it is said when it is older.
PASSED = {
    ("emergency_other", "dark_urine"): ("lately", "dark_pee_gone"),
    ("emergency_head", "blackout"): ("lately", "passed_out_before"),
    ("emergency_head", "face_arm_speech"): ("passed_signs", "face_arm_speech"),
    ("emergency_legs", "cold_foot"): ("passed_signs", "foot_white"),
    ("emergency_legs", "legs_weak"): ("passed_signs", "weak_spells"),
    ("emergency_other", "saddle"): ("passed_signs", "seat_numb"),
    ("emergency_head", "chest_pain"): ("passed_signs", "chest_breath"),
    ("emergency_head", "hands_jaw_lock"): ("passed_signs", "hands_locked"),
    ("today_leg", "leg_swollen"): ("passed_signs", "leg_swollen"),
    ("today_foot", "foot_sore"): ("passed_signs", "toe_blue"),
    ("today_nerves", "foot_drag"): ("old_signs", "foot_drag"),
    ("today_foot", "toe_rest_pain"): ("rest_pain", "yes"),
    ("today_nerves", "lips_hands_tingle"): ("salt_signs", "tingling"),
    ("today_leg", "gripping_now"): ("duration", "grip_hour"),
}


@pytest.mark.parametrize("older", PASSED.values(), ids=str)
def test_what_has_passed_or_is_old_leads_to_a_visit_within_a_week(
    rulebook: Rulebook, older: tuple[str, str], responses
) -> None:
    """In someone whom the question can reach, and who denies everything else."""
    item, code = older
    opened = {
        "rest_pain": {"days": ["smoke"]},
        "salt_signs": {"medicines": [{"name": "omeprazole"}]},
        "passed_signs": {"also_feelings": ["passed_sign"]},
        "old_signs": {"also_feelings": ["old_sign"]},
    }
    answer = [code] if rulebook.items[item].type == "choices" else code
    reasoner = PlainReasoner(rulebook, TODAY)
    response, _ = interviewed(reasoner, responses(rulebook, **opened.get(item, {}), **{item: answer}))
    assert urgency(reasoner.step(response).level) >= urgency("soon")
