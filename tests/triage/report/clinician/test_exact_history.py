"""What was told and denied stands exactly on the clinician's page: onset, illnesses, kidneys, signs by system."""

from __future__ import annotations

import re

import pytest
from pages.parts import contributors, rows

from triage.engine.assess import assess_with
from triage.rulebook.rulebook import Rulebook


def test_an_onset_that_was_not_asked_is_said_not_to_have_been(page) -> None:
    urgent = page(today_leg=["leg_swollen"], began=None)
    assert rows(urgent)["Onset / trend"].startswith("onset: not asked")


def test_wells_items_say_what_was_not_asked(page) -> None:
    said = rows(page(today_leg=["leg_swollen"], lately=None, conditions=["clot"]))["Wells items"]
    assert said == (
        "present: New unilateral leg/calf/thigh/foot swelling, Previous venous thromboembolism; "
        "denied: Cancer treatment ≤6 months; not asked: Surgery, cast or bed rest ≥3 d (≤12 wk); "
        "self-reported, not measured; no score"
    )
    assert "Wells items" not in rows(page(today_leg=[]))
    pregnant = {"sex": "female", "age": 30, "pregnancy": "over_20"}  # for whom the items are not made
    assert "Wells items" not in rows(page(**pregnant, today_leg=["leg_swollen"]))


def test_every_line_that_can_be_denied_has_a_system(rulebook: Rulebook) -> None:
    placed = {
        (item, code)
        for group in rulebook.frame.denials
        for item, codes in group.lines.items()
        for code in codes
    }
    for item in rulebook.items.values():
        for option in item.options:
            assert option.private or not option.clinical_no or (item.id, option.code) in placed, option.code


def test_what_is_denied_beside_a_swollen_leg_is_said_exactly(page) -> None:
    told = rows(page(today_leg=["leg_swollen"]))
    assert "bilateral ankle oedema" in told["Vascular"]
    assert "post-exertional muscle swelling" in told["Trauma, muscle"]
    assert "unilateral leg swelling" not in told["Vascular"]


def test_illnesses_that_were_denied_are_denied_by_name(page) -> None:
    told = rows(page(conditions=["high_bp"]))
    assert told["Conditions"].startswith("Hypertension;")
    for word in ("arterial disease/stroke/AF", "diabetes", "heart failure", "cancer"):
        assert word in told["No history of"]
    assert "hypertension" not in told["No history of"]
    assert "diabetes" not in rows(page(conditions=["diabetes?"]))["No history of"]
    assert "No history of" not in rows(page(conditions="unsure"))


@pytest.mark.parametrize(
    ("arteries", "said"),
    [
        (None, "Arterial disease, stroke or AF (which: not asked)"),
        ([], "Arterial disease, stroke or AF (which: none of those asked)"),
        ("unsure", "Arterial disease, stroke or AF (which: not sure)"),
        (["af?"], "Arterial disease, stroke or AF (which: not sure, perhaps AF)"),
        (["af"], "AF;"),
        (["leg_arteries", "heart_arteries"], "PAD, IHD;"),
        (["stroke", "aneurysm?"], "stroke/TIA, aneurysm (not sure);"),
    ],
)
def test_of_several_illnesses_in_one_line_the_page_names_what_was_told(page, arteries, said) -> None:
    told = rows(page(conditions=["artery_af_stroke"], arteries=arteries))["Conditions"]
    assert told.startswith(said)
    behind = contributors(page(conditions=["artery_af_stroke"], arteries=arteries))
    words = [answers for answers, links in behind.items() if "claudication possible" in links]
    if arteries in (["af"], ["af?"], None):  # an uneven heartbeat alone is no narrowed artery
        assert words == []
    else:
        (only,) = words
        assert only.startswith(said.rstrip(";"))


