"""A ticked danger line that was a mistake: it is not shown again as the answer given before."""

import pytest
from interviews.answering import Person, answering

from triage.conditions.leaf import NoAnswer, Ticks
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
from triage.engine.interview.progress import without
from triage.engine.interview.stages import interview
from triage.engine.response import Response
from triage.workbench.examples import usual_answers

NONE = Ticks()


@pytest.mark.parametrize("undone", [True, False])
def test_a_tick_that_was_stored_and_is_taken_off_is_not_shown_as_the_answer_before(
    small, reasoner, undone
) -> None:
    """Else a bare Enter would lead to the same read-back again and again."""
    chest = Ticks(frozenset({"chest"}))
    given = [chest, chest, NONE] if undone else [chest, NONE]
    verdicts = [Confirmation.YES, Confirmation.NO] if undone else [Confirmation.NO]
    inner = answering(small)

    def reply(step):
        if isinstance(step, Emergency):
            return Confirmation.NO
        if isinstance(step, ReadBack):
            return verdicts.pop(0)
        if isinstance(step, Question) and step.item.id == "alarm":
            return given.pop(0)
        return inner(step)

    drafts = None if undone else Response({"alarm": chest})
    person = Person(interview(reasoner, drafts=drafts), reply)
    shown = [s.prior for s in person.steps if isinstance(s, Question) and s.item.id == "alarm"]
    assert shown == ([None, chest, None] if undone else [chest, None])
    recorded = [s for s in person.steps if isinstance(s, Recorded)]
    assert recorded[2 if undone else 0].drafts == Response()  # nor is it kept for the next sitting


def test_a_slip_leaves_the_rest_of_the_answer_before(small, reasoner) -> None:
    both = Ticks(frozenset({"chest"}), frozenset({"cold_foot"}))
    cold = Ticks(frozenset(), frozenset({"cold_foot"}))
    for before, typed, left in [
        (both, Ticks(frozenset({"chest"})), cold),
        (both, both, None),
        (NONE, Ticks(frozenset({"chest"})), NONE),
        (cold, Ticks(frozenset({"chest"})), cold),
        (NoAnswer.UNSURE, Ticks(frozenset({"chest"})), NoAnswer.UNSURE),
        (119, 119, None),
        (50, 119, 50),
        (None, 119, None),
    ]:
        assert without(before, typed) == left


def test_a_tick_taken_off_in_the_review_is_asked_again_and_the_answer_stands_until_then(
    small, reasoner
) -> None:
    """It was said to be taken off, and the answer before stayed, unsaid."""
    told = Response({**usual_answers(small).answers, "alarm": Ticks(unsure=frozenset({"chest"}))})
    for last, kept in ((NONE, NONE), (Command.BACK, told.get("alarm"))):
        replies = [Ticks(frozenset({"chest"})), last]
        shown, reviews = [], []

        def reply(step, replies=replies, shown=shown, reviews=reviews):
            if isinstance(step, Review):
                reviews.append(step.step.response.get("alarm"))
                return ChangeAnswer("alarm") if len(reviews) == 1 else Confirmation.YES
            if isinstance(step, Question):
                assert step.changing
                shown.append(step.prior)
                return replies.pop(0)
            return Confirmation.NO if isinstance(step, ReadBack) else Confirmation.YES

        Person(interview(reasoner, told), reply)
        assert shown == [told.get("alarm"), None]
        assert reviews == [told.get("alarm"), kept]


def test_a_change_that_is_undone_has_no_count(small, reasoner) -> None:
    """It stands where it stood, and not after the last question."""
    tries, inner = [Ticks(frozenset({"swollen"})), NONE], answering(small)
    reviews = [ChangeAnswer("signs")]

    def reply(step):
        if isinstance(step, Reached):
            return Confirmation.NO
        if isinstance(step, Review):
            return reviews.pop() if reviews else Confirmation.YES
        if isinstance(step, Question) and (step.changing or step.again):
            return tries.pop(0)
        return inner(step)

    person = Person(interview(reasoner), reply)
    told = [(s.changing, s.again) for s in person.steps if isinstance(s, Question) and s.item.id == "signs"]
    assert told == [(False, False), (True, False), (False, True)]
    assert not person.steps[-1].changed  # in the end it is what it was
