"""``certain`` and ``possible``: what a doubt counts as, in any condition that reads answers."""

from hypothesis import given
from hypothesis import strategies as st

from triage.conditions.doubt import settle, settled
from triage.conditions.leaf import NoAnswer, Ticks
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
from triage.readers.english import english, in_brackets
from triage.readers.evaluate import evaluate
from triage.truth import Truth

_LEAVES = st.one_of(
    st.builds(Is, st.just("x"), st.sampled_from([("a",), ("a", "b")])),
    st.builds(Includes, st.just("t"), st.sampled_from([("k",), ("k", "m")])),
    st.builds(Compare, st.just("n"), st.sampled_from(Comparator), st.integers(0, 3)),
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
_ASKED = [NoAnswer.UNSURE, NoAnswer.DECLINED]
_ANSWERS = st.fixed_dictionaries(
    {
        "x": st.sampled_from([*_ASKED, "a", "b", "c"]),
        "t": st.sampled_from(
            [
                *_ASKED,
                Ticks(),
                Ticks(frozenset("k")),
                *(Ticks(frozenset(a), frozenset(b)) for a, b in ("km", "mk")),
            ]
        ),
        "n": st.sampled_from([*_ASKED, 0, 1, 2, 3]),
    }
)


@given(_CONDITIONS, _ANSWERS)
def test_a_doubt_counts_as_no_or_as_yes_and_what_is_known_stays(condition, answers) -> None:
    """On the whole: where every part in doubt counts as that, nothing is left unknown."""
    known = evaluate(condition, answers, {}).truth
    for doubt in (False, True):
        node = settle(condition, doubt=doubt)
        assert node is not None
        truth = evaluate(node, answers, {}).truth
        if known is Truth.UNKNOWN:
            assert truth is (Truth.PRESENT if doubt else Truth.ABSENT)
        else:
            assert truth is known


def test_of_medicines_and_other_cards_it_cannot_say() -> None:
    for leaf in (Takes("statin"), Found("c")):
        assert settle(AllOf((Is("x", ("a",)), leaf)), doubt=False) is None


def test_words_say_it_as_it_was_written() -> None:
    leaf = Includes("t", ("k",))
    for doubt, words in ((False, "for certain"), (True, "perhaps")):
        node = settle(leaf, doubt=doubt)
        assert node is not None
        assert settled(node) == (doubt, leaf)
        assert english(Not(node), {}) == [f"not: {words}, in “t” there is a tick at k"]
        assert in_brackets(node) == f"{words}, in “t” there is a tick at k"


def test_what_only_looks_like_it_is_told_in_full() -> None:
    leaf, other = Includes("t", ("k",)), Answered("t", "m")
    assert settled(AllOf((leaf, other))) is None
    assert settled(AnyOf((leaf, Answered("t", "k")))) is None
    assert settled(AllOf((leaf, Answered("t", "k"), other))) is None
