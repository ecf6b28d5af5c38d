"""Each question as items of a Questionnaire: itself, its help, and what is not sure about its answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from triage.conditions.link_ids import ABSENT_SYSTEM, DECLINED, NONE, UNSURE, doubt, system
from triage.engine.answers import MAX_TEXT
from triage.fhir.form.gates import Gates
from triage.fhir.resource import Json
from triage.rulebook.model import Item
from triage.rulebook.page.model import Page
from triage.text import NONE_OF_THESE, NOT_SURE, RATHER_NOT

_FHIR = "http://hl7.org/fhir/StructureDefinition"
EXCLUSIVE = f"{_FHIR}/questionnaire-optionExclusive"
CONTROL = f"{_FHIR}/questionnaire-itemControl"
_CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"
_BELOW_EACH_OTHER = {"url": f"{_FHIR}/questionnaire-choiceOrientation", "valueCode": "vertical"}


def question_items(item: Item, gates: Gates, page: Page) -> Iterator[Json]:
    """The items that ask a question (all but the one on medicines), in their order."""
    shown = gates.shown(item)
    if item.before:
        yield merged(note(f"{item.id}.before", item.before), shown)
    yield merged(_asked(item, gates, page), shown)
    match item.type:
        case "choices":
            yield _which_lines(item, page)
        case "integer" | "decimal":
            options = without_answer(NOT_SURE, rather_not=item.optional)
            yield {
                **choice(doubt(item.id), page.sentence("no_number"), options),
                **gates.without_number(item),
            }
        case "choice" | "text" | "medicines":
            pass
        case _:
            assert_never(item.type)
    if item.after:
        yield merged(note(f"{item.id}.after", item.after), shown)


def _asked(item: Item, gates: Gates, page: Page) -> Json:
    match item.type:
        case "choice":
            asked = choice(
                item.id, item.text, [*options_of(item), *without_answer(NOT_SURE, item.optional)]
            )
        case "choices":
            none = option(system(item.id), NONE, NONE_OF_THESE, exclusive=True)
            absent = without_answer(page.sentence("not_sure_of_lines"), item.optional)
            asked = choice(item.id, item.text, [*options_of(item), none, *absent], several=True)
        case "integer" | "decimal":
            asked = {"linkId": item.id, "text": item.text, "type": item.type, **_measure(item)}
        case _:
            asked = {"linkId": item.id, "text": item.text, "type": "text", "maxLength": MAX_TEXT}
    codings = [one["valueCoding"] for one in asked.get("answerOption", ())]
    with_toggles = merged(
        asked, {"extension": toggles} if (toggles := gates.toggles(item, codings)) else {}
    )
    return merged(with_toggles, help_of(item))


def options_of(item: Item) -> list[Json]:
    """The options of a question, as they are written."""
    return [option(system(item.id), one.code, one.text) for one in item.options]


def option(code_system: str, code: str, text: str, *, exclusive: bool = False) -> Json:
    """One option; ``exclusive``: it does not go with any other."""
    alone = {"extension": [{"url": EXCLUSIVE, "valueBoolean": True}]} if exclusive else {}
    return {**alone, "valueCoding": {"system": code_system, "code": code, "display": text}}


def without_answer(unsure: str, rather_not: bool = False) -> list[Json]:
    """The options of who does not know, or would rather not say."""
    made = [option(ABSENT_SYSTEM, UNSURE, unsure)]
    return [*made, option(ABSENT_SYSTEM, DECLINED, RATHER_NOT, exclusive=True)] if rather_not else made


def choice(link_id: str, text: str, options: Iterable[Json], *, several: bool = False) -> Json:
    """A question with options, shown as buttons or as boxes to tick."""
    return {
        "extension": [control("check-box" if several else "radio-button"), _BELOW_EACH_OTHER],
        "linkId": link_id,
        "text": text,
        "type": "choice",
        **({"repeats": True} if several else {}),
        "answerOption": list(options),
    }


def _which_lines(item: Item, page: Page) -> Json:
    unsure = {"system": ABSENT_SYSTEM, "code": UNSURE}
    gate = {"question": item.id, "operator": "=", "answerCoding": unsure}
    return {
        **choice(doubt(item.id), page.sentence("which_lines"), options_of(item), several=True),
        "enableWhen": [gate],
    }


def _measure(item: Item) -> Json:
    kind = "Integer" if item.type == "integer" else "Decimal"
    made: list[Json] = []
    if item.unit is not None:
        made.append({"url": f"{_FHIR}/questionnaire-unit", "valueCoding": {"display": item.unit}})
    if item.range is not None:
        for key, number in (("minValue", item.range.min), ("maxValue", item.range.max)):
            made.append(
                {"url": f"{_FHIR}/{key}", f"value{kind}": int(number) if kind == "Integer" else number}
            )
    return {"extension": made} if made else {}


def help_of(item: Item) -> Json:
    """The help of a question and of its options."""
    of_options = [f"“{one.text}”: {one.help}" for one in item.options if one.help]
    text = "\n".join([*([item.help] if item.help else []), *of_options])
    return {"item": [{"extension": [control("help")], **note(f"{item.id}.help", text)}]} if text else {}


def note(link_id: str, text: str) -> Json:
    """Text that needs no answer."""
    return {"linkId": link_id, "text": text, "type": "display"}


def control(code: str) -> Json:
    """How an item is shown."""
    return {"url": CONTROL, "valueCodeableConcept": {"coding": [{"system": _CONTROLS, "code": code}]}}


def merged(item: Json, more: Json) -> Json:
    """The item with further keys; extensions are added to those it has, and come first."""
    extensions = [*more.get("extension", ()), *item.get("extension", ())]
    return {**({"extension": extensions} if extensions else {}), **_others(item), **_others(more)}


def _others(item: Json) -> Json:
    return {key: value for key, value in item.items() if key != "extension"}
