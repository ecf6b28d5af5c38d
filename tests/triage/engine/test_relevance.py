"""What a question can still change, and how many are likely to come."""

import datetime

import pytest
from interviews.plainly import PlainReasoner
from people.overlays import NO_EMERGENCY, NOT_TODAY

from triage.engine.inference import Reasoner
from triage.engine.relevance import stakes

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def reasoner(rulebook) -> Reasoner:
    return PlainReasoner(rulebook, TODAY)


def test_a_red_flag_is_named_with_what_it_could_lead_to(small, responses) -> None:
    step = Reasoner(small, TODAY).step(responses(small))
    found = stakes(small, step, "alarm")
    assert found.urgent
    assert found.urgent[0][0] == "emergency"
    assert not found.patterns


def test_what_is_decided_is_not_at_stake(rulebook, reasoner, responses) -> None:
    """Every title that is named belongs to a card that an answer can still turn."""
    step = reasoner.step(
        responses(
            rulebook,
            **NO_EMERGENCY,
            about="self",
            age=30,
            sex="male",
        )
    )
    titles = {card.title: card.id for card in rulebook.cards.values()}
    for item in step.due:
        found = stakes(rulebook, step, item)
        for _, title in found.urgent:
            bounds = step.found[titles[title]]
            assert bounds.least != bounds.most
    assert not any(
        "pregnan" in title.casefold() for _, title in stakes(rulebook, step, "today_leg").urgent
    )  # a man is not asked


def test_a_question_that_opens_others_answers_for_them(rulebook, reasoner, responses) -> None:
    step = reasoner.step(
        responses(
            rulebook,
            **NO_EMERGENCY,
            about="self",
            age=30,
            sex="male",
            **NOT_TODAY,
        )
    )
    found = stakes(rulebook, step, "also_feelings")
    assert any("restless" in title.casefold() for title in found.patterns)


def test_what_only_the_page_needs_has_no_stakes(rulebook, reasoner, responses) -> None:
    step = reasoner.step(responses(rulebook))
    found = stakes(rulebook, step, "own_words")
    assert (found.urgent, found.patterns, found.factors, found.advice) == ((), (), (), ())


def test_from_same_day_on_only_worse_is_at_stake(rulebook, reasoner, responses) -> None:
    given = responses(
        rulebook,
        **NO_EMERGENCY,
        about="self",
        age=58,
        sex="male",
        today_leg=["leg_swollen"],
    )
    step = reasoner.step(given)
    assert step.level == "same_day"
    for item in step.due:
        found = stakes(rulebook, step, item)
        assert {level for level, _ in found.urgent} <= {"emergency"}
        assert not found.factors


def test_the_count_to_go_is_right_for_a_quiet_person(rulebook, reasoner) -> None:
    """With the usual answers the count goes down with every question, and ends at none."""
    from triage.engine.response import Response
    from triage.workbench.examples import usual_answers

    usual, response, counts = usual_answers(rulebook), Response(), []
    while (step := reasoner.step(response)).due:
        counts.append(step.likely_due(rulebook))
        response = response.with_answer(step.due[0], usual.get(step.due[0]))
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == 1
    assert abs(counts[0] - len(counts)) <= 2


def test_for_the_record_everything_is_due(rulebook, reasoner, responses) -> None:
    given = responses(rulebook, emergency_legs=["cold_foot"])
    assert reasoner.step(given).due == ()
    step = reasoner.step(given, for_the_record=True)
    assert step.level == "emergency"
    assert {"age", "today_leg", "medicines", "conditions"} <= set(step.due)
