"""Whom a document is about, who answered, and the program that wrote it.

Nothing in them tells who somebody is: no name, no address, no date of birth. The sex at birth and an age
without a date are Observations, as NHS BaRS has them: neither is what ``Patient.gender`` or ``birthDate``
means.
"""

from __future__ import annotations

from triage.fhir.document.elements import reference
from triage.fhir.resource import Json

PATIENT: Json = {"resourceType": "Patient"}


def carer(patient: str) -> Json:
    """Who answered for the patient (at ``patient``), where it was not the patient."""
    return {
        "resourceType": "RelatedPerson",
        "patient": reference(patient),
        "relationship": [{"text": "Answered for the patient"}],
    }


def software(rulebook_id: str, version: str, sha256: str) -> Json:
    """The program, with the rules that it used: author of all that it concluded."""
    return {
        "resourceType": "Device",
        "deviceName": [{"name": "legcramp", "type": "model-name"}],
        "version": [
            {"type": {"text": f"{rulebook_id} rulebook"}, "value": version},
            {"type": {"text": "SHA-256 of the rulebook"}, "value": sha256},
        ],
    }
