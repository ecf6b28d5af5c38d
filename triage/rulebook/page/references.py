"""Everything that ``page.yaml`` names by its id: questions, lines of them, sections, classes, advice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from triage.rulebook.page.model import ClinicianPage, Lines, Page
from triage.rulebook.reading.source import Path


class Reference(NamedTuple):
    """One id, and where it stands. ``item`` is the question of an option."""

    kind: Literal["item", "option", "section", "class", "advice"]
    id: str
    path: Path
    item: str = ""


def references(page: Page) -> Iterator[Reference]:
    """Every id in the order of the file."""
    yield from _clinician(page.clinician)
    for key in ("side", "place"):
        if name := getattr(page.call, key):
            yield Reference("item", name, ("call", key))
    if page.call.blood_thinner:
        yield Reference("class", page.call.blood_thinner, ("call", "blood_thinner"))
    for number, risk in enumerate(page.call.risks):
        at = ("call", "risks", number)
        yield Reference("item", risk.item, (*at, "item"))
        yield from _options(risk.item, risk.lines, (*at, "lines"))
    for number, advice in enumerate(page.watch):
        yield Reference("advice", advice, ("watch", number))
    if page.illnesses:
        yield Reference("item", page.illnesses, ("illnesses",))
    for number, one in enumerate(page.nights):
        yield Reference("item", one.item, ("nights", number, "item"))
        yield from _options(one.item, one.lines, ("nights", number, "lines"))
    for advice in page.drawings:
        yield Reference("advice", advice, ("drawings", advice))


def _clinician(page: ClinicianPage) -> Iterator[Reference]:
    for key in (
        "who", "who_besides", "own_words", "hopes", "tried", "bought", "walking",
    ):  # fmt: skip
        yield from _items(getattr(page, key), ("clinician", key))
    for key in ("told_by", "side", "legs", "since_words", "times", "bought_dose", "allergies"):
        if name := getattr(page, key):
            yield Reference("item", name, ("clinician", key))
    for number, section in enumerate(page.risk_sections):
        yield Reference("section", section, ("clinician", "risk_sections", number))
    for number, row in enumerate(page.pattern):
        yield from _items(row.items, ("clinician", "pattern", number, "items"))
    for number, line in enumerate(page.background):
        at = ("clinician", "background", number)
        yield Reference("item", line.item, (*at, "item"))
        yield from _lines(line.unless_denied, (*at, "unless_denied"))
    yield from _lines(page.taken_besides, ("clinician", "taken_besides"))
    for medicine_class, named in page.named_by.items():
        yield Reference("class", medicine_class, ("clinician", "named_by", medicine_class))
        yield from _lines(named, ("clinician", "named_by", medicine_class))
    if page.clot is not None:
        for key in ("signs", "items", "not_for"):
            yield from _lines(getattr(page.clot, key), ("clinician", "clot", key))
        for number, known in enumerate(page.clot.denied_with):
            of_clot = ("clinician", "clot", "denied_with", number)
            yield from _lines(known.lines, (*of_clot, "lines"))
            yield from _lines(known.denied, (*of_clot, "denied"))
    for key in ("not_denied_beside", "not_told_beside"):
        for number, told in enumerate(getattr(page, key)):
            at = ("clinician", key, number)
            yield from _lines(told.signs, (*at, "signs"))
            yield from _lines(told.lines, (*at, "lines"))
    if page.restless is not None:
        at_table = ("clinician", "restless")
        yield from _lines(page.restless.urge, (*at_table, "urge"))
        yield Reference("item", page.restless.signs, (*at_table, "signs"))
        for code in page.restless.criteria:
            yield Reference("option", code, (*at_table, "criteria", code), page.restless.signs)
        yield from _options(page.restless.signs, page.restless.others, (*at_table, "others"))


def _items(names: Iterable[str], at: Path) -> Iterator[Reference]:
    for number, name in enumerate(names):
        yield Reference("item", name, (*at, number))


def _options(item: str, codes: Iterable[str], at: Path) -> Iterator[Reference]:
    for number, code in enumerate(codes):
        yield Reference("option", code, (*at, number), item)


def _lines(lines: Lines, at: Path) -> Iterator[Reference]:
    for item, codes in lines.items():
        yield Reference("item", item, (*at, item))
        yield from _options(item, codes, (*at, item))
