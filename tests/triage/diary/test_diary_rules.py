"""What is wrong in diary.yaml is told at its place, and no sign may lead nowhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from clinic.folder import FRAME

from triage.problems import Invalid
from triage.rulebook.load import load
from triage.workbench.diary_examples import try_diary

ROOT = Path(__file__).resolve().parents[3]
GATE = "    ask_when: {item: cramp, is: yes}\n    text: Which leg was it?"
BROKEN = [
    ("{code: no, text: \"No cramp in that night\"", "{code: none, text: \"No cramp in that night\"", "diary", "the first question"),
    (GATE, "    text: Which leg was it?", "diary", "“leg” is asked of nights without a cramp"),
    (GATE, GATE.replace("item: cramp", "item: length"), "unknown-item", "“length”"),
    (GATE, GATE.replace("is: yes", "is: perhaps"), "unknown-option", "“perhaps”"),
    ("    type: choices\n    optional: true\n    usual: [calf]", "    type: text\n    optional: true\n    usual: x", "diary", "of type text"),
    ("{code: right, text: The right leg", "{code: left, text: The right leg", "duplicate-id", "“left” stands twice"),
    ("{code: right, text: The right leg", "{code: unsure, text: The right leg", "reserved-code", "“unsure”"),
    ("letter: leg,", "letter: legs,", "unknown-item", "Did you mean “leg”?"),
    ("{id: right, when: {item: leg, is: right}", "{id: left, when: {item: leg, is: right}", "duplicate-id", "“left” stands twice"),
    ("when: {item: most_in_a_week, at_least: 3}", "when: {item: most_in_week, at_least: 3}", "unknown-item", "“most_in_week”"),
    ("when: {item: most_in_a_week, at_least: 3}", "when: {item: most_in_a_week, at_least: 300}", "out-of-range", "300"),
    ("stands_for: {side: same_leg}", "stands_for: {side: one_leg}", "unknown-option", "“one_leg”"),
    ("card: many_nights", "card: many_knights", "unknown-card", "Did you mean “many_nights”?"),
    ("card: many_nights", "card: night_cramp", "unknown-card", "no red flag “night_cramp”"),
    ("sources: [nhs_dvt, nhs_leg_cramps", "sources: [nhs_dvd, nhs_leg_cramps", "unknown-source", "“nhs_dvd”"),
    ("    do_now: Look at both legs", "    # do_now: Look at both legs", "diary", "does not say what to do"),
    ("  - item: side\n", "  - item: sides\n", "unknown-item", "“sides”"),
    ("{code: weekly, when:", "{code: weakly, when:", "unknown-option", "“weakly”"),
]  # fmt: skip


@pytest.fixture(scope="module")
def text() -> str:
    return (ROOT / "rules" / "diary.yaml").read_text()


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return Path(shutil.copytree(ROOT / "rules", tmp_path_factory.mktemp("diary") / "rules"))


@pytest.mark.parametrize(("old", "new", "code", "words"), BROKEN)
def test_what_does_not_fit_is_told_at_its_place(
    folder: Path, text: str, old: str, new: str, code: str, words: str
) -> None:
    assert text.count(old) >= 1
    (folder / "diary.yaml").write_text(text.replace(old, new, 1))
    with pytest.raises(Invalid) as invalid:
        load(folder)
    assert all(
        problem.place.file == "diary.yaml" and problem.place.line for problem in invalid.value.problems
    )
    found = [problem.render() for problem in invalid.value.problems if problem.code == code]
    assert any(words in said for said in found), [p.render() for p in invalid.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("stands_for: {duration: grip_hour}", "stands_for: {duration: sore_days}", "“cramp_over_hour” does not fire"),
        ("at_least: 3}\n    because: In your diary a cramp", "at_least: 4}\n    because: In your diary a cramp", "does not show"),
        ("silent: [{most_in_a_week: 2", "silent: [{most_in_a_week: 3", "shows in this example"),
        ("silent: [{most_in_a_week: 2", "silent: [{most_in_week: 2", "“most_in_week” is no count"),
    ],
)  # fmt: skip
def test_a_sign_that_leads_nowhere_or_an_example_that_fails_is_found(
    folder: Path, text: str, old: str, new: str, words: str
) -> None:
    assert text.count(old) == 1
    (folder / "diary.yaml").write_text(text.replace(old, new))
    problems = list(try_diary(load(folder)))
    assert {problem.code for problem in problems} == {"diary"}
    assert any(words in problem.message for problem in problems), problems


def test_a_clinic_cannot_change_what_is_kept_of_nights(tmp_path: Path) -> None:
    (tmp_path / "rulebook.yaml").write_text(FRAME)
    (tmp_path / "diary.yaml").write_text("again_after_days: 900\n")
    with pytest.raises(Invalid) as invalid:
        load(tmp_path)
    (problem,) = invalid.value.problems
    assert "the diary cannot be changed here" in problem.message
