"""Checks of the safety invariants: complete, and about cards and questions that exist.

Whether they hold is proved elsewhere: here only what they say is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from triage.names import did_you_mean
from triage.problems import Place, Problem
from triage.rulebook.cards import Advice, AnyCard, Theory
from triage.rulebook.checks.conditions import ConditionChecker
from triage.rulebook.invariants import Invariant, wider_ones
from triage.rulebook.model import urgency
from triage.rulebook.rulebook import Rulebook

_CONDITIONS = ("when", "when_possible", "then")
_PREMISE = ("when", "when_possible", "among", "danger_signs")
_ADVICE = ("withholds", "offers")
_FINDINGS = ("finds", "never_finds")


def check_invariants(rulebook: Rulebook) -> list[Problem]:
    """Every invariant that is not complete, or that names what is not there."""
    known = rulebook.invariants
    return [
        problem
        for entry in known.values()
        for problem in check_invariant(
            rulebook, entry, known, partial(rulebook.place, f"invariant:{entry.id}")
        )
    ]


def check_invariant(
    rulebook: Rulebook, invariant: Invariant, known: Mapping[str, Invariant], at: Callable[..., Place]
) -> list[Problem]:
    """What is wrong with one invariant; ``at`` gives the places of its parts, ``known`` are those that
    there are."""
    checker = _InvariantChecker(rulebook, invariant, known, at)
    checker.shape()
    checker.premise()
    checker.cards()
    checker.questions()
    return checker.problems


class _InvariantChecker(ConditionChecker):
    def __init__(
        self,
        rulebook: Rulebook,
        invariant: Invariant,
        known: Mapping[str, Invariant],
        at: Callable[..., Place],
    ) -> None:
        super().__init__(rulebook, ())
        self.invariant = invariant
        self.known = known
        self.at = at

    def _say(self, code: str, message: str, fix: str, *path: str | int) -> None:
        self.say(code, message, self.at(*path), fix)

    def shape(self) -> None:
        """It says who is meant and what follows, or names one of the general rules."""
        entry = self.invariant
        said = [key for key in (*_PREMISE, *entry.follows) if getattr(entry, key) is not None]
        if entry.every is not None and said:
            fix = "Write one invariant for each."
            self._say("invariant", f"“every” stands alone, without “{said[0]}”", fix, said[0])
        if entry.every is None and not entry.follows:
            fix = (
                "Say what must follow: at_least, at_most, withholds, finds, never_asks or another such key."
            )
            self._say("invariant", "nothing follows from this", fix)
        if entry.but_for and entry.danger_signs is None:
            fix = "Write danger_signs: possible, or denied; or take but_for out."
            self._say("invariant", "“but_for” says nothing without “danger_signs”", fix, "but_for")
        if entry.at_least and entry.at_most and urgency(entry.at_least) > urgency(entry.at_most):
            message = f"at_least ({entry.at_least}) is more urgent than at_most ({entry.at_most})"
            self._say("invariant", message, "Nobody can be at both: mend one of the two.", "at_least")
        if len(entry.never_together) == 1:
            fix = "Name the others too, or write never_finds or withholds."
            self._say("invariant", "one card alone is never together with another", fix, "never_together")

    def premise(self) -> None:
        wider = self.invariant.among
        if wider is not None and wider not in self.known:
            fix = did_you_mean(wider, self.known) or "See: legcramp rules list invariants"
            self._say("unknown-invariant", f"there is no invariant “{wider}”", fix, "among")
        elif self.invariant.id in (entry.id for entry in wider_ones(self.invariant, self.known)):
            fix = "Take “among” out of one of them."
            self._say("invariant", "it is among its own people, in a ring", fix, "among")
        for key in _CONDITIONS:
            node = getattr(self.invariant, key)
            if node is not None:
                self.condition(node)

    def cards(self) -> None:
        for key, number, name in self._named((*_ADVICE, *_FINDINGS, "never_together")):
            card = self.book.cards.get(name)
            if card is None or not _fits(key, card):
                kind = "advice" if key in _ADVICE else "card that finds something"
                known = [c.id for c in self.book.cards.values() if _fits(key, c)]
                fix = did_you_mean(name, known) or "See: legcramp rules list"
                self._say("unknown-card", f"there is no {kind} “{name}”", fix, key, number)
            elif card.status != "active" and (self.book.base is None or key in ("offers", "finds")):
                fix = "Make that card active, or take it out here."
                self._say("inactive-card", f"the card “{name}” is {card.status}", fix, key, number)

    def questions(self) -> None:
        for key, number, name in self._named(("never_asks", "but_for")):
            item_id, _, code = name.partition("/")
            item = self.book.items.get(item_id)
            if item is None:
                fix = did_you_mean(item_id, self.book.items) or "See: legcramp rules list items"
                self._say("unknown-item", f"there is no question “{item_id}”", fix, key, number)
            elif code and item.option(code) is None:
                fix = did_you_mean(code, item.codes) or f"It has: {', '.join(item.codes)}."
                self._say("unknown-option", f"“{item_id}” has no option “{code}”", fix, key, number)

    def _named(self, keys: tuple[str, ...]) -> Iterator[tuple[str, int, str]]:
        for key in keys:
            for number, name in enumerate(getattr(self.invariant, key)):
                yield key, number, name


def _fits(key: str, card: AnyCard) -> bool:
    """Whether a key may name such a card; ``never_together`` both advice and findings."""
    if key in _ADVICE:
        return isinstance(card, Advice)
    return not isinstance(card, Theory) and (key == "never_together" or not isinstance(card, Advice))
