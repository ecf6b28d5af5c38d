"""The page of `legcramp form` filled in by hand: with clicks on what can be seen, and with what is typed."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pages.chromium import Page

from triage.conditions.leaf import NoAnswer, Ticks
from triage.conditions.link_ids import NAME, STARTED, USE, doubt
from triage.engine.response import Answer, MedicineAnswer, Response
from triage.fhir.responses.reading import read_any
from triage.rulebook.model import NUMBER_TYPES, Item
from triage.rulebook.rulebook import Rulebook
from triage.text import NONE_OF_THESE, NOT_SURE, RATHER_NOT

FILE = "questionnaire-response.json"
NOT_SURE_OF_LINES = "Not sure of one or more of these"
_SILENT = {NoAnswer.UNSURE: NOT_SURE, NoAnswer.DECLINED: RATHER_NOT}
_STARTED = {"recent": "Yes", "long_ago": "No, it has been the same for longer", "unsure": NOT_SURE}


def element(name: str) -> str:
    """JavaScript for the element with that id."""
    return f"document.getElementById({json.dumps(name)})"


def line(question: str, text: str) -> str:
    """JavaScript for the line of a question with that text."""
    return f"[...{element(question)}.querySelectorAll('.line')].find((l) => l.textContent === {json.dumps(text)})"


def button(text: str) -> str:
    return f"[...document.querySelectorAll('button')].find((b) => b.textContent === {json.dumps(text)})"


def visible(page: Page, names: Iterable[str]) -> set[str]:
    """Which of the elements with these ids can be seen."""
    listed = json.dumps(list(names))
    found: list[str] = page.look(
        f"{listed}.filter((name) => document.getElementById(name)?.checkVisibility())"
    )
    return set(found)


def fill(page: Page, rulebook: Rulebook, response: Response) -> None:
    """Give these answers, in the order of the questions. All of them must be asked by then."""
    for item in rulebook.items.values():
        answer = response.get(item.id)
        if answer is not None:
            assert visible(page, [item.id]), f"{item.id} is not asked"
            _answer(page, item, answer, rulebook)


def save(page: Page) -> bytes:
    """Press the button, and fetch the file."""
    page.click(element("save"))
    return page.downloaded(FILE)


def answers_of(raw: bytes, rulebook) -> Response:
    read = read_any(raw, FILE, rulebook)
    assert read.remarks == ()
    return read.response


def _answer(page: Page, item: Item, answer: Answer, rulebook: Rulebook) -> None:
    match answer:
        case NoAnswer.UNSURE if item.type == "choices":
            page.click(line(item.id, NOT_SURE_OF_LINES))
        case NoAnswer():
            name = doubt(item.id) if item.type in NUMBER_TYPES else item.id
            page.click(line(name, _SILENT[answer]))
        case Ticks():
            _tick(page, item, answer)
        case tuple():
            page.click(line(item.id, "I list them below" if answer else "None"))
            for number, entry in enumerate(answer, start=1):
                if number > 1:
                    page.click(button("Add another one"))
                _medicine(page, f"entry-{number}-", entry, rulebook)
        case str() if item.type == "choice":
            page.click(line(item.id, _text(item, answer)))
        case _:
            page.type(element(item.id), str(answer))


def _tick(page: Page, item: Item, ticks: Ticks) -> None:
    for code in item.codes:
        if code in ticks.ticked:
            page.click(line(item.id, _text(item, code)))
    if ticks == Ticks():
        page.click(line(item.id, NONE_OF_THESE))
    if ticks.unsure:
        page.click(line(item.id, NOT_SURE_OF_LINES))
        for code in item.codes:
            if code in ticks.unsure:
                page.click(line(doubt(item.id), _text(item, code)))


def _medicine(page: Page, place: str, entry: MedicineAnswer, rulebook: Rulebook) -> None:
    page.type(element(place + NAME), entry.name)
    if entry.started is not None:
        page.click(line(place + STARTED, _STARTED[entry.started]))
    if entry.use is not None:
        kinds = {kind.id: kind.text for kind in rulebook.medicine_words.kinds}
        page.click(line(place + USE, kinds.get(entry.use) or NOT_SURE))


def _text(item: Item, code: str) -> str:
    option = item.option(code)
    assert option is not None
    return option.text
