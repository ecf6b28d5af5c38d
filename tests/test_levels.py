"""No red flag is made less urgent by one slip: its levels stand here a second time.

``levels.yaml`` lists for each red flag and pattern the disposition and, for red flags, what "not
sure" leads to. Whoever changes a level changes it there too, after ``legcramp rules diff``.
``python tests/test_levels.py`` adds new cards; it never lowers a level.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from triage.rulebook.cards import RedFlag  # noqa: E402
from triage.rulebook.load import load  # noqa: E402
from triage.rulebook.model import urgency  # noqa: E402
from triage.rulebook.reading.source import read  # noqa: E402
from triage.rulebook.rulebook import Rulebook  # noqa: E402

LEVELS = Path(__file__).parent / "levels.yaml"
WORDS = """\
# The levels of every red flag (disposition, if_unsure) and pattern (disposition), a second time.
# Lowering one here is a decision of its own: look at legcramp rules diff first.
"""


def now(rulebook: Rulebook) -> dict[str, list[str]]:
    cards = [*rulebook.red_flags, *rulebook.patterns]
    return {
        card.id: [card.disposition, *([card.if_unsure] if isinstance(card, RedFlag) else [])]
        for card in sorted(cards, key=lambda card: card.id)
    }


def kept() -> dict[str, list[str]]:
    return read(LEVELS.read_bytes(), LEVELS.name).data


def test_no_level_is_lower_than_was_decided(rulebook: Rulebook) -> None:
    levels = now(rulebook)
    lower = {
        card: (decided, levels.get(card))
        for card, decided in kept().items()
        if card not in levels
        or any(urgency(n) < urgency(d) for n, d in zip(levels[card], decided, strict=True))
    }
    assert lower == {}


def test_every_level_was_decided(rulebook: Rulebook) -> None:
    """If not: python tests/test_levels.py"""
    assert now(rulebook) == kept()


if __name__ == "__main__":
    decided = kept() if LEVELS.exists() else {}
    made = {}
    for card, levels in now(load(ROOT / "rules")).items():
        old = decided.get(card, levels)
        made[card] = [max(pair, key=urgency) for pair in zip(levels, old, strict=True)]
    lines = [f"{card}: [{', '.join(levels)}]" for card, levels in made.items()]
    LEVELS.write_text(WORDS + "\n".join(lines) + "\n")
