"""Two rulebooks over the same people: whose result changes, and which advice comes and goes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from triage.conditions.leaf import NoAnswer, Ticks
from triage.engine.counterfactuals.cohort import conclude_for
from triage.engine.disposition import most_urgent, raised
from triage.engine.effective import effective_answers
from triage.engine.response import Answer, MedicineAnswer, Response
from triage.readers.answer_bits import Bits, indices
from triage.readers.ongoing import Ongoing
from triage.rulebook.model import LEVELS, Item, Level, urgency
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import read_examples, usual_answers
from triage.workbench.population import People

EXAMPLES = 3
PEOPLE = 20_000
TRIED = 30  # so many of the shortest cases are shortened, to show three that differ


@dataclass(frozen=True, slots=True)
class Moved:
    """One person whose disposition changes, told by the answers that are not the usual ones."""

    answers: Mapping[str, Answer]
    before: Level
    after: Level
    because: tuple[str, ...]  # cards that set the more urgent of the two


@dataclass(frozen=True, slots=True)
class Comparison:
    """The same people under two rulebooks.

    ``moves`` counts people by old and new disposition; ``up`` and ``down`` are short examples.
    ``cards`` maps ids to how many people gain and lose a finding, ``advice`` the same among those
    whose disposition stays: with another disposition comes other advice. ``numbers`` are the ranges
    of answers of all who move, for each question that is answered with a number.
    """

    people: int
    moves: Mapping[tuple[Level, Level], int]
    up: tuple[Moved, ...]
    down: tuple[Moved, ...]
    advice: Mapping[str, tuple[int, int]]
    cards: Mapping[str, tuple[int, int]]
    numbers: Mapping[str, tuple[float, float]]
    moved: tuple[int, ...]  # the numbers of the responses whose disposition changes

    @property
    def risen(self) -> int:
        return sum(n for (old, new), n in self.moves.items() if urgency(new) > urgency(old))

    @property
    def fallen(self) -> int:
        return sum(n for (old, new), n in self.moves.items() if urgency(new) < urgency(old))


def cases(
    old: Rulebook, new: Rulebook, vignettes: Iterable[Response] = (), count: int = PEOPLE
) -> list[Response]:
    """The people to compare with: the vignettes, the examples of both rulebooks, and pretended ones.

    Each is complete: what is not said is as usual.
    """
    said = [*vignettes, *(example.response for book in (old, new) for example in read_examples(book))]
    return [*completed(old, new, said), *People([old, new]).responses(count)]


def completed(old: Rulebook, new: Rulebook, responses: Iterable[Response]) -> list[Response]:
    """The responses with the usual answers to all that they leave out."""
    usual = {**usual_answers(old).answers, **usual_answers(new).answers}
    return [Response({**usual, **response.answers}) for response in responses]


def compare(
    old: Rulebook, new: Rulebook, responses: Sequence[Response], today: datetime.date
) -> Comparison:
    """What changes for these people from ``old`` to ``new``. Responses must be complete."""
    before = conclude_for(old, list(map(Fitting(old), responses)), today)
    after = conclude_for(new, list(map(Fitting(new), responses)), today)
    moves: dict[tuple[Level, Level], int] = {}
    up: Bits = 0
    down: Bits = 0
    for one in LEVELS:
        for other in LEVELS:
            people = before.levels[one] & after.levels[other]
            if people and one != other:
                moves[one, other] = people.bit_count()
                up |= people if urgency(other) > urgency(one) else 0
                down |= people if urgency(other) < urgency(one) else 0
    judge = _Judge(old, new, today)
    return Comparison(
        people=len(responses),
        moves=moves,
        up=judge.examples([responses[n] for n in indices(up)]),
        down=judge.examples([responses[n] for n in indices(down)]),
        advice=_gained(before.advice, after.advice, ~(up | down)),
        cards=_gained(before.found, after.found, ~0),
        numbers=_numbers([responses[n] for n in indices(up | down)]),
        moved=tuple(indices(up | down)),
    )


def _numbers(people: Sequence[Response]) -> dict[str, tuple[float, float]]:
    found: dict[str, list[float]] = {}
    for response in people:
        for name, answer in response.answers.items():
            if isinstance(answer, int | float):
                found.setdefault(name, []).append(answer)
    return {name: (min(numbers), max(numbers)) for name, numbers in found.items()}


class Fitting:
    """Responses as far as one rulebook can read them: no question, option or line that it lacks."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._known = {item.id: (item, frozenset(item.codes)) for item in rulebook.items.values()}
        self._last: dict[str, tuple[Answer, Answer | None]] = {}  # for every item the last answer seen

    def __call__(self, response: Response) -> Response:
        kept: dict[str, Answer] = {}
        for name, answer in response.answers.items():
            if name in self._known:
                before = self._last.get(name)
                if before is None or before[0] is not answer:  # most people give the same, usual, answer
                    before = self._last[name] = answer, self._fitting(*self._known[name], answer)
                fitting = before[1]
                if fitting is not None:
                    kept[name] = fitting
        return Response(kept)

    def _fitting(self, item: Item, codes: frozenset[str], answer: Answer) -> Answer | None:
        if isinstance(answer, NoAnswer):
            return answer
        if isinstance(answer, Ticks):
            if answer.ticked <= codes and answer.unsure <= codes:
                return answer
            return Ticks(answer.ticked & codes, answer.unsure & codes) if item.type == "choices" else None
        if isinstance(answer, str):
            return answer if item.type == "text" or answer in codes else None
        if isinstance(answer, tuple):
            return answer if item.type == "medicines" else None
        return answer if item.range and item.range.min <= answer <= item.range.max else None


