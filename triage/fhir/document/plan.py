"""The disposition, in the fields that receiving systems read.

* NHS 111 and BaRS: a receiver starts at the ServiceRequest (``priority``, and ``occurrencePeriod`` for the
  time until which), and reads the disposition itself in ``CarePlan.activity.outcomeCodeableConcept``.
* IPS: the section "Plan of care" holds a CarePlan, or a ServiceRequest.
* SDC says nothing of a result: it ends with the QuestionnaireResponse, from which the rest is derived.

So there is a CarePlan with the disposition as its outcome, for every result. Where somebody else has to do
something, it refers to a ServiceRequest with the urgency; looking after oneself, and a result that is not
finished, ask nothing of a service. Both are proposals, which nobody has to carry out and nobody has signed:
the clinic that accepts one makes it an order of its own. No Condition is made, and no result of ours goes
into a field for one: the questionnaire finds signs, it does not say what they are.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from triage.engine.assessment import Code
from triage.fhir.document.elements import LEVEL_SYSTEM, Origin, coding, concept, reference
from triage.fhir.resource import Json

_PRIORITIES: dict[Code, str] = {
    "emergency": "stat", "same_day": "asap", "soon": "urgent", "routine": "routine",
}  # fmt: skip
# What the codes mean, whatever words a rulebook has for them; "routine" has no last day.
_LAST_DAYS: dict[Code, int] = {"emergency": 0, "same_day": 0, "soon": 7}


@dataclass(frozen=True, slots=True)
class Result:
    """The disposition: its code, for a clinician, its label, when and where in lay words, and why."""

    code: Code
    clinician: str
    label: str
    within: str
    place: str
    reasons: tuple[str, ...]

    @property
    def asks_a_service(self) -> bool:
        return self.code in _PRIORITIES


def service_request(result: Result, flags: Iterable[str], origin: Origin) -> Json:
    """That somebody should see the person, how soon, and why. ``flags`` are addresses.

    Only where ``result.asks_a_service``; a KeyError otherwise.
    """
    return {
        "resourceType": "ServiceRequest",
        "status": "active",
        "intent": "proposal",
        "priority": _PRIORITIES[result.code],
        "code": _code(result),
        "subject": reference(origin.subject),
        "occurrencePeriod": _period(result, origin),
        "authoredOn": origin.day,
        "requester": reference(origin.software),
        "reasonCode": [{"text": reason} for reason in result.reasons],
        "supportingInfo": [reference(address) for address in (*flags, origin.answers)],
        "patientInstruction": f"{result.within}. {result.place}",
    }


def care_plan(result: Result, request: str | None, flags: Iterable[str], origin: Origin) -> Json:
    """The disposition. ``request`` is the address of the ServiceRequest, if there is one."""
    activity: Json = {"outcomeCodeableConcept": [_code(result)]}
    if request is not None:
        activity["reference"] = reference(request)
    else:
        activity["detail"] = {"status": "not-started", "description": f"{result.within}. {result.place}"}
    return {
        "resourceType": "CarePlan",
        "status": "draft" if result.code == "unfinished" else "active",
        "intent": "proposal",
        "title": result.clinician,
        "description": "; ".join(result.reasons),
        "subject": reference(origin.subject),
        "period": _period(result, origin),
        "created": origin.day,
        "author": reference(origin.software),
        "supportingInfo": [reference(address) for address in (*flags, origin.answers)],
        "activity": [activity],
    }


def _code(result: Result) -> Json:
    return concept(result.clinician, coding(LEVEL_SYSTEM, result.code, result.label))


def _period(result: Result, origin: Origin) -> Json:
    days = _LAST_DAYS.get(result.code)
    if days is None:
        return {"start": origin.day}
    last = datetime.date.fromisoformat(origin.day) + datetime.timedelta(days=days)
    return {"start": origin.day, "end": last.isoformat()}
