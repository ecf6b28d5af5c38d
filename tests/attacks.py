"""Ways in which a clinic's rules could be less careful without a word."""

from __future__ import annotations

SWOLLEN = "red_flags/leg_swollen.yaml"
ADRENAL = "red_flags/ill_adrenal_picture.yaml"
ALCOHOL = "advice/alcohol_less.yaml"
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
    "a new page that hides an emergency": (
        {
            "red_flags/all_is_well.yaml": "id: all_is_well\ntitle: You have an age\nstatus: active\ndisposition: same_day\n"
            "if_unsure: self_care\nevidence: plausible\nwhen: {item: age, at_least: 1}\nbecause: It is so.\nclinician: Age.\n"
            "do_now: Read this.\nown_page: {label: All is well, within: Some day, place: Anywhere}\n"
            "sources: [panel_review_2026]\nreviewed_on: 2026-11-24\n"
            "examples: {fires: [{age: 1}], silent: [{age: 0}]}\n"
        },
        {"all_is_well": "a page of its own (own_page), which hides all others"},
    ),
    "advice at once that nobody can judge": (
        {
            "advice/front_door.yaml": "id: front_door\ntitle: While you wait\nstatus: active\nkind: try\nevidence: plausible\n"
            "offer_when: {item: effect, is: wakes_me}\ntext: Drive yourself to our clinic.\nbecause: It is quicker.\n"
            "clinician: Told to drive.\nstop_rule: Stop if you feel worse.\nshown_at: [emergency]\n"
            "sources: [panel_review_2026]\nreviewed_on: 2026-11-24\n"
            "guards: [{why: It is far., block_when: {item: age, above: 100}}]\n"
            "examples: {fires: [{effect: wakes_me}], silent: [{effect: spoils_some}]}\n"
        },
        {"front_door": "for people who should seek help at once (emergency)"},
    ),
    "a less urgent level": (
        {"red_flags/headache_jaw_50.yaml": "id: headache_jaw_50\ndisposition: soon\nif_unsure: routine\n"},
        {"headache_jaw_50": "“disposition” may only be more urgent"},
    ),
    "a doubt that leads to less": (
        {"red_flags/chest_breath.yaml": "id: chest_breath\nif_unsure: self_care\n"},
        {"chest_breath": "“if_unsure” may only be more urgent"},
    ),
    "a red flag withdrawn": (
        {"red_flags/headache_jaw_50.yaml": "id: headache_jaw_50\nstatus: retired\n"},
        {"headache_jaw_50": "“status” must stay"},
    ),
    "another age": (
        {
            "red_flags/headache_jaw_50.yaml": "id: headache_jaw_50\nwhen: {all: [{item: nerve_signs, includes: headache_jaw},"
            " {item: age, at_least: 60}]}\nexamples: {fires: [{nerve_signs: [headache_jaw], age: 70}], silent: [{age: 20}]}\n"
        },
        {"headache_jaw_50": "does not find everybody any more"},
    ),
    "a guard left out": (
        {
            ALCOHOL: "id: alcohol_less\nguards: [{why: With liver scarring ask first., "
            "block_when: {item: conditions, includes: liver}}]\nexamples: {fires: [{drinks_food: [alcohol_over_14]}], "
            "silent: [{drinks_food: []}]}\n"
        },
        {"alcohol_less": "does not hold back everybody any more"},
    ),
    "a question for fewer people": (
        {"items/groups.yaml": "items:\n  - {id: pregnancy_signs, ask_when: {item: pregnancy, is: over_20}}\n"},
        {"pregnancy_signs": "is not asked of everybody any more"},
    ),
    "a question for the clinician's page that is asked of nobody": (
        {"items/page.yaml": "items:\n  - {id: worst_pain, ask_when: {item: age, at_least: 110}}\n"},
        {"worst_pain": "is not asked of everybody any more"},
    ),
    "advice withdrawn": ({"advice/relax.yaml": "id: relax\nstatus: retired\n"}, {"relax": "“status” must stay"}),
    "a warning withdrawn": (
        {"advice/never_quinine.yaml": "id: never_quinine\nstatus: retired\n"},
        {"never_quinine": "“status” must stay"},
    ),
    "fewer numbers": (
        {"items/follow_up.yaml": "items:\n  - {id: rls_days, range: {min: 0, max: 5}}\n"},
        {"rls_days": "“range” must stay"},
    ),
    "a medicine that counts for something else": (
        {"medicines.yaml": "medicines:\n  - {generic: furosemide, classes: [statin]}\n"},
        {"furosemide": "“classes” may lose nothing"},
    ),
    "a class that is in no group any more": (
        {"medicines.yaml": "classes:\n  - {id: loop_diuretic, in_groups: []}\n"},
        {"loop_diuretic": "“in_groups” must stay"},
    ),
    "a hazard made small": (
        {"hazards.yaml": "hazards:\n  - {id: H01, severity: minor}\n"},
        {"H01": "“severity” must stay"},
    ),
    "a claim that is true now": (
        {"claims.yaml": "contradictions:\n  - {id: X1, resolved: All is well.}\n"},
        {"X1": "“resolved” must stay"},
    ),
    "a source that says something else": (
        {"sources.yaml": "sources:\n  - {id: panel_review_2026, citation: Our own desk.}\n"},
        {"panel_review_2026": "“citation” must stay"},
    ),
    "a card that names fewer sources": (
        {ALCOHOL: "id: alcohol_less\nsources: [panel_review_2026]\n"},
        {"alcohol_less": "“sources” may lose nothing"},
    ),
    "better evidence": (
        {ALCOHOL: "id: alcohol_less\nevidence: supported\n"},
        {"alcohol_less": "“evidence” must stay"},
    ),
    "a warning at the end of the list": (
        {"advice/never_quinine.yaml": "id: never_quinine\nrank: 999\n"},
        {"never_quinine": "“rank” must stay"},
    ),
    "an ordinary red flag that hides all others": (
        {SWOLLEN: "id: leg_swollen\nown_page: {label: All is well, within: Some day, place: Anywhere}\n"},
        {"leg_swollen": "“own_page” must stay"},
    ),
    "an answer that the clinician does not see": (
        {"items/today.yaml": "items:\n  - id: today_leg\n    options:\n      - {code: leg_swollen, private: true}\n"},
        {"today_leg, leg_swollen": "“private” must stay"},
    ),
    "what a healthy person would answer": (
        {"items/today.yaml": "items:\n  - {id: today_leg, usual: [leg_swollen]}\n"},
        {"today_leg": "“usual” must stay"},
    ),
    "new advice that nothing holds back": (
        {
            "advice/salt.yaml": "id: salt\ntitle: More salt\nstatus: active\nkind: try\nevidence: contested\n"
            "offer_when: {item: effect, is: wakes_me}\ntext: Try a spoon of salt.\nbecause: Some say it helps.\nclinician: Salt tried.\n"
            "stop_rule: Stop if your legs swell.\nshown_at: [emergency]\nsources: [panel_review_2026]\nreviewed_on: 2026-11-24\n"
            "examples: {fires: [{effect: wakes_me}], silent: [{effect: spoils_some}]}\n"
        },
        {"salt": "is new advice to try that no guard holds back"},
    ),
}  # fmt: skip
