"""Ways in which a clinic's rules could be less careful without a word: each is named."""

from __future__ import annotations

import pytest
from clinic import FRAME, Write, loose, signed

from triage.overlays.signatures import loosened
from triage.overlays.words import reworded
from triage.problems import Invalid
from triage.rulebook.load import load
from triage.rulebook.rulebook import Rulebook
from triage.workbench.lint import inspect

SWOLLEN = "red_flags/leg_swollen.yaml"
ADRENAL = "red_flags/ill_adrenal_picture.yaml"
ALCOHOL = "advice/alcohol_less.yaml"
FIRES = "examples: {fires: [{today: [leg_swollen], age: 50}], silent: [{today: []}]}\n"

# What is written, and the parts that must be named with the way.
ATTACKS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "only if the age is known": (
        {SWOLLEN: f"id: leg_swollen\nwhen: {{all: [{{item: today, includes: leg_swollen}}, {{answered: age}}]}}\n{FIRES}"},
        {"leg_swollen": "condition"},
    ),
    "a yes with a doubt beside it becomes a doubt": (
        {
            SWOLLEN: "id: leg_swollen\nwhen: {any: [{all: [{item: today, includes: leg_swollen}, {item: today, includes: foot_drag}]}, "
            "{all: [{item: today, includes: leg_swollen}, {not: {item: today, includes: foot_drag}}]}]}\n"
        },
        {"leg_swollen": "condition"},
    ),
    "who was not sure is sure now": (
        {
            SWOLLEN: "id: leg_swollen\nwhen: {any: [{item: today, includes: leg_swollen}, "
            "{all: [{item: today, includes: leg_swollen}, {answered: age}]}]}\n"
        },
        {},
    ),
    "a finding that others build on": (
        {
            ADRENAL: "id: ill_adrenal_picture\nwhen: {at_least: 4, of: [{item: ill_signs, includes: salt_craving}, "
            "{item: ill_signs, includes: dark_skin}, {item: ill_signs, includes: dizzy_standing}, {item: ill_signs, includes: very_tired}]}\n"
        },
        {"ill_adrenal_picture": "condition", "ill_adrenal_vomiting": "condition"},
    ),
    "a guard that asks for an answer first": (
        {
            ALCOHOL: "id: alcohol_less\nguards:\n"
            "  - {why: You drink a lot., block_when: {all: [{answered: age}, {any: [{item: drinks_food, includes: alcohol_heavy}, "
            "{item: withdrawal_signs, includes_any: [shakes_sweats, muddled_fit]}]}]}}\n"
            "  - {why: With liver scarring ask first., block_when: {item: conditions, includes: liver}}\n"
            "  - {why: In pregnancy none is safe., block_when: {item: pregnancy, is_any: [under_20, over_20, weeks_unknown, maybe]}}\n"
        },
        {"alcohol_less": "guards"},
    ),
    "a block that only cautions": (
        {
            ALCOHOL: "id: alcohol_less\nguards:\n"
            "  - {why: You drink a lot., caution_when: {any: [{item: drinks_food, includes: alcohol_heavy}, "
            "{item: withdrawal_signs, includes_any: [shakes_sweats, muddled_fit]}]}}\n"
            "  - {why: With liver scarring ask first., block_when: {item: conditions, includes: liver}}\n"
            "  - {why: In pregnancy none is safe., block_when: {item: pregnancy, is_any: [under_20, over_20, weeks_unknown, maybe]}}\n"
        },
        {"alcohol_less": "guards"},
    ),
    "advice offered to more people": (
        {ALCOHOL: "id: alcohol_less\noffer_when: {item: drinks_food, includes_any: [alcohol_over_14, cola]}\n"},
        {"alcohol_less": "condition"},
    ),
    "a warning for fewer people": (
        {"advice/never_quinine.yaml": "id: never_quinine\noffer_when: {item: age, at_least: 60}\n"},
        {"never_quinine": "condition"},
    ),
    "a warning that is advice now": (
        {"advice/never_quinine.yaml": "id: never_quinine\nkind: try\n"},
        {"never_quinine": "kind"},
    ),
    "a warning that is shown less": (
        {"advice/never_quinine.yaml": "id: never_quinine\nshown_at: [self_care]\n"},
        {"never_quinine": "shown_at"},
    ),
    "advice at a level for help": (
        {ALCOHOL: "id: alcohol_less\nshown_at: [same_day, routine, self_care]\n"},
        {"alcohol_less": "shown_at"},
    ),
    "what an emergency tells people to do": (
        {"red_flags/ill_adrenal_vomiting.yaml": "id: ill_adrenal_vomiting\ndo_now: Have a cup of tea and lie down.\n"},
        {"ill_adrenal_vomiting": "words"},
    ),
    "an emergency for someone else": (
        {"other_person.yaml": "instead:\n  - {you: Ring your emergency number now., they: Let them sleep.}\n"},
        {"ill_adrenal_vomiting": "words"},
    ),
    "who is another person": (
        {"other_person.yaml": "when: {item: about, is: child}\n"},
        {"other_person": "words"},
    ),
    "an emergency question that is not read back": (
        {"items/emergency.yaml": "items:\n  - {id: emergency_now, read_back: false, red_flag: false, optional: true}\n"},
        {"emergency_now": "asked"},
    ),
    "another unit": (
        {"items/who.yaml": "items:\n  - {id: age, unit: months}\n"},
        {"age": "asked"},
    ),
    "a way out of a choice": (
        {
            "items/who.yaml": "items:\n  - id: sex\n    options:\n      - {code: female, text: A woman}\n"
            "      - {code: male, text: A man}\n      - {code: other, text: Neither}\n      - {code: skip_it, text: I skip this}\n"
        },
        {"sex": "asked"},
    ),
    "an emergency that is certain only once another question is answered": (
        {
            "red_flags/chest_breath.yaml": "id: chest_breath\nwhen: {any: [{all: [{item: emergency_now, includes: chest_breath}, "
            "{answered: mood}]}, {all: [{item: emergency_now, includes: chest_breath}, {not: {answered: mood}}]}]}\n"
            "examples: {fires: [{emergency_now: [chest_breath], mood: ok}], silent: [{emergency_now: []}]}\n"
        },
        {"chest_breath": "condition"},
    ),
    "a warning that a guard switches off": (
        {
            "advice/never_quinine.yaml": "id: never_quinine\nguards: [{why: Ask a pharmacist first., "
            "block_when: {any: [{item: age, at_least: 1}, {item: sex, is: female}]}}]\n"
            "examples: {fires: [{age: 0}], silent: [{age: 1}]}\n"
        },
        {"never_quinine": "condition"},
    ),
    "help that stands against a hazard": (
        {"advice/alcohol_with_help.yaml": "id: alcohol_with_help\nstatus: retired\n"},
        {"alcohol_with_help": "status"},
    ),
    "help that is shown less": (
        {"advice/medicine_review.yaml": "id: medicine_review\nshown_at: [self_care]\n"},
        {"medicine_review": "shown_at"},
    ),
    "help for fewer people": (
        {
            "advice/alcohol_with_help.yaml": "id: alcohol_with_help\n"
            "offer_when: {all: [{item: drinks_food, includes: alcohol_heavy}, {item: age, at_least: 110}]}\n"
            "examples: {fires: [{drinks_food: [alcohol_heavy], age: 110}], silent: [{drinks_food: []}]}\n"
        },
        {"alcohol_with_help": "condition"},
    ),
    "help that a guard switches off": (
        {
            "advice/sleep_night_safety.yaml": "id: sleep_night_safety\n"
            "guards: [{block_when: {answered: age}, why: We tell this at the desk.}]\n"
        },
        {"sleep_night_safety": "condition"},
    ),
    "a theory that stands against a hazard": (
        {"theories/potassium_lack.yaml": "id: potassium_lack\nwhen: {item: age, at_least: 110}\n"},
        {"potassium_lack": "condition"},
    ),
    "a doubt that is raised only after another question": (
        {
            "red_flags/head_hit_thinner.yaml": "id: head_hit_thinner\nwhen: {all: [{item: also_feelings, includes: fall}, "
            "{item: fall_details, includes: head_two_days}, {any: [{all: [{item: blood_thinner, is: yes}, {answered: blood_thinner}]}, "
            "{all: [{item: blood_thinner, is: yes}, {item: effect, is_any: [none, wakes_me]}]}, "
            "{all: [{item: blood_thinner, is: yes}, {item: effect, is_any: [spoils_some, spoils_many]}]}]}]}\n"
        },
        {"head_hit_thinner": "condition"},
    ),
    "a warning that comes only after another question": (
        {
            "advice/never_quinine.yaml": "id: never_quinine\noffer_when: {any: [{all: [{answered: age}, {answered: effect}]}, "
            "{all: [{answered: age}, {not: {answered: effect}}]}, {all: [{answered: feel}, {answered: effect}]}, "
            "{all: [{answered: feel}, {not: {answered: effect}}]}]}\n"
        },
        {"never_quinine": "condition"},
    ),
    "some levels for others": (
        {"advice/sleep_night_safety.yaml": "id: sleep_night_safety\nshown_at: [same_day, self_care]\n"},
        {"sleep_night_safety": "shown_at"},
    ),
    "numbers that nobody can have": (
        {"items/who.yaml": "items:\n  - {id: age, range: {min: 0, max: 1000}}\n"},
        {"age": "asked"},
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
        {"food_plants": "guards"},
    ),
    "the beginning of another name": (
        {"medicines.yaml": "medicines:\n  - {generic: calming herbal drops, brands: [predn, warfa], classes: [other]}\n"},
        {"calming herbal drops": "medicine"},
    ),
    "a name that holds two others": (
        {"medicines.yaml": "medicines:\n  - {generic: ramipril+digoxin, classes: [ace_inhibitor]}\n"},
        {"ramipril+digoxin": "medicine"},
    ),
    "a name that holds another": (
        {"medicines.yaml": "medicines:\n  - {generic: warfarin 5 mg, classes: [beta_blocker]}\n"},
        {"warfarin 5 mg": "medicine"},
    ),
    "a name in front of another": (
        {"medicines.yaml": "medicines:\n  - {generic: clinic warfarin, classes: [beta_blocker]}\n"},
        {"clinic warfarin": "medicine"},
    ),
    "a slip of another name": (
        {"medicines.yaml": "medicines:\n  - {generic: bisoprolol, brands: [warfrin]}\n"},
        {"bisoprolol": "medicine"},
    ),
    "new advice that nothing holds back": (
        {
            "advice/salt.yaml": "id: salt\ntitle: More salt\nstatus: active\nkind: try\nevidence: contested\n"
            "offer_when: {item: effect, is: wakes_me}\ntext: Try a spoon of salt.\nbecause: Some say it helps.\nclinician: Salt tried.\n"
            "stop_rule: Stop if your legs swell.\nshown_at: [emergency]\nsources: [panel_review_2026]\nreviewed_on: 2026-11-24\n"
            "examples: {fires: [{effect: wakes_me}], silent: [{effect: spoils_some}]}\n"
        },
        {"salt": "shown_at, guards"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_less_care_is_named(clinic: Write, rulebook: Rulebook, attack: str) -> None:
    files, expected = ATTACKS[attack]
    where = {f"items/{name}": rulebook.items[item].section for name, item in (("emergency.yaml", "emergency_now"), ("who.yaml", "age"))}  # fmt: skip
    folder = clinic({f"items/{where[n]}.yaml" if n in where else n: text for n, text in files.items()})
    named = loose(folder)
    for part, ways in expected.items():
        assert f"what: [{ways}]" in named[part].fix, named[part].fix
    if not expected:
        assert named == {}


def test_signing_for_a_finding_does_not_sign_for_what_builds_on_it(clinic: Write) -> None:
    files = ATTACKS["a finding that others build on"][0]
    named = loose(clinic(files))
    assert "(because of ill_adrenal_picture)" in named["ill_adrenal_vomiting"].message
    assert named["ill_adrenal_vomiting"].place.file == ADRENAL
    left = loose(clinic(files, signed([named["ill_adrenal_picture"]])))
    assert list(left) == ["ill_adrenal_vomiting"]


def test_a_medicine_that_loses_its_class_is_named_with_all_that_ask_for_it(clinic: Write) -> None:
    named = loose(clinic({"medicines.yaml": "medicines:\n  - {generic: warfarin, classes: [statin]}\n"}))
    assert "does not count as" in named["warfarin"].message
    others = [problem.message for part, problem in named.items() if part != "warfarin"]
    assert others
    assert all("(because of " in message and "medicines" in message for message in others)
    assert all("warfarin" in message.split("for example")[1] for message in others)


def test_danger_signs_stay_danger_signs(clinic: Write, rulebook: Rulebook) -> None:
    """A section of them made background would let a medicine that is not in the list count for less."""
    sections = [
        f"  - {{id: {s.id}, title: {s.title!r}, background: {str(s.background or s.id == 'today').lower()}}}"
        for s in rulebook.frame.sections
    ]
    problems = loosened(load(clinic(frame=f"{FRAME}sections:\n{chr(10).join(sections)}\n")))
    assert [
        "no danger signs by themselves any more (today)" in problem.message for problem in problems
    ] == [True]


def test_how_medicines_are_read_cannot_be_changed_by_a_clinic(clinic: Write) -> None:
    folder = clinic({"medicine_words.yaml": "fillers: [warfarin, lithium]\n"}, frame=FRAME)
    with pytest.raises(Invalid) as refused:
        load(folder)
    assert [problem.code for problem in refused.value.problems] == ["file-name"]


def test_sections_keep_their_order(clinic: Write, rulebook: Rulebook) -> None:
    sections = [
        f"  - {{id: {section.id}, title: {section.title!r}}}" for section in rulebook.frame.sections
    ]
    moved = "\n".join([*sections[1:], sections[0]])
    (problem,) = loosened(load(clinic(frame=f"{FRAME}sections:\n{moved}\n")))[:1]
    assert "“sections”" in problem.message


def test_more_care_and_other_words_need_no_signature(clinic: Write, rulebook: Rulebook) -> None:
    files = {
        SWOLLEN: "id: leg_swollen\ndo_now: Ring our desk today.\nif_unsure: same_day\n"
        "when: {item: today, includes_any: [leg_swollen, red_hot_patch]}\n"
        "examples: {fires: [{today: [leg_swollen]}], silent: [{today: []}]}\n",
        ALCOHOL: "id: alcohol_less\ntext: Drink less.\nstatus: active\n",
        "medicines.yaml": "medicines:\n  - {generic: bisoprolol, brands: [Cardizorro]}\n"
        "  - {generic: newpril, classes: [beta_blocker]}\n",
    }  # fmt: skip
    folder = clinic(files)
    assert loose(folder) == {}
    listed = {(one.part, one.key): (one.before, one.after) for one in reworded(load(folder))}
    assert listed["leg_swollen", "do_now"][1] == "Ring our desk today."
    assert listed["leg_swollen", "do_now"][0].startswith("Speak to a clinician today")
    assert listed["leg_swollen", "when"][1].startswith("in “today” there is a tick")
    assert listed["alcohol_less", "text"][1] == "Drink less."
    assert listed["newpril", "new classes"] == ("", "beta_blocker")
    assert listed["newpril", "counts for"][1].startswith("nothing: ")
    assert listed["leg_swollen", "if_unsure"] == ("soon", "same_day")
    assert "Cardizorro" in listed["bisoprolol", "brands"][1]
    assert ("alcohol_less", "guards") not in listed


def test_every_other_word_is_listed(clinic: Write, rulebook: Rulebook) -> None:
    section = rulebook.items["age"].section
    files = {
        f"items/{section}.yaml": "items:\n  - id: sex\n    text: Man or woman?\n    options:\n"
        "      - {code: female, text: Madam}\n      - {code: male, text: Sir}\n      - {code: other, text: Else}\n",
        "advice/alcohol_less.yaml": "id: alcohol_less\nguards:\n"
        "  - {why: Other words., block_when: {any: [{item: drinks_food, includes: alcohol_heavy}, {item: withdrawal_signs, "
        "includes_any: [shakes_sweats, muddled_fit]}]}}\n"
        "  - {why: Ask., block_when: {item: conditions, includes: liver}}\n"
        "  - {why: Ask her., block_when: {item: pregnancy, is_any: [under_20, over_20, weeks_unknown, maybe]}}\n",
        "hazards.yaml": "hazards:\n  - {id: H01, severity: minor}\n",
        "other_person.yaml": "instead:\n  - {you: Madam, they: The lady}\n",
    }  # fmt: skip
    folder = clinic(files)
    assert loose(folder) == {}
    keys = {(one.part, one.key) for one in reworded(load(folder))}
    assert keys >= {
        ("sex", "text"), ("sex", "options male text"), ("alcohol_less", "guards 1 why"), ("H01", "severity"),
        ("other_person", "Madam"),
    }  # fmt: skip


def test_a_new_part_is_listed_with_all_that_it_says(clinic: Write) -> None:
    files = {
        "advice/drink.yaml": "id: drink\ntitle: A drink\nstatus: active\nkind: try\nevidence: contested\nrank: 7\n"
        "offer_when: {item: effect, is: wakes_me}\ntext: Leave your tablets out.\nbecause: Some say so.\n"
        "clinician: Drink.\nstop_rule: Stop if you swell.\nshown_at: [self_care]\nsources: [panel_review_2026]\n"
        "guards: [{why: Too old., block_when: {all: [{item: age, above: 115}, {item: sex, is: male}]}}]\n"
        "reviewed_on: 2026-11-24\nexamples: {fires: [{effect: wakes_me}], silent: [{effect: spoils_some}]}\n",
        "items/who.yaml": "items:\n  - {id: post, section: who, type: choice, text: Near us?, why: To send a letter., summary: true,\n"
        "     before: On the next page leave that line out., usual: no,\n"
        "     options: [{code: yes, text: Yes}, {code: no, text: No}]}\n",
        "medicines.yaml": "medicines:\n  - {generic: calmol, brands: [cancer tablets], classes: [other]}\n",
        "advice/never_quinine.yaml": "id: never_quinine\nrank: 999\n",
        "claims.yaml": "contradictions:\n  - {id: X1, resolved: All is well.}\n",
    }  # fmt: skip
    listed = {(one.part, one.key): one.after for one in reworded(load(clinic(files)))}
    assert listed["drink", "new text"] == "Leave your tablets out."
    block = "(“age” is above 115 and “sex” is answered male)"
    assert listed["drink", "new guards 1 block_when"] == block
    assert listed["post", "new before"] == "On the next page leave that line out."
    assert listed["post", "new options yes text"] == "Yes"
    assert listed["calmol", "new brands"] == "cancer tablets"
    assert listed["never_quinine", "rank"] == "999"
    assert listed["X1", "resolved"] == "All is well."


def test_a_card_at_another_level_is_read_again_whole(clinic: Write, rulebook: Rulebook) -> None:
    """Raised to an emergency, it would still say “today, this evening at the latest”."""
    book = load(clinic({SWOLLEN: "id: leg_swollen\ndisposition: emergency\n"}))
    listed = {one.key: (one.before, one.after) for one in reworded(book)}
    assert listed["disposition"] == ("same_day", "emergency")
    (asked,) = [key for key in listed if key.startswith("do_now")]
    assert listed[asked] == ("", rulebook.cards["leg_swollen"].do_now)


def test_conditions_that_differ_only_in_their_brackets_do_not_read_alike(clinic: Write) -> None:
    a, b, c = ("{item: today, includes: leg_swollen}", "{item: age, above: 30}", "{item: sex, is: male}")
    seen = []
    for when in (f"{{all: [{a}, {{any: [{b}, {c}]}}]}}", f"{{all: [{a}, {{any: [{b}]}}, {c}]}}"):
        book = load(clinic({SWOLLEN: f"id: leg_swollen\nwhen: {when}\n{FIRES}"}))
        seen += [one.after for one in reworded(book) if one.key == "when"]
    assert seen[0] != seen[1]


def test_what_a_list_has_is_added_to(clinic: Write, rulebook: Rulebook) -> None:
    """A line more, a brand more, a telephone number: without writing the rest again."""
    files = {
        "items/today.yaml": "items:\n  - id: today\n    options:\n"
        "      - {code: purple, text: A purple toe, clinical_yes: Blue toe, clinical_no: No blue toe}\n"
        "      - {code: leg_swollen, text: One leg newly thicker than the other}\n",
        SWOLLEN: "id: leg_swollen\nwhen: {item: today, includes_any: [leg_swollen, purple]}\n",
        "medicines.yaml": "medicines:\n  - {generic: bisoprolol, brands: [Cardizorro]}\n",
        "other_person.yaml": f"instead:\n  - {{you: {rulebook.other_person.instead[0].you!r}, they: Other words}}\n",
    }  # fmt: skip
    frame = f"{FRAME}dispositions:\n  - {{code: self_care, place: Our clinic or your home}}\n"
    book = load(clinic(files, frame))
    assert book.items["today"].codes == (*rulebook.items["today"].codes, "purple")
    assert book.items["today"].option("leg_swollen").text == "One leg newly thicker than the other"
    assert book.medicines["bisoprolol"].brands == (*rulebook.medicines["bisoprolol"].brands, "Cardizorro")
    assert [d.code for d in book.frame.dispositions] == [d.code for d in rulebook.frame.dispositions]
    assert book.frame.dispositions[-1].place == "Our clinic or your home"
    assert book.frame.dispositions[-1].label == rulebook.frame.dispositions[-1].label
    assert len(book.other_person.instead) == len(rulebook.other_person.instead)
    assert book.other_person.instead[0].they == "Other words"


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("other_person.yaml", "instead:\n  - {you: a, they: b}\n  - {you: a, they: c}\n", "“a” stands twice"),
        ("items/who.yaml", "items:\n  - {id: age, help: One.}\n  - {id: age, help: Two.}\n", "“age” stands twice"),
    ],
)  # fmt: skip
def test_what_stands_twice_is_said(clinic: Write, file: str, text: str, said: str) -> None:
    found = [p for p in inspect(clinic({file: text}))[1] if p.code == "duplicate-id"]
    assert [(p.place.file, p.place.line) for p in found] == [(file, 3)]
    assert said in found[0].message


