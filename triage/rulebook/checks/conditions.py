"""Checks of conditions: what they read exists, and each test fits its item."""

from __future__ import annotations

from collections.abc import Collection

from triage.conditions.nodes import Answered, Compare, Found, Includes, Is, Leaf, Node, Takes
from triage.conditions.walk import leaves
from triage.names import did_you_mean
from triage.problems import Place, Problem
from triage.rulebook.cards import Advice, Theory
from triage.rulebook.model import NUMBER_TYPES, Item
from triage.rulebook.rulebook import Rulebook


class ConditionChecker:
    """Collects the problems of conditions. ``broken`` names files that could not be read."""

    def __init__(self, rulebook: Rulebook, broken: Collection[str]) -> None:
        self.book = rulebook
        self.broken = broken
        self.problems: list[Problem] = []

    def lost(self, start: str) -> bool:
        """Whether what is missing may stand in a file that could not be read."""
        return any(name.startswith(start) for name in self.broken)

    def unread(self, card: str) -> bool:
        """Whether there is a file of that card that could not be read: it is told of once, there."""
        return any(name.endswith(f"/{card}.yaml") for name in self.broken)

    def say(self, code: str, message: str, place: Place, fix: str = "") -> None:
        self.problems.append(Problem(code, message, place, fix))

    def condition(self, node: Node) -> None:
        for leaf in leaves(node):
            if isinstance(leaf, Found):
                self._found(leaf)
            elif isinstance(leaf, Takes):
                if leaf.medicine_class not in self.book.classification.class_ids and not self.lost(
                    "medicines.yaml"
                ):
                    fix = (
                        did_you_mean(leaf.medicine_class, self.book.classification.class_ids)
                        or "See classes in medicines.yaml."
                    )
                    message = f"there is no medicine class “{leaf.medicine_class}”"
                    self.say("unknown-class", message, leaf.place, fix)
            else:
                self._leaf(leaf)

    def _found(self, leaf: Found) -> None:
        card = self.book.cards.get(leaf.card)
        if card is None and self.unread(leaf.card):
            return
        if isinstance(card, Theory):
            fix = "Read the answers themselves. Nothing may follow from a theory."
            self.say("theory-found", f"“{leaf.card}” is a theory, not a finding", leaf.place, fix)
        elif card is None or isinstance(card, Advice):
            known = [c.id for c in self.book.cards.values() if not isinstance(c, Advice | Theory)]
            fix = did_you_mean(leaf.card, known) or "Name a red flag, a pattern or a factor."
            self.say("unknown-card", f"no card finds “{leaf.card}”", leaf.place, fix)
        elif card.status != "active":
            fix = "Make that card active, or take this condition out."
            self.say("inactive-card", f"the card “{leaf.card}” is {card.status}", leaf.place, fix)

    def _leaf(self, leaf: Leaf) -> None:
        assert not isinstance(leaf, Takes)
        item = self.book.items.get(leaf.item)
        if item is None and self.lost("items/"):
            return
        if item is None:
            fix = did_you_mean(leaf.item, self.book.items) or "See: legcramp rules list items"
            self.say("unknown-item", f"there is no question “{leaf.item}”", leaf.place, fix)
            return
        if item.stage == "page":
            fix = "These answers must never change a result."
            self.say("page-item", f"“{item.id}” is only for the page", leaf.place, fix)
        if isinstance(leaf, Is | Includes):
            wanted = "choice" if isinstance(leaf, Is) else "choices"
            if item.type != wanted:
                test = {"choice": "is / is_any", "choices": "includes / includes_any"}
                fix = f"Use {test.get(item.type, 'a number test')} for this item."
                message = f"“{item.id}” is of type {item.type}"
                self.say("wrong-test", message, leaf.place, fix)
                return
            for code in leaf.codes:
                if code not in item.codes:
                    fix = did_you_mean(code, item.codes) or f"It has: {', '.join(item.codes)}."
                    message = f"“{item.id}” has no option “{code}”"
                    self.say("unknown-option", message, leaf.place, fix)
        elif isinstance(leaf, Answered) and leaf.line is not None:
            if item.type != "choices":
                fix = "Name a tick list, or take “line” out."
                self.say("wrong-test", f"“{item.id}” is of type {item.type}", leaf.place, fix)
            elif leaf.line not in item.codes:
                fix = did_you_mean(leaf.line, item.codes) or f"It has: {', '.join(item.codes)}."
                self.say("unknown-option", f"“{item.id}” has no option “{leaf.line}”", leaf.place, fix)
        elif isinstance(leaf, Compare):
            self._threshold(leaf, item)

    def _threshold(self, leaf: Compare, item: Item) -> None:
        if item.type not in NUMBER_TYPES:
            message = f"“{item.id}” is of type {item.type}, not a number"
            self.say("wrong-test", message, leaf.place, "Use is, is_any, includes or includes_any.")
        elif item.range and not item.range.min <= leaf.threshold <= item.range.max:
            message = f"{leaf.threshold:.12g} is outside the range of “{item.id}”"
            fix = f"It goes from {item.range.min:g} to {item.range.max:g} {item.unit}."
            self.say("out-of-range", message, leaf.place, fix)
        elif item.type == "integer" and leaf.threshold != int(leaf.threshold):
            message = f"“{item.id}” is asked in whole numbers, and {leaf.threshold:.12g} is none"
            self.say("wrong-test", message, leaf.place, "Write a whole number.")
