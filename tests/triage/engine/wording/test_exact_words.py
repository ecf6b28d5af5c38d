"""Of a card that several signs can raise, those that were told are named, and no other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from triage.conditions.leaf import NoAnswer, Ticks
from triage.conditions.nodes import Includes, Is
from triage.conditions.walk import leaves
from triage.engine.proxy import in_their_words
from triage.engine.wording.exact_words import distinct, name_signs, one_sentence, spoken_parts
from triage.report.first_page import first_page
from triage.report.formats.text import render_text
from triage.rulebook.cards import RedFlag
from triage.rulebook.model import Option
from triage.rulebook.rulebook import Rulebook


def with_signs(rulebook: Rulebook) -> list[RedFlag]:
    return [card for card in rulebook.cards.values() if isinstance(card, RedFlag) and card.say_signs]


def signs_of(rulebook: Rulebook, card: RedFlag) -> Iterator[tuple[str, Option]]:
    """Each line that the card reads of the questions whose signs it tells."""
    for name in card.say_signs:
        codes = {
            code
            for leaf in leaves(card.when)
            if isinstance(leaf, Includes | Is) and leaf.item == name
            for code in leaf.codes
        }
        yield from ((name, option) for option in rulebook.items[name].options if option.code in codes)


def test_each_sign_is_told_alone(rulebook: Rulebook) -> None:
    tried = 0
    for card in with_signs(rulebook):
        for name, option in signs_of(rulebook, card):
            if option.say is None:
                continue
            said = spoken_parts(rulebook, card, {name: Ticks(frozenset({option.code}))}, certain=True)
            assert said == [option.say, *([card.say_with] if card.say_with else [])], card.id
            tried += 1
    assert tried > 120


def test_what_has_no_words_of_its_own_stands_in_what_the_card_adds(rulebook: Rulebook) -> None:
    """Nothing that a card rests on may drop out of the sentence without a word."""
    silent = {
        (card.id, option.code)
        for card in with_signs(rulebook)
        for _, option in signs_of(rulebook, card)
        if option.say is None
    }
    assert silent == {
        ("child_fever_limp", "fever"),  # “fever, in a child or teen”
        ("heat_danger", "heat_spread"),  # “ill from the heat, with cramps”
        ("immunity_back_pain_weak", "new_back_pain"),  # “new back pain, with a cancer …”
        ("pee_trouble_nerve", "pee_trouble"),  # “new trouble passing pee”
    }


def test_which_illness_it_is_stands_in_place_of_the_line(rulebook: Rulebook) -> None:
    card = rulebook.cards["artery_leg_pain"]
    assert isinstance(card, RedFlag)
    told = {
        "today_leg": Ticks(frozenset({"constant_pain"})),
        "conditions": Ticks(frozenset({"artery_af_stroke"})),
    }
    assert "illness of the arteries or the heart" in name_signs(rulebook, card, told, certain=True)
    af = told | {"arteries": Ticks(frozenset({"af"}))}
    assert name_signs(rulebook, card, af, certain=True) == (
        "New pain in one leg that stays, and an uneven heartbeat called AF"
    )


def test_what_is_not_sure_is_told_of_a_doubt_only(rulebook: Rulebook) -> None:
    card = rulebook.cards["chest_breath"]
    assert isinstance(card, RedFlag)
    doubt = {"emergency_head": Ticks(frozenset(), frozenset({"chest_pain"}))}
    assert name_signs(rulebook, card, doubt, certain=False).startswith(
        "New chest pain or pressure, or pain on a deep breath"
    )
    assert name_signs(rulebook, card, doubt, certain=True) == card.title
    assert name_signs(rulebook, card, {"emergency_head": NoAnswer.UNSURE}, certain=False) == card.title


def test_a_reason_that_another_one_says_with_more_is_left_out() -> None:
    assert distinct(["One leg swollen", "One leg swollen, and fever", "Fever", "Fever"]) == [
        "One leg swollen, and fever",
        "Fever",
    ]
    assert one_sentence(["fever", "a cough"]) == "Fever, and a cough"
    assert one_sentence(["fever", "a cough", "a rash"]) == "Fever; a cough; a rash"


@pytest.fixture(scope="module")
def urgent(assessed_cases):
    return [(n, r) for n, r in assessed_cases if r.disposition.code in ("emergency", "same_day")]


def test_no_written_case_names_a_sign_that_was_not_told(rulebook: Rulebook, urgent) -> None:
    """On the first page and in what is said on the phone."""
    assert len(urgent) > 250
    wrong, named = [], 0
    for name, result in urgent:
        book = in_their_words(rulebook, result.effective_answers)
        text = " ".join(render_text(first_page(result, book)).split()).casefold()
        told, untold = set(), set()
        for flag in result.red_flags:
            card = book.cards[flag.id]
            if flag.id not in result.disposition.because or not isinstance(card, RedFlag):
                continue
            for item, option in signs_of(book, card):
                answer = result.effective_answers.get(item)
                ticks = answer if isinstance(answer, Ticks) else Ticks(frozenset())
                here = option.code in ticks.ticked | ticks.unsure or answer == option.code
                if option.say:
                    (told if here else untold).add(option.say)
        named += sum(say in text for say in told)
        wrong += [(name, say) for say in untold if say in text and not any(say in one for one in told)]
    assert wrong == []
    assert named > 80
