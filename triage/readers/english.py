"""Conditions in plain English, for people who maintain the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from triage.conditions.doubt import settled
from triage.conditions.nodes import (
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    Comparator,
    Compare,
    Found,
    Includes,
    Is,
    Node,
    Not,
    Takes,
)
from triage.rulebook.model import Item

_HOW = {
    Comparator.AT_LEAST: "at least",
    Comparator.AT_MOST: "at most",
    Comparator.ABOVE: "above",
    Comparator.BELOW: "below",
}

# What a doubt about it counts as.
_DOUBT = {False: "for certain", True: "perhaps"}


def english(node: Node, items: Mapping[str, Item], indent: int = 0) -> list[str]:
    """The condition as indented lines."""
    pad = "  " * indent
    if pair := settled(node):
        doubt, leaf = pair
        (line,) = english(leaf, items)
        return [f"{pad}{_DOUBT[doubt]}, {line}"]
    match node:
        case AllOf():
            return [f"{pad}all of these:", *_parts(node.of, items, indent)]
        case AnyOf():
            return [f"{pad}at least one of these:", *_parts(node.of, items, indent)]
        case AtLeast():
            return [f"{pad}at least {node.needed} of these:", *_parts(node.of, items, indent)]
        case Not():
            first, *rest = english(node.part, items, indent + 1)
            return [f"{pad}not:", first, *rest] if rest else [f"{pad}not: {first.lstrip()}"]
        case Is():
            return [f"{pad}“{_text(items, node.item)}” is answered {_options(items, node)}"]
        case Includes():
            return [f"{pad}in “{_text(items, node.item)}” there is a tick at {_options(items, node)}"]
        case Compare():
            return [f"{pad}“{_text(items, node.item)}” is {_HOW[node.how]} {node.threshold:.12g}"]
        case Answered(line=None):
            return [f"{pad}“{_text(items, node.item)}” has a known answer"]
        case Answered():
            return [
                f"{pad}in “{_text(items, node.item)}” it is known of {_options(items, node)} if it fits"
            ]
        case Found():
            return [f"{pad}the finding {node.card} is present"]
        case Takes():
            when = "" if node.within_weeks is None else f" (new within {node.within_weeks} weeks)"
            return [f"{pad}takes a medicine of the class {node.medicine_class}{when}"]
        case _:
            assert_never(node)


def in_brackets(node: Node) -> str:
    """The condition on one line, with ids in place of texts."""
    if settled(node):
        return english(node, {})[0]
    match node:
        case AllOf():
            return f"({' and '.join(map(in_brackets, node.of))})"
        case AnyOf():
            return f"({' or '.join(map(in_brackets, node.of))})"
        case AtLeast():
            return f"(at least {node.needed} of: {'; '.join(map(in_brackets, node.of))})"
        case Not():
            return f"not ({in_brackets(node.part)})"
    return english(node, {})[0]


def _parts(parts: tuple[Node, ...], items: Mapping[str, Item], indent: int) -> list[str]:
    return [line for part in parts for line in english(part, items, indent + 1)]


def _text(items: Mapping[str, Item], item: str) -> str:
    return items[item].text if item in items else item


def _options(items: Mapping[str, Item], leaf: Is | Includes | Answered) -> str:
    item = items.get(leaf.item)
    codes = (leaf.line or "",) if isinstance(leaf, Answered) else leaf.codes
    options = [item.option(code) if item else None for code in codes]
    words = [f"“{o.text}”" if o else c for o, c in zip(options, codes, strict=True)]
    return " or ".join(words)
