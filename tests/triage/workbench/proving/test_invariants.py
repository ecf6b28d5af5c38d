"""The forty safety invariants of the panel review (c), over the whole rulebook.

Those that speak of answers stand in ``rules/invariants.yaml`` and are proved (``test_proving``). Here they are
written a second time, in Python, and tried on 14,000 random responses, in columns: what is proved must be what
the panel meant. Of some thousands the plain evaluator, and of some hundreds the rule network, must say the same.
"""

import random
from collections import Counter
from dataclasses import replace

import pytest
from invariants.crowd import Crowd
from invariants.premises import HIDDEN, LEVELS, SILENT
from invariants.situations import TODAY, Case
from invariants.trial import TURNS, Trial, judge, run
from mutants.one_change import with_card, without_guard
from people.advice import advise
from people.generators import random_response
from people.overlays import CALM_OVERLAYS, OVERLAYS

from triage.conditions.leaf import Ticks
from triage.engine.assess import assess
from triage.engine.effective import effective_answers
from triage.engine.inference import Reasoner
from triage.engine.outcome import outcome
from triage.engine.response import Response
from triage.engine.routing.due import due
from triage.readers.answer_bits import indices
from triage.rulebook.model import Item, urgency
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import interviewed

RESPONSES = 14_000
CHUNK = 2_000
PLAINLY = 600
SPOKEN = {"5", "6", "7", "8", "12", "30 routine at most", "30 self-care", "34", "37", "40 restless"}


@pytest.fixture(scope="module")
def reasoner(rulebook: Rulebook) -> Reasoner:
    return Reasoner(rulebook, TODAY)


