"""What the tests of the clinician's page have in common."""

from __future__ import annotations

import pytest
from pages.truths import untruths

from triage.engine.assess import assess_with
from triage.report.clinician.page import clinician_document


@pytest.fixture(scope="module")
def page(rulebook, reasoner, responses):
    """The page of somebody who answers as usual, but for these; nothing on it is untrue."""
    usual = {item.id: item.usual for item in rulebook.items.values() if item.usual is not None}

    def make(**answers):
        given = {key: value for key, value in {**usual, **answers}.items() if value is not None}
        result = assess_with(reasoner, responses(rulebook, **given))
        made = clinician_document(result, rulebook)
        assert untruths(result, made, rulebook) == []
        return made

    return make
