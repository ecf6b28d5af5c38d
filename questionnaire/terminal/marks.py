"""What is ticked in a list so far: one state, whether lines were typed or ticked with Space."""

from __future__ import annotations

from collections.abc import Sequence

from questionnaire.terminal.interface import Offer
from questionnaire.terminal.wording import NotUnderstood, parse_lines
from triage.conditions.leaf import NoAnswer, Ticks


def line_numbers(answer: Ticks, codes: Sequence[str]) -> str:
    """Ticks as they would be typed: ``2 5?``, or ``0`` for none."""
    ticked = [str(n) for n, code in enumerate(codes, 1) if code in answer.ticked]
    unsure = [f"{n}?" for n, code in enumerate(codes, 1) if code in answer.unsure]
    return " ".join([*ticked, *unsure]) or "0"


class Marks:
    """The marks of one tick list.

    ``so_far`` is None while nothing was said, which is not "none of these": that is ``Ticks()``.
    ``earlier``: it is the answer given before, and what is typed now replaces it.
    """

    def __init__(self, offers: Sequence[Offer], prior: object = None) -> None:
        self.texts = [offer.text for offer in offers]
        self.words = [offer.words for offer in offers]
        self.codes = [offer.code for offer in offers]
        told = isinstance(prior, Ticks) or prior is NoAnswer.UNSURE
        self.so_far: Ticks | NoAnswer | None = prior if told else None  # type: ignore[assignment]
        self.earlier = told

    @property
    def numbers(self) -> str:
        """The marks as they would be typed; empty while nothing was said."""
        if isinstance(self.so_far, Ticks):
            return line_numbers(self.so_far, self.codes)
        return "u" if self.so_far is NoAnswer.UNSURE else ""

    @property
    def said_before(self) -> str:
        """The answer given before, as it would be typed; empty if there is none."""
        return self.numbers if self.earlier else ""

    @property
    def ticking(self) -> bool:
        """Whether lines were marked that are not yet an answer."""
        return not self.earlier and self.so_far not in (None, Ticks())

    def with_typed(self, typed: str) -> Ticks | NoAnswer | None:
        """The marks together with what is typed; raises ``NotUnderstood``."""
        if not typed.strip():
            return self.so_far
        new = parse_lines(typed, self.codes, self.texts, self.words)
        if self.earlier or not isinstance(new, Ticks) or new == Ticks() or self.so_far is None:
            return new
        old = self._each()
        named = new.ticked | new.unsure
        return Ticks((old.ticked - named) | new.ticked, (old.unsure - named) | new.unsure)

    def shown(self, typed: str) -> Ticks | NoAnswer | None:
        """What the list looks like while something is typed that may not be finished."""
        try:
            return self.with_typed(typed)
        except NotUnderstood:
            return self.so_far

    def take(self, typed: str) -> None:
        """What was typed counts. Raises ``NotUnderstood``."""
        if typed.strip():
            self.so_far, self.earlier = self.with_typed(typed), False

    def tick(self, place: int) -> None:
        """Tick the line, or take its tick off; the place after the last line is "none of these"."""
        if place == len(self.codes):
            self._set(None if self.so_far == Ticks() else Ticks())
            return
        old, code = self._each(), frozenset({self.codes[place]})
        self._put(old.ticked ^ code, old.unsure - code)

    def doubt(self, place: int) -> None:
        """Mark the line "not sure", or take that off. Not sure of "none": not sure of any line."""
        if place == len(self.codes):
            self._set(None if self.so_far is NoAnswer.UNSURE else NoAnswer.UNSURE)
            return
        old, code = self._each(), frozenset({self.codes[place]})
        self._put(old.ticked - code, old.unsure ^ code)

    def _each(self) -> Ticks:
        """Line by line: not sure of any is not sure of each."""
        if self.so_far is NoAnswer.UNSURE:
            return Ticks(unsure=frozenset(self.codes))
        return self.so_far if isinstance(self.so_far, Ticks) else Ticks()

    def _put(self, ticked: frozenset[str], unsure: frozenset[str]) -> None:
        # The last tick that is taken off does not leave "none of these": that must be said.
        self._set(Ticks(ticked, unsure) if ticked or unsure else None)

    def _set(self, answer: Ticks | NoAnswer | None) -> None:
        self.so_far, self.earlier = answer, False
