"""Numbers in conditions: the words say the same number, and examples stand on both sides of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from triage.conditions.nodes import Comparator, Compare
from triage.conditions.walk import leaves
from triage.problems import Problem
from triage.rulebook.cards import Card, RedFlag
from triage.rulebook.goals import conditions_of
from triage.rulebook.rulebook import Rulebook

_WORDS = ("title", "because", "clinician", "do_now", "text")
_SAID = re.compile(
    r"\b(\d{2,3}) (?:or older|or more|and over|years or older)\b"
    r"|(?:≥ ?|\bfrom |\baged )(\d{1,3})\b(?= (?:on|up)\b|[^\d%]|$)",
    re.I,
)


def edges(rulebook: Rulebook, only: Collection[str] | None = None) -> Iterator[Problem]:
    """Cards whose words or examples do not fit the numbers in their conditions."""
    for card in rulebook.cards.values():
        if card.status == "retired" or (only is not None and card.id not in only):
            continue
        tests = {
            leaf
            for node, _ in conditions_of(card).values()
            for leaf in leaves(node)
            if isinstance(leaf, Compare)
        }
        ages = {leaf.threshold for leaf in tests if leaf.item == "age"}
        if ages:
            yield from _words(rulebook, card, ages)
        if isinstance(card, RedFlag):
            for leaf in sorted(tests, key=lambda leaf: (leaf.item, leaf.threshold)):
                yield from _examples(rulebook, card, leaf)


def _words(rulebook: Rulebook, card: Card, ages: set[float]) -> Iterator[Problem]:
    for key in _WORDS:
        for found in _SAID.finditer(str(getattr(card, key, None) or "")):
            number = int(found[1] or found[2])
            if number not in ages and 1 < number < 120:
                asked = ", ".join(f"{age:.12g}" for age in sorted(ages))
                place = rulebook.place(f"card:{card.id}", key)
                fix = "Make the words and the condition say the same."
                message = f"the words say “{found[0]}”, the condition asks for {asked}"
                yield Problem("other-number", message, place, fix)


def _examples(rulebook: Rulebook, card: Card, leaf: Compare) -> Iterator[Problem]:
    """A slip in a number is seen only if examples stand on it and just beside it."""
    below = leaf.how in (Comparator.AT_LEAST, Comparator.BELOW)
    item = rulebook.items[leaf.item]
    beside = leaf.threshold + (-1 if below else 1)
    tried = {
        answers.get(leaf.item)
        for kind in ("fires", "silent", "unsure")
        for answers in getattr(card.examples, kind)
    }
    inside = [n for n in (leaf.threshold, beside) if item.range and item.range.min <= n <= item.range.max]
    missing = [f"{number:g}" for number in inside if number not in tried]
    if missing:
        place = rulebook.place(f"card:{card.id}", "examples")
        fix = f"Add an example with {leaf.item}: {' and one with '.join(missing)}."
        message = f"no example stands at the edge of “{leaf.item}” ({leaf.how.value} {leaf.threshold:.12g})"
        yield Problem("edge-example", message, place, fix)
