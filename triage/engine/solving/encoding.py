"""What the levels of one rulebook depend on, written down for a solver as plain data: it can be kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from triage.conditions.nodes import Leaf
from triage.engine.solving.medicine_kinds import Kinds
from triage.rulebook.model import LEVELS, Level
from triage.value import Value

if TYPE_CHECKING:
    from triage.engine.solving.conclusions import Conclusions
    from triage.readers.circuit import Clause, Literal
    from triage.readers.formula import Part


class Encoding(Value):
    """``clauses`` over ``variables`` hold of everybody. ``at_least`` and ``is_at`` have a literal for
    every level, ``values`` those for every part, by its name and the number of its value.

    ``parts`` are those of every item, first what is the whole of its answer; ``read`` is what
    conditions read of it.
    """

    variables: int
    clauses: tuple[Clause, ...]
    at_least: Mapping[Level, Literal]
    is_at: Mapping[Level, Literal]
    parts: Mapping[str, tuple[Part, ...]]
    values: Mapping[str, tuple[Literal, ...]]
    read: Mapping[str, tuple[Leaf, ...]]
    kinds: Kinds


def encoded(conclusions: Conclusions) -> Encoding:
    """The conclusions of one rulebook about levels, with all that a solver needs for them."""
    proofs, unknowns = conclusions.proofs, conclusions.unknowns
    is_at = {level: conclusions.is_at(level) for level in LEVELS}
    at_least = {level: conclusions.at_least(level) for level in LEVELS}
    parts: dict[str, list[Part]] = {}
    for part in proofs.parts.values():
        parts.setdefault(part.item, []).append(part)
    read: dict[str, list[Leaf]] = {}
    for leaf in unknowns.read:
        read.setdefault(leaf.item, []).append(leaf)
    clauses = (tuple(sorted(clause)) for of in proofs.circuit.clauses_of.values() for clause in of)
    return Encoding(
        variables=proofs.circuit.variables,
        clauses=tuple(dict.fromkeys(clauses)),
        at_least=at_least,
        is_at=is_at,
        parts={item: tuple(of) for item, of in parts.items()},
        values={
            name: tuple(proofs.value(name, n) for n in range(part.size))
            for name, part in proofs.parts.items()
        },
        read={item: tuple(of) for item, of in read.items()},
        kinds=unknowns.known_kinds,
    )
