"""People of whom one condition may say something: answers to what it reads, one and two at a time."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from people.generators import thresholds
from triage.conditions.nodes import Found, Includes, Leaf, Node, Takes
from triage.conditions.walk import leaves
from triage.rulebook.cards import Card
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook

MOST = 800  # so many of each kind are tried
Answers = Mapping[str, Any]
T = TypeVar("T")


def strangers(book: Rulebook, node: Node, card: Card | None) -> Iterator[list[Answers]]:
    """Nobody in particular, the examples of the card, and both with one or more answers changed.

    The plainest people come first: whoever looks for someone stops where enough are found.
    """
    read = list(dict.fromkeys(_read(book, node)))
    items = [book.items[name] for name in dict.fromkeys(leaf.item for leaf in read)]
    changes = [{item.id: value} for item in items for value in _values(book, item, read)]
    seeds: list[Answers] = [{}]
    if card is not None:
        seeds += [
            a for kind in ("fires", "silent", "unsure", "withheld") for a in getattr(card.examples, kind)
        ]
    rng = random.Random(book.frame.id)
    pairs = list(itertools.combinations(changes, 2))
    yield [{}, *changes]
    yield _some(rng, [_over(seed, change) for seed in seeds for change in changes])
    yield _some(rng, [_over(*pair) for pair in pairs])
    yield [_over(_over(rng.choice(seeds), a), b) for a, b in _some(rng, pairs)]
    yield [_several(rng, changes) for _ in range(MOST)]


def _read(book: Rulebook, node: Node) -> Iterator[Leaf]:
    """Every test on which the condition hangs: its own, those of findings it requires, and of gates."""
    waiting, done = [node], set()
    while waiting:
        for leaf in leaves(waiting.pop()):
            further = None
            if isinstance(leaf, Found):
                further = book.goals.get(leaf.card)
            else:
                yield leaf
                further = book.items[leaf.item].ask_when
            if further is not None and id(further) not in done:
                done.add(id(further))
                waiting.append(further)


def _values(book: Rulebook, item: Item, read: list[Leaf]) -> list[Any]:
    """Answers that the tests tell apart."""
    here = [leaf for leaf in read if leaf.item == item.id]
    made: list[Any] = ["unsure"]
    if item.type == "choice":
        return [*item.codes, *made]
    if item.type == "choices":
        codes = dict.fromkeys(code for leaf in here if isinstance(leaf, Includes) for code in leaf.codes)
        return [[], *([code] for code in codes), *([f"{code}?"] for code in codes), *made]
    if item.type in ("integer", "decimal"):
        return [*thresholds(item, book), *made]
    classes = dict.fromkeys(leaf.medicine_class for leaf in here if isinstance(leaf, Takes))
    for wanted in classes:
        name = next(
            (g for g in book.classification.plainest if wanted in book.classification.classes_of[g]), None
        )
        made += [[{"name": name, "started": when}] for when in ("long_ago", "recent", "unsure") if name]
    return [[], *made]


def _over(answers: Answers, change: Answers) -> Answers:
    """The answers with a change laid over; lines of lists are added."""
    made = dict(answers)
    for item, value in change.items():
        old = made.get(item)
        both = isinstance(old, list | tuple) and isinstance(value, list) and value
        lines = {str(line).rstrip("?"): line for line in (*old, *value)} if both else {}
        made[item] = list(lines.values()) if both else value
    return made


def _several(rng: random.Random, changes: list[Answers]) -> Answers:
    made: Answers = {}
    for change in rng.sample(changes, min(len(changes), rng.randrange(3, 6))):
        made = _over(made, change)
    return made


def _some(rng: random.Random, made: list[T]) -> list[T]:
    return made if len(made) <= MOST else rng.sample(made, MOST)
