"""Answers that are not as we would write them: read where that is safe, and said where something is left out."""

from typing import Any

import pytest
from in_fhir.responses import GIVEN, medicine, resource, ticks

from triage.conditions.leaf import NoAnswer, Ticks
from triage.conditions.link_ids import ABSENT_SYSTEM, NONE, UNSURE, doubt
from triage.engine.response import MedicineAnswer, Response
from triage.fhir.responses.reading import Read


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
