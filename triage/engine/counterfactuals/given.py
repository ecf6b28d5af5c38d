"""One person's answers as literals: what each of them says of the parts on which levels depend."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from triage.conditions.leaf import EffectiveAnswer, Medicines, NoAnswer, TakenMedicine, Ticks, bounds
from triage.conditions.nodes import MEDICINES, Takes
from triage.engine.effective import taken_as
from triage.engine.response import MedicineAnswer
from triage.engine.solving.levels import Levels, Unsaid
from triage.truth import Truth
from triage.value import Value

if TYPE_CHECKING:
    from triage.readers.circuit import Clause, Literal
    from triage.readers.formula import Part

NO_OTHERS = -1  # that no other medicines are taken than those of the list


class Given(Value):
    """One answer: to an item, to one line (``code``) of a list, or one entry (``number``) of the
    medicines. ``says`` are the clauses that hold of whoever answers so."""

    item: str
    code: str | None
    number: int | None
    says: tuple[Clause, ...]


def saying(levels: Levels, part: Part, effective_answer: EffectiveAnswer) -> int:
    """The number of the value that a part has with an answer to its item; medicines aside."""
    if part.line:
        ticks = effective_answer if isinstance(effective_answer, Ticks) else Ticks()
        return 2 if part.code in ticks.ticked else 1 if part.code in ticks.unsure else 0
    if effective_answer is NoAnswer.DECLINED:
        effective_answer = NoAnswer.UNSURE
    if isinstance(effective_answer, int | float):
        return levels.like(part.item, effective_answer)
    return part.values[0].index(effective_answer) if effective_answer in part.values[0] else 0


class Answers:
    """The answers of one response. ``effective_answers`` say how each item stands by its answer alone."""

    def __init__(
        self,
        levels: Levels,
        effective_answers: Mapping[str, EffectiveAnswer],
        medicines: Sequence[MedicineAnswer],
        today: datetime.date,
    ) -> None:
        self.levels = levels
        self.effective_answers = effective_answers
        read = (leaf for leaf in levels.read.get(MEDICINES, ()) if isinstance(leaf, Takes))
        self._limits = sorted({leaf.within_weeks for leaf in read if leaf.within_weeks is not None})
        entries = (taken_as(levels.rulebook, entry, today) for entry in medicines)
        self._entries = [self._taking(taken) for taken in entries]

    def fixed(self, item: str) -> Iterator[Literal]:
        """What holds with exactly this answer to the item."""
        effective_answer = self.effective_answers[item]
        taking = self._together() if isinstance(effective_answer, Medicines) else {}
        for part in self.levels.parts.get(item, ()):
            medicine = part.line and item == MEDICINES
            number = taking.get(part.name, 0) if medicine else saying(self.levels, part, effective_answer)
            yield self.levels.values(part)[number]

    def given(self, item: str) -> Iterator[Given]:
        """The answer by its smallest parts, so that each can be given without the others."""
        effective_answer = self.effective_answers[item]
        if isinstance(effective_answer, Medicines):
            yield from self._medicines()
            return
        parts = self.levels.parts.get(item, ())
        whole = tuple((literal,) for literal in self.fixed(item))
        if isinstance(effective_answer, Ticks):
            for part, literal in zip(parts, self.fixed(item), strict=True):
                if part.line:
                    answered = [(self.levels.values(p)[0],) for p in parts if not p.line]
                    yield Given(item, part.code, None, (*answered, (literal,)))
        elif parts:
            yield Given(item, None, None, whole)

    # Medicines --------------------------------------------------------------------------------------

    def _medicines(self) -> Iterator[Given]:
        """Each entry says that at least this is taken; one more, that nothing else is."""
        parts = self.levels.parts.get(MEDICINES, ())
        for number, taking in enumerate(self._entries):
            says = (self._within(part, taking[part.name], up=True) for part in parts if part.name in taking)
            if taking:
                yield Given(MEDICINES, None, number, tuple(says))
        together = self._together()
        known = (self._within(part, together.get(part.name, 0), up=False) for part in parts)
        if parts:
            yield Given(MEDICINES, None, NO_OTHERS, tuple(known))

    def _within(self, part: Part, number: int, *, up: bool) -> Clause:
        """The part has a value that says at least (``up``), or at most, as much as this one."""
        literals = self.levels.values(part)
        if not part.line or not number:
            return (literals[0],)
        known = self._starts(part, number)
        more = [n for n in range(1, part.size) if _ordered(known, self._starts(part, n))]
        less = [0, *(n for n in range(1, part.size) if _ordered(self._starts(part, n), known))]
        return tuple(literals[n] for n in (more if up else less))

    def _together(self) -> dict[str, int]:
        found: dict[str, list[int]] = {}
        for taking in self._entries:
            for name, number in taking.items():
                found.setdefault(name, []).append(number)
        parts = {part.name: part for part in self.levels.parts.get(MEDICINES, ())}
        return {name: self._latest(parts[name], numbers) for name, numbers in found.items()}

    def _latest(self, part: Part, numbers: Sequence[int]) -> int:
        """The value of who takes medicines of one kind with all these starts."""
        known = [max(truths) for truths in zip(*(self._starts(part, n) for n in numbers), strict=True)]
        return self._began(part, known)

    def _taking(self, taken: Sequence[TakenMedicine]) -> dict[str, int]:
        """The values of parts that one entry of the list makes."""
        found: dict[str, int] = {}
        for one in taken:
            for part in self.levels.kinds(one):
                number = self._began(part, self._truths(one))
                before = found.get(part.name, number)
                found[part.name] = self._latest(part, [before, number])
        return found

    def _began(self, part: Part, known: Sequence[Truth]) -> int:
        """The value with which every condition on the start comes out so."""
        if part.size == 2:  # no condition asks since when
            return 1
        for number in range(1, part.size):
            if self._starts(part, number) == list(known):
                return number
        raise Unsaid("no such start")

    def _starts(self, part: Part, number: int) -> list[Truth]:
        value = part.values[0][number]
        assert isinstance(value, Medicines)
        return self._truths(value.taken[0])

    def _truths(self, taken: TakenMedicine) -> list[Truth]:
        """For every limit of weeks whether it was started within it."""
        some = Medicines((TakenMedicine("", "", frozenset({"some"}), taken.weeks),))
        return [bounds(Takes("some", limit), some).least for limit in self._limits]


def _ordered(less: Sequence[Truth], more: Sequence[Truth]) -> bool:
    return all(one <= other for one, other in zip(less, more, strict=True))
