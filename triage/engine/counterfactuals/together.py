"""Several answers that, all given otherwise, would lead to another disposition: as few as can be."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from triage.conditions.leaf import EffectiveAnswer, Ticks
from triage.engine.counterfactuals.alternatives import Alternative
from triage.engine.counterfactuals.given import Answers, saying
from triage.engine.solving.levels import Levels
from triage.rulebook.model import LEVELS, Level

if TYPE_CHECKING:
    from triage.readers.circuit import Literal, Scratch
    from triage.readers.formula import Part

MOST_CHANGES = 3  # more at once tell nobody what a result hangs on
MOST_LISTED = 3  # sets of one size for one disposition


def together(
    scratch: Scratch,
    levels: Levels,
    answers: Answers,
    listed: Sequence[Alternative],
    seen: Collection[Level],
) -> list[tuple[tuple[Alternative, ...], Level]]:
    """For every disposition that is not ``seen`` the smallest sets of alternatives that lead to it.

    Each set has at least two, from different answers, and no fewer would do; there are up to
    ``MOST_LISTED`` for each disposition. Questions that they would open count as not asked yet.
    """
    wanted = [level for level in LEVELS if level not in seen]
    if not wanted or len(listed) < 2:
        return []
    changing = _Changing(scratch, levels, answers, listed)
    return [(found, level) for level in wanted for found in changing.smallest(level)]


class _Changing:
    """One person of whom some answers may be others, each with a literal that says that it is."""

    def __init__(
        self, scratch: Scratch, levels: Levels, answers: Answers, listed: Sequence[Alternative]
    ) -> None:
        self._levels = levels
        self._answers = answers
        self._scratch = scratch
        self._changed: dict[tuple[str, str], Literal] = {}
        self._listed: dict[tuple[str, str], list[Alternative]] = {}
        for one in listed:
            if one.item in levels.parts:
                self._listed.setdefault((one.item, one.code), []).append(one)
        open_ = {item for item, _ in self._listed}
        for item in levels.parts:
            if item in open_:
                self._may_change(item)
            else:
                for literal in answers.fixed(item):
                    self._scratch.require(literal)
        self._places = {one: place for place, one in enumerate(listed)}
        self._at_most = self._scratch.most(list(self._changed.values()), MOST_CHANGES)

    # What may change --------------------------------------------------------------------------------

    def _may_change(self, item: str) -> None:
        parts = self._levels.parts[item]
        effective_answer = self._answers.effective_answers[item]
        whole = next((part for part in parts if not part.line), None)
        lines = [part for part in parts if part.line]
        for part, literal in zip(parts, self._answers.fixed(item), strict=True):
            if lines and part is whole and not isinstance(effective_answer, Ticks):
                continue  # a line that is ticked answers the whole list
            if (item, part.code) in self._listed:
                self._part_may_change(part, literal)
            else:
                self._scratch.require(literal)
        if lines and whole is not None and not isinstance(effective_answer, Ticks):
            self._list_may_be_answered(item, whole, effective_answer)

    def _part_may_change(self, part: Part, literal: Literal) -> None:
        changed = self._new(part.item, part.code)
        self._scratch.require(changed, literal)
        self._scratch.require(-changed, -literal)
        self._scratch.require(-changed, *self._others(part))

    def _others(self, part: Part) -> Iterator[Literal]:
        literals = self._levels.values(part)
        numbers = {self._number(part, one) for one in self._listed[part.item, part.code]}
        return (literals[number] for number in sorted(numbers))

    def _number(self, part: Part, one: Alternative) -> int:
        assert not isinstance(one.answer, tuple)  # no medicines
        return saying(self._levels, part, one.answer)

    def _list_may_be_answered(self, item: str, whole: Part, effective_answer: EffectiveAnswer) -> None:
        """Who ticks one line of a list that was passed over denies the others."""
        answered = self._levels.values(whole)[0]
        silent = self._levels.values(whole)[saying(self._levels, whole, effective_answer)]
        read = {part.code for part in self._levels.parts[item]}
        unread = next((code for of, code in self._listed if of == item and code not in read), None)
        if unread is not None:
            self._scratch.require(-self._new(item, unread), answered)
        ticked = [literal for (of, _), literal in self._changed.items() if of == item]
        self._scratch.require(-answered, *ticked)
        self._scratch.require(answered, silent)

    def _new(self, item: str, code: str) -> Literal:
        self._changed[item, code] = self._scratch.variable()
        return self._changed[item, code]

    # What is smallest -------------------------------------------------------------------------------

    def smallest(self, level: Level) -> Iterator[tuple[Alternative, ...]]:
        """The smallest sets that lead to the level, in the order in which they are found."""
        at = self._levels.is_at(level)
        for size in range(2, MOST_CHANGES + 1):
            found = 0
            while found < MOST_LISTED and self._scratch.possible([at, self._at_most[size]]):
                changed = self._scratch.holding(self._changed.values())
                yield self._chosen(changed, [at, self._at_most[size], *changed])
                self._scratch.require(-at, *(-one for one in changed))
                found += 1
            if found:
                return

    def _chosen(self, changed: Collection[Literal], so: list[Literal]) -> tuple[Alternative, ...]:
        """Of each answer that is changed the first alternative that will do, the nearest of numbers."""
        chosen: list[Alternative] = []
        for (item, code), literal in self._changed.items():
            if literal in changed:
                known = self._answers.effective_answers[item]
                ordered = sorted(self._listed[item, code], key=lambda one: _far(one.answer, known))
                part = next((p for p in self._levels.parts[item] if p.code == code), None)
                if part is None:  # any line that nothing reads
                    chosen.append(ordered[0])
                    continue
                values = self._levels.values(part)
                said = ((one, values[self._number(part, one)]) for one in ordered)
                one, value = next(
                    (one, value) for one, value in said if self._scratch.possible([*so, value])
                )
                so.append(value)
                chosen.append(one)
        return tuple(sorted(chosen, key=self._places.__getitem__))


def _far(answer: object, known: EffectiveAnswer) -> float:
    if isinstance(answer, int | float) and isinstance(known, int | float):
        return abs(answer - known)
    return 0
