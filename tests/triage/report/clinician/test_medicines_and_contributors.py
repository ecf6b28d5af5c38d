"""The clinician's page says exactly what is taken, what medicines do together, and what may contribute."""

from __future__ import annotations

import pytest
from pages.parts import banner, contributors, paragraphs, rows

from triage.engine.assess import assess_with
from triage.report.clinician.page import clinician_document


def test_nobody_who_says_none_is_said_to_have_named_none(page) -> None:
    assert "Prescribed: none taken." in paragraphs(page(medicines=[]))
    assert "Prescribed: none taken (carer)." in paragraphs(page(about="child", age=9, medicines=[]))
    assert "Prescribed: not asked." in paragraphs(page(medicines=None))
    assert "Prescribed: not sure." in paragraphs(page(medicines="unsure"))


@pytest.mark.parametrize(("started", "counted"), [("2026-10", False), ("2019", True)])
def test_among_several_reasons_a_medicine_that_came_later_is_not_counted(page, started, counted) -> None:
    """The stomach bug speaks for it as well: that stays."""
    made = page(
        age=67,
        began="longer",
        trend="same",
        today_body=["vomiting_diarrhoea"],
        salt_signs=[],
        medicines=[{"name": "indapamide", "started": started}],
    )
    (behind,) = (b for b, links in contributors(made).items() if "Electrolyte disturbance" in links)
    assert "D&V >24 h" in behind
    assert ("Takes indapamide" in behind) is counted


def test_of_two_medicines_only_the_older_is_a_contributor(page) -> None:
    made = page(
        age=67,
        began="longer",
        trend="same",
        medicines=[
            {"name": "indapamide", "started": "2026-10"},
            {"name": "bendroflumethiazide", "started": "2019"},
        ],
    )
    (behind,) = (b for b, links in contributors(made).items() if "Thiazide" in links)
    assert behind == "Takes bendroflumethiazide"


def test_a_picture_is_no_contributor(page) -> None:
    made = page(age=67)
    assert dict(banner(made))["Picture"] == "Ordinary leg cramps at night (supported)"
    assert contributors(made) == {
        "Sudden painful knotting": "Age ≥60 - night cramps in one third (supported)"
    }


def test_the_age_is_linked_with_cramps_only(page) -> None:
    assert not any(
        "nocturnal cramps" in links for links in contributors(page(age=67, feel=["walking_pain"])).values()
    )


def test_medicines_of_which_the_same_is_to_be_said_share_a_line(page) -> None:
    names = ("bisoprolol", "allopurinol", "atorvastatin")
    made = page(age=67, medicines=[{"name": name, "started": "long_ago"} for name in names])
    (part,) = (part for part in made.sections if part.title == "Medicines")
    assert [text for text, _ in part.blocks[0].entries] == [
        "bisoprolol, allopurinol: for >6 weeks",
        "atorvastatin: for >6 weeks; linked with night cramps (weak link), muscle ache",
    ]


def test_who_was_told_not_to_stop_a_medicine_has_seen_it(rulebook, reasoner, responses) -> None:
    usual = {item.id: item.usual for item in rulebook.items.values() if item.usual is not None}
    given = responses(rulebook, **{**usual, "medicines": [{"name": "atorvastatin", "started": "2019"}]})
    result = assess_with(reasoner, given)
    shown = rows(clinician_document(result, rulebook, told=True))["Medicines"]
    assert shown == "Could atorvastatin contribute? Told to keep taking what was prescribed."
    assert rows(clinician_document(result, rulebook))["Medicines"] == "Could atorvastatin contribute?"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (["ramipril", "spironolactone"], "ramipril + spironolactone: raise potassium"),
        (["indapamide", "sertraline"], "indapamide + sertraline: lower sodium"),
        (["simvastatin", "clarithromycin"], "simvastatin + clarithromycin: more statin muscle harm"),
        (["Zocor", "simvastatin"], None),
        (["ramipril"], None),
        ([], None),
    ],
)
def test_what_medicines_do_together_is_one_line(page, answers, said) -> None:
    text = paragraphs(page(medicines=[{"name": name, "started": "2019"} for name in answers]))
    assert (said in text.partition("Together: ")[2]) if said else ("Together" not in text)


def test_what_was_bought_counts_among_them(page) -> None:
    text = paragraphs(page(medicines=[{"name": "ramipril"}], bought=["potassium", "ibuprofen"]))
    added = text.partition("Together: ")[2]
    assert "ramipril + NSAID (OTC) + Potassium / salt substitute (OTC): raise potassium" in added


def test_what_several_things_have_in_common_stands_once(page) -> None:
    """A loop diuretic is a contributor in two ways: one line."""
    told = contributors(page(age=67, medicines=[{"name": "furosemide", "started": "long_ago"}]))
    assert [behind for behind in told if "furosemide" in behind] == ["Takes furosemide"]
    assert "Loop diuretic" in told["Takes furosemide"]
    assert "Electrolyte" in told["Takes furosemide"]


def test_what_was_bought_is_taken_and_not_told_elsewhere(page) -> None:
    made = page(bought=["quinine"])
    assert dict(banner(made))["Takes"] == "Quinine or daily tonic water, ≤4 weeks"
    assert "Told elsewhere" not in paragraphs(made)
    assert "OTC: Quinine or daily tonic water" in paragraphs(made)


def test_a_line_and_its_closer_list_are_one_reason(page) -> None:
    stroke = contributors(page(conditions=["artery_af_stroke"], arteries=["stroke"]))
    assert [behind for behind in stroke if "stroke" in behind] == ["stroke/TIA"]


def test_what_was_named_is_not_told_again_by_its_line(page) -> None:
    """Ibuprofen and “NSAID (OTC)”, or patches of HRT and “Oestrogen use”, are one medicine; another line stays."""
    named = [{"name": "ibuprofen", "started": "long_ago"}, {"name": "ramipril", "started": "long_ago"}]
    made = page(medicines=named, bought=["ibuprofen", "laxatives"])
    assert dict(banner(made))["Takes"] == "ibuprofen, ramipril, Laxatives"
    text = paragraphs(made)
    assert "ibuprofen + ramipril: raise potassium" in text
    assert "OTC: Laxatives, NSAID (OTC)" in text  # that it was bought is told once
    made = page(
        sex="female", medicines=[{"name": "HRT patches", "started": "long_ago"}], lately=["hormones"]
    )
    assert dict(banner(made))["Takes"] == "HRT patches"
    made = page(sex="female", medicines=[], lately=["hormones"])
    assert dict(banner(made))["Takes"] == "Oestrogen or SERM use"
