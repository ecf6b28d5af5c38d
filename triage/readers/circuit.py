"""And, or and not over variables, as clauses for a solver (Tseitin 1968): the door to python-sat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any, TypeAlias

Literal: TypeAlias = int  # a variable, or with a minus its negation
Clause: TypeAlias = tuple[Literal, ...]  # of which at least one holds
TRUE: Literal = 1
FALSE: Literal = -1
_SOLVER = "minisat22"


class Circuit:
    """And, or and not over literals. What is settled disappears, and what is equal exists once."""

    def __init__(self) -> None:
        self.variables = 1
        self.inputs: dict[Literal, tuple[Literal, ...]] = {}  # of every "and", by its variable
        self.clauses_of: dict[Literal, list[tuple[Literal, ...]]] = {TRUE: [(TRUE,)]}
        self._known: dict[tuple[Literal, ...], Literal] = {}

    def variable(self) -> Literal:
        self.variables += 1
        return self.variables

    def require(self, *literals: Literal) -> None:
        """At least one of them holds. The first one's variable depends on the others from now on."""
        one = abs(literals[0])
        self.clauses_of.setdefault(one, []).append(literals)

    def both(self, literals: Iterable[Literal]) -> Literal:
        """All of them hold."""
        kept: set[Literal] = set(literals)
        kept.discard(TRUE)
        if FALSE in kept:
            return FALSE
        if len(kept) < 2:
            return kept.pop() if kept else TRUE
        key = tuple(sorted(kept))
        known = self._known.get(key)
        if known is not None:
            return known
        against = [-literal for literal in key]
        if not kept.isdisjoint(against):
            made = FALSE
        else:
            made = self.variable()
            for literal in key:
                self.require(-made, literal)
            self.require(made, *against)
            self.inputs[made] = key
        self._known[key] = made
        return made

    def either(self, literals: Iterable[Literal]) -> Literal:
        """At least one of them holds."""
        return -self.both(-literal for literal in literals)

    def count(self, needed: int, literals: Iterable[Literal]) -> Literal:
        """At least ``needed`` of them hold."""
        reached = [TRUE, *[FALSE] * needed]
        for literal in literals:
            for n in range(needed, 0, -1):
                reached[n] = self.either((reached[n], self.both((reached[n - 1], literal))))
        return reached[needed]

    def cone(self, literals: Iterable[Literal], known: Set[Literal] = frozenset()) -> set[Literal]:
        """The variables on which these literals depend, gates of the circuit among them; those of
        another cone that is ``known`` are in it too."""
        clauses_of = self.clauses_of
        seen = {TRUE, *known}
        waiting = [one for literal in literals if (one := abs(literal)) not in seen]
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting += [
                    other
                    for clause in clauses_of.get(one, ())
                    for literal in clause
                    if (other := abs(literal)) not in seen
                ]
        return seen

    def marked(self, bits: Mapping[Literal, int]) -> list[int]:
        """For every variable, by its number, the bits of all those on which it depends."""
        marks = [0] * (self.variables + 1)
        for one in range(1, self.variables + 1):  # what a gate reads was made before it
            marks[one] = bits.get(one, 0)
            for literal in self.inputs.get(one, ()):
                marks[one] |= marks[abs(literal)]
        return marks

    def signs(self, literals: Iterable[Literal]) -> set[Literal]:
        """The literals that help to make one of these hold: what is in it only with a minus can only
        hinder it."""
        waiting, seen = list(literals), set[Literal]()
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting += (part if one > 0 else -part for part in self.inputs.get(abs(one), ()))
        return seen

    def replaced(
        self, literal: Literal, by: dict[Literal, Literal], depends: Callable[[Literal], bool]
    ) -> Literal:
        """The same formula with other literals for some variables; ``by`` is filled for the next call.

        ``depends``: whether a variable depends on any of those. What does not is left as it is.
        """
        one = abs(literal)
        if one not in by:
            if not depends(one):
                return literal
            inputs = self.inputs.get(one, ())
            by[one] = self.both([self.replaced(part, by, depends) for part in inputs]) if inputs else one
        return by[one] if literal > 0 else -by[one]


