"""Every reader says the same of any condition that the language can say, whatever is answered."""

from hypothesis import given, settings
from hypothesis import strategies as st
from readers.said import in_batch, plainly, says_the_same_as_it_goes_on

from triage.conditions.leaf import Medicines, NoAnswer, TakenMedicine, Ticks
from triage.conditions.nodes import (
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    Comparator,
    Compare,
    Found,
    Includes,
    Is,
    Not,
    Takes,
)
from triage.conditions.walk import share
from triage.readers.batch import Conditions
from triage.readers.columns import Columns
from triage.readers.evaluate import evaluate_all
from triage.readers.experta_network import Network
from triage.readers.ongoing import Ongoing

_ITEMS = st.sampled_from(["x", "y"])
_LEAVES = st.one_of(
    st.builds(Is, _ITEMS, st.just(("a",))),
    st.builds(Includes, st.just("t"), st.sampled_from([("k",), ("k", "m")])),
    st.builds(Answered, st.just("t"), st.sampled_from([None, "k"])),
    st.builds(Compare, st.just("n"), st.sampled_from(Comparator), st.integers(0, 3)),
    st.builds(Takes, st.just("statin"), st.sampled_from([None, 6])),
    st.builds(Found, st.sampled_from(["first", "second", "nobody"])),
)
_CONDITIONS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(AllOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.lists(inner, min_size=1, max_size=3).flatmap(
            lambda parts: st.builds(AtLeast, st.integers(1, len(parts)), st.just(tuple(parts)))
        ),
    ),
    max_leaves=8,
)
_CHOICE = st.sampled_from([*NoAnswer, "a", "b"])
_STANDINGS = st.fixed_dictionaries(
    {
        "x": _CHOICE,
        "y": _CHOICE,
        "t": st.sampled_from(
            [*NoAnswer, Ticks(), Ticks(frozenset("k")), Ticks(frozenset("m"), frozenset("k"))]
        ),
        "n": st.sampled_from([*NoAnswer, 0, 1, 2, 3]),
        "medicines": st.sampled_from(
            [
                *NoAnswer,
                Medicines(),
                Medicines((TakenMedicine("odd"),)),
                Medicines((TakenMedicine("s", "s", frozenset({"statin"}), (0, 3)),)),
                Medicines((TakenMedicine("s", "s", frozenset({"statin"}), (9, 30)),)),
            ]
        ),
    }
)


@settings(max_examples=300, deadline=None)
@given(_CONDITIONS, _CONDITIONS, _CONDITIONS, st.lists(_STANDINGS, min_size=1, max_size=4))
def test_any_condition_at_all(first, second, third, situations) -> None:
    """Not only what today's cards use: whatever the language can say."""
    goals = {
        "first": strip(first, {"first", "second"}),
        "second": strip(second, {"second"}),
        "third": third,
    }
    network = Network(goals)
    known_parts = {}
    shared = {goal: share(node, known_parts) for goal, node in goals.items()}
    assert shared == goals
    ongoing = Ongoing(shared)
    found = Columns({}, situations).evaluate_all(shared)
    batch = in_batch(Conditions({}, goals), situations)
    for number, known in enumerate(situations):
        expected = evaluate_all(goals, known)
        assert batch[number] == expected
        assert network.conclude(known) == plainly(goals, known)
        for item, effective_answer in known.items():
            ongoing.answer(item, effective_answer)
        says_the_same_as_it_goes_on(ongoing, goals, known, expected)
        assert {goal: found[goal].of(number) for goal in goals} == expected


def strip(node, later: set[str]):
    """No ring: a goal refers to earlier goals only."""
    from triage.conditions.walk import rewrite

    return rewrite(
        node, lambda leaf: Is("x", ("b",)) if isinstance(leaf, Found) and leaf.card in later else leaf
    )
