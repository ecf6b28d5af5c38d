"""Checks of questions: their section, options, numbers, and what they depend on."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from triage.conditions.nodes import Answered, Found, Node, Takes
from triage.conditions.walk import leaves
from triage.names import did_you_mean
from triage.problems import Place
from triage.rulebook.checks.conditions import ConditionChecker
from triage.rulebook.model import CHOICE_TYPES, NUMBER_TYPES, Item
from triage.rulebook.rulebook import Rulebook


class ItemChecker(ConditionChecker):
    """Collects the problems of questions too."""

    def __init__(self, rulebook: Rulebook, broken: Collection[str]) -> None:
        super().__init__(rulebook, broken)
        self.order = {item: number for number, item in enumerate(rulebook.items)}

    def items(self) -> None:
        sections = [section.id for section in self.book.frame.sections]
        for item in self.book.items.values():
            key = f"item:{item.id}"
            at = partial(self.book.place, key)
            if item.section not in sections:
                fix = did_you_mean(item.section, sections) or "Add it to rulebook.yaml."
                self.say("unknown-section", f"no section “{item.section}”", at("section"), fix)
            elif self.book.origins[key][0] != f"items/{item.section}.yaml":
                fix = f"Move it to items/{item.section}.yaml."
                self.say("section-file", "this item is in another section's file", at("section"), fix)
            self._options(item, at)
            self._number(item, at)
            if (item.type == "medicines") != (item.id == "medicines"):
                fix = "There is one item of type medicines, and its id is medicines."
                self.say("medicines-item", "the medicines item has a fixed id", at("type"), fix)
            if item.ask_when is not None:
                self.condition(item.ask_when)
                self._gate(item, item.ask_when, at("ask_when"))

    def _options(self, item: Item, at: Callable[..., Place]) -> None:
        if (item.type in CHOICE_TYPES) != bool(item.options):
            fix = "Only items of type choice and choices have options, and they need them."
            self.say("options", f"“{item.id}” and its type do not go together", at("options"), fix)
        for number, option in enumerate(item.options):
            place = at("options", number, "code")
            if item.codes.index(option.code) != number:
                self.say(
                    "duplicate-id",
                    f"the option “{option.code}” stands twice",
                    place,
                    "Give one another code.",
                )
            if option.code in ("unsure", "declined"):
                fix = "“Not sure” is always offered; do not list it as an option."
                self.say("reserved-code", f"“{option.code}” cannot be an option", place, fix)
            if option.relevant_when is not None:
                self.condition(option.relevant_when)
            if option.ask_when is not None:
                self.condition(option.ask_when)
                self._gate(item, option.ask_when, at("options", number, "ask_when"))
                self._line_gate(option.ask_when)
            if option.closer is not None:
                self._closer(item, option.closer, at("options", number, "closer"))
            lacks = not (option.clinical_yes and option.clinical_no)
            if item.red_flag and item.type == "choices" and lacks:
                fix = "Add clinical_yes and clinical_no: the clinician's page prints both."
                self.say("clinical-words", f"“{option.code}” lacks clinical words", place, fix)

    def _closer(self, item: Item, name: str, place: Place) -> None:
        """The list that asks which it is: a later tick list that this question opens."""
        closer = self.book.items.get(name)
        if closer is None:
            fix = did_you_mean(name, self.book.items) or "legcramp rules list items shows them."
            self.say("unknown-item", f"there is no question “{name}”", place, fix)
        elif closer.type != "choices" or item.id not in self.book.gates.get(name, frozenset()):
            fix = f"It is a tick list whose ask_when reads “{item.id}”."
            self.say("closer", f"“{name}” does not ask which of them it is", place, fix)

    def _number(self, item: Item, at: Callable[..., Place]) -> None:
        if item.type in NUMBER_TYPES:
            if item.range is None or item.unit is None:
                self.say("number-item", f"“{item.id}” needs a unit and a range", at(), "Add both.")
            elif item.range.min >= item.range.max:
                self.say("number-item", "the range is empty", at("range"), "min must be below max.")
        elif item.confirm_when is not None:
            fix = "Take it out. For a tick list there is read_back."
            self.say("number-item", "confirm_when is for numbers", at("confirm_when"), fix)
        if item.confirm_when is not None:
            self.condition(item.confirm_when)

    def _line_gate(self, gate: Node) -> None:
        """A line is shown unless it surely cannot be true, so a missing answer must not hide it."""
        for leaf in leaves(gate):
            if isinstance(leaf, Answered):
                fix = "Ask by what was answered. A line is shown where that is not known."
                what = "ask_when of a line cannot use “answered”, “certain” or “possible”"
                self.say("gate-answered", what, leaf.place, fix)
            if isinstance(leaf, Takes):  # a name that is not in the list may be of any class
                fix = "Show the line to all, or ask what it says in a question with an ask_when of its own."
                self.say("gate-takes", "ask_when of a line cannot use “takes”", leaf.place, fix)

    def _gate(self, item: Item, gate: Node, place: Place) -> None:
        for leaf in leaves(gate):
            if isinstance(leaf, Found):
                fix = "Ask by answers: items, takes, answered."
                self.say("gate-found", "ask_when cannot use “found”", leaf.place, fix)
            elif self.order.get(leaf.item, -1) >= self.order[item.id]:
                fix = f"Move “{leaf.item}” before “{item.id}”, or ask by another item."
                message = f"“{item.id}” depends on “{leaf.item}”, which is asked later"
                self.say("forward-reference", message, place, fix)
