"""Safety invariants proved for all answers, or a person for whom one does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from triage.conditions.leaf import NoAnswer, Ticks
from triage.conditions.nodes import Node
from triage.engine.effective import effective_answers
from triage.engine.response import Answer, Response
from triage.engine.solving.conclusions import Conclusions
from triage.engine.solving.search import Search
from triage.engine.solving.unknowns import DAY, SEPARATOR, Unknowns
from triage.readers.circuit import TRUE, Literal
from triage.readers.proofs import Values
from triage.rulebook.cards import Advice
from triage.rulebook.invariants import Invariant
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import usual_answers
from triage.workbench.proving.general_rules import GENERAL
from triage.workbench.proving.holds_for_one import what_is_broken


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of one invariant.

    ``person`` is somebody for whom it does not hold, with all answers; None if there is nobody. ``got``
    says in words what that person gets. ``empty``: its premise fits nobody, so that it says nothing.
    """

    invariant: Invariant
    person: Response | None = None
    got: str = ""
    empty: bool = False

    @property
    def holds(self) -> bool:
        return self.person is None and not self.got and not self.empty


class _Claim(NamedTuple):
    """A part of an invariant: nobody may have both of these literals."""

    invariant: Invariant
    over: Conclusions
    premise: Literal
    broken: Literal
    got: str


