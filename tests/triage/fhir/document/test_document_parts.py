"""What stands beside the page in a FHIR document: signs, medicines, red flags, the disposition."""

import pytest
from in_fhir.documents import (
    document,
    of_type,
    signs,
)

from triage.conditions.link_ids import system
from triage.engine.assess import assess_with
from triage.report.formats.fhir_document import MEDICINES
from triage.rulebook.model import LEVELS

LEVEL = "urn:legcramp:disposition"


def test_a_doubt_is_never_told_as_a_fact(rulebook, anybody) -> None:
    """Neither by a Flag, nor among the reasons."""
    doubts = 0
    for result in anybody:
        bundle = document(result, rulebook)
        uncertain = {flag.id: flag for flag in result.red_flags if not flag.certain}
        certain = {flag.clinician for flag in result.red_flags if flag.certain}
        for flag in of_type(bundle, "Flag"):
            (code,) = flag["code"]["coding"]
            if code["code"] in uncertain:
                doubts += 1
                assert flag["code"]["text"].startswith("NOT SURE: ")
                assert "display" not in code
        for plan in of_type(bundle, "CarePlan"):
            for flag in uncertain.values():
                assert flag.clinician in certain or flag.clinician not in plan["description"]
    assert doubts > 20


def test_signs_told_denied_in_doubt_and_not_asked_stay_apart(rulebook, made) -> None:
    bundle = made(today_leg=["leg_swollen", "red_hot_patch?"], today_foot="unsure", today_nerves="declined")
    found = signs(bundle)
    assert found["today_leg", "leg_swollen"] is True
    assert found["today_leg", "red_hot_patch"] == "asked-unknown"
    assert found["today_leg", "fever_leg"] is False
    assert found["question", "today_foot"] == "asked-unknown"
    assert found["question", "today_nerves"] == "asked-declined"
    assert not [sign for sign in found if sign[0] in ("today_foot", "today_nerves")]
    assert {said for said in found.values() if said is not None} >= {True, False, "asked-unknown"}
    swollen = next(
        o for o in of_type(bundle, "Observation") if o["code"]["coding"][0]["code"] == "leg_swollen"
    )
    assert swollen["code"]["coding"][0]["system"] == system("today_leg")
    assert "≤48 h" in swollen["code"]["text"]  # no more is told than was asked
    assert swollen["category"][0]["coding"][0]["code"] == "survey"


def test_what_was_never_asked_says_so(rulebook, reasoner, responses) -> None:
    result = assess_with(reasoner, responses(rulebook, sex="unsure"))
    bundle = document(result, rulebook)
    found = signs(bundle)
    assert found["question", "age"] == "not-asked"
    assert found["question", "sex"] == "asked-unknown"
    assert found["question", "emergency_head"] == "not-asked"
    assert not [sign for sign, state in found.items() if state in (True, False)]
    (plan,) = of_type(bundle, "CarePlan")
    assert plan["status"] == "draft"
    assert of_type(bundle, "ServiceRequest") == []
    assert of_type(bundle, "QuestionnaireResponse")[0]["status"] == "in-progress"
    title = rulebook.page.clinician.sentence(MEDICINES)
    medicines = next(s for s in bundle["entry"][0]["resource"]["section"] if s["title"] == title)
    assert medicines["emptyReason"]["coding"][0]["code"] == "notasked"


def test_a_carers_answers_are_a_carers(made) -> None:
    bundle = made(about="adult_can_tell", age=80)
    (carer,) = of_type(bundle, "RelatedPerson")
    patient, told_by = (
        next(e["fullUrl"] for e in bundle["entry"] if e["resource"]["resourceType"] == kind)
        for kind in ("Patient", "RelatedPerson")
    )
    assert carer["patient"]["reference"] == patient
    (answers,) = of_type(bundle, "QuestionnaireResponse")
    assert (answers["source"]["reference"], answers["subject"]["reference"]) == (told_by, patient)
    assert {o["performer"][0]["reference"] for o in of_type(bundle, "Observation")} == {told_by}
    assert of_type(made(), "RelatedPerson") == []


