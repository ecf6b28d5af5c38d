"""Safety invariants of the panel review (c), on random responses over the whole rulebook.

Numbers are those of the review. Questions that were not asked count as in the review: unopened
follow-ups as "no", opened ones without an answer as "not sure".
"""

import datetime
import random
import re
from dataclasses import dataclass

import pytest
from generators import random_response

from triage.assess import assess, assess_with
from triage.conditions.standing import Medicines, Silence, Ticks
from triage.disposition import most_urgent, raised
from triage.facts import standings
from triage.readers.evaluate import evaluate_all
from triage.reasoner import Reasoner
from triage.response import Response
from triage.rulebook.model import urgency
from triage.rulebook.rulebook import Rulebook
from triage.trial import interviewed

TODAY = datetime.date(2026, 11, 22)
RANDOM_RESPONSES = 1200
DELIBERATELY_SILENT = {"mood"}  # skipping or "not sure" about mood never changes the level


@pytest.fixture(scope="module")
def reasoner(rulebook: Rulebook) -> Reasoner:
    return Reasoner(rulebook, TODAY)


def complete(rulebook: Rulebook, rng: random.Random) -> Response:
    """Everything answered, and every opened follow-up without an answer "not sure"."""
    response = random_response(rulebook, rng, share=0.97)
    known = standings(rulebook, response, TODAY)
    for item in rulebook.items.values():
        if known[item.id] is Silence.NOT_ASKED and item.stage == "interview":
            response = response.with_answer(item.id, Silence.UNSURE)
    return response


@dataclass
class Step:
    """What the plain evaluator says of a response (experta agrees: see the conformance tests)."""

    response: Response
    standings: dict
    raising: list
    level: str


def evaluated(rulebook: Rulebook, response: Response) -> Step:
    known = standings(rulebook, response, TODAY)
    found = evaluate_all(rulebook.goals, known)
    raising = raised(rulebook, {goal: bounds.truth for goal, bounds in found.items()}, found)
    return Step(response, known, raising, most_urgent(raising))


@pytest.fixture(scope="module")
def steps(rulebook: Rulebook) -> list[Step]:
    rng = random.Random(20261122)
    return [evaluated(rulebook, complete(rulebook, rng)) for _ in range(RANDOM_RESPONSES)]


def at_least(step: Step, level: str) -> bool:
    return urgency(step.level) >= urgency(level)


def ticked(step: Step, item: str, *codes: str) -> bool:
    known = step.standings[item]
    return isinstance(known, Ticks) and any(code in known.ticked for code in codes)


def unsure(step: Step, item: str, *codes: str) -> bool:
    known = step.standings[item]
    if isinstance(known, Silence):
        return known in (Silence.UNSURE, Silence.DECLINED)
    return isinstance(known, Ticks) and any(code in known.unsure for code in codes)


def lines(rulebook: Rulebook, item: str) -> tuple[str, ...]:
    return rulebook.items[item].codes


def chosen(step: Step, item: str, *codes: str) -> bool:
    return step.standings[item] in codes


