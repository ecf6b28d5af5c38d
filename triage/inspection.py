"""Everything that can be said against a folder of rules, at once: what ``legcramp rules check`` does."""

from __future__ import annotations

from pathlib import Path

from triage.loosening import loosened
from triage.plain_words import wording
from triage.problems import Invalid, Problem
from triage.rulebook.load import load
from triage.rulebook.rulebook import Rulebook
from triage.sense import senseless
from triage.trial import try_examples, usual_answers


def inspect(folder: Path) -> tuple[Rulebook | None, list[Problem]]:
    """The rulebook, if it can be loaded, and every problem in the order of their places.

    Only what loads can be tried: so the conditions, the words and the examples are looked at once
    the rest is in order.
    """
    try:
        rulebook = load(folder)
        usual_answers(rulebook)
    except Invalid as invalid:
        return None, list(invalid.problems)
    examples = (problem for outcome in try_examples(rulebook) for problem in outcome.problems)
    found = Invalid([*loosened(rulebook), *senseless(rulebook), *wording(rulebook), *examples])
    return rulebook, list(found.problems)
