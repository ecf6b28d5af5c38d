"""Answers laid over random or ordinary ones, so that every safety invariant is tried often."""

from __future__ import annotations

from typing import Any

NO_EMERGENCY: dict[str, Any] = {"emergency_head": [], "emergency_legs": [], "emergency_other": []}
NOT_TODAY: dict[str, Any] = {"today_leg": [], "today_foot": [], "today_nerves": [], "today_body": []}

# Answers under which each premise is likely; the rest of the response stays random.
OVERLAYS: tuple[dict[str, Any], ...] = (
    {**NO_EMERGENCY, **NOT_TODAY},
    {"sex": "female", "age": 30, "pregnancy": "over_20", **NO_EMERGENCY, "pregnancy_signs": ["leg_sore_swollen"]},
    {**NO_EMERGENCY, "bought": ["quinine"], "quinine_signs": ["black_urine_fever"]},
    {**NO_EMERGENCY, "bought": ["quinine"], "quinine_signs": ["ringing"]},
    {**NO_EMERGENCY, **NOT_TODAY, "also_feelings": ["weaker_tripping"], "strength": ["slower"]},
    {**NO_EMERGENCY, "conditions": ["kidney_trouble"], "kidneys": "dialysis", "kidney_signs": ["missed_dialysis", "odd_heart"]},
    {**NO_EMERGENCY, **NOT_TODAY, "conditions": ["kidney_trouble"], "kidneys": "weak", "salt_signs": [], "trend": "worse"},
    {**NO_EMERGENCY, **NOT_TODAY, "bought": ["potassium"], "conditions": ["kidney_trouble"], "kidneys": "unsure"},
    {**NO_EMERGENCY, **NOT_TODAY, "bought": ["potassium"], "conditions": ["kidney_trouble"], "kidneys": "weak", "salt_signs": []},
    {**NO_EMERGENCY, **NOT_TODAY, "bought": ["potassium"], "medicines": [{"name": "spironolactone"}]},
    {**NO_EMERGENCY, **NOT_TODAY, "bought": ["potassium"], "medicines": [{"name": "ramipril"}, {"name": "naproxen"}]},
    {**NO_EMERGENCY, **NOT_TODAY, "bought": ["potassium"], "medicines": [{"name": "losartan"}], "kidneys": "normal_test"},
    {**NO_EMERGENCY, "conditions": ["diabetes"], "diabetes_signs": ["foot_wound", "fever"]},
    {**NO_EMERGENCY, **NOT_TODAY, "age": 2},
    {**NO_EMERGENCY, **NOT_TODAY, "age": 9, "child_signs": ["limp"]},
    {**NO_EMERGENCY, "effect": "spoils_many", "mood": "plan"},
    {**NO_EMERGENCY, **NOT_TODAY, "effect": "spoils_many", "mood": "thoughts"},
    {**NO_EMERGENCY, "lately": ["neck_surgery"], "today_nerves": ["lips_hands_tingle?"]},
    {**NO_EMERGENCY, "also_feelings": ["fall"], "fall_details": ["head_two_days"], "blood_thinner": "unsure"},
    {**NO_EMERGENCY, "also_feelings": ["fall"], "fall_details": ["head_earlier"], "blood_thinner": "yes"},
    {**NO_EMERGENCY, "conditions": ["cancer"], "immunity_signs": ["treated_6_weeks", "fever_ill"]},
    {**NO_EMERGENCY, "conditions": ["weak_immunity"], "immunity_signs": ["fever_ill"]},
    {**NO_EMERGENCY, "today_body": ["vomiting_diarrhoea"], "medicines": [{"name": "prednisolone"}], "salt_signs": ["nearly_out"]},
    {**NO_EMERGENCY, "today_body": ["vomiting_diarrhoea"], "medicines": [{"name": "insulin glargine"}]},
    {**NO_EMERGENCY, **NOT_TODAY, "conditions": ["diabetes"], "diabetes_signs": ["sick"], "medicines": [{"name": "empagliflozin"}], "salt_signs": ["passed_out"]},
    {**NO_EMERGENCY, **NOT_TODAY, "about": "cannot_tell"},
    {**NO_EMERGENCY, **NOT_TODAY, "bought": ["vitamins"], "vitamins": ["vitamin_k2"], "medicines": [{"name": "warfarin"}]},
    {**NO_EMERGENCY, "today_leg": ["leg_swollen"]},
    {**NO_EMERGENCY, **NOT_TODAY, "drinks_food": ["alcohol_heavy"], "withdrawal_signs": []},
    {**NO_EMERGENCY, **NOT_TODAY, "also_feelings": [], "feel": ["hard_knot"]},
    {"age": 50, "feel": ["urge_to_move"], "rls_signs": ["rest", "moving", "evening"]},
    {"age": 30, "also_feelings": ["urge_legs"], "rls_signs": ["rest", "moving", "evening?"]},
)  # fmt: skip

