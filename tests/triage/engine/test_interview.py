"""The interview without input or output: order, back, read-back, emergency, resume."""

import datetime
import random

import pytest
from generators import random_answer

from triage.conditions.leaf import NoAnswer, Ticks
from triage.engine.inference import Reasoner
from triage.engine.interview.events import (
    ChangeAnswer,
    Command,
    Confirmation,
    Emergency,
    Question,
    Reached,
    ReadBack,
    Recorded,
    Review,
)
from triage.engine.interview.stages import interview
from triage.engine.response import Response
from triage.workbench.examples import usual_answers

TODAY = datetime.date(2026, 11, 22)
NONE = Ticks()


@pytest.fixture(scope="module")
def reasoner(small) -> Reasoner:
    return Reasoner(small, TODAY)


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


def test_the_order_and_the_end(small, reasoner) -> None:
    person = Person(interview(reasoner), answering(small))
    assert person.asked() == ["alarm", "age", "sex", "signs", "kidneys", "medicines", "days", "nights"]
    assert person.response == Response({i: usual_answers(small).get(i) for i in person.asked()})


def test_a_gate_opens_and_an_unsure_gate_opens_too(small, reasoner) -> None:
    for sex in ("female", NoAnswer.UNSURE, NoAnswer.DECLINED):
        assert "pregnant" in Person(interview(reasoner), answering(small, sex=sex)).asked()
    assert "pregnant" not in Person(interview(reasoner), answering(small, sex="female", age=70)).asked()


def test_numbers_and_what_is_to_go(small, reasoner) -> None:
    person = Person(interview(reasoner), answering(small))
    seen = [(s.number, s.to_go) for s in person.steps if isinstance(s, Question)]
    assert [number for number, _ in seen] == list(range(1, 9))
    assert seen[-1] == (8, 0)
    assert [to_go for _, to_go in seen] == sorted((to_go for _, to_go in seen), reverse=True)


def test_every_answer_is_recorded_before_the_next_question(small, reasoner) -> None:
    person = Person(interview(reasoner), answering(small))
    for before, after in zip(person.steps, person.steps[1:], strict=False):
        if isinstance(before, Question):
            assert isinstance(after, Recorded)
            assert after.order[-1] == before.item.id


def test_a_kept_tick_is_read_back_once_and_stops_at_once(small, reasoner) -> None:
    person = Person(interview(reasoner), answering(small, alarm=Ticks(frozenset({"cold_foot"}))))
    kinds = [type(step) for step in person.steps]
    assert kinds == [Question, ReadBack, Recorded, Emergency]
    assert person.steps[1].code == "cold_foot"


def test_the_first_kept_tick_stops_and_the_others_stay_as_typed(small, reasoner) -> None:
    ticks = Ticks(frozenset({"chest"}), frozenset({"cold_foot"}))
    person = Person(interview(reasoner), answering(small, alarm=ticks))
    assert sum(isinstance(step, ReadBack) for step in person.steps) == 1
    assert person.response.get("alarm") == ticks


def test_a_mistaken_tick_is_undone_in_one_key(small, reasoner) -> None:
    tries = [Ticks(frozenset({"chest"})), NONE]

    def reply(step):
        if isinstance(step, ReadBack):
            return Confirmation.NO
        if isinstance(step, Review):
            return Confirmation.YES
        if step.item.id == "alarm":
            return tries.pop(0)
        return usual_answers(small).get(step.item.id)

    person = Person(interview(reasoner), reply)
    assert person.asked()[:2] == ["alarm", "alarm"]  # nothing is left: the same screen again
    assert person.response.get("alarm") == NONE


def test_a_number_that_may_be_a_slip_is_read_back(small, reasoner) -> None:
    """120 was typed for 12: the question comes again. Said to be right, it counts."""
    tries = [120, 12, 119]

    def reply(step):
        if isinstance(step, ReadBack):
            return Confirmation.NO if step.number == 120 else Confirmation.YES
        if isinstance(step, Review):
            return Confirmation.YES
        return tries.pop(0) if step.item.id == "age" else usual_answers(small).get(step.item.id)

    person = Person(interview(reasoner), reply)
    assert person.asked().count("age") == 2
    assert person.response.get("age") == 12
    tries[:] = [119]
    assert Person(interview(reasoner), reply).response.get("age") == 119


def test_one_of_two_ticks_undone_keeps_the_other(small, reasoner) -> None:
    ticks = Ticks(frozenset({"chest", "cold_foot"}))

    def reply(step):
        if isinstance(step, ReadBack):
            return Confirmation.NO if step.code == "chest" else Confirmation.YES
        return ticks if isinstance(step, Question) else Confirmation.YES

    assert Person(interview(reasoner), reply).response.get("alarm") == Ticks(frozenset({"cold_foot"}))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (Confirmation.YES, Ticks(frozenset({"chest"}))),
        (Confirmation.UNSURE, Ticks(frozenset(), frozenset({"chest"}))),
    ],
)
def test_an_unsure_tick_gets_one_check(small, reasoner, said, kept) -> None:
    ticks = Ticks(frozenset(), frozenset({"chest"}))
    inner = answering(small, alarm=ticks)

    def reply(step):
        return said if isinstance(step, ReadBack) else inner(step)

    person = Person(interview(reasoner), reply)
    assert person.response.get("alarm") == kept
    assert (person.steps[1].sure, sum(isinstance(s, ReadBack) for s in person.steps)) == (False, 1)


