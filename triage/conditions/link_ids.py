"""How the answer to a question stands in a FHIR QuestionnaireResponse: link ids and codes.

* A question's link id is its own id, inside the group of its section. What else belongs to a question has
  its id, a dot and a name: ids have no dots, so nothing can clash.
* Options are codes of one system for each question. "Not sure" and "Rather not say" are the standard
  codes for data that is absent; "None of these" has a hyphen, which no code of a rulebook has.
* In a tick list "not sure" is one more line. It opens a second list, ``x.unsure``, of the lines that are
  in doubt; if none is ticked there, every line is in doubt that is not ticked in the first one.
* A number has ``x.unsure`` beside it: "not sure" in place of a number.
* ``medicines`` asks whether there are any; ``medicines.taken`` is repeated for each.
"""

from __future__ import annotations

ABSENT_SYSTEM = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
ABSENT_EXTENSION = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
UNSURE = "asked-unknown"
DECLINED = "asked-declined"
EMPTY = "not-applicable"  # a text without a character
NONE = "none-of-these"
LISTED = "listed-below"

TAKEN = "medicines.taken"
NAME = "medicines.name"
STARTED = "medicines.started"
STARTED_ON = "medicines.started-on"
USE = "medicines.for"
MEDICINE_SYSTEM = "urn:legcramp:medicine"
STARTED_SYSTEM = "urn:legcramp:started"
USE_SYSTEM = "urn:legcramp:medicine-kind"


def doubt(item: str) -> str:
    """The link id of what is not sure about the answer to a question."""
    return f"{item}.unsure"


def group(section: str) -> str:
    """The link id of a section; some questions are called like their section."""
    return f"section-{section}"


def system(item: str) -> str:
    """The code system of a question's options."""
    return f"urn:legcramp:option:{item}"
