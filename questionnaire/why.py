"""Why a question is asked: its reason, and what its answer can still change, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from triage.reasoner import Step
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook
from triage.stakes import stakes

SHOWN = 3  # so many examples of each kind: more would not be read


def why(item: Item, rulebook: Rulebook, step: Step) -> list[str]:
    """Paragraphs. ``rulebook`` has the words ("you" or "they") for the titles."""
    found = stakes(rulebook, step, item.id)
    now = [title for level, title in found.urgent if level in ("emergency", "same_day")]
    visit = [title for level, title in found.urgent if level not in ("emergency", "same_day")]
    said = [
        _group("Your answer can show that help is needed today or at once, as with", now),
        _group("It can show that a visit makes sense, as with", visit),
        _group("It can show what this looks like", found.patterns),
        _group("It can show what may play a part", found.factors),
        _group("It can show what is safe to try", found.advice),
    ]
    lines = [line for group in said for line in group]
    nothing = "It does not change the result. It is for the page for the clinician."
    return [f"Why we ask: {item.why}", "", *(lines or [nothing, ""])]


def _group(begin: str, titles: Sequence[str]) -> list[str]:
    if not titles:
        return []
    more = f" (and {len(titles) - SHOWN} more)" if len(titles) > SHOWN else ""
    return [f"{begin}: {'; '.join(titles[:SHOWN])}{more}.", ""]
