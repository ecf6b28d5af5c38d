"""Hostile words stay words in every drawing of a graph, and its script runs under its own policy."""

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from html.parser import HTMLParser

import pytest
from pages.graphs import SVG, hostile, placed

from triage.text import printable
from triage.workbench.graph.html import as_html_graph
from triage.workbench.graph.part import in_use
from triage.workbench.graph.reading import graph
from triage.workbench.graph.svg import as_svg
from triage.workbench.graph.text import as_dot, as_mermaid

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")


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
