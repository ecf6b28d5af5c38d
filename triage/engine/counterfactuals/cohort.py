"""What a rulebook says of many responses at once: dispositions, advice, findings."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from triage.conditions.leaf import EffectiveAnswer, NoAnswer
from triage.engine.effective import effective_answer
from triage.engine.response import Answer, Response
from triage.readers.answer_bits import Bits, either
from triage.readers.columns import Column, Columns
from triage.rulebook.model import LEVELS, Level
from triage.rulebook.rulebook import Rulebook
from triage.value import Value


class Cohort(Value):
    """Bit n stands for response n.

    ``levels`` is the disposition that is reached (whether or not the interview is finished),
    ``advice`` what is given at that disposition, ``withheld`` what would be offered at some
    disposition but is held back by a guard, ``found`` which cards fire.
    """

    levels: Mapping[Level, Bits]
    advice: Mapping[str, Bits]
    withheld: Mapping[str, Bits]
    found: Mapping[str, Bits]


def in_columns(rulebook: Rulebook, responses: Sequence[Response], today: datetime.date) -> Columns:
    """The responses, ready for conditions."""
    nothing: dict[str, EffectiveAnswer] = dict.fromkeys(rulebook.items, NoAnswer.NOT_ASKED)
    read: dict[Answer, EffectiveAnswer] = {}  # many people take the same medicines
    rows = []
    for response in responses:
        row = dict(nothing)
        for item, answer in response.answers.items():
            if item in nothing:
                if isinstance(answer, tuple):
                    if answer not in read:
                        read[answer] = effective_answer(rulebook, answer, today)
                    row[item] = read[answer]
                else:
                    row[item] = effective_answer(rulebook, answer, today)
        rows.append(row)
    return Columns({item.id: item.ask_when for item in rulebook.items.values()}, rows)


def conclude_for(rulebook: Rulebook, responses: Sequence[Response], today: datetime.date) -> Cohort:
    """The same as an assessment of each response would say."""
    columns = in_columns(rulebook, responses, today)
    found = columns.evaluate_all(rulebook.shared_goals)
    levels = levels_of(rulebook, found, columns.everyone)
    advice: dict[str, Bits] = {}
    withheld: dict[str, Bits] = {}
    for card in rulebook.advice:
        offered = found[card.id].present
        blocked = either(
            found[f"{card.id}#{number}"].not_absent
            for number, guard in enumerate(card.guards)
            if guard.block_when is not None
        )
        advice[card.id] = offered & ~blocked & either(levels[level] for level in card.shown_at)
        withheld[card.id] = offered & blocked
    findings = {card.id: found[card.id].present for card in rulebook.cards.values() if card.id in found}
    return Cohort(levels, advice, withheld, findings)


def levels_of(rulebook: Rulebook, found: Mapping[str, Column], everyone: Bits) -> dict[Level, Bits]:
    """The disposition reached: ``disposition.raised`` and ``most_urgent`` for all at once."""
    reached: dict[Level, Bits] = dict.fromkeys(LEVELS, 0)
    for flag in rulebook.red_flags:
        column = found[flag.id]
        reached[flag.disposition] |= column.present
        reached[flag.if_unsure] |= column.least_unknown & ~column.present
    for pattern in rulebook.patterns:
        reached[pattern.disposition] |= found[pattern.id].present
    levels: dict[Level, Bits] = {}
    rest = everyone
    for level in LEVELS:
        levels[level] = rest if level == "self_care" else reached[level] & rest
        rest &= ~levels[level]
    return levels
