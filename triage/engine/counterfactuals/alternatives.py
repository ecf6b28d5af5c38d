"""The answers that a person could give otherwise: other options, lines, numbers near a threshold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from triage.conditions.leaf import EffectiveAnswer, NoAnswer, Ticks
from triage.engine.assessment import Remark
from triage.engine.response import Answer
from triage.engine.solving.levels import Levels
from triage.engine.wording.reasons import item_remark, line_remark
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook


class Alternative(NamedTuple):
    """One answer given otherwise, to an item or to one line (``code``) of a list.

    ``remark`` is on the present answer; ``answer`` the whole new answer to the item; ``word`` and
    ``text`` say what is new.
    """

    remark: Remark
    item: str
    code: str
    answer: Answer
    word: str
    text: str


def alternatives(
    rulebook: Rulebook, levels: Levels, effective_answers: Mapping[str, EffectiveAnswer]
) -> Iterator[Alternative]:
    """Every single answer that could be given otherwise to a question that is asked, in asking order.

    ``rulebook`` has the words to use. Medicines are left out: which ones somebody takes is known, and
    "if you took this" would be heard as advice to stop or to start one. So is who somebody is.
    """
    for item in rulebook.items.values():
        effective_answer = effective_answers[item.id]
        if effective_answer is NoAnswer.UNREACHABLE or item.stage == "page" or item.unchanging:
            continue
        if item.type == "choice":
            for option in item.options:
                if option.code != effective_answer:
                    remark = item_remark(item, effective_answer)
                    yield Alternative(remark, item.id, "", option.code, option.code, option.text)
        elif item.type == "choices":
            yield from _lines(item, effective_answer)
        elif item.type in ("integer", "decimal"):
            for number in _near(item, levels.rulebook.thresholds.get(item.id, ())):
                if number != effective_answer:
                    remark, text = item_remark(item, effective_answer), f"{number:g}"
                    yield Alternative(remark, item.id, "", number, text, text)


def _lines(item: Item, effective_answer: EffectiveAnswer) -> Iterator[Alternative]:
    ticks = effective_answer if isinstance(effective_answer, Ticks) else None
    ticked = ticks.ticked if ticks else frozenset()
    for option in item.options:
        code, text = option.code, option.text
        remark = line_remark(item, code, effective_answer)
        unsure = (ticks.unsure if ticks else frozenset()) - {code}
        if code not in ticked:
            yield Alternative(remark, item.id, code, Ticks(ticked | {code}, unsure), "yes", text)
        if ticks and (code in ticked or code in ticks.unsure):
            yield Alternative(remark, item.id, code, Ticks(ticked - {code}, unsure), "no", text)


def _near(item: Item, thresholds: tuple[float, ...]) -> list[float]:
    """Numbers on and next to each threshold."""
    assert item.range is not None
    numbers = {limit + step for limit in thresholds for step in (-1, 0, 1)}
    return sorted(n for n in numbers if item.range.min <= n <= item.range.max)