def test_a_stricter_medicine_is_no_looser_advice(clinic: Write) -> None:
    """Metamizole counted as an NSAID: more people are sent to the pharmacist."""
    named = loose(
        clinic({"medicines.yaml": "medicines:\n  - {generic: metamizole, classes: [nsaid, other]}\n"})
    )
    assert named == {}


def test_both_halves_of_other_levels_are_told(clinic: Write) -> None:
    (problem,) = loose(clinic(ATTACKS["some levels for others"][0])).values()
    assert "is shown at same_day too" in problem.message
    assert "is not shown at soon, routine any more" in problem.message


def test_a_whole_number_has_no_fraction(clinic: Write) -> None:
    """75.0000001 would read as 75 and leave out everybody of 75."""
    when = "when: {all: [{item: age, at_least: 60.0000001}, {item: began, is_any: [two_weeks, three_months]}]}\n"
    found = inspect(clinic({"red_flags/first_after_60.yaml": f"id: first_after_60\n{when}"}))[1]
    assert [(p.code, p.place.line) for p in found] == [("wrong-test", 2)]
    assert "60.0000001" in found[0].message


def test_the_name_of_a_medicine_is_known_however_it_is_written(clinic: Write, rulebook: Rulebook) -> None:
    book = load(clinic({"medicines.yaml": "medicines:\n  - {generic: Atorvastatin, brands: [Ourtor]}\n"}))
    assert list(book.medicines) == list(rulebook.medicines)
    assert book.medicines["atorvastatin"].brands[-1] == "Ourtor"