def test_an_uneven_heartbeat_alone_does_not_keep_warmth_away(reasoner, rulebook, responses) -> None:
    """It is no poor blood flow. What may be one of the arteries is: then warmth could burn."""
    usual = {item.id: item.usual for item in rulebook.items.values() if item.usual is not None}
    for arteries, offered in (
        (["af"], True),
        (["af?"], False),
        (["af", "stroke"], False),
        ("unsure", False),
    ):
        told = usual | {"conditions": ["artery_af_stroke"], "arteries": arteries}
        result = assess_with(reasoner, responses(rulebook, **told))
        assert ("warmth" in {given.id for given in result.advice}) is offered, arteries
        assert ("warmth" in {held.id for held in result.withheld}) is not offered


def test_what_is_named_changes_no_result(reasoner, rulebook, responses) -> None:
    """Cards read the general line: to name one of them, none, or to be unsure makes nobody calmer."""
    for answers in ({"today_nerves": ["numb_foot"]}, {"today_leg": ["constant_pain"]}, {}):
        levels = {
            reasoner.step(
                responses(rulebook, age=70, conditions=["artery_af_stroke"], **answers, **named)
            ).level
            for named in ({}, {"arteries": []}, {"arteries": "unsure"}, {"arteries": ["af"]})
        }
        assert len(levels) == 1


@pytest.mark.parametrize(
    ("who", "denied"),
    [
        ({"age": 45, "sex": "male"}, True),
        ({"age": 45, "sex": "declined"}, False),
        ({"age": 9, "about": "child", "sex": None}, False),  # whose sex is not asked
        ({"age": 45, "sex": "female"}, False),
    ],
)
def test_nobody_denies_what_they_may_not_have(page, who, denied) -> None:
    assert ("testicular pain" in rows(page(**who)).get("Other", "")) is denied


def test_what_was_told_in_other_words_is_not_denied(page) -> None:
    """A numb leg beside “foot numbness” among the denials reads like a contradiction."""
    numb = page(today_nerves=["numb_foot"], conditions=["artery_af_stroke"], arteries=["af"])
    assert "numb" not in rows(numb)["Neurological"].replace("numb leg", "")
    weak = page(conditions=["kidney_trouble"], kidneys="weak", salt_signs=["truly_weaker"], strength=[])
    assert "loss of power" in rows(weak)["Positive"]
    denied = " ".join(
        said for row, said in rows(weak).items() if row in ("Neurological", "Metabolic", "Other")
    )
    assert not re.search("loss of power|gradual weakness|leg weakness", denied)
    assert "too weak to stand" in denied  # which says how bad it is
    well = " ".join(f"{row} {said}" for row, said in rows(page()).items())
    assert re.search("foot numbness", well)
    assert re.search("leg weakness", well)


def test_who_never_had_a_cancer_had_no_treatment_of_one(page) -> None:
    told = rows(page(today_leg=["leg_swollen"], lately=None))["Wells items"]
    assert "Cancer treatment" in told.partition("denied:")[2].partition("not asked:")[0]
    had = rows(page(today_leg=["leg_swollen"], conditions=["cancer"], lately=None))["Wells items"]
    assert "Cancer treatment" in had.partition("not asked:")[2]


def test_kidneys_that_are_not_known_are_named_so(page) -> None:
    assert (
        rows(page(conditions=["high_bp"], kidneys="unsure"))["Conditions"]
        == "Hypertension; kidneys: not sure"
    )


@pytest.mark.parametrize(
    ("answers", "row", "said"),
    [
        ({"conditions": ["kidney_trouble"], "kidneys": "weak"}, "Kidneys", "CKD"),
        ({"conditions": ["kidney_trouble", "high_bp"], "kidneys": "dialysis"}, "Conditions", "Hypertension; Dialysis"),
        ({"age": 70, "kidneys": "normal_test"}, "Kidneys", "Renal function reported normal ≤12 months"),
    ],
)  # fmt: skip
def test_the_kidneys_are_told_once(page, answers, row, said) -> None:
    told = rows(page(**{"age": 50, **answers}))
    assert told[row] == said
    assert "Kidney disease" not in told.get("Conditions", "")


def test_kidneys_that_nobody_asked_about_were_denied_by_name(page) -> None:
    told = rows(page(age=50, kidneys=None))
    assert "Kidneys" not in told
    assert "kidney disease" in told["No history of"]
