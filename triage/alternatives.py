"""The answers that a person could give otherwise: other options, lines, numbers near a threshold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from triage.assessment import Remark
from triage.conditions.standing import Silence, Standing, Ticks
from triage.levels import Levels
from triage.remarks import item_remark, line_remark
from triage.response import Answer
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook
from triage.value import Value


class Alternative(Value):
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
    rulebook: Rulebook, levels: Levels, standings: Mapping[str, Standing]
) -> Iterator[Alternative]:
    """Every single answer that could be given otherwise to a question that is asked, in asking order.

    ``rulebook`` has the words to use. Medicines are left out: which ones somebody takes is known, and
    "if you took this" would be heard as advice to stop or to start one.
    """
    for item in rulebook.items.values():
        standing = standings[item.id]
        if standing is Silence.UNREACHABLE or item.stage == "page":
            continue
        if item.type == "choice":
            for option in item.options:
                if option.code != standing:
                    remark = item_remark(item, standing)
                    yield Alternative(remark, item.id, "", option.code, option.code, option.text)
        elif item.type == "choices":
            yield from _lines(item, standing)
        elif item.type in ("integer", "decimal"):
            for number in _near(item, levels.thresholds.get(item.id, ())):
                if number != standing:
                    remark, text = item_remark(item, standing), f"{number:g}"
                    yield Alternative(remark, item.id, "", number, text, text)


def _lines(item: Item, standing: Standing) -> Iterator[Alternative]:
    ticks = standing if isinstance(standing, Ticks) else None
    ticked = ticks.ticked if ticks else frozenset()
    for option in item.options:
        code, text = option.code, option.text
        remark = line_remark(item, code, standing)
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
