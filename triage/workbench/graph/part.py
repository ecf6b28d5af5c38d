"""Which part of the rules is drawn: all that is in use, or what is around one id.

Both start from the whole: around a medicine class that no rule reads there is still something to draw.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from triage.workbench.graph.model import Edge, Graph


def in_use(whole: Graph) -> Graph:
    """Without the medicine classes that no rule reads: only the question on medicines knows them."""
    read = {edge.source for edge in whole.edges}
    kept = {n.id for n in whole.nodes if n.kind != "medicine_class" or n.id in read}
    return _part(whole, kept, [edge for edge in whole.edges if edge.target in kept])


def around(whole: Graph, name: str) -> Graph:
    """What concerns one card, question, medicine class or group; ``whole`` is a whole rulebook.

    Around an id stand all that it needs, at any distance, what follows from it directly, and the
    dispositions of these; what else its followers need is only counted. An id that a card shares
    with a question or a class means both; ``card:thiazide`` means one. Raises ``KeyError`` for an id
    that no active part has.
    """
    asked = [n for n in whole.nodes if name in (n.id, n.id.partition(":")[2]) and n.kind != "disposition"]
    if not asked:
        raise KeyError(name)
    ids = {node.id for node in asked}
    # A group is one of many classes; which ones is shown only where the graph is about the group.
    needed = _upwards((e for e in whole.edges if e.target in ids or not _member(e)), ids)
    shown = needed | {edge.target for edge in whole.edges if edge.source in ids}
    edges = [
        edge
        for edge in whole.edges
        if edge.source in ids
        or {edge.source, edge.target} <= needed
        or (edge.source in shown and edge.kind in ("leads", "if_unsure"))
    ]
    part = _part(whole, shown | {edge.target for edge in edges}, edges)
    title = f"Around “{' / '.join(dict.fromkeys(node.label for node in asked))}”"
    return replace(part, title=title, centre=tuple(node.id for node in asked))


def _member(edge: Edge) -> bool:
    return edge.kind == "lists" and edge.source.startswith("class:")


def _upwards(edges: Iterable[Edge], start: set[str]) -> set[str]:
    into: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        into[edge.target].add(edge.source)
    reached, waiting = set(start), list(start)
    while waiting:
        new = into[waiting.pop()] - reached
        reached |= new
        waiting += new
    return reached


def _part(whole: Graph, kept: set[str], edges: Sequence[Edge]) -> Graph:
    """Some of the nodes, with the answers these edges need, and how many ways in they leave out."""
    used = {(edge.source, answer) for edge in edges for answer in edge.answers}
    ways = Counter(target for _, target in {(edge.source, edge.target) for edge in whole.edges})
    drawn = Counter(target for _, target in {(edge.source, edge.target) for edge in edges})
    nodes = tuple(
        replace(
            node,
            answers=tuple(answer for answer in node.answers if (node.id, answer) in used),
            hidden=0 if node.kind == "disposition" else ways[node.id] - drawn[node.id],
        )
        for node in whole.nodes
        if node.id in kept
    )
    return replace(whole, nodes=nodes, edges=tuple(edges))
