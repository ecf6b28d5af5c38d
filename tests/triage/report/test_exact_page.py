"""The clinician's page is exact: what was asked, of whom, when and on which side."""

from __future__ import annotations

import re

import pytest
from page_truths import banner, contributors, paragraphs, rows, untruths

from triage.engine.assess import assess_with
from triage.report.clinician.page import clinician_document
from triage.rulebook.rulebook import Rulebook


@pytest.fixture(scope="module")
def page(rulebook, reasoner, responses):
    """The page of somebody who answers as usual, but for these; nothing on it is untrue."""
    usual = {item.id: item.usual for item in rulebook.items.values() if item.usual is not None}

    def make(**answers):
        given = {key: value for key, value in {**usual, **answers}.items() if value is not None}
        result = assess_with(reasoner, responses(rulebook, **given))
        made = clinician_document(result, rulebook)
        assert untruths(result, made, rulebook) == []
        return made

    return make


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"today_leg": ["leg_swollen"], "which_leg": "right"}, "Right leg"),
        ({"side": "same_leg", "which_leg": "left"}, "Left leg"),
        ({"side": "same_leg", "which_leg": "unsure"}, "Leg: not sure"),
        ({"side": "either", "which_leg": "left"}, "Either leg (alternating)"),
    ],
)
def test_which_leg_stands_in_the_first_lines(page, answers, said) -> None:
    assert dict(banner(page(**answers))[:3]).get("Side") == said


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("self", "2026-11-22, Answered by the person"),
        ("child", "2026-11-22, Answered by a parent or carer for a child"),
        ("adult_can_tell", "2026-11-22, Answered by a carer; patient can give own account"),
        ("unsure", "2026-11-22, Respondent: not sure"),
    ],
)
def test_the_date_and_who_answered_stand_on_top(page, about, said) -> None:
    assert dict(banner(page(about=about)))["Date"] == said


def test_a_child_is_not_asked_about_its_sex(page) -> None:
    assert "Age 5, Sex at birth: not asked" in dict(banner(page(age=5)))["Who"]


def test_nobody_who_says_none_is_said_to_have_named_none(page) -> None:
    assert "Prescribed: none taken." in paragraphs(page(medicines=[]))
    assert "Prescribed: none taken (carer)." in paragraphs(page(about="child", age=9, medicines=[]))
    assert "Prescribed: not asked." in paragraphs(page(medicines=None))
    assert "Prescribed: not sure." in paragraphs(page(medicines="unsure"))


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


@pytest.mark.parametrize(
    ("answers", "risk"),
    [
        ({"lately": ["long_trip"]}, "Travel ≥4 h in last 4 weeks"),
        ({"lately": ["operation_cast_bed"]}, "Surgery, cast or bed rest ≥3 d (≤12 wk)"),
        ({"lately": ["hormones"], "sex": "female"}, "Oestrogen or SERM use"),
        ({"conditions": ["cancer"]}, "Cancer (ever)"),
        ({"medicines": [{"name": "tamoxifen"}]}, "Takes tamoxifen"),
        ({"sex": "female", "age": 30, "pregnancy": "over_20"}, "Pregnant ≥20 weeks"),
    ],
)
def test_a_risk_stands_beside_the_sign_that_it_belongs_to(page, answers, risk) -> None:
    because = dict(banner(page(today_leg=["leg_swollen"], **answers)))["Because"]
    swelling = next(part for part in because.split(" · ") if "leg swelling" in part)
    assert f"(with: {risk})" in swelling or f"(with: {risk})" in because


def test_what_is_usual_is_no_risk(page) -> None:
    because = dict(banner(page(today_leg=["leg_swollen"])))["Because"]
    assert "(with" not in because


