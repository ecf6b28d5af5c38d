"""A clinic's own rulebook on the built-in one: what it may do, and where its problems are told."""

from __future__ import annotations

import pytest
from clinic.folder import FRAME, NEW_FLAG, NEW_QUESTION, Write, refused

from triage.rulebook.load import load
from triage.rulebook.rulebook import Rulebook
from triage.workbench.lint import inspect

SWOLLEN = "red_flags/leg_swollen.yaml"
ALCOHOL = "advice/alcohol_less.yaml"


def test_three_lines_are_an_overlay_and_change_nothing(clinic: Write, rulebook: Rulebook) -> None:
    made, problems = inspect(clinic())
    assert problems == []
    assert made is not None
    assert made.cards == rulebook.cards
    assert list(made.items) == list(rulebook.items)
    assert made.frame.id == "my_clinic"
    assert made.sha256 != rulebook.sha256
    assert made.base is not None
    assert made.base.sha256 == rulebook.sha256


def test_it_may_add_a_question_and_a_red_flag(clinic: Write, rulebook: Rulebook) -> None:
    folder = clinic({"items/feelings.yaml": NEW_QUESTION, "red_flags/purple_toe.yaml": NEW_FLAG})
    made, problems = inspect(folder)
    assert [problem.render() for problem in problems] == []
    assert made is not None
    assert set(made.cards) - set(rulebook.cards) == {"purple_toe"}
    assert set(made.items) - set(rulebook.items) == {"toe_colour"}
    section = [item.id for item in made.items.values() if item.section == "feelings"]
    assert section[-1] == "toe_colour"


def test_it_may_change_words_and_be_more_careful(clinic: Write, rulebook: Rulebook) -> None:
    files = {
        "red_flags/headache_jaw_50.yaml": "id: headache_jaw_50\ndo_now: Ring our desk today, and ask for the nurse.\n"
        "disposition: emergency\n",
        "items/who.yaml": "items:\n  - {id: age, help: Your age in years.}\n",
    }
    made, problems = inspect(clinic(files))
    assert [problem.render() for problem in problems] == []
    assert made is not None
    changed, before = made.cards["headache_jaw_50"], rulebook.cards["headache_jaw_50"]
    assert changed.do_now.startswith("Ring our desk")
    assert changed.disposition == "emergency"
    assert changed.because == before.because
    assert changed.when == before.when
    assert made.items["age"].help == "Your age in years."
    assert made.items["age"].range == rulebook.items["age"].range


MORE_CARE = {
    "a warning at more levels": {
        "advice/never_quinine.yaml": "id: never_quinine\nshown_at: [same_day, soon, routine, self_care]\n"
    },
    "advice to try for fewer people, with a guard more": {
        ALCOHOL: "id: alcohol_less\noffer_when: {all: [{item: drinks_food, includes: alcohol_over_14}, {item: age, below: 90}]}\n"
        "guards:\n  - {why: You drink a lot., block_when: {any: [{item: drinks_food, includes: alcohol_heavy}, "
        "{item: withdrawal_signs, includes_any: [shakes_sweats, muddled_fit]}]}}\n"
        "  - {why: With liver scarring ask first., block_when: {item: conditions, includes: liver}}\n"
        "  - {why: In pregnancy none is safe., block_when: {item: pregnancy, is_any: [under_20, over_20, weeks_unknown, maybe]}}\n"
        "  - {why: Ask us first., block_when: {item: conditions, includes: diabetes}}\n"
    },
    "a red flag for more people": {
        "red_flags/leg_swollen.yaml": "id: leg_swollen\nwhen: {item: today_leg, includes_any: [leg_swollen, red_hot_patch]}\n"
    },
    "a question with more safeguards, of more people": {
        "items/groups.yaml": "items:\n  - {id: pregnancy_signs, read_back: true, summary: true}\n",
        "items/who.yaml": "items:\n  - {id: sex, optional: false}\n",
    },
    "a source more": {
        "sources.yaml": "sources:\n  - {id: our_leaflet, citation: Our leaflet (2026)., kind: guideline, checked: Read in 2026.}\n",
        "advice/alcohol_less.yaml": "id: alcohol_less\nsources: [delacour2018, panel_review_2026, our_leaflet]\n",
    },
    "a class more, of which a medicine is too": {
        "medicines.yaml": "classes:\n  - {id: house_tea, title: Our own tea}\nmedicines:\n"
        "  - {generic: metamizole, classes: [other, house_tea]}\n",
    },
}


@pytest.mark.parametrize("way", MORE_CARE)
def test_more_care_is_allowed(clinic: Write, way: str) -> None:
    assert refused(clinic(MORE_CARE[way])) == {}


