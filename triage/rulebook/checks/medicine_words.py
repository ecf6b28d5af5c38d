"""Checks of medicine_words.yaml: what it names must exist, and no word may mean two kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from triage.names import did_you_mean
from triage.problems import Problem
from triage.rulebook.medicines.index import singular
from triage.rulebook.medicines.tokens import name_key
from triage.rulebook.rulebook import Rulebook


def check_medicine_words(rulebook: Rulebook) -> Iterator[Problem]:
    """Every class, name and word that does not fit."""
    words = rulebook.medicine_words
    if "medicine_words" not in rulebook.origins:
        return
    for number, kind in enumerate(words.kinds):
        for key in ("are", "may_be", "asks"):
            yield from _classes(rulebook, getattr(kind, key), ("kinds", number, key))
        yield from _names(rulebook, kind.such_as, ("kinds", number, "such_as"))
    yield from _classes(rulebook, words.unplaced.asks, ("unplaced", "asks"))
    yield from _classes(rulebook, words.unplaced.never, ("unplaced", "never"))
    for number, salt in enumerate(words.salts):
        yield from _names(rulebook, salt.of, ("salts", number, "of"))
    for number, pair in enumerate(words.look_alikes):
        yield from _names(rulebook, pair, ("look_alikes", number))
    yield from _twice(rulebook)


def _classes(rulebook: Rulebook, ids: Iterable[str], path: tuple[Any, ...]) -> Iterator[Problem]:
    for number, name in enumerate(ids):
        if name not in rulebook.classification.class_ids:
            fix = did_you_mean(name, rulebook.classification.class_ids) or "See classes in medicines.yaml."
            place = rulebook.place("medicine_words", *path, number)
            yield Problem("unknown-class", f"there is no medicine class “{name}”", place, fix)


def _names(rulebook: Rulebook, names: Iterable[str], path: tuple[Any, ...]) -> Iterator[Problem]:
    for number, name in enumerate(names):
        if name_key(name) not in rulebook.medicine_reader.names:
            known = [n for m in rulebook.medicines.values() for n in (m.generic, *m.brands)]
            fix = did_you_mean(name, known) or "Use a name that stands in medicines.yaml."
            place = rulebook.place("medicine_words", *path, number)
            yield Problem("unknown-medicine", f"no medicine has the name “{name}”", place, fix)


def _twice(rulebook: Rulebook) -> Iterator[Problem]:
    """Ids and words that stand for two kinds: which one is meant would hang on their order."""
    ids: set[str] = set()
    seen: dict[tuple[str, ...], str] = {}
    for number, kind in enumerate(rulebook.medicine_words.kinds):
        place = rulebook.place("medicine_words", "kinds", number, "id")
        if kind.id in ids:
            yield Problem(
                "duplicate-id", f"the kind “{kind.id}” exists already", place, "Put all into one."
            )
        ids.add(kind.id)
        for said in kind.said:
            other = seen.setdefault(singular(name_key(said)), kind.id)
            if other != kind.id:
                message = f"“{said}” stands for the kind “{other}” already"
                yield Problem("duplicate-name", message, place, "A word may mean one kind only.")
