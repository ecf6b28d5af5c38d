"""Ways to be less careful that are plain to see: less urgent, withdrawn, for fewer people, or new and unguarded."""

from __future__ import annotations

SWOLLEN = "red_flags/leg_swollen.yaml"
ALCOHOL = "advice/alcohol_less.yaml"

# What is written, and the parts that must be named with the way.
PLAIN_ATTACKS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
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
