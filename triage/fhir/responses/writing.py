"""A response as a QuestionnaireResponse: nothing is lost, nothing is added.

What the form has no option for (a question that may not be skipped, but was) stands there all the same, as
the standard code for data that is absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from triage.conditions.leaf import NoAnswer, Ticks
from triage.conditions.link_ids import (
    ABSENT_EXTENSION,
    ABSENT_SYSTEM,
    DECLINED,
    EMPTY,
    LISTED,
    MEDICINE_SYSTEM,
    NAME,
    NONE,
    STARTED,
    STARTED_ON,
    STARTED_SYSTEM,
    TAKEN,
    UNSURE,
    USE,
    USE_SYSTEM,
    doubt,
    group,
    system,
)
from triage.engine.response import Answer, MedicineAnswer, Response
from triage.fhir.form.questionnaire import questionnaire_url
from triage.fhir.resource import Json
from triage.rulebook.model import NUMBER_TYPES, Item
from triage.rulebook.rulebook import Rulebook
from triage.text import NONE_OF_THESE

_ABSENT = {NoAnswer.UNSURE: UNSURE, NoAnswer.DECLINED: DECLINED}


def questionnaire_response(rulebook: Rulebook, response: Response, *, complete: bool = True) -> Json:
    """The answers as a QuestionnaireResponse: plain data, the same for the same answers.

    It is for the form of this version of the rulebook, in nobody's words in particular. It has no
    subject, author or time: add them where they are known. ``complete``: nothing is left to ask.
    """
    groups = []
    for section in rulebook.frame.sections:
        items = [
            written
            for item in rulebook.items.values()
            if item.section == section.id and (answer := response.get(item.id)) is not None
            for written in _items(item, answer, rulebook)
        ]
        if items:
            groups.append({"linkId": group(section.id), "text": section.title, "item": items})
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{questionnaire_url(rulebook)}|{rulebook.frame.version}",
        "status": "completed" if complete else "in-progress",
        **({"item": groups} if groups else {}),
    }


def _items(item: Item, answer: Answer, rulebook: Rulebook) -> Iterator[Json]:
    if isinstance(answer, NoAnswer):
        yield from _without_answer(item, answer)
    elif isinstance(answer, Ticks):
        yield from _ticks(item, answer)
    elif isinstance(answer, tuple):
        yield from _medicines(item, answer, rulebook)
    elif isinstance(answer, str):
        yield _answered(
            item.id, item.text, [_text(answer) if item.type == "text" else _option(item, answer)]
        )
    else:
        yield _answered(item.id, item.text, [_number(item, answer)])


def _without_answer(item: Item, answer: NoAnswer) -> Iterator[Json]:
    code = _ABSENT.get(answer)
    if code is None:
        return  # not asked
    if item.type == "text":
        absent = {"extension": [{"url": ABSENT_EXTENSION, "valueCode": code}]}
        yield _answered(item.id, item.text, [{"_valueString": absent}])
        return
    link_id = doubt(item.id) if item.type in NUMBER_TYPES else item.id
    yield _answered(link_id, item.text, [_coding(ABSENT_SYSTEM, code)])


def _ticks(item: Item, ticks: Ticks) -> Iterator[Json]:
    ticked = [_option(item, code) for code in _in_order(item, ticks.ticked)]
    if ticks.unsure:
        ticked.append(_coding(ABSENT_SYSTEM, UNSURE))
    yield _answered(item.id, item.text, ticked or [_coding(system(item.id), NONE, NONE_OF_THESE)])
    if ticks.unsure:
        doubts = [_option(item, code) for code in _in_order(item, ticks.unsure)]
        yield _answered(doubt(item.id), None, doubts)


def _in_order(item: Item, codes: frozenset[str]) -> list[str]:
    return [code for code in item.codes if code in codes]


def _medicines(item: Item, taken: tuple[MedicineAnswer, ...], rulebook: Rulebook) -> Iterator[Json]:
    yield _answered(item.id, item.text, [_coding(system(item.id), LISTED if taken else NONE)])
    kinds = {kind.id: kind.text for kind in rulebook.medicine_words.kinds}
    for entry in taken:
        yield {"linkId": TAKEN, "item": list(_medicine(entry, rulebook, kinds))}


def _medicine(entry: MedicineAnswer, rulebook: Rulebook, kinds: dict[str, str | None]) -> Iterator[Json]:
    listed = entry.name in rulebook.medicines
    name = _coding(MEDICINE_SYSTEM, entry.name, entry.name) if listed else _text(entry.name)
    yield _answered(NAME, None, [name])
    if entry.started is not None and entry.started[0].isdigit():
        yield _answered(STARTED_ON, None, [{"valueDate": entry.started}])
    elif entry.started is not None:
        yield _answered(STARTED, None, [_unsure_or(STARTED_SYSTEM, entry.started)])
    if entry.use is not None:
        yield _answered(USE, None, [_unsure_or(USE_SYSTEM, entry.use, kinds.get(entry.use))])


def _unsure_or(code_system: str, code: str, text: str | None = None) -> Json:
    return _coding(ABSENT_SYSTEM, UNSURE) if code == "unsure" else _coding(code_system, code, text)


def _answered(link_id: str, text: str | None, answers: Iterable[Json]) -> Json:
    return {"linkId": link_id, **({"text": text} if text else {}), "answer": list(answers)}


def _option(item: Item, code: str) -> Json:
    option = item.option(code)
    return _coding(system(item.id), code, option.text if option else None)


def _coding(code_system: str, code: str, text: str | None = None) -> Json:
    return {"valueCoding": {"system": code_system, "code": code, **({"display": text} if text else {})}}


def _number(item: Item, number: int | float) -> Json:
    return {"valueInteger": number} if item.type == "integer" else {"valueDecimal": number}


def _text(text: str) -> Json:
    """A text; FHIR has no empty ones."""
    if not text:
        return {"_valueString": {"extension": [{"url": ABSENT_EXTENSION, "valueCode": EMPTY}]}}
    return {"valueString": text}