class Scratch:
    """A solver for one use, with variables and clauses of its own besides those of a circuit.

    It begins anew each time, so what it finds does not depend on what was asked before.
    """

    def __init__(self, clauses: Sequence[Clause], variables: int) -> None:
        self._variables = variables
        self._solver = _solver(clauses)

    def variable(self) -> Literal:
        self._variables += 1
        return self._variables

    def require(self, *literals: Literal) -> None:
        """At least one of them holds from now on."""
        self._solver.add_clause(literals)

    def most(self, literals: Sequence[Literal], number: int) -> list[Literal]:
        """For every count up to ``number`` the literal with which at most so many of them hold."""
        from pysat.card import ITotalizer  # only here

        with ITotalizer(literals, ubound=number, top_id=self._variables) as counted:
            self._variables = max(self._variables, counted.top_id)
            self._solver.append_formula(counted.cnf.clauses)
            return [-one for one in counted.rhs] + [TRUE] * (number + 1 - len(counted.rhs))

    def begin_with(self, literals: Iterable[Literal]) -> None:
        """Try these first where nothing else is said."""
        self._solver.set_phases(literals)

    def possible(self, assumed: Iterable[Literal]) -> bool:
        """Whether all of these can hold together."""
        return bool(self._solver.solve(assumptions=list(assumed)))

    def holding(self, literals: Iterable[Literal]) -> list[Literal]:
        """Those of the literals that hold in the last possible case."""
        model = self._solver.get_model()
        return [one for one in literals if (model[abs(one) - 1] > 0) == (one > 0)]

    def core(self) -> set[Literal]:
        """Of what was assumed last, and was not possible, as much as makes it so."""
        return set(self._solver.get_core() or ())


def hitting_search(sets: Iterable[Sequence[Literal]]) -> Any:
    """A search for smallest sets that was asked after each of these, as if no answer had been plain."""
    from pysat.examples.hitman import Hitman  # takes long to import

    search = Hitman(solver=_SOLVER, htype="sorted")
    for one in sets:
        search.get()
        search.hit(one)
    return search


class Cases:
    """The cases in which a circuit can be, as far as one ``cone`` of it goes, with a solver of its own.

    So questions about one condition do not take as long as questions about all.
    """

    def __init__(self, circuit: Circuit, cone: Iterable[Literal]) -> None:
        ordered = sorted(cone)
        self._variables = [0, *ordered]
        self._numbers = {one: n for n, one in enumerate(ordered, start=1)}
        self._numbers |= {-one: -n for one, n in self._numbers.items()}
        inside = self._numbers.__getitem__
        self._clauses = [
            tuple(map(inside, clause)) for one in ordered for clause in circuit.clauses_of.get(one, ())
        ]
        self._solver = _solver(self._clauses)

    def __contains__(self, literal: Literal) -> bool:
        return literal in self._numbers

    def possible(self, assumed: Iterable[Literal]) -> bool:
        """Whether all of these can hold together."""
        return bool(self._solver.solve(assumptions=self._inside(assumed)))

    def model(self) -> set[Literal]:
        """What holds in the last possible case."""
        return self._outside(self._solver.get_model())

    def core(self) -> set[Literal]:
        """Of what was assumed last, and was not possible, as much as makes it so."""
        return self._outside(self._solver.get_core())

    def begin_with(self, literals: Iterable[Literal]) -> None:
        """Try these first where nothing else is said."""
        self._solver.set_phases(self._inside(one for one in literals if one in self))

    def heaviest(self, assumed: Iterable[Literal], weights: Mapping[Literal, int]) -> set[Literal]:
        """What holds in the case in which the sum of the weights of what holds is largest (weighted
        MaxSAT). Raises ``ValueError`` if the assumed cannot hold together."""
        from pysat.examples.rc2 import RC2  # a tenth of a second, which only this needs
        from pysat.formula import WCNF

        formula = WCNF()
        formula.extend([*map(list, self._clauses), *([number] for number in self._inside(assumed))])
        for literal, weight in weights.items():
            formula.append(self._inside([literal]), weight=weight)
        with RC2(formula) as search:
            model = search.compute()
        if model is None:
            raise ValueError("this cannot hold together")
        return self._outside(model)

    def _inside(self, literals: Iterable[Literal]) -> list[int]:
        numbers = self._numbers
        return [numbers[one] for one in literals]

    def _outside(self, numbers: Iterable[int] | None) -> set[Literal]:
        return {self._variables[n] if n > 0 else -self._variables[-n] for n in numbers or ()}


def _solver(clauses: Iterable[Sequence[int]]) -> Any:
    from pysat.solvers import Solver  # only here: most of the time nothing is asked

    return Solver(_SOLVER, bootstrap_with=clauses)
