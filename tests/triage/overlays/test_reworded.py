"""What a second person must read of a clinic's folder: other words, and new parts."""

from __future__ import annotations

from clinic.folder import FRAME, Write, refused

from triage.overlays.reworded import reworded
from triage.rulebook.load import load
from triage.rulebook.rulebook import Rulebook

SWOLLEN = "red_flags/leg_swollen.yaml"
ALCOHOL = "advice/alcohol_less.yaml"
FIRES = "examples: {fires: [{today_leg: [leg_swollen], age: 50}], silent: [{today_leg: []}]}\n"


def test_more_care_and_other_words_are_allowed_and_listed(clinic: Write, rulebook: Rulebook) -> None:
    files = {
        SWOLLEN: "id: leg_swollen\ndo_now: Ring our desk today.\nif_unsure: same_day\n"
        "when: {item: today_leg, includes_any: [leg_swollen, red_hot_patch]}\n"
        "examples: {fires: [{today_leg: [leg_swollen]}], silent: [{today_leg: []}]}\n",
        ALCOHOL: "id: alcohol_less\ntext: Drink less.\nstatus: active\n",
        "medicines.yaml": "medicines:\n  - {generic: bisoprolol, brands: [Cardizorro]}\n"
        "  - {generic: newpril, classes: [beta_blocker]}\n",
    }  # fmt: skip
    folder = clinic(files)
    assert refused(folder) == {}
    listed = {(one.part, one.key): (one.before, one.after) for one in reworded(load(folder))}
    assert listed["leg_swollen", "do_now"][1] == "Ring our desk today."
    assert listed["leg_swollen", "do_now"][0].startswith("Speak to a clinician today")
    assert listed["leg_swollen", "when"][1].startswith("in “today_leg” there is a tick")
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
        "hazards.yaml": "hazards:\n  - {id: H99, hazard: Our lift is out of order., harm: People go home., severity: minor, "
        "cause: It is old., controls: [{card: leg_swollen}], left: Nothing., reviewed_on: 2026-11-24}\n",
        "other_person.yaml": "instead:\n  - {you: Madam, they: The lady}\n",
    }  # fmt: skip
    folder = clinic(files)
    assert refused(folder) == {}
    keys = {(one.part, one.key) for one in reworded(load(folder))}
    assert keys >= {
        ("sex", "text"), ("sex", "options male text"), ("alcohol_less", "guards 1 why"), ("H99", "new severity"),
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
    }  # fmt: skip
    listed = {(one.part, one.key): one.after for one in reworded(load(clinic(files)))}
    assert listed["drink", "new text"] == "Leave your tablets out."
    block = "(“age” is above 115 and “sex” is answered male)"
    assert listed["drink", "new guards 1 block_when"] == block
    assert listed["post", "new before"] == "On the next page leave that line out."
    assert listed["post", "new options yes text"] == "Yes"
    assert listed["calmol", "new brands"] == "cancer tablets"


def test_a_card_at_another_level_is_read_again_whole(clinic: Write, rulebook: Rulebook) -> None:
    """Raised to an emergency, it would still say “today, this evening at the latest”."""
    book = load(clinic({SWOLLEN: "id: leg_swollen\ndisposition: emergency\n"}))
    listed = {one.key: (one.before, one.after) for one in reworded(book)}
    assert listed["disposition"] == ("same_day", "emergency")
    (asked,) = [key for key in listed if key.startswith("do_now")]
    assert listed[asked] == ("", rulebook.cards["leg_swollen"].do_now)


def test_conditions_that_differ_only_in_their_brackets_do_not_read_alike(clinic: Write) -> None:
    a, b, c = (
        "{item: today_leg, includes: leg_swollen}",
        "{item: age, above: 30}",
        "{item: sex, is: male}",
    )
    seen = []
    for when in (f"{{all: [{a}, {{any: [{b}, {c}]}}]}}", f"{{all: [{a}, {{any: [{b}]}}, {c}]}}"):
        book = load(clinic({SWOLLEN: f"id: leg_swollen\nwhen: {when}\n{FIRES}"}))
        seen += [one.after for one in reworded(book) if one.key == "when"]
    assert seen[0] != seen[1]


def test_a_section_in_between_is_shown(clinic: Write, rulebook: Rulebook) -> None:
    sections = [f"  - {{id: {one.id}, title: {one.title!r}}}\n" for one in rulebook.frame.sections]
    frame = f"{FRAME}sections:\n{sections[0]}  - {{id: club, title: Our club}}\n{''.join(sections[1:])}"
    listed = {one.key: one.after for one in reworded(load(clinic(frame=frame)))}
    assert listed["order of sections"].startswith("who, club, ")