def test_a_reason_that_needs_a_new_medicine_names_no_old_one(page) -> None:
    because = dict(
        banner(
            page(
                kidneys="weak",
                salt_signs=[],
                medicines=[
                    {"name": "candesartan", "started": "long_ago"},
                    {"name": "spironolactone", "started": "recent"},
                ],
            )
        )
    )["Because"]
    started = next(part for part in because.split(" · ") if "started/changed ≤6 wk" in part)
    assert "spironolactone" in started
    assert "candesartan" not in started


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


def test_a_card_names_potassium_only_where_it_does_not_name_the_salts(rulebook: Rulebook) -> None:
    for card in rulebook.cards.values():
        for part in re.split("[.;]", getattr(card, "clinician", "") or ""):
            asked = re.findall(r"(?<![\w?/+-])(?:U&E|K|Na)(?![\w-])", part)
            assert not ("U&E" in asked and {"K", "Na"} & {*asked}), card.id


def test_a_test_is_not_asked_for_twice(page) -> None:
    numb = page(also_feelings=["numb_feet"], numb_where="both_same", medicines=[{"name": "metformin"}])
    assert rows(numb)["Tests"] == "B12/folate; HbA1c; TSH; U&E"


def test_who_was_told_not_to_stop_a_medicine_has_seen_it(rulebook, reasoner, responses) -> None:
    usual = {item.id: item.usual for item in rulebook.items.values() if item.usual is not None}
    given = responses(rulebook, **{**usual, "medicines": [{"name": "atorvastatin", "started": "2019"}]})
    result = assess_with(reasoner, given)
    shown = rows(clinician_document(result, rulebook, told=True))["Medicines"]
    assert shown == "Could atorvastatin contribute? Told to keep taking what was prescribed."
    assert rows(clinician_document(result, rulebook))["Medicines"] == "Could atorvastatin contribute?"


def test_what_spoils_the_days_is_not_said_to_come_on_three_nights(page) -> None:
    because = dict(banner(page(how_often="weekly", effect="spoils_many")))["Because"]
    assert "≥3" not in because


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


def test_the_sign_that_is_seen_is_the_first_reason(page) -> None:
    """The clinician reads the reasons in the order in which the person does."""
    because = dict(banner(page(today_leg=["leg_swollen", "constant_pain"])))["Because"]
    assert because.index("swelling") < because.index("pain")


def test_a_reason_with_alternatives_names_those_that_were_told(page) -> None:
    """“New swelling, foamy urine or a puffy face” would say of nobody what they have."""
    pregnant = {"sex": "female", "age": 35, "pregnancy": "over_20", "also_feelings": ["ankles_swollen"]}
    because = dict(banner(page(**pregnant, ankles=["new_two_weeks"])))["Because"]
    assert "Bilateral oedema new ≤2 weeks" in because
    assert not re.search("frothy|puffy", because)
    assert "?pre-eclampsia. BP and urine protein today" in because


def test_what_is_not_known_stands_on_top(page) -> None:
    """What was left out as the level was reached, what a medicine is for, and what nobody asks here."""
    calm = dict(
        banner(page(medicines=[{"name": "apixaban"}, {"name": "sertraline"}], conditions=["low_mood"]))
    )
    assert calm["Not known"] == "what apixaban is for; never asked: examination, results, doses"
    today = page(
        today_leg=["leg_swollen"], began=None, lately=None, drinks_food=None, days=None, bought=None
    )
    said = dict(banner(today))["Not known"]
    assert said.startswith("not asked (questions stopped at this level): ")
    for left_out in ("recent events", "onset", "bought products"):
        assert left_out in said
    assert "Not asked" not in rows(today)
    doubtful = dict(banner(page(today_leg=["leg_swollen?"])))["Not known"]
    assert doubtful.startswith("not sure: New unilateral leg/calf/thigh/foot swelling")


def test_what_several_things_have_in_common_stands_once(page) -> None:
    """A loop diuretic is a contributor in two ways: one line."""
    told = contributors(page(age=67, medicines=[{"name": "furosemide", "started": "long_ago"}]))
    assert [behind for behind in told if "furosemide" in behind] == ["Takes furosemide"]
    assert "Loop diuretic" in told["Takes furosemide"]
    assert "Electrolyte" in told["Takes furosemide"]


