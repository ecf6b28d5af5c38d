"""What the tests of responses read, and what is written for them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from in_fhir.responses import GIVEN

from triage.fhir.responses.reading import Read, read_any
from triage.fhir.responses.writing import questionnaire_response
from triage.problems import Invalid


@pytest.fixture
def read(small) -> Callable[[Any], Read]:
    return lambda data: read_any(
        data if isinstance(data, bytes) else json.dumps(data, indent=1).encode(), "a.json", small
    )


@pytest.fixture
def refused(read) -> Callable[[Any], str]:
    def refuse(data: Any) -> str:
        with pytest.raises(Invalid) as caught:
            read(data)
        return str(caught.value)

    return refuse


@pytest.fixture
def written(small) -> dict[str, Any]:
    return questionnaire_response(small, GIVEN)
