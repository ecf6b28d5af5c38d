"""What the safety invariants ask of complete responses: premises, and what must follow.

A premise is written once, with ``&``, ``|`` and ``but``, and can be asked of a single response
(``Case``: True or False, by the plain evaluator) and of many at once (``crowd.Crowd``: one bit for
each). What it says of one answer is said here, in plain Python, and not by what the rules are read with.
"""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from functools import cached_property, reduce
from operator import or_
from typing import TypeAlias

from triage.conditions.leaf import EffectiveAnswer, Medicines, NoAnswer, Ticks
from triage.conditions.nodes import Node
from triage.engine.disposition import Raised, most_urgent, raised
from triage.engine.effective import effective_answers
from triage.engine.response import Response
from triage.readers.evaluate import evaluate, evaluate_all
from triage.rulebook.cards import Advice
from triage.rulebook.model import Level
from triage.rulebook.rulebook import Rulebook
from triage.truth import Bounds, Truth

Holds: TypeAlias = int  # of one response False or True; of many one bit for each

TODAY = datetime.date(2026, 11, 22)
PREGNANT = ("under_20", "over_20", "weeks_unknown", "ended_6_weeks")
KIDNEYS = ("weak", "dialysis", "transplant")
EMERGENCY = ("emergency_head", "emergency_legs", "emergency_other")
SAME_DAY = ("today_leg", "today_foot", "today_nerves", "today_body")
TODAY_LEG = {
    "today_leg": ("leg_swollen", "constant_pain", "red_hot_patch", "pop_calf", "fever_leg"),
    "today_foot": ("hot_joint", "hot_small_joint", "foot_sore", "toe_black", "blisters"),
    "today_body": ("sore_after_effort", "bruises"),
}
STRETCHES = {"stretch", "stretch_seated", "when_it_grips"}


class Situation(ABC):
    """How the items of one response, or of many, stand; and questions about that."""

    book: Rulebook
    everyone: Holds

    @abstractmethod
    def where(self, item: str, test: Callable[[EffectiveAnswer], bool]) -> Holds:
        """Where the item stands so that the test says yes."""

    def but(self, holds: Holds) -> Holds:
        """Everyone else."""
        return self.everyone ^ holds

    def yes(self, item: str, *codes: str) -> Holds:
        """Whether one of these lines (of all, if none is named) is ticked, or the choice is one of these."""
        return self._of_lines(
            item,
            codes,
            lambda known, wanted: (
                not known.ticked.isdisjoint(wanted)
                if isinstance(known, Ticks)
                else bool(codes) and known in wanted
            ),
        )

    def unsure(self, item: str, *codes: str) -> Holds:
        return self._of_lines(
            item,
            codes,
            lambda known, wanted: (
                not known.unsure.isdisjoint(wanted)
                if isinstance(known, Ticks)
                else known in (NoAnswer.UNSURE, NoAnswer.DECLINED)
            ),
        )

    def _of_lines(
        self,
        item: str,
        codes: tuple[str, ...],
        test: Callable[[EffectiveAnswer, tuple[str, ...]], bool],
    ) -> Holds:
        """The same of those lines that are shown to this person: no other can be so."""
        wanted = codes or self.book.items[item].codes
        gated = [code for code in wanted if self._gate(item, code) is not None]
        free = tuple(code for code in wanted if code not in gated)
        nobody = self.but(self.everyone)
        holds = self.where(item, lambda known: test(known, free)) if free else nobody
        for code in gated:
            ticked = self.where(item, lambda known, line=code: test(known, (line,)))
            holds |= ticked & self.shown_to(self._gate(item, code))
        return holds

    def _gate(self, item: str, code: str) -> Node | None:
        option = self.book.items[item].option(code)
        return option.ask_when if option is not None else None

    @abstractmethod
    def shown_to(self, gate: Node) -> Holds:
        """To whom a line with this gate is shown: all for whom it is not known to be otherwise."""

    def maybe(self, item: str, *codes: str) -> Holds:
        return self.yes(item, *codes) | self.unsure(item, *codes)

    def takes(self, *classes: str) -> Holds:
        return self.where(
            "medicines",
            lambda known: (
                isinstance(known, Medicines)
                and any(t.classes is not None and not t.classes.isdisjoint(classes) for t in known.taken)
            ),
        )

    def unlisted(self) -> Holds:
        """Not known whether some medicine is taken."""
        return self.where(
            "medicines",
            lambda known: not isinstance(known, Medicines) or any(t.classes is None for t in known.taken),
        )

    def aged(self, fits: Callable[[int], bool]) -> Holds:
        """The age is known, and fits."""
        return self.where("age", lambda known: isinstance(known, int) and fits(known))

    def maybe_aged(self, fits: Callable[[int], bool]) -> Holds:
        """The age is not known, or fits."""
        return self.where("age", lambda known: not isinstance(known, int) or fits(known))


