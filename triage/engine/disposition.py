"""How urgent: the most urgent of what the cards say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from triage.rulebook.cards import Pattern, RedFlag
from triage.rulebook.model import Level, urgency
from triage.rulebook.rulebook import Rulebook
from triage.truth import Bounds, Truth


class Raised(NamedTuple):
    """A card that raises the disposition. ``certain`` is False for "not sure" answers."""

    card: str
    level: Level
    certain: bool


def raised(rulebook: Rulebook, truths: Mapping[str, Truth], found: Mapping[str, Bounds]) -> list[Raised]:
    """Every red flag and pattern that has something to say on the disposition, by id."""
    raising: list[Raised] = []
    cards: list[RedFlag | Pattern] = [*rulebook.red_flags, *rulebook.patterns]
    for card in cards:
        name = card.id
        if truths[name] is Truth.PRESENT:
            raising.append(Raised(name, card.disposition, True))
        elif found[name][0] is not Truth.ABSENT and isinstance(card, RedFlag):
            # Whatever the questions not asked yet bring, this stays at least "not sure".
            raising.append(Raised(name, card.if_unsure, False))
    return raising


def most_urgent(raising: Iterable[Raised]) -> Level:
    """The level reached; ``self_care`` if nothing raises it."""
    return max((entry.level for entry in raising), key=urgency, default="self_care")


def possible_level(card: RedFlag, bounds: Bounds) -> Level:
    """The most urgent level a red flag can still lead to."""
    if bounds.most is Truth.PRESENT:
        return card.disposition
    return card.if_unsure if bounds.most is Truth.UNKNOWN else "self_care"
