"""What the safety invariants ask of one complete response: premises, and what must follow."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from triage.conditions.standing import Medicines, Silence, Standing, Ticks
from triage.disposition import Raised, most_urgent, raised
from triage.response import Response
from triage.rulebook.cards import Advice
from triage.rulebook.model import Level, urgency
from triage.rulebook.rulebook import Rulebook
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


def calm_sleep(c: Case) -> bool:
    return not c.yes("how_often", "three_plus_nights", "daily") and not c.yes("effect", "spoils_many")
