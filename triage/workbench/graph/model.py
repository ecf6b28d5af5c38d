"""A graph of rules: boxes, lines between them, and what they mean.

A line says that the one is read for the other, not how several lines combine: ``english`` says that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

NodeKind: TypeAlias = Literal[
    "question", "medicine_class", "red_flag", "pattern", "factor", "theory", "advice", "disposition"
]
EdgeKind: TypeAlias = Literal[
    "asks",  # a gate: the answer opens a question
    "lists",  # from the question on medicines to a class or group, and from a class to its group
    "reads",  # from an answer or a class to the card whose condition reads it
    "found",  # from a finding to the card that builds on it
    "against",  # from what speaks against a card, shown beside it
    "blocks",  # a guard: withholds an advice
    "cautions",  # a guard: adds a caution to an advice
    "leads",  # from a card to its disposition
    "if_unsure",  # from a red flag to what "not sure" leads to, where that differs
]
AT_ALL = ""  # the answer of an edge that depends on no certain one: taken at all, found at all


@dataclass(frozen=True, slots=True)
class Node:
    """A box. ``layer`` counts from the questions (0) to the dispositions: only gates go backwards.

    ``answers`` are what its edges depend on, in the order of its options. ``hidden`` counts the
    ways in that a part of the graph leaves out.
    """

    id: str  # item:age, class:statin, card:leg_swollen, disposition:soon
    kind: NodeKind
    label: str
    group: str
    layer: int
    detail: str = ""
    answers: tuple[str, ...] = ()
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """A line. ``negated``: it counts if the answer is not so (the words of ``answers`` say it too)."""

    source: str
    target: str
    kind: EdgeKind
    answers: tuple[str, ...] = (AT_ALL,)
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes in reading order, question sections as they are asked, and the edges between them.

    ``centre`` are the nodes that the graph was drawn around; empty if it is the whole rulebook.
    """

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    centre: tuple[str, ...] = ()
