"""JSON Schema (draft-07) of each kind of rules file, for editors that complete and explain keys.

Made from the models; the meaning of keys comes from ``keys``. Ids that the rulebook has are offered,
but others are not forbidden: a new question may be written before or after the card that reads it.
Conditions are described by hand, in the shapes that ``conditions.parse`` takes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from triage.conditions.nodes import Comparator
from triage.rulebook.cards import CARD_FOLDERS
from triage.rulebook.diary.rules import DiaryRules
from triage.rulebook.evidence import Claim, Contradiction, Source
from triage.rulebook.frame import Frame
from triage.rulebook.frozen import Frozen
from triage.rulebook.hazards import Hazard
from triage.rulebook.invariants import Invariant
from triage.rulebook.keys import meaning
from triage.rulebook.medicines.words import MedicineWords
from triage.rulebook.model import CONDITION_KEYS, Item, Medicine, MedicineClass, OtherPerson
from triage.rulebook.page.model import Page
from triage.rulebook.rulebook import Rulebook

DRAFT = "http://json-schema.org/draft-07/schema#"
_CONDITION = {"$ref": "#/definitions/condition"}


def _listed(name: str, **lists: type[Frozen]) -> type[Frozen]:
    """A file that holds nothing but lists."""
    made = {key: tuple.__class_getitem__((entry, ...)) for key, entry in lists.items()}
    return type(name, (Frozen,), {"__annotations__": made, **dict.fromkeys(made, ())})


FILES: dict[str, type[Frozen]] = {
    "rulebook": Frame,
    "items": _listed("Items", items=Item),
    **CARD_FOLDERS,
    "medicine_words": MedicineWords,
    "medicines": _listed("Medicines", classes=MedicineClass, medicines=Medicine),
    "claims": _listed("Claims", claims=Claim, contradictions=Contradiction),
    "sources": _listed("Sources", sources=Source),
    "hazards": _listed("Hazards", hazards=Hazard),
    "invariants": _listed("Invariants", invariants=Invariant),
    "other_person": OtherPerson,
    "diary": DiaryRules,
    "page": Page,
}


class _Draft7(GenerateJsonSchema):
    """Conditions are of a type that pydantic does not know; the place is filled in afterwards."""

    def handle_invalid_for_json_schema(self, *_: Any) -> JsonSchemaValue:
        return {}

    def is_instance_schema(self, *_: Any) -> JsonSchemaValue:
        return {}


def schema(kind: str, rulebook: Rulebook | None = None) -> dict[str, Any]:
    """The schema of one of ``FILES``, with the ids of ``rulebook`` to choose from.

    In an overlay a card or entry may leave out what it does not change.
    """
    model = FILES[kind]
    made = TypeAdapter(model).json_schema(schema_generator=_Draft7, ref_template="#/definitions/{model}")
    definitions = made.pop("$defs", {})
    needed = _reached(made, definitions)
    used = {name: _described(part, name) for name, part in definitions.items() if name in needed}
    if "Line" in used:
        used["Line"] = {"anyOf": [{"type": "string", "minLength": 1}, used["Line"]]}
    used["condition"] = _condition()
    for name, ids in _ids(rulebook).items():
        used[name] = ids
    made = _described(made, model.__name__)
    if rulebook is not None and rulebook.base is not None:
        for part in (made, *(used[name] for name in _ENTRIES if name in used)):
            part["required"] = [key for key in part.get("required", ()) if key in _NAMES]
    return {"$schema": DRAFT, "title": f"legcramp rules: {kind}", **made, "definitions": used}


def _reached(schema: Any, definitions: dict[str, Any]) -> set[str]:
    """The definitions that a schema needs: not those behind conditions."""
    names: set[str] = set()
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            name = str(part.get("$ref", "")).rpartition("/")[2]
            if name and name not in names:
                names.add(name)
                waiting.append(definitions[name])
            waiting += [value for key, value in part.items() if key not in CONDITION_KEYS]
        elif isinstance(part, list):
            waiting += part
    return names


def _described(part: dict[str, Any], model: str) -> dict[str, Any]:
    """With the meaning of each key, conditions and ids in their place, and no other key allowed."""
    made = {key: value for key, value in part.items() if key not in ("title", "description")}
    properties = made.get("properties", {})
    for key, value in properties.items():
        said = {k: v for k, v in value.items() if k not in ("title", "default")}
        if model in _TOP_LISTS:
            properties[key] = said
            continue
        if key in CONDITION_KEYS:
            said = {"allOf": [_CONDITION]}
        elif key in _LISTED_IDS:
            said["items"] = {"$ref": f"#/definitions/{_LISTED_IDS[key]}"}
        elif key == "usual":
            said = {}
        elif "$ref" in said:
            said = {"allOf": [said]}
        elif said.get("anyOf"):
            said["anyOf"] = [one for one in said["anyOf"] if one != {"type": "null"}]
        properties[key] = {**said, "description": meaning(model, key)}
    if "properties" in made:
        made["additionalProperties"] = False
    return made


_LISTED_IDS = {
    "sources": "source_id", "in_groups": "class_id",
    "finds": "card_id", "never_finds": "card_id", "never_together": "card_id",
    "withholds": "advice_id", "offers": "advice_id",
    "are": "class_id", "may_be": "class_id", "asks": "class_id", "never": "class_id",
}  # fmt: skip
_ENTRIES = {"Item", "Medicine", "MedicineClass", "Claim", "Contradiction", "Source", "Hazard", "Invariant"}
_NAMES = ("id", "generic", "version")
_TOP_LISTS = {"Items", "Medicines", "Claims", "Sources", "Hazards", "Invariants"}


def _ids(rulebook: Rulebook | None) -> dict[str, Any]:
    if rulebook is None:
        return {
            name: {"type": "string"}
            for name in ("source_id", "class_id", "item_id", "card_id", "advice_id", "option_code")
        }
    options = (code for item in rulebook.items.values() for code in item.codes)
    return {
        "source_id": _offered(rulebook.sources, "An id from sources.yaml."),
        "class_id": _offered(rulebook.classification.class_ids, "A class or group from medicines.yaml."),
        "item_id": _offered(rulebook.items, "A question."),
        "card_id": _offered(rulebook.cards, "A red flag, a pattern or a factor."),
        "advice_id": _offered((card.id for card in rulebook.advice), "An advice."),
        "option_code": _offered(set(options), "An option of that question."),
    }


def _offered(known: Iterable[str], description: str) -> dict[str, Any]:
    return {"description": description, "anyOf": [{"enum": sorted(known)}, {"type": "string"}]}


def _condition() -> dict[str, Any]:
    """The condition language (rules/README.md, “A condition”)."""
    many = {"type": "array", "items": _CONDITION, "minItems": 1}
    item, code = {"$ref": "#/definitions/item_id"}, {"$ref": "#/definitions/option_code"}
    codes = {"type": "array", "items": code, "minItems": 1}
    number = {"type": "number"}
    shapes: list[tuple[str, dict[str, Any]]] = [
        ("All of these hold.", {"all": many}),
        ("At least one of these holds.", {"any": many}),
        ("This does not hold.", {"not": _CONDITION}),
        ("It holds, and that is known: a doubt counts as no.", {"certain": _CONDITION}),
        ("It holds, or that is not known: a doubt counts as yes.", {"possible": _CONDITION}),
        ("At least so many of these hold.", {"at_least": {"type": "integer", "minimum": 1}, "of": many}),
        ("This option was chosen.", {"item": item, "is": code}),
        ("One of these options was chosen.", {"item": item, "is_any": codes}),
        ("This line is ticked.", {"item": item, "includes": code}),
        ("One of these lines is ticked.", {"item": item, "includes_any": codes}),
        *(
            (f"The number is {how.value.replace('_', ' ')} this.", {"item": item, how.value: number})
            for how in Comparator
        ),
        ("The question was asked and its answer is known.", {"answered": item}),
        ("It is known of this line of a tick list if it fits.", {"answered": item, "line": code}),
        ("Another card found something.", {"found": {"$ref": "#/definitions/card_id"}}),
        ("Such a medicine is taken.", {"takes": {"$ref": "#/definitions/class_id"}}),
        (
            "Such a medicine is taken, started or changed at most so many weeks ago.",
            {
                "takes": {"$ref": "#/definitions/class_id"},
                "within_weeks": {"type": "integer", "minimum": 1, "maximum": 520},
            },
        ),
    ]
    return {
        "oneOf": [
            {
                "description": description,
                "type": "object",
                "properties": properties,
                "required": list(properties),
                "additionalProperties": False,
            }
            for description, properties in shapes
        ]
    }
