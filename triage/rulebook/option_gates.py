"""Options with a gate of their own: a line that cannot be true of this person reads as "no".

The gate stands beside the leaf that reads the line, so that every reader of conditions follows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from triage.conditions.nodes import AllOf, Answered, AnyOf, AtLeast, Found, Includes, Is, Leaf, Node, Not
from triage.conditions.walk import push_negation
from triage.rulebook.model import Item


def possible(node: Node, asked_when: Mapping[str, Node]) -> Node:
    """What holds unless ``node`` is known not to: where an answer is missing or unsure, a line is shown,
    and what is ticked there is as firm as any tick.

    ``node`` has "not" above leaves only. ``asked_when`` are the gates of questions: an answer that is
    missing because its question is not for this person leaves nothing open.
    """
    match node:
        case AllOf() | AnyOf() | AtLeast():
            return replace(node, of=tuple(possible(part, asked_when) for part in node.of))
        case Not(part=Includes(codes=[_, _, *_]) as part):  # a firm tick counts, whatever is in doubt
            lines = (Not(replace(part, codes=(code,)), place=node.place) for code in part.codes)
            return AllOf(tuple(possible(line, asked_when) for line in lines), place=node.place)
        case Not(part=part):
            assert isinstance(part, Leaf)
            return AnyOf((node, _missing(part, asked_when)), place=node.place)
        case Found():
            return node
    return AnyOf((node, _missing(node, asked_when)), place=node.place)


def _missing(leaf: Leaf, asked_when: Mapping[str, Node]) -> Node:
    """Asked of this person, or perhaps, and not answered; or one of these lines is in doubt."""
    gate = asked_when.get(leaf.item)
    lines = leaf.codes if isinstance(leaf, Includes) else (None,)
    missing: Node = Not(Answered(leaf.item, lines[0]))
    if len(lines) > 1:
        missing = AnyOf(tuple(Not(Answered(leaf.item, line)) for line in lines))
    return missing if gate is None else AllOf((missing, possible(push_negation(gate), asked_when)))


class OptionGates:
    """Which lines of which questions are for whom; ``items`` in asking order."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._gates: dict[str, dict[str, Node]] = {}
        self._told_before: dict[tuple[str, str], Includes] = {}  # lines that only repeat an earlier one
        asked_when: dict[str, Node] = {}
        for item in items:
            if item.ask_when is not None:
                asked_when[item.id] = item.ask_when
            gates = {
                option.code: self.condition(possible(push_negation(option.ask_when), asked_when))
                for option in item.options
                if option.ask_when is not None
            }
            if gates:
                self._gates[item.id] = gates
            for option in item.options:
                match option.ask_when:
                    case Not(part=Includes() as before) if before.item not in self._gates:
                        self._told_before[item.id, option.code] = before

    def condition(self, node: Node) -> Node:
        """The same condition; each line that it reads counts only for those who are shown it."""
        return self._read(node) if self._gates else node

    def _read(self, node: Node) -> Node:
        match node:
            case AnyOf():
                parts = (part if self._repeats(part, node) else self._read(part) for part in node.of)
                return replace(node, of=tuple(parts))
            case AllOf() | AtLeast():
                return replace(node, of=tuple(map(self._read, node.of)))
            case Not():
                return replace(node, part=self._read(node.part))
        return self._leaf(node)

    def _repeats(self, part: Node, either: AnyOf) -> bool:
        """Whether these lines only repeat earlier ones that will do here too: then their gates add nothing.

        Who told the earlier one is in anyhow, and all others are shown the line.
        """
        earlier = [one for one in either.of if isinstance(one, Includes)]
        return isinstance(part, Includes) and all(
            (before := self._told_before.get((part.item, code))) is not None
            and any(one.item == before.item and {*before.codes} <= {*one.codes} for one in earlier)
            for code in part.codes
        )

    def _leaf(self, leaf: Leaf | Found) -> Node:
        if isinstance(leaf, Answered) and (gate := self._gates.get(leaf.item, {}).get(leaf.line or "")):
            return AnyOf((leaf, Not(gate)), place=leaf.place)  # of a line that is hidden it is known: "no"
        if not isinstance(leaf, Includes | Is) or leaf.item not in self._gates:
            return leaf
        return _gated(leaf, self._gates[leaf.item])


def _gated(leaf: Includes | Is, gates: Mapping[str, Node]) -> Node:
    """Each code of the leaf beside its gate; those that share one, or have none, together."""
    together: dict[Node | None, list[str]] = {}
    for code in leaf.codes:
        together.setdefault(gates.get(code), []).append(code)
    parts: list[Node] = []
    for gate, codes in together.items():
        read = type(leaf)(leaf.item, tuple(codes), place=leaf.place)
        parts.append(read if gate is None else AllOf((read, gate), place=leaf.place))
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts), place=leaf.place)
