"""The answers of many responses, one bit for each: who gave which kind of answer to which item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TypeAlias

from triage.conditions.leaf import EffectiveAnswer, Medicines, NoAnswer, Ticks

Bits: TypeAlias = int  # bit n stands for response n
Kind: TypeAlias = tuple[EffectiveAnswer, Bits]  # an answer, and the responses that gave it
Parts: TypeAlias = Callable[[EffectiveAnswer], Iterable[EffectiveAnswer]]


class AnswerBits:
    """``rows`` hold how each item stands by its answer alone, one row for each response."""

    def __init__(self, rows: Sequence[Mapping[str, EffectiveAnswer]]) -> None:
        self.rows = rows
        self.everyone: Bits = (1 << len(rows)) - 1
        self._groups: dict[tuple[str, Parts], list[Kind]] = {}
        self._lists: dict[str, tuple[dict[EffectiveAnswer, Bits], list[Kind], Bits]] = {}

    def whole(self, item: str) -> list[Kind]:
        """Each answer as it is. What is in a list does not matter here, only that there is one."""
        return self._grouped(item, _whole)

    def medicines(self, item: str) -> list[Kind]:
        """Each medicine of a list by itself, without its name."""
        return self._grouped(item, _medicines)

    def line(self, item: str, code: str) -> list[Kind]:
        """How one line of a tick list stands: ticked, in doubt, denied; then who is silent about the
        whole list, and so about every line alike."""
        if item not in self._lists:
            lines = dict(self._grouped(item, _ticked))
            silent = [one for one in lines.items() if not isinstance(one[0], Ticks)]
            self._lists[item] = lines, silent, self.everyone & ~either(bits for _, bits in silent)
        lines, silent, answered = self._lists[item]
        yes, unsure = _one_line(code)
        ticked, doubted = lines.get(yes, 0), lines.get(unsure, 0)
        return [(yes, ticked), (unsure, doubted), (Ticks(), answered & ~(ticked | doubted)), *silent]

    def _grouped(self, item: str, parts: Parts) -> list[Kind]:
        """The different kinds of answers to an item, as ``parts`` sees them, with their responses."""
        key = (item, parts)
        if key not in self._groups:
            self._groups[key] = self._group(item, parts)
        return self._groups[key]

    def _group(self, item: str, parts: Parts) -> list[Kind]:
        size = len(self.rows) // 8 + 1
        groups: dict[EffectiveAnswer, bytearray] = {}
        kinds: dict[EffectiveAnswer, list[bytearray]] = {}  # the groups of each kind of answer
        answers = [row.get(item, NoAnswer.NOT_ASKED) for row in self.rows]
        usual = _commonest(answers)
        others = bytearray(size)  # who did not give the commonest answer: all the rest did
        for number, effective_answer in enumerate(answers):
            if effective_answer is usual:
                continue
            known = kinds.get(effective_answer)
            if known is None:
                known = [groups.setdefault(part, bytearray(size)) for part in parts(effective_answer)]
                known.append(others)
                kinds[effective_answer] = known
            place, bit = number >> 3, 1 << (number & 7)
            for marks in known:
                marks[place] |= bit
        found = {part: int.from_bytes(bits, "little") for part, bits in groups.items()}
        if answers:
            rest = self.everyone & ~int.from_bytes(others, "little")
            for part in parts(usual):
                found[part] = found.get(part, 0) | rest
        return list(found.items())


class OneChanged(AnswerBits):
    """One response as often as there are changes, each time with one: an item and its new answer.

    Only the item that was changed need be looked at, once for each change.
    """

    def __init__(
        self, row: Mapping[str, EffectiveAnswer], changes: Sequence[tuple[str, EffectiveAnswer]]
    ) -> None:
        super().__init__([{**row, item: effective_answer} for item, effective_answer in changes])
        self._row = row
        self._changes: dict[str, list[Kind]] = {}
        for number, (item, effective_answer) in enumerate(changes):
            self._changes.setdefault(item, []).append((effective_answer, 1 << number))

    def _group(self, item: str, parts: Parts) -> list[Kind]:
        changed = self._changes.get(item, ())
        kept = self.everyone & ~either(bits for _, bits in changed)
        groups: dict[EffectiveAnswer, Bits] = {}
        for effective_answer, bits in ((self._row.get(item, NoAnswer.NOT_ASKED), kept), *changed):
            for part in parts(effective_answer):
                groups[part] = groups.get(part, 0) | bits
        return list(groups.items())


def either(rows: Iterable[Bits]) -> Bits:
    """The responses in at least one of the rows."""
    made = 0
    for row in rows:
        made |= row
    return made


def indices(bits: Bits) -> list[int]:
    """The numbers of the responses whose bit is set, in order."""
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found


def _commonest(answers: Sequence[EffectiveAnswer]) -> EffectiveAnswer:
    """The answer that most of them are, as one object; no answer, if there are none."""
    if not answers:
        return NoAnswer.NOT_ASKED
    (most, _), *_ = Counter(map(id, answers)).most_common(1)
    return next(answer for answer in answers if id(answer) == most)


def _whole(effective_answer: EffectiveAnswer) -> Iterable[EffectiveAnswer]:
    if isinstance(effective_answer, Ticks):
        return (Ticks(),)
    return (Medicines(),) if isinstance(effective_answer, Medicines) else (effective_answer,)


def _ticked(effective_answer: EffectiveAnswer) -> Iterable[EffectiveAnswer]:
    """Each ticked or doubtful line by itself; nothing for a line that was denied."""
    if isinstance(effective_answer, Ticks):
        yield from (_one_line(code)[0] for code in effective_answer.ticked)
        yield from (_one_line(code)[1] for code in effective_answer.unsure)
    else:
        yield effective_answer


@cache
def _one_line(code: str) -> tuple[Ticks, Ticks]:
    """One line ticked, and in doubt."""
    return Ticks(frozenset({code})), Ticks(frozenset(), frozenset({code}))


def _medicines(effective_answer: EffectiveAnswer) -> Iterable[EffectiveAnswer]:
    if isinstance(effective_answer, Medicines) and effective_answer.taken:
        return [Medicines((replace(taken, name="", generic=""),)) for taken in effective_answer.taken]
    return (effective_answer,)
