"""What could still change the disposition: unknown answers, and single answers given otherwise."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from triage.conditions.leaf import EffectiveAnswer
from triage.engine.assessment import Counterfactual, Remark, Unresolved
from triage.engine.counterfactuals.alternatives import Alternative
from triage.engine.counterfactuals.cohort import levels_of
from triage.engine.effective import effective_answer
from triage.engine.solving.levels import Levels
from triage.engine.wording.reasons import remarks
from triage.readers.answer_bits import indices
from triage.readers.columns import Columns
from triage.readers.evaluate import reasons
from triage.rulebook.model import Level, urgency
from triage.rulebook.rulebook import Rulebook
from triage.truth import Bounds, Truth


def unresolved(
    rulebook: Rulebook,
    effective_answers: Mapping[str, EffectiveAnswer],
    found: Mapping[str, Bounds],
    level: Level,
) -> tuple[Unresolved, ...]:
    """Unknown answers of red flags that could still make the result more urgent, or that set it."""
    merged: dict[Remark, tuple[Level, tuple[str, ...]]] = {}
    for card in rulebook.red_flags:
        if found[card.id].truth is not Truth.UNKNOWN:
            continue
        if urgency(card.disposition) <= urgency(level) and not (
            card.if_unsure == level and found[card.id].least is not Truth.ABSENT
        ):
            continue
        why = reasons(
            card.when, effective_answers, rulebook.written, found, rulebook.option_gates.condition
        )
        for remark in remarks(why, Truth.UNKNOWN, rulebook, effective_answers):
            reached, cards = merged.get(remark, (card.disposition, ()))
            most = max(reached, card.disposition, key=urgency)
            merged[remark] = (most, (*cards, card.id))
    return tuple(Unresolved(remark, *rest) for remark, rest in merged.items())


def flips(
    levels: Levels,
    listed: Sequence[Alternative],
    known: Mapping[str, EffectiveAnswer],
    today: datetime.date,
    level: Level,
) -> tuple[Counterfactual, ...]:
    """Every single answer of the ``listed`` that, given so, would lead to another disposition.

    ``known`` says how each item stands by its answer alone. Questions that such an answer would open
    count as not asked yet.
    """
    rulebook = levels.rulebook
    gates = {item.id: item.ask_when for item in rulebook.items.values()}
    changes = [(one.item, effective_answer(rulebook, one.answer, today)) for one in listed]
    columns = Columns.each_changed(gates, known, changes)
    reached = levels_of(rulebook, columns.evaluate_all(rulebook.deciding), columns.everyone)
    leads = {number: to for to, bits in reached.items() for number in indices(bits) if to != level}
    return tuple(change(one, leads[number]) for number, one in enumerate(listed) if number in leads)


def change(one: Alternative, level: Level) -> Counterfactual:
    """An answer given otherwise, and the disposition that it, or it with others, would lead to."""
    return Counterfactual(one.remark, one.word, one.text, level)
