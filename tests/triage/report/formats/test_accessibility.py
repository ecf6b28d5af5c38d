"""The HTML pages in a real browser: axe-core finds no violation, light and dark; one sheet in print.

Needs Chromium and axe-core (tests/pages/chromium.py).
"""

import html
import io
import json
import re
import subprocess
from pathlib import Path

import pytest
from interviews.plainly import PlainReasoner
from pages.chromium import AXE, BROWSER, FLAGS, needs_axe, needs_browser
from pypdf import PdfReader

from triage.engine.assess import assess_with
from triage.report.clinician.page import clinician_document
from triage.report.formats.html import render_html
from triage.report.person import person_document
from triage.report.take_home import take_home_document
from triage.workbench.examples import TODAY, interviewed

RUN = """window.addEventListener('load', () => axe.run(document, {resultTypes: ['violations']}).then(r => {
  const p = document.createElement('pre'); p.id = 'axe-result';
  p.textContent = JSON.stringify({passes: r.passes.length, violations: r.violations.map(v => v.id + ': ' + v.help)});
  document.body.appendChild(p); }))"""


def chromium(folder: Path, *arguments: str) -> str:
    assert BROWSER
    flags = (*FLAGS, f"--user-data-dir={folder / 'profile'}")
    done = subprocess.run([BROWSER, *flags, *arguments], capture_output=True, text=True, timeout=120)
    return done.stdout


@pytest.fixture(scope="module")
def pages(rulebook, responses) -> dict[str, str]:
    reasoner = PlainReasoner(rulebook, TODAY)
    made = {}
    for name, given in {
        "typical": {"age": 67, "medicines": [{"name": "indapamide", "started": "recent"}]},
        "restless": {"age": 44, "feel": ["urge_to_move"], "rls_signs": ["rest"]},
        "today": {"age": 50, "today_leg": ["leg_swollen"]},
        "emergency": {"emergency_legs": ["cold_foot"]},
    }.items():
        response, _ = interviewed(reasoner, responses(rulebook, **given))
        words = responses(rulebook, own_words="<b>It knots</b> & holds שלום 🦵")
        response = response.with_answer("own_words", words.get("own_words"))
        result = assess_with(reasoner, response)
        made[f"{name} clinician"] = render_html(clinician_document(result, rulebook))
        made[f"{name} person"] = render_html(person_document(result, rulebook))
        made[f"{name} sheet"] = render_html(take_home_document(result, rulebook))
    return made


@needs_browser
@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(pages, tmp_path: Path, scheme: str) -> None:
    axe = Path(AXE).read_text(encoding="utf-8")
    dark = ("--blink-settings=preferredColorScheme=0",) if scheme == "dark" else ()
    for name, page in pages.items():
        open_page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
        tested = open_page.replace("</body>", f"<script>{axe}</script><script>{RUN}</script></body>")
        file = tmp_path / "page.html"
        file.write_text(tested, encoding="utf-8")
        shown = chromium(tmp_path, *dark, "--virtual-time-budget=10000", "--dump-dom", file.as_uri())
        found = re.search(r'<pre id="axe-result">(.*?)</pre>', shown, re.DOTALL)
        assert found, shown[-500:]
        result = json.loads(html.unescape(found[1]))
        assert result["passes"] > 10  # it did run
        assert (name, result["violations"]) == (name, [])


@needs_browser
def test_what_should_be_one_sheet_prints_on_one(pages, tmp_path: Path) -> None:
    for name, page in pages.items():
        if not name.endswith("person"):
            file, printed = tmp_path / "page.html", tmp_path / "page.pdf"
            file.write_text(page, encoding="utf-8")
            chromium(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={printed}", file.as_uri())
            assert (name, len(PdfReader(io.BytesIO(printed.read_bytes())).pages)) == (name, 1)


@needs_browser
def test_nothing_is_wider_than_a_phone(pages, tmp_path: Path) -> None:
    for name, page in pages.items():
        frame = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
        inner = tmp_path / "inner.html"
        inner.write_text(frame, encoding="utf-8")
        outer = tmp_path / "outer.html"
        outer.write_text(
            f'<iframe id="f" src="{inner.as_uri()}" style="width:320px;height:800px;border:0"></iframe>'
            "<script>window.addEventListener('load', () => setTimeout(() => { const d = document.getElementById('f')"
            ".contentDocument; document.body.dataset.w = d ? d.documentElement.scrollWidth : 0 }, 200))</script>"
        )
        shown = chromium(
            tmp_path,
            "--allow-file-access-from-files",
            "--virtual-time-budget=5000",
            "--dump-dom",
            outer.as_uri(),
        )
        width = re.search(r'data-w="(\d+)"', shown)
        assert width, shown[-300:]
        assert (name, 0 < int(width[1]) <= 320) == (name, True)