@pytest.fixture(scope="module")
def tried(rulebook: Rulebook) -> tuple[Counter[str], list[str]]:
    counts: Counter[str] = Counter()
    faults: list[str] = []
    for seed in range(20261124, 20261124 + RESPONSES // CHUNK):
        count, found = run(rulebook, seed, CHUNK)
        counts += count
        faults += found
    return counts, faults


@pytest.mark.parametrize("name", sorted({*LEVELS, *HIDDEN, *SPOKEN}))
def test_on_random_responses(tried: tuple[Counter[str], list[str]], name: str) -> None:
    counts, faults = tried
    assert counts["6"] == RESPONSES
    assert counts[name] >= 200, "too few responses try this invariant to show anything"
    assert [fault for fault in faults if fault.startswith(f"{name}: ")] == []


def test_every_fault_belongs_to_an_invariant_above(tried: tuple[Counter[str], list[str]]) -> None:
    assert set(tried[0]) <= {*LEVELS, *HIDDEN, *SPOKEN}
    assert tried[1] == []


def test_a_broken_rule_is_seen(rulebook: Rulebook) -> None:
    """The checks can fail: with a red flag silenced and a guard taken away, they do (more: test_broken_rules)."""
    lower = {"disposition": "routine", "if_unsure": "self_care"}
    broken = with_card(rulebook, rulebook.cards["leg_swollen"], **lower)
    broken = without_guard(broken, broken.cards["magnesium_note"], 0)
    trial = Trial(broken, 1)
    trial.compared = trial.ladders
    _, faults = judge(trial, trial.crowd(5000))
    assert {"13", "4 yes", "4 unsure", "31 kidneys"} <= {fault.partition(": ")[0] for fault in faults}


@pytest.fixture(scope="module")
def sample(rulebook: Rulebook) -> tuple[Trial, Crowd, list[Case]]:
    """Some random people, in columns and each one by the plain evaluator."""
    trial = Trial(rulebook, 7)
    responses = list(trial.responses(PLAINLY))
    return trial, trial.crowd_of(responses), [Case(rulebook, response) for response in responses]


def said_of(crowd: Crowd, number: int) -> tuple[object, ...]:
    """What the columns say of one person: every condition, the levels reached, the advice shown."""
    levels = [level for level, bits in crowd.levels.items() if bits >> number & 1]
    shown = {card for card, bits in crowd.shown.items() if bits >> number & 1}
    return {goal: column.of(number) for goal, column in crowd.found.items()}, levels, shown


def plainly_said(case: Case) -> tuple[object, ...]:
    """The same by the plain evaluator."""
    return case.found, [case.level], case.shown


def test_the_plain_evaluator_says_the_same(sample: tuple[Trial, Crowd, list[Case]]) -> None:
    for number, case in enumerate(sample[2]):
        assert said_of(sample[1], number) == plainly_said(case)


@pytest.mark.parametrize("name", sorted({*LEVELS, *HIDDEN}))
def test_a_premise_asks_one_and_many_the_same(sample: tuple[Trial, Crowd, list[Case]], name: str) -> None:
    _, crowd, cases = sample
    premise = {**LEVELS, **HIDDEN}[name][1]
    meant = premise(crowd)
    assert [n for n, case in enumerate(cases) if bool(premise(case)) is not bool(meant >> n & 1)] == []


def test_a_changed_answer_is_a_response_like_any_other(sample: tuple[Trial, Crowd, list[Case]]) -> None:
    trial, crowd, cases = sample
    for start, item in enumerate(trial.compared):
        answers = trial.no_unsure_yes(crowd, item)
        for kind in range(3):
            changed = crowd.changed(item.id, (each[kind] for each in answers))
            for number in range(start, PLAINLY, 150):
                response = cases[number].response.with_answer(item.id, answers[number][kind])
                assert said_of(changed, number) == plainly_said(Case(crowd.book, response))


def test_the_network_agrees_on_a_sample(
    reasoner: Reasoner, sample: tuple[Trial, Crowd, list[Case]]
) -> None:
    for case in sample[2][:120]:
        step = reasoner.step(case.response)
        assert step.level == case.level
        assert step.truths == {goal: bounds.truth for goal, bounds in case.found.items()}
        given, _ = advise(reasoner, case.response)
        assert {advice.id for advice in given} == case.shown


def test_1_the_order_of_the_answers_changes_nothing(sample: tuple[Trial, Crowd, list[Case]]) -> None:
    for case in sample[2]:
        backwards = Response(dict(reversed(list(case.response.answers.items()))))
        assert effective_answers(case.book, backwards, TODAY) == case.effective_answers


def test_11_in_an_emergency_nothing_more_is_asked(sample: tuple[Trial, Crowd, list[Case]]) -> None:
    emergencies = [case for case in sample[2] if case.level == "emergency"]
    assert len(emergencies) >= 200
    for case in emergencies:
        assert due(case.book, case.effective_answers, case.found, case.level) == []


def test_the_random_responses_are_varied(rulebook: Rulebook) -> None:
    """A generator that never fires a card proves nothing about it."""
    crowd = Trial(rulebook, 11).crowd(2500)
    assert min(people.bit_count() for people in crowd.levels.values()) > 50
    fired = [flag.id for flag in rulebook.red_flags if crowd.found[flag.id].present]
    assert len(fired) > 0.85 * len(rulebook.red_flags)
    assert len(OVERLAYS) + len(CALM_OVERLAYS) > 50
    assert TURNS <= RESPONSES // CHUNK  # every question on danger signs has its turn


def test_1_same_answers_same_output_in_any_order(rulebook: Rulebook) -> None:
    for seed in range(2):
        response = random_response(rulebook, random.Random(seed), share=0.9)
        backwards = Response(dict(reversed(list(response.answers.items()))))
        one, two = assess(rulebook, response, TODAY), assess(rulebook, backwards, TODAY)
        assert (one.disposition, one.red_flags, one.advice, one.withheld) == (
            two.disposition, two.red_flags, two.advice, two.withheld,
        )  # fmt: skip


# Cards on these questions name the line that opens them as well.
OPENED_BY = {
    "ankles": {"also_feelings": Ticks(frozenset({"ankles_swollen"}))},
    "fall_details": {"also_feelings": Ticks(frozenset({"fall"}))},
    "wound_details": {"lately": Ticks(frozenset({"deep_wound"}))},
    "pee_signs": {"today_nerves": Ticks(frozenset({"pee_trouble"}))},
    "patch_signs": {"today_leg": Ticks(frozenset({"red_hot_patch"}))},
    "bleed_signs": {"today_body": Ticks(frozenset({"nosebleeds"}))},
    "heat_signs": {"today_body": Ticks(frozenset({"heat_spread"}))},
}


def test_8_every_single_red_flag_line_rules_out_self_care(rulebook: Rulebook, reasoner: Reasoner) -> None:
    """Every line of every red-flag item, yes or unsure, in an otherwise ordinary person; gates aside."""
    ordinary, _ = interviewed(reasoner, Response({}))
    lines = [
        (item.id, ticks)
        for item in rulebook.items.values()
        if item.red_flag and item.type == "choices"
        for code in item.codes
        if (item.id, code) not in SILENT
        for ticks in (Ticks(frozenset({code})), Ticks(frozenset(), frozenset({code})))
    ]
    usual = Case(rulebook, Trial(rulebook, 8).complete(ordinary)).effective_answers
    rows = [{**usual, item: ticks, **OPENED_BY.get(item, {})} for item, ticks in lines]
    items = {name: _asked_of_everybody(item) for name, item in rulebook.items.items()}
    ungated = replace(rulebook, items=items)
    calm = Crowd.of(ungated, rows).levels["self_care"]
    assert len(lines) > 250
    assert [lines[number] for number in indices(calm)] == []


def _asked_of_everybody(item: Item) -> Item:
    options = tuple(option.model_copy(update={"ask_when": None}) for option in item.options)
    return item.model_copy(update={"ask_when": None, "options": options})


def test_9_unfinished_is_never_called_routine_at_any_level(rulebook: Rulebook, reasoner: Reasoner) -> None:
    step = reasoner.step(Response())
    assert step.due
    for level in ("emergency", "same_day", "soon", "routine", "self_care"):
        code = outcome(rulebook, replace(step, level=level)).code
        assert code == (level if urgency(level) >= urgency("soon") else "unfinished")


@pytest.mark.parametrize(
    "answers",
    [
        {"medicines": [{"name": "atorvastatin", "started": "long_ago"}]},
        {"age": 79},
        {"drinks_food": ["alcohol_over_14"]},
        {"lately": ["hormones"]},
        {"days": ["sit_long"]},
        {"feel": ["hard_knot", "numb_tingling"]},
    ],
    ids=str,
)
def test_30_no_single_one_of_these_means_a_visit_this_week(rulebook, reasoner, responses, answers) -> None:
    response, _ = interviewed(reasoner, responses(rulebook, **answers))
    assert urgency(reasoner.step(response).level) <= urgency("routine")


def test_evaluator_and_findings_never_build_on_a_theory(rulebook: Rulebook) -> None:
    """Refuted ideas fire, and nothing follows: with every theory removed all else is the same."""
    theories = {card.id for card in rulebook.theories}
    assert len(theories) > 15
    crowd = Trial(rulebook, 3).crowd(2000)
    cards = {name: card for name, card in rulebook.cards.items() if name not in theories}
    without = crowd.under(replace(rulebook, cards=cards)).found
    assert without == {goal: column for goal, column in crowd.found.items() if goal not in theories}
