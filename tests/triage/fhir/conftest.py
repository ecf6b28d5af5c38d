"""People whose results become FHIR documents."""

import datetime
import random

import pytest
from in_fhir.documents import document
from interviews.plainly import PlainReasoner
from people.generators import random_edits, random_response

from triage.conditions.leaf import NoAnswer
from triage.engine.assess import assess_with
from triage.engine.inference import Reasoner
from triage.engine.response import Response
from triage.rulebook.model import LEVELS

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="session")
def reasoner(rulebook) -> Reasoner:
    return PlainReasoner(rulebook, TODAY)


@pytest.fixture(scope="session")
def assessed(rulebook, reasoner, responses):
    """As of a healthy person with ordinary cramps, but for these answers."""
    usual = {item.id: item.usual for item in rulebook.items.values() if item.usual is not None}
    return lambda **answers: assess_with(reasoner, responses(rulebook, **{**usual, **answers}))


@pytest.fixture(scope="session")
def made(rulebook, assessed):
    return lambda **answers: document(assessed(**answers), rulebook)


@pytest.fixture(scope="session")
def anybody(rulebook, reasoner, responses):
    """Results of people: at random, healthy but for a few answers, stopped halfway, with a private matter."""
    usual = {item.id: item.usual for item in rulebook.items.values() if item.usual is not None}
    calm = responses(rulebook, **usual)
    rng = random.Random(18)
    found = []
    for number in range(80):
        if number % 4 == 0:
            response = random_response(rulebook, rng)
        else:
            response = list(random_edits(rulebook, calm, rng, rng.choice([1, 3, 6])))[-1]
        if number % 4 == 2:
            mood = rng.choice(["low", "cannot_cope", "thoughts", "plan", NoAnswer.UNSURE])
            response = response.with_answer("effect", "spoils_many").with_answer("mood", mood)
        if number % 4 == 3:
            kept = rng.sample(sorted(response.answers), 20)
            response = Response({item: response.answers[item] for item in kept})
        found.append(assess_with(reasoner, response))
    assert {result.disposition.code for result in found} == {*LEVELS, "unfinished"}
    return found
