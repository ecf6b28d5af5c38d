"""Responses for tests, from answers as one writes them in a file."""

from __future__ import annotations

from typing import Any

from triage.engine.answers import parse_answers
from triage.engine.response import Response
from triage.problems import Problem
from triage.rulebook.reading.source import YamlDocument
from triage.rulebook.rulebook import Rulebook


def response(rulebook: Rulebook, answers: dict[str, Any]) -> Response:
    """The answers as a response; none of them may be wrong."""
    problems: list[Problem] = []
    made = parse_answers(answers, rulebook, YamlDocument("(test)", None), (), problems)
    assert problems == []
    return made
