"""Ways in which a clinic's rules could be less careful without a word: each is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from clinic.attacks import ADRENAL, ATTACKS, SWOLLEN
from clinic.folder import FRAME, Write, refused

from triage.problems import Invalid
from triage.rulebook.load import load
from triage.rulebook.rulebook import Rulebook
from triage.workbench.lint import inspect


def _apart() -> Iterator[dict[str, str]]:
    """All attacks by their files, laid together into as few folders as can be: reading the rules takes
    longest. In one folder are no two on one file; and none whose condition another one there changes."""
    for kind in dict.fromkeys(map(_kind, ATTACKS)):
        waiting = [name for name in ATTACKS if _kind(name) == kind]
        while waiting:
            together: dict[str, str] = {}
            for name in list(waiting):
                if together.keys().isdisjoint(ATTACKS[name][0]):
                    together |= dict.fromkeys(ATTACKS[name][0], name)
                    waiting.remove(name)
            yield together


def _kind(name: str) -> str:
    files, expected = ATTACKS[name]
    if all(file.startswith(("red_flags/", "advice/", "theories/")) for file in files):
        return "on cards"
    proved = any("any more" in how for how in expected.values())
    return name if proved else "on what cards read"


@pytest.mark.parametrize(
    "together", [*_apart()], ids=lambda together: ", ".join(dict.fromkeys(together.values()))
)
def test_less_care_is_refused(clinic: Write, together: dict[str, str]) -> None:
    found = refused(clinic({file: ATTACKS[name][0][file] for file, name in together.items()}))
    for name in dict.fromkeys(together.values()):
        files, expected = ATTACKS[name]
        for part, how in expected.items():
            (problem, *_) = [one for one in found[part] if how in one.message]
            assert (problem.code, problem.place.file in files) == ("not-allowed-here", True)
            assert problem.fix.startswith("Take it out.")
            assert ("because of" in problem.message) == ("because of" in how)  # none of the others does it


def test_who_was_not_sure_may_be_sure_now(clinic: Write) -> None:
    when = "{any: [{item: today_leg, includes: leg_swollen}, {all: [{item: today_leg, includes: leg_swollen}, {answered: age}]}]}"
    assert refused(clinic({SWOLLEN: f"id: leg_swollen\nwhen: {when}\n"})) == {}


def test_what_builds_on_a_changed_finding_is_told_with_what_changed(clinic: Write) -> None:
    found = refused(clinic(ATTACKS["a finding that others build on"][0]))
    (problem,) = found["ill_adrenal_vomiting"]
    assert "(because of ill_adrenal_picture): for example a person" in problem.message
    assert problem.place.file == ADRENAL


def test_a_medicine_that_loses_its_class_is_told_with_all_that_ask_for_it(clinic: Write) -> None:
    found = refused(clinic({"medicines.yaml": "medicines:\n  - {generic: warfarin, classes: [statin]}\n"}))
    assert "“classes” may lose nothing" in found.pop("warfarin")[0].message
    assert found
    for problem in (problem for problems in found.values() for problem in problems):
        assert "(because of warfarin)" in problem.message
        assert re.search(r"takes [^;]*\bwarfarin\b", problem.message.split("for example")[1])
        assert problem.place.file == "medicines.yaml"


def test_danger_signs_stay_danger_signs(clinic: Write, rulebook: Rulebook) -> None:
    """A section of them made background would let a medicine that is not in the list count for less."""
    sections = [
        f"  - {{id: {s.id}, title: {s.title!r}, background: {str(s.background or s.id == 'today').lower()}}}"
        for s in rulebook.frame.sections
    ]
    found = refused(clinic(frame=f"{FRAME}sections:\n{chr(10).join(sections)}\n"))
    assert [problem.message for problem in found["rulebook, today"]] == [
        "“rulebook, today”: its “background” must stay as it is"
    ]


def test_a_danger_sign_counts_beside_a_medicine_that_is_in_no_list(clinic: Write) -> None:
    """Asked for by a finding of the clinic's own, it would no longer speak for the red flag."""
    files = {
        "factors/sore_foot.yaml": "id: sore_foot\ntitle: A sore or hot foot\nstatus: active\nevidence: plausible\n"
        "when: {any: [{item: today_leg, includes: red_hot_patch}, {item: today_foot, includes_any: [foot_sore, toe_black]}]}\nbecause: It hurts.\nclinician: Sore foot.\n"
        "sources: [panel_review_2026]\nreviewed_on: 2026-11-24\n"
        "examples: {fires: [{today_leg: [], today_foot: [foot_sore], today_nerves: []}], silent: [{today_leg: []}]}\n",
        "red_flags/diabetes_foot_fever.yaml": "id: diabetes_foot_fever\nwhen:\n  all:\n"
        "    - {any: [{item: conditions, includes: diabetes}, {takes: insulin}, {takes: sulfonylurea}, {takes: sglt2}]}\n"
        "    - {found: sore_foot}\n    - {found: fevered}\n",
        "factors/fevered.yaml": "id: fevered\ntitle: A fever\nstatus: active\nevidence: plausible\n"
        "when: {any: [{item: today_leg, includes: fever_leg}, {item: diabetes_signs, includes: fever}]}\nbecause: It is hot.\n"
        "clinician: Fever.\nsources: [panel_review_2026]\nreviewed_on: 2026-11-24\n"
        "examples: {fires: [{today_leg: [fever_leg]}], silent: [{today_leg: []}]}\n",
    }
    (problem,) = refused(clinic(files))["diabetes_foot_fever"]
    assert "does not find everybody any more" in problem.message


