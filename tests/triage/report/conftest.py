"""What the tests of results and pages reason with."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from interviews.plainly import PlainReasoner

from triage.engine.assess import assess_with
from triage.engine.assessment import Assessment
from triage.engine.response import Response
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import TODAY, interviewed


@pytest.fixture(scope="session")
def reasoner(rulebook: Rulebook) -> PlainReasoner:
    return PlainReasoner(rulebook, TODAY)


@pytest.fixture(scope="session")
def assessed(rulebook: Rulebook, reasoner: PlainReasoner, responses: Callable[..., Response]):
    """The result of a whole interview: these answers, usual ones for the rest."""

    def do(**answers) -> Assessment:
        return assess_with(reasoner, interviewed(reasoner, responses(rulebook, **answers))[0])

    return do
