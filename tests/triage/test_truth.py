"""The laws of Kleene's logic, for single truths and for bounds."""

from hypothesis import given
from hypothesis import strategies as st

from triage.truth import OPEN, Bounds, Truth, all_of, any_of, at_least, count_at_least, not_

truths = st.sampled_from(Truth)
bounds = st.tuples(truths, truths).map(lambda pair: Bounds(min(pair), max(pair)))
several = st.lists(bounds, max_size=5)


@given(bounds)
def test_double_negation(a: Bounds) -> None:
    assert not_(not_(a)) == a


@given(several)
def test_de_morgan(parts: list[Bounds]) -> None:
    assert not_(all_of(parts)) == any_of(not_(part) for part in parts)
    assert not_(any_of(parts)) == all_of(not_(part) for part in parts)


@given(bounds, bounds, bounds)
def test_distribution_and_absorption(a: Bounds, b: Bounds, c: Bounds) -> None:
    assert all_of([a, any_of([b, c])]) == any_of([all_of([a, b]), all_of([a, c])])
    assert any_of([a, all_of([a, b])]) == a
    assert all_of([a, any_of([a, b])]) == a


@given(several)
def test_order_does_not_matter(parts: list[Bounds]) -> None:
    assert all_of(parts) == all_of(reversed(parts))
    assert any_of(parts) == any_of(reversed(parts))


@given(several.filter(bool))
def test_counting_generalises_and_and_or(parts: list[Bounds]) -> None:
    assert at_least(1, parts) == any_of(parts)
    assert at_least(len(parts), parts) == all_of(parts)


@given(several.filter(bool), st.integers(1, 5))
def test_not_at_least_n_is_at_least_the_rest_do_not(parts: list[Bounds], needed: int) -> None:
    needed = min(needed, len(parts))
    rest = len(parts) - needed + 1
    assert not_(at_least(needed, parts)) == at_least(rest, [not_(part) for part in parts])


def test_nothing_is_all_and_not_any() -> None:
    assert all_of([]).truth is Truth.PRESENT
    assert any_of([]).truth is Truth.ABSENT


def test_unknown_is_never_coerced() -> None:
    unsure = Bounds.settled(Truth.UNKNOWN)
    absent, present = Bounds.settled(Truth.ABSENT), Bounds.settled(Truth.PRESENT)
    assert not_(unsure).truth is Truth.UNKNOWN
    assert all_of([unsure, present]).truth is Truth.UNKNOWN
    assert all_of([unsure, absent]).truth is Truth.ABSENT
    assert any_of([unsure, present]).truth is Truth.PRESENT
    assert any_of([unsure, absent]).truth is Truth.UNKNOWN
    assert count_at_least(2, [Truth.PRESENT, Truth.UNKNOWN, Truth.ABSENT]) is Truth.UNKNOWN


def test_not_asked_and_not_sure_are_both_unknown_but_not_the_same() -> None:
    unsure = Bounds.settled(Truth.UNKNOWN)
    assert OPEN.truth is unsure.truth is Truth.UNKNOWN
    assert all_of([OPEN, unsure]).least is Truth.ABSENT  # may still become "no"
    assert any_of([OPEN, unsure]).least is Truth.UNKNOWN  # will never be better than "not sure"


@given(several, st.integers(0, 4), truths)
def test_learning_more_only_narrows(parts: list[Bounds], index: int, value: Truth) -> None:
    """Replacing an open part by a settled one never leaves the bounds there were before."""
    if not parts:
        return
    index %= len(parts)
    before = [*parts]
    before[index] = OPEN
    after = [*before]
    after[index] = Bounds.settled(value)
    for join in (all_of, any_of, lambda p: at_least(1 + len(before) // 2, p)):
        wide, narrow = join(before), join(after)
        assert wide.least <= narrow.least <= narrow.most <= wide.most