class Case(Situation):
    """One response, and what the plain evaluator says of it (experta agrees: the conformance tests say so)."""

    everyone = True

    def __init__(self, book: Rulebook, response: Response) -> None:
        self.book = book
        self.response = response
        self.effective_answers: Mapping[str, EffectiveAnswer] = effective_answers(book, response, TODAY)

    @cached_property
    def found(self) -> Mapping[str, Bounds]:
        return evaluate_all(self.book.goals, self.effective_answers)

    def where(self, item: str, test: Callable[[EffectiveAnswer], bool]) -> Holds:
        return test(self.effective_answers[item])

    def shown_to(self, gate: Node) -> Holds:
        return evaluate(gate, self.effective_answers, {}).truth is not Truth.ABSENT

    def truth(self, goal: str) -> Truth:
        return self.found[goal].truth

    @cached_property
    def raising(self) -> list[Raised]:
        cards = [*self.book.red_flags, *self.book.patterns]
        return raised(self.book, {card.id: self.found[card.id].truth for card in cards}, self.found)

    @cached_property
    def level(self) -> Level:
        return most_urgent(self.raising)

    @cached_property
    def shown(self) -> set[str]:
        """Ids of the advice that reaches the person: offered, at this level, no guard yes or unknown."""
        return {card.id for card in self.book.advice if self._shown(card)}

    def _shown(self, card: Advice) -> bool:
        if self.level not in card.shown_at or self.truth(card.id) is not Truth.PRESENT:
            return False
        blocks = (n for n, guard in enumerate(card.guards) if guard.block_when is not None)
        return all(self.truth(f"{card.id}#{n}") is Truth.ABSENT for n in blocks)


