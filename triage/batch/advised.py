"""Which advice is given and which is held back, for many responses: ``advising`` in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import polars as pl

from triage.batch.clinical_reasons import has_reason
from triage.batch.found import CODES, DISPOSITION, Found
from triage.conditions.nodes import Answered, Leaf, Node
from triage.conditions.rows import Row, as_expression, either, every, negated
from triage.conditions.walk import leaves
from triage.engine.advising import CALM
from triage.rulebook.cards import Advice
from triage.rulebook.model import Level, urgency
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth


@dataclass(frozen=True)
class Advised:
    """The advice of a rulebook, as expressions. ``told`` are wanted as columns first, then ``doubts``, then
    the disposition; ``given`` and ``withheld`` read these."""

    rulebook: Rulebook
    found: Found

    def given(self, card: Advice) -> Row:
        """Offered, at this disposition, and no guard is present or unknown."""
        return every([self.found.sure(card.id), _shown(card), negated(self._blocked(card))])

    def _blocked(self, card: Advice) -> Row:
        blocks = (n for n, guard in enumerate(card.guards) if guard.block_when is not None)
        return either(self.found.may(f"{card.id}#{number}") for number in blocks)

    def withheld(self, card: Advice) -> Row:
        """Held back by a guard; or by a doubt without which it would be shown (``advising``)."""
        doubts = pl.col(_doubt_outside(card.shown_at))
        guarded = every([self.found.sure(card.id), _shown(card), self._blocked(card)])
        if card.kind == "avoid":
            return guarded
        perhaps = every([self.found.may(card.id), negated(self.found.sure(card.id))])
        fits_certainly = either(pl.col("certain level") == urgency(level) for level in card.shown_at)
        reachable = every([_code_in(CALM), either([_shown(card), fits_certainly])])
        raised = every([self.found.sure(card.id), negated(_shown(card)), doubts])
        open_ = self._told_unknown(card.offer_when)
        if card.kind == "try":
            unfit = either([open_, every([negated(_shown(card)), doubts])])
        else:  # whether it fits at all holds nothing back that is only good to know
            unfit = every([negated(_shown(card)), either([open_, doubts])])
        raised = either([raised, every([perhaps, unfit])])
        return either([guarded, every([reachable, raised])])

    def told(self) -> Iterator[pl.Expr]:
        """For each red flag that is in doubt whether the doubt can be named."""
        for card in self.rulebook.red_flags:
            row = self.found.unsure(card.id)
            whole = card.when == self.rulebook.written[card.id]
            if not whole or any(isinstance(leaf, Answered) for leaf in leaves(card.when)):
                row = every([row, self._told_unknown(card.when)])
            yield as_expression(row).alias(_doubt(card.id))

    def doubts(self) -> Iterator[pl.Expr]:
        """For each set of levels whether a doubt keeps the result outside, and can be named."""
        for levels in dict.fromkeys(card.shown_at for card in self.rulebook.advice):
            outside = (c.id for c in self.rulebook.red_flags if c.if_unsure not in levels)
            row = either(pl.col(_doubt(card)) for card in outside)
            yield as_expression(row).alias(_doubt_outside(levels))

    def _told_unknown(self, node: Node) -> Row:
        """Whether an answer that is not known can be named as the reason."""
        tell = partial(has_reason, self.found.conditions, self.found.planes, rulebook=self.rulebook)
        return tell(node, Truth.UNKNOWN, _can_be_told)


def _doubt(card: str) -> str:
    return f"doubt: {card}"


def _doubt_outside(levels: Iterable[Level]) -> str:
    return f"doubt outside {' '.join(levels)}"


def _shown(card: Advice) -> Row:
    return _code_in(card.shown_at)


def _code_in(levels: Iterable[Level]) -> Row:
    """Whether the disposition is one of these."""
    return either(pl.col(DISPOSITION) == CODES.index(level) for level in levels)


def _can_be_told(leaf: Leaf) -> bool:
    return not isinstance(leaf, Answered)
