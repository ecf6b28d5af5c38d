"""One night of the diary: the questions about it, each answer kept as soon as it is given."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from questionnaire.answer_text import asked_briefly, in_words
from questionnaire.terminal.interface import Interface, Offer
from questionnaire.terminal.marks import Marks
from triage.conditions.leaf import NoAnswer
from triage.diary.nights import effective_night
from triage.engine.response import Answer, Response
from triage.readers.evaluate import evaluate
from triage.report.diary.days import night_of
from triage.rulebook.diary.rules import DiaryRules
from triage.rulebook.model import Item
from triage.text import NOT_SURE
from triage.truth import Truth

SKIP = Offer("skip", "Skip this (or only Enter)")
Keep = Callable[[str, Answer], None]


def ask_night(
    interface: Interface, rules: DiaryRules, day: datetime.date, told: Response, keep: Keep
) -> Response:
    """Ask about the night that ends on ``day``. ``told`` is what is known of it already.

    ``keep`` is called with each answer. Raises ``Leave`` if the person stops.
    """
    asked: list[int] = []
    number = 0
    while number < len(rules.questions):
        question = rules.questions[number]
        if not is_asked(rules, question, told):
            number += 1
            continue
        reply = _ask(interface, question, told.get(question.id), night_of(day))
        match reply:
            case ":back":
                if not asked:
                    interface.notice("This is the first question.")
                else:
                    number = asked.pop()
                continue
            case ":help" | ":why":
                _explain(interface, question, reply)
                continue
            case ":review":
                interface.page("Told so far", "")
                interface.say(*(told_lines(rules, told) or ["Nothing yet."]), "")
                interface.line("Press Enter to go back to the question.", commands=False)
                continue
            case None:
                pass  # skipped: what was not told stays open
            case _:
                told = told.with_answer(question.id, reply)
                keep(question.id, reply)
                interface.answered(asked_briefly(question), in_words(question, reply))
        asked.append(number)
        number += 1
    return told


def is_asked(rules: DiaryRules, question: Item, told: Response) -> bool:
    """Whether there is something to ask: of a night of which nothing is known there is not."""
    gate = question.ask_when
    return gate is None or evaluate(gate, effective_night(told, rules), {}).truth is Truth.PRESENT


def told_lines(rules: DiaryRules, told: Response) -> list[str]:
    """What was told of a night, one line for each question."""
    effective = effective_night(told, rules)
    return [
        f"{asked_briefly(question)} {in_words(question, answer)}"
        for question in rules.questions
        if (answer := told.get(question.id)) is not None
        and effective[question.id] is not NoAnswer.UNREACHABLE
    ]


def _explain(interface: Interface, question: Item, about: str) -> None:
    interface.page("Diary", "")
    none = "There is no more to say about this one. You can skip it."
    interface.say((question.help or none) if about == ":help" else question.why, "")
    interface.line("Press Enter to go back to the question.", commands=False)


def _ask(interface: Interface, question: Item, prior: Answer | None, night: str) -> Answer | str | None:
    """An answer, a command, or None for a question that is skipped."""
    interface.page("Diary", night, recall=True)
    offers = [Offer(option.code, option.text, option.typed_as) for option in question.options]
    if question.type == "choices":
        marks = Marks(offers, prior)
        ticked = interface.tick(question.text, marks, skippable=True)
        if ticked is NoAnswer.DECLINED:
            return None
        if not isinstance(ticked, str):
            interface.echo(in_words(question, ticked))
        return ticked
    offers += [Offer(NoAnswer.UNSURE.value, NOT_SURE), SKIP]
    before = prior.value if isinstance(prior, NoAnswer) else str(prior or "")
    picked = interface.pick(question.text, offers, prior=before, skip=SKIP.code)
    if picked == SKIP.code:
        return None
    return NoAnswer.UNSURE if picked == NoAnswer.UNSURE.value else picked
