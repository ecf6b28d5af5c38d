"""Many responses at once, read in columns: bit n of every whole number stands for response n."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeAlias

from invariants.situations import Holds, Situation
from triage.conditions.leaf import EffectiveAnswer, NoAnswer
from triage.conditions.nodes import Node
from triage.conditions.walk import cards_read
from triage.engine.counterfactuals.cohort import levels_of
from triage.readers.answer_bits import either
from triage.readers.columns import Column, Columns
from triage.rulebook.cards import Card
from triage.rulebook.model import LEVELS, Level, urgency
from triage.rulebook.rulebook import Rulebook

Row: TypeAlias = Mapping[str, EffectiveAnswer]  # how each item stands by its answer alone, reachable or not


class Crowd(Situation):
    """What a rulebook says of many people.

    ``ordinary`` are the people below the ceiling of 30, for whom no rule may do more than a visit.
    """

    def __init__(self, book: Rulebook, columns: Columns, ordinary: Holds = 0) -> None:
        self.book = book
        self.columns = columns
        self.ordinary = ordinary
        self.everyone = columns.everyone
        self._answered: dict[str, dict[EffectiveAnswer, Holds]] = {}

    @classmethod
    def of(cls, book: Rulebook, rows: Sequence[Row], ordinary: Holds = 0) -> Crowd:
        return cls(book, Columns({item.id: item.ask_when for item in book.items.values()}, rows), ordinary)

    @property
    def rows(self) -> Sequence[Row]:
        return self.columns.rows

    def under(self, book: Rulebook) -> Crowd:
        """The same answers under another rulebook (with the same medicines)."""
        gates = {item.id: item.ask_when for item in book.items.values()}
        if gates == {item.id: item.ask_when for item in self.book.items.values()}:
            return Crowd(book, self.columns, self.ordinary)
        return Crowd.of(book, self.rows, self.ordinary)

    def changed(self, item: str, answers: Iterable[EffectiveAnswer]) -> Crowd:
        """The same people, with other answers to one question."""
        return Crowd(self.book, self.columns.with_answers(item, answers))

    def where(self, item: str, test: Callable[[EffectiveAnswer], bool]) -> Holds:
        answered = either(bits for known, bits in self._alike(item).items() if test(known))
        asked = self.asked(item)
        return answered & asked | (self.but(asked) if test(NoAnswer.UNREACHABLE) else 0)

    def _alike(self, item: str) -> Mapping[EffectiveAnswer, Holds]:
        """Every answer to the item, with those who gave it."""
        if item not in self._answered:
            answered = self._answered[item] = dict[EffectiveAnswer, Holds]()
            for number, row in enumerate(self.rows):
                answered[row[item]] = answered.get(row[item], 0) | 1 << number
        return self._answered[item]

    def asked(self, item: str) -> Holds:
        return self.columns.reachable[item]

    def shown_to(self, gate: Node) -> Holds:
        return self.columns.evaluate_all({"gate": gate})["gate"].not_absent

    @cached_property
    def found(self) -> Mapping[str, Column]:
        return self.columns.evaluate_all(self.book.shared_goals)

    @cached_property
    def levels(self) -> Mapping[Level, Holds]:
        return levels_of(self.book, self.columns.evaluate_all(_raising(self.book)), self.everyone)

    def at_least(self, level: Level) -> Holds:
        return either(self.levels[code] for code in LEVELS if urgency(code) >= urgency(level))

    def less_urgent_than(self, other: Crowd) -> Holds:
        """Where the result is less urgent than for the same people in the other crowd."""
        return either(other.at_least(level) & self.but(self.at_least(level)) for level in LEVELS)

    def more_urgent_without(self, card: Card) -> Holds:
        """Where the result would be more urgent if it were not for this card."""
        rest = replace(self.book, cards={i: c for i, c in self.book.cards.items() if i != card.id})
        without = levels_of(rest, self.found, self.everyone)
        return either(
            either(without[code] for code in LEVELS if urgency(code) >= urgency(level))
            & self.but(self.at_least(level))
            for level in LEVELS
        )

    @cached_property
    def shown(self) -> Mapping[str, Holds]:
        """For every advice whom it reaches: offered, at this level, no guard yes or unknown."""
        reached: dict[str, Holds] = {}
        for card in self.book.advice:
            blocks = (n for n, guard in enumerate(card.guards) if guard.block_when is not None)
            held = either(self.found[f"{card.id}#{n}"].not_absent for n in blocks)
            level = either(self.levels[code] for code in card.shown_at)
            reached[card.id] = self.found[card.id].present & level & self.but(held)
        return reached


def _raising(book: Rulebook) -> dict[str, Node]:
    """The goals that levels depend on: red flags, patterns, and the findings that they require."""
    wanted = {card.id for card in (*book.red_flags, *book.patterns)}
    for goal, node in reversed(book.shared_goals.items()):  # what requires a finding comes after it
        if goal in wanted:
            wanted |= cards_read(node)
    return {goal: node for goal, node in book.shared_goals.items() if goal in wanted}
