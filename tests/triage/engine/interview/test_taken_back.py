"""The interview taken back: slips and mistaken ticks, an emergency and a today undone, and back to any question."""

import random

import pytest
from interviews.answering import Person, answering
from people.generators import random_answer

from triage.conditions.leaf import Ticks
from triage.engine.interview.events import (
    Command,
    Confirmation,
    Emergency,
    Question,
    Reached,
    ReadBack,
    Review,
)
from triage.engine.interview.stages import interview
from triage.workbench.examples import usual_answers

NONE = Ticks()


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