PREGNANT = ("under_20", "over_20", "weeks_unknown", "ended_6_weeks")
RULES = {
    2: ("emergency", lambda b, s: ticked(s, "emergency_now", *lines(b, "emergency_now"))),
    3: ("same_day", lambda b, s: unsure(s, "emergency_now", *lines(b, "emergency_now"))),
    4: ("same_day", lambda b, s: ticked(s, "today", *lines(b, "today"))),
    "4, unsure": ("soon", lambda b, s: unsure(s, "today", *lines(b, "today"))),
    13: ("same_day", lambda b, s: ticked(s, "today", "leg_swollen")),
    14: ("same_day", lambda b, s: ticked(s, "pregnancy_signs", "leg_sore_swollen")),
    15: ("same_day", lambda b, s: ticked(s, "pregnancy_signs", *lines(b, "pregnancy_signs"))),
    17: ("soon", lambda b, s: ticked(s, "also_feelings", "weaker_tripping")),
    18: ("same_day", lambda b, s: ticked(s, "kidney_signs", "missed_dialysis")),
    "18, ill": (
        "emergency",
        lambda b, s: (
            ticked(s, "kidney_signs", "missed_dialysis")
            and ticked(s, "kidney_signs", "weak_odd_heart", "little_drowsy")
        ),
    ),
    19: (
        "soon",
        lambda b, s: (
            chosen(s, "kidneys", "weak", "dialysis", "transplant") and chosen(s, "trend", "new", "worse")
        ),
    ),
    20: (
        "same_day",
        lambda b, s: (
            ticked(s, "bought", "potassium") and chosen(s, "kidneys", "weak", "dialysis", "transplant")
        ),
    ),
    "20, unsure": (
        "soon",
        lambda b, s: ticked(s, "bought", "potassium") and s.standings["kidneys"] is Silence.UNSURE,
    ),
    21: (
        "same_day",
        lambda b, s: (
            ticked(s, "conditions", "diabetes") and ticked(s, "today", "foot_sore", "red_hot_patch")
        ),
    ),
    22: ("soon", lambda b, s: isinstance(s.standings["age"], int) and s.standings["age"] < 3),
    "22, limp": ("same_day", lambda b, s: ticked(s, "child_signs", "limp")),
    23: ("emergency", lambda b, s: chosen(s, "mood", "plan")),
    "23, thoughts": ("same_day", lambda b, s: chosen(s, "mood", "thoughts")),
    24: (
        "emergency",
        lambda b, s: ticked(s, "quinine_signs", "bleeding", "black_urine_fever", "sight"),
    ),
    "24, ringing": ("same_day", lambda b, s: ticked(s, "quinine_signs", "ringing", "bruises")),
    25: (
        "emergency",
        lambda b, s: (
            ticked(s, "lately", "neck_surgery")
            and (ticked(s, "today", "lips_hands_tingle") or unsure(s, "today", "lips_hands_tingle"))
        ),
    ),
    26: (
        "emergency",
        lambda b, s: (
            ticked(s, "fall_details", "head_two_days")
            and (chosen(s, "blood_thinner", "yes", Silence.UNSURE))
        ),
    ),
    27: ("emergency", lambda b, s: ticked(s, "lately", "cancer_care") and ticked(s, "today", "fever_leg")),
    29: ("soon", lambda b, s: chosen(s, "about", "cannot_tell")),
}


@pytest.mark.parametrize("number", RULES, ids=str)
def test_levels(rulebook: Rulebook, steps: list[Step], number) -> None:
    level, applies = RULES[number]
    concerned = [step for step in steps if applies(rulebook, step)]
    assert concerned, "no random response tries this invariant"
    assert [step.raising for step in concerned if not at_least(step, level)] == []


def test_5_raising_one_red_flag_answer_never_lowers_the_level(
    rulebook: Rulebook, reasoner: Reasoner
) -> None:
    rng = random.Random(5)
    flags = [item for item in rulebook.items.values() if item.red_flag and item.type == "choices"]
    tried = 0
    for _ in range(600):
        response = complete(rulebook, rng)
        item = rng.choice([i for i in flags if isinstance(response.get(i.id), Ticks)] or flags)
        ticks = response.get(item.id)
        if not isinstance(ticks, Ticks):
            continue
        code = rng.choice(item.codes)
        others, doubts = ticks.ticked - {code}, ticks.unsure - {code}
        ladder = (Ticks(others, doubts), Ticks(others, doubts | {code}), Ticks(others | {code}, doubts))
        levels = []
        for step in ladder:
            changed = response.with_answer(item.id, step)
            known = standings(rulebook, changed, TODAY)
            opened = [i for i, s in known.items() if s is Silence.NOT_ASKED]
            for name in opened:  # an opened one without an answer is unsure
                if rulebook.items[name].stage == "interview":
                    changed = changed.with_answer(name, Silence.UNSURE)
            levels.append(urgency(evaluated(rulebook, changed).level))
        assert levels == sorted(levels), (item.id, code)
        tried += 1
    assert tried > 400


