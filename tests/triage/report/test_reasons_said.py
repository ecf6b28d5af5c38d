"""A reason is what the person said: no question and no line that they never saw is told as one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from triage.conditions.leaf import EffectiveAnswer, NoAnswer
from triage.engine.assess import assess_with
from triage.engine.assessment import Assessment
from triage.engine.effective import hidden_codes
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import interviewed


def hidden_lines(rulebook: Rulebook, known: Mapping[str, EffectiveAnswer], item: str) -> frozenset[str]:
    return hidden_codes(rulebook.items[item], known)


def test_no_reason_of_any_written_case_is_a_line_that_was_not_shown(
    rulebook: Rulebook, assessed_cases: list[tuple[str, Assessment]]
) -> None:
    hidden: list[tuple[str, str, str]] = []
    seen = 0
    for name, result in assessed_cases:
        known = result.effective_answers
        lines_hidden = partial(hidden_lines, rulebook, known)
        for finding in (*result.red_flags, *result.patterns, *result.factors):
            for remark in (*finding.for_, *finding.against, *finding.unknown):
                seen += 1
                never = known.get(remark.item) is NoAnswer.UNREACHABLE
                if never and {one.item for one in finding.for_} == {remark.item}:
                    continue  # nothing else speaks for it
                unseen = remark in finding.for_ if never else remark.option in lines_hidden(remark.item)
                if unseen:
                    hidden.append((name, finding.id, remark.text))
    assert seen > 5000
    assert hidden == []


def test_who_is_grown_up_does_not_read_of_a_question_for_parents(rulebook, reasoner, responses) -> None:
    response, _ = interviewed(
        reasoner,
        responses(
            rulebook, age=64, sex="male", also_feelings=["walking_pain"], feel=["walking_pain"], where=["calf"],
            when=["walking"], side="same_leg", walk_signs=["stop_gone"],
        ),
    )  # fmt: skip
    result = assess_with(reasoner, response)
    (walking,) = (flag for flag in result.red_flags if flag.id == "walking_pain")
    assert {remark.item for remark in walking.for_} == {"age", "feel", "walk_signs"}


def test_an_exception_that_does_not_apply_is_no_reason(rulebook, reasoner, responses) -> None:
    """“Not after effort, not a limb that falls asleep” is no reason for a visit, and was never said as one."""
    response, _ = interviewed(
        reasoner,
        responses(
            rulebook, age=61, sex="male", feel=["shooting", "numb_tingling"], began="three_months", how_often="daily",
            where=["buttock", "belly_back"], side="same_leg", when=["sitting"], also_fits=["back_to_leg"],
        ),
    )  # fmt: skip
    result = assess_with(reasoner, response)
    told = {flag.id: flag.for_ for flag in result.red_flags}
    assert {"not_only_legs_new", "many_nights", "not_a_cramp"} <= set(told)
    assert {remark.item for remark in told["many_nights"]} == {"how_often"}
    fits = {remark.option for reasons in told.values() for remark in reasons if remark.item == "also_fits"}
    assert fits == {"back_to_leg"}  # the picture that stays, and none of the excuses


def test_parts_of_what_does_not_hold_speak_against_nothing(rulebook, reasoner, responses) -> None:
    """Against sciatica speaks pain that goes on standing still *and* never starts at rest. Neither was asked."""
    response, _ = interviewed(
        reasoner,
        responses(
            rulebook, age=45, sex="male", feel=["shooting"], side="same_leg", also_fits=["back_to_leg"]
        ),
    )
    (picture,) = [found for found in assess_with(reasoner, response).patterns if found.id == "sciatica"]
    assert picture.against == ()
