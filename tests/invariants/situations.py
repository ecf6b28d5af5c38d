"""How one response, or many, stand: what a premise of a safety invariant can ask.

A premise is written once, with ``&``, ``|`` and ``but``, and can be asked of a single response
(``Case``: True or False, by the plain evaluator) and of many at once (``crowd.Crowd``: one bit for
each). What it says of one answer is said here, in plain Python, and not by what the rules are read with.
"""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TypeAlias

from triage.conditions.leaf import EffectiveAnswer, Medicines, NoAnswer, Ticks
from triage.conditions.nodes import Node
from triage.engine.disposition import Raised, most_urgent, raised
from triage.engine.effective import effective_answers
from triage.engine.response import Response
from triage.readers.evaluate import evaluate, evaluate_all
from triage.rulebook.cards import Advice
from triage.rulebook.model import Level
from triage.rulebook.rulebook import Rulebook
from triage.truth import Bounds, Truth

Holds: TypeAlias = int  # of one response False or True; of many one bit for each

TODAY = datetime.date(2026, 11, 22)


class Situation(ABC):
    """How the items of one response, or of many, stand; and questions about that."""

    book: Rulebook
    everyone: Holds

    @abstractmethod
    def where(self, item: str, test: Callable[[EffectiveAnswer], bool]) -> Holds:
        """Where the item stands so that the test says yes."""

    def but(self, holds: Holds) -> Holds:
        """Everyone else."""
        return self.everyone ^ holds

    def yes(self, item: str, *codes: str) -> Holds:
        """Whether one of these lines (of all, if none is named) is ticked, or the choice is one of these."""
        return self._of_lines(
            item,
            codes,
            lambda known, wanted: (
                not known.ticked.isdisjoint(wanted)
                if isinstance(known, Ticks)
                else bool(codes) and known in wanted
            ),
        )

    def unsure(self, item: str, *codes: str) -> Holds:
        return self._of_lines(
            item,
            codes,
            lambda known, wanted: (
                not known.unsure.isdisjoint(wanted)
                if isinstance(known, Ticks)
                else known in (NoAnswer.UNSURE, NoAnswer.DECLINED)
            ),
        )

    def _of_lines(
        self,
        item: str,
        codes: tuple[str, ...],
        test: Callable[[EffectiveAnswer, tuple[str, ...]], bool],
    ) -> Holds:
        """The same of those lines that are shown to this person: no other can be so."""
        wanted = codes or self.book.items[item].codes
        gated = [code for code in wanted if self._gate(item, code) is not None]
        free = tuple(code for code in wanted if code not in gated)
        nobody = self.but(self.everyone)
        holds = self.where(item, lambda known: test(known, free)) if free else nobody
        for code in gated:
            ticked = self.where(item, lambda known, line=code: test(known, (line,)))
            holds |= ticked & self.shown_to(self._gate(item, code))
        return holds

    def _gate(self, item: str, code: str) -> Node | None:
        option = self.book.items[item].option(code)
        return option.ask_when if option is not None else None

    @abstractmethod
    def shown_to(self, gate: Node) -> Holds:
        """To whom a line with this gate is shown: all for whom it is not known to be otherwise."""

    def maybe(self, item: str, *codes: str) -> Holds:
        return self.yes(item, *codes) | self.unsure(item, *codes)

    def takes(self, *classes: str) -> Holds:
        return self.where(
            "medicines",
            lambda known: (
                isinstance(known, Medicines)
                and any(t.classes is not None and not t.classes.isdisjoint(classes) for t in known.taken)
            ),
        )

    def unlisted(self) -> Holds:
        """Not known whether some medicine is taken."""
        return self.where(
            "medicines",
            lambda known: not isinstance(known, Medicines) or any(t.classes is None for t in known.taken),
        )

    def aged(self, fits: Callable[[int], bool]) -> Holds:
        """The age is known, and fits."""
        return self.where("age", lambda known: isinstance(known, int) and fits(known))

    def maybe_aged(self, fits: Callable[[int], bool]) -> Holds:
        """The age is not known, or fits."""
        return self.where("age", lambda known: not isinstance(known, int) or fits(known))


class Case(Situation):
    """One response, and what the plain evaluator says of it (experta agrees: the conformance tests say so)."""

    everyone = True

    def __init__(self, book: Rulebook, response: Response) -> None:
        self.book = book
        self.response = response
        self.effective_answers: Mapping[str, EffectiveAnswer] = effective_answers(book, response, TODAY)

    @cached_property
    def found(self) -> Mapping[str, Bounds]:
        return evaluate_all(self.book.shared_goals, self.effective_answers)

    def where(self, item: str, test: Callable[[EffectiveAnswer], bool]) -> Holds:
        return test(self.effective_answers[item])

    def shown_to(self, gate: Node) -> Holds:
        return evaluate(gate, self.effective_answers, {}).truth is not Truth.ABSENT

    def truth(self, goal: str) -> Truth:
        return self.found[goal].truth

    @cached_property
    def raising(self) -> list[Raised]:
        cards = [*self.book.red_flags, *self.book.patterns]
        return raised(self.book, {card.id: self.found[card.id].truth for card in cards}, self.found)

    @cached_property
    def level(self) -> Level:
        return most_urgent(self.raising)

    @cached_property
    def shown(self) -> set[str]:
        """Ids of the advice that reaches the person: offered, at this level, no guard yes or unknown."""
        return {card.id for card in self.book.advice if self._shown(card)}

    def _shown(self, card: Advice) -> bool:
        if self.level not in card.shown_at or self.truth(card.id) is not Truth.PRESENT:
            return False
        blocks = (n for n, guard in enumerate(card.guards) if guard.block_when is not None)
        return all(self.truth(f"{card.id}#{n}") is Truth.ABSENT for n in blocks)
