"""Interviews without input or output: who answers, and what was seen."""

from triage.engine.interview.events import (
    ChangeAnswer,
    Command,
    Confirmation,
    Question,
    Recorded,
    Review,
)
from triage.engine.interview.stages import interview
from triage.workbench.examples import usual_answers


class Person:
    """Drives an interview by a function from a step to a reply; keeps what was seen."""

    def __init__(self, running, reply) -> None:
        self.steps = []
        self.response = None
        answer = None
        while True:
            try:
                step = running.send(answer)
            except StopIteration as stop:
                self.response = stop.value
                return
            self.steps.append(step)
            assert len(self.steps) < 500, "the interview does not end"
            answer = None if isinstance(step, Recorded) else reply(step)

    def asked(self) -> list[str]:
        return [step.item.id for step in self.steps if isinstance(step, Question)]


def answering(book, **answers):
    usual = usual_answers(book)

    def reply(step):
        if isinstance(step, Question):
            return answers.get(step.item.id, usual.get(step.item.id))
        return Confirmation.YES

    return reply


def walk(reasoner, given, *changes, response=None):
    """An interview with these answers; each review takes the next change, as (item, answer)."""
    usual, waiting, steps = usual_answers(reasoner.rulebook), list(changes), []
    running, reply = interview(reasoner, response), None
    while True:
        try:
            step = running.send(reply)
        except StopIteration as stop:
            return steps, stop.value
        steps.append(step)
        assert len(steps) < 300
        reply = Confirmation.YES
        if isinstance(step, Recorded):
            reply = None
        elif isinstance(step, Review) and waiting:
            reply = waiting[0] if isinstance(waiting[0], Command) else ChangeAnswer(waiting[0][0])
            if isinstance(reply, Command):
                waiting.pop(0)
        elif isinstance(step, Question):
            if step.changing:
                reply = waiting.pop(0)[1]
            else:
                answer = given.get(step.item.id, usual.get(step.item.id))
                reply = answer.pop(0) if isinstance(answer, list) else answer