# People with ordinary cramps, and one thing about them that must hold back some advice.
CALM_OVERLAYS: tuple[dict[str, Any], ...] = (
    {"conditions": ["kidney_trouble"], "kidneys": "unsure"}, {"conditions": ["kidney_trouble"], "kidneys": "transplant"}, {"conditions": ["kidney_trouble"], "kidneys": "weak"}, {"kidneys": "never_tested", "age": 70},
    {"age": 12}, {"age": 80}, {"age": "unsure"}, {"sex": "female", "age": 30, "pregnancy": "maybe"},
    {"sex": "female", "age": 30, "pregnancy": "breastfeeding"}, {"conditions": ["bowel_stoma"]},
    {"conditions": ["myasthenia_block?"]}, {"medicines": [{"name": "digoxin"}]}, {"medicines": [{"name": "moonstone"}]},
    {"kidneys": "never_tested", "conditions": ["high_bp"]}, {"drinks_food": ["limits?"], "days": ["little_drink"]},
    {"conditions": ["heart_failure"], "days": ["heat"]}, {"medicines": [{"name": "lithium"}], "days": ["heat"]},
    {"today_leg": ["leg_swollen?"]}, {"lately": ["deep_wound?"]}, {"also_feelings": ["numb_feet"]}, {"conditions": ["artery_af_stroke"]},
    {"also_feelings": ["fall?"]}, {"drinks_food": ["alcohol_over_14", "alcohol_heavy?"]}, {"bought": ["magnesium"]},
    {"bought": ["magnesium"], "conditions": ["kidney_trouble"], "kidneys": "unsure"}, {"also_feelings": ["weaker_tripping?"], "nerve_signs": ["unsteady_dark?"]},
)  # fmt: skip


# 30: the person whom no rule may alarm. Each list holds the answers such a person can give.
CEILING: dict[str, tuple[Any, ...]] = {
    "about": ("self",),
    "age": tuple(range(16, 80)),
    "sex": ("female", "male", "other"),
    "pregnancy": ("none",),
    "began": ("two_weeks", "three_months", "one_year", "longer"),
    "how_often": ("once_twice", "weekly", "one_two_nights", "three_plus_nights", "daily"),
    "trend": ("worse", "same", "better"),
    "side": ("same_leg", "either", "both"),
    "knot_stretch": ("both", "hard_only", "eases_only", "neither"),
    "kidneys": ("normal_test", "never_tested"),
    "effect": ("none", "wakes_me", "spoils_some", "spoils_many"),
    "mood": ("ok",),
    "rest_pain": ("no",),
    "joint_replaced": ("no",),
}
CEILING_LINES: dict[str, tuple[str, ...]] = {
    "feel": ("hard_knot", "numb_tingling", "weak_heavy", "steady_ache", "shooting", "other"),
    "where": ("calf", "foot_toes", "shin", "thigh", "buttock"),
    "when": ("night_bed", "sitting", "standing", "exercise", "hot_days", "cold", "after_food"),
    "lately": ("hormones", "long_trip", "hard_effort"),
    "drinks_food": ("coffee", "sugary", "dairy", "few_plants"),
    "bought": ("vitamins",), "vitamins": ("vitamin_d", "calcium"),
    "days": ("sit_long", "stand_hard", "hard_training", "heat", "shoes_feet", "bedclothes", "little_drink", "smoke"),
}  # fmt: skip
HARMLESS_MEDICINES = (
    "atorvastatin",
    "simvastatin",
    "amlodipine",
    "salmeterol",
    "salbutamol",
    "ethinylestradiol with levonorgestrel",
)
