"""What the safety invariants ask of complete responses: premises, and what must follow."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_

from invariants.situations import Holds, Situation
from triage.conditions.leaf import NoAnswer
from triage.rulebook.model import Level

PREGNANT = ("under_20", "over_20", "weeks_unknown", "ended_6_weeks")
KIDNEYS = ("weak", "dialysis", "transplant")
EMERGENCY = ("emergency_head", "emergency_legs", "emergency_other")
SAME_DAY = ("today_leg", "today_foot", "today_nerves", "today_body")
TODAY_LEG = {
    "today_leg": ("leg_swollen", "constant_pain", "red_hot_patch", "pop_calf", "fever_leg"),
    "today_foot": ("hot_joint", "hot_small_joint", "foot_sore", "toe_black", "blisters"),
    "today_body": ("sore_after_effort", "bruises"),
}
STRETCHES = {"stretch", "stretch_seated", "when_it_grips"}

Premise = Callable[[Situation], Holds]
LEVELS: dict[str, tuple[Level, Premise]] = {
    "2": ("emergency", lambda c: _in_one(c.yes, EMERGENCY)),
    "3": ("same_day", lambda c: _in_one(c.unsure, EMERGENCY)),
    "4 yes": ("same_day", lambda c: _in_one(c.yes, SAME_DAY)),
    "4 unsure": ("soon", lambda c: _in_one(c.unsure, SAME_DAY)),
    "13": ("same_day", lambda c: c.yes("today_leg", "leg_swollen")),
    "14": ("same_day", lambda c: c.yes("pregnancy", *PREGNANT) & (c.yes("pregnancy_signs", "leg_sore_swollen") | c.yes("today_leg", "leg_swollen"))),
    "15": ("same_day", lambda c: c.yes("pregnancy_signs")),
    "16": ("emergency", lambda c: c.yes("emergency_other", "dark_urine") | c.yes("quinine_signs", "black_urine_fever")),
    "17 cannot stand": ("emergency", lambda c: c.yes("emergency_legs", "legs_weak")),
    "17 progressive": ("soon", lambda c: c.yes("also_feelings", "weaker_tripping") | c.yes("strength", "slower") | c.yes("nerve_signs", "thinner")),
    "17 foot drag": ("same_day", lambda c: c.yes("today_nerves", "foot_drag")),
    "18": ("same_day", lambda c: c.yes("kidney_signs", "missed_dialysis")),
    "18 ill": ("emergency", lambda c: c.yes("kidney_signs", "missed_dialysis") & c.yes("kidney_signs", "weaker", "odd_heart", "little_drowsy")),
    "19": ("soon", lambda c: c.yes("kidneys", *KIDNEYS) & (c.yes("trend", "new", "worse") | c.yes("began", "two_weeks", "three_months"))),
    "20 kidneys": ("same_day", lambda c: c.yes("bought", "potassium") & c.yes("kidneys", *KIDNEYS)),
    "20 sparing": ("same_day", lambda c: c.yes("bought", "potassium") & c.takes("potassium_sparing_diuretic")),
    "20 two raisers": ("same_day", lambda c: c.yes("bought", "potassium") & c.takes("ace_inhibitor", "arb") & c.takes("nsaid", "heparin")),
    "20 unsure": ("soon", lambda c: c.yes("bought", "potassium") & c.unsure("kidneys")),
    "20 one raiser": ("soon", lambda c: c.yes("bought", "potassium") & c.takes("ace_inhibitor", "arb", "nsaid", "heparin", "drospirenone")),
    "21": ("same_day", lambda c: c.yes("conditions", "diabetes") & (c.yes("today_foot", "foot_sore", "toe_black") | c.yes("diabetes_signs", "foot_wound"))),
    "21 fever": ("emergency", lambda c: c.yes("diabetes_signs", "foot_wound") & (c.yes("diabetes_signs", "fever", "black_cold") | c.yes("today_leg", "fever_leg"))),
    # Narrowed: tiptoe walking at times, as ever and without pain, is common up to 3 (rules/invariants.yaml).
    "22": ("soon", lambda c: c.aged(lambda age: age < 3) & (c.where("child_picture", _no_tiptoe) | _odd_tiptoe(c))),
    "22 limp": ("same_day", lambda c: c.yes("child_signs", "limp", "hip_knee_limp")),
    "23 plan": ("emergency", lambda c: c.yes("mood", "plan")),
    "23 thoughts": ("same_day", lambda c: c.yes("mood", "thoughts")),
    "24": ("emergency", lambda c: c.yes("quinine_signs", "bleeding", "black_urine_fever", "sight")),
    "24 mild": ("same_day", lambda c: c.yes("quinine_signs", "ringing", "bruises")),
    "25": ("emergency", lambda c: c.yes("lately", "neck_surgery") & c.maybe("today_nerves", "lips_hands_tingle")),
    "26": ("emergency", lambda c: c.yes("fall_details", "head_two_days") & c.maybe("blood_thinner", "yes")),
    "26 later": ("same_day", lambda c: c.yes("fall_details", "head_earlier") & c.maybe("blood_thinner", "yes")),
    "27": ("emergency", lambda c: c.yes("immunity_signs", "fever_ill") & (c.yes("immunity_signs", "treated_6_weeks") | c.yes("kidneys", "transplant"))),
    "27 other": ("same_day", lambda c: c.yes("immunity_signs", "fever_ill") | (c.yes("conditions", "weak_immunity") & c.yes("today_leg", "fever_leg"))),
    "28": ("same_day", lambda c: _vomits(c) & c.takes("corticosteroid", "insulin", "sglt2")),
    "28 faint": ("emergency", lambda c: _vomits(c) & c.takes("corticosteroid", "insulin", "sglt2") & _faint(c)),
    "29": ("soon", lambda c: c.yes("about", "cannot_tell")),
}  # fmt: skip


def _in_one(test: Callable[[str], Holds], groups: tuple[str, ...]) -> Holds:
    return reduce(or_, map(test, groups))


def _no_tiptoe(known: object) -> bool:
    return known not in ("tiptoe", NoAnswer.NOT_ASKED)


def _odd_tiptoe(c: Situation) -> Holds:
    """Of one side, not as ever, not without any other feeling, or with an illness in the family."""
    feels = c.yes(
        "feel", "hard_knot", "steady_ache", "shooting", "walking_pain", "numb_tingling", "weak_heavy"
    )
    odd = c.yes("side", "same_leg") | c.yes("began", "three_months") | c.yes("conditions", "muscle_family")
    return c.yes("child_picture", "tiptoe") & (feels | odd)


def _perhaps_today(c: Situation) -> Holds:
    return reduce(or_, (c.maybe(item, *codes) for item, codes in TODAY_LEG.items()))


def _vomits(c: Situation) -> Holds:
    return (
        c.yes("today_body", "vomiting_diarrhoea")
        | c.yes("steroid_signs", "vomit")
        | c.yes("diabetes_signs", "sick")
    )


def _faint(c: Situation) -> Holds:
    return (
        c.yes("salt_signs", "passed_out", "nearly_out")
        | c.yes("steroid_signs", "faint_drowsy")
        | c.yes("diabetes_signs", "ketones_drowsy")
    )


def _untested(c: Situation) -> Holds:
    risk = c.maybe_aged(lambda age: age >= 65) | c.maybe(
        "conditions", "diabetes", "high_bp", "heart_failure"
    )
    return c.but(c.yes("kidneys", "normal_test")) & (risk | c.takes("diuretic", "nsaid") | c.unlisted())


def _fluid_limited(c: Situation) -> Holds:
    return (
        c.maybe("drinks_food", "limits")
        | c.maybe("conditions", "heart_failure", "liver")
        | c.maybe("kidneys", "dialysis")
        | c.takes("desmopressin", "lithium")
        | c.unlisted()
    )


def _unsteady(c: Situation) -> Holds:
    return (
        c.maybe_aged(lambda age: age >= 75)
        | c.maybe("also_feelings", "fall")
        | c.maybe("nerve_signs", "unsteady_dark")
    )


def _badly_supplied(c: Situation) -> Holds:
    """An illness of the arteries, which an uneven heartbeat (AF) alone is not."""
    others = c.maybe("arteries", "leg_arteries", "heart_arteries", "stroke", "aneurysm")
    return c.maybe("conditions", "artery_af_stroke") & (others | c.but(c.yes("arteries", "af")))


HIDDEN: dict[str, tuple[set[str], Premise]] = {
    "31 kidneys": ({"magnesium_note", "magnesium_taking"}, lambda c: c.maybe("kidneys", *KIDNEYS)),
    "31 age": ({"magnesium_note", "magnesium_taking"}, lambda c: c.maybe_aged(lambda age: age < 18)),
    "31 pregnancy": ({"magnesium_note", "magnesium_taking"}, lambda c: c.maybe("pregnancy", *PREGNANT, "maybe", "breastfeeding")),
    "31 conditions": ({"magnesium_note", "magnesium_taking"}, lambda c: c.maybe("conditions", "myasthenia_block", "bowel_stoma")),
    "31 digoxin": ({"magnesium_note", "magnesium_taking"}, lambda c: c.takes("digoxin") | c.unlisted()),
    "31 untested": ({"magnesium_note", "magnesium_taking"}, _untested),
    "36": ({"drink_to_thirst"}, _fluid_limited),
    "38 leg": ({*STRETCHES, "massage", "warmth"}, lambda c: _perhaps_today(c)),
    "38 wound or cast": ({*STRETCHES, "massage", "warmth"}, lambda c: c.maybe("lately", "operation_cast_bed", "deep_wound")),
    "38 heat": ({"warmth"}, lambda c: c.maybe("also_feelings", "numb_feet") | c.maybe("conditions", "diabetes") | _badly_supplied(c)),
    "38 seated only": ({"stretch", "when_it_grips"}, _unsteady),
    "39": ({"alcohol_less"}, lambda c: c.maybe("drinks_food", "alcohol_heavy") | c.maybe("withdrawal_signs")),
}  # fmt: skip

# A line that opens questions of its own, which then decide: an urge that fits nothing is no illness.
# And whoever skips the question on mood must not be told to come in for that (12).
SILENT = {("also_feelings", "urge_legs"), ("also_feelings", "fall"), ("fall_details", "fell"), ("mood", "")}


def calm_sleep(c: Situation) -> Holds:
    return c.but(c.yes("how_often", "three_plus_nights", "daily") | c.yes("effect", "spoils_many"))
