"""Interviews and results with the plain evaluator in place of the rule network: many times as quick.

That the network concludes the same is what the tests in ``conformance`` and ``test_rules`` show.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from triage.conditions.leaf import EffectiveAnswer
from triage.engine.inference import Reasoner
from triage.engine.solving.levels import Levels
from triage.readers.ongoing import Ongoing
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth


class PlainReasoner(Reasoner):
    """A reasoner whose conclusions come from the plain evaluator."""

    def __init__(self, rulebook: Rulebook, today: datetime.date) -> None:
        self.rulebook = rulebook
        self.today = today
        self.levels = Levels(rulebook)
        self._ongoing = Ongoing(rulebook.shared_goals)

    def _truths(self, known: Mapping[str, EffectiveAnswer]) -> dict[str, Truth]:
        return self._ongoing.truths()
