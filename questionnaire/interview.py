"""The interview without any input or output: a generator that asks one thing at a time.

It yields a step and is sent a reply. Going back is replay: the last answer is taken out and the
same reasoning runs again on what is left. Nothing here knows how a question is shown.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from triage.conditions.standing import Ticks
from triage.reasoner import Reasoner, Step
from triage.response import Answer, Response
from triage.rulebook.model import Item, Level, urgency


class Command(Enum):
    """What a person can do instead of answering."""

    BACK = "back"


class Verdict(Enum):
    """The reply to a read-back, and to the emergency page (YES: it is so; NO: a mistake)."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Question:
    """An item to answer. ``prior`` is the answer given before going back.

    ``number`` counts from 1; ``to_go`` is how many more will come unless answers open others.
    """

    item: Item
    prior: Answer | None
    number: int
    to_go: int


@dataclass(frozen=True, slots=True)
class ReadBack:
    """One ticked line, read back before it counts. ``sure`` is False for a line typed with "?"."""

    item: Item
    code: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Recorded:
    """An answer counts now; whoever drives the interview saves it. Reply: None."""

    response: Response
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """The result is at least "same day" now; said at once. Reply: YES (go on) or NO (a mistake)."""

    level: Level


@dataclass(frozen=True, slots=True)
class Emergency:
    """Stop and show what to do now. Reply: YES (go on to the end) or NO (it was a mistake)."""

    response: Response


InterviewStep: TypeAlias = Question | ReadBack | Recorded | Reached | Emergency
Reply: TypeAlias = Answer | Command | Verdict | None
Interview: TypeAlias = Generator[InterviewStep, Reply, Response]


@dataclass
class _State:
    response: Response
    order: list[str]
    prior: dict[str, Answer] = field(default_factory=dict)

    def record(self, item: str, answer: Answer) -> Recorded:
        self.response = self.response.with_answer(item, answer)
        self.order = [*(name for name in self.order if name != item), item]
        self.prior.pop(item, None)
        return Recorded(self.response, tuple(self.order))

    def back(self) -> Recorded:
        """Take the last answer out, but remember it to show it again."""
        if self.order:
            item = self.order.pop()
            answer = self.response.get(item)
            if answer is not None:
                self.prior[item] = answer
            self.response = self.response.with_answer(item, None)
        return Recorded(self.response, tuple(self.order))


def interview(
    reasoner: Reasoner,
    response: Response | None = None,
    order: tuple[str, ...] = (),
    drafts: Response | None = None,
) -> Interview:
    """Ask until nothing is due; returns the final response.

    ``response`` and ``order`` (the items in the order they were answered) resume an interview;
    ``drafts`` holds answers that were not finished, and are shown when their question comes.
    """
    start = response or Response()
    asked = [item for item in order if start.get(item) is not None]
    state = _State(start, [*(item for item in start.answers if item not in asked), *asked])
    state.prior.update((drafts or Response()).answers)
    told: Level = "self_care"
    while True:
        step = reasoner.step(state.response)
        if step.level == "emergency":
            reply = yield Emergency(state.response)
            if reply is not Verdict.NO:
                return state.response
            yield state.back()
            continue
        if urgency(step.level) >= urgency("same_day") and step.level != told:
            reply = yield Reached(step.level)
            if reply is Verdict.NO:
                yield state.back()
                continue
        told = step.level
        if not step.due:
            return state.response
        yield from _ask(reasoner, state, step)


def _ask(reasoner: Reasoner, state: _State, step: Step) -> Generator[InterviewStep, Reply, None]:
    """Ask the first item that is due, and record the answer or go back."""
    item = reasoner.rulebook.items[step.due[0]]
    to_go = step.surely_due(reasoner.rulebook) - 1
    question = Question(item, state.prior.get(item.id), len(state.order) + 1, max(0, to_go))
    reply = yield question
    if reply is Command.BACK:
        yield state.back()
        return
    assert reply is not None
    assert not isinstance(reply, Command | Verdict)
    answer: Answer | None = reply
    if item.read_back and isinstance(answer, Ticks):
        answer = yield from _read_back(reasoner, state, item, answer)
    if answer is None:
        return  # every tick was a mistake: the same screen again
    yield state.record(item.id, answer)


def _read_back(
    reasoner: Reasoner, state: _State, item: Item, ticks: Ticks
) -> Generator[InterviewStep, Reply, Answer | None]:
    """Read each ticked line back once. Stops as soon as a kept line makes it an emergency."""
    if not ticks.ticked and not ticks.unsure:
        return ticks
    ticked, unsure = set(ticks.ticked), set(ticks.unsure)
    kept: set[str] = set()
    for code in item.codes:
        if code not in ticks.ticked | ticks.unsure:
            continue
        reply = yield ReadBack(item, code, code in ticks.ticked)
        ticked.discard(code)
        unsure.discard(code)
        if reply is Verdict.YES:
            ticked.add(code)
            kept.add(code)
            settled = Ticks(frozenset(kept))
            reached = reasoner.step(state.response.with_answer(item.id, settled)).level
            if reached == "emergency":
                # The lines not read back yet stay as typed; no more questions now.
                return Ticks(frozenset(ticked), frozenset(unsure))
        elif reply is Verdict.UNSURE:
            unsure.add(code)
    if not ticked and not unsure:
        return None
    return Ticks(frozenset(ticked), frozenset(unsure))
