"""The interview without any input or output: a generator that asks one thing at a time.

It yields a step and is sent a reply. Going back is replay: the last answer is taken out and the
same reasoning runs again on what is left. Nothing here knows how a question is shown.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field

from triage.conditions.leaf import EffectiveAnswer, NoAnswer, Ticks
from triage.engine.effective import for_this_person, hidden_codes
from triage.engine.events import (
    ChangeAnswer,
    Command,
    Confirmation,
    Emergency,
    Interview,
    InterviewStep,
    Question,
    Reached,
    ReadBack,
    Recorded,
    Reply,
    Review,
)
from triage.engine.inference import Inference, Reasoner
from triage.engine.outcome import own_pages
from triage.engine.proxy import in_their_words
from triage.engine.response import Answer, Response
from triage.readers.evaluate import evaluate
from triage.rulebook.model import Item, Level, urgency
from triage.truth import Truth


@dataclass
class _State:
    response: Response
    order: list[str]
    prior: dict[str, Answer] = field(default_factory=dict)
    told: Level = "self_care"
    told_alone: tuple[str, ...] = ()  # cards with a page of their own that were said
    recording: bool = False
    all_asked: bool = False  # also what cannot make it more urgent, once it is for today
    reviewing: bool = False
    dropped: tuple[Item, ...] = ()
    total: int = 0  # questions, as said with the last one; 0: not said, or after going back
    latest: str = ""  # the item answered last, in a review perhaps not the last in order

    def record(self, item: str, answer: Answer) -> Recorded:
        self.response = self.response.with_answer(item, answer)
        if item not in self.order:
            self.order = [*self.order, item]
        self.prior.pop(item, None)
        self.latest = item
        return self._recorded()

    def undo(self) -> Recorded:
        """Take back the answer given last, wherever it stands: its question comes again."""
        if self.latest in self.order:
            self.order = [*(item for item in self.order if item != self.latest), self.latest]
        return self.back()

    def back(self, effective_answers: Mapping[str, EffectiveAnswer] | None = None) -> Recorded:
        """Take the last answer out, but remember it to show it again.

        Answers that do not count any more (their question is not asked now) go with it.
        """
        while self.order:
            item = self.order.pop()
            answer = self.response.get(item)
            if answer is not None:
                self.prior[item] = answer
            self.response = self.response.with_answer(item, None)
            if effective_answers is None or effective_answers[item] is not NoAnswer.UNREACHABLE:
                break
        self.total = 0
        return self._recorded()

    def put_aside(self, items: Iterable[str]) -> None:
        """Take these answers out, but remember them: their questions come again."""
        for item in items:
            answer = self.response.get(item)
            if answer is not None:
                self.prior[item] = answer
            self.response = self.response.with_answer(item, None)
            self.order = [one for one in self.order if one != item]

    def counted(self, effective_answers: Mapping[str, EffectiveAnswer]) -> list[str]:
        """The items whose answers count, in the order they were answered."""
        return [item for item in self.order if effective_answers[item] is not NoAnswer.UNREACHABLE]

    def _recorded(self) -> Recorded:
        return Recorded(self.response, tuple(self.order), Response(dict(self.prior)))


def interview(
    reasoner: Reasoner,
    response: Response | None = None,
    order: tuple[str, ...] = (),
    drafts: Response | None = None,
    *,
    result_read: bool = False,
) -> Interview:
    """Ask until nothing is due and the review is left; returns the final response.

    ``response`` and ``order`` (the items in the order they were answered) resume an interview;
    ``drafts`` holds answers that were not finished, and are shown when their question comes.
    ``result_read``: the person comes back from the result, so what it says is not told again first.
    """
    start = response or Response()
    items = reasoner.rulebook.items
    answered = [item for item in start.answers if items[item].stage == "interview"]
    asked = [item for item in order if item in answered]
    state = _State(start, [*(item for item in answered if item not in asked), *asked])
    state.prior.update((drafts or Response()).answers)
    if result_read:
        read = reasoner.step(start)
        state.told, state.told_alone = read.level, own_pages(reasoner.rulebook, read)
    while True:
        step = reasoner.step(state.response, for_the_record=state.recording or state.all_asked)
        if step.level == "emergency" and not state.recording:
            reply = yield Emergency(state.response)
            if reply is Confirmation.RECORD:
                state.recording = True
                state.told_alone = own_pages(reasoner.rulebook, step)
            elif reply is Confirmation.NO:
                yield state.undo()
            else:
                return state.response
            continue
        own = tuple(card for card in own_pages(reasoner.rulebook, step) if card not in state.told_alone)
        higher = not state.recording and step.level != state.told
        if (higher and urgency(step.level) >= urgency("same_day")) or own:
            to_go = step.likely_due(reasoner.rulebook)
            in_all = reasoner.step(state.response, for_the_record=True).likely_due(reasoner.rulebook)
            reply = yield Reached(step.level, to_go, in_all, step, own, besides=bool(own) and not higher)
            if reply is Confirmation.NO:
                yield state.undo()
                continue
            state.all_asked = state.all_asked or reply is Confirmation.RECORD
            if state.all_asked:
                step = reasoner.step(state.response, for_the_record=True)
        state.told = step.level
        state.told_alone = own_pages(reasoner.rulebook, step)
        if step.asking and not state.reviewing:
            yield from _ask(reasoner, state, step)
        elif (yield from _review(reasoner, state, step)) and not step.asking:
            return state.response


def _ask(reasoner: Reasoner, state: _State, step: Inference) -> Generator[InterviewStep, Reply, None]:
    """Ask the first item that is due, and record the answer, go back or turn to the review."""
    words = in_their_words(reasoner.rulebook, step.effective_answers)
    item = for_this_person(words.items[step.asking[0]], step.effective_answers)
    number = len(state.counted(step.effective_answers)) + 1
    to_go = max(0, step.likely_due(reasoner.rulebook) - 1)
    opened = max(0, number + to_go - state.total) if state.total else 0
    gate = item.ask_when
    doubt = gate is not None and evaluate(gate, step.effective_answers, {}).truth is Truth.UNKNOWN
    prior = state.prior.get(item.id)
    reply = yield Question(item, prior, number, to_go, opened, step, in_doubt=doubt)
    state.total = number + to_go
    if reply is Command.BACK:
        yield state.back(step.effective_answers)
    elif reply is Command.REVIEW:
        state.reviewing = True
    else:
        answer = yield from _confirmed(reasoner, state, item, reply)
        if answer is not None:  # else every tick was a mistake: the same screen again
            yield state.record(item.id, answer)


def _review(reasoner: Reasoner, state: _State, step: Inference) -> Generator[InterviewStep, Reply, bool]:
    """Show all answers, and take one change. True if the person goes on from here."""
    rulebook = in_their_words(reasoner.rulebook, step.effective_answers)
    reply = yield Review(rulebook, step, state.dropped, not step.asking)
    state.dropped = ()
    if isinstance(reply, ChangeAnswer):
        yield from _change(reasoner, state, step, rulebook.items[reply.item])
        if not step.asking:
            state.reviewing = False  # what the change opens is asked at once
        return False
    state.reviewing = False
    if reply is Command.BACK:
        yield state.back(step.effective_answers)
        return False
    return True


def _change(
    reasoner: Reasoner, state: _State, step: Inference, item: Item
) -> Generator[InterviewStep, Reply, None]:
    """Ask one item again; its earlier answer stays until there is another."""
    item = for_this_person(item, step.effective_answers)
    counted = state.counted(step.effective_answers)
    number = counted.index(item.id) + 1
    before = state.response.get(item.id)
    reply = yield Question(item, before, number, len(counted) - number, 0, step, changing=True)
    if isinstance(reply, Command):
        return
    answer = yield from _confirmed(reasoner, state, item, reply)
    if answer is None:
        return
    state.put_aside(_lists_with_new_lines(reasoner, step, state.response.with_answer(item.id, answer)))
    yield state.record(item.id, answer)
    after = reasoner.step(state.response, for_the_record=state.recording or state.all_asked)
    words = in_their_words(reasoner.rulebook, after.effective_answers).items
    state.dropped = tuple(
        words[name]
        for name in words
        if after.effective_answers[name] is NoAnswer.UNREACHABLE
        and step.effective_answers[name] is not NoAnswer.UNREACHABLE
        and state.response.get(name) is not None
    )
    state.total = 0


def _lists_with_new_lines(reasoner: Reasoner, before: Inference, response: Response) -> list[str]:
    """Answered questions that have a line now which was not shown: nobody has said "no" to it."""
    after = reasoner.step(response).effective_answers
    return [
        item.id
        for item in reasoner.rulebook.items.values()
        if response.get(item.id) is not None
        and hidden_codes(item, before.effective_answers) - hidden_codes(item, after)
    ]


def _confirmed(
    reasoner: Reasoner, state: _State, item: Item, reply: Reply
) -> Generator[InterviewStep, Reply, Answer | None]:
    """The answer, its ticks read back where that is wanted; None if they were all a mistake."""
    assert reply is not None
    assert not isinstance(reply, Command | Confirmation | ChangeAnswer)
    if isinstance(reply, int | float) and item.confirm_when is not None:
        known = reasoner.step(state.response.with_answer(item.id, reply)).effective_answers
        if evaluate(item.confirm_when, known, {}).truth is Truth.PRESENT:
            right = yield ReadBack(item, "", sure=True, number=reply)
            return reply if right is Confirmation.YES else None
    if not (item.read_back and isinstance(reply, Ticks)):
        return reply
    return (yield from _read_back(reasoner, state, item, reply))


def _read_back(
    reasoner: Reasoner, state: _State, item: Item, ticks: Ticks
) -> Generator[InterviewStep, Reply, Answer | None]:
    """Read each ticked line back once. Stops as soon as a kept line makes it an emergency."""
    if not ticks.ticked and not ticks.unsure:
        return ticks
    ticked, unsure = set(ticks.ticked), set(ticks.unsure)
    kept: set[str] = set()
    mistaken = False
    for code in item.codes:
        if code not in ticks.ticked | ticks.unsure:
            continue
        reply = yield ReadBack(item, code, code in ticks.ticked)
        ticked.discard(code)
        unsure.discard(code)
        if reply is Confirmation.YES:
            ticked.add(code)
            kept.add(code)
            settled = Ticks(frozenset(kept))
            reached = reasoner.step(state.response.with_answer(item.id, settled)).level
            if reached == "emergency" and not state.recording:
                # The lines not read back yet stay as typed; no more questions now.
                return Ticks(frozenset(ticked), frozenset(unsure))
        elif reply is Confirmation.UNSURE:
            unsure.add(code)
        elif code in ticks.ticked:
            mistaken = True  # the wrong number was typed: perhaps another line was meant
    if mistaken and not ticked and not unsure:
        return None
    return Ticks(frozenset(ticked), frozenset(unsure))
