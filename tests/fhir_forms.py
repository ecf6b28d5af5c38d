"""Strangers' software for forms: where it is, and how it is asked.

LEGCRAMP_FORMS names a folder with ``node_modules/fhirpath`` and ``node_modules/lforms`` (CI fetches both,
see .ci/run).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

FORMS = os.environ.get("LEGCRAMP_FORMS", "")
NODE = shutil.which("node")
HERE = Path(__file__).resolve().parent

needs_fhirpath = pytest.mark.skipif(
    not NODE or not (Path(FORMS) / "node_modules" / "fhirpath").is_dir() or not FORMS,
    reason="there is no Node.js, or LEGCRAMP_FORMS names no folder with the package fhirpath",
)


def evaluate(
    variables: Mapping[str, str], expressions: Sequence[str], resources: Sequence[Mapping[str, Any]]
) -> list[list[bool]]:
    """What the expressions are for each resource, as the package fhirpath has it."""
    given = {"variables": list(variables.items()), "expressions": expressions, "resources": resources}
    assert NODE
    done = subprocess.run(
        [NODE, str(HERE / "triage" / "fhir" / "evaluate.mjs"), str(Path(FORMS).resolve())],
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
