"""What must be true of what the clinician's page says was denied: each a name and what is wrong, if something is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pages.parts import rows
from triage import truth
from triage.conditions.leaf import NoAnswer, Ticks
from triage.conditions.walk import items_read
from triage.engine.assessment import Assessment
from triage.readers.evaluate import evaluate
from triage.report.document import Document
from triage.rulebook.rulebook import Rulebook

SYSTEMS = ("Vascular", "Neurological", "Infection", "Metabolic", "Trauma, muscle", "Other")


def denials_are_grouped_by_system(result: Assessment, page: Document, book: Rulebook) -> Iterator[str]:
    """Every denied line is told, in its own words or in those of its group, under one system; nothing twice."""
    told = rows(page)
    groups = {
        (item, code): group
        for group in book.frame.denials
        for item, codes in group.lines.items()
        for code in codes
    }
    negatives = [
        n
        for n in result.pertinent_negatives
        if not n.item.startswith("rls_") and (n.item, n.option) not in _told_in_other_words(result)
    ]
    left = {(negative.item, negative.option) for negative in negatives}
    for negative in negatives:
        group = groups[negative.item, negative.option]
        names = {"history": "No history of", "trauma": "Trauma, muscle"}
        label = names.get(group.system, group.system.capitalize())
        whole = {(item, code) for item, codes in group.lines.items() for code in codes} <= left
        wanted = group.text if whole and group.text else negative.clinical
        everything = "; ".join(told.get(name, "") for name in (*SYSTEMS, "No history of"))
        if wanted not in everything or (
            wanted not in told.get(label, "") and everything.count(wanted) != 1
        ):
            yield f"{label}: no “{wanted}” in “{told.get(label)}”"
    pieces = [piece.split(": ")[-1] for name in SYSTEMS for piece in _pieces(told.get(name, ""))]
    yield from (f"denied twice: {piece}" for piece in {*pieces} if pieces.count(piece) > 1)


def _told_in_other_words(result: Assessment) -> set[tuple[str, str]]:
    """Denials that would contradict a sign that was told in another list."""

    def told(item: str, *codes: str) -> bool:
        answer = result.effective_answers.get(item)
        return isinstance(answer, Ticks) and bool(answer.ticked & {*codes})

    left_out: set[tuple[str, str]] = set()
    ill = result.effective_answers.get("ill_signs")
    if isinstance(ill, Ticks) and ill.ticked:  # the list denies each of them by itself
        left_out |= {("also_feelings", "body_change"), ("also_feelings", "dizzy_cold")}
    if told("also_fits", "knock_twist", "knock_beside"):  # a foot that is thick since a twist was not meant
        left_out |= {("today_leg", "leg_swollen"), ("today_foot", "hot_joint"), ("also_feelings", "fall")}
    if told("today_nerves", "numb_foot"):
        left_out.add(("also_feelings", "numb_feet"))
    weak = (
        ("emergency_legs", "legs_weak"), ("salt_signs", "truly_weaker"), ("salt_signs", "weaker_months"),
        ("muscle_signs", "truly_weaker"), ("kidney_signs", "weaker"),
    )  # fmt: skip
    if any(told(*line) for line in weak):
        left_out |= {*weak[1:], ("also_feelings", "weaker_tripping")}
        left_out |= {("strength", code) for code in ("chair", "chair_slowly", "arms", "slower")}
    if told("old_signs", "weak"):
        left_out.add(("also_feelings", "weaker_tripping"))
    if told("salt_signs", "headache_sick"):
        left_out |= {("salt_signs", "shaky"), ("also_feelings", "generally_ill")}
    return left_out


def _pieces(text: str) -> list[str]:
    return [piece.strip("[] ") for piece in text.split("; ") if piece]


def nothing_present_is_denied(result: Assessment, page: Document, book: Rulebook) -> Iterator[str]:
    """A denial beside a swollen leg, an old sign or a wide complaint says exactly what was asked."""
    denied = "; ".join(rows(page).get(name, "") for name in SYSTEMS)
    for vague, exact in (
        ("ankle oedema", "bilateral ankle oedema"), ("muscle swelling", "post-exertional muscle swelling"),
        ("foot drop", "(new|long-standing weakness, dysarthria,|long-standing) foot drop"),
        ("chest pain", "(new|past) chest pain|past leg swelling, chest pain|chest pain/dyspnoea"),
    ):  # fmt: skip
        if len(re.findall(vague, denied)) > len(re.findall(exact, denied)):
            yield f"“{vague}” is wider than what was asked: {denied}"


def only_what_can_be_is_denied(result: Assessment, page: Document, book: Rulebook) -> Iterator[str]:
    """Nobody denies what may not apply: it is tried with every sex, age and pregnancy that was not told."""
    silent = {
        item.id: [*item.codes] if item.type == "choice" else [2, 10, 15, 17, 40, 80]
        for item in book.items.values()
        if item.type in ("choice", "integer")
        and isinstance(answer := result.effective_answers.get(item.id, NoAnswer.NOT_ASKED), NoAnswer)
        and (answer is not NoAnswer.UNREACHABLE or item.unchanging)  # who cannot be pregnant is not
    }
    about = {item.id for item in book.items.values() if item.unchanging} | {"pregnancy"}
    for negative in result.pertinent_negatives:
        item = book.items[negative.item]
        option = item.option(negative.option) if negative.option else None
        for gate in filter(None, (item.ask_when, option.ask_when if option else None)):
            for who in items_read(gate) & about & {*silent}:
                for value in silent[who]:
                    told = {**result.effective_answers, who: value}
                    if evaluate(gate, told, {}).truth is truth.Truth.ABSENT:
                        yield f"{negative.clinical} is denied, and {who} may be {value}"
