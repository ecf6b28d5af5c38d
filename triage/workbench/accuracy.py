"""How well vignettes came out: a confusion matrix, over- and under-triage, with their intervals."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from triage.rulebook.model import LEVELS, Level, urgency
from triage.workbench.examples import Outcome

UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the 95% Wilson interval (Wilson 1927) as shares from 0 to 1."""

    count: int
    of: int

    @property
    def interval(self) -> tuple[float, float]:
        if not self.of:
            return 0.0, 1.0
        z, n, p = 1.959964, self.of, self.count / self.of
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.count} of {self.of} (95% interval {100 * low:.0f} to {100 * high:.0f} in 100)"


@dataclass(frozen=True, slots=True)
class Measures:
    """What the vignettes show.

    ``exact`` counts cases that name one disposition. A case is under-triaged if it came out less
    urgent than its lowest allowed disposition, over-triaged if more urgent than its highest.
    ``urgent`` is how many emergency and same-day cases came out at least as urgent as they must.
    """

    matrix: dict[tuple[str, str], int]
    exact: Share
    under: Share
    over: Share
    urgent: Share


def measure(outcomes: Iterable[Outcome]) -> Measures:
    """Measures over the vignettes among ``outcomes``. Unfinished cases count as neither."""
    cases = [outcome for outcome in outcomes if outcome.got]
    named = [case for case in cases if case.least == case.most]
    matrix: dict[tuple[str, str], int] = {}
    for case in named:
        matrix[case.least, case.got] = matrix.get((case.least, case.got), 0) + 1
    sorted_out = [case for case in cases if UNFINISHED not in (case.got, case.least)]
    low = [case for case in sorted_out if _rank(case.got) < _rank(case.least)]
    high = [case for case in sorted_out if _rank(case.got) > _rank(case.most)]
    urgent = [case for case in sorted_out if case.least in ("emergency", "same_day")]
    return Measures(
        matrix,
        Share(sum(case.got == case.least for case in named), len(named)),
        Share(len(low), len(sorted_out)),
        Share(len(high), len(sorted_out)),
        Share(len([case for case in urgent if case not in low]), len(urgent)),
    )


def _rank(code: str) -> int:
    level: Level = next(level for level in LEVELS if level == code)
    return urgency(level)
