"""The question on medicines: whether there are any, and then each by itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from triage.conditions.link_ids import (
    LISTED,
    MEDICINE_SYSTEM,
    NAME,
    NONE,
    STARTED,
    STARTED_ON,
    STARTED_SYSTEM,
    TAKEN,
    USE,
    USE_SYSTEM,
    system,
)
from triage.engine.answers import MAX_MEDICINES
from triage.fhir.form.gates import Gates
from triage.fhir.form.questions import choice, control, help_of, merged, option, without_answer
from triage.fhir.resource import Json
from triage.names import fold
from triage.rulebook.model import Item, Medicine
from triage.rulebook.rulebook import Rulebook
from triage.text import NOT_SURE

NAMES = "medicine-names"
_MAX_OCCURS = "http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs"


def medicine_items(item: Item, gates: Gates, rulebook: Rulebook) -> Iterator[Json]:
    """The items of the question, in their order."""
    codes, sentence = system(item.id), rulebook.page.sentence
    answers = [
        option(codes, LISTED, sentence("medicines_below")),
        option(codes, NONE, sentence("no_medicines")),
    ]
    asked = choice(item.id, item.text, [*answers, *without_answer(NOT_SURE, item.optional)])
    yield merged(merged(asked, help_of(item)), gates.shown(item))
    yield {
        "extension": [{"url": _MAX_OCCURS, "valueInteger": MAX_MEDICINES}],
        "linkId": TAKEN,
        "text": sentence("one_medicine"),
        "type": "group",
        "repeats": True,
        "enableWhen": [
            {"question": item.id, "operator": "=", "answerCoding": {"system": codes, "code": LISTED}}
        ],
        "item": list(_one_medicine(gates, rulebook)),
    }


def _one_medicine(gates: Gates, rulebook: Rulebook) -> Iterator[Json]:
    sentence = rulebook.page.sentence
    yield {
        "extension": [control("autocomplete")],
        "linkId": NAME,
        "text": sentence("medicine_name"),
        "type": "open-choice",
        "answerValueSet": f"#{NAMES}",
    }
    started = [
        option(STARTED_SYSTEM, "recent", sentence("started_lately")),
        option(STARTED_SYSTEM, "long_ago", sentence("started_long_ago")),
        *without_answer(NOT_SURE),
    ]
    yield choice(STARTED, sentence("medicine_started"), started)
    yield {"linkId": STARTED_ON, "text": sentence("started_on"), "type": "date"}
    kinds = [
        option(USE_SYSTEM, kind.id, kind.text)
        for kind in rulebook.medicine_words.kinds
        if kind.text is not None
    ]
    yield merged(
        choice(USE, sentence("medicine_use"), [*kinds, *without_answer(NOT_SURE)]), gates.typed_medicine()
    )


def medicine_names(rulebook: Rulebook) -> Json:
    """The names we know, as a set of values inside the form: each generic name with its brands."""
    listed = sorted(rulebook.medicines.values(), key=lambda one: (fold(one.generic), one.generic))
    return {
        "resourceType": "ValueSet",
        "id": NAMES,
        "status": "active",
        "expansion": {
            "timestamp": "1970-01-01",
            "contains": [
                {"system": MEDICINE_SYSTEM, "code": medicine.generic, "display": _display(medicine)}
                for medicine in listed
            ],
        },
    }


def _display(medicine: Medicine) -> str:
    """The generic name, and the brands that do not begin with it."""
    shown = fold(medicine.generic)
    brands = [brand for brand in medicine.brands if not fold(brand).startswith(shown)]
    return "".join(chain([medicine.generic], [f" ({', '.join(brands)})"] if brands else []))
