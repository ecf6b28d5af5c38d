"""Pretended people for comparing rulebooks: spread so that every card fires in some of them.

The only chance in ``triage``: a generator with a fixed seed, of which only ``random()`` is used,
because that alone gives the same numbers in every version of Python.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import TypeAlias, TypeVar

from triage.conditions.leaf import NoAnswer, Ticks
from triage.conditions.nodes import Compare, Node
from triage.conditions.walk import leaves
from triage.engine.answers import MAX_MEDICINES
from triage.engine.response import Answer, MedicineAnswer, Response
from triage.engine.solving.search import Finder
from triage.engine.solving.unknowns import Unknowns
from triage.readers.circuit import Literal
from triage.readers.formula import Part
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth
from triage.workbench.examples import usual_answers

T = TypeVar("T")
_Key: TypeAlias = tuple[tuple[str, Answer], ...]
SEED = 20261124
WAYS = 3  # so many different ways in which each condition is made true


class People:
    """Responses to the questions of all ``books`` (two versions of one rulebook, or just one).

    Where a question stands in several of them the last one says which answers there are.
    """

    def __init__(self, books: Sequence[Rulebook], seed: int = SEED) -> None:
        self.books = books
        self.chance = Random(seed)
        self.unknowns = Unknowns(books)
        self.items: dict[str, Item] = {id_: item for book in books for id_, item in book.items.items()}
        self._listed = list(self.items.values())
        self._codes = {id_: item.codes for id_, item in self.items.items()}
        self.usual: Mapping[str, Answer] = {
            id_: answer for book in books for id_, answer in usual_answers(book).answers.items()
        }
        self.medicines = sorted({name for book in books for name in book.classification.kinds_of_medicine})

    def responses(self, count: int) -> list[Response]:
        """``count`` different complete responses, as far as there are so many: one for each way a card can
        come out, each number beside a threshold, and mixtures of these with answers drawn at random."""
        found = dict.fromkeys([_key(Response({}))][:count])
        for made in self._made_from_conditions() if count > 1 else ():
            found[_key(made)] = None
            if len(found) == count:  # to think of somebody takes a moment
                break
        parts = [*found][1:]
        for _ in range(50 * count):  # a rulebook with few questions has no more
            if len(found) >= count:
                break
            found[_key(self._mixture(parts))] = None
        return [Response({**self.usual, **dict(key)}) for key in found]

    def _made_from_conditions(self) -> Iterator[Response]:
        seen: set[tuple[str, Node]] = set()
        alone: dict[tuple[int, Compare, tuple[float, ...]], list[list[Response | None]]] = {}
        for side, book in enumerate(self.books):
            for goal, node in book.goals.items():
                if (goal, node) in seen:
                    continue
                seen.add((goal, node))
                finder = Finder(self.unknowns, node, side)
                made = [finder.find(truth) for truth in Truth]
                made += [finder.find(Truth.PRESENT, first=self._any_value) for _ in range(WAYS)]
                for leaf in leaves(node):
                    if isinstance(leaf, Compare):
                        numbers = tuple(self._beside(goal, leaf.item))
                        if (side, leaf, numbers) not in alone:  # most thresholds stand in many conditions
                            alone[side, leaf, numbers] = self._on_both_sides(leaf, side, numbers)
                        for number, both in zip(numbers, alone[side, leaf, numbers], strict=True):
                            made.append(finder.find(Truth.PRESENT, {leaf.item: number}))
                            made += both
                yield from (one for one in made if one is not None and _can_be_told(one))

    def _on_both_sides(
        self, leaf: Compare, side: int, numbers: Sequence[float]
    ) -> list[list[Response | None]]:
        """For each of the numbers somebody for whom the comparison alone holds, and one for whom not."""
        finder = Finder(self.unknowns, leaf, side)
        return [
            [finder.find(truth, {leaf.item: number}) for truth in (Truth.PRESENT, Truth.ABSENT)]
            for number in numbers
        ]

    def _beside(self, goal: str, item: str) -> list[float]:
        """The numbers at and beside every threshold that a book sets for this item in this goal.

        Those of the other book too: where a threshold was moved, both ends of the way are tried.
        """
        thresholds = {
            leaf.threshold
            for book in self.books
            for leaf in (leaves(book.goals[goal]) if goal in book.goals else ())
            if isinstance(leaf, Compare) and leaf.item == item
        }
        return sorted({threshold + step for threshold in thresholds for step in (-1, 0, 1)})

    def _any_value(self, parts: Sequence[Part]) -> list[Literal]:
        """For every part a value at random, other than "not sure"."""
        value = self.unknowns.proofs.value
        return [
            value(part.name, self._one([n for n in range(part.size) if n not in part.doubts] or [0]))
            for part in parts
        ]

    def _mixture(self, parts: Sequence[_Key]) -> Response:
        """The usual answers, or sometimes random ones, with what one to three cards look for."""
        answers: dict[str, Answer] = {}
        if self.chance.random() < 0.15:
            answers = {item.id: self.answer(item) for item in self._listed}
        for _ in range(self._below(3) + 1 if parts else 0):
            for name, answer in self._one(parts):
                answers[name] = _both(answers.get(name), answer)
        for _ in range(self._below(6)):
            item = self._one(self._listed)
            answers[item.id] = self.answer(item)
        return Response(answers)

    def answer(self, item: Item) -> Answer:
        """A random answer; one in twelve is "not sure"."""
        chance = self.chance.random
        if chance() < 1 / 12:
            return NoAnswer.UNSURE
        codes = self._codes[item.id]
        if item.type == "choice":
            return self._one(codes)
        if item.type == "choices":
            share = self._one((0, 0, 0.05, 0.2))
            ticked = {code for code in codes if chance() < share}
            doubtful = share / 4
            unsure = {code for code in codes if chance() < doubtful} - ticked
            return Ticks(frozenset(ticked), frozenset(unsure))
        if item.type == "medicines":
            count = self._one((0, 0, 1, 2)) if self.medicines else 0
            return tuple(
                MedicineAnswer(self._one(self.medicines), self._one(("recent", "long_ago", "unsure")))
                for _ in range(count)
            )
        if item.range is None:
            return "words"
        low, high = int(item.range.min), int(item.range.max)
        return low + self._below(high - low + 1)

    def _below(self, count: int) -> int:
        return int(self.chance.random() * count)

    def _one(self, things: Sequence[T]) -> T:
        return things[self._below(len(things))]


def _can_be_told(person: Response) -> bool:
    """Nobody lists more medicines than a file may hold, though a solver thinks of such people."""
    medicines = person.get("medicines")
    return not isinstance(medicines, tuple) or len(medicines) <= MAX_MEDICINES


def _key(response: Response) -> _Key:
    return tuple(sorted(response.answers.items(), key=lambda pair: pair[0]))


def _both(one: Answer | None, other: Answer) -> Answer:
    """Two answers to one question: what is ticked, or taken, in either. Else the second."""
    if isinstance(one, Ticks) and isinstance(other, Ticks):
        ticked = one.ticked | other.ticked
        return Ticks(ticked, (one.unsure | other.unsure) - ticked)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return tuple(dict.fromkeys((*one, *other)))
    return other
