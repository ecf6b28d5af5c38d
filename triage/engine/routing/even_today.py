"""Which of the due questions are asked once the result is "same day": those likely to make it an emergency.

Whoever has to call today should call, and not answer what could matter only together with three other
rare things. What is left out stays unknown, and is never read as "no".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from triage.conditions.leaf import EffectiveAnswer, NoAnswer
from triage.engine.routing.due import gates_of, opened, undecided
from triage.readers.ongoing import Ongoing
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook
from triage.truth import Bounds, Truth


def asked_even_today(
    rulebook: Rulebook,
    effective_answers: Mapping[str, EffectiveAnswer],
    found: Mapping[str, Bounds],
    due: Sequence[str],
    ongoing: Ongoing | None = None,
    without: Ongoing | None = None,
) -> list[str]:
    """The questions that are asked, in asking order: due ones that can make it an emergency, and what
    the clinician's page cannot do without.

    The former are the questions marked ``even_when_today``; the lists of danger signs that an answer opens;
    and any question that alone decides whether it is an emergency. The latter are those that are
    marked ``even_when_today`` and ``summary``, and that an answer opened, such as which leg it is.
    ``ongoing`` knows of these answers already; ``without``, over what decides the result, is told of them,
    without the questions that are left out: quicker, if it was asked before.
    """
    alone = _deciding_alone(rulebook, effective_answers, found, ongoing)
    without = without or Ongoing(rulebook.deciding)
    left_out: set[str] = set()
    for item in rulebook.items.values():
        known = effective_answers[item.id]
        if known is NoAnswer.NOT_ASKED and not _may_be_asked(item, without, alone):
            left_out.add(item.id)
            known = NoAnswer.UNREACHABLE
        without.answer(item.id, known)
    wanted: set[str] = set()
    for goal in undecided(rulebook, {**found, **without.found()}, "same_day"):
        wanted |= without.open_items(goal)
    wanted |= gates_of(rulebook, wanted)
    chosen = wanted & set(due) | _opened_for_the_page(rulebook, without)
    return [
        item
        for item in rulebook.items
        if item in chosen and item not in left_out and effective_answers[item] is NoAnswer.NOT_ASKED
    ]


def _opened_for_the_page(rulebook: Rulebook, without: Ongoing) -> set[str]:
    return {
        item.id
        for item in rulebook.items.values()
        if item.even_when_today
        and item.summary
        and item.ask_when is not None
        and without.evaluate(item.ask_when).truth is Truth.PRESENT
    }


def _may_be_asked(item: Item, before: Ongoing, alone: frozenset[str]) -> bool:
    gate = item.ask_when
    if gate is None:
        return item.even_when_today or item.id in alone
    if before.evaluate(gate).truth is Truth.ABSENT:
        return False
    return item.even_when_today or item.red_flag


def _deciding_alone(
    rulebook: Rulebook,
    effective_answers: Mapping[str, EffectiveAnswer],
    found: Mapping[str, Bounds],
    ongoing: Ongoing | None,
) -> frozenset[str]:
    """The questions without a gate each of which alone can still make it an emergency."""
    alone: set[str] = set()
    for goal in undecided(rulebook, found, "same_day"):
        items = opened(rulebook, goal, effective_answers, found, ongoing)
        if len(items) == 1:
            alone |= items
    return frozenset(item for item in alone if rulebook.items[item].ask_when is None)
