"""How long an interview is for the person: the questions, and the lines of the lists to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from triage.conditions.leaf import EffectiveAnswer
from triage.engine.effective import hidden_codes
from triage.engine.response import Response
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Length:
    """``questions``: the short groups of one danger screen count as one question, as 0 passes each of
    them with one key. ``lines``: the lines of all tick lists that were shown, danger screens and all.
    """

    questions: int
    lines: int


def length(
    rulebook: Rulebook, response: Response, effective_answers: Mapping[str, EffectiveAnswer]
) -> Length:
    """The length of the interview that ended with ``response``, which holds only what was asked."""
    asked = [rulebook.items[item] for item in response.answers]
    screens = {item.section if _is_danger_group(item) else item.id for item in asked}
    shown = [
        set(item.codes) - hidden_codes(item, effective_answers) for item in asked if item.type == "choices"
    ]
    return Length(len(screens), sum(map(len, shown)))


def _is_danger_group(item: Item) -> bool:
    """One of the groups of danger signs that everybody is asked."""
    return item.type == "choices" and item.read_back and item.ask_when is None
