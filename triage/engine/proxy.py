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


def only_they_feel(
    rulebook: Rulebook, effective_answers: Mapping[str, EffectiveAnswer]
) -> Mapping[str, tuple[str, ...]]:
    """The lines of tick lists, by question, that nobody can deny here: only the person could feel it.

    Empty for whoever can say how they feel, and where nobody was asked who it is about. Whoever is not
    sure of that cannot deny them either.
    """
    felt = rulebook.frame.only_felt
    if felt is None or evaluate(felt.when, effective_answers, {}).least is Truth.ABSENT:
        return {}
    return felt.lines
