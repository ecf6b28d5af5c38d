"""What the gates of the page open (without a browser): what would be asked, told at once, and hidden."""

import json
import random
import subprocess
from pathlib import Path

import pytest
from in_fhir.forms import NODE, needs_node
from in_fhir.people import alarms, form_response, known_of, shown

from triage.conditions.leaf import Ticks
from triage.engine.response import Response
from triage.fhir.form.form_page import PARTS
from triage.fhir.form.questionnaire import questionnaire
from triage.fhir.responses.writing import questionnaire_response
from triage.readers.evaluate import evaluate
from triage.truth import Truth

pytestmark = needs_node
COUNT = 200


@pytest.fixture(scope="module")
def people(rulebook) -> list[Response]:
    return [form_response(rulebook, random.Random(seed)) for seed in range(COUNT)]


@pytest.fixture(scope="module")
def opened(rulebook, people) -> list[dict]:
    """What the gates of the page open for each of the people."""
    given = {
        "questionnaire": questionnaire(rulebook),
        "responses": [questionnaire_response(rulebook, one) for one in people],
    }
    done = subprocess.run(
        [str(NODE), str(Path(__file__).with_name("open_parts.mjs")), str(PARTS)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert not done.returncode, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_exactly_those_questions_are_shown_that_would_be_asked(rulebook, people, opened) -> None:
    for response, one in zip(people, opened, strict=True):
        known = known_of(rulebook, response)
        expected = {item.id for item in rulebook.items.values() if shown(item, known)}
        assert set(one["shown"]) & set(rulebook.items) == expected, response


def test_exactly_those_emergencies_are_told(rulebook, people, opened) -> None:
    told = 0
    for response, one in zip(people, opened, strict=True):
        expected = alarms(rulebook, known_of(rulebook, response))
        assert {name for name in one["shown"] if name.startswith("now-")} == expected, response
        told += bool(expected)
    assert COUNT / 10 < told < COUNT


def test_exactly_those_lines_are_hidden_that_are_not_for_this_person(rulebook, people, opened) -> None:
    """But for people who ticked a line that is not for them, which nobody can see to tick."""
    compared = 0
    for response, one in zip(people, opened, strict=True):
        known = known_of(rulebook, response)
        ticked = {item: answer for item, answer in response.answers.items() if isinstance(answer, Ticks)}
        if any(known[item] != answer for item, answer in ticked.items()):
            continue
        expected = {
            f"{item.id} {option.code}"
            for item in rulebook.items.values()
            for option in item.options
            if option.ask_when is not None and evaluate(option.ask_when, known, {}).most is Truth.ABSENT
        }
        assert set(one["closed"]) == expected, response
        compared += bool(expected)
    assert compared > COUNT / 10
