"""What ``certain`` and ``possible`` stand for: a condition for which a doubt is no doubt of the whole.

They are short for what ``answered`` says at length, so no reader needs to know of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from triage.conditions.nodes import (
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    Compare,
    Found,
    Includes,
    Is,
    Node,
    Not,
    Takes,
)


def settle(node: Node, *, doubt: bool) -> Node | None:
    """The condition with every doubt settled: whoever is not sure, or was not asked, counts as ``doubt``.

    None if it reads a medicine or another card: of those ``answered`` knows nothing.
    """
    match node:
        case AllOf() | AnyOf() | AtLeast():
            of = tuple(part for old in node.of if (part := settle(old, doubt=doubt)) is not None)
            return replace(node, of=of) if len(of) == len(node.of) else None
        case Not():
            part = settle(node.part, doubt=not doubt)
            return None if part is None else replace(node, part=part)
        case Includes() | Is() | Compare() | Answered():
            of = tuple(_settle_leaf(leaf, doubt) for leaf in _by_line(node))
            return of[0] if len(of) == 1 else AnyOf(of, place=node.place)
        case Found() | Takes():
            return None
        case _:
            assert_never(node)


def settled(node: Node) -> tuple[bool, Node] | None:
    """The other way round, for words: what a doubt counts as, and the leaf. None if it is no such pair."""
    match node:
        case AllOf(of=(Is() | Includes() | Compare() as leaf, Answered() as known)):
            doubt = False
        case AnyOf(of=(Is() | Includes() | Compare() as leaf, Not(part=Answered() as known))):
            doubt = True
        case _:
            return None
    return (doubt, leaf) if known == _known(leaf) else None


def _settle_leaf(leaf: Is | Includes | Compare | Answered, doubt: bool) -> Node:
    if isinstance(leaf, Answered):
        return leaf  # it is never in doubt
    known = _known(leaf)
    if doubt:
        return AnyOf((leaf, Not(known, place=leaf.place)), place=leaf.place)
    return AllOf((leaf, known), place=leaf.place)


def _known(leaf: Is | Includes | Compare) -> Answered:
    line = leaf.codes[0] if isinstance(leaf, Includes) else None
    return Answered(leaf.item, line, place=leaf.place)


def _by_line(leaf: Is | Includes | Compare | Answered) -> Iterator[Is | Includes | Compare | Answered]:
    """One leaf for each line of a tick list: of one it may be known, and of another not."""
    if not isinstance(leaf, Includes):
        yield leaf
        return
    for code in leaf.codes:
        yield replace(leaf, codes=(code,))
