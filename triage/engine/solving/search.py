"""Looking for somebody for whom conditions come out as wanted, and for what makes it so."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from typing import TypeAlias

from triage.conditions.nodes import Node
from triage.engine.response import Answer, Response
from triage.engine.solving.unknowns import Unknowns
from triage.readers.circuit import FALSE, Cases, Literal
from triage.readers.formula import Formula, Part
from triage.readers.proofs import Proofs, Values
from triage.truth import Truth

Pairs: TypeAlias = Collection[tuple[Truth, Truth]]  # of a condition before and after


class Search:
    """Looks for people for whom one of some outcomes holds: literals, of which each is asked for alone."""

    def __init__(self, proofs: Proofs, outcomes: Iterable[Literal]) -> None:
        self.proofs = proofs
        cone = proofs.circuit.cone(outcomes)
        self.parts = [part for part in proofs.parts.values() if abs(proofs.values(part.name)[0]) in cone]
        said = [literal for part in self.parts for literal in proofs.values(part.name)]
        self._cases = Cases(proofs.circuit, proofs.circuit.cone(said, cone))

    def possible(self, *literals: Literal) -> bool:
        """Whether there is somebody for whom all of these hold."""
        return self._cases.possible(literals)

    def __contains__(self, literal: Literal) -> bool:
        return literal in self._cases

    def person(
        self,
        outcome: Literal,
        assumed: Sequence[Literal] = (),
        preferred: Iterable[Literal] = (),
        first: Iterable[Literal] = (),
    ) -> Values | None:
        """The values of all parts that matter for somebody; None if there is nobody.

        Of the ``preferred`` literals hold as many as go together, the earlier ones before the later;
        what is in ``first`` is tried first where nothing else is said.
        """
        sought = (outcome, *assumed)
        if not self.possible(*sought):
            return None
        self._cases.begin_with(first)
        self._solve_with(sought, list(dict.fromkeys(preferred)))
        model = self._cases.model()
        return {part.name: self._value(part, model) for part in self.parts}

    def _solve_with(self, sought: Sequence[Literal], preferred: list[Literal]) -> None:
        """Leaves the solver at a case in which as many as go together of the preferred literals hold."""
        kept, aside = preferred, list[Literal]()
        while not self.possible(*sought, *kept):
            core = self._cases.core()
            aside += [literal for literal in kept if literal in core]
            kept = [literal for literal in kept if literal not in core]
        for literal in sorted(aside, key=preferred.index):
            if self.possible(*sought, *kept, literal):
                kept.append(literal)
        self.possible(*sought, *kept)

    def sure(self) -> list[Literal]:
        """That nothing that matters is left open: a preference."""
        return [-self.proofs.values(part.name)[n] for part in self.parts for n in part.doubts]

    def smallest(self, values: Values, outcome: Literal, kept: Container[Literal] = ()) -> Values:
        """As few of these values as needed, none of which can be left out, to have the outcome whatever
        the other answers are; those in ``kept`` stay. Raises ``ValueError`` if all are not enough."""
        said = {self.proofs.value(name, number): name for name, number in values.items()}
        if self.possible(*said, -outcome):
            raise ValueError("it does not hold with these values")
        core = self._cases.core()
        needed = [literal for literal in said if literal in core or literal in kept]
        for literal in reversed(needed):
            fewer = [one for one in needed if one != literal]
            if literal not in kept and not self.possible(*fewer, -outcome):
                needed = fewer
        return {said[literal]: values[said[literal]] for literal in needed}

    def _value(self, part: Part, model: Container[Literal]) -> int:
        for n, literal in enumerate(self.proofs.values(part.name)):
            if literal in model:
                return n
        raise AssertionError(f"no value of {part.name} holds")


_TOGETHER = 32  # outcomes for one solver: to make one takes longer than to ask it about a few more


def possible_ones(proofs: Proofs, outcomes: Iterable[Literal]) -> set[Literal]:
    """Those of the outcomes that anybody has."""
    listed = [outcome for outcome in dict.fromkeys(outcomes) if outcome != FALSE]
    found: set[Literal] = set()
    for first in range(0, len(listed), _TOGETHER):
        some = listed[first : first + _TOGETHER]
        search = Search(proofs, some)
        found.update(outcome for outcome in some if search.possible(outcome))
    return found


class Finder:
    """Finds answers with which one condition comes out as wanted."""

    def __init__(self, unknowns: Unknowns, node: Node, side: int = 0) -> None:
        self._unknowns = unknowns
        proofs = unknowns.proofs
        formula = proofs.formula(node, side)
        self._outcomes = {truth: proofs.circuit.both(formula.comes_out(truth)) for truth in Truth}
        self._search = Search(proofs, self._outcomes.values())

    def possible(self, wanted: Truth) -> bool:
        """Whether there are such answers."""
        return self._search.possible(self._outcomes[wanted])

    def find(
        self,
        wanted: Truth,
        fixed: Mapping[str, Answer] | None = None,
        first: Callable[[Sequence[Part]], Iterable[Literal]] | None = None,
    ) -> Response | None:
        """As few answers as needed for it to come out so whatever else is answered; None if nobody can
        give such answers: that is a proof.

        ``fixed`` are answers, to items that it reads, that are given besides. ``first`` may say what is
        tried first.
        """
        search, outcome = self._search, self._outcomes[wanted]
        said = [self._unknowns.saying(item, answer) for item, answer in (fixed or {}).items()]
        if first is not None:
            person = search.person(outcome, said, first=first(search.parts))
        else:
            person = search.person(outcome, said, [] if wanted is Truth.UNKNOWN else search.sure())
        if person is None:
            return None
        return self._unknowns.response(search.smallest(person, outcome, said))


def told_apart(unknowns: Unknowns, before: Node, after: Node, wanted: Pairs) -> Literal:
    """That the two conditions come out as one of the ``wanted`` pairs, each in its own rulebook of
    ``unknowns``; ``FALSE`` where it is plain that they cannot.

    Where answers need not be complete, a truth is what is certain whatever is answered to the rest.
    """
    proofs = unknowns.proofs
    one, other = proofs.formula(before, 0), proofs.formula(after, 1)
    if one == other and all(b != a for b, a in wanted):  # written down alike: nothing to look for
        return FALSE
    so = Formula.is_certain if unknowns.early else Formula.comes_out
    pairs = [proofs.circuit.both((*so(one, b), *so(other, a))) for b, a in sorted(wanted)]
    return proofs.circuit.either(pairs)


def shown_by(unknowns: Unknowns, outcome: Literal) -> Response | None:
    """Answers that show it, as few as needed; None if there are none."""
    search = Search(unknowns.proofs, [outcome])
    person = search.person(outcome, preferred=search.sure())
    return None if person is None else unknowns.response(search.smallest(person, outcome))
