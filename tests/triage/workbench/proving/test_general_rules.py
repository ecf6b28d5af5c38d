"""Every general rule of the invariants is broken by one slip, which its proof then finds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from mutants.one_change import differing, with_card

from triage.conditions.nodes import Answered, Includes, Not
from triage.engine.solving.conclusions import Conclusions
from triage.engine.solving.search import Search
from triage.engine.solving.unknowns import Unknowns
from triage.rulebook.model import LEVELS
from triage.rulebook.rulebook import Rulebook
from triage.workbench.proving.general_rules import GENERAL
from triage.workbench.proving.prove import prove


def changed(book: Rulebook, card: str, **parts: object) -> Rulebook:
    return with_card(book, book.cards[card], **parts)


def without_words_for_the_page(book: Rulebook) -> Rulebook:
    item = book.items["rls_signs"]
    options = tuple(o.model_copy(update={"clinical_yes": None}) for o in item.options)
    return differing(book, items={**book.items, item.id: item.model_copy(update={"options": options})})


SWOLLEN = Includes("today_leg", ("leg_swollen",))
GENERAL_SLIPS: dict[str, Callable[[Rulebook], Rulebook]] = {
    "danger_sign_monotone": lambda book: changed(
        book, "leg_swollen", when=Not(SWOLLEN), disposition="emergency"
    ),
    "single_card_never_calms": lambda book: changed(book, "steady_ache_clot_risk", if_unsure="routine"),
    "unsure_alone_in_proportion": lambda book: changed(
        book, "leg_swollen", when=Not(Answered("kidneys")), disposition="emergency"
    ),
    "advice_silent_from_same_day": lambda book: changed(book, "stretch", shown_at=LEVELS),
    "every_line_matters": without_words_for_the_page,
}


@pytest.mark.parametrize("every", GENERAL_SLIPS)
def test_a_general_rule_is_broken_by_one_slip(rulebook: Rulebook, every: str) -> None:
    invariant = next(entry for entry in rulebook.invariants.values() if entry.every == every)
    proof = prove(GENERAL_SLIPS[every](rulebook), invariant)
    assert proof.person is not None
    assert proof.got


def test_a_red_flag_that_is_left_out_of_the_levels_is_missed(rulebook: Rulebook) -> None:
    """The general rule on kept levels is about how levels are made: no slip in the rules can break it."""
    over = Conclusions(Unknowns([rulebook]))
    literals = over._raised[rulebook.cards["leg_swollen"].disposition]
    literals.remove(over.proofs.found("leg_swollen").least_present)
    broken = [outcome for outcome in GENERAL["red_flag_level_kept"](over) if "leg_swollen" in outcome.got]
    assert any(Search(over.proofs, [one.literal]).possible(one.literal) for one in broken)


def test_every_general_rule_is_broken_above(rulebook: Rulebook) -> None:
    named = {entry.every for entry in rulebook.invariants.values()} - {None}
    assert named == {*GENERAL_SLIPS, "red_flag_level_kept"} == {*GENERAL}
