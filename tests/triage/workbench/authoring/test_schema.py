"""JSON Schema of the rules files: every file holds to it, and editors are told what they need."""

import json
from typing import Any

import pytest
from jsonschema import Draft7Validator

from triage.rulebook.rulebook import Rulebook
from triage.workbench.authoring.schema import FILES, schema


def errors(kind: str, rulebook: Rulebook, data: Any) -> list[str]:
    validator = Draft7Validator(schema(kind, rulebook))
    return [
        f"{list(error.path)} {error.message}"
        for error in validator.iter_errors(json.loads(json.dumps(data)))
    ]


@pytest.mark.parametrize("kind", FILES)
def test_each_is_a_draft_7_schema(kind: str, rulebook: Rulebook) -> None:
    made = schema(kind, rulebook)
    assert made["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(made)
    assert json.dumps(made) == json.dumps(schema(kind, rulebook))


def test_every_file_of_the_rules_holds_to_its_schema(rulebook: Rulebook, small: Rulebook) -> None:
    for book in (rulebook, small):
        seen = set()
        for name, document in book.documents.items():
            kind = name.partition("/")[0].removesuffix(".yaml")
            seen.add(kind)
            assert errors(kind, book, document.data) == [], name
        assert seen >= {"rulebook", "items", "red_flags", "patterns", "factors", "theories", "advice"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("disposition", "sometime"), ("status", "on"), ("sources", "nice"), ("when", {"itm": "today", "includes": "a"}),
        ("when", {"item": "today"}), ("when", {"all": []}), ("titel", "x"), ("examples", {"fires": []}),
        ("if_unsure", None), ("reviewed_on", 2026),
    ],
)  # fmt: skip
def test_what_the_loader_refuses_the_schema_refuses(rulebook: Rulebook, key: str, value: Any) -> None:
    card = dict(rulebook.documents["red_flags/leg_swollen.yaml"].data)
    assert errors("red_flags", rulebook, card) == []
    assert errors("red_flags", rulebook, {**card, key: value}) != []


def test_keys_are_explained_and_ids_offered(rulebook: Rulebook) -> None:
    made = schema("red_flags", rulebook)
    assert "required" in made
    for key, value in made["properties"].items():
        assert value["description"], key
    offered = made["definitions"]["item_id"]["anyOf"][0]["enum"]
    assert "kidneys" in offered
    assert made["properties"]["if_unsure"]["enum"][0] == "emergency"
    card = dict(rulebook.documents["red_flags/leg_swollen.yaml"].data)
    new = {"item": "not_written_yet", "is": "yes"}
    assert errors("red_flags", rulebook, {**card, "when": new}) == [], "a new id is no error"