WELLS = "two-level Wells (if ≥2 proximal leg ultrasound, else D-dimer; within 4 h)"
SCAN = "pregnant or ≤6 wk after: leg ultrasound, no Wells score"


@pytest.mark.parametrize(
    ("who", "tests"),
    [
        ({"age": 60}, WELLS),
        ({"age": 30, "sex": "female", "pregnancy": "declined"}, f"{WELLS}; {SCAN}"),
        ({"age": 30, "sex": "female", "pregnancy": "over_20"}, SCAN),  # for whom the score was not made
        ({"age": 14}, None),
    ],
)
def test_a_possible_clot_says_what_to_consider(page, who, tests) -> None:
    """The pathway of NICE NG158 for adults; never a score in a pregnancy or of a child."""
    assert rows(page(**who, today_leg=["leg_swollen"])).get("Tests") == tests


def test_restless_legs_ask_for_iron_and_kidneys(page) -> None:
    made = page(feel=["urge_to_move"], rls_signs=["rest", "moving", "evening"])
    assert rows(made)["Tests"] == "ferritin + TSAT; U&E/eGFR"


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


def test_ordinary_cramps_never_explain_an_urgent_sign(page) -> None:
    calm, urgent = (dict(banner(page(today_leg=signs))) for signs in ([], ["leg_swollen"]))
    assert calm["Picture"] == "Ordinary leg cramps at night (supported)"
    assert "Picture" not in urgent
    assert urgent["Coexists"] == "Ordinary leg cramps at night (supported) - does not explain the above"
    walking = dict(
        banner(
            page(
                today_leg=["leg_swollen"],
                also_feelings=["urge_legs"],
                feel=["urge_to_move"],
                rls_signs=["rest", "moving", "evening"],
            )
        )
    )
    assert walking["Coexists"].endswith(" - does not rule out the above")


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


@pytest.mark.parametrize(
    ("side", "leg", "said"),
    [
        ("both", None, "Both legs together"),
        ("either", None, "Either leg (alternating)"),
        ("same_leg", "right", "Right leg"),
    ],
)
def test_which_legs_stand_at_the_top(page, side, leg, said) -> None:
    assert dict(banner(page(side=side, which_leg=leg)))["Side"] == said


def test_of_an_emergency_only_what_cannot_wait_is_to_be_tested(page) -> None:
    told = rows(
        page(
            conditions=["kidney_trouble"],
            kidneys="weak",
            salt_signs=["truly_weaker"],
            medicines=[{"name": "spironolactone"}],
        )
    )
    assert told["Tests"] == "ECG; U&E"


def test_kidneys_that_are_not_known_are_named_so(page) -> None:
    assert (
        rows(page(conditions=["high_bp"], kidneys="unsure"))["Conditions"]
        == "Hypertension; kidneys: not sure"
    )


def test_a_medicine_is_named_once_in_a_reason(page) -> None:
    medicines = [{"name": "indapamide", "started": "recent"}, {"name": "citalopram", "started": "long_ago"}]
    because = dict(banner(page(age=77, salt_signs=["headache_sick"], medicines=medicines)))["Because"]
    assert "Takes indapamide (started/changed ≤6 wk), citalopram" in because
    assert because.count("Takes") == 1


def test_what_was_bought_is_taken_and_not_told_elsewhere(page) -> None:
    made = page(bought=["quinine"])
    assert dict(banner(made))["Takes"] == "Quinine or daily tonic water, ≤4 weeks"
    assert "Told elsewhere" not in paragraphs(made)
    assert "OTC: Quinine or daily tonic water" in paragraphs(made)


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


def test_a_line_and_its_closer_list_are_one_reason(page) -> None:
    stroke = contributors(page(conditions=["artery_af_stroke"], arteries=["stroke"]))
    assert [behind for behind in stroke if "stroke" in behind] == ["stroke/TIA"]
