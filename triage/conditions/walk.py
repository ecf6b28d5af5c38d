"""Walking over conditions: what they read, and their negation normal form."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
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
    Leaf,
    Node,
    Not,
    Takes,
)


def leaves(node: Node) -> Iterator[Leaf | Found]:
    """Every leaf of the condition, from left to right."""
    waiting = [node]  # no recursion: this is asked more often than anything else
    while waiting:
        node = waiting.pop()
        match node:
            case AllOf() | AnyOf() | AtLeast():
                waiting += reversed(node.of)
            case Not():
                waiting.append(node.part)
            case Is() | Includes() | Compare() | Answered() | Takes() | Found():
                yield node
            case _:
                assert_never(node)


def different_leaves(nodes: Iterable[Node]) -> dict[Leaf | Found, None]:
    """Every leaf of the conditions once, in the order in which they come first. Parts that are one object
    are looked through once."""
    found: dict[Leaf | Found, None] = {}
    seen: dict[int, Node] = {}  # by their identity, which is theirs as long as they are kept
    waiting = list(nodes)
    waiting.reverse()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen[id(node)] = node
        match node:
            case AllOf() | AnyOf() | AtLeast():
                waiting += reversed(node.of)
            case Not():
                waiting.append(node.part)
            case Is() | Includes() | Compare() | Answered() | Takes() | Found():
                found[node] = None
            case _:
                assert_never(node)
    return found


def items_read(node: Node) -> set[str]:
    """Ids of the items that the condition reads itself (not through ``found``)."""
    return {leaf.item for leaf in leaves(node) if not isinstance(leaf, Found)}


def lines_read(leaf: Leaf) -> tuple[str, ...]:
    """Codes of the lines of its tick list that the leaf tells apart."""
    if isinstance(leaf, Answered):
        return () if leaf.line is None else (leaf.line,)
    return leaf.codes if isinstance(leaf, Includes) else ()


def cards_read(node: Node) -> set[str]:
    """Ids of the cards whose findings the condition reads."""
    return {leaf.card for leaf in leaves(node) if isinstance(leaf, Found)}


def rewrite(node: Node, leaf: Callable[[Leaf | Found], Node]) -> Node:
    """The same condition with every leaf replaced by ``leaf(it)``."""
    match node:
        case AllOf() | AnyOf() | AtLeast():
            return replace(node, of=tuple(rewrite(part, leaf) for part in node.of))
        case Not():
            return replace(node, part=rewrite(node.part, leaf))
        case Is() | Includes() | Compare() | Answered() | Takes() | Found():
            return leaf(node)
        case _:
            assert_never(node)


def share(node: Node, known: dict[Node, Node]) -> Node:
    """The same condition, of which every part is the one in ``known`` that it is equal to.

    New parts are put there. Conditions that share one ``known`` can be read part by part, each once;
    where an equal part stands in the file is that of the first.
    """
    match node:
        case AllOf() | AnyOf() | AtLeast():
            of = tuple(share(part, known) for part in node.of)
            node = node if all(map(operator.is_, of, node.of)) else replace(node, of=of)
        case Not():
            part = share(node.part, known)
            node = node if part is node.part else replace(node, part=part)
        case Is() | Includes() | Compare() | Answered() | Takes() | Found():
            pass
        case _:
            assert_never(node)
    return known.setdefault(node, node)


def push_negation(node: Node, *, negated: bool = False) -> Node:
    """The same condition (or its negation) with ``Not`` only directly above leaves.

    "Not at least n of k" is "at least k - n + 1 do not hold"; in Kleene's logic too,
    because both count the parts that are certain.
    """
    match node:
        case AllOf() | AnyOf():
            flip = isinstance(node, AllOf) != negated
            parts = tuple(push_negation(part, negated=negated) for part in node.of)
            return (AllOf if flip else AnyOf)(parts, place=node.place)
        case AtLeast():
            parts = tuple(push_negation(part, negated=negated) for part in node.of)
            needed = len(parts) - node.needed + 1 if negated else node.needed
            return AtLeast(needed, parts, place=node.place)
        case Not():
            return push_negation(node.part, negated=not negated)
        case Is() | Includes() | Compare() | Answered() | Takes() | Found():
            return Not(node, place=node.place) if negated else node
        case _:
            assert_never(node)


def sole_item(node: Node) -> str | None:
    """The one item that a condition reads, if it reads one only and no finding."""
    items = {None if isinstance(leaf, Found) else leaf.item for leaf in leaves(node)}
    return next(iter(items)) if len(items) == 1 else None
