"""The graph of the rules as one HTML page: the drawing, a search, and what leads to and from each box.

Nothing is fetched, and only the script below may run. Without it the page is still the picture.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape

from triage.text import printable
from triage.workbench.graph.model import Graph
from triage.workbench.graph.svg import as_svg

_STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --rule: #767676; --soft: #f3f3f1; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececec; --paper: #161616; --rule: #9a9a9a; --soft: #242424; } }
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; background: var(--paper); color: var(--ink);
  font: 1rem/1.4 system-ui, sans-serif; }
form { display: flex; flex-wrap: wrap; gap: .3rem .8rem; align-items: center; padding: .5rem .8rem;
  border-bottom: 1px solid var(--rule); }
[hidden] { display: none !important; }
input { font: inherit; flex: 0 1 22rem; padding: .2rem .4rem; }
main { flex: 1; min-height: 0; display: flex; }
#picture { flex: 1; min-width: 0; overflow: auto; }
#picture svg { display: block; }
#told { flex: 0 0 22rem; max-width: 45%; overflow: auto; padding: .6rem .8rem; overflow-wrap: anywhere;
  border-left: 1px solid var(--rule); background: var(--soft); }
h1 { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }
h2 { font-size: 1.05rem; margin: 0 0 .4rem; } h3 { font-size: 1rem; margin: .8rem 0 .2rem; }
ul { list-style: none; margin: 0; padding: 0; } li { margin: .35rem 0; } small { display: block; }
#told button { font: inherit; text-align: left; color: inherit; background: var(--paper); cursor: pointer;
  border: 1px solid var(--rule); border-radius: .3rem; padding: .2rem .5rem; width: 100%; }
:focus-visible { outline: 3px solid #1a73e8; outline-offset: 1px; }
.node { cursor: pointer; }
.legend .node { cursor: auto; }
.graph .node:focus { outline: none; }
.graph .node:focus .box, .graph .picked .box { stroke-width: 4; }
.graph.lit .node[data-id]:not(.on) { opacity: .2; }
.graph.lit > .edge { opacity: .06; }
svg.graph.lit > .edge.on { opacity: 1; stroke-opacity: 1; stroke-width: 2; }
@media print {
  form, #told { display: none; } body, main { display: block; } #picture { overflow: visible; } }
"""
_SCRIPT = """
"use strict";
const graph = document.querySelector("svg.graph"), told = document.getElementById("told");
const form = document.querySelector("form"), sought = form.querySelector("input");
const count = form.querySelector("output");
const nodes = new Map(), order = [...graph.querySelectorAll(".node[data-id]")];
let picked = null;
function seen(g) {
  return [...g.querySelectorAll("text")].map(text => text.textContent).join(" ");
}
for (const g of order) {
  g.setAttribute("tabindex", "-1");
  g.setAttribute("role", "button");
  g.setAttribute("aria-label", g.dataset.name.split(":")[0] + ": " + seen(g));
  nodes.set(g.dataset.id, { g, into: [], out: [] });
}
for (const path of graph.querySelectorAll(".edge[data-from]")) {
  nodes.get(path.dataset.from).out.push({ path, next: path.dataset.to });
  nodes.get(path.dataset.to).into.push({ path, next: path.dataset.from });
}
function follow(id, way, lit) {  // all boxes and lines that way, at any distance
  const seen = new Set([id]);
  for (const name of seen) {
    lit.add(nodes.get(name).g);
    for (const edge of nodes.get(name)[way]) { lit.add(edge.path); seen.add(edge.next); }
  }
}
function light(id) {
  const lit = new Set();
  if (id) { follow(id, "into", lit); follow(id, "out", lit); }
  graph.classList.toggle("lit", lit.size > 0);
  for (const old of graph.querySelectorAll(".on")) if (!lit.has(old)) old.classList.remove("on");
  for (const part of lit) part.classList.add("on");
}
function add(parent, tag, words) {
  const made = document.createElement(tag);
  made.textContent = words;
  return parent.appendChild(made);
}
function list(heading, rows) {  // rows: id and what is said of it
  add(told, "h3", heading + " (" + rows.length + ")");
  const ul = add(told, "ul", "");
  for (const [id, words] of rows) {
    const li = add(ul, "li", ""), button = add(li, "button", nodes.get(id).g.dataset.name);
    button.type = "button";
    button.onclick = () => go(nodes.get(id).g);
    if (words) add(li, "small", words);
  }
}
function words(edge) {
  const { says, if: answers } = edge.path.dataset;
  if (answers) return says + ": " + answers;
  return edge.path.matches(".reads, .lists") ? "" : says;
}
function clear() {
  const old = picked && nodes.get(picked).g;
  if (old) { old.classList.remove("picked"); old.setAttribute("tabindex", "-1"); }
  picked = null;
  told.hidden = true;
  told.replaceChildren();
  light(null);
}
function pick(id) {
  clear();
  picked = id;
  const { g, into, out } = nodes.get(id);
  g.classList.add("picked");
  g.setAttribute("tabindex", "0");
  told.hidden = false;
  add(told, "h2", g.dataset.name);
  add(told, "p", g.dataset.detail);
  list("Leads to it", into.map(edge => [edge.next, words(edge)]));
  list("Follows from it", out.map(edge => [edge.next, words(edge)]));
  light(id);
  g.scrollIntoView({ block: "center", inline: "center" });
}
function go(g) {
  if (g) { pick(g.dataset.id); g.focus({ preventScroll: true }); }
}
function found() {
  const asked = sought.value.toLowerCase().split(/\\s+/).filter(Boolean);
  if (!asked.length) return [];
  return order.filter(g => {
    const all = [g.dataset.id, g.dataset.name, seen(g)].join(" ").toLowerCase();
    return asked.every(word => all.includes(word));
  });
}
form.hidden = false;
form.onsubmit = event => { event.preventDefault(); go(found()[0]); };
sought.oninput = () => {
  clear();
  const hits = found();
  count.textContent = sought.value.trim() ? hits.length + " found" : "";
  if (!hits.length) return;
  told.hidden = false;
  list("Found", hits.map(g => [g.dataset.id, ""]));
};
const over = event => event.target.closest(".node[data-id]");
graph.onmouseover = event => light(over(event) ? over(event).dataset.id : picked);
graph.onmouseleave = () => light(picked);
graph.onclick = event => { if (over(event)) pick(over(event).dataset.id); else clear(); };
graph.addEventListener("focusin", event => light(event.target.dataset.id));
document.onkeydown = event => {
  if (event.key === "Escape") { form.reset(); count.textContent = ""; clear(); sought.focus(); return; }
  const g = over(event);
  if (!g) return;
  const { into, out } = nodes.get(g.dataset.id), n = order.indexOf(g);
  const along = edges => edges[0] && nodes.get(edges[0].next).g;
  const steps = { ArrowUp: order[n - 1], ArrowDown: order[n + 1], ArrowLeft: along(into),
    ArrowRight: along(out), Enter: g, " ": g };
  if (!(event.key in steps)) return;
  event.preventDefault();
  go(steps[event.key]);
};
"""


def as_html_graph(graph: Graph) -> str:
    """The whole file, ending with a line end. Every text is escaped."""
    digest = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    title = escape(printable(graph.title))
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>{_STYLE}</style>
</head>
<body>
<header>
<h1>{title}</h1>
<form hidden>
<label for="sought">Find a question, medicine or card</label>
<input id="sought" type="search" autocomplete="off">
<output></output>
<span>Enter picks the first. Then the arrow keys move along the lines, Escape goes back.</span>
</form>
</header>
<main>
<div id="picture" role="region" aria-label="The drawing" tabindex="0">
{as_svg(graph)}</div>
<aside id="told" aria-label="What leads to the box and what follows from it" hidden></aside>
</main>
<script>{_SCRIPT}</script>
</body>
</html>
"""
