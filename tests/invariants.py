"""The safety invariants of the panel review (c), as checks over one complete response.

Numbers are those of the review. A response is complete: every question has an answer, and a
follow-up that was opened but not answered counts as "not sure", one not opened as "no".
"""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from generators import Generator

from triage.answers import parse_answers
from triage.conditions.standing import Medicines, Silence, Standing, Ticks
from triage.disposition import Raised, most_urgent, raised
from triage.due import due
from triage.facts import standings
from triage.problems import Problem
from triage.readers.evaluate import evaluate, evaluate_all
from triage.response import MedicineAnswer, Response
from triage.rulebook.cards import Advice
from triage.rulebook.load import load
from triage.rulebook.model import Level, urgency
from triage.rulebook.rulebook import Rulebook
from triage.rulebook.source import Document
from triage.trial import usual_answers
from triage.truth import Bounds, Truth

TODAY = datetime.date(2026, 11, 22)
ROOT = Path(__file__).resolve().parent.parent
PREGNANT = ("under_20", "over_20", "weeks_unknown", "ended_6_weeks")
KIDNEYS = ("weak", "dialysis", "transplant")
TODAY_LEG = (
    "leg_swollen", "constant_pain", "red_hot_patch", "hot_joint", "pop_calf", "foot_sore",
    "sore_after_effort", "fever_leg", "bruises_blisters",
)  # fmt: skip
STRETCHES = {"stretch", "stretch_seated", "when_it_grips"}


@dataclass
class Case:
    """What the plain evaluator says of a response (experta agrees: the conformance tests say so)."""

    book: Rulebook
    response: Response
    standings: Mapping[str, Standing]
    found: Mapping[str, Bounds]
    ordinary: bool = False

    def truth(self, goal: str) -> Truth:
        return self.found[goal].truth

    @cached_property
    def raising(self) -> list[Raised]:
        cards = [*self.book.red_flags, *self.book.patterns]
        return raised(self.book, {card.id: self.found[card.id].truth for card in cards}, self.found)

    @cached_property
    def level(self) -> Level:
        return most_urgent(self.raising)

    def at_least(self, level: Level) -> bool:
        return urgency(self.level) >= urgency(level)

    def yes(self, item: str, *codes: str) -> bool:
        """Whether one of these lines is ticked, or the choice is one of these."""
        known = self.standings[item]
        if isinstance(known, Ticks):
            return not known.ticked.isdisjoint(codes or self.book.items[item].codes)
        return known in codes

    def unsure(self, item: str, *codes: str) -> bool:
        known = self.standings[item]
        if isinstance(known, Silence):
            return known in (Silence.UNSURE, Silence.DECLINED)
        if isinstance(known, Ticks):
            return not known.unsure.isdisjoint(codes or self.book.items[item].codes)
        return False

    def maybe(self, item: str, *codes: str) -> bool:
        return self.yes(item, *codes) or self.unsure(item, *codes)

    def takes(self, *classes: str) -> bool:
        known = self.standings["medicines"]
        return isinstance(known, Medicines) and any(
            taken.classes is not None and not taken.classes.isdisjoint(classes) for taken in known.taken
        )

    def unlisted(self) -> bool:
        """Not known whether some medicine is taken."""
        known = self.standings["medicines"]
        return not isinstance(known, Medicines) or any(t.classes is None for t in known.taken)

    def age(self) -> int | None:
        known = self.standings["age"]
        return known if isinstance(known, int) else None

    @cached_property
    def shown(self) -> set[str]:
        """Ids of the advice that reaches the person: offered, at this level, no guard yes or unknown."""
        return {card.id for card in self.book.advice if self._shown(card)}

    def _shown(self, card: Advice) -> bool:
        if self.level not in card.shown_at or self.truth(card.id) is not Truth.PRESENT:
            return False
        blocks = (n for n, guard in enumerate(card.guards) if guard.block_when is not None)
        return all(self.truth(f"{card.id}#{n}") is Truth.ABSENT for n in blocks)


