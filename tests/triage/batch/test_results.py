"""In batch and one by one: the same disposition, cards, factors and advice."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people.generators import random_response
from readers.one_by_one import one_by_one

from triage.batch.results import Results
from triage.engine.assess import assess_with
from triage.engine.counterfactuals.cohort import conclude_for
from triage.engine.effective import effective_answer
from triage.engine.inference import Reasoner
from triage.engine.response import Response
from triage.readers.answer_bits import indices
from triage.rulebook.load import load
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import usual_answers
from triage.workbench.vignettes import read_vignettes

ROOT = Path(__file__).parents[3]
TODAY = datetime.date(2026, 11, 22)
SMALL = load(ROOT / "tests" / "small_rules")
SMALL_RESULTS = Results(SMALL)


@pytest.fixture(scope="module")
def results(rulebook: Rulebook) -> Results:
    return Results(rulebook)


@pytest.fixture(scope="module")
def pretended(people: list[Response]) -> list[Response]:
    """The first thousand, who are made from the conditions of the cards alone."""
    return people[:1000]


def in_batch(results: Results, responses: Sequence[Response]) -> pl.DataFrame:
    book = results.rulebook
    rows = [{item: effective_answer(book, r.get(item), TODAY) for item in book.items} for r in responses]
    return results.of(results.conditions.frame(rows))


def assert_the_same(results: Results, responses: Sequence[Response]) -> None:
    rows = in_batch(results, responses).drop("row").rows(named=True)
    for row, response in zip(rows, responses, strict=True):
        assert row == one_by_one(results.rulebook, response, TODAY), response


def vignettes(rulebook: Rulebook) -> list[Response]:
    usual = usual_answers(rulebook).answers
    files = sorted((ROOT / "tests" / "vignettes").glob("*.yaml"))
    cases = [case for file in files for case in read_vignettes(file.read_bytes(), file.name, rulebook)]
    return [Response({**(usual if case.usual else {}), **case.answers.answers}) for case in cases]


def test_every_vignette(rulebook: Rulebook, results: Results) -> None:
    cases = vignettes(rulebook)
    assert len(cases) > 300
    assert_the_same(results, cases)


def test_random_responses_whole_and_half_finished(rulebook: Rulebook, results: Results) -> None:
    rng = random.Random(77)
    responses = [random_response(rulebook, rng) for _ in range(250)]
    assert {row["complete"] for row in in_batch(results, responses).rows(named=True)} == {True, False}
    assert_the_same(results, responses)


@settings(max_examples=60)
@given(st.lists(st.randoms(use_true_random=False), min_size=1, max_size=5))
def test_any_responses_to_the_small_rulebook(chances: list[random.Random]) -> None:
    assert_the_same(SMALL_RESULTS, [random_response(SMALL, chance) for chance in chances])


def test_an_assessment_says_the_same(
    rulebook: Rulebook, results: Results, pretended: list[Response]
) -> None:
    """With the network, and by the names under which an assessment gives it."""
    reasoner = Reasoner(rulebook, TODAY)
    responses = pretended[-20:]
    for row, response in zip(in_batch(results, responses).rows(named=True), responses, strict=True):
        made = assess_with(reasoner, response)
        assert row["disposition"] == made.disposition.code
        assert row["complete"] == made.complete
        assert row["red_flags"] == [flag.id for flag in made.red_flags if flag.certain]
        assert row["red_flags_unsure"] == [flag.id for flag in made.red_flags if not flag.certain]
        for name in ("patterns", "factors", "theories", "advice", "withheld"):
            assert row[name] == [entry.id for entry in getattr(made, name)]


def test_pretended_people_get_what_the_other_reader_of_many_gives_them(
    rulebook: Rulebook, results: Results, people: list[Response]
) -> None:
    people = people[:3000]  # made from the conditions of the cards, and mixtures of them
    many = conclude_for(rulebook, people, TODAY)
    rows = in_batch(results, people)
    assert rows["complete"].all()
    by_level = rows.group_by("disposition").agg("row")
    assert {level: sorted(numbers) for level, numbers in by_level.rows()} == {
        level: indices(bits) for level, bits in many.levels.items() if bits
    }
    cards = (*rulebook.red_flags, *rulebook.patterns, *rulebook.theories)
    fired = {card.id: indices(many.found[card.id]) for card in cards}
    assert _whom(rows, ["red_flags", "patterns", "theories"]) == {c: n for c, n in fired.items() if n}
    given = {card: indices(bits) for card, bits in many.advice.items()}
    assert _whom(rows, ["advice"]) == {card: numbers for card, numbers in given.items() if numbers}


def _whom(rows: pl.DataFrame, lists: list[str]) -> dict[str, list[int]]:
    """For each card the rows in whose lists it stands."""
    found = {}
    for name in lists:
        pairs = rows.select("row", pl.col(name).alias("card")).explode("card").drop_nulls()
        found |= {card: sorted(numbers) for card, numbers in pairs.group_by("card").agg("row").rows()}
    return found


def test_a_factor_that_rests_on_medicines_younger_than_the_cramps_is_left_out(
    rulebook: Rulebook, results: Results, responses
) -> None:
    def taking(started: str, began: str, trend: str) -> Response:
        medicine = {"name": "salbutamol", "started": started}
        said = responses(rulebook, medicines=[medicine], began=began, trend=trend)
        return Response({**usual_answers(rulebook).answers, **said.answers})

    people = [
        taking(started, began, trend)
        for started in ("recent", "2026-10", "2026-02", "2019", "unsure")
        for began in rulebook.items["began"].codes
        for trend in rulebook.items["trend"].codes
    ]
    assert_the_same(results, people)
    factors = in_batch(results, people)["factors"].to_list()
    assert len({tuple(listed) for listed in factors}) > 1  # the onset made a difference to somebody


def test_dispositions_alone_are_the_same_ones(
    rulebook: Rulebook, results: Results, pretended: list[Response]
) -> None:
    rng = random.Random(3)
    people = [
        *pretended[-100:],
        *(random_response(rulebook, rng) for _ in range(100)),
    ]
    alone = in_batch(Results(rulebook, only_dispositions=True), people)
    assert alone.equals(in_batch(results, people).select("row", "disposition", "complete"))


def test_nobody_gets_no_results(results: Results) -> None:
    nobody = in_batch(results, [Response()]).head(0)
    empty = results.of(results.conditions.frame([]))
    assert empty.height == 0
    assert empty.columns == nobody.columns


def test_rows_keep_their_order_and_their_numbers(results: Results) -> None:
    """Complete ones and half-finished ones are concluded apart, and brought together again."""
    usual = usual_answers(results.rulebook)
    rows = in_batch(results, [Response(), usual, Response(), usual, Response({"age": 40})])
    assert rows["row"].to_list() == [0, 1, 2, 3, 4]
    assert rows["complete"].to_list() == [False, True, False, True, False]
