"""What the tests of the interview reason with: the small rules."""

import datetime

import pytest

from triage.engine.inference import Reasoner

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def reasoner(small) -> Reasoner:
    return Reasoner(small, TODAY)
