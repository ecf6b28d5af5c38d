"""What tests of the graph of the rules have in common."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

from triage.workbench.graph.html import as_html_graph
from triage.workbench.graph.model import Graph
from triage.workbench.graph.svg import as_svg
from triage.workbench.graph.text import as_dot, as_mermaid

FORMATS = (as_mermaid, as_dot, as_svg, as_html_graph)
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "</script><script>alert(1)</script>",
    "\"double\" and 'single'",
    "a ]]> b & c &lt; \\N \\",
    '`code` #quot; #35; style:"x"',
    "end",
    'x\n"y" --> z | { } [ ] ( ) %%',
    "W" * 200,
    "bell \x07 and \u202e turned",
)


def ways_in(drawn: Graph, target: str) -> set[tuple[str, str, tuple[str, ...], bool]]:
    return {(e.source, e.kind, e.answers, e.negated) for e in drawn.edges if e.target == target}


def reached(drawn: Graph, start: set[str]) -> set[str]:
    """Everything that follows from these, at any distance."""
    found: set[str] = set()
    while start:
        found |= start
        start = {edge.target for edge in drawn.edges if edge.source in start} - found
    return found


def hostile(drawn: Graph) -> Graph:
    """The same graph with texts that would break a drawing that does not escape them."""

    def text(n: int) -> str:
        return HOSTILE[n % len(HOSTILE)]

    answers = {n.id: {a: a and f"{a} {text(i)}" for a in n.answers} for i, n in enumerate(drawn.nodes)}
    nodes = tuple(
        replace(
            node,
            label=text(n),
            detail=text(n + 3),
            group=f"{node.group} {text(len(node.group))}",
            answers=tuple(answers[node.id].values()),
        )
        for n, node in enumerate(drawn.nodes)
    )
    edges = tuple(
        replace(edge, answers=tuple(answers[edge.source][answer] for answer in edge.answers))
        for edge in drawn.edges
    )
    return replace(drawn, title=" ".join(HOSTILE), nodes=nodes, edges=edges)


def placed(svg: str) -> list[tuple[ET.Element, tuple[float, float, float, float]]]:
    """Every node of a drawing, with left, top, right and bottom of its box."""
    found = []
    for node in ET.fromstring(svg).iter(f"{SVG}g"):
        if "data-id" in node.attrib:
            box = next(rect for rect in node.iter(f"{SVG}rect") if rect.get("class") == "box")
            x, y, width, height = (float(box.attrib[key]) for key in ("x", "y", "width", "height"))
            found.append((node, (x, y, x + width, y + height)))
    return found
