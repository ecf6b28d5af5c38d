"""A document: a Bundle that begins with its Composition, and holds all that this refers to.

* ``Composition.status`` is ``preliminary``, always: "final" means that an appropriate person has verified
  it, and nobody has. Nobody attests it either; its author is the program.
* Its type is LOINC 51855-5, Patient Note: what a patient tells, before anybody has seen them. Its sections
  have LOINC codes of R4's own list where one fits; none of them is about a diagnosis.
* There is no clock in here, so a time is the day of the assessment. Only ``Bundle.timestamp`` may not be
  less than an instant: it is the first one of that day.
* All names of resources are made of what the document says. So the same answers on the same day make the
  same document: whoever keeps documents of several people gives each an identifier of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from triage.fhir.document.elements import LOINC, TERMINOLOGY, Origin, coding, concept, reference
from triage.fhir.resource import Json

_TYPE = coding(LOINC, "51855-5", "Patient Note")


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its title, a LOINC code if one fits, its narrative (XHTML), its entries.

    ``entries`` are addresses. ``empty`` says why there are none, if that is known: a code of
    ``list-empty-reason``.
    """

    title: str
    code: str | None
    div: str
    entries: tuple[str, ...] = ()
    empty: str | None = None


def composition(title: str, div: str, sections: Sequence[Section], origin: Origin) -> Json:
    """The page of the document. ``div`` is what stands outside its sections."""
    return {
        "resourceType": "Composition",
        "language": "en",
        "text": _narrative(div),
        "status": "preliminary",
        "type": concept(title, _TYPE),
        "subject": reference(origin.subject),
        "date": origin.day,
        "author": [reference(origin.software)],
        "title": title,
        "section": [_section(section) for section in sections],
    }


def _section(section: Section) -> Json:
    made: Json = {
        "title": section.title,
        "code": concept(section.title, *([coding(LOINC, section.code)] if section.code else [])),
        "text": _narrative(section.div),
    }
    if section.entries:
        made["entry"] = [reference(address) for address in section.entries]
    elif section.empty is not None:
        made["emptyReason"] = {"coding": [coding(f"{TERMINOLOGY}/list-empty-reason", section.empty)]}
    return made


def _narrative(div: str) -> Json:
    """Not "generated": it says more than the structured data do."""
    return {"status": "additional", "div": div}


def document_bundle(identifier: str, resources: Mapping[str, Json], day: str) -> Json:
    """The Bundle. ``resources`` by their addresses, the Composition first."""
    return {
        "resourceType": "Bundle",
        "identifier": {"system": "urn:ietf:rfc:3986", "value": identifier},
        "type": "document",
        "timestamp": f"{day}T00:00:00Z",
        "entry": [{"fullUrl": address, "resource": resource} for address, resource in resources.items()],
    }
