"""What a result rests on: answers that alone are enough for it, and those that would change it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence

from triage.conditions.leaf import EffectiveAnswer, Medicines, NoAnswer, Ticks
from triage.engine.assessment import ChangeTogether, Counterfactual, Remark
from triage.engine.counterfactuals.alternatives import Alternative, alternatives
from triage.engine.counterfactuals.given import NO_OTHERS, Answers, Given
from triage.engine.counterfactuals.single_changes import change, flips
from triage.engine.counterfactuals.smallest import enough
from triage.engine.counterfactuals.together import together
from triage.engine.effective import effective_answer
from triage.engine.inference import Inference
from triage.engine.response import MedicineAnswer, Response
from triage.engine.solving.levels import Levels, Unsaid
from triage.engine.wording.reasons import item_remark, line_remark
from triage.rulebook.model import LEVELS, Level
from triage.rulebook.rulebook import Rulebook
from triage.value import Value


class Rest(Value):
    """``reason``: as few answers as can be that alone lead to the disposition. ``single``: answers that,
    given otherwise, would each change it; ``together``: those that only together would."""

    reason: tuple[Remark, ...]
    single: tuple[Counterfactual, ...]
    together: tuple[ChangeTogether, ...]


def rest(rulebook: Rulebook, levels: Levels, step: Inference, today: datetime.date) -> Rest:
    """What the result of a step rests on, in the words of ``rulebook``.

    The solver begins anew for every response, so that the same answers give the same result; and it is
    not asked where no card raises the level and single answers lead to every other.
    """
    known = by_answers(levels.rulebook, step, today)
    listed = list(alternatives(rulebook, levels, step.effective_answers))
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
    step: Inference,
    today: datetime.date,
    listed: Sequence[Alternative],
    seen: Collection[Level],
) -> tuple[tuple[Given, ...], list[tuple[tuple[Alternative, ...], Level]]]:
    scratch, answers = levels.scratch(), answers_of(levels, step, today)
    answered = [item for item, one in step.effective_answers.items() if one not in _NOT_ANSWERED]
    given = enough(scratch, levels, answers, answered, step.level)
    return given, together(scratch, levels, answers, listed, seen)


_NOT_ANSWERED = (NoAnswer.NOT_ASKED, NoAnswer.UNREACHABLE)


def answers_of(levels: Levels, step: Inference, today: datetime.date) -> Answers:
    """The answers of a step, for the solver. Raises ``Unsaid`` where it cannot say them."""
    return Answers(levels, by_answers(levels.rulebook, step, today), _medicines(step.response), today)


def by_answers(rulebook: Rulebook, step: Inference, today: datetime.date) -> Mapping[str, EffectiveAnswer]:
    """How every item stands by its answer alone, also where it, or a line of it, is not for this person."""
    return {
        item: effective_answer(rulebook, step.response.get(item), today)
        if one is NoAnswer.UNREACHABLE or isinstance(one, Ticks)
        else one
        for item, one in step.effective_answers.items()
    }


def _medicines(response: Response) -> tuple[MedicineAnswer, ...]:
    given = response.get("medicines")
    return given if isinstance(given, tuple) else ()


def remark_on(rulebook: Rulebook, given: Given, step: Inference) -> Remark:
    """One answer of the response, or of a list in it, in words."""
    item, known = rulebook.items[given.item], step.effective_answers[given.item]
    if given.code is not None:
        return line_remark(item, given.code, known)
    if not isinstance(known, Medicines):
        return item_remark(item, known)
    if given.number == NO_OTHERS:
        said = "Takes no other medicines" if known.taken else "Takes no medicines"
        return Remark(item.id, None, "no", said, said)
    said = f"Takes {_medicines(step.response)[given.number or 0].name}"
    return Remark(item.id, None, "yes", said, said)
