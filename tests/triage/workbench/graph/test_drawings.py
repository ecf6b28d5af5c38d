"""The four drawings of a graph: nothing overlaps, and what is not wanted, and too much, is seen in them."""

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from bisect import bisect
from itertools import pairwise

import pytest
from pages.graphs import SVG, hostile, placed

from triage.workbench.graph.html import as_html_graph
from triage.workbench.graph.layout import FRAME, SIZE, SMALL, text_width, wrap
from triage.workbench.graph.model import Graph
from triage.workbench.graph.part import around, in_use
from triage.workbench.graph.reading import graph
from triage.workbench.graph.svg import as_svg
from triage.workbench.graph.text import as_dot, as_mermaid

PARTS = (None, "leg_swollen", "restless_legs", "magnesium_note", "age", "thiazide", "medicines", "mood")


@pytest.fixture(scope="module", params=[*PARTS, "hostile"])
def drawing(request, rulebook, small) -> tuple[Graph, str]:
    if request.param == "hostile":
        drawn = hostile(in_use(graph(small)))
    elif request.param is None:
        drawn = in_use(graph(rulebook))
    else:
        drawn = around(graph(rulebook), request.param)
    return drawn, as_svg(drawn)


def columns(svg: str) -> dict[tuple[float, float], list[tuple[float, float]]]:
    """The boxes by left and right: tops and bottoms from the highest on."""
    found: dict[tuple[float, float], list[tuple[float, float]]] = {}
    for _, (left, top, right, bottom) in placed(svg):
        found.setdefault((left, right), []).append((top, bottom))
    return {sides: sorted(spans) for sides, spans in sorted(found.items())}


def test_no_two_boxes_overlap(drawing) -> None:
    drawn, svg = drawing
    assert sorted(node.attrib["data-id"] for node, _ in placed(svg)) == sorted(n.id for n in drawn.nodes)
    boxes = columns(svg)
    assert all(right < left for (_, right), (left, _) in pairwise(boxes))
    for spans in boxes.values():
        assert all(bottom < top for (_, bottom), (top, _) in pairwise(spans))


def test_words_are_inside_their_boxes(drawing) -> None:
    for node, (left, top, right, bottom) in placed(drawing[1]):
        for text in node.iter(f"{SVG}text"):
            size = SIZE if text.get("class") == "label" else SMALL
            for line in text.iter(f"{SVG}tspan"):
                x, y = float(line.attrib["x"]), float(line.attrib["y"])
                assert left < x, node.attrib
                assert x + text_width(line.text or "", size) <= right, (node.attrib, line.text)
                assert top + size * 0.7 <= y <= bottom - 2, (node.attrib, line.text)


def test_lines_start_and_end_at_the_sides_of_their_boxes(drawing) -> None:
    boxes = {node.attrib["data-id"]: box for node, box in placed(drawing[1])}
    for path in ET.fromstring(drawing[1]).iter(f"{SVG}path"):
        if "data-from" not in path.attrib:
            continue
        numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", path.attrib["d"])]
        left, top, right, bottom = boxes[path.attrib["data-from"]]
        assert numbers[0] in (pytest.approx(left), pytest.approx(right))
        assert top <= numbers[1] <= bottom
        left, top, right, bottom = boxes[path.attrib["data-to"]]
        assert numbers[-2] in (pytest.approx(left), pytest.approx(right))
        assert top <= numbers[-1] <= bottom


def test_no_line_runs_behind_a_box(drawing) -> None:
    """A line passes a column level, from one side of its frame to the other."""
    boxes = {side: spans for sides, spans in columns(drawing[1]).items() for side in sides}
    passed = 0
    for path in ET.fromstring(drawing[1]).iter(f"{SVG}path"):
        for y, x in re.findall(r"(\d+\.\d)H(\d+)", path.get("d", "")) if "data-from" in path.attrib else ():
            spans = boxes.get(float(x) - FRAME) or boxes[float(x) + FRAME]
            before = bisect(spans, (float(y), 0.0))
            assert before == 0 or spans[before - 1][1] < float(y), (x, y)
            passed += 1
    assert passed or len(boxes) <= 6


def test_letters_are_large_enough_and_kinds_are_explained(rulebook) -> None:
    svg = as_svg(in_use(graph(rulebook)))
    assert min(map(float, re.findall(r"font-size:(\d+)px", svg))) >= 12
    legend = next(g for g in ET.fromstring(svg).iter(f"{SVG}g") if g.get("class") == "legend")
    words = {text for line in legend.iter(f"{SVG}tspan") if (text := line.text)}
    assert {"Question", "Red flag", "Advice", "withholds", "if not sure, leads to"} <= words
    assert "counts for, if it is not so" in words


def test_nothing_comes_from_elsewhere(rulebook) -> None:
    for page in (as_svg(in_use(graph(rulebook))), as_html_graph(in_use(graph(rulebook)))):
        assert re.findall(r"https?:[^\"]*", page) == ["http://www.w3.org/2000/svg"]
        assert not re.search(r"@import|\bsrc=|\bhref=|url\((?!#)", page)


def test_what_is_not_wanted_is_seen_in_every_drawing(small) -> None:
    drawn = around(graph(small), "pregnant")
    assert '|"not#58; Male"|' in as_mermaid(drawn)
    assert "item_sex --o|" in as_mermaid(drawn)
    assert re.search(r'"item:sex" -> "item:pregnant" \[.*arrowhead=odotnormal', as_dot(drawn))
    assert 'marker-end="url(#not-asks)"' in as_svg(drawn)
    assert ">not: Male<" in as_svg(drawn)


def test_too_many_lines_for_mermaid_are_announced(rulebook, small) -> None:
    assert "raise its maxEdges" in as_mermaid(in_use(graph(rulebook)))
    assert "maxEdges" not in as_mermaid(in_use(graph(small)))


@pytest.mark.parametrize("text", ["", "one", "W" * 300, "a b " * 90, "mm " + "x" * 90 + " y"])
def test_wrapped_lines_fit(text) -> None:
    lines = wrap(text, 100, 13, 5)
    assert 1 <= len(lines) <= 5
    assert all(text_width(line, 13) <= 100 for line in lines)


def test_the_same_bytes_for_every_hash_seed(root) -> None:
    code = (
        "import hashlib, pathlib\n"
        "from triage.rulebook.load import load\n"
        "from triage.workbench.graph.reading import graph\n"
        "from triage.workbench.graph import html, part, text\n"
        "whole = graph(load(pathlib.Path('rules')))\n"
        "parts = [part.around(whole, name) for name in ('age', 'restless_legs')]\n"
        "for g in (part.in_use(whole), *parts):\n"
        "    for draw in (text.as_mermaid, text.as_dot, html.as_html_graph):\n"
        "        print(hashlib.sha256(draw(g).encode()).hexdigest())\n"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert len(told[0].split()) == 9
    assert told[0] == told[1]
