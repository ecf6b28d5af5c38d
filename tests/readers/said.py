"""What the readers of conditions say, in one form: the evaluator, also as it goes on, and the batch."""

from triage.readers.batch import COMPLETE, HALF, Conditions
from triage.readers.evaluate import evaluate_all, open_items
from triage.readers.ongoing import Ongoing
from triage.truth import Bounds, Truth


def plainly(goals, known):
    return {goal: bounds.truth for goal, bounds in evaluate_all(goals, known).items()}


def in_batch(conditions: Conditions, rows, planes: int = HALF) -> list[dict[str, Bounds]]:
    """What the batch reader says of each goal and each response; half-finished ones have four planes."""
    frame = conditions.gated(conditions.frame(rows))
    if planes == COMPLETE:
        assert not frame.select(conditions.unanswered()).to_series().any()
    found = conditions.conclude(frame, planes)
    planes_of = {
        goal: [found[f"{goal} {number}"].to_list() for number in range(planes)] for goal in conditions.goals
    }
    return [
        {goal: _bounds([plane[row] for plane in planes]) for goal, planes in planes_of.items()}
        for row in range(len(rows))
    ]


def _bounds(holds: list[bool]) -> Bounds:
    if len(holds) == COMPLETE:
        return Bounds.settled(Truth(sum(holds)))
    return Bounds(Truth(holds[0] + holds[1]), Truth(holds[2] + holds[3]))


def says_the_same_as_it_goes_on(ongoing: Ongoing, goals, known, expected) -> None:
    assert ongoing.found() == expected
    assert ongoing.truths() == {goal: bounds.truth for goal, bounds in expected.items()}
    for goal, node in goals.items():
        assert ongoing.open_items(goal) == open_items(node, known, goals, expected), goal