def test_8_self_care_means_every_red_flag_line_was_denied(rulebook: Rulebook, reasoner: Reasoner) -> None:
    """Every single line of every red-flag item, yes or unsure, in an otherwise ordinary person."""
    calm = []
    ordinary, _ = interviewed(reasoner, Response({}))
    for item in rulebook.items.values():
        if not item.red_flag or item.type != "choices":
            continue
        for code in item.codes:
            for ticks in (Ticks(frozenset({code})), Ticks(frozenset(), frozenset({code}))):
                step = evaluated(rulebook, ordinary.with_answer(item.id, ticks))
                gate = step.standings[item.id] is Silence.UNREACHABLE
                if not gate and step.level == "self_care":
                    calm.append((item.id, code, "unsure" if ticks.unsure else "yes"))
    assert set(calm) <= EXEMPT


# A line that opens questions of its own, which then decide: an urge that fits nothing is no illness.
EXEMPT = {("also_feelings", "urge_legs", "yes"), ("also_feelings", "urge_legs", "unsure")}


def test_9_half_an_interview_is_never_calm(rulebook: Rulebook, reasoner: Reasoner) -> None:
    rng = random.Random(9)
    unfinished = 0
    for _ in range(25):
        full, _ = interviewed(reasoner, random_response(rulebook, rng, share=0.3))
        kept = dict(list(full.answers.items())[: rng.randrange(len(full.answers))])
        result = assess_with(reasoner, Response(kept))
        if result.missing:
            unfinished += 1
            assert result.disposition.code not in ("routine", "self_care")
            assert result.safety_net
    assert unfinished > 10


@pytest.mark.parametrize("answer", [Silence.DECLINED, Silence.UNSURE])
def test_12_skipping_the_question_on_mood_never_changes_the_level(
    reasoner, rulebook, steps, answer
) -> None:
    for step in steps[:150]:
        without = step.response.with_answer("mood", "ok")
        skipped = step.response.with_answer("mood", answer)
        assert evaluated(rulebook, skipped).level == evaluated(rulebook, without).level


BLOCKS_MAGNESIUM = {
    "kidneys weak": {"kidneys": "weak"},
    "kidneys unsure": {"kidneys": "unsure"},
    "dialysis": {"kidneys": "dialysis"},
    "transplant": {"kidneys": "transplant"},
    "child": {"age": 15},
    "age unknown": {"age": "unsure"},
    "pregnant": {"sex": "female", "pregnancy": "under_20"},
    "maybe pregnant": {"sex": "female", "pregnancy": "maybe"},
    "breastfeeding": {"sex": "female", "pregnancy": "breastfeeding"},
    "pregnancy unknown": {"sex": "female", "pregnancy": "unsure"},
    "myasthenia": {"conditions": ["myasthenia_block"]},
    "myasthenia unsure": {"conditions": ["myasthenia_block?"]},
    "digoxin": {"medicines": [{"name": "digoxin", "started": "long_ago"}]},
    "unknown medicine": {"medicines": [{"name": "moonstone", "started": "long_ago"}]},
    "bowel": {"conditions": ["bowel_stoma"]},
    "65, not tested": {"age": 65, "kidneys": "never_tested"},
    "diabetes, not tested": {"kidneys": "never_tested", "conditions": ["diabetes"]},
    "blood pressure, not tested": {"kidneys": "never_tested", "conditions": ["high_bp"]},
    "heart, not tested": {"kidneys": "never_tested", "conditions": ["heart_failure"]},
    "water tablet, not tested": {
        "kidneys": "never_tested",
        "medicines": [{"name": "furosemide", "started": "long_ago"}],
    },
    "ibuprofen, not tested": {"kidneys": "never_tested", "bought": ["ibuprofen"]},
}


