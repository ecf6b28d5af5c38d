"""What was said of signs, age and sex, as Observations of a survey.

"No", "not sure", "rather not say" and "not asked" stay apart: a denial is the value ``false``, and the
other three have no value, and the standard code for why. Nothing is coded in SNOMED CT: what a line asks,
with its time, is narrower than any code there. So its code is the line itself, and its text the clinician's
words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from triage.conditions.leaf import EffectiveAnswer, NoAnswer
from triage.conditions.link_ids import DECLINED, UNSURE, system
from triage.fhir.document.elements import (
    LOINC,
    TERMINOLOGY,
    UCUM,
    Origin,
    absent,
    coding,
    concept,
    reference,
)
from triage.fhir.resource import Json
from triage.rulebook.model import Item

QUESTION_SYSTEM = "urn:legcramp:question"
State: TypeAlias = Literal["yes", "no", "unsure", "declined", "not_asked"]
_WHY_ABSENT = {"unsure": UNSURE, "declined": DECLINED, "not_asked": "not-asked"}


@dataclass(frozen=True, slots=True)
class Sign:
    """A line of a tick list, or all of a list that has no answer (``option`` None), and how it stands.

    ``words`` are the clinician's, ``asked`` those of the questionnaire.
    """

    item: str
    option: str | None
    words: str
    asked: str
    state: State

    @property
    def name(self) -> str:
        return f"{self.item}.{self.option}" if self.option else self.item


def sign_observation(sign: Sign, origin: Origin) -> Json:
    """One pertinent positive or negative, or what is not known of it."""
    code = (
        coding(system(sign.item), sign.option, sign.asked)
        if sign.option
        else coding(QUESTION_SYSTEM, sign.item, sign.asked)
    )
    value: Json = (
        {"valueBoolean": sign.state == "yes"}
        if sign.state in ("yes", "no")
        else {"dataAbsentReason": absent(_WHY_ABSENT[sign.state])}
    )
    return _observation(concept(sign.words, code), value, origin)


def age_observation(item: Item, answer: EffectiveAnswer, origin: Origin) -> Json:
    """The age in whole years, which is no date of birth."""
    value: Json = (
        {"valueQuantity": {"value": answer, "unit": "years", "system": UCUM, "code": "a"}}
        if isinstance(answer, int)
        else _without_value(answer)
    )
    code = concept("Age", coding(LOINC, "30525-0", "Age"), coding(QUESTION_SYSTEM, item.id, item.text))
    return _observation(code, value, origin)


def sex_observation(item: Item, answer: EffectiveAnswer, origin: Origin) -> Json:
    """The sex that was written down at birth; not the gender of today, which nobody is asked."""
    option = item.option(answer) if isinstance(answer, str) else None
    value: Json = (
        {"valueCodeableConcept": concept(option.text, coding(system(item.id), option.code, option.text))}
        if option is not None
        else _without_value(answer)
    )
    words = item.clinical_yes or item.text
    code = concept(
        words,
        coding(LOINC, "76689-9", "Sex assigned at birth"),
        coding(QUESTION_SYSTEM, item.id, item.text),
    )
    return _observation(code, value, origin)


def _without_value(answer: EffectiveAnswer) -> Json:
    state = answer.value if isinstance(answer, NoAnswer) else "not_asked"
    return {"dataAbsentReason": absent(_WHY_ABSENT.get(state, "not-asked"))}


def _observation(code: Json, value: Json, origin: Origin) -> Json:
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [{"coding": [coding(f"{TERMINOLOGY}/observation-category", "survey", "Survey")]}],
        "code": code,
        "subject": reference(origin.subject),
        "effectiveDateTime": origin.day,
        "performer": [reference(origin.told_by)],
        **value,
        "derivedFrom": [reference(origin.answers)],
    }
