"""Answers that are not as we would write them: read where that is safe, else refused with the place."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from triage.conditions.leaf import NoAnswer, Ticks
from triage.conditions.link_ids import ABSENT_SYSTEM, NONE, UNSURE, doubt, system
from triage.engine.response import MedicineAnswer, Response
from triage.fhir.responses.reading import Read, read_any
from triage.fhir.responses.writing import questionnaire_response
from triage.problems import Invalid

GIVEN = Response(
    {"age": 67, "sex": "female", "signs": Ticks(frozenset({"weak"})), "own_words": "It hurts."}
)


def ticks(item: str, *codes: str, of: str | None = None) -> dict[str, Any]:
    known = {UNSURE: ABSENT_SYSTEM, "asked-declined": ABSENT_SYSTEM}
    answers = [
        {"valueCoding": {"system": known.get(code, system(of or item)), "code": code}} for code in codes
    ]
    return {"linkId": item, "answer": answers}


def resource(*items: Any, **more: Any) -> dict[str, Any]:
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": list(items), **more}


@pytest.fixture
def read(small) -> Callable[[Any], Read]:
    return lambda data: read_any(
        data if isinstance(data, bytes) else json.dumps(data, indent=1).encode(), "a.json", small
    )


@pytest.fixture
def refused(read) -> Callable[[Any], str]:
    def refuse(data: Any) -> str:
        with pytest.raises(Invalid) as caught:
            read(data)
        return str(caught.value)

    return refuse


@pytest.fixture
def written(small) -> dict[str, Any]:
    return questionnaire_response(small, GIVEN)


def test_an_answers_file_is_still_read(read) -> None:
    assert read({"format": "legcramp-answers/1", "answers": {"age": 40}}) == Read(Response({"age": 40}))


def test_the_groups_do_not_matter_and_empty_items_are_not_asked(read) -> None:
    data = resource(
        {"linkId": "age", "answer": [{"valueInteger": 40}]}, {"linkId": "sex"}, {"linkId": "section-then"}
    )
    assert read(data) == Read(Response({"age": 40}))


def test_no_answer_at_all(read) -> None:
    assert read({"resourceType": "QuestionnaireResponse", "status": "in-progress"}) == Read(Response())


def test_what_belongs_to_no_answer_is_no_matter(read, written) -> None:
    more = {
        **written,
        "id": "x",
        "meta": {"tag": []},
        "authored": "2026-11-29",
        "subject": {"reference": "Patient/1"},
    }
    assert read(more) == Read(GIVEN)


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([ticks("signs", NONE)], Ticks()),
        ([ticks("signs", UNSURE)], NoAnswer.UNSURE),
        ([ticks("signs", "asked-declined")], NoAnswer.DECLINED),
        ([ticks("signs", UNSURE), ticks(doubt("signs"), "weak", of="signs")], Ticks(frozenset(), frozenset({"weak"}))),
        # "not sure" beside a tick, without saying of what: all others are in doubt
        ([ticks("signs", "weak", UNSURE)], Ticks(frozenset({"weak"}), frozenset({"swollen"}))),
        # a line in both lists is ticked
        ([ticks("signs", "weak", UNSURE), ticks(doubt("signs"), "weak", "swollen", of="signs")],
         Ticks(frozenset({"weak"}), frozenset({"swollen"}))),
        # what is in doubt counts only where "not sure" is still ticked
        ([ticks("signs", NONE), ticks(doubt("signs"), "weak", of="signs")], Ticks()),
    ],
)  # fmt: skip
def test_tick_lists_as_renderers_leave_them(read, items, expected) -> None:
    assert read(resource(*items)) == Read(Response({"signs": expected}))


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((NONE, "weak"), Ticks(frozenset({"weak"}))),
        ((NONE, UNSURE), NoAnswer.UNSURE),
        ((NONE, "weak", UNSURE), Ticks(frozenset({"weak"}), frozenset({"swollen"}))),
    ],
)
def test_none_of_these_beside_others_is_no_denial_and_is_said(read, codes, expected) -> None:
    found = read(resource(ticks("signs", *codes)))
    assert found.response == Response({"signs": expected})
    assert len(found.remarks) == 1
    assert "none of these" in found.remarks[0]


def test_not_sure_of_a_number_or_beside_one(read) -> None:
    unsure = ticks(doubt("age"), UNSURE)
    assert read(resource(unsure)).response == Response({"age": NoAnswer.UNSURE})
    both = resource({"linkId": "age", "answer": [{"valueInteger": 40}]}, unsure)
    assert read(both).response == Response({"age": 40})


def medicine(*fields: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return {"linkId": "medicines.taken", "item": [{"linkId": n, "answer": [v]} for n, v in fields]}


def test_medicines_as_renderers_leave_them(read) -> None:
    listed = ticks("medicines", "listed-below")
    typed = medicine(
        ("medicines.name", {"valueString": "moonstone"}),
        ("medicines.started", {"valueCoding": {"system": ABSENT_SYSTEM, "code": UNSURE}}),
    )
    dated = medicine(
        ("medicines.name", {"valueString": "salt"}),
        ("medicines.started", {"valueCoding": {"code": "recent"}}),
        ("medicines.started-on", {"valueDate": "2026-10"}),
    )
    expected = (MedicineAnswer("moonstone", "unsure"), MedicineAnswer("salt", "2026-10"))
    empty = {"linkId": "medicines.taken"}
    assert read(resource(listed, typed, empty, dated)) == Read(Response({"medicines": expected}))
    none = read(resource(listed, empty))
    assert none.response == Response({"medicines": NoAnswer.UNSURE})
    assert none.remarks


def version(data: dict[str, Any], said: str) -> dict[str, Any]:
    return {**data, "questionnaire": data["questionnaire"].split("|")[0] + said}


@pytest.mark.parametrize("said", ["", ":child", ":other", ":self"])
def test_every_wording_of_the_form_is_ours(read, written, said) -> None:
    assert read(version(written, said)) == Read(GIVEN)


def test_of_another_version_is_read_what_is_understood_and_the_rest_is_named(read, written) -> None:
    old = version(written, "|2020.1.1")
    first = old["item"][0]["item"]
    first.append(ticks("gone", "x"))
    first.append({"linkId": "gone.unsure"})
    old["item"].append(ticks("kidneys", "stony"))
    old["item"].append({"linkId": "nights", "answer": [{"valueInteger": 9}]})
    found = read(old)
    assert found.response == GIVEN
    said = "\n".join(found.remarks)
    for words in ("2020.1.1", "“gone”", "“kidneys” has no option “stony”", "“nights” cannot be 9"):
        assert words in said


def test_a_tick_that_is_not_known_any_more_leaves_all_others_in_doubt(read, written) -> None:
    old = version(written, "|2020.1.1")
    for items in (group["item"] for group in old["item"]):
        items[:] = [item for item in items if item["linkId"] != "signs"]
    old["item"].append(ticks("signs", "blue_knees"))
    found = read(old)
    assert found.response.get("signs") == Ticks(frozenset(), frozenset({"swollen", "weak"}))
    assert "blue_knees" in "\n".join(found.remarks)


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
