"""The safety invariants of the panel review (c), as checks over many complete responses at once.

Numbers are those of the review. A response is complete: every question has an answer, and a
follow-up that was opened but not answered counts as "not sure", one not opened as "no".
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from people.generators import Generator
from people.overlays import CALM_OVERLAYS, CEILING, CEILING_LINES, HARMLESS_MEDICINES, OVERLAYS

from invariants.crowd import Crowd
from invariants.premises import HIDDEN, LEVELS, SILENT, calm_sleep
from invariants.situations import TODAY, Holds
from triage.conditions.leaf import EffectiveAnswer, NoAnswer, Ticks
from triage.engine.answers import parse_answers
from triage.engine.effective import effective_answer
from triage.engine.response import MedicineAnswer, Response
from triage.problems import Problem
from triage.readers.answer_bits import either, indices
from triage.rulebook.model import Item
from triage.rulebook.reading.source import YamlDocument
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import usual_answers

TURNS = 7  # a crowd compares no, not sure and yes in every so manieth question on danger signs


class Trial:
    """Random complete responses over one rulebook."""

    def __init__(self, book: Rulebook, seed: int) -> None:
        self.book = book
        self.rng = random.Random(seed)
        self.generator = Generator(book, self.rng)
        self.usual = usual_answers(book)
        self.overlays = [self._parsed(overlay) for overlay in OVERLAYS]
        self.calm = [self._parsed(overlay) for overlay in CALM_OVERLAYS]
        self.asked = {item.id: NoAnswer.UNSURE for item in book.items.values() if item.stage == "interview"}
        self.flags = [i for i in book.items.values() if i.red_flag and i.type == "choices"]
        self.ladders = [book.items[item] for item in ("blood_thinner", "joint_replaced", "rest_pain")]
        self.compared = [*self.flags, *self.ladders]

    def _parsed(self, answers: dict[str, Any]) -> Response:
        problems: list[Problem] = []
        response = parse_answers(answers, self.book, YamlDocument("(test)", None), (), problems)
        assert not problems, [problem.render() for problem in problems]
        return response

    def crowd(self, count: int) -> Crowd:
        """Random people; every tenth is below the ceiling of 30."""
        return self.crowd_of(list(self.responses(count)), either(1 << n for n in range(0, count, 10)))

    def responses(self, count: int) -> Iterator[Response]:
        for number in range(count):
            yield self.complete(self.ordinary() if number % 10 == 0 else self.response())

    def complete(self, response: Response) -> Response:
        """What was asked and not answered counts as "not sure"."""
        return Response({**self.asked, **response.answers})

    def crowd_of(self, responses: list[Response], ordinary: Holds = 0) -> Crowd:
        rows = [
            {i: effective_answer(self.book, r.get(i), TODAY) for i in self.book.items} for r in responses
        ]
        return Crowd.of(self.book, rows, ordinary)

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

    def no_unsure_yes(
        self, crowd: Crowd, item: Item
    ) -> list[tuple[EffectiveAnswer, EffectiveAnswer, EffectiveAnswer]]:
        """Each person's answer to a question on a danger sign with one line (or all) no, not sure, and yes."""
        if item in self.ladders:
            return [("no", NoAnswer.UNSURE, "yes") for _ in crowd.rows]
        return [self._line(row[item.id], self.rng.choice(item.codes)) for row in crowd.rows]

    def _line(self, known: EffectiveAnswer, code: str) -> tuple[Ticks, Ticks, Ticks]:
        ticks = known if isinstance(known, Ticks) else Ticks()
        rest, doubts = ticks.ticked - {code}, ticks.unsure - {code}
        return Ticks(rest, doubts), Ticks(rest, doubts | {code}), Ticks(rest | {code}, doubts)

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
        # Two things together, and new: always the same leg, and the pill. That is a visit this week.
        pill = "hormones" in made["lately"].ticked or "ethinylestradiol with levonorgestrel" in names
        if pill and made["side"] == "same_leg":
            made["began"] = "longer"
        # And three: cramps of every day with a steady ache in the same leg, new, and a risk of clots. That is a call today.
        risk = pill or "long_trip" in made["lately"].ticked
        if (
            risk
            and made["side"] == "same_leg"
            and "steady_ache" in made["feel"].ticked
            and made["began"] == "two_weeks"
        ):
            made["how_often"] = "weekly"
        made["medicines"] = tuple(MedicineAnswer(name, "long_ago") for name in names)
        return Response(made)


NOT_KNOWN = (NoAnswer.UNSURE, NoAnswer.DECLINED)


@dataclass(frozen=True, slots=True)
class Tried:
    """One invariant over a crowd: who tries it, and for whom of them it does not hold.

    ``changes`` is what was changed for each of them, if anything was.
    """

    name: str
    crowd: Crowd
    by: Holds
    broken_for: Holds
    changes: Sequence[object] = ()


def invariants(trial: Trial, crowd: Crowd) -> Iterator[Tried]:
    """Every invariant over the crowd."""
    for name, (least, premise) in LEVELS.items():
        by = premise(crowd)
        yield Tried(name, crowd, by, by & crowd.but(crowd.at_least(least)))
    for name, (cards, premise) in HIDDEN.items():
        by = premise(crowd)
        yield Tried(name, crowd, by, by & either(crowd.shown[card] for card in cards))
    yield from _of_levels(crowd)
    yield from _of_calm(crowd)
    yield from _of_findings(crowd)
    yield from _of_pairs(trial, crowd)


