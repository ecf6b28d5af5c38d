"""Checks of diary.yaml: its questions, what its conditions read, and what its signs lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from triage.conditions.nodes import Node
from triage.names import did_you_mean
from triage.problems import Problem
from triage.rulebook.cards import RedFlag
from triage.rulebook.checks.conditions import ConditionChecker
from triage.rulebook.diary.rules import DiaryRules, DiarySign
from triage.rulebook.model import Item, Range
from triage.rulebook.rulebook import Rulebook

_NIGHTS = 28.0


class _Part(NamedTuple):
    """An entry of a list: the list, its number, and its id."""

    list: str
    number: int
    id: str


def check_diary(rulebook: Rulebook) -> Iterator[Problem]:
    """Everything in the diary that does not fit together."""
    rules = rulebook.diary
    if rules is None:
        return
    yield from _twice(rulebook, rules)
    yield from _questions(rulebook, rules)
    for count in rules.counts:
        yield from _reads(rulebook, rules.by_id, [count.when])
    numbers = {
        count.id: Item(
            id=count.id, section="diary", type="decimal", text=count.id, usual=0, why=count.id,
            unit="nights", range=Range(min=0, max=_NIGHTS),
        )
        for count in rules.counts
    }  # fmt: skip
    yield from _reads(rulebook, numbers, (sign.when for sign in rules.signs))
    yield from _reads(rulebook, numbers, (o.when for entry in rules.answers for o in entry.options))
    yield from _reads(rulebook, rulebook.items, (entry.relevant_when for entry in rules.answers))
    for number, entry in enumerate(rules.answers):
        for option, counted in enumerate(entry.options):
            path = ("answers", number, "options", option, "code")
            yield from _option(rulebook, entry.item, counted.code, path)
    for number, sign in enumerate(rules.signs):
        yield from _sign(rulebook, sign, number)


def _reads(rulebook: Rulebook, items: Mapping[str, Item], nodes: Iterable[Node]) -> list[Problem]:
    """What is wrong with conditions that read these questions or counts."""
    checker = ConditionChecker(replace(rulebook, items=items), ())
    for node in nodes:
        checker.condition(node)
    return checker.problems


def _twice(rulebook: Rulebook, rules: DiaryRules) -> Iterator[Problem]:
    parts = [
        *(_Part("questions", n, q.id) for n, q in enumerate(rules.questions)),
        *(_Part("counts", n, c.id) for n, c in enumerate(rules.counts)),
        *(_Part("signs", n, s.id) for n, s in enumerate(rules.signs)),
        *(_Part("answers", n, a.item) for n, a in enumerate(rules.answers)),
    ]
    seen: set[tuple[str, str]] = set()
    for part in parts:
        if (part.list, part.id) in seen:
            place = rulebook.place("diary", part.list, part.number)
            yield Problem("duplicate-id", f"“{part.id}” stands twice", place, "Put all into one entry.")
        seen.add((part.list, part.id))


def _questions(rulebook: Rulebook, rules: DiaryRules) -> Iterator[Problem]:
    first = rules.questions[0]
    if first.codes != ("yes", "no") or first.ask_when is not None:
        place = rulebook.place("diary", "questions", 0)
        fix = "Ask first whether there was a cramp, with the options yes and no, in each night."
        yield Problem("diary", "the first question cannot say whether there was a cramp", place, fix)
    before: dict[str, Item] = {}
    for number, question in enumerate(rules.questions):
        if question.type not in ("choice", "choices"):
            place = rulebook.place("diary", "questions", number, "type")
            fix = "Use choice or choices: at night nobody wants to type."
            yield Problem("diary", f"“{question.id}” is of type {question.type}", place, fix)
        if number and question.ask_when is None:
            place = rulebook.place("diary", "questions", number)
            fix = f"Write “ask_when: {{item: {first.id}, is: yes}}”: one key is enough for a night without."
            yield Problem("diary", f"“{question.id}” is asked of nights without a cramp", place, fix)
        for place_of, option in enumerate(question.options):
            place = rulebook.place("diary", "questions", number, "options", place_of, "code")
            if option.code in ("unsure", "declined"):
                fix = "“Not sure” is always offered; do not list it as an option."
                yield Problem("reserved-code", f"“{option.code}” cannot be an option", place, fix)
            if question.codes.index(option.code) != place_of:
                fix = "Give one another code."
                yield Problem("duplicate-id", f"the option “{option.code}” stands twice", place, fix)
        if question.ask_when is not None:
            yield from _reads(rulebook, before, [question.ask_when])
        before[question.id] = question
    shown = {
        "letter": (rules.figure.letter,),
        "height": (rules.figure.height,),
        "below": rules.figure.below,
    }
    for key, names in shown.items():
        for name in names:
            if name not in rules.by_id:
                place = rulebook.place("diary", "figure", key)
                fix = did_you_mean(name, rules.by_id) or f"Its questions: {', '.join(rules.by_id)}."
                yield Problem("unknown-item", f"the diary has no question “{name}”", place, fix)


def _option(
    rulebook: Rulebook,
    name: str,
    code: str,
    path: tuple[str | int, ...],
    types: tuple[str, ...] = ("choice",),
) -> Iterator[Problem]:
    """Whether a question of the questionnaire, of one of these types, has that option."""
    place = rulebook.place("diary", *path)
    item = rulebook.items.get(name)
    if item is None:
        fix = did_you_mean(name, rulebook.items) or "See: legcramp rules list items"
        yield Problem("unknown-item", f"there is no question “{name}”", place, fix)
    elif item.type not in types:
        fix = "Name a question with options." if len(types) > 1 else "Name a question with one answer."
        yield Problem("wrong-test", f"“{name}” is of type {item.type}", place, fix)
    elif code not in item.codes:
        fix = did_you_mean(code, item.codes) or f"It has: {', '.join(item.codes)}."
        yield Problem("unknown-option", f"“{name}” has no option “{code}”", place, fix)


def _sign(rulebook: Rulebook, sign: DiarySign, number: int) -> Iterator[Problem]:
    for item, code in sign.stands_for.items():
        path = ("signs", number, "stands_for", item)
        yield from _option(rulebook, item, code, path, ("choice", "choices"))
    for index, source in enumerate(sign.sources):
        if source not in rulebook.sources:
            fix = did_you_mean(source, rulebook.sources) or "Add it to sources.yaml first."
            place = rulebook.place("diary", "signs", number, "sources", index)
            yield Problem("unknown-source", f"there is no source “{source}”", place, fix)
    if sign.card is None:
        if sign.do_now is None:
            fix = "Write do_now, or card: the red flag that fires for the same answer."
            place = rulebook.place("diary", "signs", number)
            yield Problem("diary", f"“{sign.id}” does not say what to do", place, fix)
        return
    card = rulebook.cards.get(sign.card)
    place = rulebook.place("diary", "signs", number, "card")
    if not isinstance(card, RedFlag):
        known = [name for name, other in rulebook.cards.items() if isinstance(other, RedFlag)]
        fix = did_you_mean(sign.card, known) or "Name a card of red_flags/."
        yield Problem("unknown-card", f"there is no red flag “{sign.card}”", place, fix)
    elif card.status != "active":
        fix = "Make that card active, or name another one."
        yield Problem("inactive-card", f"the card “{sign.card}” is {card.status}", place, fix)
