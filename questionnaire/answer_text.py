"""Answers in words: as they were understood, and as one would type them again."""

from __future__ import annotations

import re

from triage.conditions.leaf import NoAnswer, Ticks
from triage.engine.response import Answer, MedicineAnswer
from triage.rulebook.model import Item
from triage.text import NONE_OF_THESE, NOT_SURE, RATHER_NOT

NOTED, SKIPPED = "noted", "skipped"
_STARTED = {"recent": "new in the last 6 weeks", "long_ago": "for longer", "unsure": "since: not sure"}


def in_words(item: Item, answer: Answer) -> str:
    """The answer in words, so that a person can see or hear what was taken."""
    if isinstance(answer, Ticks):
        lines = [o.text for o in item.options if o.code in answer.ticked]
        lines += [f"{o.text} (not sure)" for o in item.options if o.code in answer.unsure]
        return "; ".join(lines) or NONE_OF_THESE
    if isinstance(answer, NoAnswer):
        if answer is NoAnswer.UNSURE:
            return NOT_SURE
        return RATHER_NOT if item.type == "choice" else SKIPPED  # only there it is picked in words
    if isinstance(answer, tuple):
        return "; ".join(_medicine(entry) for entry in answer) or "None"
    if isinstance(answer, str):
        option = item.option(answer)
        return option.text if option else answer
    return item.measured(answer)


def for_others_to_see(item: Item, answer: Answer) -> str:
    """The answer without what is private: it stays on the screen, and others may sit down there."""
    private = {option.code for option in item.options if option.private}
    if private and isinstance(answer, str):
        return NOTED
    if isinstance(answer, Ticks) and private & (answer.ticked | answer.unsure):
        left = Ticks(answer.ticked - private, answer.unsure - private)
        return NOTED if left == Ticks() else in_words(item, left)
    return in_words(item, answer)


def as_typed(item: Item, answer: Answer | None) -> str:
    """An earlier answer as it would be typed again; empty if there is none."""
    if answer is None:
        return ""
    if isinstance(answer, int | float):
        return f"{answer:g}"
    return in_words(item, answer)


def asked_briefly(item: Item) -> str:
    """The question without its finer points, for whoever has read them."""
    text = re.sub(r"\s*\([^)]*\)", "", item.text)
    return re.sub(r": (which|is any)\b.*$", "", text)  # of a list with a topic, the topic


def _medicine(entry: MedicineAnswer) -> str:
    started = _STARTED.get(entry.started or "", f"since {entry.started}" if entry.started else "")
    return f"{entry.name} ({started})" if started else entry.name
