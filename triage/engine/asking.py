"""Which of the due questions are asked once the result is "same day": those likely to make it an emergency.

Whoever has to call today should call, and not answer what could matter only together with three other
rare things. What is left out stays unknown, and is never read as "no".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from triage.conditions.leaf import EffectiveAnswer, NoAnswer
from triage.engine.routing import gates_of, undecided
from triage.readers.evaluate import evaluate, open_items
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook
from triage.truth import Bounds, Truth


def asked_even_today(
    rulebook: Rulebook,
    effective_answers: Mapping[str, EffectiveAnswer],
    found: Mapping[str, Bounds],
    due: Sequence[str],
) -> list[str]:
    """The questions that are asked, in asking order: due ones that can make it an emergency, and what
    the clinician's page cannot do without.

    The former are the questions marked ``even_when_today``; the lists of danger signs that an answer opens;
    and any question that alone decides whether it is an emergency. The latter are those that are
    marked ``even_when_today`` and ``summary``, and that an answer opened, such as which leg it is.
    """
    alone = _deciding_alone(rulebook, effective_answers, found)
    without: dict[str, EffectiveAnswer] = {}
    for item in rulebook.items.values():
        known = effective_answers[item.id]
        leave_out = known is NoAnswer.NOT_ASKED and not _may_be_asked(item, without, alone)
        without[item.id] = NoAnswer.UNREACHABLE if leave_out else known
    left = dict(found)
    for goal, node in rulebook.deciding.items():
        if left[goal].least != left[goal].most:  # what is decided stays so, whatever is left out
            left[goal] = evaluate(node, without, left)
    wanted: set[str] = set()
    for goal in undecided(rulebook, left, "same_day"):
        wanted |= open_items(rulebook.goals[goal], without, rulebook.goals, left)
    wanted |= gates_of(rulebook, wanted)
    chosen = wanted & set(due) | _opened_for_the_page(rulebook, without)
    return [item for item in rulebook.items if item in chosen and without[item] is NoAnswer.NOT_ASKED]


def _opened_for_the_page(rulebook: Rulebook, known: Mapping[str, EffectiveAnswer]) -> set[str]:
    return {
        item.id
        for item in rulebook.items.values()
        if item.even_when_today
        and item.summary
        and item.ask_when is not None
        and evaluate(item.ask_when, known, {}).truth is Truth.PRESENT
    }


def _may_be_asked(item: Item, before: Mapping[str, EffectiveAnswer], alone: frozenset[str]) -> bool:
    gate = item.ask_when
    if gate is None:
        return item.even_when_today or item.id in alone
    if evaluate(gate, before, {}).truth is Truth.ABSENT:
        return False
    return item.even_when_today or item.red_flag


def _deciding_alone(
    rulebook: Rulebook, effective_answers: Mapping[str, EffectiveAnswer], found: Mapping[str, Bounds]
) -> frozenset[str]:
    """The questions without a gate each of which alone can still make it an emergency."""
    alone: set[str] = set()
    for goal in undecided(rulebook, found, "same_day"):
        opened = open_items(rulebook.goals[goal], effective_answers, rulebook.goals, found)
        if len(opened) == 1:
            alone |= opened
    return frozenset(item for item in alone if rulebook.items[item].ask_when is None)
