"""What could still change the disposition: unknown answers, and single answers given otherwise."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from triage.assessment import Change, Remark, Unresolved
from triage.conditions.nodes import Compare
from triage.conditions.standing import Silence, Standing, Ticks
from triage.conditions.walk import leaves
from triage.facts import standings as effective
from triage.readers.columns import indices
from triage.readers.evaluate import reasons
from triage.remarks import item_remark, line_remark, remarks
from triage.response import Answer, Response
from triage.rulebook.model import Item, Level, urgency
from triage.rulebook.rulebook import Rulebook
from triage.truth import Bounds, Truth
from triage.verdicts import in_columns, levels_of


def unresolved(
    rulebook: Rulebook,
    standings: Mapping[str, Standing],
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
        why = reasons(card.when, standings, rulebook.goals, found)
        for remark in remarks(why, Truth.UNKNOWN, rulebook, standings):
            reached, cards = merged.get(remark, (card.disposition, ()))
            most = max(reached, card.disposition, key=urgency)
            merged[remark] = (most, (*cards, card.id))
    return tuple(Unresolved(remark, *rest) for remark, rest in merged.items())


def flips(rulebook: Rulebook, response: Response, today: datetime.date, level: Level) -> tuple[Change, ...]:
    """Every single answer that, given differently, would lead to another disposition.

    Questions that such an answer would open count as not asked yet.
    """
    standings = effective(rulebook, response, today)
    tried: list[tuple[Remark, str, str, Response]] = []
    for item in rulebook.items.values():
        if standings[item.id] is Silence.UNREACHABLE or item.stage == "page":
            continue
        for remark, answer, word, text in _alternatives(rulebook, item, standings[item.id]):
            tried.append((remark, word, text, response.with_answer(item.id, answer)))
    columns = in_columns(rulebook, [changed for *_, changed in tried], today)
    levels = levels_of(rulebook, columns.evaluate_all(rulebook.goals), columns.everyone)
    reached = {number: to for to, bits in levels.items() for number in indices(bits) if to != level}
    return tuple(
        Change(remark, word, text, reached[number])
        for number, (remark, word, text, _) in enumerate(tried)
        if number in reached
    )


def _alternatives(
    rulebook: Rulebook, item: Item, standing: Standing
) -> Iterator[tuple[Remark, Answer, str, str]]:
    """The other answers one could give: the remark on the present one, the new one, in words."""
    if item.type == "choice":
        for option in item.options:
            if option.code != standing:
                yield item_remark(item, standing), option.code, option.code, option.text
    elif item.type == "choices":
        ticks = standing if isinstance(standing, Ticks) else None
        for option in item.options:
            remark = line_remark(item, option.code, standing)
            ticked = ticks.ticked if ticks else frozenset()
            unsure = (ticks.unsure if ticks else frozenset()) - {option.code}
            if option.code not in ticked:
                yield remark, Ticks(ticked | {option.code}, unsure), "yes", option.text
            if ticks and (option.code in ticked or option.code in ticks.unsure):
                yield remark, Ticks(ticked - {option.code}, unsure), "no", option.text
    elif item.type in ("integer", "decimal"):
        for number in _near_thresholds(rulebook, item):
            if number != standing:
                yield item_remark(item, standing), number, f"{number:g}", f"{number:g}"


def _near_thresholds(rulebook: Rulebook, item: Item) -> list[float]:
    """Numbers on and next to each threshold that a condition has for the item."""
    assert item.range is not None
    numbers = {
        leaf.threshold + step
        for node in rulebook.goals.values()
        for leaf in leaves(node)
        if isinstance(leaf, Compare) and leaf.item == item.id
        for step in (-1, 0, 1)
    }
    return sorted(n for n in numbers if item.range.min <= n <= item.range.max)
