"""Looking answers over and changing them: what is asked again and what is undone; answers for the record."""

import itertools

import pytest
from interviews.answering import walk

from triage.conditions.leaf import Ticks
from triage.engine.inference import Reasoner
from triage.engine.interview.events import (
    ChangeAnswer,
    Command,
    Confirmation,
    Emergency,
    Question,
    Reached,
    Recorded,
    Review,
)
from triage.engine.interview.stages import interview
from triage.engine.response import Response
from triage.workbench.examples import TODAY, usual_answers


def asked(steps) -> list[str]:
    return [step.item.id for step in steps if isinstance(step, Question)]


def test_the_review_comes_last_and_once(reasoner) -> None:
    steps, _ = walk(reasoner, {})
    assert [i for i, step in enumerate(steps) if isinstance(step, Review)] == [len(steps) - 1]
    assert steps[-1].finished


def test_a_change_asks_only_what_it_opens(reasoner, small) -> None:
    steps, response = walk(reasoner, {}, ("sex", "female"))
    plain = asked(walk(reasoner, {})[0])
    assert asked(steps) == [*plain, "sex", "pregnant"]
    again = next(step for step in steps if isinstance(step, Question) and step.changing)
    assert (again.prior, again.number) == ("male", 3)
    fresh = Response({i: usual_answers(small).get(i) for i in plain}).with_answer("sex", "female")
    assert response == fresh.with_answer("pregnant", "no")


def test_what_a_change_closes_is_said_and_does_not_count(reasoner) -> None:
    steps, response = walk(reasoner, {"sex": "female", "pregnant": "yes"}, ("sex", "male"))
    reviews = [step for step in steps if isinstance(step, Review)]
    assert [[item.id for item in review.dropped] for review in reviews] == [[], ["pregnant"]]
    assert reasoner.step(response).found == reasoner.step(response.with_answer("pregnant", None)).found


def test_changing_one_and_back_leaves_it_as_it_was(reasoner) -> None:
    _, response = walk(reasoner, {}, ("sex", Command.BACK))
    assert response.get("sex") == "male"


def test_back_from_the_review_is_the_last_question(reasoner) -> None:
    steps, response = walk(reasoner, {}, Command.BACK)
    assert asked(steps)[-2:] == ["nights", "nights"]
    assert response == walk(reasoner, {})[1]


def test_the_review_may_be_called_at_any_question(reasoner) -> None:
    straight = walk(reasoner, {})
    for item in asked(straight[0]):
        steps, response = walk(
            reasoner, {item: [Command.REVIEW, usual_answers(reasoner.rulebook).get(item)]}
        )
        first = next(step for step in steps if isinstance(step, Review))
        assert first.finished is False
        assert asked(steps).count(item) == 2
        assert response == straight[1]


@pytest.mark.parametrize("undo", [True, False])
def test_a_change_that_makes_it_urgent_is_said_at_once_and_can_be_undone(reasoner, small, undo) -> None:
    usual = usual_answers(small)
    running, reply, seen = interview(reasoner), None, []
    tries = [Ticks(), Ticks(frozenset({"swollen"})), Ticks()]
    response = None
    while response is None:
        try:
            step = running.send(reply)
        except StopIteration as stop:
            response = stop.value
            break
        reply = None if isinstance(step, Recorded) else Confirmation.YES
        if isinstance(step, Review):
            seen.append("review")
            reply = ChangeAnswer("signs") if seen == ["review"] else Confirmation.YES
        elif isinstance(step, Reached):
            seen.append(step.level)
            reply = Confirmation.NO if undo else Confirmation.YES
        elif isinstance(step, Question):
            reply = tries.pop(0) if step.item.id == "signs" else usual.get(step.item.id)
    assert seen == ["review", "same_day", "review"]
    assert response.get("signs") == (Ticks() if undo else Ticks(frozenset({"swollen"})))


def test_after_an_emergency_the_rest_may_be_answered_for_the_record(reasoner, small) -> None:
    usual, alarm = usual_answers(small), Ticks(frozenset({"cold_foot"}))
    running, reply, seen = interview(reasoner), None, []
    while True:
        try:
            step = running.send(reply)
        except StopIteration as stop:
            response = stop.value
            break
        seen.append(step)
        reply = None if isinstance(step, Recorded) else Confirmation.YES
        if isinstance(step, Emergency):
            reply = Confirmation.RECORD
        elif isinstance(step, Question):
            reply = alarm if step.item.id == "alarm" else usual.get(step.item.id)
    assert sum(isinstance(step, Emergency) for step in seen) == 1
    assert not any(isinstance(step, Reached) for step in seen)
    assert set(response.answers) == set(asked(walk(reasoner, {})[0]))
    assert reasoner.step(response).level == "emergency"


def test_the_count_goes_up_only_with_a_reason(rulebook, responses) -> None:
    """On the full rulebook: what is said to go never rises without saying that more were opened."""
    big = Reasoner(rulebook, TODAY)
    for given in (
        {},
        {"sex": "female", "age": 30, "pregnancy": "over_20"},
        {"feel": ["urge_to_move"], "rls_signs": ["rest", "moving"]},
        {"conditions": ["diabetes", "liver"], "kidneys": "weak", "today_leg": ["leg_swollen?"]},
    ):
        answers = dict(responses(rulebook, **given).answers)
        seen = [step for step in walk(big, answers)[0] if isinstance(step, Question)]
        for before, after in itertools.pairwise(seen):
            assert after.to_go <= before.to_go - 1 + after.opened
