"""How far an interview has come: the answers, their order, and what was taken back or told already.

Going back is replay: an answer is taken out, and the same reasoning runs again on what is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from triage.conditions.leaf import EffectiveAnswer, NoAnswer, Ticks
from triage.engine.interview.events import Recorded
from triage.engine.response import Answer, Response
from triage.rulebook.model import Item, Level


@dataclass
class Progress:
    """The answers so far; every change gives what is to be recorded of it."""

    response: Response
    order: list[str]
    prior: dict[str, Answer] = field(default_factory=dict)
    told: Level = "self_care"
    told_alone: tuple[str, ...] = ()  # cards with a page of their own that were said
    recording: bool = False
    all_asked: bool = False  # also what cannot make it more urgent, once it is for today
    reviewing: bool = False
    dropped: tuple[Item, ...] = ()
    picked: str = ""  # the item that was picked last in the review
    before: Answer | None = None  # what it was answered then
    total: int = 0  # questions, as said with the last one; 0: not said, or after going back
    latest: str = ""  # the item answered last, in a review perhaps not the last in order
    again: frozenset[str] = frozenset()  # answered in their turn before: where they stand now says nothing

    def record(self, item: str, answer: Answer) -> Recorded:
        self.response = self.response.with_answer(item, answer)
        if item not in self.order:
            self.order = [*self.order, item]
        self.prior.pop(item, None)
        self.latest = item
        self.again -= {item}
        return self._recorded()

    def take_off(self, item: str, typed: Answer) -> Recorded:
        """What was typed was all a mistake: it is not shown again as the answer given before."""
        left = without(self.prior.pop(item, None), typed)
        if left is not None:
            self.prior[item] = left
        return self._recorded()

    def undo(self) -> Recorded:
        """Take back the answer given last, wherever it stands: its question comes again."""
        if self.latest in self.order:
            if self.order[-1] != self.latest:
                self.again |= {self.latest}
            self.order = [*(item for item in self.order if item != self.latest), self.latest]
        return self.back()

    def back(self, effective_answers: Mapping[str, EffectiveAnswer] | None = None) -> Recorded:
        """Take the last answer out, but remember it to show it again.

        Answers that do not count any more (their question is not asked now) go with it.
        """
        while self.order:
            item = self.order.pop()
            answer = self.response.get(item)
            if answer is not None:
                self.prior[item] = answer
            self.response = self.response.with_answer(item, None)
            if effective_answers is None or effective_answers[item] is not NoAnswer.UNREACHABLE:
                break
        self.total = 0
        return self._recorded()

    def put_aside(self, items: Iterable[str]) -> None:
        """Take these answers out, but remember them: their questions come again."""
        for item in items:
            self.again |= {item}
            answer = self.response.get(item)
            if answer is not None:
                self.prior[item] = answer
            self.response = self.response.with_answer(item, None)
            self.order = [one for one in self.order if one != item]

    def counted(self, effective_answers: Mapping[str, EffectiveAnswer]) -> list[str]:
        """The items whose answers count, in the order they were answered."""
        return [item for item in self.order if effective_answers[item] is not NoAnswer.UNREACHABLE]

    def _recorded(self) -> Recorded:
        return Recorded(self.response, tuple(self.order), Response(dict(self.prior)))


def without(before: Answer | None, taken_off: Answer) -> Answer | None:
    """What is left of an answer given before; None if nothing is, which is not "none of these"."""
    if isinstance(before, Ticks) and isinstance(taken_off, Ticks):
        lines = taken_off.ticked | taken_off.unsure
        left = Ticks(before.ticked - lines, before.unsure - lines)
        return left if left != Ticks() or before == Ticks() else None
    return None if before == taken_off else before
