"""The graph of the rules as SVG: columns from questions to dispositions, no program needed.

A question's box lists the answers that matter, and every line starts at its answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import escape

from triage.text import printable
from triage.workbench.graph.layout import (
    EDGE,
    FRAME,
    HEAD,
    LINE,
    PAD,
    ROW,
    SIDE,
    SIZE,
    SMALL,
    Box,
    Column,
    laid_out,
    paths,
    text_width,
    wrap,
)
from triage.workbench.graph.model import Edge, Graph
from triage.workbench.graph.text import EDGES, NODES

MANY = 250  # lines from which on they are drawn thin and pale
LEGEND = 1300  # width at most, so that it is seen without moving the picture


def as_svg(graph: Graph) -> str:
    """One SVG file, ending with a line end: light and dark, nothing from elsewhere."""
    columns, boxes = laid_out(graph)
    width = max((box.x + box.width for box in boxes.values()), default=400) + FRAME + EDGE
    title = wrap(graph.title, width - 2 * EDGE, 20, 3)
    legend, top = _legend(graph, min(width, LEGEND), EDGE + 26 * len(title))
    down = top + HEAD - min((box.y for box in boxes.values()), default=0)
    for box in boxes.values():
        box.y += down
    height = max((box.y + box.height for box in boxes.values()), default=top) + FRAME + EDGE
    # The lines come before the boxes, which only then know where their dots are.
    lines = [
        _line(edge, path, boxes[edge.source].node.label, boxes[edge.target].node.label)
        for edge, path in paths(graph, columns, boxes)
    ]
    ways_in: dict[str, list[str]] = defaultdict(list)
    for edge in graph.edges:
        ways_in[edge.target].append(f"← {boxes[edge.source].node.label} {_answers(edge)}")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="graph{" many" * (len(graph.edges) > MANY)}" '
        f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}" role="group" '
        'aria-labelledby="graph-title graph-desc">',
        f'<title id="graph-title">{_said(graph.title)}</title>',
        '<desc id="graph-desc">From left to right: questions with the answers that matter, medicine '
        "classes, findings, and how soon to see whom. A line says what is read, not how it combines."
        "</desc>",
        f"<style>{_PLAIN}{_colours(dark=False)}@media (prefers-color-scheme:dark){{{_DARK}"
        f"{_colours(dark=True)}}}</style><defs>{''.join(_heads())}</defs>",
        f'<rect class="paper" width="{width:g}" height="{height:g}" fill="#ffffff"/>',
        *(_text([line], EDGE, EDGE + 18 + 26 * n, "title") for n, line in enumerate(title)),
        *legend,
        *(part for column in columns for part in _frames(column)),
        *lines,
        *(_drawn(box, box.node.id in graph.centre, ways_in[box.node.id]) for box in boxes.values()),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _line(edge: Edge, path: str, source: str, target: str) -> str:
    head = f"{'not' if edge.negated else 'head'}-{edge.kind}"
    words, answers = EDGES[edge.kind].words, _answers(edge)
    says = f"{source} – {words} – {target}{': ' if answers else ''}{answers}"
    return (
        f'<path class="edge {edge.kind}" d="{path}" marker-end="url(#{head})" '
        f'data-from="{_said(edge.source)}" data-to="{_said(edge.target)}" data-says="{words}" '
        f'data-if="{_said(answers)}"><title>{_said(says)}</title></path>'
    )


def _answers(edge: Edge) -> str:
    return " / ".join(answer for answer in edge.answers if answer)


def _frames(column: Column) -> Iterator[str]:
    """A light ground for each group, with its name."""
    groups: dict[str, Column] = {}
    for box in column:
        groups.setdefault(box.node.group, []).append(box)
    for name, boxes in groups.items():
        first, last = boxes[0], boxes[-1]
        top = first.y - HEAD + FRAME
        height = last.y + last.height + FRAME - top
        yield _rect("group", first.x - FRAME, top, first.width + 2 * FRAME, height, 6)
        yield _text(wrap(name, first.width, SIZE + 1, 1), first.x, top + 21, "head-words")


def _drawn(box: Box, centre: bool, ways_in: list[str]) -> str:
    node, x, y, right = box.node, box.x, box.y, box.x + box.width
    name = f"{NODES[node.kind].words}: {node.label}"
    tooltip = "\n".join([f"{name} ({node.id.partition(':')[2]})", node.detail, *ways_in])
    rounded = {"question": 10, "medicine_class": 18, "disposition": 4}.get(node.kind, 0)
    parts = [
        f'<g class="node {node.kind}{" centre" * centre}" data-id="{_said(node.id)}" '
        f'data-name="{_said(name)}" data-detail="{_said(node.detail)}"><title>{_said(tooltip)}</title>',
        _rect("box", x, y, box.width, box.height, rounded),
    ]
    if node.kind == "red_flag":
        parts.append(_rect("mark", x, y, 6, box.height))
    elif node.kind == "pattern":
        parts.append(_rect("inner", x + 3, y + 3, box.width - 6, box.height - 6))
    elif node.kind == "advice":
        parts.append(f'<path class="mark" d="M{right - 10:g} {y:g}L{right:g} {y + 10:g}H{right - 10:g}Z"/>')
    room = 0 if box.rows or box.note else box.height - 2 * PAD - LINE * len(box.lines)
    parts.append(_text(box.lines, x + SIDE, y + PAD + SIZE - 1 + room / 2, "label"))
    for answer, lines in box.rows:
        top = box.port(answer) - LINE * len(lines) / 2
        parts.append(f'<path class="rule" d="M{x + SIDE:g} {top - ROW / 2:g}H{right:g}"/>')
        parts.append(_text(lines, x + SIDE + 8, top + SMALL, "answer"))
    if box.note:
        parts.append(_text([box.note], x + SIDE, y + box.height - PAD - 2, "note"))
    parts += (f'<circle class="port" cx="{a:g}" cy="{b:g}" r="2.5"/>' for a, b in sorted(box.dots))
    return " ".join([*parts, "</g>"])  # a space, so that one text is told from the next


def _legend(graph: Graph, width: float, top: float) -> tuple[list[str], float]:
    """What the boxes and lines mean, in rows; and where the picture goes on below it."""
    kinds = {node.kind for node in graph.nodes}
    drawn = {(edge.kind, edge.negated) for edge in graph.edges}
    entries = [(look.words, f"node {kind}", "") for kind, look in NODES.items() if kind in kinds]
    for kind, look in EDGES.items():
        for negated, words, head in ((False, "", "head"), (True, ", if it is not so", "not")):
            if (kind, negated) in drawn:
                entries.append((look.words + words, f"edge {kind}", f"{head}-{kind}"))
    parts, x, y = [], float(EDGE), top + 14
    for words, name, head in entries:
        taken = 46 + text_width(words, SMALL) + 18
        if x > EDGE and x + taken > width - EDGE:
            x, y = float(EDGE), y + 24
        if head:
            parts.append(f'<path class="{name}" d="M{x:g} {y:g}H{x + 36:g}" marker-end="url(#{head})"/>')
        else:
            parts.append(f'<g class="{name}">{_rect("box", x, y - 8, 36, 16, 4)}</g>')
        parts.append(_text([words], x + 44, y + 4, "answer"))
        x += taken
    return ['<g class="legend">', *parts, "</g>"], y + 24


def _heads() -> Iterator[str]:
    """The ends of lines: an arrow, or a bar for what holds back; a ring before it if "not" is meant."""
    for kind, look in EDGES.items():
        shape = "M9 1V9" if look.head == "tee" else "M2 1L9 5L2 9Z"
        for name, ring in (("head", ""), ("not", '<circle class="ring" cx="-3" cy="5" r="4"/>')):
            yield (
                f'<marker id="{name}-{kind}" class="head {kind}" viewBox="-8 0 18 10" refX="9" refY="5" '
                f'markerWidth="18" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto">{ring}'
                f'<path d="{shape}"/></marker>'
            )


_PLAIN = (
    ".graph text{font-family:Arial,Helvetica,'Liberation Sans',sans-serif;fill:#1a1a1a}"
    ".graph .title{font-size:20px;font-weight:bold}.graph .head-words{font-size:14px;font-weight:bold}"
    ".graph .label{font-size:13px}.graph .answer,.graph .note{font-size:12px}"
    ".graph .note{font-style:italic}.graph .group{fill:#f6f6f4;stroke:#c8c8c4}"
    ".graph .box,.graph .inner{stroke-width:1.2}.graph .inner{fill:none}"
    ".graph .centre .box,.graph .disposition .box{stroke-width:3}.graph .theory .box{stroke-dasharray:5 3}"
    ".graph .rule{stroke:#1a1a1a;stroke-opacity:.2}.graph .port{fill:#4a5a70}"
    ".graph .edge{fill:none;stroke-width:1.5;stroke-opacity:.8}"
    ".graph .leads,.graph .found{stroke-width:2.2}"
    ".graph.many>.edge{stroke-width:1;stroke-opacity:.35}.graph .head .ring{fill:#fff}"
)
_DARK = (
    ".graph text{fill:#ececec}.graph .paper{fill:#161616}.graph .group{fill:#1e1e1e;stroke:#4a4a4a}"
    ".graph .rule{stroke:#ececec}.graph .port{fill:#a3b4cc}.graph .head .ring{fill:#161616}"
)


def _colours(*, dark: bool) -> str:
    rules = []
    for kind, box in NODES.items():
        colour, fill = (box.dark, "#242424") if dark else (box.stroke, box.fill)
        rules.append(f".graph .{kind} .box{{fill:{fill};stroke:{colour}}}")
        rules.append(f".graph .{kind} .inner{{stroke:{colour}}}.graph .{kind} .mark{{fill:{colour}}}")
    for name, line in EDGES.items():
        colour = line.dark if dark else line.colour
        rules.append(f".graph .edge.{name}{{stroke:{colour};stroke-dasharray:{line.dashes or 'none'}}}")
        rules.append(f".graph .head.{name} *{{stroke:{colour}}}.graph .head.{name} path{{fill:{colour}}}")
    return "".join(rules)


def _rect(name: str, x: float, y: float, width: float, height: float, rounded: float = 0) -> str:
    place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
    return f'<rect class="{name}" {place} rx="{rounded:g}"/>'


def _text(lines: Iterable[str], x: float, y: float, name: str) -> str:
    spans = (f'<tspan x="{x:g}" y="{y + LINE * n:g}">{_said(line)}</tspan>' for n, line in enumerate(lines))
    return f'<text class="{name}">{" ".join(spans)}</text>'


def _said(text: str) -> str:
    return escape(printable(text))
