"""Random responses over a rulebook, for properties."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import TypeAlias

from triage.conditions.leaf import NoAnswer, Ticks
from triage.conditions.nodes import Compare
from triage.conditions.walk import leaves
from triage.engine.response import Answer, MedicineAnswer, Response
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook

STARTED = (None, "recent", "long_ago", "unsure", "2026-11", "2026-10-20", "2019")


def answers_to(item: Item, rulebook: Rulebook) -> list[Answer]:
    """Every kind of answer to an item: all options, single lines, numbers round thresholds…"""
    made: list[Answer] = [NoAnswer.UNSURE, NoAnswer.DECLINED]
    if item.type == "choice":
        made += item.codes
    elif item.type == "choices":
        made += [Ticks(), Ticks(frozenset(item.codes)), Ticks(frozenset(), frozenset(item.codes))]
        made += [Ticks(frozenset({code})) for code in item.codes]
        made += [Ticks(frozenset(), frozenset({code})) for code in item.codes]
    elif item.type in ("integer", "decimal"):
        made += thresholds(item, rulebook)
    elif item.type == "medicines":
        names = [medicine.generic for medicine in rulebook.medicines.values()]
        made += [(), (MedicineAnswer("never heard of it", "recent"),)]
        made += [(MedicineAnswer(name, "recent"),) for name in names[:: max(1, len(names) // 25)]]
    return made


def thresholds(item: Item, rulebook: Rulebook) -> list[int]:
    """Numbers on and beside every threshold, and the ends of the range."""
    assert item.range is not None
    found = {int(item.range.min), int(item.range.max)}
    for node in [*rulebook.goals.values(), *(i.ask_when for i in rulebook.items.values() if i.ask_when)]:
        for leaf in leaves(node):
            if isinstance(leaf, Compare) and leaf.item == item.id:
                found |= {int(leaf.threshold) + step for step in (-1, 0, 1)}
    return sorted(n for n in found if item.range.min <= n <= item.range.max)


Tables: TypeAlias = tuple[list[str], dict[str, tuple[str, ...]], dict[str, list[Answer]]]
_KNOWN: dict[
    int, tuple[Rulebook, Tables]
] = {}  # by identity: with the rulebook, so that no other can have it


def _tables(rulebook: Rulebook) -> Tables:
    """The names of medicines, the codes of every item, and the answers to those that are no lists.

    They are made once for each rulebook: to look for its thresholds takes longer than a thousand answers.
    """
    if id(rulebook) not in _KNOWN:
        if len(_KNOWN) > 7:
            _KNOWN.clear()
        items = rulebook.items.values()
        of = {
            i.id: answers_to(i, rulebook)[2:] for i in items if i.type in ("choice", "integer", "decimal")
        }
        _KNOWN[id(rulebook)] = rulebook, (list(rulebook.medicines), {i.id: i.codes for i in items}, of)
    return _KNOWN[id(rulebook)][1]


class Generator:
    """Random answers, as ``random_answer`` gives them, quick enough for a hundred thousand responses."""

    def __init__(self, rulebook: Rulebook, rng: random.Random) -> None:
        self.rng = rng
        self.names, self.codes, self.plain = _tables(rulebook)

    def answer(self, item: Item) -> Answer:
        rng = self.rng
        if rng.random() < 0.08:
            return rng.choice([NoAnswer.UNSURE, NoAnswer.DECLINED])
        if item.type == "choices":
            share = rng.choice([0, 0, 0.05, 0.2, 0.6])
            if not share:
                return Ticks()
            codes = self.codes[item.id]
            ticked = {code for code in codes if rng.random() < share}
            unsure = {code for code in codes if rng.random() < share / 3} - ticked
            return Ticks(frozenset(ticked), frozenset(unsure))
        if item.type == "medicines":
            count = rng.choice([0, 0, 1, 2, 4])
            taken = [MedicineAnswer(rng.choice(self.names), rng.choice(STARTED)) for _ in range(count)]
            if rng.random() < 0.1:
                taken.append(MedicineAnswer("never heard of it", rng.choice(STARTED)))
            return tuple(taken)
        return "words" if item.type == "text" else rng.choice(self.plain[item.id])


def random_answer(item: Item, rulebook: Rulebook, rng: random.Random) -> Answer:
    """One answer; tick lists with few ticks, so that cards fire alone as well as together."""
    return Generator(rulebook, rng).answer(item)


def random_response(rulebook: Rulebook, rng: random.Random, *, share: float | None = None) -> Response:
    """A response to a random part of the questions."""
    asked = rng.choice([0.1, 0.5, 0.9, 1.0]) if share is None else share
    generator = Generator(rulebook, rng)
    return Response(
        {item.id: generator.answer(item) for item in rulebook.items.values() if rng.random() < asked}
    )


def random_edits(
    rulebook: Rulebook, response: Response, rng: random.Random, count: int
) -> Iterator[Response]:
    """The response after each of several random changes: answered, changed, taken back."""
    items = list(rulebook.items.values())
    generator = Generator(rulebook, rng)
    for _ in range(count):
        item = rng.choice(items)
        answer = None if rng.random() < 0.3 else generator.answer(item)
        response = response.with_answer(item.id, answer)
        yield response