@pytest.mark.parametrize("case", BLOCKS_MAGNESIUM)
def test_31_magnesium_is_withheld(rulebook, reasoner, responses, case) -> None:
    given = responses(rulebook, **BLOCKS_MAGNESIUM[case])
    response, _ = interviewed(reasoner, given)
    result = assess_with(reasoner, response)
    assert "magnesium_note" not in [advice.id for advice in result.advice]


def test_31_magnesium_note_is_there_for_a_healthy_adult(reasoner) -> None:
    response, _ = interviewed(reasoner, Response())
    result = assess_with(reasoner, response)
    (note,) = [advice for advice in result.advice if advice.id == "magnesium_note"]
    assert "unlikely to help" in note.text  # 32
    assert "250 mg" in note.text
    assert "4 weeks" in note.stop_rule


NEVER = re.compile(
    r"\b(take|try|start|add|use)\b[^.]*\b(potassium|quinine|tonic water|iron|zinc|vitamin [aek])\b", re.I
)


def test_33_never_suggested_whatever_the_answers(rulebook: Rulebook) -> None:
    """Only cards of the kind "avoid" or "know" may name these with a verb, and only with "not"."""
    for card in rulebook.advice:
        for sentence in re.split(r"(?<=[.?!])\s+", card.text):
            if NEVER.search(sentence) and card.kind in ("try", "ask"):
                assert re.search(r"\b(not|never|no)\b", sentence, re.I), (card.id, sentence)


def test_36_no_text_names_litres_to_drink_or_says_drink_more(rulebook: Rulebook) -> None:
    for card in rulebook.advice:
        text = f"{card.text} {card.stop_rule}".lower()
        assert not re.search(r"\blit(re|er)s?\b", text), card.id
        assert not re.search(r"(?<!not )(?<!never )drink more\b", text) or card.kind == "avoid", card.id


def test_37_no_advice_from_same_day_on(rulebook: Rulebook, reasoner: Reasoner) -> None:
    urgent = [card.id for card in rulebook.advice if {"same_day", "emergency"} & set(card.shown_at)]
    assert urgent == []


def test_40_every_result_has_place_time_and_safety_net(rulebook: Rulebook) -> None:
    for disposition in rulebook.frame.dispositions:
        assert disposition.place
        assert disposition.within
    assert rulebook.frame.safety_net
    assert rulebook.frame.always


def test_40_no_lay_text_says_you_have(rulebook: Rulebook) -> None:
    named = re.compile(
        r"\byou have (a |an |the )?(clot|restless legs|diabetes|kidney|deep|heart|cancer|infection|stroke)",
        re.I,
    )
    for card in rulebook.cards.values():
        words = " ".join(
            str(getattr(card, key, "") or "") for key in ("title", "because", "do_now", "text")
        )
        assert not named.search(words), card.id


def test_1_order_of_the_answers_does_not_matter(rulebook: Rulebook, steps: list[Step]) -> None:
    response = steps[0].response
    backwards = Response(dict(reversed(list(response.answers.items()))))
    one, two = assess(rulebook, response, TODAY), assess(rulebook, backwards, TODAY)
    assert (one.disposition, one.advice, one.withheld) == (two.disposition, two.advice, two.withheld)


def test_the_random_responses_are_varied(rulebook: Rulebook, steps: list[Step]) -> None:
    """A generator that never fires a card proves nothing about it."""
    assert {step.level for step in steps} >= {"emergency", "same_day"}
    fired = {entry.card for step in steps for entry in step.raising if entry.certain}
    assert len(fired) > 0.9 * len(rulebook.red_flags)
    assert any(isinstance(step.standings["medicines"], Medicines) for step in steps)