def test_a_medicine_stands_as_typed_and_as_understood_with_its_start(made) -> None:
    bundle = made(
        medicines=[
            {"name": "Aprinox", "started": "2026-10"},
            {"name": "amlodipine", "started": "long_ago"},
            {"name": "zzyx", "for": "heart"},
            {"name": "water tablet", "started": "unsure"},
        ]
    )
    found = {m["medicationCodeableConcept"]["text"]: m for m in of_type(bundle, "MedicationStatement")}
    known = found["Aprinox"]
    assert known["medicationCodeableConcept"]["coding"][0]["code"] == "bendroflumethiazide"
    assert known["effectivePeriod"] == {"start": "2026-10"}
    absent = {
        name: m["effectivePeriod"]["_start"]["extension"][0]["valueCode"]
        for name, m in found.items()
        if name != "Aprinox"
    }
    assert absent == {"amlodipine": "as-text", "zzyx": "not-asked", "water tablet": "asked-unknown"}
    said = {name: " ".join(note["text"] for note in m["note"]) for name, m in found.items()}
    assert "Understood as bendroflumethiazide" in said["Aprinox"]
    assert "more than 6 weeks ago" in said["amlodipine"]
    assert "not in our list" in said["zzyx"]
    assert "its name is not known" in said["water tablet"]
    assert "coding" not in found["zzyx"]["medicationCodeableConcept"]
    assert {m["status"] for m in found.values()} == {"unknown"}  # taken, or stopped within four weeks


def test_a_part_of_a_pasted_list_says_of_what_it_is_a_part(made) -> None:
    bundle = made(medicines=[{"name": "amlodipine 5 mg, ramipril 10 mg", "started": "2019"}])
    first, second = of_type(bundle, "MedicationStatement")
    codes = [m["medicationCodeableConcept"]["coding"][0]["code"] for m in (first, second)]
    assert codes == ["amlodipine", "ramipril"]
    assert any("amlodipine 5 mg, ramipril 10 mg" in note["text"] for note in second["note"])


def test_nobody_who_takes_nothing_is_left_without_a_word(rulebook, made) -> None:
    title = rulebook.page.clinician.sentence(MEDICINES)
    for answer, why in (([], "nilknown"), ("unsure", "unavailable"), ("declined", "unavailable")):
        page = made(medicines=answer)["entry"][0]["resource"]
        (section,) = [s for s in page["section"] if s["title"] == title]
        assert "entry" not in section
        assert section["emptyReason"]["coding"][0]["code"] == why


@pytest.mark.parametrize(
    ("answers", "code", "priority", "last"),
    [
        ({"emergency_legs": ["cold_foot"]}, "emergency", "stat", "2026-11-22"),
        ({"today_leg": ["leg_swollen"]}, "same_day", "asap", "2026-11-22"),
        ({"trend": "worse", "today_leg": "unsure"}, "soon", "urgent", "2026-11-29"),
        ({"effect": "spoils_many"}, "routine", "routine", None),
        ({}, "self_care", None, None),
    ],
)
def test_the_disposition_stands_where_receivers_look(made, answers, code, priority, last) -> None:
    bundle = made(**answers)
    (plan,) = of_type(bundle, "CarePlan")
    (activity,) = plan["activity"]
    coding = activity["outcomeCodeableConcept"][0]["coding"][0]
    assert (coding["system"], coding["code"]) == (LEVEL, code)
    assert plan["intent"] == "proposal"
    assert plan["period"].get("end") == last
    requests = of_type(bundle, "ServiceRequest")
    if priority is None:
        assert (requests, "reference" in activity) == ([], False)
        assert activity["detail"]["description"]
        return
    (request,) = requests
    assert (request["priority"], request["occurrencePeriod"].get("end")) == (priority, last)
    assert request["intent"] == "proposal"
    (address,) = [e["fullUrl"] for e in bundle["entry"] if e["resource"] is request]
    assert activity["reference"]["reference"] == address


def test_every_level_has_a_flag_priority(rulebook, anybody) -> None:
    seen = {}
    for result in anybody:
        for flag in of_type(document(result, rulebook), "Flag"):
            (extension,) = flag["extension"]
            high, ours = extension["valueCodeableConcept"]["coding"]
            seen.setdefault(ours["code"], set()).add(high["code"])
    assert seen == {"emergency": {"PH"}, "same_day": {"PH"}, "soon": {"PM"}, "routine": {"PL"}}
    assert {*seen} <= {*LEVELS}
