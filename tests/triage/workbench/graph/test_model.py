"""The graph of the rules: its edges, its parts, and its four drawings."""

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

from triage.conditions.walk import cards_read, items_read
from triage.rulebook.goals import conditions_of
from triage.text import printable
from triage.workbench.graph.html import as_html_graph
from triage.workbench.graph.layout import FRAME, SIZE, SMALL, text_width, wrap
from triage.workbench.graph.model import Edge, Graph
from triage.workbench.graph.part import around, in_use
from triage.workbench.graph.reading import graph
from triage.workbench.graph.svg import as_svg
from triage.workbench.graph.text import as_dot, as_mermaid

SVG = "{http://www.w3.org/2000/svg}"
FORMATS = (as_mermaid, as_dot, as_svg, as_html_graph)
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


SMALL_CARDS = {
    "card:chest": {("item:alarm", "reads", ("New chest pain",), False)},
    "card:weak_kidneys": {
        ("item:signs", "reads", ("Truly weaker",), False),
        ("item:kidneys", "reads", ("Weak",), False),
    },
    "card:new_diuretic": {("class:diuretic", "reads", ("new in the last 6 weeks",), False)},
    "card:water_tablet": {("class:thiazide", "reads", ("",), False)},
    "card:often": {("item:nights", "reads", ("at least 3 nights a week",), False)},
    "card:busy": {
        ("item:days", "reads", ("Hard training", "Heat"), False),
        ("card:sitting", "found", ("",), False),
        ("item:nights", "against", ("at least 5 nights a week",), False),
    },
    "card:magnesium": {
        ("item:age", "reads", ("a known answer",), False),
        ("item:kidneys", "blocks", ("Weak",), False),
        ("item:pregnant", "blocks", ("Yes",), False),
        ("item:age", "cautions", ("at least 75 years",), False),
    },
    "item:pregnant": {
        ("item:sex", "asks", ("not: Male",), True),
        ("item:age", "asks", ("at most 55 years",), False),
    },
    "class:thiazide": {("item:medicines", "lists", ("",), False)},
    "class:diuretic": {
        ("item:medicines", "lists", ("",), False),
        ("class:thiazide", "lists", ("",), False),
    },
    "item:alarm": set(),
}


@pytest.mark.parametrize("name", SMALL_CARDS)
def test_the_edges_of_the_small_rulebook(small, name) -> None:
    assert ways_in(graph(small), name) == SMALL_CARDS[name]


def test_where_cards_lead(small) -> None:
    leading = {e for e in graph(small).edges if e.target.startswith("disposition:")}
    assert Edge("card:chest", "disposition:emergency", "leads") in leading
    assert Edge("card:chest", "disposition:same_day", "if_unsure") in leading
    assert [e.target for e in leading if e.source == "card:busy"] == ["disposition:self_care"]
    assert {e.source for e in leading} == {
        f"card:{card.id}" for card in (*small.red_flags, *small.patterns)
    }


def test_edges_of_the_rules(rulebook) -> None:
    whole = graph(rulebook)
    swollen = "One leg, calf or thigh newly bigger or puffier than the other"
    assert ways_in(whole, "card:leg_swollen") == {("item:today_leg", "reads", (swollen,), False)}
    legs = ways_in(whole, "card:restless_legs")
    ended = (
        "not: One change of position ends it for good",
        "not: It comes only when the muscle is knotted hard",
    )
    assert ("item:rls_signs", "reads", ended, True) in legs
    assert ("card:claudication", "found", ("",), False) in ways_in(whole, "card:walking_blood_flow")
    assert ("class:quinine", "asks", ("",), False) in ways_in(whole, "item:quinine_signs")
    note = ways_in(whole, "card:magnesium_note")
    assert ("item:kidneys", "blocks", ("not: A test in the past year was normal",), True) in note
    assert ("class:blocks_absorption", "cautions", ("",), False) in note
    assert {
        answers
        for source, kind, answers, no in note
        if (source, kind, no) == ("item:bought", "reads", True)
    }
    possible = ways_in(whole, "card:restless_legs_possible")
    doubts = next(answers for source, _, answers, no in possible if no and source == "item:rls_signs")
    assert "not sure: It starts, or gets worse, while sitting or lying still" in doubts


def test_every_active_card_follows_from_a_question(rulebook) -> None:
    whole = graph(rulebook)
    active = {f"card:{card.id}" for card in rulebook.cards.values() if card.status == "active"}
    assert {node.id for node in whole.nodes if node.id.startswith("card:")} == active
    assert {edge.target for edge in whole.edges} >= active
    assert reached(whole, {node.id for node in whole.nodes if node.kind == "question"}) >= active


