"""Looking answers over and changing them, with and without a screen; answers for the record."""

import datetime
import io
import itertools

import pytest

from questionnaire.answer_text import asked_briefly
from questionnaire.screens.review import look_over
from questionnaire.terminal.plain import PlainInterface
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
from triage.workbench.examples import usual_answers

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def reasoner(small) -> Reasoner:
    return Reasoner(small, TODAY)


def test_a_wrong_key_is_told_so(small, reasoner, monkeypatch) -> None:
    """Without a word the same page would come again, and nobody knows why."""
    steps, _ = walk(reasoner, {})
    (review,) = [step for step in steps if isinstance(step, Review)]
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"99\n{'x' * 300}\n0\n"))
    monkeypatch.setattr("sys.stdout", out)
    assert look_over(PlainInterface(), review) is Confirmation.YES
    said = " ".join(out.getvalue().split())
    assert said.count("is none of these. Your answers are 1 to") == 2
    assert "“99” is none of these" in said
    assert "x" * 30 not in said


def test_enter_reads_on_and_at_the_end_goes_on(small, reasoner) -> None:
    """As everywhere: somebody who presses Enter and nothing else comes to the result, past every page."""
    steps, _ = walk(reasoner, {})
    (review,) = [step for step in steps if isinstance(step, Review)]
    interface = PlainInterface(io.StringIO("\n" * 20), out := io.StringIO())
    interface.rows = 4
    assert look_over(interface, review) is Confirmation.YES
    assert out.getvalue().count("Enter to read on") > 1
    assert out.getvalue().count("Press Enter (or 0) to see your result") == 1


def test_a_yes_reads_on_a_no_asks_which_and_b_goes_back_a_page(small, reasoner) -> None:
    """A “y” on the first of several pages says nothing of what was not read yet."""
    steps, _ = walk(reasoner, {})
    (review,) = [step for step in steps if isinstance(step, Review)]

    def looked(typed: str):
        interface = PlainInterface(io.StringIO(typed), out := io.StringIO())
        interface.rows = 4
        return look_over(interface, review), " ".join(out.getvalue().split())

    reply, said = looked("y\nb\nn\n2\n")
    assert isinstance(reply, ChangeAnswer)
    pages = [part.split()[0] for part in said.split("page ")[1:]]
    assert pages == ["1", "2", "1", "1"]
    assert said.count("Which one is not right?") == 1
    assert looked("b\n")[0] is Command.BACK
    last = int(said.split("page 1 of ")[1].split(".")[0])
    assert looked("y\n" * last)[0] is Confirmation.YES
    assert looked("0\n")[0] is Confirmation.YES


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


def screen(review: Review, typed: str) -> tuple[object, str]:
    out = io.StringIO()
    return look_over(PlainInterface(io.StringIO(typed), out), review), out.getvalue()


def test_the_review_in_words(reasoner) -> None:
    steps, _ = walk(reasoner, {"sex": "female", "days": Ticks(frozenset({"sit"}), frozenset({"heat"}))})
    reply, said = screen(steps[-1], "0\n")
    assert reply is Confirmation.YES
    assert "3. Which sex? Answer: Female" in said
    assert "Sitting a lot; Heat (not sure)" in said
    assert "2. How old are you? Answer: 50 years" in said
    assert "Answer: None of these" in said


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("3\n", ChangeAnswer("sex")),
        ("99\n\nx\n0\n", Confirmation.YES),
        ("b\n", Command.BACK),
        ("9" * 999 + "\n2.\n", ChangeAnswer("age")),
    ],
)
def test_what_can_be_typed_at_the_review(reasoner, typed, wanted) -> None:
    assert screen(walk(reasoner, {})[0][-1], typed)[0] == wanted


def test_what_was_dropped_is_named(reasoner) -> None:
    steps, _ = walk(reasoner, {"sex": "female"}, ("sex", "male"))
    _, said = screen(steps[-1], "\n0\n")
    assert "do not count any more" in said
    assert "1. Are you pregnant?" in said


def test_a_list_with_a_topic_is_called_by_it(rulebook) -> None:
    """Seven groups of danger signs ask the same; whoever has read them knows them by what they are about."""
    assert asked_briefly(rulebook.items["today_leg"]) == "One leg"
    assert asked_briefly(rulebook.items["emergency_other"]) == "The rest of the body"
    assert asked_briefly(rulebook.items["bleed_signs"]) == "About the bruises, dots, blisters or bleeding"
    assert asked_briefly(rulebook.items["side"]) == "Which side is it?"


@pytest.mark.parametrize("again", [True, False])
def test_after_a_change_it_opens_where_the_change_was(reasoner, small, again) -> None:
    """On a small screen the first of many pages does not say that anything happened."""
    usual, reviews, reply = usual_answers(small), [], None
    running = interview(reasoner)
    while len(reviews) < 2:
        step = running.send(reply)
        reply = None if isinstance(step, Recorded) else Confirmation.YES
        if isinstance(step, Review):
            reviews.append(step)
            reply = ChangeAnswer("nights")
        elif isinstance(step, Question):
            reply = Command.BACK if step.changing and not again else usual.get(step.item.id)
    assert [(review.at, review.changed) for review in reviews] == [("", False), ("nights", again)]

    def first_page(review: Review) -> str:
        interface = PlainInterface(io.StringIO("?\n" + "\n" * 20), out := io.StringIO())
        interface.rows = 4
        assert look_over(interface, review) is Confirmation.YES
        return out.getvalue()

    before, after = map(first_page, reviews)
    assert small.items["nights"].text not in before.partition("Your choice:")[0]
    opened, _, then = after.partition("Your choice:")
    assert small.items["nights"].text in opened
    assert ("Changed: " in opened) is again
    assert "Changed: " not in then
    assert "Which one is not right? Each has its number." in then  # a “?” is no wrong answer
