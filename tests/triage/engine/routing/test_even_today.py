"""What is asked once the result is "today": what may make it an emergency, and little else."""

from __future__ import annotations

import datetime

import pytest
from interviews.plainly import PlainReasoner
from people.overlays import NO_EMERGENCY, NOT_TODAY

from triage.conditions.leaf import Ticks
from triage.engine.assess import assess_with
from triage.engine.interview.events import Confirmation, Question, Reached, ReadBack, Recorded, Review
from triage.engine.interview.stages import interview
from triage.engine.response import Response
from triage.report.clinician.page import clinician_document
from triage.report.formats.text import render_text
from triage.rulebook.model import urgency
from triage.workbench.examples import interviewed, usual_answers

MAN = {"about": "self", "age": 58, "sex": "male"}
ALWAYS = ["also_feelings", "conditions", "medicines"]


@pytest.fixture(scope="module")
def reasoner(rulebook) -> PlainReasoner:
    return PlainReasoner(rulebook, datetime.date(2026, 11, 22))


def asked_from_today_on(reasoner: PlainReasoner, response: Response) -> list[str]:
    """The questions of an interview that were asked when the result was "today" already."""
    so_far, after = Response(), []
    for item, answer in response.answers.items():
        if reasoner.step(so_far).level == "same_day":
            after.append(item)
        so_far = so_far.with_answer(item, answer)
    return after


def test_a_swollen_calf_is_asked_a_few_things_more(rulebook, reasoner, responses) -> None:
    given = responses(rulebook, **MAN, today_leg=["leg_swollen"])
    response, _ = interviewed(reasoner, given)
    groups = ["today_foot", "today_nerves", "today_body"]
    assert asked_from_today_on(reasoner, response) == [*groups, "which_leg", *ALWAYS]


@pytest.mark.parametrize(
    ("sign", "opened"),
    [
        (
            {"today_nerves": ["lips_hands_tingle"]},
            "lately",
        ),  # neck surgery alone would make it an emergency
        ({"today_body": ["vomiting_diarrhoea"]}, "salt_signs"),
        ({"today_body": ["nosebleeds"]}, "bleed_signs"),
        ({"today_nerves": ["pee_trouble"]}, "pee_signs"),
        ({"today_leg": ["red_hot_patch"]}, "patch_signs"),
        ({"today_foot": ["hot_joint"]}, "joint_replaced"),
        ({"today_leg": ["leg_swollen"], "conditions": ["diabetes"]}, "diabetes_signs"),
        (
            {"today_leg": ["leg_swollen"], "conditions": ["kidney_trouble"], "kidneys": "dialysis"},
            "kidney_signs",
        ),
    ],
)
def test_what_a_sign_opens_is_asked(rulebook, reasoner, responses, sign, opened) -> None:
    response, _ = interviewed(reasoner, responses(rulebook, **MAN, **sign))
    assert opened in response.answers


def test_at_most_five_unless_an_answer_opens_more(rulebook, reasoner, tried_cases) -> None:
    """For the people of the vignettes; what is not "today" leaves all of the questions as they were."""
    counts = []
    for case in tried_cases:
        response = case.assessment.response
        step = reasoner.step(response)
        if urgency(step.level) < urgency("same_day"):
            assert step.asking == step.due
            continue
        after = [
            item for item, level in zip(response.answers, case.levels, strict=False) if level == "same_day"
        ]
        opened = {item for item in after if rulebook.items[item].ask_when is not None}
        counts.append(len([i for i in after if i not in opened and rulebook.items[i].section != "today"]))
    assert len(counts) > 100
    assert max(counts) <= 5


def test_what_is_left_out_is_unknown_and_never_denied(rulebook, reasoner, responses) -> None:
    given = responses(rulebook, **MAN, **NO_EMERGENCY, **{**NOT_TODAY, "today_leg": ["leg_swollen"]})
    response, _ = interviewed(reasoner, given)
    result = assess_with(reasoner, response)
    assert result.disposition.code == "same_day"
    assert {"bought", "lately", "effect"} <= set(result.missing)
    assert not {negative.item for negative in result.pertinent_negatives} & set(result.missing)
    page = " ".join(render_text(clinician_document(result, rulebook)).split())
    assert "OTC: not asked." in page
    assert "Recent events, diet, alcohol, activity, smoking: not asked" in page
    assert "not asked: Surgery, cast or bed rest" in page
    assert "Side: Left leg" in page


def answered(rulebook, reasoner, first: Confirmation, **answers) -> tuple[list[str], Response]:
    """The questions of an interview in which ``first`` is the reply when the result is urgent."""
    usual = usual_answers(rulebook)
    running = interview(reasoner)
    asked: list[str] = []
    step = next(running)
    try:
        while True:
            match step:
                case Question():
                    asked.append(step.item.id)
                    step = running.send(answers.get(step.item.id, usual.get(step.item.id)))
                case ReadBack():
                    step = running.send(Confirmation.YES)
                case Reached():
                    assert step.in_all > step.to_go
                    step = running.send(first)
                case Review():
                    step = running.send(Confirmation.YES)
                case Recorded():
                    step = running.send(None)
    except StopIteration as stop:
        return asked, stop.value


def test_who_wants_to_answers_everything(rulebook, reasoner) -> None:
    swollen = {"about": "self", "age": 58, "sex": "male", "today_leg": Ticks(frozenset({"leg_swollen"}))}
    short, _ = answered(rulebook, reasoner, Confirmation.YES, **swollen)
    whole, response = answered(rulebook, reasoner, Confirmation.RECORD, **swollen)
    assert set(short) < set(whole)
    assert {"feel", "bought", "effect"} <= set(whole)
    assert not reasoner.step(response, for_the_record=True).due


def test_an_emergency_is_seen_also_when_everything_is_answered(rulebook, reasoner) -> None:
    """Answering everything is for the page; what is found on the way still stops it."""
    usual = usual_answers(rulebook)
    running = interview(reasoner)
    step = next(running)
    answers = {
        "about": "self", "age": 58, "sex": "male", "today_leg": Ticks(frozenset({"leg_swollen"})),
        "conditions": Ticks(frozenset({"kidney_trouble"})), "kidneys": "dialysis",
        "kidney_signs": Ticks(frozenset({"odd_heart", "missed_dialysis"})),
    }  # fmt: skip
    for _ in range(200):
        match step:
            case Question():
                step = running.send(answers.get(step.item.id, usual.get(step.item.id)))
            case ReadBack():
                step = running.send(Confirmation.YES)
            case Reached():
                step = running.send(Confirmation.RECORD)
            case Recorded():
                step = running.send(None)
            case _:
                break
    assert type(step).__name__ == "Emergency"
