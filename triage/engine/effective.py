"""Effective answers: how every item stands, once gates and medicine names are worked out."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from triage.conditions.leaf import EffectiveAnswer, Medicines, NoAnswer, TakenMedicine, Ticks
from triage.conditions.nodes import Node
from triage.engine.response import Answer, MedicineAnswer, Response
from triage.readers.evaluate import evaluate
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook
from triage.truth import Bounds, Truth

if TYPE_CHECKING:
    from triage.readers.ongoing import Ongoing
    from triage.rulebook.medicines.mentions import Mention
    from triage.rulebook.medicines.words import MedicineKind

Read: TypeAlias = Callable[[Node], Bounds]  # what a gate can be, by the answers so far
RECENT_WEEKS = 6
_FOREVER = 10_000.0


def effective_answers(
    rulebook: Rulebook, response: Response, today: datetime.date, ongoing: Ongoing | None = None
) -> Mapping[str, EffectiveAnswer]:
    """How each item stands, in asking order.

    An item whose ``ask_when`` is ABSENT is unreachable: its answer, if there is one, is kept
    in the response but invisible here. ``today`` dates the medicines. ``ongoing`` is told of each answer,
    and reads the gates: quicker, if it knows most of the answers already.
    """
    known: dict[str, EffectiveAnswer] = {}

    def plainly(gate: Node) -> Bounds:
        return evaluate(gate, known, {})

    read = plainly if ongoing is None else ongoing.evaluate
    given = response.answers
    for name, item in rulebook.items.items():
        gate, answered = item.ask_when, given.get(name)
        answer: EffectiveAnswer
        if gate is not None and read(gate).most is Truth.ABSENT:
            answer = NoAnswer.UNREACHABLE
        elif answered is None:  # most of them, while it is asked
            answer = NoAnswer.NOT_ASKED
        else:
            answer = _shown_ticks(item, effective_answer(rulebook, answered, today), read)
        known[name] = answer
        if ongoing is not None:
            ongoing.answer(name, answer)
    return known


def hidden_codes(item: Item, effective_answers: Mapping[str, EffectiveAnswer]) -> frozenset[str]:
    """The options of a question that surely are not for this person; an unsure gate shows its line."""
    return _hidden(item, lambda gate: evaluate(gate, effective_answers, {}))


def _hidden(item: Item, read: Read) -> frozenset[str]:
    return frozenset(
        option.code
        for option in item.options
        if option.ask_when is not None and read(option.ask_when).most is Truth.ABSENT
    )


def for_this_person(item: Item, effective_answers: Mapping[str, EffectiveAnswer]) -> Item:
    """The question with those options only that may be true of this person."""
    hidden = hidden_codes(item, effective_answers)
    if not hidden:
        return item
    return item.model_copy(update={"options": tuple(o for o in item.options if o.code not in hidden)})


def _shown_ticks(item: Item, answer: EffectiveAnswer, read: Read) -> EffectiveAnswer:
    """Ticks without those of lines that are not for this person: they count as little as an answer to a
    question that is not asked."""
    if not isinstance(answer, Ticks) or not (hidden := _hidden(item, read)):
        return answer
    return Ticks(answer.ticked - hidden, answer.unsure - hidden)


def effective_answer(rulebook: Rulebook, answer: Answer | None, today: datetime.date) -> EffectiveAnswer:
    """How an item stands by its answer alone, whether it is reachable or not."""
    if answer is None:
        return NoAnswer.NOT_ASKED
    if isinstance(answer, tuple):
        return Medicines(tuple(taken for entry in answer for taken in taken_as(rulebook, entry, today)))
    return answer


def taken_as(rulebook: Rulebook, answer: MedicineAnswer, today: datetime.date) -> list[TakenMedicine]:
    """The medicines that one entry of the list names: one, as a rule; a whole list, if it was pasted."""
    weeks = weeks_since(answer.started, today)
    found = rulebook.medicine_reader.read(answer.name)
    return [
        _taken(rulebook, one, answer.name if len(found) == 1 else one.text, answer.use, weeks)
        for one in found
    ]


def _taken(
    rulebook: Rulebook, mention: Mention, name: str, use: str | None, weeks: tuple[float, float] | None
) -> TakenMedicine:
    if mention.medicines:
        named = [name for medicine in mention.medicines for name in medicine.classes]
        classes = rulebook.classification.with_groups(named)
        return TakenMedicine(name, mention.generic, classes, weeks)
    kind = mention.kind or rulebook.medicine_reader.by_id.get(use or "")
    return taken_of_kind(rulebook, kind, name, weeks)


def taken_of_kind(
    rulebook: Rulebook, kind: MedicineKind | None, name: str, weeks: tuple[float, float] | None
) -> TakenMedicine:
    """A medicine that is not in the list, by what it is for; None: not even that is known."""
    if kind is None:
        return TakenMedicine(name, "", None, weeks, rulebook.classification.unplaced_may_be)
    sure = rulebook.classification.with_groups(kind.are) if kind.are else None
    may_be = rulebook.classification.kinds_may_be[kind.id]
    return TakenMedicine(name, "", sure, weeks, may_be, frozenset(kind.asks), placed=True)


def weeks_since(started: str | None, today: datetime.date) -> tuple[float, float] | None:
    """The range of weeks since ``started``; None when nobody knows. Dates to come count as 0."""
    if started is None or started == "unsure":
        return None
    if started == "recent":
        return 0.0, float(RECENT_WEEKS)
    if started == "long_ago":
        return RECENT_WEEKS + 0.5, _FOREVER
    year, *rest = (int(part) for part in started.split("-"))
    month = rest[0] if rest else None
    last_month = month or 12
    last_day = calendar.monthrange(year, last_month)[1]
    day = rest[1] if len(rest) == 2 else None
    first = datetime.date(year, month or 1, day or 1)
    last = datetime.date(year, last_month, day or last_day)
    return _weeks(last, today), _weeks(first, today)


def _weeks(start: datetime.date, today: datetime.date) -> float:
    return max(0, (today - start).days) / 7
