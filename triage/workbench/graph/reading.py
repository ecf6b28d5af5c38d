"""Reading the rulebook as a graph: question, finding, disposition, and what opens or holds back what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple, assert_never

from triage.conditions.nodes import (
    MEDICINES,
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    Compare,
    Found,
    Includes,
    Is,
    Leaf,
    Not,
    Takes,
)
from triage.conditions.nodes import Node as Condition
from triage.rulebook.cards import Advice, Card, Factor, Pattern, RedFlag, Theory
from triage.rulebook.goals import conditions_of
from triage.rulebook.rulebook import Rulebook
from triage.workbench.graph.model import AT_ALL, Edge, EdgeKind, Graph, Node, NodeKind

KNOWN = "a known answer"
_KINDS: dict[type[Card], tuple[NodeKind, str, int]] = {  # kind, group, the first layer it may stand in
    RedFlag: ("red_flag", "Red flags: ", 3),
    Pattern: ("pattern", "Patterns", 4),
    Factor: ("factor", "Contributing factors", 4),
    Theory: ("theory", "Theories without good grounds", 4),
    Advice: ("advice", "Advice: ", 5),
}
_READ_AS: dict[str, EdgeKind] = {
    "block_when": "blocks", "caution_when": "cautions", "against_when": "against",
}  # fmt: skip


def graph(rulebook: Rulebook) -> Graph:
    """The whole rulebook, also the medicine classes that no rule reads."""
    return _Reading(rulebook).graph()


class _Answer(NamedTuple):
    """What an edge depends on, and where it stands among the answers of its question."""

    rank: float
    text: str


class _Reading:
    """Reads every condition of a rulebook once. ``found``: source, target, kind, negated, and answers."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.book = rulebook
        levels = list(rulebook.dispositions)
        flags = sorted(rulebook.red_flags, key=lambda card: levels.index(card.disposition))
        advice = sorted(rulebook.advice, key=lambda card: card.kind)
        self.cards: list[Card] = [
            *flags, *rulebook.patterns, *rulebook.factors, *rulebook.theories, *advice,
        ]  # fmt: skip
        self.found: dict[tuple[str, str, EdgeKind, bool], set[_Answer]] = defaultdict(set)

    def graph(self) -> Graph:
        for item in self.book.items.values():
            if item.ask_when is not None:
                self.read(item.ask_when, f"item:{item.id}", "asks")
        for entry in self.book.classes.values():
            for name in (entry.id, *entry.in_groups):
                self.joined(f"item:{MEDICINES}", f"class:{name}", "lists")
            for name in entry.in_groups:
                self.joined(f"class:{entry.id}", f"class:{name}", "lists")
        for card in self.cards:
            self.card(card)
        leaving: dict[str, set[_Answer]] = defaultdict(set)
        for (source, *_), answers in self.found.items():
            leaving[source] |= answers
        nodes = (*self.questions(), *self.medicines(), *self.findings(), *self.dispositions())
        return Graph(
            f"The rules of {self.book.frame.id} {self.book.frame.version}",
            tuple(replace(node, answers=_texts(leaving[node.id])) for node in nodes),
            tuple(Edge(a, b, kind, _texts(found), no) for (a, b, kind, no), found in self.found.items()),
        )

    def card(self, card: Card) -> None:
        name = f"card:{card.id}"
        for condition, path in conditions_of(card).values():
            self.read(condition, name, _READ_AS.get(str(path[-1]), "reads"))
        if isinstance(card, RedFlag | Pattern):
            self.joined(name, f"disposition:{card.disposition}", "leads")
        if isinstance(card, RedFlag) and card.if_unsure != card.disposition:
            self.joined(name, f"disposition:{card.if_unsure}", "if_unsure")

    def joined(self, source: str, target: str, kind: EdgeKind) -> None:
        self.found[source, target, kind, False].add(_Answer(0, AT_ALL))

    def read(self, condition: Condition, target: str, kind: EdgeKind) -> None:
        for leaf, negated in _signed(condition):
            source, answers = self.leaf(leaf)
            plain = kind == "reads" and isinstance(leaf, Found)
            told = {_denied(answer) for answer in answers} if negated else answers
            self.found[source, target, "found" if plain else kind, negated] |= told

    def leaf(self, leaf: Leaf | Found) -> tuple[str, set[_Answer]]:
        """Where a leaf comes from, and the answers it is about."""
        match leaf:
            case Is() | Includes():
                return f"item:{leaf.item}", {self.option(leaf.item, code) for code in leaf.codes}
            case Compare():
                unit = self.book.items[leaf.item].unit or ""
                text = f"{leaf.how.value.replace('_', ' ')} {leaf.threshold:.12g} {unit}"
                return f"item:{leaf.item}", {_Answer(leaf.threshold, text.strip())}
            case Answered(line=str(line)):
                return f"item:{leaf.item}", {_Answer(999, f"{KNOWN}: {self.option(leaf.item, line).text}")}
            case Answered():
                return f"item:{leaf.item}", {_Answer(999, KNOWN)}
            case Takes():
                new = leaf.within_weeks
                text = AT_ALL if new is None else f"new in the last {new} weeks"
                return f"class:{leaf.medicine_class}", {_Answer(new or 0, text)}
            case Found():
                return f"card:{leaf.card}", {_Answer(0, AT_ALL)}
            case _:
                assert_never(leaf)

    def option(self, item: str, code: str) -> _Answer:
        options = self.book.items[item].options
        return next(_Answer(n, option.text) for n, option in enumerate(options) if option.code == code)

    def questions(self) -> Iterator[Node]:
        titles = {section.id: section.title for section in self.book.frame.sections}
        for item in self.book.items.values():
            group = f"Questions: {titles[item.section]}"
            yield Node(f"item:{item.id}", "question", item.text, group, 0, item.why)

    def medicines(self) -> Iterator[Node]:
        groups = {group for entry in self.book.classes.values() for group in entry.in_groups}
        for name in sorted(self.book.classification.class_ids):
            entry = self.book.classes.get(name)
            title = entry.title if entry else name.replace("_", " ").capitalize()
            layer, group = (2, "Medicine groups") if name in groups else (1, "Medicine classes")
            detail = (entry.note if entry else None) or ""
            yield Node(f"class:{name}", "medicine_class", title, group, layer, detail)

    def findings(self) -> Iterator[Node]:
        first = {f"card:{card.id}": _KINDS[type(card)][2] for card in self.cards}
        needs: dict[str, set[str]] = defaultdict(set)
        for source, target, *_ in self.found:
            if source in first:
                needs[target].add(source)
        for card in self.cards:
            name = f"card:{card.id}"
            kind, group, _ = _KINDS[type(card)]
            if isinstance(card, RedFlag):
                group += card.disposition.replace("_", " ")
            elif isinstance(card, Advice):
                group += card.kind
            yield Node(name, kind, card.title, group, _layer(name, first, needs), card.because)

    def dispositions(self) -> Iterator[Node]:
        last = 6 + len(self.cards)  # behind every finding, however many build on each other
        for entry in self.book.frame.dispositions:
            name = f"disposition:{entry.code}"
            yield Node(name, "disposition", entry.label, "How soon", last, entry.within)


