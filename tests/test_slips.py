"""A slip in any condition, guard or gate is seen: by an example beside a card, or by a person of slips.yaml."""

from __future__ import annotations

import pytest
from mutants.one_change import NEVER, broken_nodes, with_condition, with_gate, without_guard
from mutants.slips import Sight, kept

from triage.conditions.nodes import AllOf, AnyOf
from triage.rulebook.goals import conditions_of
from triage.rulebook.rulebook import Rulebook

RENEW = "if this is meant: python tests/mutants/slips.py writes slips.yaml anew; read what git shows of it"


@pytest.fixture(scope="module")
def sight(rulebook: Rulebook) -> Sight:
    return Sight(rulebook, kept()[0])


def test_of_every_person_is_said_what_was_decided(sight: Sight) -> None:
    """If rules were changed on purpose: python tests/mutants/slips.py, and read what git shows of slips.yaml."""
    assert len(sight.people) > 500
    assert sight.wrong() == [], RENEW


def test_every_slip_is_shown_by_somebody(sight: Sight) -> None:
    """If a condition is new: python tests/mutants/slips.py looks for people who show slips in it."""
    known = kept()[1]
    unseen = {
        name: set(sight.unseen(part)) - set(known.get(name, ())) for name, part in sight.parts.items()
    }
    assert len(unseen) > 400
    assert {name: slips for name, slips in unseen.items() if slips} == {}, RENEW
    slips = sum(1 for part in sight.parts.values() for _ in broken_nodes(part.node))
    assert slips > 4000
    assert sum(map(len, known.values())) < slips / 40


def test_a_broken_guard_and_a_closed_gate_are_seen(rulebook: Rulebook) -> None:
    card = rulebook.cards["magnesium_taking"]
    guard = conditions_of(card)["magnesium_taking#1"][0]
    assert isinstance(guard, AllOf | AnyOf)
    for book in (
        without_guard(rulebook, card, 1),
        with_condition(rulebook, card, ("guards", 1, "block_when"), guard.of[0]),
        with_gate(rulebook, rulebook.items["nerve_signs"], NEVER),
    ):
        assert Sight(book, kept()[0], examples=False).wrong()
