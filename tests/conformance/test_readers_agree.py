"""Every reader says the same: the plain evaluator, also from answer to answer, the experta network, the columns,
and the batch.

The corpus: each card by itself with every answer to each item it reads; the examples beside the cards; random
responses over the whole rulebook; random edits, where the network must equal a fresh one. The columns read
all of it; the evaluator and the network, which is forty times as slow, are tried on those responses in which a
mistake in any part of any condition would show (see ``telling``), the evaluator on every sixteenth besides.
"""

import datetime
import itertools
import random
from collections.abc import Iterator

import pytest
from people.generators import answers_to, random_edits, random_response
from readers.said import in_batch, plainly, says_the_same_as_it_goes_on
from readers.telling import faults, telling

from triage.conditions.leaf import NoAnswer
from triage.conditions.walk import items_read
from triage.engine.counterfactuals.cohort import in_columns
from triage.engine.effective import effective_answers
from triage.engine.response import Response
from triage.readers.batch import COMPLETE, HALF, Conditions
from triage.readers.columns import Columns
from triage.readers.evaluate import evaluate_all
from triage.readers.experta_network import Network
from triage.readers.ongoing import Ongoing
from triage.rulebook.goals import goals_of
from triage.rulebook.rulebook import Rulebook
from triage.truth import Bounds, Truth
from triage.workbench.examples import read_examples

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def network(rulebook: Rulebook) -> Network:
    return Network(rulebook.goals)


@pytest.fixture(scope="module")
def corpus(rulebook: Rulebook) -> list[Response]:
    random_ones = [random_response(rulebook, random.Random(seed)) for seed in range(1000)]
    examples = [example.response for example in read_examples(rulebook)]
    return [*random_ones, *every_card_with_every_answer(rulebook), *examples]


def every_card_with_every_answer(rulebook: Rulebook) -> Iterator[Response]:
    """Each pair of items a card reads gets every combination of answers, not asked included."""
    answers = {item.id: [None, *answers_to(item, rulebook)] for item in rulebook.items.values()}
    for goal, node in rulebook.goals.items():
        items = sorted(items_read(node))
        pairs = list(itertools.combinations(items, 2)) or [(items[0],)] if items else []
        rng = random.Random(goal)
        for pair in rng.sample(pairs, min(4, len(pairs))):
            combinations = list(itertools.product(*(answers[item] for item in pair)))
            for combination in rng.sample(combinations, min(12, len(combinations))):
                yield Response({i: a for i, a in zip(pair, combination, strict=True) if a is not None})


@pytest.fixture(scope="module")
def columns(rulebook: Rulebook, corpus: list[Response]) -> Columns:
    return in_columns(rulebook, corpus, TODAY)


@pytest.fixture(scope="module")
def chosen(rulebook: Rulebook, columns: Columns) -> list[int]:
    """The responses of the corpus that show every mistake in a condition that any of it would show, and
    for every goal somebody of whom it is so, not so, and not known."""
    # By the conditions as they are written: what keeps a red flag in proportion repeats their leaves.
    written = goals_of(card for card in rulebook.cards.values() if card.status == "active")
    numbers, hidden = telling(columns, written)
    assert len(hidden) < 0.05 * len(list(faults(columns, written))), hidden
    picked = set(numbers)
    for column in columns.evaluate_all(rulebook.goals).values():
        present, not_absent = column.least_present, column.not_absent
        for bits in (present, columns.everyone & ~not_absent, not_absent & ~present):
            if bits and not any(bits >> number & 1 for number in numbers):
                picked.add((bits & -bits).bit_length() - 1)
    return sorted(picked)


@pytest.fixture(scope="module")
def evaluated(
    rulebook: Rulebook, corpus: list[Response], chosen: list[int]
) -> dict[int, dict[str, Bounds]]:
    """What the evaluator says of the chosen responses, and of every sixteenth of the corpus."""
    return {
        number: evaluate_all(rulebook.shared_goals, effective_answers(rulebook, corpus[number], TODAY))
        for number in sorted({*chosen, *range(0, len(corpus), 16)})
    }


def test_every_card_with_every_answer_to_what_it_reads(
    rulebook: Rulebook,
    corpus: list[Response],
    columns: Columns,
    evaluated: dict[int, dict[str, Bounds]],
) -> None:
    """The evaluator and the columns; the network comes next."""
    assert len(corpus) > 15 * len(rulebook.goals)
    found = columns.evaluate_all(rulebook.goals)
    for number, expected in evaluated.items():
        assert {goal: found[goal].of(number) for goal in expected} == expected, corpus[number]


