"""What a result rests on, as the person, the clinician and other programs read it."""

from __future__ import annotations

import re

from pages.results import in_full, on_screen

from triage.engine.assess import assess_with
from triage.engine.assessment import Assessment
from triage.report.clinician.page import clinician_document
from triage.report.formats.json import as_data
from triage.report.formats.text import render_text
from triage.report.redaction import without_private
from triage.rulebook.rulebook import Rulebook

ENOUGH = "These answers alone are enough for this result:"
ONE, ALL = "If one of these answers were different", "If all of these answers were different"
CALM = "Nothing you told us is a danger sign."


def person(result: Assessment, rulebook: Rulebook, *, full: bool = False) -> str:
    return in_full(result, rulebook) if full else on_screen(result, rulebook)


def clinician(result: Assessment, rulebook: Rulebook) -> str:
    return " ".join(render_text(clinician_document(result, rulebook)).split())


def test_a_calm_result_says_that_nothing_is_a_danger_sign(rulebook, assessed) -> None:
    result = assessed()
    assert result.disposition.code == "self_care"
    assert CALM in person(result, rulebook)
    assert result.smallest_reason == ()
    assert not re.search("Level met by|Level hinges on", clinician(result, rulebook))


def test_that_is_not_said_where_anything_is_raised_or_open(rulebook, assessed, responses, reasoner) -> None:
    for result in (
        assessed(how_often="daily"),
        assessed(today_body=["bruises?"]),
        assess_with(reasoner, responses(rulebook, age=50, sex="male")),
    ):
        assert CALM not in person(result, rulebook, full=True)


def test_one_answer_that_decides_is_said_once(rulebook, assessed) -> None:
    text = person(assessed(effect="spoils_many"), rulebook)
    assert ONE in text
    assert ENOUGH not in text  # the same answer
    said = text[text.index(ONE) :]
    assert said.count("It spoils 3 or more nights a week") == 1


def test_no_line_is_named_that_would_have_to_be_ticked_besides(rulebook, assessed) -> None:
    """“An operation: no” among what would make it less urgent reads as if an operation made it safer: what is
    sore after one may heal."""
    result = assessed(age=50, feel=["steady_ache"], began="two_weeks", side="same_leg", where=["knee"])
    ticking = [
        change
        for change in result.would_change
        if (change.remark.item, change.remark.option, change.instead) == ("also_fits", "knock_twist", "yes")
    ]
    assert ticking
    assert result.disposition.code == "routine"
    assert not any(remark.answer == "no" and remark.option != "no" for remark in result.lowering())
    assert ": no " not in person(result, rulebook).partition(ONE)[2]


def test_what_is_enough_beside_other_reasons(rulebook, assessed) -> None:
    """Two reasons of their own: either is enough, and only both together would change the result."""
    result = assessed(conditions=["kidney_trouble"], kidneys="dialysis", lately=["passed_out_before"])
    assert result.disposition.code == "soon"
    assert not result.lowering()
    text = person(result, rulebook)
    said = "Passed out or had a fit, over 2 days ago (last 3 months)"
    assert f"{ENOUGH} - {said} {ALL}" in text
    assert ONE not in text
    assert "dialysis" in text[text.index(ALL) :]
    assert said in text[text.index(ALL) :]
    text = clinician(result, rulebook)
    assert "Level met by: Syncope or seizure >2 days to 3 months ago" in text
    hinges = (
        "Level hinges on: (Kidney disease, dialysis or transplant|Dialysis) \\+ Syncope or seizure >2 days"
    )
    assert re.search(hinges, text)  # either of the two answers on the kidneys would do


def test_what_is_urgent_is_not_made_longer(rulebook, assessed) -> None:
    emergency = assessed(emergency_legs=["cold_foot"])
    assert emergency.smallest_reason
    assert not re.search(f"{ENOUGH}|{ONE}|{ALL}", person(emergency, rulebook, full=True))
    today = assessed(today_leg=["leg_swollen"])
    assert ENOUGH not in person(today, rulebook)
    assert ENOUGH in person(today, rulebook, full=True)
    assert "Level met by: " not in clinician(today, rulebook)  # of one reason, that reason says it
    both = assessed(today_leg=["leg_swollen"], today_foot=["foot_sore"])
    assert "Level met by: " in clinician(both, rulebook)


def test_a_private_answer_stays_off_the_clinicians_page_and_out_of_its_data(rulebook, assessed) -> None:
    private = [
        (item, option) for item in rulebook.items.values() for option in item.options if option.private
    ]
    assert private
    seen = 0
    for item, option in private:
        told = {item.id: option.code if item.type == "choice" else [option.code]}
        result = assessed(**{"effect": "spoils_many", **told})
        if not any(remark.private for remark in result.smallest_reason):
            continue
        seen += 1
        text = clinician(result, rulebook)
        assert not re.search("Level met by|Level hinges on", text)
        assert ENOUGH not in person(result, rulebook)
        data = without_private(as_data(result), rulebook)
        assert data["smallest_reason"] == []
        sets = data["would_change_together"]
        told = [(c["item"], c["option"], c["from"], c["to"]) for entry in sets for c in entry["changes"]]
        assert not [one for one in told if one[0] == item.id and option.code in one]
    assert seen


def test_other_programs_get_the_same(assessed) -> None:
    result = assessed(conditions=["kidney_trouble"], kidneys="dialysis", lately=["passed_out_before"])
    data = as_data(result)
    assert [sorted(remark) for remark in data["smallest_reason"]] == [["answer", "item", "option", "text"]]
    for entry in data["would_change_together"]:
        assert sorted(entry) == ["changes", "disposition"]
        for change in entry["changes"]:
            assert sorted(change) == ["disposition", "from", "item", "option", "text", "to"]
            assert change["disposition"] == entry["disposition"]
    singles = {change["disposition"] for change in data["would_change"]}
    together = {entry["disposition"] for entry in data["would_change_together"]}
    assert together
    assert not singles & together
