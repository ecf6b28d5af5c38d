"""The invariants as they are written in Python can fail: rules are broken, and it is said which must notice.

That one slip in a card, a guard or a gate is noticed is shown for every invariant by its proof (``test_proving``).
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from invariants.crowd import Crowd
from invariants.premises import HIDDEN, LEVELS
from invariants.situations import Holds
from invariants.trial import Trial, invariants
from mutants.one_change import ALWAYS, NEVER, with_card, with_gate

from triage.conditions.nodes import Answered, Not
from triage.rulebook.model import LEVELS as DISPOSITIONS
from triage.rulebook.rulebook import Rulebook

PEOPLE = 4000


@pytest.fixture(scope="module")
def trial(rulebook: Rulebook) -> Trial:
    trial = Trial(rulebook, 20261124)
    trial.compared = [rulebook.items["today_leg"], rulebook.items["blood_thinner"]]
    return trial


@pytest.fixture(scope="module")
def crowd(trial: Trial) -> Crowd:
    return trial.crowd(PEOPLE)


@pytest.fixture(scope="module")
def premises(crowd: Crowd) -> dict[str, Holds]:
    """Who fulfils the premises about levels: that depends on answers and gates, and on no card."""
    return {name: premise(crowd) for name, (_, premise) in LEVELS.items()}


def noticing(trial: Trial, crowd: Crowd, book: Rulebook) -> set[str]:
    return {tried.name for tried in invariants(trial, crowd.under(book)) if tried.broken_for}


def too_calm(crowd: Crowd, premises: dict[str, Holds], book: Rulebook) -> set[str]:
    """The invariants about levels that notice another rulebook."""
    seen = crowd.under(book)
    return {name for name, (least, _) in LEVELS.items() if premises[name] & ~seen.at_least(least)}


def test_sound_rules_are_noticed_by_none(rulebook: Rulebook, trial: Trial, crowd: Crowd) -> None:
    assert noticing(trial, crowd, rulebook) == set()


def test_with_every_red_flag_silent_all_invariants_about_levels_notice(
    rulebook: Rulebook, crowd: Crowd, premises
) -> None:
    silent = {flag.id: flag.model_copy(update={"when": NEVER}) for flag in rulebook.red_flags}
    assert too_calm(crowd, premises, replace(rulebook, cards={**rulebook.cards, **silent})) == set(LEVELS)


def test_advice_without_its_guards_is_noticed(rulebook: Rulebook, crowd: Crowd) -> None:
    """And shown at every level: a doubt about a leg is urgent, and hides what to try by that alone."""
    for name, (cards, premise) in HIDDEN.items():
        noticed = set()
        for card in cards:
            bare = with_card(rulebook, rulebook.cards[card], guards=(), shown_at=DISPOSITIONS)
            seen = crowd.under(bare)
            if seen.shown[card] & premise(seen):
                noticed.add(card)
        assert noticed, name


def test_a_closed_gate_leaves_an_invariant_untried(rulebook: Rulebook, crowd: Crowd) -> None:
    """What is never asked breaks nothing: that is why every invariant must be tried often."""
    some = Crowd.of(rulebook, crowd.rows[:1500])
    before = {name for name, (_, premise) in LEVELS.items() if premise(some)}
    for gated in (
        "quinine_signs",
        "diabetes_signs",
        "kidney_signs",
        "pregnancy_signs",
        "mood",
        "child_signs",
    ):
        closed = some.under(with_gate(rulebook, rulebook.items[gated], NEVER))
        assert {name for name, (_, premise) in LEVELS.items() if not premise(closed)} & before, gated


BROKEN = {
    "doubt about a leg is worse than a leg": (
        lambda b: with_card(b, b.cards["leg_swollen"], if_unsure="emergency"), {"5"}),
    "a swollen leg can wait": (
        lambda b: with_card(b, b.cards["leg_swollen"], disposition="routine", if_unsure="self_care"),
        {"13", "4 yes", "4 unsure"}),
    "whoever skips the question on mood is told to come": (
        lambda b: with_card(b, b.cards["leg_swollen"], when=Not(Answered("mood"))), {"12"}),
    "stretching is for emergencies too": (
        lambda b: with_card(b, b.cards["stretch"], shown_at=DISPOSITIONS, guards=()), {"37", "38 leg"}),
    "vitamin K2 beside warfarin is nothing": (
        lambda b: with_card(with_card(b, b.cards["k2_warning"], offer_when=NEVER), b.cards["k2_with_warfarin"], when=NEVER),
        {"34"}),
    "everyone has restless legs": (
        lambda b: with_card(b, b.cards["restless_legs"], when=ALWAYS), {"40 restless"}),
    "everyone must be seen this week": (
        lambda b: with_card(b, b.cards["leg_swollen"], when=ALWAYS, disposition="soon"),
        {"30 routine at most", "30 self-care"}),
    "ordinary cramps need a visit": (
        lambda b: with_card(b, b.cards["night_cramp"], when=ALWAYS, disposition="routine"), {"30 self-care"}),
    "a child may limp": (
        lambda b: with_card(b, b.cards["child_limp"], when=NEVER), {"22 limp", "8"}),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_one_broken_rule_is_noticed_by_the_invariant_for_it(
    rulebook: Rulebook, trial: Trial, crowd: Crowd, name: str
) -> None:
    break_it, wanted = BROKEN[name]
    assert wanted <= noticing(trial, crowd, break_it(rulebook))
