"""Whose cramps they are: the rulebook in the words that fit the person who answers."""

from __future__ import annotations

from collections.abc import Mapping

from triage.conditions.standing import Standing
from triage.readers.evaluate import evaluate
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth


def about_another(rulebook: Rulebook, standings: Mapping[str, Standing]) -> bool:
    """Whether someone answers for another person."""
    other = rulebook.other_person
    return other is not None and evaluate(other.when, standings, {}).truth is Truth.PRESENT


def spoken(rulebook: Rulebook, standings: Mapping[str, Standing]) -> Rulebook:
    """The same rules, with "you" or with "they"."""
    return rulebook.of_another if about_another(rulebook, standings) else rulebook