def test_what_every_result_says_stays(clinic: Write) -> None:
    words = {
        "always": "[These are your answers. This tool is mostly right.]",
        "clinician_note": "Examined by a doctor.",
        "dispositions": "[{code: emergency, within: Some time this week}]",
        "denials": "[]",
        "windows": "[]",
        "together": "[]",
    }
    lines = "".join(f"{key}: {text}\n" for key, text in words.items())
    found = {
        problem.place.line: problem.message for problem in refused(clinic(frame=FRAME + lines))["rulebook"]
    }
    assert found == {
        line: f"“rulebook”: its “{key}” must stay as it is" for line, key in enumerate(words, start=4)
    }


def test_signing_is_told_what_to_do_instead(clinic: Write) -> None:
    frame = f"{FRAME}loosens:\n  - {{id: leg_swollen, what: [disposition], change: c7a02a5a2, reason: We see them at once.}}\n"
    with pytest.raises(Invalid) as told:
        load(clinic({SWOLLEN: "id: leg_swollen\ndisposition: soon\n"}, frame))
    (problem,) = told.value.problems
    assert (problem.message, problem.place.line) == ("unknown key “loosens”", 4)
    assert "Take it out: nothing can be signed any more." in problem.fix
    assert "in a copy with an id of its own" in problem.fix


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("medicine_words.yaml", "fillers: [warfarin, lithium]\n"),
        ("page.yaml", "words: {until_then: Never mind}\nwatch: []\n"),
    ],
)
def test_how_medicines_are_read_and_what_the_pages_show_cannot_be_changed_by_a_clinic(
    clinic: Write, name: str, text: str
) -> None:
    folder = clinic({name: text}, frame=FRAME)
    with pytest.raises(Invalid) as refused:
        load(folder)
    assert [problem.code for problem in refused.value.problems] == ["file-name"]


def test_sections_keep_their_order(clinic: Write, rulebook: Rulebook) -> None:
    sections = [
        f"  - {{id: {section.id}, title: {section.title!r}}}" for section in rulebook.frame.sections
    ]
    moved = "\n".join([sections[0], *sections[2:], sections[1]])
    found = refused(clinic(frame=f"{FRAME}sections:\n{moved}\n"))["rulebook"]
    assert ["must keep the built-in ones in their order" in problem.message for problem in found] == [True]


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


def test_a_whole_number_has_no_fraction(clinic: Write) -> None:
    """75.0000001 would read as 75 and leave out everybody of 75."""
    when = "when: {all: [{item: age, at_least: 60.0000001}, {item: began, is_any: [two_weeks, three_months]}]}\n"
    found = inspect(clinic({"red_flags/first_after_60.yaml": f"id: first_after_60\n{when}"}))[1]
    assert [(p.code, p.place.line) for p in found] == [("wrong-test", 2)]
    assert "60.0000001" in found[0].message


def test_a_question_file_without_its_first_line(clinic: Write) -> None:
    found = inspect(clinic({"items/today.yaml": "id: today_leg\nhelp: Words.\n"}))[1]
    assert {p.code for p in found} == {"unknown-key"}
    assert all("Start the file with “items:”" in p.fix for p in found)


def test_letters_that_nobody_sees_are_refused(clinic: Write) -> None:
    for text in ("title: One leg\u200b newly swollen", 'title: "One leg \\u202enewly swollen"'):
        found = inspect(clinic({SWOLLEN: f"id: leg_swollen\n{text}\n"}))[1]
        assert [(p.code, p.place.file, p.place.line) for p in found] == [("not-text", SWOLLEN, 2)]
    nameless = 'medicines:\n  - {generic: "!!!", classes: [statin]}\n'
    problem = inspect(clinic({"medicines.yaml": nameless, SWOLLEN: "id: leg_swollen\n"}))[1][0]
    assert (problem.code, problem.message) == ("bad-value", "“!!!” is no name of a medicine")
