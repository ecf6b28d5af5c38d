"""The graph of the rules as text for Mermaid and for Graphviz, and the words and colours of its kinds.

Kinds differ in shape as well as in colour. Mermaid draws few lines unless it is told otherwise, so it
suits a part of the rules; Graphviz has no such bound.
"""

from __future__ import annotations

import re
import textwrap
from typing import NamedTuple

from triage.text import printable
from triage.workbench.graph.model import Edge, EdgeKind, Graph, Node, NodeKind


class NodeLook(NamedTuple):
    """How a kind of box is called and drawn: colours (``dark``: the outline on a dark ground), what
    Graphviz is told of its shape, and Mermaid's brackets."""

    words: str
    fill: str
    stroke: str
    dark: str
    shape: str
    brackets: tuple[str, str]


class EdgeLook(NamedTuple):
    """How a kind of line is called and drawn. ``dashes`` as in SVG, empty for a full line."""

    words: str
    colour: str
    dark: str
    dashes: str
    head: str  # Graphviz's arrow
    arrow: str  # Mermaid's


NODES: dict[NodeKind, NodeLook] = {
    "question": NodeLook(
        "Question", "#e8f1fb", "#2f5f94", "#8ab8ea", 'shape=box, style="filled,rounded"', ("(", ")")
    ),
    "medicine_class": NodeLook(
        "Medicine class", "#eceaf8", "#5a4a9c", "#b3a6ee", "shape=ellipse", ("([", "])")
    ),
    "red_flag": NodeLook("Red flag", "#fde7e7", "#b3261e", "#ff9b94", "shape=octagon", ("{{", "}}")),
    "pattern": NodeLook(
        "Pattern", "#e4f4ec", "#1f6f4a", "#7fd0a5", "shape=box, peripheries=2", ("[[", "]]")
    ),
    "factor": NodeLook("Contributing factor", "#fff3dc", "#8a5a00", "#eabb66", "shape=box", ("[", "]")),
    "theory": NodeLook(
        "Theory", "#f1f1ef", "#666660", "#b0b0a8", 'shape=box, style="filled,dashed"', (">", "]")
    ),
    "advice": NodeLook("Advice", "#e2f3f6", "#0f6a78", "#79cfdc", "shape=note", ("[/", "/]")),
    "disposition": NodeLook(
        "How soon", "#ffffff", "#1a1a1a", "#ececec", 'shape=box, style="filled,bold"', ("[(", ")]")
    ),
}
EDGES: dict[EdgeKind, EdgeLook] = {
    "asks": EdgeLook("opens the question", "#7a5aa6", "#c6a8ee", "", "normal", "-->"),
    "lists": EdgeLook("is sorted into", "#8d86b8", "#8d86b8", "", "normal", "-->"),
    "reads": EdgeLook("counts for", "#4a5a70", "#a3b4cc", "", "normal", "-->"),
    "found": EdgeLook("as a finding, counts for", "#1f6f4a", "#7fd0a5", "", "normal", "==>"),
    "against": EdgeLook("speaks against", "#77706a", "#aaa39c", "2 3", "tee", "-.-x"),
    "blocks": EdgeLook("withholds", "#b3261e", "#ff9b94", "", "tee", "--x"),
    "cautions": EdgeLook("adds a caution to", "#b26a00", "#f2b25c", "7 3 2 3", "tee", "-.-x"),
    "leads": EdgeLook("leads to", "#1a1a1a", "#ececec", "", "normal", "==>"),
    "if_unsure": EdgeLook("if not sure, leads to", "#1a1a1a", "#ececec", "6 4", "normal", "-.->"),
}
SHOWN = 3  # answers on a line; the rest is counted
MERMAID_MOST = 500  # lines, unless its maxEdges is raised
LETTERS = 48  # of an answer on a line
LETTERS_DOT = 34  # of a label for Graphviz, before it goes on in the next line


def left_out(node: Node) -> str:
    """How many ways into the box a part of the graph does not show; empty if none."""
    ways = "way" if node.hidden == 1 else "ways"
    return f"+ {node.hidden} more {ways} in, not shown" if node.hidden else ""


def groups(graph: Graph) -> dict[str, list[Node]]:
    """The nodes by their group, both in reading order."""
    found: dict[str, list[Node]] = {}
    for node in graph.nodes:
        found.setdefault(node.group, []).append(node)
    return found


