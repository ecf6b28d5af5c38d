"""What the tests of results and pages reason with."""

import pytest
from plainly import PlainReasoner

from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import TODAY


@pytest.fixture(scope="session")
def reasoner(rulebook: Rulebook) -> PlainReasoner:
    return PlainReasoner(rulebook, TODAY)
