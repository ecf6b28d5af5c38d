"""Which cards and questions an edit can reach."""

from __future__ import annotations

from collections.abc import Iterable

from triage.conditions.nodes import Node, Takes
from triage.conditions.walk import cards_read, items_read, leaves
from triage.rulebook.goals import card_of
from triage.rulebook.rulebook import Rulebook


def affected(before: Rulebook, after: Rulebook) -> set[str]:
    """Ids of the cards and questions that come out otherwise, or may: edited themselves, or reading
    a question, a finding or a medicine that was."""
    items = {i for i, item in after.items.items() if before.items.get(i) != item}
    if (before.medicines, before.classes) != (after.medicines, after.classes):
        items |= {item.id for item in after.items.values() if item.type == "medicines"}
    edited = {i for i, card in after.cards.items() if before.cards.get(i) != card}
    opened = {item for item, gates in after.gates.items() if gates & items}
    reached = edited | {card_of(goal) for item in items | opened for goal in after.dependents[item]}
    for goal, node in after.goals.items():  # findings come before what requires them
        if cards_read(node) & reached:
            reached.add(card_of(goal))
    return reached | items | opened


def changed_behind(before: Rulebook, after: Rulebook, nodes: Iterable[Node]) -> list[str]:
    """What an edit changed or added among all that these conditions build on, by its place:
    ``item:age``, ``card:deep_clot``, ``medicine:warfarin``, ``class:statin``."""
    seen: set[str] = set()
    taken: set[str] = set()  # the classes of medicines that are asked for
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        taken |= {leaf.medicine_class for leaf in leaves(node) if isinstance(leaf, Takes)}
        for name in {*items_read(node), *cards_read(node)} - seen:
            seen.add(name)
            for book in (before, after):
                gate = book.items[name].ask_when if name in book.items else None
                waiting += [node for node in (gate, book.goals.get(name)) if node is not None]
    found = {f"item:{name}" for name in seen if before.items.get(name) != after.items.get(name)}
    found |= {f"card:{name}" for name in seen if before.cards.get(name) != after.cards.get(name)}
    for name, classes in after.classification.classes_of.items() if taken else ():
        if (classes ^ before.classification.classes_of.get(name, frozenset())) & taken:
            found |= {f"class:{c}" for c in classes if before.classes.get(c) != after.classes.get(c)}
            found |= {f"medicine:{name}"} if before.medicines.get(name) != after.medicines[name] else set()
    return sorted(found)
