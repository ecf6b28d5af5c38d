"""Whose result changes from one rulebook to another: exactly those whom the change concerns."""

import dataclasses
import datetime
from pathlib import Path

import pytest
from interviews.plainly import PlainReasoner
from people.advice import advise

from triage.conditions.nodes import Compare
from triage.conditions.walk import leaves
from triage.engine.answers import MAX_MEDICINES
from triage.engine.counterfactuals.cohort import conclude_for
from triage.engine.disposition import most_urgent, raised
from triage.engine.effective import effective_answers
from triage.engine.response import Response
from triage.readers.evaluate import evaluate_all
from triage.rulebook.load import load
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import usual_answers
from triage.workbench.impact import Fitting, compare
from triage.workbench.population import People

TODAY = datetime.date(2026, 11, 22)


def level(book: Rulebook, response: Response) -> str:
    """By the plain evaluator; what decides nothing is not looked at."""
    found = evaluate_all(book.deciding, effective_answers(book, Fitting(book)(response), TODAY))
    return most_urgent(raised(book, {goal: b.truth for goal, b in found.items()}, found))


SOME = 8  # of so many cards one is in the smaller rulebook: nothing here depends on what the cards say


@pytest.fixture(scope="module")
def fewer(rulebook: Rulebook) -> Rulebook:
    """The same questions with fewer cards: to think of people for all of them takes most of a minute."""
    return fewer_cards(rulebook)


def fewer_cards(rulebook: Rulebook) -> Rulebook:
    kept = {*[*rulebook.cards][::SOME], "headache_jaw_50"}
    return dataclasses.replace(rulebook, cards={id_: c for id_, c in rulebook.cards.items() if id_ in kept})


@pytest.fixture
def edited(root: Path, tmp_path: Path):
    """The built-in rules with one text in one file changed."""

    def edit(file: str, old: str, new: str) -> Rulebook:
        import shutil

        folder = Path(shutil.copytree(root / "rules", tmp_path / "rules", dirs_exist_ok=True))
        text = (folder / file).read_text()
        assert old in text
        (folder / file).write_text(text.replace(old, new))
        return load(folder)

    return edit


def test_nobody_takes_more_medicines_than_can_be_told(people: list[Response]) -> None:
    """A solver thought of somebody with 109 of them, whom no file may hold: the batch had no result."""
    lists = (response.get("medicines") for response in people)
    assert max(len(taken) for taken in lists if isinstance(taken, tuple)) <= MAX_MEDICINES


def test_in_the_people_every_card_fires_and_every_level_is_reached(rulebook, people) -> None:
    seen = conclude_for(rulebook, people, TODAY)
    assert [card for card, bits in seen.found.items() if not bits] == []
    assert [card for card, bits in seen.advice.items() if not bits] == []
    assert min(bits.bit_count() for bits in seen.levels.values()) > 500


def test_the_people_are_the_same_each_time(fewer: Rulebook, small: Rulebook) -> None:
    people, again = People([fewer]).responses(3000), People([fewer]).responses(2000)
    assert len(again) == 2000
    assert again == people[:2000]  # more are the same ones, and others
    assert People([fewer]).responses(20) == people[:20]
    assert People([fewer]).responses(0) == []
    assert People([small], seed=1).responses(1000) != People([small]).responses(1000)


