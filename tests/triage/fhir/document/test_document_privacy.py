"""What a FHIR document leaves out: who somebody is, what is private, what somebody has."""

import json
import re

import pytest
from in_fhir.documents import (
    codings_of,
    document,
    of_type,
    signs,
)

from triage.conditions.leaf import NoAnswer
from triage.engine.response import plain
from triage.report.formats.json import as_data
from triage.report.redaction import response_without_private, without_private
from triage.rulebook.rulebook import Rulebook


def test_who_somebody_is_stays_with_them(made) -> None:
    """No name, no date of birth and no gender: an age and the sex at birth are what was asked."""
    bundle = made(age=67, sex="female", pregnancy="none")
    assert of_type(bundle, "Patient") == [{"resourceType": "Patient"}]
    age, sex = of_type(bundle, "Observation")[:2]
    assert age["valueQuantity"] == {
        "value": 67, "unit": "years", "system": "http://unitsofmeasure.org", "code": "a",
    }  # fmt: skip
    assert sex["valueCodeableConcept"]["text"] == "Female"


def test_the_answers_have_as_much_as_those_of_the_json(rulebook, anybody) -> None:
    for result in anybody:
        kept = plain(response_without_private(result.response, rulebook))
        assert kept == without_private(as_data(result), rulebook)["answers"]


def private_lines(rulebook: Rulebook) -> list[tuple[str, str]]:
    return [(item.id, o.code) for item in rulebook.items.values() for o in item.options if o.private]


def test_nothing_private_is_anywhere_in_it(rulebook, anybody) -> None:
    secret = private_lines(rulebook)
    assert len(secret) >= 6
    told = 0
    for result in anybody:
        bundle = document(result, rulebook)
        codings = {
            (coding["system"].rpartition(":")[2], coding["code"])
            for entry in bundle["entry"]
            for coding in codings_of(entry["resource"])
        }
        assert not codings & {*secret}
        cards = {flag.id for flag in result.red_flags if flag.private}
        assert not cards & {code for _, code in codings}
        told += bool(cards)
        text = json.dumps(bundle, ensure_ascii=False)
        for item, code in secret:
            option = rulebook.items[item].option(code)
            assert option is not None
            for said in (option.text, option.clinical_yes):
                if said and len(said) > len("Low mood"):
                    assert said not in text
        assert not re.search(r"suicid|end(ing)? my life|thoughts of death", text, re.I)
        mood = result.response.get("mood")
        if mood in ("low", "cannot_cope", "thoughts", "plan", NoAnswer.UNSURE, NoAnswer.DECLINED):
            assert ("mood", mood) not in codings
            assert '"mood"' not in text
    assert told > 3


def test_a_private_line_leaves_no_trace_in_the_names_of_resources(rulebook, assessed) -> None:
    """Whoever tries all private answers finds out nothing by them: the same bytes with them and without."""
    with_it = document(assessed(bought=["other_products"], days=["stress", "smoke"]), rulebook)
    assert with_it == document(assessed(bought=["other_products"], days=["smoke"]), rulebook)


def test_that_somebody_should_be_asked_alone_is_among_the_reasons(rulebook, reasoner, assessed) -> None:
    result = assessed(effect="spoils_many", mood="thoughts")
    (request,) = of_type(document(result, rulebook), "ServiceRequest")
    assert any("please ask alone" in reason["text"] for reason in request["reasonCode"])


@pytest.mark.parametrize(
    "answer",
    [["injury_worry", "swollen_joint"], ["injury_worry?"], ["swollen_joint"], [], "unsure", "declined"],
)
def test_a_worry_about_a_childs_safety_is_not_in_it_however_it_was_answered(
    rulebook, made, answer: list[str] | str
) -> None:
    bundle = made(about="child", age=8, child_signs=answer)
    found = signs(bundle)
    assert ("child_signs", "injury_worry") not in found
    assert ("question", "child_signs") not in found
    if isinstance(answer, list):
        assert found["child_signs", "swollen_joint"] is ("swollen_joint" in answer)
    assert "injury_worry" not in json.dumps(bundle)


def test_an_answer_to_a_question_that_is_not_for_them_is_not_in_it(rulebook, assessed) -> None:
    """The questionnaire keeps it, in case they change their mind; nobody may read it as told."""
    result = assessed(sex="male", pregnancy="over_20", age=45)
    assert result.response.get("pregnancy") == "over_20"
    (answers,) = of_type(document(result, rulebook), "QuestionnaireResponse")
    assert '"pregnancy"' not in json.dumps(answers)


def test_nothing_in_it_says_what_somebody_has(rulebook, anybody) -> None:
    """No Condition, and the word only where the page says that it is none."""
    for result in anybody:
        bundle = document(result, rulebook)
        assert of_type(bundle, "Condition") == of_type(bundle, "DiagnosticReport") == []
        text = json.dumps({**bundle, "entry": bundle["entry"][:1]}, ensure_ascii=False)
        assert len(re.findall(r"diagnos", text, re.I)) == text.count("Not a diagnosis.") == 1
        others = json.dumps(
            [
                e["resource"]
                for e in bundle["entry"][1:]
                if e["resource"]["resourceType"] != "QuestionnaireResponse"
            ]
        )
        assert not re.search(r"diagnos", others, re.I)