Premise = Callable[[Case], bool]
LEVELS: dict[str, tuple[Level, Premise]] = {
    "2": ("emergency", lambda c: c.yes("emergency_now")),
    "3": ("same_day", lambda c: c.unsure("emergency_now")),
    "4 yes": ("same_day", lambda c: c.yes("today")),
    "4 unsure": ("soon", lambda c: c.unsure("today")),
    "13": ("same_day", lambda c: c.yes("today", "leg_swollen")),
    "14": ("same_day", lambda c: c.yes("pregnancy", *PREGNANT) and (c.yes("pregnancy_signs", "leg_sore_swollen") or c.yes("today", "leg_swollen"))),
    "15": ("same_day", lambda c: c.yes("pregnancy_signs")),
    "16": ("emergency", lambda c: c.yes("emergency_now", "dark_urine") or c.yes("quinine_signs", "black_urine_fever")),
    "17 cannot stand": ("emergency", lambda c: c.yes("emergency_now", "legs_weak")),
    "17 progressive": ("soon", lambda c: c.yes("also_feelings", "weaker_tripping") or c.yes("strength", "slower") or c.yes("nerve_signs", "thinner")),
    "17 foot drag": ("same_day", lambda c: c.yes("today", "foot_drag")),
    "18": ("same_day", lambda c: c.yes("kidney_signs", "missed_dialysis")),
    "18 ill": ("emergency", lambda c: c.yes("kidney_signs", "missed_dialysis") and c.yes("kidney_signs", "weaker", "odd_heart", "little_drowsy")),
    "19": ("soon", lambda c: c.yes("kidneys", *KIDNEYS) and (c.yes("trend", "new", "worse") or c.yes("began", "two_weeks", "three_months"))),
    "20 kidneys": ("same_day", lambda c: c.yes("bought", "potassium") and c.yes("kidneys", *KIDNEYS)),
    "20 sparing": ("same_day", lambda c: c.yes("bought", "potassium") and c.takes("potassium_sparing_diuretic")),
    "20 two raisers": ("same_day", lambda c: c.yes("bought", "potassium") and c.takes("ace_inhibitor", "arb") and c.takes("nsaid", "heparin")),
    "20 unsure": ("soon", lambda c: c.yes("bought", "potassium") and c.unsure("kidneys")),
    "20 one raiser": ("soon", lambda c: c.yes("bought", "potassium") and c.takes("ace_inhibitor", "arb", "nsaid", "heparin", "drospirenone")),
    "21": ("same_day", lambda c: c.yes("conditions", "diabetes") and (c.yes("today", "foot_sore") or c.yes("diabetes_signs", "foot_wound"))),
    "21 fever": ("emergency", lambda c: c.yes("diabetes_signs", "foot_wound") and (c.yes("diabetes_signs", "fever", "black_cold") or c.yes("today", "fever_leg"))),
    "22": ("soon", lambda c: (c.age() or 0) < 3 and c.age() is not None),
    "22 limp": ("same_day", lambda c: c.yes("child_signs", "limp", "hip_knee_limp")),
    "23 plan": ("emergency", lambda c: c.yes("mood", "plan")),
    "23 thoughts": ("same_day", lambda c: c.yes("mood", "thoughts")),
    "24": ("emergency", lambda c: c.yes("quinine_signs", "bleeding", "black_urine_fever", "sight")),
    "24 mild": ("same_day", lambda c: c.yes("quinine_signs", "ringing", "bruises")),
    "25": ("emergency", lambda c: c.yes("lately", "neck_surgery") and c.maybe("today", "lips_hands_tingle")),
    "26": ("emergency", lambda c: c.yes("fall_details", "head_two_days") and c.maybe("blood_thinner", "yes")),
    "26 later": ("same_day", lambda c: c.yes("fall_details", "head_earlier") and c.maybe("blood_thinner", "yes")),
    "27": ("emergency", lambda c: c.yes("immunity_signs", "fever_ill") and (c.yes("immunity_signs", "treated_6_weeks") or c.yes("kidneys", "transplant"))),
    "27 other": ("same_day", lambda c: c.yes("immunity_signs", "fever_ill") or (c.yes("conditions", "weak_immunity") and c.yes("today", "fever_leg"))),
    "28": ("same_day", lambda c: _vomits(c) and c.takes("corticosteroid", "insulin", "sglt2")),
    "28 faint": ("emergency", lambda c: _vomits(c) and c.takes("corticosteroid", "insulin", "sglt2") and _faint(c)),
    "29": ("soon", lambda c: c.yes("about", "cannot_tell")),
}  # fmt: skip


