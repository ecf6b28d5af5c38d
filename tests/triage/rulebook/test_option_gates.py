"""Lines of a question that are shown only to those of whom they can be true."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from interviews.plainly import PlainReasoner

from triage.conditions.leaf import NoAnswer, Ticks
from triage.conditions.nodes import Answered
from triage.engine.assess import assess_with
from triage.engine.counterfactuals.cohort import in_columns
from triage.engine.effective import effective_answers, for_this_person, hidden_codes
from triage.engine.inference import Reasoner
from triage.engine.interview.events import ChangeAnswer, Command, Confirmation, Question, ReadBack, Review
from triage.engine.interview.stages import interview
from triage.engine.response import Response
from triage.problems import Invalid
from triage.readers.evaluate import evaluate
from triage.rulebook.load import load
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth
from triage.workbench.examples import TODAY, usual_answers


@pytest.fixture(scope="module")
def reasoner(rulebook: Rulebook) -> Reasoner:
    return Reasoner(rulebook, TODAY)


def shown(rulebook: Rulebook, item: str, **answers: object) -> set[str]:
    known = effective_answers(rulebook, Response(dict(answers)), TODAY)
    return set(for_this_person(rulebook.items[item], known).codes)


def test_a_line_is_shown_unless_it_surely_cannot_be_true(rulebook: Rulebook) -> None:
    assert "child_fever_leg" in shown(rulebook, "emergency_legs", age=8)
    assert "child_fever_leg" not in shown(rulebook, "emergency_legs", age=18)
    assert "child_fever_leg" in shown(rulebook, "emergency_legs", age=NoAnswer.UNSURE)
    assert "child_fever_leg" in shown(rulebook, "emergency_legs")
    assert "pregnancy_head" not in shown(rulebook, "emergency_other", sex="male", age=30)
    assert "pregnancy_head" in shown(rulebook, "emergency_other", sex="female", age=30, pregnancy="maybe")
    assert "pregnancy_head" not in shown(
        rulebook, "emergency_other", sex="female", age=30, pregnancy="none"
    )


@pytest.mark.parametrize(
    ("line", "nobody", "somebody"),
    [
        (("emergency_legs", "child_fever_leg"), {"age": 18}, {"age": 17}),
        (
            ("emergency_other", "pregnancy_head"),
            {"age": 40, "sex": "male"},
            {"age": 40, "pregnancy": "over_20"},
        ),
        (("lately", "hormones"), {"age": 10}, {"age": 11}),
        (("drinks_food", "drugs"), {"age": 10}, {"age": 11}),
    ],
)
@pytest.mark.parametrize("doubt", [False, True])
def test_what_is_not_shown_reads_as_no_whatever_a_file_says(
    rulebook: Rulebook,
    reasoner: Reasoner,
    line: tuple[str, str],
    nobody: dict,
    somebody: dict,
    doubt: bool,
) -> None:
    item, code = line
    usual = usual_answers(rulebook).answers
    ticks = Ticks(frozenset(), frozenset({code})) if doubt else Ticks(frozenset({code}))
    for who, counts in ((nobody, False), (somebody, True)):
        known = effective_answers(rulebook, Response({**who, item: ticks}), TODAY)[item]
        assert isinstance(known, Ticks)
        assert (code in known.ticked | known.unsure) is counts
        without = assess_with(reasoner, Response({**usual, **who, item: Ticks()}))
        for answer in (ticks, NoAnswer.UNSURE):
            told = assess_with(reasoner, Response({**usual, **who, item: answer}))
            names = [flag.id for flag in told.red_flags]
            if answer is ticks and not counts:
                assert told.disposition == without.disposition
                assert names == [flag.id for flag in without.red_flags]


def test_nobody_denies_what_was_not_shown(rulebook: Rulebook, reasoner: Reasoner) -> None:
    usual = usual_answers(rulebook).answers
    for age, said in ((45, False), (9, True)):
        told = assess_with(reasoner, Response({**usual, "age": age}))
        assert (
            ("emergency_legs", "child_fever_leg") in {(n.item, n.option) for n in told.pertinent_negatives}
        ) is said


def answer_until_the_review(steps, rulebook: Rulebook, **answers: object):
    """Give usual answers until the review, and return it."""
    usual = {**usual_answers(rulebook).answers, **answers}
    step = next(steps)
    while not isinstance(step, Review):
        if isinstance(step, Question):
            yield step
            step = steps.send(usual[step.item.id])
        else:
            step = steps.send(Confirmation.YES if isinstance(step, ReadBack) else None)


def test_a_line_that_comes_into_question_later_is_asked_and_not_taken_as_denied(rulebook: Rulebook) -> None:
    """Whoever was 45, and is 9 after a change, has never said that there is no fever with leg pain."""
    steps = interview(PlainReasoner(rulebook, TODAY))
    asked = list(answer_until_the_review(steps, rulebook))
    first = next(one for one in asked if one.item.id == "emergency_legs")
    assert "child_fever_leg" not in first.item.codes
    question = steps.send(ChangeAnswer("age"))
    assert isinstance(question, Question)
    step = steps.send(9)
    while not (isinstance(step, Question) and step.item.id == "emergency_legs"):
        step = steps.send(Confirmation.YES if isinstance(step, ReadBack) else None)
    assert "child_fever_leg" in step.item.codes
    assert step.prior == Ticks()
    assert steps.send(Command.BACK)


@given(st.data())
def test_the_solver_and_the_evaluator_hide_the_same(data: st.DataObject) -> None:
    rulebook = _Built.rulebook()
    age = data.draw(st.sampled_from([0, 10, 11, 15, 16, 17, 18, 60, NoAnswer.UNSURE]))
    sex = data.draw(st.sampled_from(["female", "male", "other", NoAnswer.UNSURE]))
    known = effective_answers(rulebook, Response({"age": age, "sex": sex}), TODAY)
    for item in rulebook.items.values():
        hidden = hidden_codes(item, known)
        every = {code: Ticks(frozenset({code})) for code in item.codes} if item.type == "choices" else {}
        for code, ticks in every.items():
            after = effective_answers(rulebook, Response({"age": age, "sex": sex, item.id: ticks}), TODAY)
            stands = after[item.id]
            if isinstance(stands, Ticks):
                assert (code in stands.ticked) is (code not in hidden)


def test_a_firm_tick_is_firm_also_where_a_doubt_opened_the_line(rulebook: Rulebook) -> None:
    """Not sure of “a change in the body”, and sure of the bone that hurts at night: it counted as a doubt."""
    opened = {"also_feelings": Ticks(frozenset(), frozenset({"body_change"}))}
    reasoner = PlainReasoner(rulebook, TODAY)
    for code, truth in (("ticked", Truth.PRESENT), ("unsure", Truth.UNKNOWN), ("", Truth.ABSENT)):
        told = Ticks(**{code: frozenset({"bone_night"})}) if code else Ticks(frozenset())
        step = reasoner.step(Response({**opened, "ill_signs": told}))
        assert "bone_night" not in hidden_codes(rulebook.items["ill_signs"], step.effective_answers)
        assert step.found["ill_bone_night"].truth is truth


SHOWN = [("hard_knot", True), ("twitching", False), ("twitching weak_heavy?", False), ("weak_heavy?", True)]


@pytest.mark.parametrize(("feel", "shown"), SHOWN)
def test_a_doubt_beside_a_firm_tick_shows_no_line(rulebook: Rulebook, feel: str, shown: bool) -> None:
    """Twitching closes “how long did it last”, and with it a line of a man's recent events, though he is
    not sure if his legs are weak as well: one reader of conditions took the doubt for all of the answer."""
    ticked = frozenset(word for word in feel.split() if not word.endswith("?"))
    unsure = frozenset(word[:-1] for word in feel.split() if word.endswith("?"))
    answers = {
        **usual_answers(rulebook).answers, "age": 75, "sex": "male", "feel": Ticks(ticked, unsure),
        "side": "either", "lately": Ticks(frozenset({"hormones"})),
    }  # fmt: skip
    del answers["duration"]
    response = Response(answers)
    assert ("hormones" in effective_answers(rulebook, response, TODAY)["lately"].ticked) is shown
    found = in_columns(rulebook, [response], TODAY).evaluate_all(rulebook.shared_goals)["oestrogen"].of(0)
    assert (found.most is Truth.PRESENT) is shown


def test_of_a_line_that_is_hidden_it_is_known_that_it_does_not_fit(rulebook: Rulebook) -> None:
    known = rulebook.option_gates.condition(Answered("emergency_legs", "child_fever_leg"))
    doubt = Ticks(frozenset(), frozenset({"child_fever_leg"}))
    for age, answer, truth in (
        (8, doubt, Truth.ABSENT),
        (8, Ticks(), Truth.PRESENT),
        (18, doubt, Truth.PRESENT),
        (18, NoAnswer.UNSURE, Truth.PRESENT),
    ):
        told = effective_answers(rulebook, Response({"age": age, "emergency_legs": answer}), TODAY)
        assert evaluate(known, told, {}).truth is truth


class _Built:
    _made: Rulebook | None = None

    @classmethod
    def rulebook(cls) -> Rulebook:
        if cls._made is None:
            cls._made = load(Path(__file__).parents[3] / "rules")
        return cls._made


@pytest.mark.parametrize(
    ("gate", "code"),
    [
        ("{item: kidneys, is: fine}", "forward-reference"),
        ("{found: night_cramp}", "unknown-card"),
        ("{item: no_such_question, is: yes}", "unknown-item"),
        ("{at_least: 2, of: [{item: age, below: 18}]}", "condition-count"),
    ],
)
def test_a_gate_of_a_line_is_checked_like_that_of_a_question(
    small_folder: Path, gate: str, code: str
) -> None:
    file = next(path for path in (small_folder / "items").iterdir() if "swollen" in path.read_text())
    text = file.read_text()
    line = next(one for one in text.splitlines() if "code: swollen" in one)
    file.write_text(text.replace(line, line.rstrip().removesuffix("}") + f", ask_when: {gate}}}"))
    with pytest.raises(Invalid) as refused:
        load(small_folder)
    assert code in {problem.code for problem in refused.value.problems}
