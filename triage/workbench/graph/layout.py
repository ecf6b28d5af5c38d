"""Where the boxes and lines of a drawn graph are: columns from questions to dispositions.

Lines run in the gaps between boxes, never behind one. First the places, then the lines.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from triage.text import printable
from triage.workbench.graph.model import AT_ALL, Edge, Graph, Node
from triage.workbench.graph.text import left_out

SIZE = 13  # of the letters of a label
SMALL = 12  # of the answers
LINE = 16  # from one line of words to the next
PAD = 6  # above and below the words of a box
SIDE = 14  # from the side of a box to its words
ROW = 3  # above an answer
LINES = 8  # of a label at most; its tooltip has the whole
WIDTHS = {"question": 330, "medicine_class": 220, "disposition": 220}
WIDTH = 310  # of the other boxes
CROWD = 70  # the most that a box grows to, for the lines that end at it
GAP = 14  # between two boxes, wide enough for lines to pass
HEAD = 44  # for the title of a group and its frame, above its first box
FRAME = 10  # from a box to the frame of its group
BETWEEN = 140  # two columns
MARGIN = 120  # left, for the lines from question to question
EDGE = 24  # of the picture
SPREAD = 12  # of the lines that have to turn aside into the same gap
SWEEPS = 4  # to find an order within the groups that has few crossings

Point: TypeAlias = tuple[float, float]


@dataclass
class Box:
    """A node in its place. ``ports`` are how far below the top the lines of an answer start."""

    node: Node
    lines: list[str]
    rows: list[tuple[str, list[str]]]
    note: str
    width: float
    height: float = 0
    x: float = 0
    y: float = 0
    ports: dict[str, float] = field(default_factory=dict)
    dots: set[Point] = field(default_factory=set)  # where lines start

    def port(self, answer: str) -> float:
        return self.y + self.ports.get(answer, self.height / 2)


Column: TypeAlias = list[Box]


def laid_out(graph: Graph) -> tuple[list[Column], dict[str, Box]]:
    """Columns from left to right, and their boxes by id in reading order. Tops may be below zero."""
    columns = _columns(graph)
    boxes = {box.node.id: box for column in columns for box in column}
    _place(graph, columns, boxes)
    return columns, boxes


def text_width(text: str, size: float) -> float:
    """An estimate from above: wide enough for DejaVu Sans, the widest of the usual sans-serifs."""
    return sum(map(_letter_width, text)) * size


def _letter_width(letter: str) -> float:
    if letter in "iljtfrI.,:;'|!()[] -‘’“”/":
        return 0.42
    if letter in "mwMW@%—…+=<>&≥≤≠" or ord(letter) > 0x2E7F:
        return 1.0
    return 0.76 if letter.isupper() else 0.64


def wrap(text: str, width: float, size: float, most: int = LINES) -> list[str]:
    """Lines no wider than ``width``; a word that is too long is broken, too many lines are cut."""
    lines = [""]
    for word in printable(text).split():
        joined = f"{lines[-1]} {word}".strip()
        if text_width(joined, size) <= width:
            lines[-1] = joined
            continue
        lines += [""] * bool(lines[-1])
        for letter in word:
            if text_width(lines[-1] + letter, size) > width:
                lines.append("")
            lines[-1] += letter
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1][:-2].rstrip() + "…"]


def _columns(graph: Graph) -> list[Column]:
    """The boxes by layer, those of a group together."""
    arriving = Counter(edge.target for edge in graph.edges)
    order = {group: n for n, group in enumerate(dict.fromkeys(node.group for node in graph.nodes))}
    columns: dict[int, Column] = {}
    for node in sorted(graph.nodes, key=lambda node: (node.layer, order[node.group])):
        columns.setdefault(node.layer, []).append(_box(node, arriving[node.id]))
    return list(columns.values())


def _box(node: Node, arriving: int) -> Box:
    width = WIDTHS.get(node.kind, WIDTH)
    room = width - 2 * SIDE
    rows = [(answer, wrap(answer, room - 8, SMALL, 4)) for answer in node.answers if answer]
    note = left_out(node)
    box = Box(node, wrap(node.label, room, SIZE), rows, note, width)
    height = PAD + LINE * len(box.lines)
    if rows:
        box.ports[AT_ALL] = (height + PAD) / 2
    for answer, lines in rows:
        box.ports[answer] = height + ROW + LINE * len(lines) / 2
        height += ROW + LINE * len(lines)
    box.height = max(height + PAD + (LINE if note else 0), min(4 * arriving, CROWD))
    return box


def _place(graph: Graph, columns: list[Column], boxes: dict[str, Box]) -> None:
    """The highest column is closely packed; the others stand beside what they are joined with."""
    joined: dict[str, list[tuple[str, Box, str]]] = defaultdict(list)
    for edge in graph.edges:
        source, target = boxes[edge.source], boxes[edge.target]
        if source.node.layer != target.node.layer:
            for answer in edge.answers:
                joined[edge.source].append((answer, target, AT_ALL))
                joined[edge.target].append((AT_ALL, source, answer))

    def wanted(box: Box) -> float | None:
        """The top at which its lines would be level."""
        tops = [there.port(b) - (box.port(a) - box.y) for a, there, b in joined[box.node.id]]
        return sum(tops) / len(tops) if tops else None

    order = {group: n for n, group in enumerate(dict.fromkeys(node.group for node in graph.nodes))}
    x: float = EDGE + (MARGIN if any(edge.kind == "asks" for edge in graph.edges) else FRAME)
    for column in columns:
        _settle(column, [None] * len(column))
        for box in column:
            box.x = x
        x += column[0].width + BETWEEN
    for _ in range(SWEEPS):
        for column in columns:
            if column[0].node.kind not in ("question", "disposition"):  # these have an order of their own
                column.sort(key=lambda box: (order[box.node.group], wanted(box) or 0, box.node.id))
                _settle(column, [None] * len(column))
    highest = max(range(len(columns)), key=lambda n: columns[n][-1].y + columns[n][-1].height, default=0)
    for n in sorted(range(len(columns)), key=lambda n: abs(n - highest)) * 2:
        if n != highest:
            _settle(columns[n], [wanted(box) for box in columns[n]])


def _settle(column: Column, wanted: list[float | None]) -> None:
    """Every box as near as can be to the top it wants, in this order and without overlap.

    Boxes that want the same place are pushed apart together, so that none is favoured.
    """
    pools: list[Point] = []  # how far boxes that move together are moved, and how many they are
    starts, start = [], 0.0
    for n, (box, top) in enumerate(zip(column, wanted, strict=True)):
        start += HEAD if n and column[n - 1].node.group != box.node.group else 0
        starts.append(start)
        moved, number = (pools[-1][0] if pools else 0.0) if top is None else top - start, 1.0
        while pools and pools[-1][0] >= moved:
            before, count = pools.pop()
            moved, number = (before * count + moved * number) / (count + number), count + number
        pools.append((moved, number))
        start += box.height + GAP
    moves = [moved for moved, number in pools for _ in range(int(number))]
    for box, start, moved in zip(column, starts, moves, strict=True):
        box.y = round(start + moved, 1)


def paths(graph: Graph, columns: list[Column], boxes: dict[str, Box]) -> Iterator[tuple[Edge, str]]:
    """Every edge with its lines as the data of an SVG path; also marks ``dots`` on the boxes."""
    place = {box.node.id: n for n, column in enumerate(columns) for box in column}
    gaps = [_gaps(column) for column in columns]
    arriving: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for n, edge in enumerate(graph.edges):
        arriving[edge.target].append((boxes[edge.source].port(edge.answers[0]), n))
    ends = {
        n: boxes[target].y + boxes[target].height * rank / (len(lines) + 1)
        for target, lines in arriving.items()
        for rank, (_, n) in enumerate(sorted(lines), 1)
    }
    for n, edge in enumerate(graph.edges):
        start, end = boxes[edge.source], boxes[edge.target]
        here, there = place[edge.source], place[edge.target]
        crossed = range(here + 1, there) if here <= there else range(here - 1, there, -1)
        between = [(columns[k][0], gaps[k]) for k in crossed]
        ways = (
            _path(start, start.port(answer), end, ends[n], between, (n + k / 7) * 0.618 % 1)
            for k, answer in enumerate(edge.answers)
        )
        yield edge, "".join(ways)


def _gaps(column: Column) -> list[Point]:
    """Where a line can pass the column."""
    far = 1e6
    taken = [(-far, -far)]
    for n, box in enumerate(column):
        first = n == 0 or column[n - 1].node.group != box.node.group
        taken.append((box.y - (HEAD - FRAME if first else 0), box.y + box.height))
    return [(low + 3, high - 3) for (_, low), (high, _) in pairwise([*taken, (far, far)])]


def _path(
    source: Box, y1: float, target: Box, y2: float, between: list[tuple[Box, list[Point]]], lane: float
) -> str:
    """From an answer to a box; within a column an arc on its left."""
    right = source.x < target.x
    here = (source.x + source.width if right else source.x, y1)
    there = (target.x + target.width if source.x > target.x else target.x, y2)
    source.dots.add(here)
    path = f"M{here[0]:g} {y1:.1f}"
    if source.x == target.x:
        bend = here[0] - min(40 + abs(y2 - y1) / 8, MARGIN * 1.25)
        return path + f"C{bend:.1f} {y1:.1f} {bend:.1f} {y2:.1f} {there[0]:g} {y2:.1f}"
    for box, gaps in between:
        near, far = box.x - FRAME, box.x + box.width + FRAME
        near, far = (near, far) if right else (far, near)
        y = _nearest(gaps, y1 + (y2 - y1) * (near - here[0]) / (there[0] - here[0]), lane)
        path += _curve(here, (near, y)) + f"H{far:g}"
        here, y1 = (far, y), y
    return path + _curve(here, there)


def _curve(here: Point, there: Point) -> str:
    middle = (here[0] + there[0]) / 2
    return f"C{middle:.1f} {here[1]:.1f} {middle:.1f} {there[1]:.1f} {there[0]:g} {there[1]:.1f}"


def _nearest(gaps: list[Point], y: float, lane: float) -> float:
    """The nearest place in a gap. ``lane`` (0 to 1) keeps lines apart that all turn aside into it."""
    n = bisect_right(gaps, (y, 0.0))
    nearby = gaps[max(n - 1, 0) : n + 1]
    low, high = min(nearby, key=lambda gap: max(gap[0] - y, y - gap[1]))
    aside = min(high - low, SPREAD) * lane
    return low + aside if y < low else high - aside if y > high else y
