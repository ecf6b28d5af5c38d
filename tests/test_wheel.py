"""The thing that ships: the wheel holds the rules, and works from any folder."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    script = f"from hatchling.build import build_wheel; print(build_wheel({str(out)!r}))"
    name = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()[-1]
    return out / name


def test_contents(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = [p.relative_to(ROOT).as_posix() for p in (ROOT / "rules").rglob("*.yaml")]
    assert set(tracked) <= names
    assert {"triage/engine/assess.py", "questionnaire/__main__.py", "rules/README.md"} <= names
    assert "triage/workbench/authoring/problems.yaml" in names
    parts = [
        p.relative_to(ROOT).as_posix() for p in (ROOT / "triage" / "fhir" / "form" / "form_parts").iterdir()
    ]
    assert len(parts) > 5
    assert set(parts) <= names
    assert {name.split("/")[0].split("-")[0] for name in names} == {
        "legcramp",
        "questionnaire",
        "rules",
        "triage",
    }


def test_it_runs_from_another_folder_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    answers = '{"format": "legcramp-answers/1", "answers": {"emergency_legs": ["cold_foot"]}}'
    for style, begins in (("text", b"YOUR RESULT"), ("html", b"<!DOCTYPE html>"), ("pdf", b"%PDF-")):
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "questionnaire",
                "assess",
                "-",
                "--today",
                "2026-11-22",
                "--format",
                style,
            ],
            cwd=elsewhere,
            env={**os.environ, "PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"},
            input=answers.encode(),
            capture_output=True,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(begins)
        assert style == "pdf" or b"EMERGENCY" in done.stdout.upper()


def test_it_checks_the_rules_of_a_checkout_not_its_own(wheel: Path, tmp_path: Path) -> None:
    site, checkout = tmp_path / "site", tmp_path / "checkout"
    zipfile.ZipFile(wheel).extractall(site)
    shutil.copytree(ROOT / "rules", checkout / "rules")
    (checkout / "rules" / "red_flags" / "leg_swollen.yaml").write_text("id: leg_swollen\n")
    done = subprocess.run(
        [sys.executable, "-m", "questionnaire", "rules", "check"],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[0] == f"Rules: {checkout / 'rules'}"
    assert "red_flags/leg_swollen.yaml" in done.stderr
