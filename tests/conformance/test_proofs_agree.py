"""The solver and the plain evaluator say the same of everybody.

What the solver finds is tried by the evaluator in ``test_search``, ``test_told_apart`` and ``test_proving``;
here it is the other way round: whatever somebody answers, there is a case in which the solver comes to the same
conclusions, all of them, with what the questions not asked yet can still bring. So what it calls impossible is so.
"""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from people.generators import random_response
from people.overlays import OVERLAYS

from triage.conditions.leaf import EffectiveAnswer, Medicines, NoAnswer, Ticks, bounds
from triage.conditions.nodes import MEDICINES, Leaf, Takes
from triage.engine.effective import effective_answer, effective_answers
from triage.engine.response import Response
from triage.engine.solving.unknowns import DAY, Unknowns
from triage.readers.circuit import Cases
from triage.readers.evaluate import evaluate_all
from triage.readers.formula import Part
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook
from triage.truth import Bounds, Truth
from triage.workbench.examples import read_examples


class Everybody:
    """Says which case of the solver a response is."""

    def __init__(self, book: Rulebook, *, early: bool) -> None:
        self.book = book
        self.unknowns = Unknowns([book], early=early)
        self.proofs = self.unknowns.proofs
        circuit = self.proofs.circuit
        self.ends = [*map(self.proofs.found, book.goals)]
        self.reached = [*map(self.proofs.reached, book.items)]
        values = (self.proofs.value(p.name, n) for p in self.proofs.parts.values() for n in range(p.size))
        outs = [*(end for formula in self.ends for end in formula), *self.reached]
        self.cases = Cases(circuit, circuit.cone([*values, *outs]))
        self.parts: dict[str, list[Part]] = {}
        for part in self.proofs.parts.values():
            self.parts.setdefault(part.item, []).append(part)
        self.read: dict[str, list[Leaf]] = {}
        for leaf in self.proofs._read:
            self.read.setdefault(leaf.item, []).append(leaf)
        self.said: dict[tuple[str, EffectiveAnswer], list[Bounds]] = {}  # by every leaf on an item

    def case(self, response: Response) -> list[int]:
        """The literals that say what was answered."""
        values: dict[str, int] = {}
        for item in self.book.items.values():
            if item.id in self.parts:
                answer = effective_answer(self.book, response.get(item.id), DAY)
                values |= self._values(item, answer)
        return [self.proofs.value(name, number) for name, number in values.items()]

    def _values(self, item: Item, known: EffectiveAnswer) -> dict[str, int]:
        parts = self.parts[item.id]
        whole = [part for part in parts if not part.line]
        lines = [part for part in parts if part.line]
        values = {part.name: 0 for part in lines}
        if isinstance(known, NoAnswer):
            if whole:
                values[whole[0].name] = self._number(item, whole[0], known)
            else:
                values = {part.name: 1 for part in lines}
            return values
        if isinstance(known, Ticks):
            for part in lines:
                code = part.name.partition("/")[2]
                values[part.name] = 2 if code in known.ticked else 1 if code in known.unsure else 0
        elif isinstance(known, Medicines):
            for taken in known.taken:
                self._take(Medicines((taken,)), lines, values)
        return values | {part.name: self._number(item, part, known) for part in whole}

    def _number(self, item: Item, part: Part, known: EffectiveAnswer) -> int:
        if isinstance(known, Ticks | Medicines):
            return 0
        said = self._said(item.id, known)
        return next(n for n, value in enumerate(part.values[0]) if self._said(item.id, value) == said)

    def _take(self, known: Medicines, lines: Iterable[Part], values: dict[str, int]) -> None:
        """Of two medicines of one kind the one that was started later says all that both say."""
        said = self._said(MEDICINES, known)
        if all(end == Bounds.settled(Truth.ABSENT) for end in said):
            return
        part, number = next(
            (part, number)
            for part in lines
            for number in range(1, part.size)
            if self._said(MEDICINES, part.values[0][number]) == said
        )
        before = self._said(MEDICINES, part.values[0][values[part.name]])
        if all(new.least >= old.least for new, old in zip(said, before, strict=True)):
            values[part.name] = number

    def _said(self, item: str, known: EffectiveAnswer) -> list[Bounds]:
        key = item, known
        if key not in self.said:
            leaves = self.read[item]
            if isinstance(known, Medicines):
                leaves = [leaf for leaf in leaves if isinstance(leaf, Takes)]
            self.said[key] = [bounds(leaf, known) for leaf in leaves]
        return self.said[key]

    def differences(self, response: Response) -> list[str]:
        """What the solver concludes otherwise than the evaluator in the one case that this is: goals,
        questions that are asked; or that to the solver there is no such case."""
        if not self.cases.possible(self.case(response)):
            return ["no such case"]
        model, different = self.cases.model(), []
        known = effective_answers(self.book, response, DAY)
        found = evaluate_all(self.book.shared_goals, known)
        for (goal, said), formula in zip(found.items(), map(self.proofs.found, found), strict=True):
            lu, lp, mu, mp = (literal in model for literal in formula)
            if Bounds(Truth(lu + lp), Truth(mu + mp)) != said:
                different.append(goal)
        for item, literal in zip(self.book.items, self.reached, strict=True):
            if (literal in model) is not (known[item] is not NoAnswer.UNREACHABLE):
                different.append(item)
        return different


@pytest.fixture(scope="module", params=["complete", "half-finished"])
def everybody(request, rulebook: Rulebook) -> Everybody:
    return Everybody(rulebook, early=request.param == "half-finished")


def answered(everybody: Everybody, response: Response) -> Response:
    """Complete, if the solver speaks of complete responses only."""
    if everybody.unknowns.early:
        return response
    return Response({**dict.fromkeys(everybody.book.items, NoAnswer.UNSURE), **response.answers})


@pytest.mark.parametrize("share", [0.05, 0.3, 0.7, 1.0])
def test_random_responses_come_out_the_same(everybody: Everybody, share: float) -> None:
    for seed in range(25):
        response = random_response(everybody.book, random.Random(seed), share=share)
        assert everybody.differences(answered(everybody, response)) == [], response


def test_the_examples_of_the_cards_come_out_the_same(everybody: Everybody) -> None:
    examples = [example.response for example in read_examples(everybody.book)]
    for response in examples[:: len(examples) // 100]:
        assert everybody.differences(answered(everybody, response)) == [], response


def test_people_whom_the_panel_thought_of_come_out_the_same(everybody: Everybody, responses) -> None:
    for overlay in OVERLAYS:
        response = answered(everybody, responses(everybody.book, **overlay))
        assert everybody.differences(response) == [], response


def test_a_slip_in_one_condition_is_seen(rulebook: Rulebook) -> None:
    """The comparison can fail: the formula of one card, with two of its ends changed places."""
    everybody = Everybody(rulebook, early=False)
    formula = everybody.proofs.found("leg_swollen")
    everybody.proofs._found[0, "leg_swollen", 1] = formula.least_unknown
    response = Response({"today_leg": Ticks(frozenset(), frozenset({"leg_swollen"}))})
    assert "leg_swollen" in everybody.differences(answered(everybody, response))
