"""What was found in many responses, by the names of columns, and as expressions."""

from __future__ import annotations

from dataclasses import dataclass

from triage.conditions.rows import Row, every, negated
from triage.readers.batch import HALF, Conditions
from triage.rulebook.model import LEVELS

ROW = "row"
DISPOSITION, FINISHED = "disposition", "complete"
CODES = (*reversed(LEVELS), "unfinished")  # by urgency: the column has these as numbers at first


@dataclass(frozen=True)
class Found:
    """What was found in some responses, as expressions: two planes, or four if questions are open."""

    conditions: Conditions
    planes: int

    def sure(self, goal: str) -> Row:
        return self.conditions.found(goal, self.planes)[0]

    def may(self, goal: str) -> Row:
        return self.conditions.found(goal, self.planes)[-1]

    def not_absent(self, goal: str) -> Row:
        """At least unknown, whatever the questions not asked yet will bring."""
        return self.conditions.found(goal, self.planes)[1]

    def unsure(self, goal: str) -> Row:
        """Not certain, but at least unknown whatever the questions not asked yet will bring."""
        return every([self.not_absent(goal), negated(self.sure(goal))])

    def open_up_to_present(self, goal: str) -> Row:
        """Not settled yet, and it can still become PRESENT."""
        least, _, most, _ = self.conditions.found(goal, HALF)
        return every([most, negated(least)])

    def open_up_to_unknown(self, goal: str) -> Row:
        """Not settled yet, and at most it becomes UNKNOWN."""
        _, not_absent, most, may = self.conditions.found(goal, HALF)
        return every([may, negated(not_absent), negated(most)])