def test_the_emergency_page_can_be_undone(small, reasoner) -> None:
    tries = [Ticks(frozenset({"chest"})), NONE]
    inner = answering(small)

    def reply(step):
        if isinstance(step, Emergency):
            return Confirmation.NO
        if isinstance(step, Question) and step.item.id == "alarm":
            return tries.pop(0)
        return inner(step)

    person = Person(interview(reasoner), reply)
    assert person.asked()[:3] == ["alarm", "alarm", "age"]
    again = [s for s in person.steps if isinstance(s, Question) and s.item.id == "alarm"][1]
    assert again.prior == Ticks(frozenset({"chest"}))  # it is shown what was answered before


def test_a_late_answer_can_be_an_emergency_too(small, reasoner) -> None:
    signs = Ticks(frozenset({"weak"}))
    person = Person(interview(reasoner), answering(small, signs=signs, kidneys="weak"))
    assert isinstance(person.steps[-1], Emergency)
    assert person.asked()[-1] == "kidneys"


def test_same_day_is_said_at_once_and_only_worse_is_asked(small, reasoner) -> None:
    signs = Ticks(frozenset({"swollen", "weak"}))
    person = Person(interview(reasoner), answering(small, signs=signs))
    assert person.asked() == ["alarm", "age", "sex", "signs", "kidneys"]
    assert [s.level for s in person.steps if isinstance(s, Reached)] == ["same_day"]


def test_who_comes_back_from_the_result_is_not_told_it_once_more(small, reasoner) -> None:
    """Only what is worse is told: a change that makes it an emergency."""
    first = Person(interview(reasoner), answering(small, signs=Ticks(frozenset({"swollen"}))))
    again = Person(interview(reasoner, first.response, result_read=True), answering(small))
    assert [type(step) for step in again.steps] == [Review]
    changes = [ChangeAnswer("alarm")]

    def reply(step):
        if isinstance(step, Review):
            return changes.pop() if changes else Confirmation.YES
        if isinstance(step, Question):
            return Ticks(frozenset({"chest"}))
        return Confirmation.YES

    worse = Person(interview(reasoner, first.response, result_read=True), reply)
    assert isinstance(worse.steps[-1], Emergency)


def test_a_today_that_was_a_mistake_can_be_undone(small, reasoner) -> None:
    tries = [Ticks(frozenset({"swollen"})), NONE]
    inner = answering(small)

    def reply(step):
        if isinstance(step, Reached):
            return Confirmation.NO
        if isinstance(step, Question) and step.item.id == "signs":
            return tries.pop(0)
        return inner(step)

    person = Person(interview(reasoner), reply)
    assert person.asked()[3:5] == ["signs", "signs"]
    assert person.response.get("signs") == NONE


def test_back_from_any_question_to_the_first_and_forward_again(small, reasoner) -> None:
    straight = Person(interview(reasoner), answering(small, sex="female"))
    for turn in range(1, len(straight.asked())):
        backs = turn
        inner = answering(small, sex="female")

        def reply(step, inner=inner, turn=turn):
            nonlocal backs
            if isinstance(step, Question) and step.number == turn + 1 and backs == turn:
                backs -= 1
                return Command.BACK
            if isinstance(step, Question) and 0 < backs < turn:
                backs -= 1
                assert step.prior is not None
                return Command.BACK
            return inner(step)

        person = Person(interview(reasoner), reply)
        assert "alarm" in person.asked()[1:]  # it did go back to the first
        assert person.response == straight.response


def test_back_at_the_first_question_stays_there(small, reasoner) -> None:
    replies = [Command.BACK, Command.BACK]
    inner = answering(small)
    person = Person(interview(reasoner), lambda step: replies.pop() if replies else inner(step))
    assert person.asked()[:3] == ["alarm"] * 3


@pytest.mark.parametrize("seed", range(25))
def test_random_walks_end_and_equal_a_fresh_run(small, reasoner, seed) -> None:
    """Back and forth at random: the end is what a fresh interview with the same answers gives."""
    rng = random.Random(seed)
    given = {}

    def reply(step):
        if not isinstance(step, Question):
            return rng.choice([Confirmation.YES, Confirmation.YES, Confirmation.NO])
        if rng.random() < 0.25:
            return Command.BACK
        given[step.item.id] = random_answer(step.item, small, rng)
        return given[step.item.id]

    person = Person(interview(reasoner), reply)
    fresh = reasoner.step(person.response)
    assert not fresh.asking
    resumed = Person(interview(reasoner, person.response), lambda step: Confirmation.YES)
    assert resumed.asked() == []
    assert resumed.response == person.response


def test_resume_goes_on_where_it_stopped(small, reasoner) -> None:
    straight = Person(interview(reasoner), answering(small))
    for kept in range(len(straight.asked())):
        order = tuple(straight.asked()[:kept])
        saved = Response({item: straight.response.get(item) for item in order})
        person = Person(interview(reasoner, saved, order), answering(small))
        assert person.asked() == straight.asked()[kept:]
        assert person.response == straight.response