def as_mermaid(graph: Graph) -> str:
    """A Mermaid flow chart, from left to right."""
    lines = [f"%% {_one_line(graph.title)}"]
    if len(graph.edges) > MERMAID_MOST:
        lines.append("%% More lines than Mermaid draws: raise its maxEdges and maxTextSize.")
    lines.append("flowchart LR")
    for number, (group, nodes) in enumerate(groups(graph).items()):
        lines.append(f'  subgraph group_{number} ["{_entities(group)}"]')
        for node in nodes:
            left, right = NODES[node.kind].brackets
            lines.append(f'    {_name(node.id)}{left}"{_entities(_label(node))}"{right}:::{node.kind}')
        lines.append("  end")
    for edge in graph.edges:
        words = _words(edge)
        label = f'|"{_entities(words)}"|' if words else ""
        arrow = "--o" if edge.negated and EDGES[edge.kind].arrow == "-->" else EDGES[edge.kind].arrow
        lines.append(f"  {_name(edge.source)} {arrow}{label} {_name(edge.target)}")
    lines += [
        f"  classDef {kind} fill:{look.fill},stroke:{look.stroke},color:#1a1a1a"
        for kind, look in NODES.items()
    ]
    for kind, look in EDGES.items():
        places = [str(n) for n, edge in enumerate(graph.edges) if edge.kind == kind]
        if places:
            lines.append(f"  linkStyle {','.join(places)} stroke:{look.colour}")
    lines.append("  classDef group fill:#f6f6f4,stroke:#8a8a86,color:#1a1a1a")
    lines.append(f"  class {','.join(f'group_{n}' for n in range(len(groups(graph))))} group")
    for name in graph.centre:
        lines.append(f"  style {_name(name)} stroke-width:4px")
    return "\n".join(lines) + "\n"


def as_dot(graph: Graph) -> str:
    """A graph for Graphviz's ``dot``, from left to right, a cluster for each group."""
    lines = [
        "digraph rules {",
        f"  label={_quoted(graph.title)}; labelloc=t; rankdir=LR; ranksep=1; nodesep=0.15;",
        '  fontname="sans-serif"; fontsize=16; bgcolor="#ffffff";',
        '  node [fontname="sans-serif", fontsize=13, style=filled, margin="0.2,0.1"];',
        '  edge [fontname="sans-serif", fontsize=12];',
    ]
    for number, (group, nodes) in enumerate(groups(graph).items()):
        lines.append(f"  subgraph cluster_{number} {{")
        lines.append(f'    label={_quoted(group)}; color="#8a8a86";')
        lines += [f'    "{node.id}" [{_box(node, node.id in graph.centre)}];' for node in nodes]
        lines.append("  }")
    for edge in graph.edges:
        look = EDGES[edge.kind]
        style = f', label={_quoted(words)}, fontcolor="{look.colour}"' if (words := _words(edge)) else ""
        style += ", style=dashed" if look.dashes else ""
        style += ", penwidth=2" if edge.kind in ("leads", "found") else ""
        head = f"odot{look.head}" if edge.negated else look.head
        lines.append(
            f'  "{edge.source}" -> "{edge.target}" [color="{look.colour}", arrowhead={head}{style}];'
        )
    return "\n".join([*lines, "}"]) + "\n"


def _box(node: Node, centre: bool) -> str:
    look = NODES[node.kind]
    pen = ", penwidth=4" if centre else ""
    return (
        f'label={_quoted(_label(node))}, {look.shape}, fillcolor="{look.fill}", '
        f'color="{look.stroke}"{pen}, tooltip={_quoted(node.detail or node.label)}'
    )


def _label(node: Node) -> str:
    return f"{node.label} ({left_out(node)})" if node.hidden else node.label


def _words(edge: Edge) -> str:
    """The label of a line in a drawing where only the label tells its kind."""
    kinds: tuple[EdgeKind, ...] = ("against", "blocks", "cautions", "if_unsure")
    parts = (EDGES[edge.kind].words if edge.kind in kinds else "", _short(edge))
    return ": ".join(part for part in parts if part).replace("if not sure, leads to", "if not sure")


def _short(edge: Edge) -> str:
    """What the line depends on, in few words; empty if only on its source."""
    answers = [_cut(answer) for answer in edge.answers if answer]
    more = len(answers) - SHOWN
    return " / ".join(answers[:SHOWN]) + (f" / {more} more" if more > 0 else "")


def _cut(text: str) -> str:
    return text if len(text) <= LETTERS else text[: LETTERS - 1].rstrip() + "…"


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())


def _name(node: str) -> str:
    """A Mermaid id; ``item:age`` becomes ``item_age``, and none is a word of the language."""
    return re.sub(r"\W", "_", node)


def _entities(text: str) -> str:
    """Everything that Mermaid or a browser could read as more than a letter, as a number."""
    return re.sub(r"[^\w ,.?/()–’-]", lambda found: f"#{ord(found[0])};", _one_line(text))


def _quoted(text: str) -> str:
    """A Graphviz string in short lines: its backslashes, quotes and entities are letters."""
    lines = textwrap.wrap(printable(text), LETTERS_DOT) or [""]
    escaped = (line.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(escaped) + '"'
