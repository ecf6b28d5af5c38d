"""Whether a safety invariant holds for one response, by the plain evaluator: what proofs are checked by."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from triage.conditions.leaf import EffectiveAnswer, NoAnswer
from triage.conditions.nodes import Node
from triage.engine.disposition import most_urgent, raised
from triage.engine.effective import effective_answers
from triage.engine.response import Response
from triage.readers.evaluate import evaluate, evaluate_all
from triage.rulebook.cards import Advice
from triage.rulebook.invariants import Invariant
from triage.rulebook.model import Level, urgency
from triage.rulebook.rulebook import Rulebook
from triage.truth import Bounds, Truth


def what_is_broken(
    rulebook: Rulebook, invariant: Invariant, response: Response, today: datetime.date
) -> tuple[str, ...] | None:
    """What does not follow for this response, and what comes instead, one text for each; None if its
    premise does not fit, or it is about ``every``.

    Unless the invariant is about half-finished interviews too, a question that is asked and has no
    answer counts as "not sure", as the panel wants it.
    """
    told = response if invariant.half_finished else complete(rulebook, response)
    return Seen(rulebook, told, today).what_is_broken(invariant)


def complete(rulebook: Rulebook, response: Response) -> Response:
    """The response with "not sure" for every question that has no answer."""
    asked = (item.id for item in rulebook.items.values() if item.stage == "interview")
    return Response({**dict.fromkeys(asked, NoAnswer.UNSURE), **response.answers})


@dataclass
class Seen:
    """One response as the plain evaluator sees it."""

    book: Rulebook
    response: Response
    today: datetime.date

    @cached_property
    def effective_answers(self) -> dict[str, EffectiveAnswer]:
        return dict(effective_answers(self.book, self.response, self.today))

    @cached_property
    def found(self) -> dict[str, Bounds]:
        return evaluate_all(self.book.shared_goals, self.effective_answers)

    @cached_property
    def level(self) -> Level:
        """The disposition reached, whether or not the interview is finished."""
        cards = (*self.book.red_flags, *self.book.patterns)
        return most_urgent(
            raised(self.book, {card.id: self.found[card.id].truth for card in cards}, self.found)
        )

    def what_is_broken(self, invariant: Invariant) -> tuple[str, ...] | None:
        """The same, of a response that has all the answers that count."""
        if invariant.every is not None or not self.fits(invariant):
            return None
        return tuple(self.broken(invariant))

    def condition(self, node: Node) -> Bounds:
        return evaluate(node, self.effective_answers, self.found)

    def fits(self, invariant: Invariant) -> bool:
        """Whether the premise is so. What is not asked yet is no doubt."""
        sure, possible = invariant.when, invariant.when_possible
        if sure is not None and self.condition(sure).truth is not Truth.PRESENT:
            return False
        return possible is None or self.condition(possible).least is not Truth.ABSENT

    def fires(self, card: str) -> bool:
        """Whether it surely fires; for advice, whether it is given."""
        known = self.book.cards.get(card)
        if isinstance(known, Advice):
            return self._given(known)
        return self.found[card].truth is Truth.PRESENT if card in self.found else False

    def _given(self, card: Advice) -> bool:
        """At this disposition, offered, and no guard that is so or not known."""
        if card.id not in self.found or self.level not in card.shown_at:
            return False
        blocks = (n for n, guard in enumerate(card.guards) if guard.block_when is not None)
        free = all(self.found[f"{card.id}#{n}"].truth is Truth.ABSENT for n in blocks)
        return free and self.found[card.id].truth is Truth.PRESENT

    def asks(self, name: str) -> bool:
        """Whether the question, or the line of it, is for this person."""
        item_id, _, code = name.partition("/")
        if self.effective_answers[item_id] is NoAnswer.UNREACHABLE:
            return False
        option = self.book.items[item_id].option(code) if code else None
        whom = option.ask_when if option is not None else None
        return whom is None or self.condition(whom).truth is not Truth.ABSENT

    def broken(self, invariant: Invariant) -> Iterator[str]:
        """What should follow and does not: what comes instead."""
        least, most = invariant.at_least, invariant.at_most
        if least is not None and urgency(self.level) < urgency(least):
            yield f"comes out at {self.level}, not at least {least}"
        if most is not None and urgency(self.level) > urgency(most):
            yield f"comes out at {self.level}, not at most {most}"
        for names, test, said in self._lists(invariant):
            for name in names:
                if test(name):
                    yield said.format(name)
        if invariant.then is not None and self.condition(invariant.then).truth is not Truth.PRESENT:
            yield "does not surely have what must follow"
        together = [card for card in invariant.never_together if self.fires(card)]
        if len(together) > 1:
            yield f"gets {' and '.join(together)} together"

    def _lists(self, invariant: Invariant) -> Iterator[tuple[tuple[str, ...], Callable[[str], bool], str]]:
        yield invariant.withholds, self.fires, "is given {}"
        yield invariant.offers, self._not_offered, "is not offered {}"
        yield invariant.finds, lambda card: not self.fires(card), "does not get {}"
        yield invariant.never_finds, self.fires, "gets {}"
        yield invariant.never_asks, self.asks, "is asked {}"

    def _not_offered(self, card: str) -> bool:
        return card not in self.found or self.found[card].truth is not Truth.PRESENT
