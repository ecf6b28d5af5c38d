"""The four drawings of a graph: nothing overlaps, and hostile words stay words."""

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from bisect import bisect
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from triage.text import printable
from triage.workbench.graph.html import as_html_graph
from triage.workbench.graph.layout import FRAME, SIZE, SMALL, text_width, wrap
from triage.workbench.graph.model import Graph
from triage.workbench.graph.part import around, in_use
from triage.workbench.graph.reading import graph
from triage.workbench.graph.svg import as_svg
from triage.workbench.graph.text import as_dot, as_mermaid

SVG = "{http://www.w3.org/2000/svg}"

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
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


def test_hostile_words_stay_words_in_svg_and_html(small) -> None:
    drawn = hostile(in_use(graph(small)))
    root = ET.fromstring(as_svg(drawn))
    assert root.find(f"{SVG}title").text == printable(drawn.title)
    assert not list(root.iter(f"{SVG}script"))
    names = {node.attrib["data-name"].partition(": ")[2] for node, _ in placed(as_svg(drawn))}
    assert {printable(node.label).replace("\n", " ") for node in drawn.nodes} == names

    class Tags(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.tags: Counter[str] = Counter()

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.tags[tag] += 1
            assert not [name for name, _ in attrs if name.startswith("on")]

    tame, wild = Tags(), Tags()
    tame.feed(as_html_graph(in_use(graph(small))))
    wild.feed(as_html_graph(drawn))
    assert wild.tags["script"] == 1
    assert wild.tags.keys() == tame.tags.keys()


def test_hostile_words_stay_words_in_dot(small) -> None:
    text = as_dot(hostile(in_use(graph(small))))
    assert "</script><script>alert(1)</script>" in text
    quoted = r'"(?:[^"\\\n]|\\[\\"n])*"'
    entry = rf"\w+=(?:{quoted}|[\w.]+)"
    kinds = (
        r"digraph rules {|  subgraph cluster_\d+ {|(?:  )?}",
        rf"\s+{entry};(?: {entry};)*",
        rf"\s+(?:node|edge|{quoted}|{quoted} -> {quoted}) \[{entry}(?:, {entry})*\];",
    )
    for line in text.splitlines():
        assert any(re.fullmatch(kind, line) for kind in kinds), line


def test_hostile_words_stay_words_in_mermaid(small) -> None:
    label = r'"[\w ,.?/()–’#;-]*"'
    kinds = (
        r"flowchart LR",
        rf"  subgraph group_\d+ \[{label}\]",
        r"  end",
        rf"    \w+[\[({{>/]+{label}[\])}}/]+:::\w+",
        rf"  \w+ [-=.>xo]+(\|{label}\|)? \w+",
        r"  (classDef|class|linkStyle|style) [\w,]+ [\w:#,-]+",
    )
    lines = as_mermaid(hostile(in_use(graph(small)))).splitlines()
    assert lines[0].startswith("%% ")
    assert lines[1] == "flowchart LR"
    for line in lines[1:]:
        assert any(re.fullmatch(kind, line) for kind in kinds), line
        assert "style:" not in line  # Mermaid takes the semicolon away after it


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


@pytest.mark.skipif(not BROWSER, reason="there is no Chromium on this machine")
def test_the_script_may_run_under_its_own_policy(small, tmp_path) -> None:
    page = tmp_path / "graph.html"
    page.write_text(as_html_graph(hostile(in_use(graph(small)))), encoding="utf-8")
    done = subprocess.run(
        [
            BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri(),
        ],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.stdout.count('tabindex="-1"') == len(in_use(graph(small)).nodes)
    assert "<form hidden" not in done.stdout