def test_what_only_some_answers_change_is_evaluated_anew(
    rulebook: Rulebook, corpus: list[Response]
) -> None:
    """What an interview goes on with says the same as the evaluator: of goals, gates, and what is open."""
    ongoing = Ongoing(rulebook.shared_goals)
    for number, response in enumerate(corpus[::40]):
        known = effective_answers(rulebook, response, TODAY)
        assert effective_answers(rulebook, response, TODAY, ongoing) == known
        expected = evaluate_all(rulebook.shared_goals, known)
        assert ongoing.found() == expected
        if number % 8 == 0:
            says_the_same_as_it_goes_on(ongoing, rulebook.goals, known, expected)


def test_the_batch_agrees_on_the_whole_corpus(rulebook: Rulebook, columns: Columns) -> None:
    conditions = Conditions({i.id: i.ask_when for i in rulebook.items.values()}, rulebook.goals)
    concluded = conditions.conclude(conditions.gated(conditions.frame(columns.rows)), HALF)
    for goal, column in columns.evaluate_all(rulebook.goals).items():
        wanted = (column.least_present, column.least_unknown, column.most_present, column.most_unknown)
        for number, bits in enumerate(wanted):
            digits = f"{bits:0{len(columns.rows)}b}"[::-1]
            assert concluded[f"{goal} {number}"].to_list() == [digit == "1" for digit in digits], goal


def test_the_batch_agrees_where_all_is_answered_and_two_planes_are_enough(
    rulebook: Rulebook, small: Rulebook
) -> None:
    for book in (rulebook, small):
        rng = random.Random(11)
        responses = [random_response(book, rng, share=1.0) for _ in range(200)]
        rows = in_columns(book, responses, TODAY).rows
        conditions = Conditions({item.id: item.ask_when for item in book.items.values()}, book.goals)
        for said, response in zip(in_batch(conditions, rows, COMPLETE), responses, strict=True):
            assert said == evaluate_all(book.shared_goals, effective_answers(book, response, TODAY)), (
                response
            )


def test_the_network_agrees_wherever_a_mistake_in_a_condition_would_show(
    rulebook: Rulebook,
    network: Network,
    corpus: list[Response],
    chosen: list[int],
    evaluated: dict[int, dict[str, Bounds]],
) -> None:
    concluded = {goal: set() for goal in rulebook.goals}
    for number in chosen:
        truths = network.conclude(effective_answers(rulebook, corpus[number], TODAY))
        assert truths == {goal: bounds.truth for goal, bounds in evaluated[number].items()}, corpus[number]
        for goal, truth in truths.items():
            concluded[goal].add(truth)
    assert [goal for goal, truths in concluded.items() if truths != set(Truth)] == []


@pytest.mark.parametrize("seed", range(40))
def test_random_responses(rulebook: Rulebook, network: Network, seed: int) -> None:
    response = random_response(rulebook, random.Random(5000 + seed))
    known = effective_answers(rulebook, response, TODAY)
    assert network.conclude(known) == plainly(rulebook.goals, known)


def test_columns_say_the_same_of_many_responses_at_once(rulebook: Rulebook, small: Rulebook) -> None:
    """Bounds and all, not the truth alone: also what the questions not asked yet can bring."""
    for book, count in ((rulebook, 400), (small, 400)):
        rng = random.Random(5)
        responses = [random_response(book, rng) for _ in range(count)]
        columns = in_columns(book, responses, TODAY)
        found = columns.evaluate_all(book.goals)
        for number, response in enumerate(responses):
            known = effective_answers(book, response, TODAY)
            expected = evaluate_all(book.shared_goals, known)
            assert {goal: found[goal].of(number) for goal in expected} == expected, number
            reachable = {i for i in book.items if columns.reachable[i] >> number & 1}
            assert reachable == {i for i in book.items if known[i] is not NoAnswer.UNREACHABLE}


@pytest.fixture(scope="module")
def kept(rulebook: Rulebook) -> Network:
    """A network that goes on from edit to edit, whoever is edited."""
    return Network(rulebook.goals)


@pytest.fixture(scope="module")
def ongoing(rulebook: Rulebook) -> Ongoing:
    """The same."""
    return Ongoing(rulebook.shared_goals)


@pytest.mark.parametrize("seed", range(15))
def test_after_any_edits_the_network_equals_a_fresh_one(
    rulebook: Rulebook, kept: Network, ongoing: Ongoing, seed: int
) -> None:
    """And so does the evaluator that goes on from answer to answer."""
    rng = random.Random(seed)
    for response in random_edits(rulebook, random_response(rulebook, rng), rng, 12):
        known = effective_answers(rulebook, response, TODAY)
        assert effective_answers(rulebook, response, TODAY, ongoing) == known
        expected = evaluate_all(rulebook.shared_goals, known)
        assert ongoing.found() == expected
        concluded = kept.conclude(known)
        assert concluded == {goal: bounds.truth for goal, bounds in expected.items()}
    says_the_same_as_it_goes_on(ongoing, rulebook.goals, known, expected)
    if seed % 5 == 0:
        assert concluded == Network(rulebook.goals).conclude(known)
