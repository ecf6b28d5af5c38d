"""The parts of answers that conditions turn on: what a proof ranges over, and answers made of them.

A choice or a number is one part, a tick list one for each line, the medicines one for each kind of
medicine. Of those that differ in no class that is asked for there is one, the plainest.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace

from triage.conditions.leaf import EffectiveAnswer, Medicines, NoAnswer, TakenMedicine, Ticks
from triage.conditions.nodes import MEDICINES, Answered, Compare, Found, Leaf, Node, Takes
from triage.conditions.walk import different_leaves, lines_read
from triage.engine.effective import RECENT_WEEKS, taken_of_kind, weeks_since
from triage.engine.response import Answer, MedicineAnswer, Response
from triage.engine.solving.medicine_kinds import Kind, Kinds, as_asked
from triage.readers.circuit import Literal
from triage.readers.formula import Part, Side
from triage.readers.proofs import Proofs, Values
from triage.rulebook.model import NUMBER_TYPES, Item
from triage.rulebook.rulebook import Rulebook

LONG_AGO = "2000"  # longer ago than any condition can ask for
DAY = datetime.date(2026, 11, 22)  # for starts that are neither recent nor long ago
UNLISTED = "a medicine that is not in the list"
SEPARATOR = "/"  # stands in no id


class Unknowns:
    """Everything that conditions of some rulebooks read of one person, and proofs over it.

    A medicine that only a later one of the ``books`` knows is one that the person of the others does
    not take. ``more`` are conditions that are in no rulebook. With ``early`` the answers need not be
    complete: a question may be open yet. ``only`` are the goals that matter; None: all.
    """

    def __init__(
        self,
        books: Sequence[Rulebook],
        more: Iterable[Node] = (),
        *,
        early: bool = False,
        only: Collection[str] | None = None,
    ) -> None:
        self.books = books
        self.early = early
        self._of_kind: dict[tuple[Kind, ...], str] = {}  # the part of every kind of medicine
        self._asked: set[str] = set()  # the classes of medicines that anything asks for
        self._answers: dict[str, tuple[Answer, ...]] = {}  # of every part, by the number of its value
        sides = [_side(book, only) for book in books]
        self.read = _read_by(sides, more)
        self.proofs = Proofs(list(self._parts(self.read)), sides, self.read)

    def under(self, rulebook: Rulebook, more: Iterable[Node] = ()) -> Unknowns | None:
        """The same of the one rulebook after an edit of its conditions alone, for which little is written
        down anew; None if the edit goes further, or reads what was not read before."""
        (before,) = self.books
        sides = [_side(rulebook, None)]
        if not _asks_alike(before, rulebook) or not {*_read_by(sides, more)} <= {*self.read}:
            return None
        other = copy(self)
        other.books, other.proofs = [rulebook], self.proofs.under(sides)
        return other

    def response(self, values: Values) -> Response:
        """The answers that these values make. A question of which no part is there was not asked; lines
        that are not there are denied."""
        answers: dict[str, Answer] = {}
        for name, number in values.items():
            item = self.proofs.parts[name].item
            answer, before = self._answers[name][number], answers.get(item)
            if isinstance(answer, Ticks) and isinstance(before, Ticks):
                ticked = before.ticked | answer.ticked
                answers[item] = Ticks(ticked, (before.unsure | answer.unsure) - ticked)
            elif isinstance(answer, tuple) and isinstance(before, tuple):
                answers[item] = (*before, *answer)
            elif not isinstance(before, NoAnswer):
                answers[item] = answer
        return Response({name: a for name, a in answers.items() if a is not NoAnswer.NOT_ASKED})

    def saying(self, item: str, answer: Answer) -> Literal:
        """The literal for this answer to a choice or a number. Raises ``ValueError`` for one that no
        condition tells from others."""
        return self.proofs.value(item, self._answers[item].index(answer))

    def ordinary(self) -> Values:
        """The values of somebody with ordinary cramps."""
        usual = {item: book.items[item].usual for book in self.books for item in book.items}
        values = {}
        for name, part in self.proofs.parts.items():
            ticked = usual[part.item] if part.ladder else ()
            values[name] = 2 if name.partition(SEPARATOR)[2] in (ticked or ()) else 0
        return values

    @property
    def known_kinds(self) -> Kinds:
        """The kinds of medicines that are told apart."""
        return Kinds(self._of_kind, frozenset(self._asked))

    # The parts -------------------------------------------------------------------------------------

    def _parts(self, read: Sequence[Leaf]) -> Iterator[Part]:
        by_item: dict[str, list[Leaf]] = {}
        for leaf in read:
            by_item.setdefault(leaf.item, []).append(leaf)
        for name in dict.fromkeys(item for book in self.books for item in book.items):
            if name in by_item:
                items = [book.items[name] for book in self.books if name in book.items]
                yield from self._of_item(items, by_item[name])

    def _of_item(self, items: Sequence[Item], read: Sequence[Leaf]) -> Iterator[Part]:
        item = items[0]
        silent = [NoAnswer.UNSURE, *([NoAnswer.NOT_ASKED] if self.early else [])]
        if item.type == "medicines":
            yield self._part(item.id, item.id, [(), *silent])
            yield from self._medicines([leaf for leaf in read if isinstance(leaf, Takes)])
        elif item.type == "choices":
            if self.early or any(isinstance(leaf, Answered) for leaf in read):
                yield self._part(item.id, item.id, [Ticks(), *silent])
            for code in dict.fromkeys(code for leaf in read for code in lines_read(leaf)):
                one, none = frozenset((code,)), frozenset[str]()
                lines = [Ticks(), Ticks(none, one), Ticks(one)]
                yield self._part(f"{item.id}{SEPARATOR}{code}", item.id, lines, line=True)
        else:
            yield self._part(item.id, item.id, [*_answers(items, read), *silent])

    def _part(self, name: str, item: str, answers: Sequence[Answer], *, line: bool = False) -> Part:
        self._answers[name] = tuple(answers)
        effective_answers = tuple(Medicines() if isinstance(one, tuple) else one for one in answers)
        doubts = tuple(
            n for n, one in enumerate(effective_answers) if isinstance(one, NoAnswer) or _doubted(one)
        )
        return Part(name, item, (effective_answers,) * len(self.books), line, ladder=line, doubts=doubts)

    def _medicines(self, read: Sequence[Takes]) -> Iterator[Part]:
        """Medicines that differ in what some leaf makes of them."""
        asked = self._asked = {leaf.medicine_class for leaf in read}
        timed = {leaf.medicine_class for leaf in read if leaf.within_weeks is not None}
        starts = _starts({leaf.within_weeks for leaf in read if leaf.within_weeks is not None})
        for answer, taken in self._kinds():
            kind = tuple(as_asked(one, asked) for one in taken)
            counted = frozenset[str]().union(*(classes or () for of in kind for classes in of[:2]))
            if kind in self._of_kind or not counted:
                continue
            classes = [of[0] for of in kind if of[0]]
            began = starts if counted & timed else [LONG_AGO]
            name = self._of_kind[kind] = f"{MEDICINES}{SEPARATOR}{answer.use or answer.name}"
            self._answers[name] = ((), *((replace(answer, started=start),) for start in began))
            weeks = [weeks_since(start, DAY) for start in began]
            taking = [(Medicines(), *(Medicines((replace(one, weeks=w),)) for w in weeks)) for one in taken]
            doubts = tuple(n for n, start in enumerate(began, 1) if not classes or start == "unsure")
            yield Part(name, MEDICINES, tuple(taking), line=True, doubts=doubts)

    def _kinds(self) -> Iterator[tuple[MedicineAnswer, list[TakenMedicine]]]:
        """Every medicine as each rulebook reads it, the plainest first; then those that are in no list."""
        first, last = self.books[0], self.books[-1]
        nothing = frozenset[str]()
        names = (
            first.classification.kinds_of_medicine
            if first is last
            else {**dict.fromkeys(last.classification.plainest), **first.medicines}
        )
        for generic in names:
            classes = (book.classification.classes_of.get(generic, nothing) for book in self.books)
            yield MedicineAnswer(generic), [TakenMedicine(generic, generic, each) for each in classes]
        for use in (None, *(kind.id for kind in first.medicine_words.kinds)):
            kinds = ((book, book.medicine_reader.by_id.get(use or "")) for book in self.books)
            yield MedicineAnswer(UNLISTED, use=use), [taken_of_kind(b, kind, "", None) for b, kind in kinds]


def _side(book: Rulebook, only: Collection[str] | None) -> Side:
    goals = {goal: node for goal, node in book.shared_goals.items() if only is None or goal in only}
    return Side({item.id: item.ask_when for item in book.items.values()}, goals)


def _read_by(sides: Sequence[Side], more: Iterable[Node]) -> tuple[Leaf, ...]:
    nodes = [*more, *(n for side in sides for n in (*side.gates.values(), *side.goals.values()) if n)]
    return tuple(leaf for leaf in different_leaves(nodes) if not isinstance(leaf, Found))


def _asks_alike(before: Rulebook, after: Rulebook) -> bool:
    """Whether both know the same medicines, and the same questions but for whom they are asked."""
    same = before.medicines is after.medicines and before.classes is after.classes
    asked, asks = (
        [(i.id, i.type, i.codes, i.usual, i.range) for i in book.items.values()] for book in (before, after)
    )
    return same and before.medicine_words is after.medicine_words and asked == asks


def _doubted(effective_answer: EffectiveAnswer) -> bool:
    return isinstance(effective_answer, Ticks) and bool(effective_answer.unsure)


def _starts(limits: Iterable[int]) -> list[str]:
    """When a medicine may have been started: one day for every way to compare, and "not sure"."""
    dates = [
        str(DAY - datetime.timedelta(weeks=limit + more))
        for limit in sorted({*limits} - {RECENT_WEEKS})
        for more in (0, 1)
    ]
    return [LONG_AGO, "recent", *dates, "unsure"]


def _answers(items: Sequence[Item], read: Sequence[Leaf]) -> list[Answer]:
    """The usual answer, then the others; numbers as far as any leaf tells them apart; some words."""
    item = items[0]
    if item.type in NUMBER_TYPES:
        return list(_numbers(items, {leaf.threshold for leaf in read if isinstance(leaf, Compare)}))
    if item.type != "choice":
        return ["words"]
    codes = dict.fromkeys(code for one in items for code in one.codes)
    return sorted(codes, key=lambda code: code != item.usual)


def _numbers(items: Sequence[Item], limits: Collection[float]) -> list[float]:
    """The usual number, each threshold and those beside and between: one for every way to compare."""
    item = items[0]
    step = 1 if item.type == "integer" else 0.5
    between = [(a + b) / 2 for a, b in zip(sorted(limits), sorted(limits)[1:], strict=False)]
    near = [number for limit in limits for number in (limit, limit + step, limit - step)]
    tried = [item.usual] if isinstance(item.usual, int | float) else []
    for number in [*sorted(near), *(between if item.type == "decimal" else [])]:
        tried.append(int(number) if item.type == "integer" else number)
    ranges = [one.range for one in items if one.range]
    low, high = min(r.min for r in ranges), max(r.max for r in ranges)
    if not tried:
        tried.append(int(low) if item.type == "integer" else low)
    return list(dict.fromkeys(number for number in tried if low <= number <= high))
