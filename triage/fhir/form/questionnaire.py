"""The whole form: an R4 Questionnaire with the extensions of Structured Data Capture (SDC).

Sections are groups, in the order of the interview, so that the danger signs come first. Nothing in it is
``required``: to leave a question out is no mistake, and the result says what is missing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from triage.conditions.link_ids import group
from triage.conditions.walk import sole_item
from triage.fhir.form.alarms import alarms
from triage.fhir.form.gates import VARIABLE, Gates, fhirpath
from triage.fhir.form.medicine_questions import medicine_items, medicine_names
from triage.fhir.form.questions import question_items
from triage.fhir.resource import Json
from triage.readers.evaluate import evaluate
from triage.readers.fhir import Forms
from triage.rulebook.model import Item, OtherPerson
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth

Whom: TypeAlias = Literal["self", "child", "other"]
WHOM: tuple[Whom, ...] = ("self", "child", "other")
_PROFILE = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire"


def questionnaire_url(rulebook: Rulebook) -> str:
    """What names the form, whatever its version and for whomever it is worded."""
    return f"urn:legcramp:questionnaire:{rulebook.frame.id}"


def questionnaire(rulebook: Rulebook, whom: Whom | None = None) -> Json:
    """The questions as a Questionnaire: plain data, the same for the same rulebook.

    ``whom``: in the words of who answers for themselves, for a child, or for another adult. Without it
    everybody is addressed as "you", and the first question tells who it is.
    """
    words = in_words_for(rulebook, whom)
    forms = Forms(rulebook)
    gates = Gates(forms, rulebook.items)
    below = alarms(words, gates)
    groups = []
    for section in words.frame.sections:
        items: list[Json] = []
        for item in words.items.values():
            if item.section == section.id:
                items += [*_asked(item, gates, words, whom), *below.get(item.id, ())]
        if items:
            groups.append(
                {"linkId": group(section.id), "text": section.title, "type": "group", "item": items}
            )
    return {
        "resourceType": "Questionnaire",
        "id": "-".join([rulebook.frame.id.replace("_", "-"), *([whom] if whom else [])]),
        "meta": {"profile": [_PROFILE]},
        "language": "en",
        "contained": [medicine_names(rulebook)],
        "extension": _variables(forms, groups),
        "url": ":".join([questionnaire_url(rulebook), *([whom] if whom else [])]),
        "version": rulebook.frame.version,
        "name": "LegCramp",
        "title": rulebook.page.sentence("form_title"),
        "status": "active",
        "subjectType": ["Patient"],
        "purpose": f"{rulebook.frame.clinician_note} {' '.join(rulebook.frame.always)}",
        "item": groups,
    }


def in_words_for(rulebook: Rulebook, whom: Whom | None) -> Rulebook:
    """The rulebook in the words that the form has."""
    return rulebook.of_another if whom in ("child", "other") else rulebook


def _asked(item: Item, gates: Gates, words: Rulebook, whom: Whom | None) -> Iterator[Json]:
    """The items of one question. The one that tells whose trouble it is has those answers that fit."""
    if item.type == "medicines":
        return medicine_items(item, gates, words)
    other = words.other_person
    if whom is None or other is None or sole_item(other.when) != item.id:
        return question_items(item, gates, words.page)
    fitting = tuple(option for option in item.options if _is_for(option.code, item.id, other, whom))
    made = list(question_items(item.model_copy(update={"options": fitting}), gates, words.page))
    if len(fitting) == 1:
        for option in made[0]["answerOption"]:
            if option["valueCoding"]["code"] == fitting[0].code:
                option["initialSelected"] = True
    return iter(made)


def _is_for(code: str, item: str, other: OtherPerson, whom: Whom) -> bool:
    another = evaluate(other.when, {item: code}, {}).truth is Truth.PRESENT
    return another == (whom != "self") and (not another or (code == "child") == (whom == "child"))


def _variables(forms: Forms, groups: list[Json]) -> list[Json]:
    """The variables that are read, by a gate or by one of them."""
    read = set(_NAMES_READ.findall(json.dumps(groups)))
    written: list[Json] = []
    for name, expression in reversed(forms.variables.items()):
        if name in read:
            read.update(_NAMES_READ.findall(expression))
            written.append({"url": VARIABLE, "valueExpression": fhirpath(expression, name)})
    return written[::-1]


_NAMES_READ = re.compile(r"%(\w+)")
