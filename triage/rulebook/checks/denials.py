"""Checks of what the clinician's page denies: each line once, and no group beyond what was asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from triage.names import did_you_mean
from triage.problems import Place, Problem
from triage.rulebook.frame import Denial, Indication, OnlyFelt, Together
from triage.rulebook.rulebook import Rulebook
from triage.rulebook.windows import time_of


def check_denials(rulebook: Rulebook) -> list[Problem]:
    """Denials and windows of questions that are not there, lines without words or denied twice, and groups
    whose words would stand for lines of different times."""
    frame = rulebook.frame
    problems: list[Problem] = []
    for number, window in enumerate(frame.windows):
        for name in (*window.items, *window.lines):
            if name not in rulebook.items:
                problems.append(_no_item(rulebook, name, rulebook.place("rulebook", "windows", number)))
    for number, together in enumerate(frame.together):
        problems += _medicines(rulebook, together, rulebook.place("rulebook", "together", number))
    for number, indication in enumerate(frame.indications):
        problems += _medicines(rulebook, indication, rulebook.place("rulebook", "indications", number))
    if frame.only_felt:
        problems += _felt(rulebook, frame.only_felt)
    seen: set[tuple[str, str]] = set()
    for number, denial in enumerate(frame.denials):
        problems += _lines(rulebook, denial, number, seen)
        problems += _times(rulebook, denial, number)
    return problems


def _medicines(rulebook: Rulebook, entry: Together | Indication, place: Place) -> Iterator[Problem]:
    """Classes, groups and lines that are not there."""
    named = rulebook.classification.class_ids
    for name in entry.of:
        if name not in named:
            fix = did_you_mean(name, named) or "Classes and groups are in medicines.yaml."
            yield Problem("unknown-class", f"there is no class “{name}”", place, fix)
    yield from _known_lines(rulebook, entry.lines, place)


def _felt(rulebook: Rulebook, felt: OnlyFelt) -> Iterator[Problem]:
    """Lines that are not there, or that the clinician's page would not deny of anybody."""
    for name, codes in felt.lines.items():
        place = rulebook.place("rulebook", "only_felt", "lines", name)
        yield from _known_lines(rulebook, {name: codes}, place)
        item = rulebook.items.get(name)
        for code in codes:
            option = item.option(code) if item else None
            if option and not option.clinical_no:
                message = f"“{code}” of “{name}” is denied of nobody"
                yield Problem("denial", message, place, "Take it out, or give it clinical_no.")


def _known_lines(
    rulebook: Rulebook, lines: Mapping[str, tuple[str, ...]], place: Place
) -> Iterator[Problem]:
    for name, codes in lines.items():
        item = rulebook.items.get(name)
        if item is None:
            yield _no_item(rulebook, name, place)
            continue
        for code in set(codes).difference(item.codes):
            fix = did_you_mean(code, item.codes) or f"Its lines are: {', '.join(item.codes)}."
            yield Problem("unknown-option", f"“{name}” has no line “{code}”", place, fix)


def _no_item(rulebook: Rulebook, name: str, place: Place) -> Problem:
    fix = did_you_mean(name, rulebook.items) or "See: legcramp rules list items"
    return Problem("unknown-item", f"there is no item “{name}”", place, fix)


def _lines(
    rulebook: Rulebook, denial: Denial, number: int, seen: set[tuple[str, str]]
) -> Iterator[Problem]:
    for name, codes in denial.lines.items():
        item = rulebook.items.get(name)
        place = rulebook.place("rulebook", "denials", number, "lines", name)
        if item is None:
            yield _no_item(rulebook, name, place)
            continue
        for code in codes:
            option = item.option(code)
            if option is None or not option.clinical_no or (name, code) in seen:
                fix = did_you_mean(code, item.codes) or "Name lines with clinical_no, once each."
                yield Problem("denial", f"“{code}” of “{name}” cannot be denied here", place, fix)
            seen.add((name, code))


def _times(rulebook: Rulebook, denial: Denial, number: int) -> Iterator[Problem]:
    lines = [(item, code) for item, codes in denial.lines.items() for code in codes]
    times = dict.fromkeys(time_of(rulebook.frame.windows, *line) or "no time" for line in lines)
    if denial.text is not None and len(times) > 1:
        place = rulebook.place("rulebook", "denials", number)
        message = f"“{denial.text}” denies lines of different times: {', '.join(times)}"
        yield Problem("denial", message, place, "Make a group for each time, or take “text” out.")
