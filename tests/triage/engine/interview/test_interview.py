"""The interview without input or output: order, gates, numbers, read-back, emergency, resume."""

from interviews.answering import Person, answering

from triage.conditions.leaf import NoAnswer, Ticks
from triage.engine.interview.events import (
    ChangeAnswer,
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


def test_resume_goes_on_where_it_stopped(small, reasoner) -> None:
    straight = Person(interview(reasoner), answering(small))
    for kept in range(len(straight.asked())):
        order = tuple(straight.asked()[:kept])
        saved = Response({item: straight.response.get(item) for item in order})
        person = Person(interview(reasoner, saved, order), answering(small))
        assert person.asked() == straight.asked()[kept:]
        assert person.response == straight.response
