"""Everything that can be said against a folder of rules, at once: what ``legcramp rules check`` does."""

from __future__ import annotations

from pathlib import Path

from triage.conditions.walk import cards_read
from triage.loosening import loosened
from triage.plain_words import wording
from triage.problems import Invalid, Problem
from triage.rulebook.load import load
from triage.rulebook.rulebook import Rulebook
from triage.sense import senseless
from triage.trial import try_examples, usual_answers


def inspect(folder: Path, before: Rulebook | None = None) -> tuple[Rulebook | None, list[Problem]]:
    """The rulebook, if it can be loaded, and every problem in the order of their places.

    Only what loads can be tried: so the conditions, the words and the examples are looked at once
    the rest is in order. With ``before``, in which there was no problem, only conditions and
    examples that an edit can have changed.
    """
    try:
        rulebook = load(folder)
        usual_answers(rulebook)
    except Invalid as invalid:
        return None, list(invalid.problems)
    only = None if before is None else affected(before, rulebook)
    examples = (problem for outcome in try_examples(rulebook, "", only) for problem in outcome.problems)
    found = Invalid([*loosened(rulebook), *senseless(rulebook, only), *wording(rulebook), *examples])
    return rulebook, list(found.problems)


def affected(before: Rulebook, after: Rulebook) -> set[str]:
    """Ids of the cards and questions that come out otherwise, or may: edited themselves, or reading
    a question, a finding or a medicine that was."""
    items = {i for i, item in after.items.items() if before.items.get(i) != item}
    if (before.medicines, before.classes) != (after.medicines, after.classes):
        items |= {item.id for item in after.items.values() if item.type == "medicines"}
    edited = {i for i, card in after.cards.items() if before.cards.get(i) != card}
    opened = {item for item, gates in after.gates.items() if gates & items}
    reached = edited | {
        goal.rstrip("!").split("#")[0] for item in items | opened for goal in after.dependents[item]
    }
    for goal, node in after.goals.items():  # findings come before what requires them
        if cards_read(node) & reached:
            reached.add(goal.rstrip("!").split("#")[0])
    return reached | items | opened