Premise = Callable[[Situation], Holds]
LEVELS: dict[str, tuple[Level, Premise]] = {
    "2": ("emergency", lambda c: _in_one(c.yes, EMERGENCY)),
    "3": ("same_day", lambda c: _in_one(c.unsure, EMERGENCY)),
    "4 yes": ("same_day", lambda c: _in_one(c.yes, SAME_DAY)),
    "4 unsure": ("soon", lambda c: _in_one(c.unsure, SAME_DAY)),
    "13": ("same_day", lambda c: c.yes("today_leg", "leg_swollen")),
    "14": ("same_day", lambda c: c.yes("pregnancy", *PREGNANT) & (c.yes("pregnancy_signs", "leg_sore_swollen") | c.yes("today_leg", "leg_swollen"))),
    "15": ("same_day", lambda c: c.yes("pregnancy_signs")),
    "16": ("emergency", lambda c: c.yes("emergency_other", "dark_urine") | c.yes("quinine_signs", "black_urine_fever")),
    "17 cannot stand": ("emergency", lambda c: c.yes("emergency_legs", "legs_weak")),
    "17 progressive": ("soon", lambda c: c.yes("also_feelings", "weaker_tripping") | c.yes("strength", "slower") | c.yes("nerve_signs", "thinner")),
    "17 foot drag": ("same_day", lambda c: c.yes("today_nerves", "foot_drag")),
    "18": ("same_day", lambda c: c.yes("kidney_signs", "missed_dialysis")),
    "18 ill": ("emergency", lambda c: c.yes("kidney_signs", "missed_dialysis") & c.yes("kidney_signs", "weaker", "odd_heart", "little_drowsy")),
    "19": ("soon", lambda c: c.yes("kidneys", *KIDNEYS) & (c.yes("trend", "new", "worse") | c.yes("began", "two_weeks", "three_months"))),
    "20 kidneys": ("same_day", lambda c: c.yes("bought", "potassium") & c.yes("kidneys", *KIDNEYS)),
    "20 sparing": ("same_day", lambda c: c.yes("bought", "potassium") & c.takes("potassium_sparing_diuretic")),
    "20 two raisers": ("same_day", lambda c: c.yes("bought", "potassium") & c.takes("ace_inhibitor", "arb") & c.takes("nsaid", "heparin")),
    "20 unsure": ("soon", lambda c: c.yes("bought", "potassium") & c.unsure("kidneys")),
    "20 one raiser": ("soon", lambda c: c.yes("bought", "potassium") & c.takes("ace_inhibitor", "arb", "nsaid", "heparin", "drospirenone")),
    "21": ("same_day", lambda c: c.yes("conditions", "diabetes") & (c.yes("today_foot", "foot_sore", "toe_black") | c.yes("diabetes_signs", "foot_wound"))),
    "21 fever": ("emergency", lambda c: c.yes("diabetes_signs", "foot_wound") & (c.yes("diabetes_signs", "fever", "black_cold") | c.yes("today_leg", "fever_leg"))),
    # Narrowed: tiptoe walking at times, as ever and without pain, is common up to 3 (rules/invariants.yaml).
    "22": ("soon", lambda c: c.aged(lambda age: age < 3) & (c.where("child_picture", _no_tiptoe) | _odd_tiptoe(c))),
    "22 limp": ("same_day", lambda c: c.yes("child_signs", "limp", "hip_knee_limp")),
    "23 plan": ("emergency", lambda c: c.yes("mood", "plan")),
    "23 thoughts": ("same_day", lambda c: c.yes("mood", "thoughts")),
    "24": ("emergency", lambda c: c.yes("quinine_signs", "bleeding", "black_urine_fever", "sight")),
    "24 mild": ("same_day", lambda c: c.yes("quinine_signs", "ringing", "bruises")),
    "25": ("emergency", lambda c: c.yes("lately", "neck_surgery") & c.maybe("today_nerves", "lips_hands_tingle")),
    "26": ("emergency", lambda c: c.yes("fall_details", "head_two_days") & c.maybe("blood_thinner", "yes")),
    "26 later": ("same_day", lambda c: c.yes("fall_details", "head_earlier") & c.maybe("blood_thinner", "yes")),
    "27": ("emergency", lambda c: c.yes("immunity_signs", "fever_ill") & (c.yes("immunity_signs", "treated_6_weeks") | c.yes("kidneys", "transplant"))),
    "27 other": ("same_day", lambda c: c.yes("immunity_signs", "fever_ill") | (c.yes("conditions", "weak_immunity") & c.yes("today_leg", "fever_leg"))),
    "28": ("same_day", lambda c: _vomits(c) & c.takes("corticosteroid", "insulin", "sglt2")),
    "28 faint": ("emergency", lambda c: _vomits(c) & c.takes("corticosteroid", "insulin", "sglt2") & _faint(c)),
    "29": ("soon", lambda c: c.yes("about", "cannot_tell")),
}  # fmt: skip


def _in_one(test: Callable[[str], Holds], groups: tuple[str, ...]) -> Holds:
    return reduce(or_, map(test, groups))


def _no_tiptoe(known: object) -> bool:
    return known not in ("tiptoe", NoAnswer.NOT_ASKED)


def _odd_tiptoe(c: Situation) -> Holds:
    """Of one side, not as ever, not without any other feeling, or with an illness in the family."""
    feels = c.yes("feel", "hard_knot", "steady_ache", "walking_pain", "numb_tingling", "weak_heavy")
    odd = c.yes("side", "same_leg") | c.yes("began", "three_months") | c.yes("conditions", "muscle_family")
    return c.yes("child_picture", "tiptoe") & (feels | odd)


