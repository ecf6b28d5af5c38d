"""Every answer as small numbers: what the conditions can tell apart, and no more.

For files of many responses. What a number means for a leaf is asked of ``leaf.bounds`` once, when
the tables are made; nothing here compares an answer with a condition by itself.

* A choice, a number or a list has one column: how it was left without an answer, else which answer.
  A number of the person becomes the stretch between two thresholds in which it lies.
* Every line of a tick list has a column of its own.
* Medicines have columns of eight bits, two bits for each ``takes``: that it surely holds, that it may.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import TypeAlias

from triage.conditions.leaf import EffectiveAnswer, Medicines, NoAnswer, TakenMedicine, Ticks, bounds
from triage.conditions.nodes import MEDICINES, Compare, Is, Leaf, Takes
from triage.conditions.walk import lines_read
from triage.truth import OPEN, Truth

Mark: TypeAlias = Callable[[TakenMedicine], bool]

SILENCES = (NoAnswer.NOT_ASKED, NoAnswer.UNSURE, NoAnswer.DECLINED, NoAnswer.UNREACHABLE)
NOT_ASKED, UNREACHABLE = (SILENCES.index(s) for s in (NoAnswer.NOT_ASKED, NoAnswer.UNREACHABLE))
ANSWERED = len(SILENCES)  # the first number that stands for an answer
NO_LINE, UNSURE_LINE, TICKED_LINE = range(ANSWERED, ANSWERED + 3)
_OTHER = ""  # a choice that no condition asks for


class Codes:
    """The columns that some leaves need, and the numbers that stand for answers in them.

    ``items`` get a column even if no leaf reads them. ``marks`` are further bits of the medicines,
    by name: each is set if it is true of one of those taken.
    """

    def __init__(
        self, leaves: Iterable[Leaf], items: Iterable[str] = (), marks: Mapping[str, Mark] | None = None
    ) -> None:
        read = list(dict.fromkeys(leaves))
        self.lines: dict[str, list[str]] = {}
        self.choices: dict[str, list[str]] = {}
        self.thresholds: dict[str, list[float]] = {}
        for leaf in read:
            if lines := lines_read(leaf):
                self.lines.setdefault(leaf.item, []).extend(lines)
            elif isinstance(leaf, Is):
                self.choices.setdefault(leaf.item, []).extend(leaf.codes)
            elif isinstance(leaf, Compare):
                self.thresholds.setdefault(leaf.item, []).append(leaf.threshold)
        self.lines = {item: list(dict.fromkeys(codes)) for item, codes in self.lines.items()}
        self.choices = {item: [*dict.fromkeys(codes), _OTHER] for item, codes in self.choices.items()}
        self.thresholds = {item: sorted(set(found)) for item, found in self.thresholds.items()}
        self.takes = [leaf for leaf in read if isinstance(leaf, Takes)]
        self.marks = dict(marks or {})
        self.items = list(dict.fromkeys([*(leaf.item for leaf in read), *items]))
        self._bits: dict[EffectiveAnswer, int] = {}

    @property
    def bytes_of_medicines(self) -> int:
        """How many columns of eight bits the medicines have."""
        return -(-(2 * len(self.takes) + len(self.marks)) // 8)

    def columns(self, item: str) -> list[str]:
        """The names of an item's columns, in the order in which ``encode`` gives their numbers."""
        named = [item, *(line_column(item, code) for code in self.lines.get(item, ()))]
        if item == MEDICINES:
            named += [f"{MEDICINES}#{number}" for number in range(self.bytes_of_medicines)]
        return named

    def values(self, item: str) -> list[EffectiveAnswer]:
        """What the numbers in the item's first column stand for."""
        numbers = self.thresholds.get(item, ())
        between = [(low + high) / 2 for low, high in pairwise(numbers)]
        stretches: list[EffectiveAnswer] = []
        if numbers:
            around = [numbers[0] - 1, *between, numbers[-1] + 1]
            stretches += [n for pair in zip(around, [*numbers, 0], strict=True) for n in pair][:-1]
        whole: list[EffectiveAnswer] = [Medicines() if item == MEDICINES else Ticks()]
        return [*SILENCES, *self.choices.get(item, ()), *stretches, *whole]

    def encode(self, item: str, effective_answer: EffectiveAnswer) -> tuple[int, ...]:
        """How an item stands as the numbers in its columns."""
        made = [self._whole(item, effective_answer)]
        made += [self.line(effective_answer, code) for code in self.lines.get(item, ())]
        if item == MEDICINES:
            made += self.bits(effective_answer).to_bytes(self.bytes_of_medicines, "little")
        return tuple(made)

    def _whole(self, item: str, effective_answer: EffectiveAnswer) -> int:
        if isinstance(effective_answer, NoAnswer):
            return SILENCES.index(effective_answer)
        choices = self.choices.get(item, [])
        if isinstance(effective_answer, str) and choices:
            return ANSWERED + choices.index(effective_answer if effective_answer in choices else _OTHER)
        if isinstance(effective_answer, int | float) and item in self.thresholds:
            return ANSWERED + len(choices) + stretch(self.thresholds[item], effective_answer)
        return len(self.values(item)) - 1

    @staticmethod
    def line(effective_answer: EffectiveAnswer, code: str) -> int:
        """How one line of a tick list stands."""
        if isinstance(effective_answer, Ticks):
            if code in effective_answer.ticked:
                return TICKED_LINE
            return UNSURE_LINE if code in effective_answer.unsure else NO_LINE
        silence = effective_answer if isinstance(effective_answer, NoAnswer) else NoAnswer.UNSURE
        return SILENCES.index(silence)

    @staticmethod
    def line_values(code: str) -> list[EffectiveAnswer]:
        """What the numbers in the column of a line stand for."""
        ticked, unsure = Ticks(frozenset({code})), Ticks(frozenset(), frozenset({code}))
        return [*SILENCES, Ticks(), unsure, ticked]

    def bits(self, effective_answer: EffectiveAnswer) -> int:
        """All bits of a list of medicines. Several medicines are an "or" of single ones."""
        if isinstance(effective_answer, Medicines) and effective_answer.taken:
            made = 0
            for taken in effective_answer.taken:
                made |= self._kept(_nameless(taken))
            return made
        return self._kept(effective_answer)

    def _kept(self, effective_answer: EffectiveAnswer) -> int:
        if effective_answer not in self._bits:
            made = 0
            for number, leaf in enumerate(self.takes):
                least, most = bounds(leaf, effective_answer)
                assert least is most or effective_answer is NoAnswer.NOT_ASKED
                made |= (least is Truth.PRESENT) << 2 * number | (
                    most is not Truth.ABSENT
                ) << 2 * number + 1
            one = effective_answer.taken if isinstance(effective_answer, Medicines) else ()
            for number, mark in enumerate(self.marks.values()):
                made |= any(map(mark, one)) << 2 * len(self.takes) + number
            self._bits[effective_answer] = made
        return self._bits[effective_answer]

    def forget(self) -> None:
        """Let go of what is kept of medicines; it is found again when it is needed."""
        self._bits.clear()

    def bit_of(self, leaf: Takes) -> int:
        """The number of the bit that ``leaf`` surely holds; that it may is the next one."""
        assert bounds(leaf, NoAnswer.NOT_ASKED) == OPEN
        return 2 * self.takes.index(leaf)

    def bit_of_mark(self, name: str) -> int:
        return 2 * len(self.takes) + list(self.marks).index(name)


def _nameless(taken: TakenMedicine) -> Medicines:
    """A list of this medicine alone; what it is called says nothing to a condition."""
    return Medicines((replace(taken, name="", generic=""),))


def stretch(thresholds: list[float], number: float) -> int:
    """In which stretch a number lies: below the first threshold, on it, between it and the next…"""
    return bisect_left(thresholds, number) + bisect_right(thresholds, number)


def line_column(item: str, code: str) -> str:
    """The name of the column of one line of a tick list."""
    return f"{item}: {code}"
