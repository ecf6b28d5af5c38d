"""What must stand alone is said at once, on the screen, whatever was said before; and after q."""

from __future__ import annotations

import contextlib
import datetime
import io
import re

import pytest
from interviews.plainly import PlainReasoner
from people.answered import response

from questionnaire.screens.interim import so_far, where
from questionnaire.session import SessionController
from questionnaire.store import SessionStore, new_session
from questionnaire.terminal.interface import Leave
from questionnaire.terminal.plain import PlainInterface
from triage.conditions.leaf import Ticks
from triage.engine.inference import Reasoner
from triage.engine.interview.events import (
    Confirmation,
    Doubt,
    Emergency,
    Question,
    Reached,
    ReadBack,
    Recorded,
)
from triage.engine.interview.stages import interview
from triage.engine.outcome import outcome
from triage.engine.proxy import in_their_words
from triage.workbench.examples import usual_answers

TODAY = datetime.date(2026, 11, 22)
NOW = datetime.datetime(2026, 11, 22, 3)


@pytest.fixture(scope="module")
def reasoner(rulebook) -> Reasoner:
    return PlainReasoner(rulebook, TODAY)


def steps_of(reasoner, replies=None, **answers):
    """Every step of an interview with these answers, the others usual; marks of what was said."""
    usual = usual_answers(reasoner.rulebook)
    running, seen, reply = interview(reasoner), [], None
    while True:
        try:
            step = running.send(reply)
        except StopIteration:
            return seen
        seen.append(step)
        if isinstance(step, Question):
            reply = answers.get(step.item.id, usual.get(step.item.id))
        else:
            reply = (
                None if isinstance(step, Recorded) else (replies or {}).get(type(step), Confirmation.YES)
            )


def test_a_plan_stops_at_once_with_its_own_page(reasoner) -> None:
    seen = steps_of(reasoner, effect="spoils_many", mood="plan")
    assert isinstance(seen[-1], Emergency)
    assert not [step for step in seen if isinstance(step, Reached)]


def test_thoughts_are_answered_at_once_and_once(reasoner) -> None:
    seen = steps_of(reasoner, effect="spoils_many", mood="thoughts")
    (reached,) = [step for step in seen if isinstance(step, Reached)]
    assert reached.own == ("mood_thoughts",)
    asked = next(n for n, s in enumerate(seen) if isinstance(s, Question) and s.item.id == "mood")
    assert isinstance(seen[asked + 1], Recorded)
    assert seen[asked + 2] is reached


def test_thoughts_are_answered_too_where_today_was_said_already(reasoner) -> None:
    """A swollen leg is "today" as well: nothing is more urgent, and yet it must be answered."""
    seen = steps_of(
        reasoner,
        today_leg=Ticks(frozenset({"leg_swollen"})),
        conditions=Ticks(frozenset({"low_mood"})),
        mood="thoughts",
    )
    own = [step.own for step in seen if isinstance(step, Reached)]
    assert own == [(), ("mood_thoughts",)]


def test_on_the_record_of_another_emergency_a_plan_is_answered_at_once(reasoner) -> None:
    seen = steps_of(
        reasoner, {Emergency: Confirmation.RECORD, ReadBack: Confirmation.YES},
        emergency_legs=Ticks(frozenset({"cold_foot"})), effect="spoils_many", mood="plan",
    )  # fmt: skip
    (reached,) = [step for step in seen if isinstance(step, Reached)]
    assert (reached.own, reached.besides) == (("mood_plan",), True)


def shown(rulebook, reasoner, monkeypatch, step, typed: str) -> str:
    """What the plain face shows for one step."""
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    monkeypatch.setattr("sys.stdout", out)
    sitting = SessionController(
        PlainInterface(), rulebook, reasoner, new_session(NOW, rulebook.frame.version), None, lambda: NOW
    )
    with contextlib.suppress(Leave):
        sitting._reply(step)
    return " ".join(out.getvalue().split())


def test_the_screen_says_it_alone_and_offers_to_stop_first(rulebook, reasoner, monkeypatch) -> None:
    seen = steps_of(reasoner, effect="spoils_many", mood="thoughts")
    (reached,) = [step for step in seen if isinstance(step, Reached)]
    text = shown(rulebook, reasoner, monkeypatch, reached, "1\n")
    for part in (
        "Please talk to someone today",
        "Call a crisis line (988",
        "Thank you for saying so.",
        "Stay with someone",
    ):
        assert part in text
    assert text.index("1. Stop here, and call") < text.index("Go on with the questions")
    for part in ("leg", "cramp", "maternity", "more urgent", "Because of"):
        assert part not in text


