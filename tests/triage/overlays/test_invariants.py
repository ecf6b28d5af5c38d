"""A clinic's folder adds invariants of its own, and changes or drops none."""

import pytest
from clinic.folder import NEW_FLAG, NEW_QUESTION, Write, codes

from triage.problems import Invalid
from triage.rulebook.load import load
from triage.workbench.lint import inspect

OWN = """
invariants:
  - id: our_smallest_are_seen
    sentence: A child under 3 who trains hard is seen within a week.
    when: {all: [{item: days, includes: hard_training}, {item: age, below: 3}]}
    at_least: soon
"""


def test_its_own_stand_beside_those_that_are_built_in(clinic: Write, rulebook) -> None:
    merged = load(clinic({"invariants.yaml": OWN}))
    assert set(merged.invariants) == {*rulebook.invariants, "our_smallest_are_seen"}
    assert merged.place("invariant:our_smallest_are_seen").line == 3


@pytest.mark.parametrize("key", ["at_least: soon", "sentence: Nothing.", "when: {item: age, at_least: 90}"])
def test_a_built_in_one_cannot_be_changed(clinic: Write, key: str) -> None:
    text = f"invariants:\n  - id: new_leg_swelling_is_seen_today\n    {key}\n"
    with pytest.raises(Invalid) as refused:
        load(clinic({"invariants.yaml": text}))
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.line) == ("built-in-invariant", 2)
    assert "an id of its own" in problem.fix


def test_an_empty_file_drops_none(clinic: Write, rulebook) -> None:
    assert set(load(clinic({"invariants.yaml": "invariants: []\n"})).invariants) == set(rulebook.invariants)


def test_its_own_are_checked_like_all(clinic: Write) -> None:
    text = OWN.replace("at_least: soon", "never_finds: [leg_swolen]")
    with pytest.raises(Invalid) as refused:
        load(clinic({"invariants.yaml": text}))
    (problem,) = refused.value.problems
    assert (problem.code, problem.fix) == ("unknown-card", "Did you mean “leg_swollen”?")


def test_its_own_that_does_not_hold_is_told_at_its_own_place(clinic: Write) -> None:
    own = OWN.replace("at_least: soon", "at_least: emergency")
    (problem,) = inspect(clinic({"invariants.yaml": own}))[1]
    assert (problem.code, problem.place.file, problem.place.line) == (
        "invariant-broken",
        "invariants.yaml",
        3,
    )
    assert "Mend the card or question" in problem.fix


def test_a_new_question_on_a_danger_sign_needs_to_say_that_it_is_one(clinic: Write) -> None:
    """The ceilings of calm are about those who deny every danger sign, the clinic's own among them."""
    question = NEW_QUESTION.replace("    red_flag: true\n", "")
    files = {"items/feelings.yaml": question, "red_flags/purple_toe.yaml": NEW_FLAG}
    assert set(codes(inspect(clinic(files)))) == {"invariant-broken"}
    assert codes(inspect(clinic({**files, "items/feelings.yaml": NEW_QUESTION}))) == []