def _perhaps_today(c: Situation) -> Holds:
    return reduce(or_, (c.maybe(item, *codes) for item, codes in TODAY_LEG.items()))


def _vomits(c: Situation) -> Holds:
    return (
        c.yes("today_body", "vomiting_diarrhoea")
        | c.yes("steroid_signs", "vomit")
        | c.yes("diabetes_signs", "sick")
    )


def _faint(c: Situation) -> Holds:
    return (
        c.yes("salt_signs", "passed_out", "nearly_out")
        | c.yes("steroid_signs", "faint_drowsy")
        | c.yes("diabetes_signs", "ketones_drowsy")
    )


def _untested(c: Situation) -> Holds:
    risk = c.maybe_aged(lambda age: age >= 65) | c.maybe(
        "conditions", "diabetes", "high_bp", "heart_failure"
    )
    return c.but(c.yes("kidneys", "normal_test")) & (risk | c.takes("diuretic", "nsaid") | c.unlisted())


def _fluid_limited(c: Situation) -> Holds:
    return (
        c.maybe("drinks_food", "limits")
        | c.maybe("conditions", "heart_failure", "liver")
        | c.maybe("kidneys", "dialysis")
        | c.takes("desmopressin", "lithium")
        | c.unlisted()
    )


def _unsteady(c: Situation) -> Holds:
    return (
        c.maybe_aged(lambda age: age >= 75)
        | c.maybe("also_feelings", "fall")
        | c.maybe("nerve_signs", "unsteady_dark")
    )


def _badly_supplied(c: Situation) -> Holds:
    """An illness of the arteries, which an uneven heartbeat (AF) alone is not."""
    others = c.maybe("arteries", "leg_arteries", "heart_arteries", "stroke", "aneurysm")
    return c.maybe("conditions", "artery_af_stroke") & (others | c.but(c.yes("arteries", "af")))


HIDDEN: dict[str, tuple[set[str], Premise]] = {
    "31 kidneys": ({"magnesium_note", "magnesium_taking"}, lambda c: c.maybe("kidneys", *KIDNEYS)),
    "31 age": ({"magnesium_note", "magnesium_taking"}, lambda c: c.maybe_aged(lambda age: age < 18)),
    "31 pregnancy": ({"magnesium_note", "magnesium_taking"}, lambda c: c.maybe("pregnancy", *PREGNANT, "maybe", "breastfeeding")),
    "31 conditions": ({"magnesium_note", "magnesium_taking"}, lambda c: c.maybe("conditions", "myasthenia_block", "bowel_stoma")),
    "31 digoxin": ({"magnesium_note", "magnesium_taking"}, lambda c: c.takes("digoxin") | c.unlisted()),
    "31 untested": ({"magnesium_note", "magnesium_taking"}, _untested),
    "36": ({"drink_to_thirst"}, _fluid_limited),
    "38 leg": ({*STRETCHES, "massage", "warmth"}, lambda c: _perhaps_today(c)),
    "38 wound or cast": ({*STRETCHES, "massage", "warmth"}, lambda c: c.maybe("lately", "operation_cast_bed", "deep_wound")),
    "38 heat": ({"warmth"}, lambda c: c.maybe("also_feelings", "numb_feet") | c.maybe("conditions", "diabetes") | _badly_supplied(c)),
    "38 seated only": ({"stretch", "when_it_grips"}, _unsteady),
    "39": ({"alcohol_less"}, lambda c: c.maybe("drinks_food", "alcohol_heavy") | c.maybe("withdrawal_signs")),
}  # fmt: skip

# A line that opens questions of its own, which then decide: an urge that fits nothing is no illness.
# And whoever skips the question on mood must not be told to come in for that (12).
SILENT = {("also_feelings", "urge_legs"), ("mood", "")}


def calm_sleep(c: Situation) -> Holds:
    return c.but(c.yes("how_often", "three_plus_nights", "daily") | c.yes("effect", "spoils_many"))
