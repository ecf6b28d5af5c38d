"""Whose cramps they are: the rulebook in the words that fit the person who answers."""

from __future__ import annotations

from collections.abc import Mapping

from triage.conditions.leaf import EffectiveAnswer
from triage.readers.evaluate import evaluate
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth


def about_another(rulebook: Rulebook, effective_answers: Mapping[str, EffectiveAnswer]) -> bool:
    """Whether someone answers for another person."""
    other = rulebook.other_person
    return other is not None and evaluate(other.when, effective_answers, {}).truth is Truth.PRESENT


def in_their_words(rulebook: Rulebook, effective_answers: Mapping[str, EffectiveAnswer]) -> Rulebook:
    """The same rules, with "you" or with "they"."""
    return rulebook.of_another if about_another(rulebook, effective_answers) else rulebook