def _vomits(c: Case) -> bool:
    return (
        c.yes("today", "vomiting_diarrhoea")
        or c.yes("steroid_signs", "vomit")
        or c.yes("diabetes_signs", "sick")
    )


def _faint(c: Case) -> bool:
    return (
        c.yes("salt_signs", "passed_out", "nearly_out")
        or c.yes("steroid_signs", "faint_drowsy")
        or c.yes("diabetes_signs", "ketones_drowsy")
    )


def _untested(c: Case) -> bool:
    risk = (c.age() or 65) >= 65 or c.maybe("conditions", "diabetes", "high_bp", "heart_failure")
    return not c.yes("kidneys", "normal_test") and (risk or c.takes("diuretic", "nsaid") or c.unlisted())


def _fluid_limited(c: Case) -> bool:
    return (
        c.maybe("drinks_food", "limits")
        or c.maybe("conditions", "heart_failure", "liver")
        or c.maybe("kidneys", "dialysis")
        or c.takes("desmopressin", "lithium")
        or c.unlisted()
    )


def _unsteady(c: Case) -> bool:
    return (
        (c.age() or 75) >= 75 or c.maybe("also_feelings", "fall") or c.maybe("nerve_signs", "unsteady_dark")
    )


HIDDEN: dict[str, tuple[set[str], Premise]] = {
    "31 kidneys": ({"magnesium_note", "magnesium_taking"}, lambda c: c.maybe("kidneys", *KIDNEYS)),
    "31 age": ({"magnesium_note", "magnesium_taking"}, lambda c: (c.age() or 0) < 18),
    "31 pregnancy": ({"magnesium_note", "magnesium_taking"}, lambda c: c.maybe("pregnancy", *PREGNANT, "maybe", "breastfeeding")),
    "31 conditions": ({"magnesium_note", "magnesium_taking"}, lambda c: c.maybe("conditions", "myasthenia_block", "bowel_stoma")),
    "31 digoxin": ({"magnesium_note", "magnesium_taking"}, lambda c: c.takes("digoxin") or c.unlisted()),
    "31 untested": ({"magnesium_note", "magnesium_taking"}, _untested),
    "36": ({"drink_to_thirst"}, _fluid_limited),
    "38 leg": ({*STRETCHES, "massage", "warmth"}, lambda c: c.maybe("today", *TODAY_LEG)),
    "38 wound or cast": ({*STRETCHES, "massage", "warmth"}, lambda c: c.maybe("lately", "operation_cast_bed", "deep_wound")),
    "38 heat": ({"warmth"}, lambda c: c.maybe("also_feelings", "numb_feet") or c.maybe("conditions", "diabetes", "artery_af_stroke")),
    "38 seated only": ({"stretch", "when_it_grips"}, _unsteady),
    "39": ({"alcohol_less"}, lambda c: c.maybe("drinks_food", "alcohol_heavy") or c.maybe("withdrawal_signs")),
}  # fmt: skip

# A line that opens questions of its own, which then decide: an urge that fits nothing is no illness.
# And whoever skips the question on mood must not be told to come in for that (12).
SILENT = {("also_feelings", "urge_legs"), ("mood", "")}

