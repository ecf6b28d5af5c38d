"""Finding answers: is there a response with which conditions come out as wanted?

A search with backtracking over small parts of answers: one choice, one line of a tick list, one
number, one kind of medicine. Conditions are written as formulas over these, with gates and findings
written out; after each step they shrink, and a branch ends as soon as nothing can save it. What is
found holds whatever the other answers are; if nothing is found, there is none (a theorem for
conditions of a rulebook's size, not a guess: where the search would take too long it says so).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from triage.conditions.nodes import MEDICINES, Node
from triage.conditions.standing import Medicines, Silence, Standing, Ticks
from triage.formula import Formula, first_unknown, given, reach
from triage.response import Answer, MedicineAnswer, Response
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth
from triage.written_out import LONG_AGO, OTHER, SEPARATOR, START, Side, Unknowns

MAX_STEPS = 20_000
UNLISTED = "a medicine that is not in the list"

Order = Callable[[Sequence[Standing]], Sequence[Standing]]


class TooHard(Exception):
    """The search was given up: nothing is known."""


def solve(
    rulebook: Rulebook,
    node: Node,
    wanted: Truth,
    *,
    fixed: Mapping[str, float] | None = None,
    order: Order | None = None,
) -> Response | None:
    """Answers with which ``node`` is ``wanted``, or None if there are none.

    Without a part in it that cannot be known, PRESENT and ABSENT hold whatever is answered besides.
    ``fixed`` gives numbers to items; ``order`` may change which answers are tried first. Raises
    ``TooHard`` after ``MAX_STEPS``.
    """
    unknowns = Unknowns([(rulebook, node)], fixed or {})
    return _Search(unknowns, {(wanted,)}, order or list).result()


def told_apart(
    before: Side, after: Side, wanted: Collection[tuple[Truth, Truth]], *, early: bool = False
) -> Response | None:
    """Answers with which the two conditions come out as one of the ``wanted`` pairs, each in its own
    rulebook, or None if there are none.

    The rulebooks may differ in gates, findings, medicines and answers. A medicine that only the
    second one knows is one that the person of the first does not take. With ``early`` the answers
    need not be complete, and PRESENT is what is certain whatever is answered to the rest; lines of
    one list are taken as if each were asked by itself. Raises ``TooHard`` after ``MAX_STEPS``.
    """
    return _Search(Unknowns([before, after], {}, early), set(wanted), list).result()


@dataclass
class _Search:
    unknowns: Unknowns
    wanted: set[tuple[Truth, ...]]
    order: Order
    steps: int = 0
    failed: set[tuple[Formula, ...]] = field(default_factory=set)

    def result(self) -> Response | None:
        state = self.unknowns.formulas()
        known: dict[str, Standing] = dict(self.unknowns.fixed)
        for name in self.unknowns.values.keys() & known.keys():
            state = tuple(given(formula, name, 0) for formula in state)
        return self._response(known) if self._search(state, known) else None

    def _search(self, state: tuple[Formula, ...], known: dict[str, Standing]) -> bool:
        """Fills ``known`` until the conditions are settled as wanted; False if they cannot be."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise TooHard
        if state in self.failed or (state[0] == state[-1] and not self._alike_wanted):
            return False
        ends = [reach(formula) for formula in state]
        outcomes = set(product(*([t for t in Truth if least <= t <= most] for least, most in ends)))
        if outcomes <= self.wanted:
            return True
        unknown = next(
            (
                name
                for f, (low, high) in zip(state, ends, strict=True)
                if low is not high and (name := first_unknown(f))
            ),
            None,
        )
        if not outcomes & self.wanted or unknown is None:
            return False
        for number, value in self._tried(unknown):
            known[unknown] = value
            if self._search(tuple(given(formula, unknown, number) for formula in state), known):
                return True
        del known[unknown]
        self.failed.add(state)
        return False

    @property
    def _alike_wanted(self) -> bool:
        return any(pair[0] is pair[-1] for pair in self.wanted)

    def _tried(self, unknown: str) -> Iterator[tuple[int, Standing]]:
        """Values with their numbers; "not sure" last, unless that is what is looked for."""
        values = self.unknowns.values[unknown]
        sure: list[Standing] = [value for value in values if not isinstance(value, Silence)]
        doubt = list(range(len(sure), len(values)))
        ordered = [sure.index(value) for value in self.order(sure)]
        if self.wanted == {(Truth.ABSENT,)}:
            ordered.reverse()
        last = self.wanted != {(Truth.UNKNOWN,)}
        for number in [*ordered, *doubt] if last else [*doubt, *ordered]:
            yield number, values[number]

    def _response(self, known: Mapping[str, Standing]) -> Response:
        """The parts put together into answers."""
        answers: dict[str, Answer] = {}
        medicines: list[MedicineAnswer] = []
        for name, standing in known.items():
            if standing is Silence.NOT_ASKED:
                continue
            item, _, code = name.partition(SEPARATOR)
            if item == MEDICINES:
                if code.startswith(SEPARATOR):
                    continue  # when it was started is said with its name
                if name == OTHER and standing is Silence.UNSURE:
                    medicines.append(MedicineAnswer(UNLISTED, "unsure"))
                elif code and standing == "yes":
                    started = known.get(f"{MEDICINES}{START}{code}", LONG_AGO)
                    medicines.append(
                        MedicineAnswer(code, started if isinstance(started, str) else "unsure")
                    )
                answers.setdefault(MEDICINES, ())
            elif code:
                ticks = answers.get(item)
                ticks = ticks if isinstance(ticks, Ticks) else Ticks()
                yes = {code} if standing == "yes" else set()
                unsure = {code} if standing is Silence.UNSURE else set()
                answers[item] = Ticks(ticks.ticked | yes, ticks.unsure | unsure)
            elif not isinstance(standing, Medicines):
                answers.setdefault(item, standing)
        if medicines:
            vague = MEDICINES not in self.unknowns.values and all(m.name == UNLISTED for m in medicines)
            answers[MEDICINES] = Silence.UNSURE if vague else tuple(medicines)
        for name, standing in known.items():  # a whole list of which one is not sure
            if standing is Silence.UNSURE and SEPARATOR not in name:
                answers[name] = standing
        return Response(answers)
