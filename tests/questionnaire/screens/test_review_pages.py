"""Looking answers over on the pages of the review: what is typed there, what it says, and where it opens."""

import io

import pytest
from interviews.answering import walk

from questionnaire.answer_text import asked_briefly
from questionnaire.screens.review import look_over
from questionnaire.terminal.plain import PlainInterface
from triage.conditions.leaf import Ticks
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


@pytest.mark.parametrize(("nights", "again"), [(2, True), (1, False), (Command.BACK, False)])
def test_after_a_change_it_opens_where_the_change_was(reasoner, small, nights, again) -> None:
    """On a small screen the first of many pages does not say that anything happened.

    The same answer given once more is no change.
    """
    usual, reviews, reply = usual_answers(small), [], None
    running = interview(reasoner)
    while len(reviews) < 2:
        step = running.send(reply)
        reply = None if isinstance(step, Recorded) else Confirmation.YES
        if isinstance(step, Review):
            reviews.append(step)
            reply = ChangeAnswer("nights")
        elif isinstance(step, Question):
            reply = nights if step.changing else usual.get(step.item.id)
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
