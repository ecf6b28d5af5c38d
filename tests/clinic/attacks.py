"""Ways in which a clinic's rules could be less careful without a word."""

from __future__ import annotations

from clinic.plain_attacks import ALCOHOL, PLAIN_ATTACKS, SWOLLEN

ADRENAL = "red_flags/ill_adrenal_picture.yaml"
FIRES = "examples: {fires: [{today_leg: [leg_swollen], age: 50}], silent: [{today_leg: []}]}\n"

# What is written, and the parts that must be named with the way.
ATTACKS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "only if the age is known": (
        {SWOLLEN: f"id: leg_swollen\nwhen: {{all: [{{item: today_leg, includes: leg_swollen}}, {{answered: age}}]}}\n{FIRES}"},
        {"leg_swollen": "does not find everybody any more"},
    ),
    "a yes with a doubt beside it becomes a doubt": (
        {
            SWOLLEN: "id: leg_swollen\nwhen: {any: [{all: [{item: today_leg, includes: leg_swollen}, {item: today_leg, includes: fever_leg}]}, "
            "{all: [{item: today_leg, includes: leg_swollen}, {not: {item: today_leg, includes: fever_leg}}]}]}\n"
        },
        {"leg_swollen": "does not find everybody any more"},
    ),
    "a finding that others build on": (
        {
            ADRENAL: "id: ill_adrenal_picture\nwhen: {at_least: 4, of: [{item: ill_signs, includes: salt_craving}, "
            "{item: ill_signs, includes: dark_skin}, {item: ill_signs, includes: dizzy_standing}, {item: ill_signs, includes: very_tired}]}\n"
        },
        {"ill_adrenal_picture": "does not find everybody any more", "ill_adrenal_vomiting": "does not find everybody any more (because of ill_adrenal_picture)"},
    ),
    "a guard that asks for an answer first": (
        {
            ALCOHOL: "id: alcohol_less\nguards:\n"
            "  - {why: You drink a lot., block_when: {all: [{answered: age}, {any: [{item: drinks_food, includes: alcohol_heavy}, "
            "{item: withdrawal_signs, includes_any: [shakes_sweats, muddled_fit]}]}]}}\n"
            "  - {why: With liver scarring ask first., block_when: {item: conditions, includes: liver}}\n"
            "  - {why: In pregnancy none is safe., block_when: {item: pregnancy, is_any: [under_20, over_20, weeks_unknown, maybe]}}\n"
        },
        {"alcohol_less": "does not hold back everybody any more"},
    ),
    "a block that only cautions": (
        {
            ALCOHOL: "id: alcohol_less\nguards:\n"
            "  - {why: You drink a lot., caution_when: {any: [{item: drinks_food, includes: alcohol_heavy}, "
            "{item: withdrawal_signs, includes_any: [shakes_sweats, muddled_fit]}]}}\n"
            "  - {why: With liver scarring ask first., block_when: {item: conditions, includes: liver}}\n"
            "  - {why: In pregnancy none is safe., block_when: {item: pregnancy, is_any: [under_20, over_20, weeks_unknown, maybe]}}\n"
        },
        {"alcohol_less": "does not hold back everybody any more"},
    ),
    "advice offered to more people": (
        {ALCOHOL: "id: alcohol_less\noffer_when: {item: drinks_food, includes_any: [alcohol_over_14, cola]}\n"},
        {"alcohol_less": "is offered to more people"},
    ),
    "a warning for fewer people": (
        {"advice/never_quinine.yaml": "id: never_quinine\noffer_when: {item: age, at_least: 60}\n"},
        {"never_quinine": "is not shown to everybody any more"},
    ),
    "a warning that is advice now": (
        {"advice/never_quinine.yaml": "id: never_quinine\nkind: try\n"},
        {"never_quinine": "“kind” must stay"},
    ),
    "a warning that is shown less": (
        {"advice/never_quinine.yaml": "id: never_quinine\nshown_at: [self_care]\n"},
        {"never_quinine": "“shown_at” may lose nothing"},
    ),
    "advice at a level for help": (
        {ALCOHOL: "id: alcohol_less\nshown_at: [same_day, routine, self_care]\n"},
        {"alcohol_less": "“shown_at” must stay"},
    ),
    "what an emergency tells people to do": (
        {"red_flags/ill_adrenal_vomiting.yaml": "id: ill_adrenal_vomiting\ndo_now: Have a cup of tea and lie down.\n"},
        {"ill_adrenal_vomiting": "“do_now” must stay"},
    ),
    "an emergency for someone else": (
        {"other_person.yaml": "instead:\n  - {you: Ring your emergency number now., they: Let them sleep.}\n"},
        {"ill_adrenal_vomiting": "“do_now” must stay"},
    ),
    "who is another person": (
        {"other_person.yaml": "when: {item: about, is: child}\n"},
        {"other_person": "“when” must stay"},
    ),
    "an emergency question that is not read back": (
        {"items/emergency.yaml": "items:\n  - {id: emergency_legs, read_back: false, red_flag: false, optional: true}\n"},
        {"emergency_legs": "“read_back” may only be turned on"},
    ),
    "another unit": (
        {"items/who.yaml": "items:\n  - {id: age, unit: months}\n"},
        {"age": "“unit” must stay"},
    ),
    "a way out of a choice": (
        {
            "items/who.yaml": "items:\n  - id: sex\n    options:\n      - {code: female, text: A woman}\n"
            "      - {code: male, text: A man}\n      - {code: other, text: Neither}\n      - {code: skip_it, text: I skip this}\n"
        },
        {"sex": "“options” may get no new answer"},
    ),
    "an emergency that is certain only once another question is answered": (
        {
            "red_flags/chest_breath.yaml": "id: chest_breath\nwhen: {any: [{all: [{item: emergency_head, includes_any: [chest_pain, breath_blood, blackout]}, "
            "{answered: mood}]}, {all: [{item: emergency_head, includes_any: [chest_pain, breath_blood, blackout]}, {not: {answered: mood}}]}]}\n"
            "examples: {fires: [{emergency_head: [chest_pain], mood: ok}], silent: [{emergency_head: []}]}\n"
        },
        {"chest_breath": "is certain only after more questions"},
    ),
    "a warning that a guard switches off": (
        {
            "advice/never_quinine.yaml": "id: never_quinine\nguards: [{why: Ask a pharmacist first., "
            "block_when: {any: [{item: age, at_least: 1}, {item: sex, is: female}]}}]\n"
            "examples: {fires: [{age: 0}], silent: [{age: 1}]}\n"
        },
        {"never_quinine": "is not shown to everybody any more"},
    ),
    "help that stands against a hazard": (
        {"advice/alcohol_with_help.yaml": "id: alcohol_with_help\nstatus: retired\n"},
        {"alcohol_with_help": "“status” must stay"},
    ),
    "help that is shown less": (
        {"advice/medicine_review.yaml": "id: medicine_review\nshown_at: [self_care]\n"},
        {"medicine_review": "“shown_at” must stay"},
    ),
    "help for fewer people": (
        {
            "advice/alcohol_with_help.yaml": "id: alcohol_with_help\n"
            "offer_when: {all: [{item: drinks_food, includes: alcohol_heavy}, {item: age, at_least: 110}]}\n"
            "examples: {fires: [{drinks_food: [alcohol_heavy], age: 110}], silent: [{drinks_food: []}]}\n"
        },
        {"alcohol_with_help": "is not shown to everybody any more"},
    ),
    "help that a guard switches off": (
        {
            "advice/sleep_night_safety.yaml": "id: sleep_night_safety\n"
            "guards: [{block_when: {answered: age}, why: We tell this at the desk.}]\n"
        },
        {"sleep_night_safety": "is not shown to everybody any more"},
    ),
    "a theory that stands against a hazard": (
        {"theories/potassium_lack.yaml": "id: potassium_lack\nwhen: {item: age, at_least: 110}\n"},
        {"potassium_lack": "“when” must stay"},
    ),
    "a doubt that is raised only after another question": (
        {
            "red_flags/head_hit_thinner.yaml": "id: head_hit_thinner\nwhen: {all: [{item: also_feelings, includes: fall}, "
            "{item: fall_details, includes: head_two_days}, {any: [{all: [{item: blood_thinner, is: yes}, {answered: blood_thinner}]}, "
            "{all: [{item: blood_thinner, is: yes}, {item: effect, is_any: [none, wakes_me]}]}, "
            "{all: [{item: blood_thinner, is: yes}, {item: effect, is_any: [spoils_some, spoils_many]}]}]}]}\n"
        },
        {"head_hit_thinner": "is certain only after more questions"},
    ),
    "a warning that comes only after another question": (
        {
            "advice/never_quinine.yaml": "id: never_quinine\noffer_when: {any: [{all: [{answered: age}, {answered: effect}]}, "
            "{all: [{answered: age}, {not: {answered: effect}}]}, {all: [{answered: feel}, {answered: effect}]}, "
            "{all: [{answered: feel}, {not: {answered: effect}}]}]}\n"
        },
        {"never_quinine": "is certain only after more questions"},
    ),
    "some levels for others": (
        {"advice/sleep_night_safety.yaml": "id: sleep_night_safety\nshown_at: [same_day, self_care]\n"},
        {"sleep_night_safety": "“shown_at” must stay"},
    ),
    "numbers that nobody can have": (
        {"items/who.yaml": "items:\n  - {id: age, range: {min: 0, max: 1000}}\n"},
        {"age": "“range” must stay"},
    ),
    "a guard that a medicine of the clinic's own lifts": (
        {
            "medicines.yaml": "classes:\n  - {id: house_tea, title: Our own tea}\nmedicines:\n"
            "  - {generic: our house tea, classes: [house_tea]}\n",
            "advice/food_plants.yaml": "id: food_plants\nguards:\n"
            "  - {why: Weak kidneys., block_when: {all: [{any: [{item: kidneys, is_any: [weak, dialysis, transplant]}, "
            "{item: drinks_food, includes: limits}]}, {not: {takes: house_tea}}]}}\n"
            "  - {why: Warfarin., block_when: {takes: warfarin_type}}\n"
            "  - {why: Eating., block_when: {any: [{item: conditions, includes_any: [bowel_stoma, eating]}, "
            "{item: drinks_food, includes: little_food}]}}\n"
            "  - {why: Potassium., caution_when: {takes: raises_potassium}}\n"
            "  - {why: Nuts., caution_when: {item: age, below: 5}}\n",
        },
        {"food_plants": "does not hold back everybody any more (because of house_tea, our house tea)"},
    ),
    "names that may mean another medicine": (
        {
            "medicines.yaml": "medicines:\n"
            "  - {generic: calming herbal drops, brands: [predn, warfa], classes: [other]}\n"  # the beginning of one
            "  - {generic: ramipril+digoxin, classes: [ace_inhibitor]}\n"  # holds two
            "  - {generic: warfarin 5 mg, classes: [beta_blocker]}\n"  # holds one
            "  - {generic: clinic warfarin, classes: [beta_blocker]}\n"  # ends with one
            "  - {generic: bisoprolol, brands: [warfrin]}\n"  # a slip of one
            "  - {generic: water tablets, classes: [other]}\n"  # many
        },
        {
            "calming herbal drops": "“predn”, which may mean prednis",
            "ramipril+digoxin": "which may mean",
            "warfarin 5 mg": "which may mean warfarin",
            "clinic warfarin": "which may mean warfarin",
            "bisoprolol": "“warfrin”, which may mean warfarin",
            "water tablets": "by which people mean other medicines too",
        },
    ),
    **PLAIN_ATTACKS,
}  # fmt: skip
