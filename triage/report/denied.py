"""Pertinent negatives in few words: grouped as the rulebook says, but never claiming more."""

from __future__ import annotations

from collections.abc import Iterable

from triage.assessment import Negative
from triage.rulebook.model import Denial


def denied(negatives: Iterable[Negative], groups: Iterable[Denial]) -> list[str]:
    """The words of each group that was denied as a whole, and of every other denied line."""
    left = {(negative.item, negative.option): negative.clinical for negative in negatives}
    words: list[str] = []
    for group in groups:
        lines = {(item, code) for item, codes in group.lines.items() for code in codes}
        if lines and lines <= set(left):
            words.append(group.text)
            left = {line: said for line, said in left.items() if line not in lines}
    return list(dict.fromkeys([*words, *left.values()]))
