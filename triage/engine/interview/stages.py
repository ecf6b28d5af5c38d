"""The interview without any input or output: a generator that asks one thing at a time.

It yields a step and is sent a reply. Going back is replay: the last answer is taken out and the
same reasoning runs again on what is left. Nothing here knows how a question is shown.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping

from triage.conditions.leaf import EffectiveAnswer, NoAnswer, Ticks
from triage.engine.effective import for_this_person, hidden_codes
from triage.engine.inference import Inference, Reasoner
from triage.engine.interview.events import (
    ChangeAnswer,
    Command,
    Confirmation,
    Doubt,
    Emergency,
    Interview,
    InterviewStep,
    Question,
    Reached,
    ReadBack,
    Reply,
    Review,
)
from triage.engine.interview.progress import Progress, without
from triage.engine.outcome import own_pages
from triage.engine.proxy import in_their_words
from triage.engine.response import Answer, Response
from triage.readers.evaluate import evaluate
from triage.rulebook.model import Item, urgency
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth


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
    progress = Progress(start, [*(item for item in answered if item not in asked), *asked])
    progress.prior.update((drafts or Response()).answers)
    if result_read:
        read = reasoner.step(start)
        progress.told, progress.told_alone = read.level, own_pages(reasoner.rulebook, read)
    while True:
        step = reasoner.step(progress.response, for_the_record=progress.recording or progress.all_asked)
        if step.level == "emergency" and not progress.recording:
            reply = yield Emergency(progress.response)
            if reply is Confirmation.RECORD:
                progress.recording = True
                progress.told_alone = own_pages(reasoner.rulebook, step)
            elif reply is Confirmation.NO:
                yield progress.undo()
            else:
                return progress.response
            continue
        own = tuple(card for card in own_pages(reasoner.rulebook, step) if card not in progress.told_alone)
        higher = not progress.recording and step.level != progress.told
        if (higher and urgency(step.level) >= urgency("same_day")) or own:
            to_go = step.likely_due(reasoner.rulebook)
            in_all = reasoner.step(progress.response, for_the_record=True).likely_due(reasoner.rulebook)
            reply = yield Reached(step.level, to_go, in_all, step, own, besides=bool(own) and not higher)
            if reply is Confirmation.NO:
                yield progress.undo()
                continue
            progress.all_asked = progress.all_asked or reply is Confirmation.RECORD
            if progress.all_asked:
                step = reasoner.step(progress.response, for_the_record=True)
        progress.told = step.level
        progress.told_alone = own_pages(reasoner.rulebook, step)
        if step.asking and not progress.reviewing:
            yield from _ask(reasoner, progress, step)
        elif (yield from _review(reasoner, progress, step)) and not step.asking:
            return progress.response


def _ask(reasoner: Reasoner, progress: Progress, step: Inference) -> Generator[InterviewStep, Reply, None]:
    """Ask the first item that is due, and record the answer, go back or turn to the review."""
    words = in_their_words(reasoner.rulebook, step.effective_answers)
    item = for_this_person(words.items[step.asking[0]], step.effective_answers)
    number = len(progress.counted(step.effective_answers)) + 1
    to_go = max(0, step.likely_due(reasoner.rulebook) - 1)
    opened = max(0, number + to_go - progress.total) if progress.total else 0
    prior = progress.prior.get(item.id)
    doubt = _doubt(reasoner.rulebook, item, step.effective_answers)
    again = item.id in progress.again
    reply = yield Question(item, prior, number, to_go, opened, step, in_doubt=doubt, again=again)
    progress.total = number + to_go
    if reply is Command.BACK:
        yield progress.back(step.effective_answers)
    elif reply is Command.REVIEW:
        progress.reviewing = True
    else:
        answer = yield from _confirmed(reasoner, progress, item, reply)
        if answer is not None:
            yield progress.record(item.id, answer)
        else:  # every tick was a mistake: the same screen again, without them
            assert not isinstance(reply, Confirmation | ChangeAnswer | None)
            yield progress.take_off(item.id, reply)


def _doubt(
    rulebook: Rulebook, item: Item, effective_answers: Mapping[str, EffectiveAnswer]
) -> Doubt | None:
    """Why a question is asked whose gate may not hold; None if it holds."""
    if item.ask_when is None or evaluate(item.ask_when, effective_answers, {}).truth is not Truth.UNKNOWN:
        return None
    answers = [effective_answers[gate] for gate in rulebook.gates[item.id]]
    unsure = any(
        bool(answer.unsure) if isinstance(answer, Ticks) else answer in (NoAnswer.UNSURE, NoAnswer.DECLINED)
        for answer in answers
    )
    return Doubt.ANSWER if unsure else Doubt.MEDICINES


def _review(
    reasoner: Reasoner, progress: Progress, step: Inference
) -> Generator[InterviewStep, Reply, bool]:
    """Show all answers, and take one change. True if the person goes on from here."""
    rulebook = in_their_words(reasoner.rulebook, step.effective_answers)
    at = progress.picked
    changed = bool(at) and progress.response.get(at) != progress.before
    reply = yield Review(rulebook, step, progress.dropped, not step.asking, at, changed)
    progress.dropped, progress.picked = (), ""
    if isinstance(reply, ChangeAnswer):
        progress.picked, progress.before = reply.item, progress.response.get(reply.item)
        yield from _change(reasoner, progress, step, rulebook.items[reply.item])
        if not step.asking:
            progress.reviewing = False  # what the change opens is asked at once
        return False
    progress.reviewing = False
    if reply is Command.BACK:
        yield progress.back(step.effective_answers)
        return False
    return True


def _change(
    reasoner: Reasoner, progress: Progress, step: Inference, item: Item
) -> Generator[InterviewStep, Reply, None]:
    """Ask one item again; its earlier answer stays until there is another."""
    item = for_this_person(item, step.effective_answers)
    counted = progress.counted(step.effective_answers)
    number = counted.index(item.id) + 1
    before = progress.response.get(item.id)
    answer, shown = None, before
    while answer is None:  # a tick that was a mistake: the same screen again, without it
        reply = yield Question(item, shown, number, len(counted) - number, 0, step, changing=True)
        if reply is None or isinstance(reply, Command | Confirmation | ChangeAnswer):
            return
        answer = yield from _confirmed(reasoner, progress, item, reply)
        shown = without(shown, reply)
    progress.put_aside(
        _lists_with_new_lines(reasoner, step, progress.response.with_answer(item.id, answer))
    )
    yield progress.record(item.id, answer)
    after = reasoner.step(progress.response, for_the_record=progress.recording or progress.all_asked)
    words = in_their_words(reasoner.rulebook, after.effective_answers).items
    progress.dropped = tuple(
        words[name]
        for name in words
        if after.effective_answers[name] is NoAnswer.UNREACHABLE
        and step.effective_answers[name] is not NoAnswer.UNREACHABLE
        and progress.response.get(name) is not None
    )
    progress.total = 0


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
    reasoner: Reasoner, progress: Progress, item: Item, reply: Reply
) -> Generator[InterviewStep, Reply, Answer | None]:
    """The answer, its ticks read back where that is wanted; None if they were all a mistake."""
    assert reply is not None
    assert not isinstance(reply, Command | Confirmation | ChangeAnswer)
    if isinstance(reply, int | float) and item.confirm_when is not None:
        known = reasoner.step(progress.response.with_answer(item.id, reply)).effective_answers
        if evaluate(item.confirm_when, known, {}).truth is Truth.PRESENT:
            right = yield ReadBack(item, "", sure=True, number=reply)
            return reply if right is Confirmation.YES else None
    if not (item.read_back and isinstance(reply, Ticks)):
        return reply
    return (yield from _read_back(reasoner, progress, item, reply))


def _read_back(
    reasoner: Reasoner, progress: Progress, item: Item, ticks: Ticks
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
            reached = reasoner.step(progress.response.with_answer(item.id, settled)).level
            if reached == "emergency" and not progress.recording:
                # The lines not read back yet stay as typed; no more questions now.
                return Ticks(frozenset(ticked), frozenset(unsure))
        elif reply is Confirmation.UNSURE:
            unsure.add(code)
        elif code in ticks.ticked:
            mistaken = True  # the wrong number was typed: perhaps another line was meant
    if mistaken and not ticked and not unsure:
        return None
    return Ticks(frozenset(ticked), frozenset(unsure))