# Answers under which each premise is likely; the rest of the response stays random.
OVERLAYS: tuple[dict[str, Any], ...] = (
    {"emergency_now": [], "today": []},
    {"sex": "female", "age": 30, "pregnancy": "over_20", "emergency_now": [], "pregnancy_signs": ["leg_sore_swollen"]},
    {"emergency_now": [], "bought": ["quinine"], "quinine_signs": ["black_urine_fever"]},
    {"emergency_now": [], "bought": ["quinine"], "quinine_signs": ["ringing"]},
    {"emergency_now": [], "today": [], "also_feelings": ["weaker_tripping"], "strength": ["slower"]},
    {"emergency_now": [], "kidneys": "dialysis", "kidney_signs": ["missed_dialysis", "odd_heart"]},
    {"emergency_now": [], "today": [], "kidneys": "weak", "kidney_signs": [], "trend": "worse"},
    {"emergency_now": [], "today": [], "bought": ["potassium"], "kidneys": "unsure"},
    {"emergency_now": [], "today": [], "bought": ["potassium"], "kidneys": "weak", "kidney_signs": []},
    {"emergency_now": [], "today": [], "bought": ["potassium"], "medicines": [{"name": "spironolactone"}]},
    {"emergency_now": [], "today": [], "bought": ["potassium"], "medicines": [{"name": "ramipril"}, {"name": "naproxen"}]},
    {"emergency_now": [], "today": [], "bought": ["potassium"], "medicines": [{"name": "losartan"}], "kidneys": "normal_test"},
    {"emergency_now": [], "conditions": ["diabetes"], "diabetes_signs": ["foot_wound", "fever"]},
    {"emergency_now": [], "today": [], "age": 2},
    {"emergency_now": [], "today": [], "age": 9, "child_signs": ["limp"]},
    {"emergency_now": [], "effect": "spoils_many", "mood": "plan"},
    {"emergency_now": [], "today": [], "effect": "spoils_many", "mood": "thoughts"},
    {"emergency_now": [], "lately": ["neck_surgery"], "today": ["lips_hands_tingle?"]},
    {"emergency_now": [], "also_feelings": ["fall"], "fall_details": ["head_two_days"], "blood_thinner": "unsure"},
    {"emergency_now": [], "also_feelings": ["fall"], "fall_details": ["head_earlier"], "blood_thinner": "yes"},
    {"emergency_now": [], "conditions": ["cancer"], "immunity_signs": ["treated_6_weeks", "fever_ill"]},
    {"emergency_now": [], "conditions": ["weak_immunity"], "immunity_signs": ["fever_ill"]},
    {"emergency_now": [], "today": ["vomiting_diarrhoea"], "medicines": [{"name": "prednisolone"}], "salt_signs": ["nearly_out"]},
    {"emergency_now": [], "today": ["vomiting_diarrhoea"], "medicines": [{"name": "insulin glargine"}]},
    {"emergency_now": [], "today": [], "conditions": ["diabetes"], "diabetes_signs": ["sick"], "medicines": [{"name": "empagliflozin"}], "salt_signs": ["passed_out"]},
    {"emergency_now": [], "today": [], "about": "cannot_tell"},
    {"emergency_now": [], "today": [], "bought": ["vitamin_k2"], "medicines": [{"name": "warfarin"}]},
    {"emergency_now": [], "today": ["leg_swollen"]},
    {"emergency_now": [], "today": [], "drinks_food": ["alcohol_heavy"], "withdrawal_signs": []},
    {"emergency_now": [], "today": [], "also_feelings": [], "feel": ["hard_knot"]},
)  # fmt: skip

