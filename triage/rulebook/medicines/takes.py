"""What ``takes`` means where it stands: what else counts, and medicines that are not in the list."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any as Anything

from triage.conditions.nodes import AllOf, AnyOf, Found, Leaf, Node, Takes, Unlisted
from triage.conditions.walk import leaves, rewrite
from triage.rulebook.frozen import keys_of
from triage.rulebook.model import CONDITION_KEYS, MedicineClass


class Expansion:
    """Replaces ``takes`` by itself or whatever else counts as taking that class."""

    def __init__(self, classes: Mapping[str, MedicineClass]) -> None:
        self.also: dict[str, list[Node]] = {}
        for entry in classes.values():
            if entry.also_when is not None:
                for name in (entry.id, *entry.in_groups):
                    self.also.setdefault(name, []).append(entry.also_when)

    def condition(self, node: Node) -> Node:
        return rewrite(node, self._leaf)

    def _leaf(self, leaf: Leaf | Found) -> Node:
        if isinstance(leaf, Takes) and leaf.within_weeks is None:
            more = self.also.get(leaf.medicine_class)
            if more:
                return AnyOf((leaf, *more), place=leaf.place)
        return leaf


def as_gate(node: Node, unplaced: Collection[str]) -> Node:
    """The condition of a gate: a medicine that is not in the list opens only what its kind asks for.

    One of which nothing is known opens what asks for the classes ``unplaced``.
    """

    def asked(leaf: Leaf | Found) -> Node:
        if not isinstance(leaf, Takes):
            return leaf
        anyhow = leaf.medicine_class in unplaced
        return replace(leaf, unlisted=Unlisted.ASKS_ANYHOW if anyhow else Unlisted.ASKS)

    return rewrite(node, asked)


def in_proportion(node: Node, signs: Collection[str]) -> Node:
    """A red flag that a medicine which is not in the list cannot raise alone.

    It still does where an answer to one of ``signs`` speaks for the red flag too, or may: then the
    medicine could be what makes it dangerous.
    """
    read = [leaf for leaf in leaves(node) if isinstance(leaf, Takes)]
    if not read:
        return node
    beside = tuple(
        leaf for leaf in dict.fromkeys(leaves(node))
        if not isinstance(leaf, Takes | Found) and leaf.item in signs
    )  # fmt: skip

    def certain(leaf: Leaf | Found) -> Node:
        return replace(leaf, unlisted=Unlisted.NEVER) if isinstance(leaf, Takes) else leaf

    return AllOf((node, AnyOf((rewrite(node, certain), *beside))))


def expanded(card: Anything, expand: Anything) -> Anything:
    changes: dict[str, Anything] = {}
    for key in CONDITION_KEYS & set(keys_of(type(card))):
        node = getattr(card, key)
        if node is not None:
            changes[key] = expand(node)
    for key in ("guards", "also_do", "consider", "options"):
        if key in keys_of(type(card)):
            changes[key] = tuple(expanded(part, expand) for part in getattr(card, key))
    return card.model_copy(update=changes)
