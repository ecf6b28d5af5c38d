"""Factors that rest on medicines only which are younger than the cramps: ``onset`` in columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import polars as pl

from triage.batch.clinical_reasons import has_reason
from triage.conditions.codes import Mark
from triage.conditions.leaf import TakenMedicine
from triage.conditions.nodes import Is, Leaf, Node, Takes
from triage.conditions.rows import Row, as_expression, either, every, negated
from triage.conditions.walk import leaves
from triage.engine.onset import AT_LEAST_WEEKS, ONSET, STEADY, TREND, tells_of_cramps
from triage.readers.batch import Conditions
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth


class Later:
    """What has to be known of medicines and of the onset, and what follows for the factors."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        asked = ONSET in rulebook.items
        self.began = {Is(ONSET, (code,)): weeks for code, weeks in AT_LEAST_WEEKS.items()} if asked else {}
        self.steady = Is(TREND, STEADY) if TREND in rulebook.items else None
        self.classes = {card.id: list(_classes(card.when, rulebook)) for card in rulebook.factors}
        named = dict.fromkeys(name for names in self.classes.values() for name in names)
        self.marks: Mapping[str, Mark] = {
            _mark(name, weeks): partial(_taken_since, name, weeks)
            for name in (named if asked else ())
            for weeks in (0, *AT_LEAST_WEEKS.values())
        }

    @property
    def reads(self) -> list[Node]:
        return [*self.began, *([self.steady] if self.steady is not None else [])]

    def only_later(self, conditions: Conditions, planes: int, card: str) -> Row:
        """Where nothing speaks for a found factor but cramps, and medicines that cannot contribute."""
        if not self.classes[card] or not self.began:
            return False
        node = self.rulebook.written[card]
        speaks = partial(has_reason, conditions, planes, node, Truth.PRESENT, rulebook=self.rulebook)
        others = speaks(chosen=_speaks_alone)
        behind: list[Row] = []
        contributing: list[Row] = []
        for name in self.classes[card]:
            told = speaks(chosen=partial(_takes_of, name))
            behind.append(every([told, conditions.mark(_mark(name, 0))]))
            contributing.append(every([told, pl.col(_contributes(name))]))
        return every([negated(others), either(behind), negated(either(contributing))])

    def contributing(self, conditions: Conditions, planes: int) -> Iterator[pl.Expr]:
        """For each class a column: whether a medicine of it is taken that may have brought the cramps,
        or made them worse. ``only_later`` reads these."""
        if self.began:
            for name in dict.fromkeys(name for names in self.classes.values() for name in names):
                row = self._contributes(conditions, planes, name)
                yield as_expression(row).alias(_contributes(name))

    def _contributes(self, conditions: Conditions, planes: int, name: str) -> Row:

        def so(node: Node) -> Row:
            return conditions.evaluate(node, planes, ())[0]

        taken = conditions.mark(_mark(name, 0))
        late_onset = negated(either(so(node) for node in self.began))
        changed = negated(so(self.steady) if self.steady is not None else False)
        old = (every([so(node), conditions.mark(_mark(name, weeks))]) for node, weeks in self.began.items())
        return either([every([taken, either([late_onset, changed])]), *old])


def _classes(node: Node, rulebook: Rulebook) -> Iterator[str]:
    """The classes of medicines that a condition names, also by the findings that it requires."""
    for leaf in leaves(node):
        if isinstance(leaf, Takes):
            yield leaf.medicine_class
        elif not isinstance(leaf, Leaf) and leaf.card in rulebook.goals:
            yield from _classes(rulebook.goals[leaf.card], rulebook)


def _mark(name: str, weeks: int) -> str:
    return f"{name} for {weeks} weeks"


def _contributes(name: str) -> str:
    return f"{name} contributes"


def _taken_since(name: str, weeks: int, taken: TakenMedicine) -> bool:
    """Whether a medicine is of this class and may have been taken for so many weeks at least."""
    of_class = taken.classes is not None and name in taken.classes
    return of_class and (taken.weeks is None or taken.weeks[1] >= weeks)


def _speaks_alone(leaf: Leaf) -> bool:
    """Whether it is a reason beside medicines, and not the cramps to which they may add."""
    return not (isinstance(leaf, Takes) or tells_of_cramps(leaf))


def _takes_of(name: str, leaf: Leaf) -> bool:
    return isinstance(leaf, Takes) and leaf.medicine_class == name
