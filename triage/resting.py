"""What a result rests on: answers that alone are enough for it, and those that would change it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence

from triage.alternatives import Alternative, alternatives
from triage.assessment import Change, ChangeTogether, Remark
from triage.conditions.standing import Medicines, Silence, Standing
from triage.facts import standing
from triage.flips import change, flips
from triage.given import NO_OTHERS, Answers, Given
from triage.levels import Levels, Unsaid
from triage.reasoner import Step
from triage.remarks import item_remark, line_remark
from triage.response import MedicineAnswer, Response
from triage.rulebook.model import LEVELS, Level
from triage.rulebook.rulebook import Rulebook
from triage.smallest import enough
from triage.together import together
from triage.value import Value


class Rest(Value):
    """``reason``: as few answers as can be that alone lead to the disposition. ``single``: answers that,
    given otherwise, would each change it; ``together``: those that only together would."""

    reason: tuple[Remark, ...]
    single: tuple[Change, ...]
    together: tuple[ChangeTogether, ...]


def rest(rulebook: Rulebook, levels: Levels, step: Step, today: datetime.date) -> Rest:
    """What the result of a step rests on, in the words of ``rulebook``.

    The solver begins anew for every response, so that the same answers give the same result; and it is
    not asked where no card raises the level and single answers lead to every other.
    """
    known = by_answers(levels.rulebook, step, today)
    listed = list(alternatives(rulebook, levels, step.standings))
    single = flips(levels, listed, known, today, step.level)
    seen = {step.level, *(one.disposition for one in single)}
    if step.level == "self_care" and len(seen) == len(LEVELS):
        return Rest((), single, ())
    try:
        given, sets = _solved(levels, step, today, listed, seen)
    except Unsaid:  # nothing is said rather than too much
        return Rest((), single, ())
    return Rest(
        tuple(remark_on(rulebook, one, step) for one in given),
        single,
        tuple(ChangeTogether(tuple(change(one, level) for one in found), level) for found, level in sets),
    )


def _solved(
    levels: Levels,
    step: Step,
    today: datetime.date,
    listed: Sequence[Alternative],
    seen: Collection[Level],
) -> tuple[tuple[Given, ...], list[tuple[tuple[Alternative, ...], Level]]]:
    scratch, answers = levels.scratch(), answers_of(levels, step, today)
    answered = [item for item, one in step.standings.items() if one not in _NOT_ANSWERED]
    given = enough(scratch, levels, answers, answered, step.level)
    return given, together(scratch, levels, answers, listed, seen)


_NOT_ANSWERED = (Silence.NOT_ASKED, Silence.UNREACHABLE)


def answers_of(levels: Levels, step: Step, today: datetime.date) -> Answers:
    """The answers of a step, for the solver. Raises ``Unsaid`` where it cannot say them."""
    return Answers(levels, by_answers(levels.rulebook, step, today), _medicines(step.response), today)


def by_answers(rulebook: Rulebook, step: Step, today: datetime.date) -> Mapping[str, Standing]:
    """How every item stands by its answer alone, also where it is not reachable."""
    return {
        item: standing(rulebook, step.response.get(item), today) if one is Silence.UNREACHABLE else one
        for item, one in step.standings.items()
    }


def _medicines(response: Response) -> tuple[MedicineAnswer, ...]:
    given = response.get("medicines")
    return given if isinstance(given, tuple) else ()


def remark_on(rulebook: Rulebook, given: Given, step: Step) -> Remark:
    """One answer of the response, or of a list in it, in words."""
    item, known = rulebook.items[given.item], step.standings[given.item]
    if given.code is not None:
        return line_remark(item, given.code, known)
    if not isinstance(known, Medicines):
        return item_remark(item, known)
    if given.number == NO_OTHERS:
        said = "Takes no other medicines" if known.taken else "Takes no medicines"
        return Remark(item.id, None, "no", said, said)
    said = f"Takes {_medicines(step.response)[given.number or 0].name}"
    return Remark(item.id, None, "yes", said, said)