def test_every_red_flag_reaches_its_disposition(rulebook) -> None:
    edges = set(graph(rulebook).edges)
    for card in rulebook.red_flags:
        assert Edge(f"card:{card.id}", f"disposition:{card.disposition}", "leads") in edges
        unsure = Edge(f"card:{card.id}", f"disposition:{card.if_unsure}", "if_unsure")
        assert (unsure in edges) == (card.if_unsure != card.disposition)


def test_only_gates_go_backwards(rulebook) -> None:
    whole = graph(rulebook)
    layer = {node.id: node.layer for node in whole.nodes}
    for edge in whole.edges:
        assert layer[edge.source] < layer[edge.target] or edge.kind == "asks", edge


def test_a_card_that_is_not_active_is_left_out(small) -> None:
    retired = small.cards["chest"].model_copy(update={"status": "retired"})
    without = replace(small, cards={**small.cards, "chest": retired})
    whole = graph(without)
    assert "card:chest" not in {node.id for node in whole.nodes}
    with pytest.raises(KeyError):
        around(whole, "chest")


def test_a_class_that_no_rule_reads_is_shown_only_if_asked_for(small) -> None:
    whole = graph(small)
    assert "class:statin" not in {node.id for node in in_use(whole).nodes}
    assert {node.id for node in around(whole, "statin").nodes} == {"class:statin", "item:medicines"}


@pytest.mark.parametrize("name", ["nothing", "", "emergency", "disposition:emergency", "item:chest"])
def test_an_unknown_id_is_a_key_error(small, name) -> None:
    whole = graph(small)
    with pytest.raises(KeyError):
        around(whole, name)


def test_around_a_card(small) -> None:
    part = around(graph(small), "busy")
    assert {node.id for node in part.nodes} == {
        "item:days", "item:nights", "card:sitting", "card:busy", "disposition:self_care",
    }  # fmt: skip
    assert part.centre == ("card:busy",)
    assert next(n for n in part.nodes if n.id == "item:days").answers == (
        "Sitting a lot", "Hard training", "Heat",
    )  # fmt: skip


def test_around_a_question_says_how_much_is_not_shown(small) -> None:
    part = around(graph(small), "kidneys")
    hidden = {node.id: node.hidden for node in part.nodes}
    assert hidden == {
        "item:kidneys": 0, "card:weak_kidneys": 1, "card:magnesium": 2,
        "disposition:emergency": 0, "disposition:soon": 0,
    }  # fmt: skip
    for draw in FORMATS:
        assert re.search(r"\b2 more ways in", draw(part)), draw


def test_what_its_followers_need_besides_is_not_drawn(small) -> None:
    part = around(graph(small), "age")
    assert {"item:pregnant", "card:magnesium"} <= {node.id for node in part.nodes}
    assert {edge.source for edge in part.edges} == {"item:age"}


def test_an_id_that_two_parts_share_means_both(rulebook) -> None:
    whole = graph(rulebook)
    assert around(whole, "thiazide").centre == ("class:thiazide", "card:thiazide")
    assert around(whole, "card:thiazide").centre == ("card:thiazide",)


def test_the_members_of_a_group_are_shown_around_the_group(rulebook) -> None:
    members = {entry.id for entry in rulebook.classes.values() if "diuretic" in entry.in_groups}
    part = around(graph(rulebook), "diuretic")
    assert {node.id for node in part.nodes} >= {f"class:{name}" for name in members}


def test_around_is_a_part_of_the_whole_and_has_all_that_the_card_needs(rulebook) -> None:
    whole = graph(rulebook)
    names = [
        *list(rulebook.cards)[::8],
        "restless_legs",
        "leg_swollen",
        "magnesium_note",
        "ill_adrenal_vomiting",
    ]
    for name in names:
        part = around(whole, f"card:{name}")
        assert set(part.edges) <= set(whole.edges)
        waiting, needed = [name], set()
        while waiting:
            card = waiting.pop()
            needed.add(f"card:{card}")
            for condition, _ in conditions_of(rulebook.cards[card]).values():
                waiting += cards_read(condition)
                items = items_read(condition)
                needed |= {f"item:{i}" for item in items for i in (item, *rulebook.gates.get(item, ()))}
        kept = {node.id for node in part.nodes}
        assert needed <= kept
        assert kept >= {e.target for e in whole.edges if e.source == f"card:{name}"}
        assert ways_in(part, f"card:{name}") == ways_in(whole, f"card:{name}")


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
