"""`legcramp form`: filled in by hand as a clinic's tablet would be, saved, and assessed."""

import datetime
import json
import os
import stat
from pathlib import Path

import pytest
from in_fhir.form_filling import FILE, fill, save, visible
from interviews.plainly import PlainReasoner
from pages.chromium import chromium, needs_browser
from programs.command_line import legcramp

from questionnaire.rendering import render
from triage.engine.assess import assess_with
from triage.workbench.examples import interviewed

TODAY = datetime.date(2026, 11, 22)


VIGNETTES = {
    "a woman of 82 with one swollen calf": (
        {"age": 82, "sex": "female", "today_leg": ["leg_swollen"]},
        "same_day",
    ),
    "a man of 58 with two short calf cramps a week at night": (
        {"age": 58, "sex": "male", "how_often": "one_two_nights"},
        "self_care",
    ),
    "a woman of 68 on a statin and amlodipine": (
        {
            "age": 68,
            "sex": "female",
            "began": "longer",
            "medicines": [
                {"name": "atorvastatin", "started": "long_ago"},
                {"name": "amlodipine", "started": "long_ago"},
            ],
        },
        "self_care",
    ),
    "one cold pale foot": ({"age": 70, "emergency_legs": ["cold_foot"]}, "emergency"),
    "not sure whether a foot is cold": ({"age": 70, "emergency_legs": ["cold_foot?"]}, "same_day"),
}


@pytest.fixture(scope="module")
def form(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("form")
    done = legcramp(folder, "form", "-o", "form.html")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return folder / "form.html"


@needs_browser
@pytest.mark.parametrize("name", VIGNETTES)
def test_a_form_filled_by_hand_leads_where_the_interview_does(
    form: Path, rulebook, responses, tmp_path: Path, name: str
) -> None:
    """Whoever answers the page, has every question that the interview asks, and gets the same result."""
    given, level = VIGNETTES[name]
    reasoner = PlainReasoner(rulebook, TODAY)
    told, _ = interviewed(reasoner, responses(rulebook, about="self", **given))
    with chromium(tmp_path) as page:
        page.resize(820, 1180)
        page.open(form)
        fill(page, rulebook, told)
        at_once = visible(page, [f"now-{card.id}" for card in rulebook.red_flags])
        (tmp_path / FILE).write_bytes(save(page))
        assert page.complaints == []
        # "data:" is what the browser draws its own calendar sign from.
        assert {one for one in page.requests if not one.startswith(("blob:", "data:"))} == {form.as_uri()}
    assert bool(at_once) == (level == "emergency")
    done = legcramp(tmp_path, "assess", FILE, "--today", str(TODAY), "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    result = json.loads(done.stdout)
    assert result["disposition"]["code"] == level
    theirs = render(assess_with(reasoner, told), rulebook, "json", page=False, paper="a4")
    assert result == json.loads(theirs)


@needs_browser
def test_the_result_goes_to_the_clinic_as_a_document(
    form: Path, rulebook, responses, tmp_path: Path
) -> None:
    strangers = pytest.importorskip("fhir.resources.R4B", reason="fhir.resources is not installed")
    given, level = VIGNETTES["a woman of 82 with one swollen calf"]
    with chromium(tmp_path) as page:
        page.open(form)
        fill(page, rulebook, responses(rulebook, about="self", **given))
        (tmp_path / FILE).write_bytes(save(page))
    done = legcramp(tmp_path, "assess", FILE, "--format", "fhir", "-o", "result.json")
    assert (done.returncode, done.stderr) == (0, "")
    bundle = (tmp_path / "result.json").read_text(encoding="utf-8")
    parsed = strangers.get_fhir_model_class("Bundle").model_validate_json(bundle)
    assert parsed.entry[0].resource.get_resource_type() == "Composition"
    assert f'"{level}"' in bundle


def test_the_page_is_written_whole_private_and_never_over_another(form: Path) -> None:
    assert stat.S_IMODE(form.stat().st_mode) == 0o600
    made = form.read_text(encoding="utf-8")
    assert made.startswith("<!DOCTYPE html>")
    assert made.endswith("</html>\n")
    again = legcramp(form.parent, "form", "-o", "form.html")
    assert (again.returncode, "exists already" in again.stderr) == (2, True)
    assert form.read_text(encoding="utf-8") == made == legcramp(form.parent, "form").stdout


@pytest.mark.parametrize(
    ("out", "words"),
    [
        ("nowhere/form.html", "cannot be written"),
        ("folder", "is a folder"),
        ("locked/form.html", "cannot be written"),
        ("old.html", "write-protected"),
    ],
)
def test_where_it_cannot_be_written_is_said_once(tmp_path: Path, out: str, words: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "locked").mkdir(mode=0o500)
    (tmp_path / "old.html").write_text("old")
    (tmp_path / "old.html").chmod(0o400)
    if out.startswith("locked") and os.access(tmp_path / "locked", os.W_OK):
        pytest.skip("this user may write everywhere")
    done = legcramp(tmp_path, "form", "-o", out, "--force")
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert (tmp_path / "old.html").read_text() == "old"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["folder", "locked", "old.html"]


def test_wrong_use_is_said(tmp_path: Path) -> None:
    for wrong in (("--for", "cat"), ("--emergency-number", "call me"), ("--rules", "nowhere")):
        done = legcramp(tmp_path, "form", "-o", "form.html", *wrong)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr
        assert list(tmp_path.iterdir()) == []
