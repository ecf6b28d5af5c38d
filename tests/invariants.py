"""The safety invariants of the panel review (c), as checks over one complete response.

Numbers are those of the review. A response is complete: every question has an answer, and a
follow-up that was opened but not answered counts as "not sure", one not opened as "no".
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from generators import Generator
from people import CALM_OVERLAYS, CEILING, CEILING_LINES, HARMLESS_MEDICINES, OVERLAYS
from premises import HIDDEN, LEVELS, SILENT, TODAY, Case, calm_sleep

from triage.answers import parse_answers
from triage.conditions.standing import Silence, Ticks
from triage.disposition import most_urgent
from triage.due import due
from triage.facts import standings
from triage.problems import Problem
from triage.readers.evaluate import evaluate, evaluate_all
from triage.response import MedicineAnswer, Response
from triage.rulebook.load import load
from triage.rulebook.model import urgency
from triage.rulebook.rulebook import Rulebook
from triage.rulebook.source import Document
from triage.trial import usual_answers
from triage.truth import Truth

ROOT = Path(__file__).resolve().parent.parent


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
        self.ladders = [book.items[item] for item in ("blood_thinner", "joint_replaced", "rest_pain")]

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
        # Two things together, and new: always the same leg, and the pill. That is a visit this week.
        pill = "hormones" in made["lately"].ticked or "ethinylestradiol with levonorgestrel" in names
        if pill and made["side"] == "same_leg":
            made["began"] = "longer"
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
        if calm_sleep(case):
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
    silence = trial.rng.choice((Silence.DECLINED, Silence.UNSURE))
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
