"""What the examples and vignettes tried, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triage.readers.english import english
from triage.workbench.coverage import Count, coverage
from triage.workbench.examples import read_examples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triage.rulebook.rulebook import Rulebook
    from triage.workbench.examples import Outcome


def coverage_table(rulebook: Rulebook, cases: Sequence[Outcome], pattern: str) -> str:
    """How often each card fired, was silent, or could not tell; then the parts never tried both ways.

    Cards whose id contains ``pattern``, each over its own examples and ``cases``.
    """
    whole = [case.assessment.response for case in cases if case.assessment is not None]
    counts, branches = coverage(rulebook, list(read_examples(rulebook)), whole)
    shown = {card: count for card, count in counts.items() if pattern in card}
    lines = [f"{'card':<36}{'fired':>7}{'silent':>8}{'not known':>11}"]
    lines += [f"{card:<36}{c.present:>7}{c.absent:>8}{c.unknown:>11}" for card, c in shown.items()]
    never = [branch for branch in branches if pattern in branch.goal and _untried(branch.count)]
    tried = sum(pattern in branch.goal for branch in branches) - len(never)
    lines += [
        "",
        f"Over its own examples and {len(whole)} vignettes. “not known”: some answer was “not sure”.",
    ]
    lines += [
        "",
        f"{tried} parts of conditions were tried both ways; {len(never)} were not{':' if never else '.'}",
    ]
    for branch in never:
        said = english(branch.node, rulebook.items)[0].strip()
        lines.append(f"  {branch.place.file}:{branch.place.line} {_untried(branch.count)}: {said}")
    silent = [card for card, count in shown.items() if not count.present]
    lines += ["", f"{len(shown) - len(silent)} of {len(shown)} cards fired."]
    return "\n".join([*lines, *(f"  never fired: {card}" for card in silent), ""])


def _untried(count: Count) -> str:
    ways = [
        way for way, number in (("never so", count.present), ("never not so", count.absent)) if not number
    ]
    return " and ".join(ways)