class Prover:
    """Proves invariants over one rulebook. What was written for one proof serves the others; and what was
    written for the rulebook of ``before``, if this one is an edit of its conditions."""

    def __init__(
        self, rulebook: Rulebook, more: Iterable[Invariant] = (), before: Prover | None = None
    ) -> None:
        self.rulebook = rulebook
        self._before = before
        entries = (*rulebook.invariants.values(), *more)
        said = [n for e in entries for n in (e.when, e.when_possible, e.then)]
        lines = [o.ask_when for item in rulebook.items.values() for o in item.options]
        whoever = rulebook.goals_whoever(rulebook.red_flags).values()
        self._read = [node for node in (*said, *lines, *whoever) if node is not None]
        self._over: dict[bool, Conclusions] = {}

    def prove(self, invariants: Iterable[Invariant]) -> list[Proof]:
        """For each whether it holds for all answers: complete ones, and others if it says so."""
        listed = list(invariants)
        claims = [claim for invariant in listed for claim in self._claims(invariant)]
        searches: dict[int, Search] = {}
        for claim in claims:
            if id(claim.over) not in searches:
                told = [c for c in claims if c.over is claim.over]
                literals = (literal for c in told for literal in (c.premise, c.broken))
                searches[id(claim.over)] = Search(claim.over.proofs, literals)
        proofs = {invariant.id: Proof(invariant) for invariant in listed}
        fitting = {(over, TRUE) for over in searches}  # premises that fit somebody: asked once
        for claim in claims:
            name, over = claim.invariant.id, id(claim.over)
            search, premise = searches[over], (over, claim.premise)
            if proofs[name].holds and search.possible(claim.premise, claim.broken):
                person = self._person(claim)
                proofs[name] = Proof(
                    claim.invariant, person, claim.got or self._got(claim.invariant, person)
                )
            elif proofs[name].holds and premise not in fitting:
                if search.possible(claim.premise):
                    fitting.add(premise)
                else:
                    proofs[name] = Proof(claim.invariant, empty=True)
        return list(proofs.values())

    def _claims(self, invariant: Invariant) -> Iterator[_Claim]:
        if invariant.every is not None:
            for outcome in GENERAL[invariant.every](self._conclusions(False)):
                yield _Claim(invariant, outcome.over, TRUE, outcome.literal, outcome.got)
            return
        for early in (False, True) if invariant.half_finished else (False,):
            over = self._conclusions(early)
            premise = self._premise(invariant, over)
            for consequence in self._follows(invariant, over):
                yield _Claim(invariant, over, premise, -consequence, "")

    def _conclusions(self, early: bool) -> Conclusions:
        if early not in self._over:
            unknowns = None
            if self._before is not None:
                unknowns = self._before._conclusions(early).unknowns.under(self.rulebook, self._read)
            self._over[early] = Conclusions(unknowns or Unknowns([self.rulebook], self._read, early=early))
        return self._over[early]

    def _premise(self, invariant: Invariant, over: Conclusions) -> Literal:
        sure = self._literal(invariant.when, over, "least_present")
        return over.circuit.both((sure, self._literal(invariant.when_possible, over, "least_unknown")))

    def _literal(self, node: Node | None, over: Conclusions, end: str) -> Literal:
        if node is None:
            return over.circuit.both(())
        literal: Literal = getattr(over.proofs.formula(node), end)
        return literal

    def _follows(self, invariant: Invariant, over: Conclusions) -> Iterator[Literal]:
        """Everything that must follow."""
        if invariant.at_least is not None:
            yield over.at_least(invariant.at_least)
        if invariant.at_most is not None:
            yield over.at_most(invariant.at_most)
        yield from (-self._said(name, over) for name in (*invariant.withholds, *invariant.never_finds))
        for name in invariant.finds:
            yield self._said(name, over)
        for name in invariant.offers:
            yield over.proofs.found(name).least_present
        for name in invariant.never_asks:
            yield -self._asked(name, over)
        if invariant.then is not None:
            yield self._literal(invariant.then, over, "least_present")
        together = [self._said(name, over) for name in invariant.never_together]
        yield -over.circuit.count(2, together)

    def _said(self, name: str, over: Conclusions) -> Literal:
        card = self.rulebook.cards[name]
        return over.given(card) if isinstance(card, Advice) else over.proofs.found(name).least_present

    def _asked(self, name: str, over: Conclusions) -> Literal:
        item, _, code = name.partition("/")
        option = self.rulebook.items[item].option(code) if code else None
        concerns = option.ask_when if option else None
        line = self._literal(concerns, over, "most_unknown")
        return over.circuit.both((over.proofs.reached(item), line))

    def _person(self, claim: _Claim) -> Response:
        """Somebody for whom it does not hold, as ordinary as can be, with all answers."""
        over = claim.over
        wanted = over.circuit.both((claim.premise, claim.broken))
        search = Search(over.proofs, [wanted])
        ordinary = over.unknowns.ordinary()
        preferred = [over.proofs.value(part.name, ordinary[part.name]) for part in search.parts]
        person = search.person(wanted, preferred=[*search.sure(), *preferred])
        assert person is not None
        if over.unknowns.early:
            return over.unknowns.response(person)
        return self._asked_only(in_full(over.unknowns, {**ordinary, **person}))

    def _asked_only(self, response: Response) -> Response:
        known = effective_answers(self.rulebook, response, DAY)
        return Response({i: a for i, a in response.answers.items() if known[i] is not NoAnswer.UNREACHABLE})

    def _got(self, invariant: Invariant, person: Response) -> str:
        """What the plain evaluator says is broken for somebody whom the solver found."""
        broken = what_is_broken(self.rulebook, invariant, person, DAY)
        if not broken:
            raise AssertionError(f"solver and evaluator do not agree on {invariant.id}: {person}")
        return " and ".join(broken)


def in_full(unknowns: Unknowns, values: Values) -> Response:
    """The answers that these values make, with the usual ones to what no condition reads."""
    rulebook = unknowns.books[0]
    answers: dict[str, Answer] = dict(unknowns.response(values).answers)
    for item, usual in usual_answers(rulebook).answers.items():
        answer = answers.get(item, usual)
        if isinstance(answer, Ticks) and isinstance(usual, Ticks):
            unread = {code for code in usual.ticked if f"{item}{SEPARATOR}{code}" not in values}
            answer = Ticks(answer.ticked | unread, answer.unsure)
        answers[item] = answer
    return Response(answers)


def prove(rulebook: Rulebook, invariant: Invariant, before: Prover | None = None) -> Proof:
    """One invariant, of the rulebook or not."""
    return Prover(rulebook, [invariant], before).prove([invariant])[0]


def prove_all(rulebook: Rulebook) -> list[Proof]:
    """All invariants of the rulebook, in its order."""
    return Prover(rulebook).prove(rulebook.invariants.values())