def _of_levels(crowd: Crowd) -> Iterator[Tried]:
    """6: taking any one card away makes nothing more urgent. 7: never less urgent than a red flag says."""
    more = either(crowd.more_urgent_without(card) for card in (*crowd.book.red_flags, *crowd.book.patterns))
    yield Tried("6", crowd, crowd.everyone, more)
    less = 0
    for flag in crowd.book.red_flags:
        found = crowd.found[flag.id]
        doubted = found.least_unknown & crowd.but(found.present)
        less |= found.present & crowd.but(crowd.at_least(flag.disposition))
        less |= doubted & crowd.but(crowd.at_least(flag.if_unsure))
    yield Tried("7", crowd, crowd.everyone, less)


def _of_calm(crowd: Crowd) -> Iterator[Tried]:
    """What may not stand beside self-care; and what must stay calm."""
    calm = crowd.levels["self_care"]
    yield Tried(
        "8", crowd, calm, calm & either(_doubted(crowd, item) for item in crowd.book.items.values())
    )
    yield Tried("30 routine at most", crowd, crowd.ordinary, crowd.ordinary & crowd.at_least("soon"))
    sleepers = crowd.ordinary & calm_sleep(crowd)
    yield Tried("30 self-care", crowd, sleepers, sleepers & crowd.but(calm))


def _doubted(crowd: Crowd, item: Item) -> Holds:
    """Where a question on a danger sign has a yes or a "not sure", in a line that is shown."""
    if not item.red_flag:
        return 0
    quiet = {code for name, code in SILENT if name == item.id}
    if item.type != "choices":
        return crowd.where(item.id, lambda known: known in NOT_KNOWN and "" not in quiet)

    def told(code: str) -> Holds:
        return crowd.where(
            item.id, lambda known: isinstance(known, Ticks) and code in known.ticked | known.unsure
        )

    shown = {o.code: crowd.shown_to(o.ask_when) if o.ask_when else crowd.everyone for o in item.options}
    whole = crowd.where(item.id, lambda known: known in NOT_KNOWN and "" not in quiet)
    return whole | either(told(code) & shown[code] for code in item.codes if code not in quiet)


def _of_findings(crowd: Crowd) -> Iterator[Tried]:
    urgent = crowd.at_least("same_day")
    yield Tried("37", crowd, urgent, urgent & either(crowd.shown.values()))
    k2 = crowd.yes("vitamins", "vitamin_k2") & crowd.takes("warfarin_type")
    said = crowd.shown["k2_warning"] | crowd.found["k2_with_warfarin"].least_unknown
    yield Tried("34", crowd, k2, k2 & crowd.but(said))
    restless = crowd.found["restless_legs"].present | crowd.found["restless_legs_possible"].present
    signs, wrong = frozenset({"rest", "moving", "evening"}), frozenset({"one_shift", "only_knotted"})
    no = crowd.where(
        "rls_signs",
        lambda a: isinstance(a, Ticks) and bool(signs - a.ticked - a.unsure or wrong & a.ticked),
    )
    urge = either(
        crowd.where(item, lambda a, line=line: isinstance(a, Ticks) and line in a.ticked)
        for item, line in (("feel", "urge_to_move"), ("also_feelings", "urge_legs"))
    )
    yield Tried("40 restless", crowd, restless, restless & (no | crowd.but(urge)))


def _of_pairs(trial: Trial, crowd: Crowd) -> Iterator[Tried]:
    """5: no, not sure, yes to one danger sign never makes the result less urgent.
    12: to skip the question on mood changes nothing."""
    for item in trial.compared:
        answers = trial.no_unsure_yes(crowd, item)
        no, unsure, yes = (crowd.changed(item.id, (each[n] for each in answers)) for n in range(3))
        less = unsure.less_urgent_than(no) | yes.less_urgent_than(unsure)
        yield Tried("5", crowd, crowd.asked(item.id), less, [(item.id, each) for each in answers])
    silences = [trial.rng.choice((NoAnswer.DECLINED, NoAnswer.UNSURE)) for _ in crowd.rows]
    calm = crowd.changed("mood", ["ok"] * len(silences))
    skipped = crowd.changed("mood", silences)
    other = skipped.less_urgent_than(calm) | calm.less_urgent_than(skipped)
    yield Tried("12", crowd, crowd.asked("mood"), other, silences)


def run(book: Rulebook, seed: int, count: int) -> tuple[Counter[str], list[str]]:
    """``count`` random responses: how often each invariant was tried, and what broke one."""
    trial = Trial(book, seed)
    trial.compared = trial.compared[seed % TURNS :: TURNS]
    return judge(trial, trial.crowd(count))


def judge(trial: Trial, crowd: Crowd) -> tuple[Counter[str], list[str]]:
    """How often each invariant is tried by the crowd, and up to five people who break it."""
    counts: Counter[str] = Counter()
    faults: list[str] = []
    for tried in invariants(trial, crowd):
        counts[tried.name] += tried.by.bit_count()
        for number in indices(tried.broken_for)[:5]:
            levels = tried.crowd.levels
            level = next(code for code in levels if levels[code] >> number & 1)
            change = tried.changes[number] if tried.changes else ""
            faults.append(f"{tried.name}: {level} {change} {dict(tried.crowd.rows[number])}")
    return counts, faults
