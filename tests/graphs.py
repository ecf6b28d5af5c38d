"""What tests of the graph of the rules have in common."""

from __future__ import annotations

from triage.workbench.graph.html import as_html_graph
from triage.workbench.graph.model import Graph
from triage.workbench.graph.svg import as_svg
from triage.workbench.graph.text import as_dot, as_mermaid

FORMATS = (as_mermaid, as_dot, as_svg, as_html_graph)


def ways_in(drawn: Graph, target: str) -> set[tuple[str, str, tuple[str, ...], bool]]:
    return {(e.source, e.kind, e.answers, e.negated) for e in drawn.edges if e.target == target}


def reached(drawn: Graph, start: set[str]) -> set[str]:
    """Everything that follows from these, at any distance."""
    found: set[str] = set()
    while start:
        found |= start
        start = {edge.target for edge in drawn.edges if edge.source in start} - found
    return found
