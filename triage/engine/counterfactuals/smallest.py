"""Smallest reasons: answers that alone are enough for a disposition, found and proved by the solver."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from triage.engine.counterfactuals.given import Answers, Given
from triage.engine.counterfactuals.hitting import Hits
from triage.engine.solving.levels import Levels
from triage.readers.circuit import Literal, Scratch
from triage.rulebook.model import Level


def enough(
    scratch: Scratch, levels: Levels, answers: Answers, items: Collection[str], level: Level
) -> tuple[Given, ...]:
    """As few of the answers to ``items`` as there can be that alone lead to at least this level,
    whatever all other answers are, or are not yet.

    Empty if it is the calmest level, to which no answers at all lead; and if answers still to come
    could take all of these back.
    """
    if level == "self_care":
        return ()
    given: dict[Literal, Given] = {}
    for item in items:
        for one in answers.given(item):
            said = scratch.variable()
            given[said] = one
            for clause in one.says:
                scratch.require(-said, *clause)
    less = -levels.at_least(level)
    scratch.begin_with(given)
    needed = _smallest(scratch, list(given), less)
    return tuple(one for said, one in given.items() if said in needed)


def _smallest(scratch: Scratch, said: Sequence[Literal], less: Literal) -> set[Literal]:
    """A smallest part of ``said`` with which ``less`` cannot be; empty if not even all are enough.

    Of whatever leaves ``less`` possible something must be said: a smallest set that hits all of these
    is a smallest reason (Ignatiev et al. 2015). There are few of them, for a level rests on few cards.
    """
    if scratch.possible([less, *said]):
        return set()
    hits = Hits()
    while True:
        tried = hits.smallest()
        if not scratch.possible([less, *tried]):
            return set(tried)
        hits.hit(_left_out(scratch, said, less))


def _left_out(scratch: Scratch, said: Sequence[Literal], less: Literal) -> list[Literal]:
    """What cannot be said besides what is said in the last case, if ``less`` is to be."""
    kept = scratch.holding(said)
    out: list[Literal] = []
    for one in sorted({*said} - {*kept}):
        (kept if scratch.possible([less, *kept, one]) else out).append(one)
    return out
