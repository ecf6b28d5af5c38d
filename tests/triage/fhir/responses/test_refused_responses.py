"""Answers that cannot be read safely: refused with the place, all at once, and never anything but a message."""

import copy
from typing import Any

import pytest
from in_fhir.responses import medicine, resource, ticks

from triage.conditions.link_ids import ABSENT_SYSTEM, UNSURE, doubt
from triage.problems import Invalid

AT = "QuestionnaireResponse.item[0]"


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (ticks("kidnees", "fine"), [f"{AT}.linkId", "no question “kidnees”", "Did you mean “kidneys”?"]),
        ({"linkId": "age", "answer": [{"valueString": "67"}]}, [f"{AT}.answer[0].valueString", "needs valueInteger"]),
        ({"linkId": "age", "answer": [{"valueInteger": "67"}]}, [AT, "needs a whole number"]),
        ({"linkId": "age", "answer": [{"valueInteger": True}]}, [AT, "needs a whole number"]),
        ({"linkId": "age", "answer": [{"valueInteger": 300}]}, [AT, "cannot be 300", "0 to 120"]),
        ({"linkId": "age", "answer": [{"valueInteger": 3}, {"valueInteger": 4}]}, [AT, "2 answers"]),
        ({"linkId": "age", "answer": [{"valueInteger": 3, "valueString": "3"}]}, [AT, "several values"]),
        ({"linkId": "age", "answer": [{"extension": 3, "text": "x"}]}, [AT, "has no value"]),
        ({"linkId": "age", "answer": {"valueInteger": 3}}, [f"{AT}.answer", "a list of answers"]),
        ({"linkId": "age", "answer": [3]}, [f"{AT}.answer[0]", "is no answer"]),
        (ticks("sex", "blue"), [AT, "“sex” has no option “blue”"]),
        (ticks("signs", "blue"), [AT, "“signs” has no line “blue”"]),
        ({"linkId": "sex", "answer": [{"valueString": "male"}]}, [AT, "needs valueCoding"]),
        ({"linkId": "sex", "answer": [{"valueCoding": {"display": "Male"}}]}, [AT, "without a code"]),
        ({"linkId": "sex", "answer": [{"valueCoding": {"system": "x", "code": "male"}}]}, [AT, "another system (“x”)"]),
        ({"linkId": "own_words", "answer": [{"valueInteger": 1}]}, [AT, "needs valueString"]),
        ({"linkId": "own_words", "answer": [{"valueString": "x" * 10_001}]}, [AT, "should be text"]),
        ({"linkId": "section-first", "answer": [{"valueInteger": 1}]}, [AT, "is no question"]),
        ({"linkId": "medicines.name", "answer": [{"valueString": "x"}]}, [AT, "inside “medicines.taken”"]),
        (medicine(("medicines.started", {"valueCoding": {"code": "recent"}})), [AT, "without a name"]),
        ({"answer": []}, [AT, "linkId"]),
        ("age", [AT, "linkId"]),
        ({"linkId": "section-first", "item": {"linkId": "age"}}, [f"{AT}.item", "list of items"]),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(refused, item, words) -> None:
    said = refused(resource(item))
    assert "a.json:" in said
    for word in words:
        assert word in said


def test_an_answer_twice(refused) -> None:
    one = {"linkId": "age", "answer": [{"valueInteger": 3}]}
    assert "answered twice" in refused(resource(one, one))


def test_all_mistakes_are_told_at_once(refused) -> None:
    said = refused(resource(ticks("sex", "blue"), ticks("odd", "x")))
    assert "item[0]" in said
    assert "item[1]" in said


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<QuestionnaireResponse xmlns='http://hl7.org/fhir'/>", ["XML", "JSON"]),
        (b"\xef\xbb\xbf  <?xml version='1.0'?>", ["XML"]),
        ({"resourceType": "Questionnaire"}, ["“Questionnaire”, not a QuestionnaireResponse"]),
        ({"resourceType": ["x"]}, ["not a QuestionnaireResponse"]),
        (resource(questionnaire="http://example.org/phq-9|2"), ["another questionnaire", "phq-9"]),
        (resource(questionnaire=7), ["another questionnaire"]),
        (resource(status="entered-in-error"), ["entered in error"]),
        (resource() | {"item": "x"}, ["QuestionnaireResponse.item", "list of items"]),
        (b'{"resourceType": "QuestionnaireResponse", "item": ' + b"[" * 100_000, ["a.json", "JSON"]),
    ],
)
def test_what_is_no_answer_to_our_questions(refused, data, words) -> None:
    said = refused(data)
    for word in words:
        assert word in said


def test_deep_nesting_is_said_and_does_no_harm(refused) -> None:
    data: dict[str, Any] = {"linkId": "section-first"}
    for _ in range(200):
        data = {"linkId": "section-first", "item": [data]}
    assert "nested too deeply" in refused(resource(data))


def test_whatever_is_put_anywhere_is_a_problem_or_an_answer(read, written) -> None:
    """Every value in a good file replaced by every kind of wrong one: never anything but a message."""
    wrong: list[Any] = [None, True, -1, 1e400, "x", "", [], {}, [[]], {"extension": [{"url": "x"}]}, [None]]

    def places(data: Any, path: tuple = ()):
        yield path
        for key in data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ():
            yield from places(data[key], (*path, key))

    full = questionnaire_response_with_everything(written)
    read_anyway = refused = 0
    for path in [path for path in places(full) if path]:
        for value in wrong:
            data = copy.deepcopy(full)
            into = data
            for key in path[:-1]:
                into = into[key]
            into[path[-1]] = value
            try:
                read(data)
            except Invalid:
                refused += 1
            else:
                read_anyway += 1
    assert refused > read_anyway > 0


def questionnaire_response_with_everything(written: dict[str, Any]) -> dict[str, Any]:
    more = copy.deepcopy(written)
    more["item"].append(medicine(
        ("medicines.name", {"valueString": "moonstone"}),
        ("medicines.started-on", {"valueDate": "2026-10"}),
        ("medicines.for", {"valueCoding": {"system": ABSENT_SYSTEM, "code": UNSURE}}),
    ))  # fmt: skip
    more["item"].append(ticks(doubt("signs"), "weak", of="signs"))
    return more
