"""The gates of the form say what the engine says, as a FHIRPath engine that is not ours evaluates them, and as our page does."""

import datetime
import random

import pytest
from in_fhir.forms import ENGINES, evaluate
from people.generators import random_response

from triage.conditions.fhirpath import as_text
from triage.engine.effective import effective_answers
from triage.fhir.responses.writing import questionnaire_response
from triage.readers.evaluate import evaluate as plainly
from triage.readers.evaluate import evaluate_all
from triage.readers.fhir import End, Forms
from triage.truth import Truth

pytestmark = pytest.mark.parametrize("engine", ENGINES)
_TESTS = {
    End.LEAST_UNKNOWN: lambda b: b.least >= Truth.UNKNOWN,
    End.LEAST_PRESENT: lambda b: b.least is Truth.PRESENT,
    End.MOST_UNKNOWN: lambda b: b.most >= Truth.UNKNOWN,
    End.MOST_PRESENT: lambda b: b.most is Truth.PRESENT,
}

_LEAST = (End.LEAST_UNKNOWN, End.LEAST_PRESENT)  # what a form shows something for


def differences(engine, rulebook, named, responses, ends=tuple(End)) -> list[tuple[str, End, int]]:
    """Where the expressions for conditions (by name) and the evaluator differ."""
    forms = Forms(rulebook)
    asked = [(name, end) for name in named for end in ends]
    expressions = [as_text(forms.expression(named[name], end)) for name, end in asked]
    resources = [questionnaire_response(rulebook, one) for one in responses]
    rows = evaluate(engine, forms.variables, expressions, resources)
    found = []
    for number, (response, row) in enumerate(zip(responses, rows, strict=True)):
        known = effective_answers(rulebook, response, datetime.date.today())
        goals = evaluate_all(rulebook.shared_goals, known)
        for (name, end), said in zip(asked, row, strict=True):
            if said != _TESTS[end](plainly(named[name], known, goals)):
                found.append((name, end, number))
    return found


def test_every_gate_of_a_question(engine, rulebook) -> None:
    gates = {item.id: item.ask_when for item in rulebook.items.values() if item.ask_when is not None}
    responses = [random_response(rulebook, random.Random(seed)) for seed in range(200)]
    assert differences(engine, rulebook, gates, responses) == []


def test_every_gate_of_an_option(engine, rulebook) -> None:
    gates = {
        f"{item.id} {option.code}": option.ask_when
        for item in rulebook.items.values()
        for option in item.options
        if option.ask_when is not None
    }
    responses = [random_response(rulebook, random.Random(seed)) for seed in range(100)]
    assert differences(engine, rulebook, gates, responses, (End.MOST_UNKNOWN,)) == []


def test_what_makes_it_an_emergency_and_some_of_everything_else(engine, rulebook) -> None:
    emergencies = [card.id for card in rulebook.red_flags if card.disposition == "emergency"]
    others = [goal for goal in rulebook.goals if goal not in emergencies][::10]
    responses = [random_response(rulebook, random.Random(seed)) for seed in range(50)]
    for named, ends in ((emergencies, _LEAST), (others, tuple(End))):
        conditions = {goal: rulebook.goals[goal] for goal in named}
        assert differences(engine, rulebook, conditions, responses, ends) == []