def _texts(answers: set[_Answer]) -> tuple[str, ...]:
    return tuple(text for _, text in sorted(answers))


def _denied(answer: _Answer) -> _Answer:
    if answer.text.startswith(f"{KNOWN}: "):
        return _Answer(answer.rank, f"not sure: {answer.text.removeprefix(KNOWN)[2:]}")
    if answer.text == KNOWN:
        return _Answer(answer.rank, "not sure, or no answer")
    return _Answer(answer.rank + 0.5, f"not: {answer.text}" if answer.text else "not")


def _signed(node: Condition, negated: bool = False) -> Iterator[tuple[Leaf | Found, bool]]:
    """Every leaf, and whether it is wanted not to hold."""
    match node:
        case AllOf() | AnyOf() | AtLeast():
            for part in node.of:
                yield from _signed(part, negated)
        case Not():
            yield from _signed(node.part, not negated)
        case Is() | Includes() | Compare() | Answered() | Takes() | Found():
            yield node, negated
        case _:
            assert_never(node)


def _layer(name: str, first: Mapping[str, int], needs: Mapping[str, set[str]]) -> int:
    """Behind every finding it builds on; rings of findings do not load."""
    below = (_layer(finding, first, needs) for finding in needs.get(name, ()))
    return max((first[name], *(layer + 1 for layer in below)))
