"""Red flags as Flags, each with the level that it leads to.

R4 has no field for how urgent a Flag is. IPS reads the standard extension ``flag-priority`` in its section
of alerts, so the level stands there: as its code (high: today or sooner; medium: within a week), and as our
own. A flag that only a "not sure" raises says NOT SURE in its text: ``Flag.status`` has no word for it, and
"inactive" would hide it. Its code comes without the title of the card, which would tell a doubt as a fact.
"""

from __future__ import annotations

from triage.engine.assessment import Finding
from triage.fhir.document.elements import (
    FLAG_SYSTEM,
    LEVEL_SYSTEM,
    TERMINOLOGY,
    Origin,
    coding,
    concept,
    reference,
)
from triage.fhir.resource import Json
from triage.rulebook.model import Level

PRIORITY = "http://hl7.org/fhir/StructureDefinition/flag-priority"
PRIORITY_CODES = "http://hl7.org/fhir/flag-priority-code"
_HIGH, _MEDIUM, _LOW = ("PH", "High priority"), ("PM", "Medium priority"), ("PL", "Low priority")
_PRIORITIES: dict[Level, tuple[str, str]] = {
    "emergency": _HIGH, "same_day": _HIGH, "soon": _MEDIUM, "routine": _LOW, "self_care": _LOW,
}  # fmt: skip


def red_flag(flag: Finding, words: str, level: Level, level_words: str, origin: Origin) -> Json:
    """One red flag in the clinician's words, with the level to which it leads, in words too."""
    priority = concept(
        level_words, coding(PRIORITY_CODES, *_PRIORITIES[level]), coding(LEVEL_SYSTEM, level, level_words)
    )
    return {
        "resourceType": "Flag",
        "extension": [{"url": PRIORITY, "valueCodeableConcept": priority}],
        "status": "active",
        "category": [{"coding": [coding(f"{TERMINOLOGY}/flag-category", "clinical", "Clinical")]}],
        "code": concept(words, coding(FLAG_SYSTEM, flag.id, flag.title if flag.certain else None)),
        "subject": reference(origin.subject),
        "period": {"start": origin.day},
        "author": reference(origin.software),
    }