def _gained(
    before: Mapping[str, Bits], after: Mapping[str, Bits], among: Bits
) -> dict[str, tuple[int, int]]:
    changed: dict[str, tuple[int, int]] = {}
    for card in sorted({*before, *after}):
        old, new = before.get(card, 0), after.get(card, 0)
        gains, losses = (new & ~old & among).bit_count(), (old & ~new & among).bit_count()
        if gains or losses:
            changed[card] = (gains, losses)
    return changed


def _without(part: str | MedicineAnswer, answer: Answer) -> Answer:
    """The answer without one line, or without one medicine."""
    if isinstance(answer, Ticks):
        return Ticks(answer.ticked - {part}, answer.unsure - {part})
    return tuple(other for other in answer if other != part) if isinstance(answer, tuple) else answer


class _Judge:
    """Shortens the answers of people who move, by the evaluator that goes on from answer to answer."""

    def __init__(self, old: Rulebook, new: Rulebook, today: datetime.date) -> None:
        self.old, self.new = ((book, Fitting(book), Ongoing(book.deciding)) for book in (old, new))
        self.today = today
        self.usual = {**usual_answers(old).answers, **usual_answers(new).answers}

    def examples(self, people: Sequence[Response]) -> tuple[Moved, ...]:
        """Three short ones, of different kinds if there are."""
        shortest = sorted(people, key=lambda response: len(self._unusual(response)))[:TRIED]
        told = {repr(sorted(moved.answers.items())): moved for moved in map(self._shortened, shortest)}
        short = sorted(told.values(), key=lambda moved: len(moved.answers))
        kinds = {(moved.before, moved.after, moved.because): moved for moved in reversed(short)}
        first = [moved for moved in short if moved in kinds.values()]
        chosen = [*first, *(moved for moved in short if moved not in first)][:EXAMPLES]
        return tuple(sorted(chosen, key=lambda moved: len(moved.answers)))

    def _unusual(self, response: Response) -> dict[str, Answer]:
        return {n: a for n, a in response.answers.items() if a != self.usual.get(n)}

    def _shortened(self, response: Response) -> Moved:
        """With every answer made usual, and every tick taken off, that is not needed for the move.

        Gone through until nothing more can go: an answer may be needed only beside one that went after it.
        """
        told = self._told(response)
        longer = None
        while longer != response:
            longer = response
            for name in self._unusual(longer):
                for less in self._less(name, response.answers[name]):
                    tried = response.with_answer(name, less(response.answers[name]))
                    now = self._told(tried)
                    if (now.before, now.after, now.because) == (told.before, told.after, told.because):
                        response = tried
        return self._told(response)

    def _less(self, name: str, answer: Answer) -> Iterator[Callable[[Answer], Answer | None]]:
        yield lambda _: self.usual.get(name)
        if isinstance(answer, Ticks):
            for code in sorted(answer.ticked | answer.unsure):
                yield partial(_without, code)
        if isinstance(answer, tuple):
            for taken in answer:
                yield partial(_without, taken)

    def _told(self, response: Response) -> Moved:
        before, raised_before = self._level(self.old, response)
        after, raised_after = self._level(self.new, response)
        because = raised_after if urgency(after) > urgency(before) else raised_before
        return Moved(self._unusual(response), before, after, because)

    def _level(
        self, judge: tuple[Rulebook, Fitting, Ongoing], response: Response
    ) -> tuple[Level, tuple[str, ...]]:
        book, fitted, ongoing = judge
        effective_answers(book, fitted(response), self.today, ongoing)
        raising = raised(book, ongoing.truths(), ongoing.found())
        level = most_urgent(raising)
        return level, tuple(entry.card for entry in raising if entry.level == level)
