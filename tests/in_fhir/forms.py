"""Strangers' software for forms: where it is, and how it is asked.

LEGCRAMP_FORMS names a folder with ``node_modules/fhirpath`` and ``node_modules/lforms`` (CI fetches both,
see .ci/run).
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from pages.chromium import BROWSER, FLAGS

from triage.fhir.form.form_page import PARTS

FORMS = os.environ.get("LEGCRAMP_FORMS", "")
NODE = shutil.which("node")
TESTS = Path(__file__).resolve().parents[1]

needs_fhirpath = pytest.mark.skipif(
    not NODE or not (Path(FORMS) / "node_modules" / "fhirpath").is_dir() or not FORMS,
    reason="there is no Node.js, or LEGCRAMP_FORMS names no folder with the package fhirpath",
)


needs_node = pytest.mark.skipif(not NODE, reason="there is no Node.js")
STRANGERS, OURS = "the package fhirpath", "our page"
ENGINES = (pytest.param(STRANGERS, marks=needs_fhirpath), pytest.param(OURS, marks=needs_node))


def evaluate(
    engine: str,
    variables: Mapping[str, str],
    expressions: Sequence[str],
    resources: Sequence[Mapping[str, Any]],
) -> list[list[bool]]:
    """What the expressions are for each resource, as one of the ``ENGINES`` has it."""
    given = {"variables": list(variables.items()), "expressions": expressions, "resources": resources}
    where = Path(FORMS).resolve() if engine == STRANGERS else PARTS / "fhirpath.js"
    assert NODE
    done = subprocess.run(
        [NODE, str(TESTS / "triage" / "fhir" / "form" / "evaluate.mjs"), str(where)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert not done.returncode, done.stderr[-2000:]
    rows: list[list[bool]] = json.loads(done.stdout)
    return rows


def items_of(form: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every item of a Questionnaire, those nested in others too."""
    for item in form.get("item", ()):
        yield item
        yield from items_of(item)


def extensions(part: Mapping[str, Any], ending: str) -> list[Mapping[str, Any]]:
    """The extensions of a part whose address ends so."""
    return [one for one in part.get("extension", ()) if one["url"].endswith(ending)]


needs_lhc_forms = pytest.mark.skipif(
    not BROWSER or not FORMS or not (Path(FORMS) / "node_modules" / "lforms").is_dir(),
    reason="there is no Chromium, or LEGCRAMP_FORMS names no folder with the package lforms",
)


def lhc_page(name: str, given: object, folder: Path) -> Path:
    """A page with LHC-Forms on it, for what is given."""
    page = (TESTS / "triage" / "fhir" / "form" / name).read_text(encoding="utf-8")
    base = (Path(FORMS) / "node_modules" / "lforms" / "dist" / "lforms").resolve().as_uri()
    file = folder / "page.html"
    text = page.replace("BASE", base).replace("GIVEN", json.dumps(given).replace("<", "\\u003c"))
    file.write_text(text, encoding="utf-8")
    return file


def in_lhc_forms(
    questionnaire: Mapping[str, Any], responses: Sequence[Mapping[str, Any] | None], folder: Path
) -> list[dict[str, Any]]:
    """What LHC-Forms shows of each response, in a real browser, and what it exports of it."""
    file = lhc_page("lhc_forms.html", {"questionnaire": questionnaire, "responses": responses}, folder)
    assert BROWSER
    flags = (
        *FLAGS,
        "--allow-file-access-from-files",
        "--virtual-time-budget=600000",
        f"--user-data-dir={folder / 'profile'}",
    )
    done = subprocess.run(
        [BROWSER, *flags, "--dump-dom", file.as_uri()], capture_output=True, text=True, timeout=900
    )
    said = re.search(r'<pre id="said">(.*?)</pre>', done.stdout, re.DOTALL)
    assert said, done.stderr[-1000:]
    result = json.loads(html.unescape(said[1]))
    assert result["errors"] == []
    found: list[dict[str, Any]] = result["found"]
    return found
