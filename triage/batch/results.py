"""What follows for each of many responses: disposition, cards, factors, advice. In columns.

The same as an assessment says of each (``assess``): the disposition code with ``unfinished``, the
cards that fired, the factors without those that rest on later medicines, the advice given and held back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from triage.batch.advised import Advised
from triage.batch.fields import ID
from triage.batch.found import CODES, DISPOSITION, FINISHED, ROW, Found
from triage.batch.later import Later
from triage.batch.listing import Listed, with_lists
from triage.conditions.rows import Row, as_expression, either, every, negated
from triage.readers.batch import COMPLETE, HALF, Conditions
from triage.rulebook.cards import Pattern, RedFlag
from triage.rulebook.model import LEVELS, VERDICTS, Level, urgency
from triage.rulebook.rulebook import Rulebook


class Results:
    """Results of many responses by one rulebook. To make it takes a moment: keep it."""

    def __init__(self, rulebook: Rulebook, *, only_dispositions: bool = False) -> None:
        self.rulebook = rulebook
        self.later = Later(rulebook)
        self.summary = [i.id for i in rulebook.items.values() if i.summary and i.stage == "interview"]
        self.conditions = Conditions(
            {item.id: item.ask_when for item in rulebook.items.values()},
            rulebook.goals,
            also_read=self.later.reads,
            items=self.summary,
            marks=self.later.marks,
        )
        self.listed = [] if only_dispositions else list(self._listed())
        self._raising = frozenset(rulebook.deciding) if only_dispositions else None
        self._made: dict[int, tuple[list[pl.Expr], ...]] = {}

    def of(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The results, in the order of the responses.

        ``frame`` has a column ``row`` (which response), perhaps ``id``, and the columns that
        ``conditions.codes`` describes.
        """
        gated = self.conditions.gated(frame)
        unanswered = gated.select(self.conditions.unanswered().alias("open")).to_series()
        parts = [
            self._concluded(part, planes)
            for part, planes in ((gated.filter(~unanswered), COMPLETE), (gated.filter(unanswered), HALF))
            if part.height
        ]
        if not parts:
            parts = [self._concluded(gated, COMPLETE)]
        return pl.concat(parts).sort(ROW)

    def _concluded(self, part: pl.DataFrame, planes: int) -> pl.DataFrame:
        only = self._raising if planes == COMPLETE else None  # what is still due hangs on all goals
        concluded = self.conditions.conclude(part, planes, only)
        if planes not in self._made:
            found = Found(self.conditions, planes)
            advised = Advised(self.rulebook, found)
            told = [] if self._raising else list(advised.told())
            before = (
                []
                if self._raising
                else [*advised.doubts(), *self.later.contributing(self.conditions, planes)]
            )
            fired = [] if self._raising else list(self._fired(found, advised))
            due = as_expression(self._due(found) if planes == HALF else False).alias("due")
            first = [*self._levels(found), *before]
            level = pl.max_horizontal("certain level", "doubtful level").alias("level")
            self._made[planes] = told, first, [level], [due], list(self._outcome()), fired
        *stages, fired = self._made[planes]
        for stage in stages:
            concluded = concluded.with_columns(stage)
        made = concluded.select(
            *(name for name in (ROW, ID) if name in concluded.columns), DISPOSITION, FINISHED, *fired
        )
        codes = pl.Series(DISPOSITION, CODES).gather(made[DISPOSITION].cast(pl.UInt32))
        return with_lists(made.with_columns(codes), self.listed)

    def _levels(self, found: Found) -> Iterator[pl.Expr]:
        """The level that certain findings reach and the one that doubts reach, as ranks of urgency."""
        book = self.rulebook
        cards: list[RedFlag | Pattern] = [*book.red_flags, *book.patterns]
        yield _rank((card.disposition, found.sure(card.id)) for card in cards).alias("certain level")
        yield _rank((card.if_unsure, _doubtful(card, found)) for card in book.red_flags).alias(
            "doubtful level"
        )

    @staticmethod
    def _outcome() -> Iterator[pl.Expr]:
        due = pl.col("due")
        unfinished = pl.lit(CODES.index("unfinished"), pl.UInt8)
        early = due & (pl.col("level") < urgency("soon"))
        yield pl.when(early).then(unfinished).otherwise("level").alias(DISPOSITION)
        yield (~due).alias(FINISHED)

    def _due(self, found: Found) -> Row:
        """Whether a question would still be asked: ``due.due`` is not empty."""
        book = self.rulebook
        flags = {card.id for card in book.red_flags}
        others = [
            row
            for goal in book.goals
            if goal not in flags
            for row in (found.open_up_to_present(goal), found.open_up_to_unknown(goal))
        ]
        waiting = [self.conditions.waiting(item) for item in self.summary]
        higher: dict[Level, list[Row]] = {}
        for card in book.red_flags:
            higher.setdefault(card.disposition, []).append(found.open_up_to_present(card.id))
            higher.setdefault(card.if_unsure, []).append(found.open_up_to_unknown(card.id))
        level = pl.col("level")
        more_urgent = [every([level < urgency(to), either(rows)]) for to, rows in higher.items()]
        calmer = every([level < urgency("same_day"), either([*others, *waiting])])
        return every([level < urgency("emergency"), either([calmer, *more_urgent])])

    def _listed(self) -> Iterator[Listed]:
        """The lists of the result, each with its entries in the order of an assessment."""
        book = self.rulebook
        flags = sorted(book.red_flags, key=lambda card: (-urgency(card.disposition), card.id))
        doubts = sorted(book.red_flags, key=lambda card: (-urgency(card.if_unsure), card.id))
        patterns = sorted(book.patterns, key=lambda card: (-urgency(card.disposition), card.id))
        factors = sorted(book.factors, key=lambda c: (VERDICTS.index(c.evidence), c.title, c.id))
        advice = [card.id for card in book.advice]
        yield Listed("red_flags", [card.id for card in flags])
        yield Listed("red_flags_unsure", [c.id for c in doubts if c.if_unsure != "self_care"])
        yield Listed("patterns", [card.id for card in patterns])
        yield Listed("factors", [card.id for card in factors])
        yield Listed("theories", [card.id for card in book.theories])
        yield Listed("advice", advice)
        yield Listed("withheld", advice)

    def _fired(self, found: Found, advised: Advised) -> Iterator[pl.Expr]:
        """For every entry of every list whether it is there."""
        book = self.rulebook
        rows: dict[str, Mapping[str, Row]] = {
            "red_flags": {card.id: found.sure(card.id) for card in book.red_flags},
            "red_flags_unsure": {card.id: found.unsure(card.id) for card in book.red_flags},
            "patterns": {card.id: found.sure(card.id) for card in book.patterns},
            "factors": {card.id: self._factor(card.id, found) for card in book.factors},
            "theories": {card.id: found.sure(card.id) for card in book.theories},
        }
        rows["advice"] = {card.id: advised.given(card) for card in book.advice}
        rows["withheld"] = {card.id: advised.withheld(card) for card in book.advice}
        for listed in self.listed:
            for entry in listed.entries:
                yield as_expression(rows[listed.name][entry]).alias(listed.column(entry))

    def _factor(self, card: str, found: Found) -> Row:
        later = self.later.only_later(self.conditions, found.planes, card)
        return every([found.sure(card), negated(later)])


def _doubtful(card: RedFlag, found: Found) -> Row:
    """Where a doubt about the card counts. Where it is certain, its disposition counts for more anyway."""
    if urgency(card.if_unsure) <= urgency(card.disposition):
        return found.not_absent(card.id)
    return found.unsure(card.id)


def _rank(reached: Iterable[tuple[Level, Row]]) -> pl.Expr:
    """The highest rank of urgency that is reached, 0 if none is."""
    rows: dict[Level, list[Row]] = {}
    for level, row in reached:
        rows.setdefault(level, []).append(row)
    made = pl.lit(0, pl.UInt8)
    for level in reversed(LEVELS):  # the most urgent is asked last, and so first of all
        if level in rows:
            made = pl.when(either(rows[level])).then(pl.lit(urgency(level), pl.UInt8)).otherwise(made)
    return made