def test_what_a_list_has_is_added_to(clinic: Write, rulebook: Rulebook) -> None:
    """A line more, a brand more, a telephone number: without writing the rest again."""
    files = {
        "items/today.yaml": "items:\n  - id: today_leg\n    options:\n"
        "      - {code: purple, text: A purple toe, clinical_yes: Blue toe, clinical_no: No blue toe}\n"
        "      - {code: leg_swollen, text: One leg newly thicker than the other}\n",
        SWOLLEN: "id: leg_swollen\nwhen: {item: today_leg, includes_any: [leg_swollen, purple]}\n",
        "medicines.yaml": "medicines:\n  - {generic: bisoprolol, brands: [Cardizorro]}\n",
        "other_person.yaml": f"instead:\n  - {{you: {rulebook.other_person.instead[0].you!r}, they: Other words}}\n",
    }  # fmt: skip
    frame = f"{FRAME}dispositions:\n  - {{code: self_care, place: Our clinic or your home}}\n"
    book = load(clinic(files, frame))
    assert book.items["today_leg"].codes == (*rulebook.items["today_leg"].codes, "purple")
    assert book.items["today_leg"].option("leg_swollen").text == "One leg newly thicker than the other"
    assert book.medicines["bisoprolol"].brands == (*rulebook.medicines["bisoprolol"].brands, "Cardizorro")
    assert [d.code for d in book.frame.dispositions] == [d.code for d in rulebook.frame.dispositions]
    assert book.frame.dispositions[-1].place == "Our clinic or your home"
    assert book.frame.dispositions[-1].label == rulebook.frame.dispositions[-1].label
    assert len(book.other_person.instead) == len(rulebook.other_person.instead)
    assert book.other_person.instead[0].they == "Other words"


def test_a_stricter_medicine_is_no_looser_advice(clinic: Write) -> None:
    """Metamizole counted as an NSAID: more people are sent to the pharmacist."""
    named = refused(
        clinic({"medicines.yaml": "medicines:\n  - {generic: metamizole, classes: [nsaid, other]}\n"})
    )
    assert named == {}


def test_the_name_of_a_medicine_is_known_however_it_is_written(clinic: Write, rulebook: Rulebook) -> None:
    book = load(clinic({"medicines.yaml": "medicines:\n  - {generic: Atorvastatin, brands: [Ourtor]}\n"}))
    assert list(book.medicines) == list(rulebook.medicines)
    assert book.medicines["atorvastatin"].brands[-1] == "Ourtor"


def test_it_must_not_go_by_the_name_of_the_built_in_rules(clinic: Write) -> None:
    (problem,) = inspect(clinic(frame=FRAME.replace("my_clinic", "legcramp")))[1]
    assert (problem.code, problem.place.line) == ("duplicate-id", 1)


def test_places_are_those_of_the_file_that_says_it(clinic: Write) -> None:
    folder = clinic(
        {"red_flags/headache_jaw_50.yaml": "id: headache_jaw_50\n\nwhen: {item: agee, at_least: 50}\n"}
    )
    problem = next(p for p in inspect(folder)[1] if p.code == "unknown-item")
    assert (problem.place.file, problem.place.line) == ("red_flags/headache_jaw_50.yaml", 3)
    wrong = clinic({"items/who.yaml": "items:\n  - id: age\n    type: choice\n"})
    inherited = [p for p in inspect(wrong)[1] if p.place.file.startswith("built-in rules: ")]
    assert inherited, "what stands in the built-in file is said to stand there"


def test_what_does_not_fit_the_built_in_words_is_mended_in_the_clinics_own_file(clinic: Write) -> None:
    name = "red_flags/first_after_60.yaml"
    when = "when: {all: [{item: age, at_least: 55}, {item: began, is_any: [two_weeks, three_months]}]}\n"
    seen = inspect(clinic({name: f"id: first_after_60\n{when}"}))[1]
    found = [problem for problem in seen if problem.code != "invariant-broken"]  # more are alarmed, too
    assert {problem.code for problem in found} == {"other-number", "edge-example", "example"}
    assert all(problem.fix.endswith(f"write that key anew in your own {name}.") for problem in found)


def test_only_the_built_in_rulebook_can_be_extended(clinic: Write) -> None:
    problems = inspect(clinic(frame="id: c\nversion: 2026.11.1\nextends: my_other_clinic\n"))[1]
    assert [(problem.code, problem.place.line) for problem in problems] == [("bad-value", 3)]


def test_with_refused_rules_nobody_is_asked(clinic: Write) -> None:
    import subprocess
    import sys

    folder = clinic({"red_flags/headache_jaw_50.yaml": "id: headache_jaw_50\ndisposition: soon\n"})
    command = [sys.executable, "-m", "questionnaire", "assess", "-", "--rules", str(folder)]
    done = subprocess.run(
        command, input='{"format": "legcramp-answers/1", "answers": {}}', capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "[not-allowed-here]" in done.stderr
    assert load(folder).base is not None
