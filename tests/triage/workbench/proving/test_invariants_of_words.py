"""The panel's invariants about words, of the rules and of what is printed of doubts and half an interview.

They are checked on the words, and those about what cannot matter (10) on what the conditions read: that is every
response at once.
"""

import random
import re

import pytest
from interviews.plainly import PlainReasoner
from invariants.situations import TODAY
from people.generators import random_response

from triage.conditions.leaf import NoAnswer, Ticks
from triage.conditions.walk import items_read
from triage.engine.assess import assess_with
from triage.engine.inference import Reasoner
from triage.engine.response import Response
from triage.rulebook.cards import Advice
from triage.rulebook.model import urgency
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import interviewed


@pytest.fixture(scope="module")
def plain(rulebook: Rulebook) -> Reasoner:
    return PlainReasoner(rulebook, TODAY)


def test_9_half_an_interview_is_never_calm(rulebook: Rulebook, plain: Reasoner) -> None:
    rng = random.Random(9)
    unfinished = 0
    for _ in range(40):
        full, _ = interviewed(plain, random_response(rulebook, rng, share=0.3))
        kept = dict(list(full.answers.items())[: rng.randrange(len(full.answers))])
        result = assess_with(plain, Response(kept))
        if result.missing:
            unfinished += 1
            assert result.disposition.code not in ("routine", "self_care")
            assert result.safety_net
    assert unfinished > 15


def test_10_words_for_the_page_are_read_by_no_rule(rulebook: Rulebook) -> None:
    page = {item.id for item in rulebook.items.values() if item.stage == "page" or item.type == "text"}
    read = set().union(*(items_read(node) for node in rulebook.goals.values()))
    gates = set().union(*(items_read(i.ask_when) for i in rulebook.items.values() if i.ask_when))
    assert page
    assert page.isdisjoint(read | gates)


def texts(rulebook: Rulebook) -> list[tuple[str, str]]:
    """Every text that an output may print, with the id of its card."""
    keys = ("title", "because", "do_now", "say", "text", "stop_rule", "claimed", "think_of")
    found = [
        (c.id, str(getattr(c, k))) for c in rulebook.cards.values() for k in keys if getattr(c, k, None)
    ]
    found += [(card.id, guard.why) for card in rulebook.advice for guard in card.guards]
    found += [(card.id, line.text) for card in rulebook.red_flags for line in card.also_do]
    frame = rulebook.frame
    for said in (*frame.dispositions, frame.unfinished):
        do = [line.text for line in said.do]
        lines = (said.label, said.within, said.place, *do, *getattr(said, "move_up", ()))
        found += [("rulebook", line) for line in lines]
    return [
        *found,
        *(
            ("rulebook", line)
            for line in (*frame.always, *(line.text for line in frame.safety_net), frame.crisis)
        ),
    ]


def test_13_no_text_calls_a_clot_unlikely(rulebook: Rulebook) -> None:
    for card, text in texts(rulebook):
        for sentence in re.split(r"(?<=[.?!])\s+", text):
            assert not re.search(r"(unlikely|not likely|rule[sd]? out|no risk)[^.]*clot", sentence, re.I), (
                card
            )
            assert not re.search(r"clot[^.]*(unlikely|not likely|ruled out)", sentence, re.I), card


def test_32_wherever_a_magnesium_pill_may_be_taken(rulebook: Rulebook) -> None:
    for card in ("magnesium_note", "magnesium_taking"):
        advice = rulebook.cards[card]
        assert isinstance(advice, Advice)
        assert "unlikely to help" in advice.text
        assert "250 mg" in advice.text
        assert "4 weeks" in advice.stop_rule
    for card, text in texts(rulebook):
        assert (
            not re.search(r"\bcures?\b(?! within a day comes from)", text, re.I)
            or card == "explain_magnesium_forms"
        )


NEVER = re.compile(
    r"\b(take|try|start|add|use|eat|buy)\b[^.]*\b(potassium|salt substitute|quinine|tonic water|iron|calcium|zinc|"
    r"vitamin [aek]|chelation|hair (mineral )?tests?)\b",
    re.I,
)
DENIED = re.compile(r"\b(not|never|no|unless|before|until|do you|did you|use some)\b", re.I)


def test_33_never_suggested_whatever_the_answers(rulebook: Rulebook) -> None:
    """These are named with a verb only to warn, to ask or to say what others claim."""
    for card in rulebook.advice:
        for sentence in re.split(r"(?<=[.?!])\s+", f"{card.text} {card.stop_rule}"):
            if NEVER.search(sentence):
                assert DENIED.search(sentence) or "were told" in sentence, (card.id, sentence)