def test_a_question_file_without_its_first_line(clinic: Write) -> None:
    found = inspect(clinic({"items/today.yaml": "id: today\nhelp: Words.\n"}))[1]
    assert {p.code for p in found} == {"unknown-key"}
    assert all("Start the file with “items:”" in p.fix for p in found)


def test_what_was_signed_is_still_shown_and_so_is_what_it_replaced(
    clinic: Write, rulebook: Rulebook
) -> None:
    frame = f"{FRAME}always: [These are your answers. This tool is mostly right.]\n"
    (problem,) = loose(clinic(frame=frame)).values()
    assert "in place of “These are your answers, not an examination." in problem.message
    (listed,) = reworded(load(clinic(frame=frame)))
    assert (listed.key, listed.after) == ("always", "These are your answers. This tool is mostly right.")


def test_a_section_in_between_is_shown(clinic: Write, rulebook: Rulebook) -> None:
    sections = [f"  - {{id: {one.id}, title: {one.title!r}}}\n" for one in rulebook.frame.sections]
    frame = f"{FRAME}sections:\n{sections[0]}  - {{id: club, title: Our club}}\n{''.join(sections[1:])}"
    listed = {one.key: one.after for one in reworded(load(clinic(frame=frame)))}
    assert listed["order of sections"].startswith("emergency, club, ")


def test_letters_that_nobody_sees_are_refused(clinic: Write) -> None:
    for text in ("title: One leg\u200b newly swollen", 'title: "One leg \\u202enewly swollen"'):
        found = inspect(clinic({SWOLLEN: f"id: leg_swollen\n{text}\n"}))[1]
        assert [(p.code, p.place.file, p.place.line) for p in found] == [("not-text", SWOLLEN, 2)]
    nameless = 'medicines:\n  - {generic: "!!!", classes: [statin]}\n'
    problem = inspect(clinic({"medicines.yaml": nameless, SWOLLEN: "id: leg_swollen\n"}))[1][0]
    assert (problem.code, problem.message) == ("bad-value", "“!!!” is no name of a medicine")
