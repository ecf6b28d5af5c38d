"""A person in plain English: only what was answered, in the words and the order of the questionnaire."""

from typing import Any

import pytest
from people.answered import response

from triage.engine.solving.person_in_words import describe_person
from triage.rulebook.rulebook import Rulebook
from triage.workbench.proving.unproved import unusual_answers


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "a person"),
        ({"age": 50, "sex": "female"}, "a woman of 50"),
        ({"age": 17, "sex": "male"}, "a boy of 17"),
        ({"age": 4}, "a child of 4"),
        ({"age": "unsure", "sex": "male"}, "a man of unknown age"),
        ({"sex": "declined"}, "a person who would rather not answer “Which sex was written down at your birth?”"),
        (
            {"age": 50, "sex": "female", "medicines": [{"name": "warfarin", "started": "recent"}], "lately": ["neck_surgery", "deep_wound?"]},
            "a woman of 50 who ticked “Neck or thyroid surgery (last 4 weeks)”, is not sure about “A deep or dirty wound, a bite, or "
            "something in the skin (last 3 weeks)” and takes warfarin (started or changed in the last 6 weeks)",
        ),
        ({"side": "same_leg"}, "a person who answered “Always the same leg” to “Which side is it?”"),
        ({"side": "unsure"}, "a person who is not sure about “Which side is it?”"),
        ({"rls_days": 3}, "a person who answered 3 days a week to “On how many days a week do you feel the urge?”"),
        ({"medicines": []}, "a person who takes no medicine"),
        ({"medicines": "unsure"}, "a person who does not know which medicines they take"),
        ({"medicines": [{"name": "moonstone", "for": "unsure"}, {"name": "ramipril", "started": "2026-10"}]},
         "a person who takes moonstone (for they do not know what) and ramipril (started 2026-10)"),
        ({"today_leg": []}, "a person who ticked nothing under “One leg: which are true now, or were in the last 2 days (or as a line says)?”"),
        ({"age": 30, "side": "both", "mood": "low", "rls_days": 0, "medicines": []},
         "a person of 30 who answered “Both legs at the same time” to “Which side is it?”; answered 0 days a week to “On how many "
         "days a week do you feel the urge?”; takes no medicine; and answered “Low” to “How have you been feeling?”"),
        ({"today_leg": [], "days": [], "where": [], "age": 30}, "a person of 30 who ticked nothing in 3 other lists"),
    ],
)  # fmt: skip
def test_who_it_is_and_what_they_answer(rulebook: Rulebook, answers: dict[str, Any], said: str) -> None:
    assert describe_person(rulebook, response(rulebook, answers)) == said


def test_it_is_told_in_the_order_of_the_questions(rulebook: Rulebook) -> None:
    answers = {"mood": "low", "today_foot": ["hot_joint"], "emergency_head": ["chest_pain"]}
    told = describe_person(rulebook, response(rulebook, answers))
    assert (
        told.index("New chest pain, pressure or tightness") < told.index("Hip, knee") < told.index("“Low”")
    )


def test_a_questionnaire_without_age_and_sex_is_told_too(small: Rulebook) -> None:
    assert describe_person(small, response(small, {"nights": 3})) == (
        "a person who answered 3 nights a week to “How many nights a week?”"
    )


def test_the_usual_answers_can_be_left_out(rulebook: Rulebook) -> None:
    made = response(rulebook, {"age": 45, "sex": "male", "side": "either", "today_foot": ["hot_joint"]})
    assert set(unusual_answers(rulebook, made).answers) == {"age", "sex", "today_foot"}
