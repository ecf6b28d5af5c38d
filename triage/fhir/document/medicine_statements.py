"""What the person takes, as MedicationStatements: the name as typed, what was understood, since when.

The status is ``unknown``: the question asks for what is taken now and for what was stopped in the last four
weeks, so "active" would say more than was answered, and ``statusReason`` says why. A start that was told in
words only ("at most six weeks ago") is no date: the period then says that it stands as text, in a note.
"""

from __future__ import annotations

from triage.conditions.link_ids import MEDICINE_SYSTEM, UNSURE
from triage.engine.assessment import MedicineNote
from triage.fhir.document.elements import Origin, absent_extension, coding, concept, reference
from triage.fhir.resource import Json

_ASKED = "Asked for: taken now, or stopped in the last 4 weeks"
_STARTED = {
    "recent": "Started or last changed at most 6 weeks ago",
    "long_ago": "Started or last changed more than 6 weeks ago",
    "unsure": "Start not known",
}


def medication_statement(note: MedicineNote, origin: Origin) -> Json:
    """One medicine as told. What it is for is a reason only where the person was asked that."""
    codes = [coding(MEDICINE_SYSTEM, note.generic, note.generic)] if note.generic else []
    told_use = note.understood == "use" and note.use
    return {
        "resourceType": "MedicationStatement",
        "status": "unknown",
        "statusReason": [{"text": _ASKED}],
        "medicationCodeableConcept": concept(note.name, *codes),
        "subject": reference(origin.subject),
        "effectivePeriod": _period(note.started),
        "dateAsserted": origin.day,
        "informationSource": reference(origin.told_by),
        "derivedFrom": [reference(origin.answers)],
        **({"reasonCode": [{"text": note.use}]} if told_use else {}),
        "note": [{"text": text} for text in _notes(note)],
    }


def _period(started: str | None) -> Json:
    if started is not None and started[0].isdigit():
        return {"start": started}
    return {
        "_start": absent_extension("as-text" if started in ("recent", "long_ago") else _silent(started))
    }


def _silent(started: str | None) -> str:
    return UNSURE if started == "unsure" else "not-asked"


def _notes(note: MedicineNote) -> list[str]:
    understood = {
        "name": f"Understood as {note.generic}",
        "kind": f"Understood as a kind of medicine ({note.use}); its name is not known",
        "use": f"Name not in our list; told to be for: {note.use}",
        "not at all": "Name not in our list",
    }[note.understood]
    entry = [f"Typed as a part of: “{note.typed}”"] if note.typed != note.name else []
    when = (
        f"Started or last changed: {note.started}"
        if note.started and note.started[0].isdigit()
        else _STARTED.get(note.started or "", "Start not asked")
    )
    return [understood, *entry, when]
