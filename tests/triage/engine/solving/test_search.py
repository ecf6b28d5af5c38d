"""Answers made from conditions, and proofs that there are none."""

import datetime

import pytest

from triage.conditions.nodes import (
    AllOf,
    AnyOf,
    AtLeast,
    Comparator,
    Compare,
    Found,
    Includes,
    Is,
    Node,
    Not,
    Takes,
)
from triage.conditions.walk import cards_read
from triage.engine.effective import effective_answers
from triage.engine.response import Response
from triage.engine.solving.search import Finder
from triage.engine.solving.unknowns import Unknowns
from triage.readers.evaluate import evaluate_all
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth
from triage.workbench.examples import usual_answers

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def unknowns(rulebook: Rulebook) -> Unknowns:
    return Unknowns([rulebook])


def solve(
    rulebook: Rulebook, node: Node, wanted: Truth, fixed: dict[str, int] | None = None
) -> Response | None:
    return Finder(Unknowns([rulebook], [node]), node).find(wanted, fixed)


def test_every_condition_of_the_rules_in_every_way(rulebook: Rulebook, unknowns: Unknowns) -> None:
    """What is found does what was wanted, also among the usual answers to all else.

    An answer that is left out may decide between two reasons, of which one holds whatever it is (a child, or
    old enough for a line to be shown; a line that is ticked, not ticked, or in doubt): the evaluator, which
    looks at one reason at a time, needs it.
    """
    never_unknown, between = [], []
    usual = usual_answers(rulebook).answers
    for goal, node in rulebook.goals.items():
        finder, goals = Finder(unknowns, node), with_what_it_requires(rulebook, goal)
        for wanted in Truth:
            made = finder.find(wanted)
            if made is None:
                assert wanted is Truth.UNKNOWN, (goal, wanted)
                never_unknown.append(goal)
                continue
            known = effective_answers(rulebook, made, TODAY)
            found = evaluate_all(goals, known)[goal].truth
            if found is Truth.UNKNOWN and wanted is not Truth.UNKNOWN:
                between.append(goal)
                known = effective_answers(rulebook, Response({**usual, **made.answers}), TODAY)
                found = evaluate_all(goals, known)[goal].truth
            assert found is wanted, (goal, made)
    assert len(never_unknown) < 5
    assert len(between) < 5


def with_what_it_requires(rulebook: Rulebook, goal: str) -> dict[str, Node]:
    wanted = {goal}
    for name, node in reversed(rulebook.goals.items()):  # findings come before what requires them
        if name in wanted:
            wanted |= cards_read(node)
    return {name: node for name, node in rulebook.goals.items() if name in wanted}


def age(how: Comparator, threshold: float) -> Compare:
    return Compare("age", how, threshold)


@pytest.mark.parametrize(
    "node",
    [
        AllOf((Is("sex", ("male",)), Is("sex", ("female",)))),
        AllOf((Is("sex", ("male",)), Is("pregnancy", ("over_20",)))),  # its gate says no
        AllOf((age(Comparator.BELOW, 40), age(Comparator.AT_LEAST, 40))),
        AllOf((age(Comparator.ABOVE, 40), age(Comparator.BELOW, 41))),
        AllOf((Takes("thiazide"), Not(Takes("diuretic")))),  # every thiazide is one
        AllOf((Includes("today_leg", ("leg_swollen",)), Not(Includes("today_leg", ("leg_swollen", "fever_leg"))))),
        AtLeast(2, (Is("sex", ("male",)), Is("sex", ("female",)), Is("sex", ("other",)))),
        AllOf((Found("leg_swollen"), Not(Includes("today_leg", ("leg_swollen",))))),
        AnyOf(()),
    ],
    ids=repr,
)  # fmt: skip
def test_what_can_never_hold_has_no_answers(rulebook: Rulebook, node) -> None:
    assert solve(rulebook, node, Truth.PRESENT) is None
    assert solve(rulebook, Not(node), Truth.ABSENT) is None


def test_a_number_may_be_fixed(rulebook: Rulebook) -> None:
    node = AllOf((age(Comparator.AT_LEAST, 50), Is("sex", ("male",))))
    made = solve(rulebook, node, Truth.PRESENT, fixed={"age": 50})
    assert made is not None
    assert made.answers == {"age": 50, "sex": "male"}
    assert solve(rulebook, node, Truth.PRESENT, fixed={"age": 49}) is None


def test_medicines_differ_by_class_and_by_start(rulebook: Rulebook) -> None:
    node = AllOf((Takes("statin"), Not(Takes("statin", 6)), Takes("thiazide", 6)))
    made = solve(rulebook, node, Truth.PRESENT)
    assert made is not None
    starts = {
        cls: taken.started
        for taken in made.answers["medicines"]
        for cls in rulebook.classification.with_groups(rulebook.medicines[taken.name].classes)
    }
    assert starts["statin"] != "recent"
    assert starts["thiazide"] == "recent"
    assert isinstance(made, Response)