def test_a_result_of_today_says_at_once_what_would_be_an_emergency(rulebook, reasoner, monkeypatch) -> None:
    """Whoever stops there to call, or goes on, may get worse before they are seen."""
    seen = steps_of(reasoner, today_leg=Ticks(frozenset({"leg_swollen"})))
    (reached,) = [step for step in seen if isinstance(step, Reached)]
    text = shown(rulebook, reasoner, monkeypatch, reached, "2\n")
    assert "Because of: One leg newly swollen." in text
    assert "Call your emergency number for: chest pain, trouble breathing, one cold pale foot" in text
    assert text.index("Call your emergency number for") < text.index("What would you like to do?")


def test_what_to_do_until_seen_stands_there_too(rulebook, reasoner, monkeypatch) -> None:
    """Whoever stops there to call reads nothing else."""
    seen = steps_of(reasoner, today_leg=Ticks(frozenset({"leg_swollen"})))
    (reached,) = [step for step in seen if isinstance(step, Reached)]
    text = shown(rulebook, reasoner, monkeypatch, reached, "2\n")
    assert "Until then: Do not rub or heat the leg" in text


def test_who_stops_reads_of_a_doubt_what_to_do_if_it_is_so(rulebook, reasoner, responses) -> None:
    """Without the “if” it told them to ring the emergency number, under a result of today."""
    step = reasoner.step(
        responses(
            rulebook, about="cannot_tell", age=81, also_feelings=["fall?"], fall_details=["head_two_days"],
            blood_thinner="no", medicines="unsure",
        )
    )  # fmt: skip
    said = " ".join(so_far(rulebook, step))
    assert "head_hit_thinner_listed" in {entry.card for entry in step.raising if not entry.certain}
    assert re.search("Not sure about “Hit on the head[^”]*”. If it is so: [^.]*emergency number", said)
    assert not re.search("[.] Hit on the head[^”:]*: ", said)


def test_a_result_of_today_is_finished(rulebook, reasoner, monkeypatch, tmp_path) -> None:
    """It leaves questions out, and was offered as not finished at the next start."""
    store = SessionStore(tmp_path)
    session = new_session(NOW, rulebook.frame.version)
    usual = usual_answers(rulebook)
    answers = {"today_leg": Ticks(frozenset({"leg_swollen"}))}

    def drive(self, running):
        reply = None
        while True:
            try:
                step = running.send(reply)
            except StopIteration as stop:
                return stop.value
            reply = Confirmation.YES
            if isinstance(step, Question):
                reply = answers.get(step.item.id, usual.get(step.item.id))
            elif isinstance(step, Recorded):
                reply = None

    monkeypatch.setattr(SessionController, "_drive", drive)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    monkeypatch.setattr("sys.stdout", io.StringIO())
    sitting = SessionController(PlainInterface(), rulebook, reasoner, session, store, lambda: NOW)
    with contextlib.suppress(Leave, EOFError):
        assert sitting.run().disposition.code == "same_day"
    assert store.load(session.id).finished


def test_the_emergency_screen_is_the_same_page(rulebook, reasoner, monkeypatch) -> None:
    emergency = steps_of(reasoner, effect="spoils_many", mood="plan")[-1]
    text = shown(rulebook, reasoner, monkeypatch, emergency, "1\n")
    assert "Ask them to take away pills" in text
    assert "crisis line (988" in text
    for part in ("Have your medicines", "Is it a leg?", "pregnant", "Do not drive"):
        assert part not in text


def test_why_a_question_is_asked_that_may_not_concern_them(rulebook) -> None:
    """“You were not sure before” is untrue of somebody whose tablets only the program does not know."""
    reasoner = Reasoner(rulebook, TODAY)

    def doubts(**answers) -> set[Doubt]:
        steps = steps_of(reasoner, age=45, sex="male", **answers)
        return {step.in_doubt for step in steps if isinstance(step, Question) and step.in_doubt}

    odd = response(rulebook, {"medicines": [{"name": "zorblaxin", "started": "recent"}]}).answers
    assert doubts() == set()
    assert doubts(**odd) == {Doubt.MEDICINES}
    assert doubts(also_feelings=Ticks(frozenset(), frozenset({"fall"}))) == {Doubt.ANSWER}


def test_whom_to_ring_is_the_same_on_every_screen(rulebook, reasoner) -> None:
    """In pregnancy the maternity unit, and not the urgent line of a clinic."""
    answers = {
        "sex": "female",
        "age": 29,
        "pregnancy": "over_20",
        "today_leg": Ticks(frozenset({"leg_swollen"})),
    }
    (reached,) = [step for step in steps_of(reasoner, **answers) if isinstance(step, Reached)]
    assert where(
        outcome(in_their_words(rulebook, reached.step.effective_answers), reached.step)
    ).startswith("Ring your maternity unit")
    assert "Where: Ring your maternity unit" in " ".join(so_far(rulebook, reached.step))
