"""An invariant in one line means the same as its YAML, and a slip is told at its place."""

from typing import Any

import pytest

from triage.problems import Invalid
from triage.rulebook.frozen import keys_of
from triage.rulebook.invariants import Invariant
from triage.rulebook.rulebook import Rulebook
from triage.workbench.proving.asked import ask_in_a_file, ask_in_a_line

SAME: list[tuple[str, str]] = [
    ("IF signs includes swollen THEN at_least same_day",
     "when: {item: signs, includes: swollen}, at_least: same_day"),
    ("if signs includes swollen, weak then at_least same_day and at_most emergency",
     "when: {item: signs, includes_any: [swollen, weak]}, at_least: same_day, at_most: emergency"),
    ("IF age >= 60 AND NOT sex is male THEN withholds magnesium",
     "when: {all: [{item: age, at_least: 60}, {not: {item: sex, is: male}}]}, withholds: [magnesium]"),
    ("IF (age < 3 OR age > 80) AND found chest THEN finds chest",
     "when: {all: [{any: [{item: age, below: 3}, {item: age, above: 80}]}, {found: chest}]}, finds: [chest]"),
    ("IF age < 3 OR age > 80 AND answered sex THEN never_together chest, swollen",
     "when: {any: [{item: age, below: 3}, {all: [{item: age, above: 80}, {answered: sex}]}]}, never_together: [chest, swollen]"),
    ("IF POSSIBLE kidneys is weak THEN withholds magnesium",
     "when_possible: {item: kidneys, is: weak}, withholds: [magnesium]"),
    ("IF sex is female AND POSSIBLE kidneys is weak THEN withholds magnesium",
     "when: {item: sex, is: female}, when_possible: {item: kidneys, is: weak}, withholds: [magnesium]"),
    ("IF takes diuretic within 6 weeks THEN at_least routine",
     "when: {takes: diuretic, within_weeks: 6}, at_least: routine"),
    ("IF {item: sex, is: male} THEN {never_asks: [pregnant]}",
     "when: {item: sex, is: male}, never_asks: [pregnant]"),
    ("IF sex is male THEN then not pregnant is yes AND never_asks pregnant",
     "when: {item: sex, is: male}, then: {not: {item: pregnant, is: yes}}, never_asks: [pregnant]"),
    ("THEN at_most emergency", "at_most: emergency"),
]  # fmt: skip


def in_yaml(rulebook: Rulebook, keys: str) -> Invariant:
    text = f"invariants: [{{id: in_yaml, sentence: S., {keys}}}]"
    (made,) = ask_in_a_file(rulebook, text.encode(), "asked.yaml")
    return made


def meaning(invariant: Invariant) -> dict[str, Any]:
    return {key: getattr(invariant, key) for key in keys_of(Invariant) if key not in ("id", "sentence")}


@pytest.mark.parametrize(("line", "keys"), SAME, ids=[line for line, _ in SAME])
def test_a_line_means_what_its_yaml_means(small: Rulebook, line: str, keys: str) -> None:
    assert meaning(ask_in_a_line(small, line)) == meaning(in_yaml(small, keys))


@pytest.mark.parametrize(
    ("line", "code", "column", "said"),
    [
        ("signs includes swollen", "invariant-line", 1, "there is no THEN here"),
        ("IF signs include swollen THEN at_least soon", "invariant-line", 10, "Did you mean “includes”?"),
        ("IF signs includes swolen THEN at_least soon", "unknown-option", 4, "Did you mean “swollen”?"),
        ("IF sings includes swollen THEN at_least soon", "unknown-item", 4, "Did you mean “signs”?"),
        ("IF signs includes swollen THEN at_least today", "bad-value", 41, "emergency, same_day"),
        ("IF signs includes swollen THEN at_lest soon", "invariant-line", 32, "Did you mean “at_least”?"),
        ("IF age is 60 THEN at_least soon", "wrong-test", 4, "number test"),
        ("IF age >= THEN at_least soon", "invariant-line", 11, "a number is missing"),
        ("IF age >= sixty THEN at_least soon", "condition-number", 11, "Digits only"),
        ("IF age >= 200 THEN at_least soon", "out-of-range", 4, "from 0 to 120"),
        ("IF (age >= 60 THEN at_least soon", "invariant-line", 15, "Count the brackets"),
        ("IF {item: age, at_least: 60 THEN at_least soon", "invariant-line", 4, "Count the braces"),
        ("IF {item: age, at_last: 60} THEN at_least soon", "condition-key", 25, "Did you mean “at_least”?"),
        ("IF age >= 60 THEN withholds magnesum", "unknown-card", 29, "Did you mean “magnesium”?"),
        ("IF age >= 60 THEN never_asks pregnent", "unknown-item", 30, "Did you mean “pregnant”?"),
        ("IF age >= 60 THEN at_least soon please", "invariant-line", 33, "“please” is too much"),
        ("IF age >= 60 THEN at_least soon, routine", "invariant-line", 34, "one level is meant"),
        ("IF takes diuretik THEN at_least soon", "unknown-class", 4, "Did you mean “diuretic”?"),
        ("IF § THEN at_least soon", "invariant-line", 4, "missing here"),
        ("", "invariant-line", 1, "there is no THEN"),
    ],
)  # fmt: skip
def test_a_slip_is_told_at_its_place(small: Rulebook, line: str, code: str, column: int, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask_in_a_line(small, line)
    problem = refused.value.problems[0]
    assert (problem.code, problem.place.column) == (code, column)
    assert said in f"{problem.message} {problem.fix}"
    assert problem.place.text == line


def test_a_file_is_asked_beside_the_rulebook(small: Rulebook) -> None:
    raw = b"""invariants:
  - {id: one, sentence: S., among: two, when: {item: age, at_least: 60}, at_least: same_day}
  - {id: two, sentence: S., among: a_swollen_leg_is_seen_today, at_least: same_day}
"""
    one, two = ask_in_a_file(small, raw, "asked.yaml")
    assert two.when == small.invariants["a_swollen_leg_is_seen_today"].when
    assert one.when is not None
    assert "signs" in repr(one.when)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"- 1", "file-shape"), (b"invariants: []", "file-shape"), (b"", "file-shape"), (b"a: {", "syntax"),
        (b"invariants: [{id: a_swollen_leg_is_seen_today, sentence: S., at_least: soon}]", "duplicate-id"),
        (b"invariants: [1]", "file-shape"), (b"invariants: {a: b}", "file-shape"), (b"invariants: [{id: a, sentence: S.}]", "invariant"),
    ],
)  # fmt: skip
def test_what_is_no_such_file(small: Rulebook, raw: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask_in_a_file(small, raw, "asked.yaml")
    assert refused.value.problems[0].code == code
