"""The small parts that resources are made of: codes, references, and why something is absent."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from triage.conditions.link_ids import ABSENT_EXTENSION, ABSENT_SYSTEM
from triage.fhir.resource import Json

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
LEVEL_SYSTEM = "urn:legcramp:disposition"
FLAG_SYSTEM = "urn:legcramp:red-flag"

_DOCUMENTS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:legcramp:document")


class Addresses:
    """What the resources of one document are called: the same for the same content.

    ``content`` is what the document says, and nothing that it leaves out: a name made of private answers
    would tell of them to whoever tries them all.
    """

    def __init__(self, content: str) -> None:
        self._document = uuid.uuid5(_DOCUMENTS, content)
        self.document = self._document.urn

    def of(self, name: str) -> str:
        return uuid.uuid5(self._document, name).urn


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a statement comes from, as every resource of a document says it.

    ``subject`` is the address of the Patient, ``told_by`` that of who answered, ``answers`` that of the
    QuestionnaireResponse, ``software`` that of the Device. ``day`` is a date (``2026-11-22``).
    """

    subject: str
    told_by: str
    answers: str
    software: str
    day: str


def reference(address: str) -> Json:
    return {"reference": address}


def coding(system: str, code: str, display: str | None = None) -> Json:
    return {"system": system, "code": code, **({"display": display} if display else {})}


def concept(text: str, *codings: Json) -> Json:
    """A CodeableConcept: our own words, and the codes that say the same."""
    return {**({"coding": list(codings)} if codings else {}), "text": text}


def absent(code: str) -> Json:
    """Why there is no value, as a ``dataAbsentReason``."""
    return {"coding": [coding(ABSENT_SYSTEM, code)]}


def absent_extension(code: str) -> Json:
    """The same for an element that is no resource of its own."""
    return {"extension": [{"url": ABSENT_EXTENSION, "valueCode": code}]}