# People with ordinary cramps, and one thing about them that must hold back some advice.
CALM_OVERLAYS: tuple[dict[str, Any], ...] = (
    {"kidneys": "unsure"}, {"kidneys": "transplant"}, {"kidneys": "weak"}, {"kidneys": "never_tested", "age": 70},
    {"age": 12}, {"age": 80}, {"age": "unsure"}, {"sex": "female", "age": 30, "pregnancy": "maybe"},
    {"sex": "female", "age": 30, "pregnancy": "breastfeeding"}, {"conditions": ["bowel_stoma"]},
    {"conditions": ["myasthenia_block?"]}, {"medicines": [{"name": "digoxin"}]}, {"medicines": [{"name": "moonstone"}]},
    {"kidneys": "never_tested", "conditions": ["high_bp"]}, {"drinks_food": ["limits?"], "days": ["little_drink"]},
    {"conditions": ["heart_failure"], "days": ["heat"]}, {"medicines": [{"name": "lithium"}], "days": ["heat"]},
    {"today": ["leg_swollen?"]}, {"lately": ["deep_wound?"]}, {"also_feelings": ["numb_feet"]}, {"conditions": ["artery_af_stroke"]},
    {"also_feelings": ["fall?"]}, {"drinks_food": ["alcohol_over_14", "alcohol_heavy?"]}, {"bought": ["magnesium"]},
    {"bought": ["magnesium"], "kidneys": "unsure"}, {"also_feelings": ["weaker_tripping?"], "nerve_signs": ["unsteady_dark?"]},
)  # fmt: skip


# 30: the person whom no rule may alarm. Each list holds the answers such a person can give.
CEILING: dict[str, tuple[Any, ...]] = {
    "about": ("self",),
    "age": tuple(range(16, 80)),
    "sex": ("female", "male", "other"),
    "pregnancy": ("none",),
    "began": ("two_weeks", "three_months", "one_year", "longer"),
    "how_often": ("once_twice", "weekly", "one_two_nights", "three_plus_nights", "daily"),
    "trend": ("worse", "same", "better"),
    "longest": ("seconds", "under_10_min"),
    "side": ("same_leg", "either", "both"),
    "knot_stretch": ("both", "hard_only", "eases_only", "neither"),
    "soreness": ("none", "under_day"),
    "kidneys": ("normal_test", "never_tested"),
    "effect": ("none", "wakes_me", "spoils_some", "spoils_many"),
    "mood": ("ok",),
}
CEILING_LINES: dict[str, tuple[str, ...]] = {
    "feel": ("hard_knot", "numb_tingling", "weak_heavy", "steady_ache", "other"),
    "where": ("calf", "foot_toes", "shin", "thigh", "buttock"),
    "when": ("night_bed", "sitting", "standing", "exercise", "hot_days", "cold", "after_food"),
    "lately": ("hormones", "long_trip", "hard_effort"),
    "drinks_food": ("coffee", "sugary", "dairy", "few_plants"),
    "bought": ("vitamin_d", "calcium"),
    "days": ("sit_long", "stand_hard", "hard_training", "heat", "shoes_feet", "bedclothes", "little_drink", "smoke"),
}  # fmt: skip
HARMLESS_MEDICINES = (
    "atorvastatin",
    "simvastatin",
    "amlodipine",
    "salmeterol",
    "salbutamol",
    "ethinylestradiol with levonorgestrel",
)


def _calm_sleep(c: Case) -> bool:
    return not c.yes("how_often", "three_plus_nights", "daily") and not c.yes("effect", "spoils_many")


