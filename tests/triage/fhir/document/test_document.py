"""The clinician's page as a FHIR document: it holds together, and says what the other formats say."""

import json

import pytest
from in_fhir.documents import (
    code_errors,
    document,
    loinc_of,
    needs_schema,
    needs_validator,
    of_type,
    reached,
    references,
    schema_errors,
    signs,
    validator_errors,
)
from pages.formats import facts, fhir_words, missing, words

from triage.engine.assess import assess_with
from triage.engine.proxy import in_their_words
from triage.engine.response import Response
from triage.fhir.responses.reading import read_any
from triage.report.clinician.page import clinician_document
from triage.report.formats.fhir_document import ANSWERS, MEDICINES, SIGNS, SITUATION, fhir_document
from triage.report.formats.json import as_data
from triage.report.redaction import response_without_private, without_private


def test_it_is_a_document_in_which_everything_is_found(rulebook, anybody) -> None:
    for result in anybody:
        bundle = document(result, rulebook)
        assert (bundle["type"], bundle["timestamp"]) == ("document", "2026-11-22T00:00:00Z")
        assert bundle["entry"][0]["resource"]["resourceType"] == "Composition"
        addresses = [entry["fullUrl"] for entry in bundle["entry"]]
        assert len(addresses) == len({*addresses})
        assert {*references(bundle)} <= {*addresses}
        assert reached(bundle) == {*addresses}
        assert bundle["identifier"]["value"].startswith("urn:uuid:")


def test_a_strangers_library_parses_it(rulebook, anybody) -> None:
    strangers = pytest.importorskip("fhir.resources.R4B", reason="fhir.resources is not installed")
    for result in anybody:
        bundle = document(result, rulebook)
        parsed = strangers.get_fhir_model_class("Bundle").model_validate(bundle)
        assert json.loads(parsed.model_dump_json()) == bundle


@needs_schema
def test_it_fits_the_schema_and_the_codes_of_r4(rulebook, anybody) -> None:
    for result in anybody:
        bundle = document(result, rulebook)
        assert schema_errors(bundle) == []
        assert code_errors(bundle) == []


@needs_schema
def test_the_loinc_codes_are_those_that_r4_names_for_this(made) -> None:
    page = made()["entry"][0]["resource"]
    (kind,) = page["type"]["coding"]
    assert loinc_of("c80-doc-typecodes")[kind["code"]] == kind["display"]
    codes = [coding["code"] for part in page["section"] for coding in part["code"].get("coding", ())]
    assert len(codes) >= 5
    assert {*codes} <= {*loinc_of("doc-section-codes")}


@needs_validator
def test_a_strangers_validator_finds_nothing(rulebook, anybody) -> None:
    found = validator_errors([document(result, rulebook) for result in anybody])
    assert found == [[] for _ in anybody]


def test_the_narrative_says_every_fact_of_the_page_and_nothing_else(rulebook, anybody) -> None:
    for result in anybody:
        book = in_their_words(rulebook, result.effective_answers)
        besides = [book.page.clinician.sentence(name) for name in (ANSWERS, "all_answers")]
        for told in (True, False):
            page = clinician_document(result, book, told=told)
            said = fhir_words(fhir_document(result, book, told=told))
            assert missing(page, said) == []
            left = words(said)
            for fact in [*besides, *sorted(facts(page), key=len, reverse=True)]:
                left = left.replace(words(fact), "")
            assert set(left) <= set(":“”")


def test_its_parts_agree_with_the_data_of_the_page(rulebook, anybody) -> None:
    for result in anybody:
        book = in_their_words(rulebook, result.effective_answers)
        bundle, data = fhir_document(result, book), without_private(as_data(result), book)
        (plan,) = of_type(bundle, "CarePlan")
        (outcome,) = plan["activity"][0]["outcomeCodeableConcept"]
        assert outcome["coding"][0]["code"] == data["disposition"]["code"]
        flags = [
            (
                flag["code"]["coding"][0]["code"],
                flag["extension"][0]["valueCodeableConcept"]["coding"][1]["code"],
            )
            for flag in of_type(bundle, "Flag")
        ]
        assert flags == [(flag["id"], flag["disposition"]) for flag in data["red_flags"]]
        taken = [
            (
                m["medicationCodeableConcept"]["text"],
                m["medicationCodeableConcept"].get("coding", [{}])[0].get("code"),
            )
            for m in of_type(bundle, "MedicationStatement")
        ]
        assert taken == [(m["name"], m["generic"]) for m in data["medicines"]]
        denied = [sign for sign, state in signs(bundle).items() if state is False]
        assert sorted(denied) == sorted((n["item"], n["option"]) for n in data["pertinent_negatives"])


def test_entries_stand_in_the_section_that_tells_of_them(rulebook, made) -> None:
    bundle = made(today_leg=["leg_swollen"], medicines=[{"name": "amlodipine"}])
    kinds = {entry["fullUrl"]: entry["resource"]["resourceType"] for entry in bundle["entry"]}
    found = {
        section["title"]: {kinds[entry["reference"]] for entry in section.get("entry", ())}
        for section in bundle["entry"][0]["resource"]["section"]
    }
    title = rulebook.page.clinician.sentence
    assert found[title(SITUATION)] == {"CarePlan", "ServiceRequest", "Flag", "Observation"}
    assert found[title(MEDICINES)] == {"MedicationStatement"}
    assert found[title(SIGNS)] == {"Observation"}
    assert found[title(ANSWERS)] == {"QuestionnaireResponse"}


def test_its_answers_lead_to_the_same_result(rulebook, reasoner, anybody) -> None:
    """Read back, they are the answers that count, without the private ones."""
    equal = 0
    for result in anybody:
        (answers,) = of_type(document(result, rulebook), "QuestionnaireResponse")
        read = read_any(json.dumps(answers).encode(), "answers.json", rulebook)
        assert read.remarks == ()
        again = assess_with(reasoner, read.response)
        if response_without_private(result.response, rulebook) == result.response:
            equal += 1
            assert again.effective_answers == result.effective_answers
            assert again.disposition == result.disposition
    assert equal > 10


ODD = [
    "<script>alert(1)</script> &amp; <b>bold</b> ]]> <!-- -->",
    "≥ 5 µg, don’t — “ça été” Łódź",
    "Ελληνικά שלום مرحبا 中文 🦵🏽 👩‍👩‍👧",
    '"quoted" \\u0041 {"a": 1}',
    "one line\nand another",
]


@pytest.mark.parametrize("typed", ODD)
def test_what_is_typed_breaks_nothing(rulebook, assessed, typed: str) -> None:
    bundle = document(assessed(own_words=typed, medicines=[{"name": typed}]), rulebook)
    assert words(typed) in words(fhir_words(bundle))
    (answers,) = of_type(bundle, "QuestionnaireResponse")
    read = read_any(json.dumps(answers).encode(), "answers.json", rulebook)
    assert read.response.get("own_words") == typed


def test_what_xml_forbids_is_left_out(rulebook, reasoner) -> None:
    """No file of answers can hold it, but who calls us from Python may."""
    bundle = document(assess_with(reasoner, Response({"own_words": "a\x00b\x0bc\ufffed"})), rulebook)
    assert "“abcd”" in fhir_words(bundle)


def test_the_same_answers_make_the_same_document_and_others_another(made) -> None:
    assert made(age=50) == made(age=50)
    one, other = made(age=50), made(age=51)
    assert one["identifier"] != other["identifier"]
    assert not {e["fullUrl"] for e in one["entry"]} & {e["fullUrl"] for e in other["entry"]}