def test_34_no_text_advises_to_cut_calcium_or_vitamin_d(rulebook: Rulebook) -> None:
    for card in rulebook.cards.values():
        if isinstance(card, Advice):
            for sentence in re.split(r"(?<=[.?!])\s+", card.text):
                if re.search(
                    r"\b(cut|less|reduce|lower|avoid)\b[^.]*\b(calcium|vitamin d)\b", sentence, re.I
                ):
                    assert re.search(r"\bnot\b", sentence), (card.id, sentence)


# The panel's list of what may be held until a clinician has spoken (PR63): the card, and why.
MAY_HOLD = {
    "statin_weak", "statin_interaction_ache", "quinolone_muscle", "quinolone_leg", "bought_potassium_risk",
    "high_potassium_signs",
    "quinine_bleeding", "quinine_black_urine_fever", "quinine_sight", "quinine_ringing", "quinine_bruises",
    "quinine_odd_heart", "dark_urine", "poison_bite", "k2_with_warfarin",
}  # fmt: skip


def test_35_a_prescribed_medicine_is_held_only_on_the_panels_list_and_from_same_day_on(rulebook) -> None:
    hold = re.compile(
        r"(?<!not )(?<!never )\b(do not take the next|stop taking|leave out|stop the|take no more of (them|the|any))\b",
        re.I,
    )
    for flag in rulebook.red_flags:
        for sentence in re.split(r"(?<=[.?!])\s+", flag.do_now):
            bought = "bought" in sentence  # what was not prescribed may be left out at once
            if hold.search(sentence) and not bought and not re.search(r"never leave", sentence, re.I):
                assert flag.id in MAY_HOLD, (flag.id, sentence)
                assert urgency(flag.disposition) >= urgency("same_day"), flag.id


def test_36_no_text_names_litres_to_drink_or_says_drink_more(rulebook: Rulebook) -> None:
    for card in rulebook.advice:
        text = f"{card.text} {card.stop_rule}".lower()
        assert not re.search(r"\blit(re|er)s?\b", text), card.id
        assert not re.search(r"(?<!not )(?<!never )drink more\b", text) or card.kind == "avoid", card.id


def test_37_no_advice_from_same_day_on(rulebook: Rulebook) -> None:
    assert [card.id for card in rulebook.advice if {"same_day", "emergency"} & set(card.shown_at)] == []


def test_39_nobody_is_told_to_stop_drinking_at_once(rulebook: Rulebook) -> None:
    for card, text in texts(rulebook):
        for sentence in re.split(r"(?<=[.?!])\s+", text):
            if re.search(r"\bstop (drinking|alcohol)\b", sentence, re.I):
                assert re.search(r"\b(not|never|if you stopped)\b", sentence, re.I), (card, sentence)


def test_40_every_result_has_place_time_safety_net_and_doubt(rulebook: Rulebook) -> None:
    for disposition in rulebook.frame.dispositions:
        assert disposition.place
        assert disposition.within
    assert rulebook.frame.safety_net
    assert any("can be wrong" in line for line in rulebook.frame.always)


def test_40_no_text_says_you_have_an_illness(rulebook: Rulebook) -> None:
    named = re.compile(
        r"\byou have (?!been|had|to\b|spoken|bought|an? (plan|pump|catheter|emergency steroid)|a list|a sick-day|named|none)"
        r"(a |an |the )?[a-z]+",
        re.I,
    )
    allowed = re.compile(
        r"\b(if|do|when|say|because|tools?|what|one if) you have\b|you have (it|one|them)\b", re.I
    )
    for card, text in texts(rulebook):
        for found in named.finditer(text):
            start = max(0, found.start() - 12)
            assert allowed.search(text[start : found.end()]), (card, text)


def test_40_not_asked_and_not_sure_never_print_as_no(rulebook: Rulebook, plain: Reasoner) -> None:
    rng = random.Random(40)
    denied = 0
    for _ in range(30):
        response = random_response(rulebook, rng, share=0.6)
        result = assess_with(plain, response)
        for negative in result.pertinent_negatives:
            effective_answer = result.effective_answers[negative.item]
            denied += 1
            assert not isinstance(effective_answer, NoAnswer)
            if isinstance(effective_answer, Ticks):
                assert negative.option not in effective_answer.ticked | effective_answer.unsure
    assert denied > 100
