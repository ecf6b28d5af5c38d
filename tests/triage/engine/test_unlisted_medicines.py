"""Not knowing a medicine is in proportion: it holds back what it could forbid, and alarms nobody by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from interviews.plainly import PlainReasoner
from people.advice import advise

from triage.engine.assess import assess_with
from triage.engine.inference import Reasoner
from triage.engine.response import Response
from triage.rulebook.model import Level, urgency
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import TODAY, interviewed, usual_answers

ODD = "Zanibalix"
Make = Callable[..., Response]
PEOPLE: dict[str, dict[str, Any]] = {
    "usual": {},
    "new cramps": {"age": 40, "began": "two_weeks"},
    "cramps that got worse": {"trend": "worse"},
    "steady ache": {"feel": ["steady_ache"], "side": "same_leg", "where": ["thigh"]},
    "on an ACE inhibitor": {"medicines": [{"name": "ramipril", "started": "long_ago"}]},
    "on a water tablet and a statin": {"medicines": [{"name": "indapamide"}, {"name": "simvastatin"}]},
    "on an antidepressant": {"age": 70, "medicines": [{"name": "sertraline", "started": "recent"}]},
    "with diabetes": {"conditions": ["diabetes"]},
    "with high blood pressure, not tested": {
        "conditions": ["high_bp"],
        "kidneys": "never_tested",
        "age": 72,
    },
    "cramps every night": {"how_often": "daily", "effect": "spoils_many"},
}


@pytest.fixture(scope="module")
def reasoner(rulebook: Rulebook) -> Reasoner:
    return PlainReasoner(rulebook, TODAY)


def result(reasoner: Reasoner, responses: Make, answers: dict[str, Any]) -> tuple[Level, int]:
    """The disposition of an interview with usual answers to all else, and the number of questions."""
    response, asked = interviewed(reasoner, responses(reasoner.rulebook, **answers))
    return reasoner.step(response).level, asked


def with_odd(answers: dict[str, Any], use: str, started: str = "long_ago") -> dict[str, Any]:
    odd = {"name": ODD, "for": use, "started": started}
    return {**answers, "medicines": [*answers.get("medicines", ()), odd]}


@pytest.mark.parametrize("person", PEOPLE)
def test_alone_it_raises_no_level_and_opens_one_question_at_most(
    reasoner: Reasoner, responses: Make, person: str
) -> None:
    level, asked = result(reasoner, responses, PEOPLE[person])
    for kind in ("unsure", *(k.id for k in reasoner.rulebook.medicine_words.kinds if k.text)):
        reached, questions = result(reasoner, responses, with_odd(PEOPLE[person], kind))
        assert reached == level, kind
        assert questions <= asked + 1, kind


def test_a_new_one_of_which_nothing_is_known_raises_no_level(reasoner: Reasoner, responses: Make) -> None:
    for person, answers in PEOPLE.items():
        level, _ = result(reasoner, responses, answers)
        assert result(reasoner, responses, with_odd(answers, "unsure", "recent"))[0] == level, person


def test_not_sure_of_the_whole_list_opens_one_question_and_raises_nothing(
    reasoner: Reasoner, responses: Make
) -> None:
    level, asked = result(reasoner, responses, {})
    reached, questions = result(reasoner, responses, {"medicines": "unsure"})
    assert (reached, questions) == (level, asked + 1)


@pytest.mark.parametrize(
    ("signs", "least"),
    [
        ({"salt_signs": ["truly_weaker"]}, "same_day"),
        ({"salt_signs": ["odd_heartbeat"]}, "soon"),
        ({"bought": ["potassium"]}, "soon"),
        ({"also_feelings": ["fall"], "fall_details": ["head_two_days"]}, "same_day"),
        ({"today_body": ["vomiting_diarrhoea"], "salt_signs": ["passed_out"]}, "same_day"),
    ],
)
def test_with_a_sign_of_danger_it_counts_as_before(
    reasoner: Reasoner, responses: Make, signs: dict[str, Any], least: Level
) -> None:
    response = responses(reasoner.rulebook, medicines=[{"name": ODD, "for": "unsure"}], **signs)
    usual = usual_answers(reasoner.rulebook).answers
    level = reasoner.step(Response({**usual, **response.answers})).level
    assert urgency(level) >= urgency(least)


def test_what_it_is_for_rules_out_what_it_cannot_be(reasoner: Reasoner, responses: Make) -> None:
    """Magnesium is held back for a medicine that may bind it, not for a cream."""
    odd = {"age": 45, "kidneys": "normal_test"}

    def shown(use: str) -> set[str]:
        response, _ = interviewed(reasoner, responses(reasoner.rulebook, **with_odd(odd, use)))
        return {advice.id for advice in advise(reasoner, response)[0]}

    assert "magnesium_note" not in shown("unsure")
    assert "magnesium_note" not in shown("heart")
    assert "magnesium_note" in shown("cholesterol")


def test_what_would_settle_it_is_said(reasoner: Reasoner, responses: Make) -> None:
    person = with_odd({"age": 45, "kidneys": "normal_test"}, "heart")
    response, _ = interviewed(reasoner, responses(reasoner.rulebook, **person))
    (held,) = [h for h in advise(reasoner, response)[1] if h.id == "magnesium_note"]
    assert held.why == (f"It depends on what “{ODD}” is. A pharmacist can tell you.",)


def test_a_pasted_list_is_as_urgent_as_the_same_names_one_by_one(
    reasoner: Reasoner, responses: Make
) -> None:
    """A father with weak kidneys and Slow-K."""
    weak = {"age": 79, "kidneys": "weak", "bought": []}
    names = ["bisoprolol 5mg", "allopurinol", "ramipril 2.5mg", "Slow-K"]
    single = result(reasoner, responses, {**weak, "medicines": [{"name": name} for name in names]})
    assert result(reasoner, responses, {**weak, "medicines": [{"name": " ".join(names)}]}) == single
    assert single[0] == "same_day"


def test_how_each_was_understood_is_told(reasoner: Reasoner, responses: Make) -> None:
    book = reasoner.rulebook
    given = [
        {"name": "Ramipril 5mg, water tablets and zani"},
        {"name": ODD, "for": "mind"},
        {"name": "nothing"},
    ]
    notes = assess_with(reasoner, responses(book, medicines=given)).medicines
    assert [(n.name, n.understood) for n in notes] == [
        ("Ramipril 5mg", "name"), ("water tablets", "kind"), ("zani", "not at all"), (ODD, "use"),
    ]  # fmt: skip
    assert notes[0].typed == given[0]["name"]
    assert "diuretic" in notes[1].class_ids
    assert "thiazide" in notes[1].may_be
    assert "antipsychotic" in notes[3].may_be
    assert "statin" not in notes[3].may_be
