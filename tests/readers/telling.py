"""Which responses tell a right reader from a wrong one: for every goal and every leaf that it has.

A reader that takes one leaf of one condition for known when it is not, for unknown when it is known, for
"yes" or for "no", or that makes one of the slips of ``mutants.one_change`` ("and" for "or", a line left out, a
number moved), says something else of some response. Of a large pool of responses ``telling`` chooses some
hundreds among which, for each such fault that any of the pool would show, there is one that shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from mutants.one_change import broken_nodes

from triage.conditions.nodes import AllOf, AnyOf, AtLeast, Found, Is, Leaf, Node, Not
from triage.readers.answer_bits import Bits, indices
from triage.readers.columns import Column, Columns

YES, NO, NOT_KNOWN = AllOf(()), AnyOf(()), Is("(an item that is never asked)", ("yes",))


LOOKED_AT = 40  # so many responses that show the rarest fault are weighed against each other


def telling(columns: Columns, goals: Mapping[str, Node]) -> tuple[list[int], list[tuple[str, ...]]]:
    """The numbers of the chosen responses, and the faults that no response of the pool shows."""
    shown_by = dict(faults(columns, goals))
    hidden = [fault for fault, bits in shown_by.items() if not bits]
    return sorted(chosen(shown_by.values())), hidden


def chosen(faults: Iterable[Bits]) -> list[int]:
    """Some responses among which each fault is shown by one: as few as are easily found.

    Faults that few can show are cared for first, by the response that shows most of the others.
    """
    waiting = [bits for bits in faults if bits]
    made: list[int] = []
    while waiting:
        able = indices(min(waiting, key=int.bit_count))[:LOOKED_AT]
        made.append(max(able, key=lambda number: sum(bits >> number & 1 for bits in waiting)))
        waiting = [bits for bits in waiting if not bits >> made[-1] & 1]
    return made


def faults(columns: Columns, goals: Mapping[str, Node]) -> Iterator[tuple[tuple[str, ...], Bits]]:
    """Every fault that is thought of, with the responses that show it."""
    found = columns.evaluate_all(goals)
    for goal, node in goals.items():
        right = found[goal]
        parts: dict[int, Column] = {}  # what is not wrong is read once
        columns.evaluate(node, found, parts)
        yield (goal, "always absent or unknown"), right.present
        yield (goal, "always present or unknown"), columns.everyone & ~right.not_absent
        yield (goal, "never unknown"), right.not_absent & ~right.present
        for number, (leaf, replaced) in enumerate(_each_leaf(node)):
            wrong = {
                what: columns.evaluate(replaced(other), found, dict(parts))
                for what, other in (("yes", YES), ("no", NO), ("not known", NOT_KNOWN))
            }
            known = columns.evaluate(leaf, found)
            absent = columns.everyone & ~known.not_absent
            name = f"{number}: {leaf}"
            yield (goal, name, "yes for not known or no"), _differ(right, wrong["yes"])
            yield (goal, name, "no for not known or yes"), _differ(right, wrong["no"])
            yield (goal, name, "not known for yes"), _differ(right, wrong["not known"]) & known.present
            yield (goal, name, "not known for no"), _differ(right, wrong["not known"]) & absent
        for number, (what, other) in enumerate(broken_nodes(node)):
            yield (
                (goal, f"slip {number}", what),
                _differ(right, columns.evaluate(other, found, dict(parts))),
            )


def _each_leaf(node: Node) -> Iterator[tuple[Leaf | Found, Callable[[Node], Node]]]:
    """Every leaf from left to right, and the condition with another in its place; all else is the same."""
    match node:
        case AllOf() | AnyOf() | AtLeast():
            for number, part in enumerate(node.of):
                before, after = node.of[:number], node.of[number + 1 :]
                for leaf, put in _each_leaf(part):
                    yield leaf, _around(put, node, lambda made, b=before, a=after: {"of": (*b, made, *a)})
        case Not():
            for leaf, put in _each_leaf(node.part):
                yield leaf, _around(put, node, lambda made: {"part": made})
        case _:
            yield node, lambda other: other


def _around(
    put: Callable[[Node], Node], node: Node, parts: Callable[[Node], dict[str, Any]]
) -> Callable[[Node], Node]:
    return lambda other: replace(node, **parts(put(other)))


def _differ(one: Column, other: Column) -> Bits:
    return (one.present ^ other.present) | (one.not_absent ^ other.not_absent)