def test_verdicts_are_those_of_an_assessment(rulebook: Rulebook, people: list[Response]) -> None:
    some = people[:: len(people) // 150]
    seen = conclude_for(rulebook, some, TODAY)
    reasoner = PlainReasoner(rulebook, TODAY)
    for number, response in enumerate(some):
        step = reasoner.step(response)
        assert step.due == ()
        assert seen.levels[step.level] >> number & 1
        given = {entry.id for entry in advise(reasoner, response)[0]}
        assert given == {card for card, bits in seen.advice.items() if bits >> number & 1}


def test_a_threshold_moves_exactly_those_between_the_two(rulebook: Rulebook, edited) -> None:
    """The people it names are all those, and only those, whom the plain evaluator sorts otherwise."""
    card = "headache_jaw_50"
    assert any(
        isinstance(leaf, Compare) and leaf.threshold == 50 for leaf in leaves(rulebook.cards[card].when)
    )
    changed = fewer_cards(edited(f"red_flags/{card}.yaml", "at_least: 50", "at_least: 55"))
    rulebook = fewer_cards(rulebook)
    people = People([rulebook, changed]).responses(6000)
    result = compare(rulebook, changed, people, TODAY)
    between = [n for n, r in enumerate(people) if r.answers.get("age") in range(50, 55)]
    others = [n for n in range(0, len(people), 40) if n not in between]
    moved = [n for n in between if level(rulebook, people[n]) != level(changed, people[n])]
    assert len(moved) > 10
    assert list(result.moved) == moved
    assert [n for n in others if level(rulebook, people[n]) != level(changed, people[n])] == []
    assert result.risen == 0
    assert result.fallen == len(moved)
    assert set(result.cards) == {card}
    ages = {r.answers["age"] for n in moved for r in [people[n]]}
    assert {50, 54} <= ages  # both ends of what was moved were tried
    for example in result.down:
        assert example.because == (card,)
        assert example.answers["age"] in range(50, 55)
        response = Response({**usual_answers(rulebook).answers, **example.answers})
        assert level(rulebook, response) == example.before
        assert level(changed, response) == example.after
        for name in example.answers:  # none of them could be left out
            usual = usual_answers(rulebook).answers.get(name)
            fewer = response.with_answer(name, usual)
            assert (level(rulebook, fewer), level(changed, fewer)) != (example.before, example.after)


def test_nothing_changed_nobody_moves(rulebook: Rulebook, people: list[Response]) -> None:
    result = compare(rulebook, rulebook, people[:3000], TODAY)
    assert (result.moves, result.moved, result.advice, result.cards) == ({}, (), {}, {})


def test_a_card_taken_out_a_card_put_in(rulebook: Rulebook, people: list[Response]) -> None:
    cards = {id_: card for id_, card in rulebook.cards.items() if id_ != "headache_jaw_50"}
    without = dataclasses.replace(rulebook, cards=cards)
    lost = compare(rulebook, without, people, TODAY)
    assert lost.fallen > 10
    assert lost.risen == 0
    assert lost.cards["headache_jaw_50"][0] == 0
    some = [people[n] for n in sorted({*lost.moved, *range(0, len(people), 20)})]
    won = compare(without, rulebook, some, TODAY)
    assert (won.risen, won.fallen) == (lost.fallen, 0)
    lost = compare(rulebook, without, some, TODAY)
    assert won.cards["headache_jaw_50"] == lost.cards["headache_jaw_50"][::-1]


def test_advice_that_vanishes_is_counted(rulebook: Rulebook, people: list[Response]) -> None:
    retired = rulebook.cards["alcohol_less"].model_copy(update={"status": "retired"})
    changed = dataclasses.replace(rulebook, cards={**rulebook.cards, "alcohol_less": retired})
    some = people[::4]
    result = compare(rulebook, changed, some, TODAY)
    assert result.moved == ()
    gained, lost = result.advice["alcohol_less"]
    assert gained == 0
    assert lost == conclude_for(rulebook, some, TODAY).advice["alcohol_less"].bit_count() > 0


def test_rulebooks_with_hardly_a_question_in_common(rulebook: Rulebook, small: Rulebook) -> None:
    """An answer that a rulebook cannot read is no answer there; nothing falls over."""
    rulebook = fewer_cards(rulebook)
    people = People([small, rulebook]).responses(2000)
    result = compare(small, rulebook, people, TODAY)
    assert result.people == len(people)
    assert result.risen + result.fallen == len(result.moved) > 0
    for response in people[::200]:
        for book in (small, rulebook):
            assert set(Fitting(book)(response).answers) <= set(book.items)
