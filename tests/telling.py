"""Which responses tell a right reader from a wrong one: for every goal and every leaf that it has.

A reader that takes one leaf of one condition for known when it is not, for unknown when it is known, for
"yes" or for "no", or that makes one of the slips of ``mutate`` ("and" for "or", a line left out, a number
moved), says something else of some response. Of a large pool of responses ``telling`` chooses some hundreds
among which, for each such fault that any of the pool would show, there is one that shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mutate import broken_nodes

from triage.conditions.nodes import AllOf, AnyOf, Found, Is, Leaf, Node
from triage.conditions.walk import leaves, rewrite
from triage.readers.columns import Bits, Column, Columns, indices

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
        yield (goal, "always absent or unknown"), right.present
        yield (goal, "always present or unknown"), columns.everyone & ~right.not_absent
        yield (goal, "never unknown"), right.not_absent & ~right.present
        for number, leaf in enumerate(leaves(node)):
            wrong = {
                what: columns.evaluate(_with_leaf(node, number, other), found)
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
            yield (goal, f"slip {number}", what), _differ(right, columns.evaluate(other, found))


def _with_leaf(node: Node, number: int, other: Node) -> Node:
    """The condition with one leaf, counted from the left, replaced."""
    counted = iter(range(number + 1))

    def replaced(leaf: Leaf | Found) -> Node:
        return other if next(counted, None) == number else leaf

    return rewrite(node, replaced)


def _differ(one: Column, other: Column) -> Bits:
    return (one.present ^ other.present) | (one.not_absent ^ other.not_absent)
