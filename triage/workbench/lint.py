"""Everything that can be said against a folder of rules, at once: what ``legcramp rules check`` does."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from triage.engine.counterfactuals.cohort import conclude_for
from triage.names import did_you_mean
from triage.overlays.white_list import not_allowed
from triage.problems import Invalid, Problem
from triage.report.drawings import SKETCHES
from triage.rulebook.checks.wording import wording
from triage.rulebook.comparing.affected import affected
from triage.rulebook.load import load
from triage.rulebook.reading.folder import BUILT_IN_FILES, read_folder
from triage.rulebook.reading.source import unread_elsewhere
from triage.rulebook.rulebook import Rulebook
from triage.workbench.decided import senseless
from triage.workbench.diary_examples import try_diary
from triage.workbench.examples import TODAY, try_examples, usual_answers
from triage.workbench.proving.prove import prove_all
from triage.workbench.proving.unproved import unproved
from triage.workbench.thresholds import edges


def inspect(
    folder: Path, before: Rulebook | None = None, today: datetime.date = datetime.date.max
) -> tuple[Rulebook | None, list[Problem]]:
    """The rulebook, if it can be loaded, and every problem in the order of their places.

    Only what loads can be tried: so the conditions, the words and the examples are looked at once
    the rest is in order. With ``before``, in which there was no problem, only conditions and
    examples that an edit can have changed; so it is with a clinic's own rules and what they extend. No
    review can be later than ``today``.
    """
    try:
        rulebook = load(folder)
        usual_answers(rulebook)
    except Invalid as invalid:
        return None, [_for_a_clinic(problem) for problem in invalid.problems]
    sound = before or rulebook.base
    only = None if sound is None else affected(sound, rulebook)
    refused = not_allowed(rulebook)
    found = [
        *(problem for one in read_folder(folder).documents.values() for problem in unread_elsewhere(one)),
        *refused,
        *senseless(rulebook, only),
        *wording(rulebook),
        *edges(rulebook, only),
    ]
    found += [*_ordinary(rulebook), *_drawings(rulebook), *_dates(rulebook, today), *try_diary(rulebook)]
    if not refused:  # what is to be taken out anyway need not be proved
        found += unproved(rulebook, prove_all(rulebook))
    settled = {problem.place.file for problem in found if problem.code in ("never-holds", "always-holds")}
    if not any(problem.code == "usual" for problem in found):  # or the examples of every advice would fail
        for outcome in try_examples(rulebook, "", only):
            found += [problem for problem in outcome.problems if problem.place.file not in settled]
    return rulebook, list(Invalid(map(_for_a_clinic, found)).problems)


def _for_a_clinic(problem: Problem) -> Problem:
    """What a clinic changed may not fit what is built in, which is not for it to edit."""
    file = problem.place.file
    if not file.startswith(BUILT_IN_FILES) or problem.code == "not-allowed-here":
        return problem
    if problem.code == "invariant-broken":
        return replace(
            problem, fix="Your folder breaks what is built in. Take back, or change, what does it."
        )
    mine = f"What is built in stays: write that key anew in your own {file.removeprefix(BUILT_IN_FILES)}."
    return replace(problem, fix=f"{problem.fix} {mine}".lstrip())


def _ordinary(rulebook: Rulebook) -> Iterator[Problem]:
    """Whoever has nothing but ordinary cramps must not be alarmed: the usual answers raise nothing."""
    seen = conclude_for(rulebook, [usual_answers(rulebook)], TODAY)
    if seen.levels["self_care"]:
        return
    fix = "Mend its condition, or “usual” of a question it reads: what a healthy person would answer."
    for card in rulebook.red_flags:
        if seen.found[card.id]:
            message = f"“{card.id}” fires for someone with ordinary cramps (all answers as usual)"
            yield Problem("usual", message, rulebook.place(f"card:{card.id}", "when"), fix)


def _drawings(rulebook: Rulebook) -> Iterator[Problem]:
    """Whoever cannot see a drawing reads what it shows; and no words stand there without their drawing."""
    told = rulebook.page.drawings
    for name in told:
        if name not in SKETCHES:
            fix = did_you_mean(name, SKETCHES) or "Take the words out."
            place = rulebook.place("page", "drawings", name, name=True)
            yield Problem("page", f"nothing is drawn for “{name}”", place, fix)
    for card in rulebook.advice:
        if card.id in SKETCHES and card.id not in told:
            fix = "Say in page.yaml, under drawings, what it shows."
            message = f"the drawing of “{card.id}” is not put into words"
            yield Problem("page", message, rulebook.place("page", "drawings"), fix)


def _dates(rulebook: Rulebook, today: datetime.date) -> Iterator[Problem]:
    for part, entries in (("card", rulebook.cards), ("hazard", rulebook.hazards)):
        for name, entry in entries.items():
            if entry.reviewed_on > today:
                place = rulebook.place(f"{part}:{name}", "reviewed_on")
                fix = f"Today is {today}: write the day on which it was looked at."
                yield Problem("future-date", f"{entry.reviewed_on} is still to come", place, fix)
