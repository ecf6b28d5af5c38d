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
from triage.rulebook.page.model import ClinicianPage

_STARTED = {"recent": "statement_recent", "long_ago": "statement_long_ago", "unsure": "statement_unsure"}


def medication_statement(note: MedicineNote, page: ClinicianPage, origin: Origin) -> Json:
    """One medicine as told, in the words of ``page``.

    What it is for is a reason only where the person was asked that.
    """
    codes = [coding(MEDICINE_SYSTEM, note.generic, note.generic)] if note.generic else []
    told_use = note.understood == "use" and note.use
    return {
        "resourceType": "MedicationStatement",
        "status": "unknown",
        "statusReason": [{"text": page.sentence("statement_asked")}],
        "medicationCodeableConcept": concept(note.name, *codes),
        "subject": reference(origin.subject),
        "effectivePeriod": _period(note.started),
        "dateAsserted": origin.day,
        "informationSource": reference(origin.told_by),
        "derivedFrom": [reference(origin.answers)],
        **({"reasonCode": [{"text": note.use}]} if told_use else {}),
        "note": [{"text": text} for text in _notes(note, page)],
    }


def _period(started: str | None) -> Json:
    if started is not None and started[0].isdigit():
        return {"start": started}
    return {
        "_start": absent_extension("as-text" if started in ("recent", "long_ago") else _silent(started))
    }


def _silent(started: str | None) -> str:
    return UNSURE if started == "unsure" else "not-asked"


def _notes(note: MedicineNote, page: ClinicianPage) -> list[str]:
    entry = [page.sentence("typed_within", entry=note.typed)] if note.typed != note.name else []
    when = (
        page.sentence("statement_date", date=note.started)
        if note.started and note.started[0].isdigit()
        else page.sentence(_STARTED.get(note.started or "", "statement_start_not_asked"))
    )
    return [_understood(note, page), *entry, when]


def _understood(note: MedicineNote, page: ClinicianPage) -> str:
    match note.understood:
        case "name":
            return page.sentence("understood_name", name=note.generic)
        case "kind":
            return page.sentence("understood_kind", kind=note.use)
        case "use":
            return page.sentence("understood_use", use=note.use)
        case "not at all":
            return page.sentence("understood_not")
