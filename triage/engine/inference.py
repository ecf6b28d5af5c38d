"""What follows from a response at any moment of an interview: one step of reasoning.

The conclusions come from the experta network, which keeps its working memory from step to step;
the evaluator adds what a truth value alone cannot say: what is still open.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cached_property

from triage.conditions.leaf import EffectiveAnswer, NoAnswer
from triage.conditions.nodes import AnyOf, Found, Leaf, Node
from triage.conditions.walk import rewrite
from triage.engine.disposition import Raised, most_urgent, raised
from triage.engine.effective import effective_answers
from triage.engine.response import Response
from triage.engine.routing.due import due
from triage.engine.routing.even_today import asked_even_today
from triage.engine.solving.levels import Levels
from triage.readers.evaluate import evaluate
from triage.readers.experta_network import Network, Plan
from triage.readers.ongoing import Ongoing
from triage.rulebook.model import Level
from triage.rulebook.rulebook import Rulebook
from triage.truth import Bounds, Truth
from triage.value import Value


class Inference(Value):
    """The state of an interview: how items stand, what was found, how urgent, what is due.

    ``due`` are the questions whose answers still matter, and ``asking`` those of them that are asked.
    """

    response: Response
    effective_answers: Mapping[str, EffectiveAnswer]
    found: Mapping[str, Bounds]
    truths: Mapping[str, Truth]
    raising: tuple[Raised, ...]
    level: Level
    due: tuple[str, ...]
    asking: tuple[str, ...]

    def likely_due(self, rulebook: Rulebook) -> int:
        """How many questions will be asked if all answers to come are the quiet ones.

        Quiet: nothing that a gate looks for is so. Any other answer may open more questions. A gate
        that was answered "not sure" opens its questions for certain.
        """
        gates = [rulebook.items[item].ask_when for item in self.asking]
        return sum(gate is None or self._opens(gate) for gate in gates)

    def _opens(self, gate: Node) -> bool:
        return evaluate(rewrite(gate, self._quiet), self.effective_answers, {}).truth is not Truth.ABSENT

    def _quiet(self, leaf: Leaf | Found) -> Node:
        """The leaf, or what never holds if its question has not been asked yet."""
        item = "" if isinstance(leaf, Found) else leaf.item
        return AnyOf(()) if self.effective_answers.get(item) is NoAnswer.NOT_ASKED else leaf


class Reasoner:
    """Reasons over one rulebook on one day. Building the network takes a moment: keep it.

    ``plan`` is that of the rulebook's goals, and ``levels`` are its levels, if they were made before.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        today: datetime.date,
        plan: Plan | None = None,
        levels: Levels | None = None,
    ) -> None:
        self.rulebook = rulebook
        self.today = today
        self.levels = levels or Levels(rulebook)  # what they depend on, for questions about reasons
        self._network = Network(rulebook.goals, plan)
        self._ongoing = Ongoing(rulebook.shared_goals)

    def step(self, response: Response, *, for_the_record: bool = False) -> Inference:
        """The state after these answers; quickest when they add to those of the last call.

        ``for_the_record``: everything that is usually asked is due, however urgent it is already.
        """
        ongoing = self._ongoing
        known = effective_answers(self.rulebook, response, self.today, ongoing)
        found = ongoing.found()
        truths = self._truths(known)
        raising = tuple(raised(self.rulebook, truths, found))
        level = most_urgent(raising)
        wanted_at: Level = "self_care" if for_the_record else level
        waiting = due(self.rulebook, known, found, wanted_at, ongoing)
        asking = waiting
        if wanted_at == "same_day":
            asking = asked_even_today(self.rulebook, known, found, waiting, ongoing, self._without)
        return Inference(response, known, found, truths, raising, level, tuple(waiting), tuple(asking))

    @cached_property
    def _without(self) -> Ongoing:
        """Reads the answers without the questions that are left out once it is for today."""
        return Ongoing(self.rulebook.deciding)

    def _truths(self, known: Mapping[str, EffectiveAnswer]) -> dict[str, Truth]:
        return self._network.conclude(known)
