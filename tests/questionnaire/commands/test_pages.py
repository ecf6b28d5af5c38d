"""The clinician's page and the sheet to take home, as files: whole, private, never over another."""

import json
import re
import stat
from pathlib import Path

import pytest
from programs.command_line import CALM, SMALL


def test_a_damaged_newest_session_is_named(run, tmp_path: Path) -> None:
    run("ask", "--rules", str(SMALL), stdin="\n0\n50\n")
    (session,) = (tmp_path / "data").rglob("*.json")
    (session.parent / "20991122-0950-aaaa.json").write_text("{")
    assert "20991122-0950-aaaa" in run("summary", "--rules", str(SMALL)).stderr


@pytest.mark.parametrize("style", ["html", "pdf", "json", "md", "text", "fhir"])
def test_the_page_in_every_format_is_whole_private_and_not_overwritten(
    run, answers, tmp_path, style
) -> None:
    name = answers(CALM)
    made = run("summary", name, "--rules", str(SMALL), "--format", style, "-o", "page.out")
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    page = tmp_path / "page.out"
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    before = page.read_bytes()
    again = run("summary", name, "--rules", str(SMALL), "--format", style, "-o", "page.out")
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert page.read_bytes() == before
    forced = run("summary", name, "--rules", str(SMALL), "--format", style, "-o", "page.out", "--force")
    assert forced.returncode == 0
    assert page.read_bytes() == before  # the same input, the same bytes


@pytest.mark.parametrize("style", ["html", "pdf", "text"])
def test_the_sheet_to_take_home_is_whole_private_and_not_overwritten(run, answers, tmp_path, style) -> None:
    arguments = ("takehome", answers(CALM), "--rules", str(SMALL), "--format", style, "-o", "sheet.out")
    made = run(*arguments)
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    sheet = tmp_path / "sheet.out"
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    before = sheet.read_bytes()
    again = run(*arguments)
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert sheet.read_bytes() == before
    assert run(*arguments, "--force").returncode == 0
    assert sheet.read_bytes() == before  # the same input, the same bytes


def test_the_sheet_has_the_numbers_that_were_set(run, tmp_path) -> None:
    answers = {"format": "legcramp-answers/1", "answers": {"age": 50, "emergency_legs": ["cold_foot"]}}
    (tmp_path / "a.json").write_text(json.dumps(answers))
    assert "emergency number (15)" in run("takehome", "a.json", "--emergency-number", "15").stdout


def test_what_is_private_is_not_in_the_data_of_the_page_either(run, tmp_path: Path) -> None:
    answers = {
        "emergency_head": [],
        "emergency_legs": [],
        "emergency_other": [],
        "age": 50,
        "mood": "thoughts",
        "effect": "spoils_many",
        "days": ["stress", "smoke"],
    }
    (tmp_path / "a.json").write_text(json.dumps({"format": "legcramp-answers/1", "answers": answers}))
    whole = run("assess", "a.json", "--format", "json").stdout
    assert json.loads(whole)["answers"]["mood"] == "thoughts"
    page = run("summary", "a.json", "--format", "json").stdout
    told = json.loads(page)
    assert "mood" not in told["answers"]
    assert told["answers"]["days"] == ["smoke"]
    for word in ("thoughts", "stress", "suicid", "ending"):  # but “ascending” may be there
        assert not re.search(rf"\b{word}", page.casefold()), word
    assert told["disposition"]["code"] == json.loads(whole)["disposition"]["code"]
