"""The examples of the diary's signs, tried; and that each sign leads to the card it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from triage.conditions.leaf import EffectiveAnswer, Ticks
from triage.diary.counts import Range, surely
from triage.problems import Problem
from triage.readers.evaluate import evaluate
from triage.rulebook.diary.rules import DiaryRules, DiarySign
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth


def try_diary(rulebook: Rulebook) -> Iterator[Problem]:
    """Every example that comes out otherwise, and every sign whose answer does not raise its card."""
    rules = rulebook.diary
    if rules is None:
        return
    for number, sign in enumerate(rules.signs):
        for key, wanted in (("fires", True), ("silent", False)):
            for index, example in enumerate(getattr(sign.examples, key)):
                place = rulebook.place("diary", "signs", number, "examples", key, index)
                if unknown := [name for name, value in example.items() if not _fits(rules, name, value)]:
                    fix = f"Name counts, with whole numbers: {', '.join(c.id for c in rules.counts)}."
                    yield Problem("diary", f"“{unknown[0]}” is no count here", place, fix)
                elif surely(sign.when, _counts(rules, example)) is not wanted:
                    said = "does not show" if wanted else "shows"
                    fix = "Mend the example, or “when”."
                    yield Problem("diary", f"“{sign.id}” {said} in this example", place, fix)
        goal = rulebook.goals.get(sign.card or "")
        if sign.card in rulebook.cards and goal is not None:
            found = evaluate(goal, _answers(rulebook, sign), {}).truth
            if found is not Truth.PRESENT:
                place = rulebook.place("diary", "signs", number, "stands_for")
                fix = "Name the answer for which that card fires, or the card that fires for that answer."
                message = f"the card “{sign.card}” does not fire for what “{sign.id}” stands for"
                yield Problem("diary", message, place, fix)


def _answers(rulebook: Rulebook, sign: DiarySign) -> dict[str, EffectiveAnswer]:
    """What the questionnaire would have been told."""
    return {
        item: Ticks(frozenset({code})) if rulebook.items[item].type == "choices" else code
        for item, code in sign.stands_for.items()
    }


def _fits(rules: DiaryRules, name: str, value: Any) -> bool:
    return any(count.id == name for count in rules.counts) and type(value) in (int, float)


def _counts(rules: DiaryRules, example: dict[str, Any]) -> dict[str, Range]:
    """The counts of an example: what is not named is 0."""
    values = {count.id: example.get(count.id, 0) for count in rules.counts}
    return {name: Range(value, value) for name, value in values.items()}
