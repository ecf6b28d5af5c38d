"""The clinician's page says nothing that was not so: told, asked, denied, and what came first."""

from __future__ import annotations

import pytest
from pages.parts import rows
from people.overlays import NO_EMERGENCY, NOT_TODAY

from triage.engine.assess import assess_with
from triage.engine.assessment import Negative
from triage.report.clinician.denials import denied
from triage.report.clinician.page import clinician_document
from triage.report.formats.json import as_data
from triage.report.formats.text import render_text
from triage.report.person import person_document
from triage.rulebook.frame import Denial, Window
from triage.rulebook.rulebook import Rulebook


@pytest.fixture(scope="module")
def assessed(rulebook, reasoner, responses):
    usual = {item.id: item.usual for item in rulebook.items.values() if item.usual is not None}
    return lambda **answers: assess_with(reasoner, responses(rulebook, **{**usual, **answers}))


def page(result, rulebook, **how) -> str:
    return " ".join(render_text(clinician_document(result, rulebook, **how)).split())


def test_the_safety_net_was_given_only_if_it_was_shown(rulebook, reasoner, responses, assessed) -> None:
    calm = assessed()
    assert "Safety-net given" in page(calm, rulebook, told=True)
    assert "Safety-net given" not in page(calm, rulebook)
    half = assess_with(reasoner, responses(rulebook, age=50))
    assert "Safety-net given" not in page(half, rulebook, told=True)
    urgent = assessed(emergency_head=["chest_pain"])  # that page has no safety-net
    assert "Safety-net given" not in page(urgent, rulebook, told=True)
    assert "The person was shown what to do until seen." in page(urgent, rulebook, told=True)


def test_a_lesser_doubt_beside_a_private_matter_is_told_as_a_doubt(rulebook, assessed) -> None:
    """The lesser red flags stand there too, but as they were answered."""
    told = page(assessed(effect="spoils_many", mood="thoughts", today_leg=["leg_swollen?"]), rulebook)
    reasons = told.partition("Because: ")[2].partition("Not known: ")[0]
    assert "please ask alone" in reasons
    assert "NOT SURE: New unilateral leg" in reasons
    assert reasons.count("New unilateral leg") == 1


def test_asked_and_skipped_is_not_the_same_as_not_asked(rulebook, assessed) -> None:
    assert "Allergies: not asked." in page(assessed(), rulebook)
    assert "Allergies: not answered." in page(assessed(allergies="declined"), rulebook)
    told = page(assessed(allergies="Penicillin, a rash"), rulebook)
    assert "Allergies: “Penicillin, a rash”" in told
    assert "Allergies: not" not in told


@pytest.mark.parametrize(
    ("began", "trend", "started", "counted"),
    [
        ("longer", "same", "2026-10", False), ("longer", "better", "recent", False),
        ("longer", "worse", "2026-10", True), ("longer", "unsure", "2026-10", True),
        ("two_weeks", None, "recent", True), ("longer", "same", "2019", True),
    ],
)  # fmt: skip
def test_a_medicine_that_came_after_the_cramps_is_no_contributor(
    rulebook, assessed, began, trend, started, counted
) -> None:
    """Unless they got worse since, or may have: then it may be what made them so."""
    answers = {"age": 67, "began": began, "medicines": [{"name": "indapamide", "started": started}]}
    result = assessed(**answers, **({"trend": trend} if trend else {}))
    clinician = page(result, rulebook)
    behind = clinician.partition("POSSIBLE CONTRIBUTORS")[2]
    assert ("Takes indapamide" in behind) is counted
    assert ("Could indapamide" in clinician) is (
        counted and result.disposition.code not in ("emergency", "same_day")
    )
    assert (
        "Water tablet of the thiazide kind" in render_text(person_document(result, rulebook))
    ) is counted
    assert ("thiazide" in {factor["id"] for factor in as_data(result)["factors"]}) is counted


def test_another_reason_still_counts(rulebook, assessed) -> None:
    """Weak kidneys, and one old medicine of two: only what is younger is left out."""
    result = assessed(
        age=67, began="longer", trend="same",
        medicines=[{"name": "indapamide", "started": "2026-10"}, {"name": "bendroflumethiazide", "started": "2019"}],
    )  # fmt: skip
    assert "thiazide" in {factor.id for factor in result.factors}


def test_a_denial_says_the_time_that_was_asked(rulebook, assessed) -> None:
    """Who fainted last week does not deny it for ever; and a time does not run on over what had none."""
    told = rows(clinician_document(assessed(), rulebook))
    assert told["Vascular"].startswith("[≤48 h: unilateral leg swelling")
    recent, _, always = told["Vascular"].partition("]")
    assert "syncope" in recent
    assert "leg pain on walking" in always
    assert "[≤7 d: FAST signs]" in told["Neurological"]
    assert "[began ≤2 wk: saddle/sphincter change]" in told["Neurological"]


def test_every_line_of_the_first_two_screens_has_a_time(rulebook: Rulebook) -> None:
    for item in (*NO_EMERGENCY, *NOT_TODAY):
        for option in rulebook.items[item].options:
            negative = Negative(item, option.code, option.text, option.clinical_no)
            ((said,),) = denied([negative], (), rulebook.frame.windows).values()
            assert said.startswith("["), option.code
            assert said.endswith("]"), option.code


def test_a_time_encloses_what_it_is_about() -> None:
    negatives = [Negative("a", "x", "X", "x"), Negative("a", "y", "Y", "y"), Negative("b", "z", "Z", "z")]
    windows = [Window(text="≤7 d", lines={"a": ("y",)}), Window(text="≤48 h", items=("a",))]
    assert denied(negatives, (), windows) == {"other": ["[≤48 h: x]", "[≤7 d: y]", "z"]}
    groups = [Denial(system="trauma", text="both", lines={"a": ("x",), "b": ("z",)})]
    assert denied(negatives, groups, ()) == {"trauma": ["both"], "other": ["y"]}
    assert denied(negatives[1:], groups, ()) == {"trauma": ["z"], "other": ["y"]}
    without = [Denial(system="vascular", lines={"a": ("x", "y")})]
    assert denied(negatives, without, ()) == {"vascular": ["x", "y"], "other": ["z"]}


def test_what_was_denied_twice_is_said_once() -> None:
    negatives = [Negative("a", "x", "X", "polyuria"), Negative("b", "x", "X", "polyuria")]
    assert denied(negatives, (), ()) == {"other": ["polyuria"]}
