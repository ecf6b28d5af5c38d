"""The reference for those who write rules: complete, and looked up by any of its names."""

from __future__ import annotations

import pytest

from triage.rulebook import cards, evidence, frame, hazards, invariants, model
from triage.rulebook.diary import rules as diary_rules
from triage.rulebook.frozen import Frozen, keys_of
from triage.rulebook.keys import MEANING, RULES_MEANING, meaning
from triage.rulebook.medicines import words as medicine_words
from triage.rulebook.page import model as page
from triage.rulebook.page.keys import PAGE_MEANING
from triage.workbench.authoring.problem_codes import explained_problems
from triage.workbench.authoring.reference import PARTS, explain, names, whole_reference


def test_every_key_has_a_meaning_and_none_is_left_over() -> None:
    models = [
        thing
        for module in (
            model,
            frame,
            cards,
            evidence,
            hazards,
            invariants,
            medicine_words,
            diary_rules,
            page,
        )
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Frozen) and thing is not Frozen
    ]
    assert {part for _, part in PARTS.values()} == set(models) - {
        cards.Card
    }  # which is a part of each kind
    keys = {(m.__name__, key) for m in models for key in keys_of(m)}
    assert [key for key in keys if not meaning(*key)] == []
    known = {key for _, key in keys} | {f"{name}.{key}" for name, key in keys}
    assert set(MEANING) - known == set()


def test_no_file_of_meanings_overrides_the_other() -> None:
    assert RULES_MEANING.keys() & PAGE_MEANING.keys() == set()


def test_whoever_asks_for_a_part_reads_all_its_keys() -> None:
    for name, (title, part) in PARTS.items():
        told = explain(name)
        assert title in told
        assert all(f"\n  {key}" in told for key in keys_of(part)), name


def test_a_key_tells_what_it_means_in_each_part_that_has_it() -> None:
    assert explain("if_unsure").startswith("if_unsure: a key\n  The level that “not sure” leads to;")
    assert explain("if_unsure").rstrip().endswith("In: A red flag (needed).")
    why = explain("why")
    assert len(why.splitlines()) > 3
    for title in ("A guard of an advice (needed)", "A question (needed)", "A claim (needed)"):
        assert title in why


def test_a_name_of_several_things_tells_all_of_them() -> None:
    told = explain("guard")
    assert told.startswith("[guard]\nA guard holds back")
    assert "A guard of an advice [guard]" in told
    assert "A question" in explain("red_flag").split("red_flag: a key")[1]


def test_there_is_nothing_to_tell_of_another_name() -> None:
    assert explain("nonsense") == ""
    assert explain("") == ""


@pytest.mark.parametrize("code", explained_problems())
def test_a_problem_shows_what_is_broken_and_what_is_mended(code: str) -> None:
    told = explain(code)
    assert told.startswith(f"[{code}]\n{explained_problems()[code].means[:40]}")
    assert told.index("Broken") < told.index("Mended")


def test_the_whole_reference_has_every_part_and_every_problem() -> None:
    whole = whole_reference()
    assert all(f"[{name}]" in whole for name in (*PARTS, *explained_problems()))
    assert set(names()) >= {*PARTS, *explained_problems(), "do_now"}
