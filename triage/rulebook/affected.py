"""Which cards and questions an edit can reach."""

from __future__ import annotations

from triage.conditions.walk import cards_read
from triage.rulebook.rulebook import Rulebook


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