class Trial:
    """Random complete responses over one rulebook, and what the invariants say of them."""

    def __init__(self, book: Rulebook, seed: int) -> None:
        self.book = book
        self.rng = random.Random(seed)
        self.generator = Generator(book, self.rng)
        self.usual = usual_answers(book)
        self.overlays = [self._parsed(overlay) for overlay in OVERLAYS]
        self.calm = [self._parsed(overlay) for overlay in CALM_OVERLAYS]
        self.flags = [i for i in book.items.values() if i.red_flag and i.type == "choices"]
        self.ladders = [book.items["blood_thinner"], book.items["joint_replaced"]]

    def _parsed(self, answers: dict[str, Any]) -> Response:
        problems: list[Problem] = []
        response = parse_answers(answers, self.book, Document("(test)", None), (), problems)
        assert not problems, [problem.render() for problem in problems]
        return response

    def cases(self, count: int) -> Iterator[Case]:
        """Random cases; every tenth is a person below the ceiling of 30."""
        for number in range(count):
            case = self.case(self.ordinary() if number % 10 == 0 else self.response())
            case.ordinary = number % 10 == 0
            yield case

    def response(self) -> Response:
        """A random answer to everything; or that with a premise laid over; or an ordinary person."""
        kind = self.rng.random()
        if kind < 0.35:
            changes = self.rng.sample(list(self.book.items), self.rng.randrange(4))
            made = {**self.usual.answers, **{i: self.generator.answer(self.book.items[i]) for i in changes}}
            if self.rng.random() < 0.9:  # over an ordinary person a premise stands alone
                made.update(self.rng.choice([*self.calm, *self.overlays]).answers)
            return Response(made)
        made = {item.id: self.generator.answer(item) for item in self.book.items.values()}
        if kind < 0.85:
            made.update(self.rng.choice(self.overlays).answers)
        return Response(made)

    def ordinary(self) -> Response:
        """Someone below the ceiling of 30: no red flag, no illness, nothing new, legs only."""
        rng = self.rng
        made: dict[str, Any] = {
            item.id: Ticks() for item in self.book.items.values() if item.type == "choices"
        }
        made |= {item: rng.choice(answers) for item, answers in CEILING.items()}
        for item, codes in CEILING_LINES.items():
            made[item] = Ticks(frozenset(code for code in codes if rng.random() < 0.3))
        made["feel"] = Ticks(made["feel"].ticked | {"hard_knot"})
        if made["age"] >= 60 and made["began"] in ("two_weeks", "three_months"):
            made["began"] = "longer"
        names = rng.sample(HARMLESS_MEDICINES, rng.randrange(3))
        made["medicines"] = tuple(MedicineAnswer(name, "long_ago") for name in names)
        return Response(made)

    def case(self, response: Response) -> Case:
        known = dict(standings(self.book, response, TODAY))
        for item in self.book.items.values():
            if known[item.id] is Silence.NOT_ASKED and item.stage == "interview":
                response = response.with_answer(item.id, Silence.UNSURE)
                known[item.id] = Silence.UNSURE
        return Case(self.book, response, known, evaluate_all(self.book.goals, known))

    def changed(self, case: Case, item: str, answer: Any) -> Case:
        """The case with one answer given otherwise; only what depends on it is evaluated again."""
        response = case.response.with_answer(item, answer)
        known = dict(standings(self.book, response, TODAY))
        for name, standing in known.items():
            if standing is Silence.NOT_ASKED and self.book.items[name].stage == "interview":
                known[name] = Silence.UNSURE
        found = dict(case.found)
        for goal, node in self.book.goals.items():
            if goal in self.book.dependents[item]:
                found[goal] = evaluate(node, known, found)
        return Case(self.book, response, known, found)


