"""Why a question is asked: its reason, and what its answer can still change, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from triage.engine.inference import Inference
from triage.engine.relevance import stakes
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook

SHOWN = 2  # so many examples of each kind: more would not be read, and would frighten


def why(item: Item, rulebook: Rulebook, step: Inference) -> list[str]:
    """Paragraphs. ``rulebook`` has the words ("you" or "they") for the titles."""
    found = stakes(rulebook, step, item.id)
    soon = [title for _, title in found.urgent]
    said = [
        _group("How soon to see someone. For example", soon),
        _group("What this looks like. For example", found.patterns),
        _group("What may play a part. For example", found.factors),
        _group("What is safe to try. For example", found.advice),
    ]
    lines = [line for group in said for line in group]
    nothing = "It does not change the result. It is for the page for the clinician."
    begin = ["Your answer can still change this:", ""] if lines else [nothing, ""]
    return [f"Why we ask: {item.why}", "", *begin, *lines]


def _group(begin: str, titles: Sequence[str]) -> list[str]:
    if not titles:
        return []
    return [f"{begin}: {'; '.join(titles[:SHOWN])}.", ""]