def broken(trial: Trial, case: Case) -> Iterator[tuple[str, bool, object]]:
    """For every invariant that this response tries: its number, whether it holds, and what was seen."""
    level = case.level
    yield "1 order", dict(standings(case.book, _reversed(case.response), TODAY)) == case.standings, level
    for name, (least, premise) in LEVELS.items():
        if premise(case):
            yield name, case.at_least(least), level
    for name, (cards, premise) in HIDDEN.items():
        if premise(case):
            yield name, case.shown.isdisjoint(cards), (level, sorted(case.shown & cards))
    yield from _monotone(trial, case)
    left_out = trial.rng.choice(case.raising) if case.raising else None
    rest = most_urgent(entry for entry in case.raising if entry is not left_out)
    yield "6", urgency(rest) <= urgency(level), left_out
    flags = [e.level for e in case.raising if e.card in {f.id for f in case.book.red_flags}]
    yield "7", urgency(level) >= max(map(urgency, flags), default=0), flags
    if case.ordinary:
        yield "30 routine at most", urgency(level) <= urgency("routine"), level
        if _calm_sleep(case):
            yield "30 self-care", level == "self_care", level
    if level == "self_care":
        doubts = [entry for entry in _doubts(case) if entry not in SILENT]
        yield "8", not doubts, doubts
    if level == "emergency":
        yield "11", due(case.book, case.standings, case.found, level) == [], level
    yield from _skipped(trial, case)
    if urgency(level) >= urgency("same_day"):
        yield "37", not case.shown, sorted(case.shown)
    if case.yes("bought", "vitamin_k2") and case.takes("warfarin_type"):
        raised_cards = {entry.card for entry in case.raising}
        yield "34", "k2_warning" in case.shown or "k2_with_warfarin" in raised_cards, level
    patterns = {"restless_legs", "restless_legs_possible"}
    if any(case.truth(card) is Truth.PRESENT for card in patterns):
        no = [i for i in ("rls_rest", "rls_moving", "rls_evening") if case.standings[i] == "no"]
        yield "40 restless", case.standings["rls_urge"] == "yes" and not no, no


def _reversed(response: Response) -> Response:
    return Response(dict(reversed(list(response.answers.items()))))


def _monotone(trial: Trial, case: Case) -> Iterator[tuple[str, bool, object]]:
    """5: no, not sure, yes to one red-flag line never makes the result less urgent."""
    open_flags = [i for i in trial.flags if case.standings[i.id] is not Silence.UNREACHABLE]
    item = trial.rng.choice(open_flags)
    known = case.standings[item.id]
    ticks = known if isinstance(known, Ticks) else Ticks()
    code = trial.rng.choice(item.codes)
    others, doubts = ticks.ticked - {code}, ticks.unsure - {code}
    answers: Iterable[Any] = (
        Ticks(others, doubts),
        Ticks(others, doubts | {code}),
        Ticks(others | {code}, doubts),
    )
    if trial.rng.random() < 0.05:
        item = trial.rng.choice(trial.ladders)
        answers, code = ("no", Silence.UNSURE, "yes"), ""
    levels = [urgency(trial.changed(case, item.id, answer).level) for answer in answers]
    yield "5", levels == sorted(levels), (item.id, code, levels)


def _skipped(trial: Trial, case: Case) -> Iterator[tuple[str, bool, object]]:
    """12: to skip the question on mood changes nothing."""
    if case.standings["mood"] is Silence.UNREACHABLE:
        return
    calm = trial.changed(case, "mood", "ok").level
    for silence in (Silence.DECLINED, Silence.UNSURE):
        yield "12", trial.changed(case, "mood", silence).level == calm, silence


def _doubts(case: Case) -> Iterator[tuple[str, str]]:
    """Red-flag answers that are yes or unsure."""
    for item in case.book.items.values():
        known = case.standings[item.id]
        if not item.red_flag:
            continue
        if isinstance(known, Ticks):
            yield from ((item.id, code) for code in sorted(known.ticked | known.unsure))
        elif known in (Silence.UNSURE, Silence.DECLINED):
            yield item.id, ""


def run(seed: int, count: int) -> tuple[Counter[str], list[str]]:
    """``count`` random responses: how often each invariant was tried, and what broke one."""
    trial = Trial(load(ROOT / "rules"), seed)
    tried: Counter[str] = Counter()
    faults: list[str] = []
    for case in trial.cases(count):
        for name, holds, seen in broken(trial, case):
            tried[name] += 1
            if not holds and len(faults) < 20:
                raised_by = [f"{entry.card}:{entry.level}" for entry in case.raising][:6]
                faults.append(f"{name}: {seen} raised by {raised_by} in {case.response.answers}")
    return tried, faults
