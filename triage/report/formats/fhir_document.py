"""The clinician's page as an HL7 FHIR R4 document: what the other formats say, and what programs read.

The narrative of the Composition is made from the same document as every other format. Beside it stand the
answers as resources, with what is private taken out by the same rules as from the JSON (``redaction``): no
private answer is in the QuestionnaireResponse, and no card that rests on one is a Flag. That somebody
should be asked alone stands among the reasons, as on the page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from triage.conditions.leaf import Medicines, NoAnswer, Ticks
from triage.diary.nights import FourWeeks
from triage.engine.assessment import Assessment
from triage.engine.response import Answer, Response
from triage.fhir.document.bundle import Section, composition, document_bundle
from triage.fhir.document.elements import Addresses, Origin, reference
from triage.fhir.document.flags import red_flag
from triage.fhir.document.medicine_statements import medication_statement
from triage.fhir.document.observations import age_observation, sex_observation, sign_observation
from triage.fhir.document.people import PATIENT, carer, software
from triage.fhir.document.plan import Result, care_plan, service_request
from triage.fhir.resource import Json
from triage.fhir.responses.writing import questionnaire_response
from triage.report.clinician.page import clinician_document
from triage.report.clinician.reasons import Reasons
from triage.report.clinician.told_signs import ToldSigns
from triage.report.document import Document, Paragraph
from triage.report.formats.json import as_data
from triage.report.formats.xhtml import render_div
from triage.report.redaction import response_without_private, without_private
from triage.rulebook.rulebook import Rulebook

SITUATION, MEDICINES, SIGNS, ANSWERS = "title_situation", "title_medicines", "title_signs", "title_answers"
# LOINC, from R4's value set of section codes; a heading without one has none that fits. Their names there
# change from one release of LOINC to the next, so our own headings stand beside them.
_CODES = {
    SITUATION: "29299-5",
    MEDICINES: "10160-0",
    "title_pattern": "10164-2",
    SIGNS: "10187-3",
    "title_background": "11348-0",
    "title_request": "18776-5",
}


def fhir_document(
    assessment: Assessment, rulebook: Rulebook, *, told: bool = False, diary: FourWeeks | None = None
) -> dict[str, Any]:
    """The Bundle as plain data. ``rulebook`` has the words to use ("you" or "they").

    ``told`` and ``diary`` as in ``clinician_document``.
    """
    page = clinician_document(assessment, rulebook, told=told, diary=diary)
    shown = response_without_private(_reachable(assessment), rulebook)
    answers = questionnaire_response(rulebook, shown, complete=assessment.complete)
    made = _Parts(assessment, rulebook, page, answers)
    return document_bundle(made.addresses.document, made.resources(), made.origin.day)


def _reachable(assessment: Assessment) -> Response:
    """The answers that count: none to a question, and no line, that is not for this person."""
    kept: dict[str, Answer] = {}
    for item, answer in assessment.response.answers.items():
        counted = assessment.effective_answers.get(item)
        if counted is not NoAnswer.UNREACHABLE:
            kept[item] = counted if isinstance(counted, Ticks) else answer
    return Response(kept)


class _Parts:
    """The resources of one document, and where each stands in it."""

    def __init__(self, assessment: Assessment, rulebook: Rulebook, page: Document, answers: Json) -> None:
        self.assessment, self.book = assessment, rulebook
        self.page, self.answers = page, answers
        said = {"page": asdict(page), "answers": answers, "rules": assessment.rulebook_sha256}
        self.addresses = Addresses(json.dumps(said, sort_keys=True))
        at = self.addresses.of
        patient = at("patient")
        told_by = at("carer") if assessment.about_another else patient
        day = assessment.date.isoformat()
        self.origin = Origin(patient, told_by, at("answers"), at("software"), day)
        self.found: dict[str, Json] = {}

    def resources(self) -> Mapping[str, Json]:
        """By address; the Composition first, then whom it is about, then what is told."""
        entries = {
            SITUATION: (*self._result(), *self._who()),
            MEDICINES: self._medicines(),
            SIGNS: self._signs(),
        }
        page, words = self.page, self.book.page.clinician
        names = {words.sentence(name): name for name in _CODES}
        sections = []
        for part in page.sections:
            name = names.get(part.title, "")
            empty = self._none_taken() if name == MEDICINES else None
            div = render_div(part.blocks)
            sections.append(Section(part.title, _CODES.get(name), div, entries.get(name, ()), empty))
        given = render_div([Paragraph(words.sentence("all_answers"))])
        sections.append(Section(words.sentence(ANSWERS), None, given, (self.origin.answers,)))
        around = [Paragraph(text) for text in (page.title, page.dated, *page.footer) if text]
        assessment, origin = self.assessment, self.origin
        by = software(assessment.rulebook_id, assessment.rulebook_version, assessment.rulebook_sha256)
        first = {
            self.addresses.of("page"): composition(page.title, render_div(around), sections, origin),
            origin.subject: PATIENT,
            **({origin.told_by: carer(origin.subject)} if assessment.about_another else {}),
            origin.software: by,
            origin.answers: {
                **self.answers,
                "subject": reference(origin.subject),
                "authored": origin.day,
                "author": reference(origin.software),
                "source": reference(origin.told_by),
            },
        }
        return {**first, **self.found}

    def _put(self, name: str, resource: Json) -> str:
        address = self.addresses.of(name)
        self.found[address] = resource
        return address

    def _result(self) -> tuple[str, ...]:
        """The disposition, what asks for it, and the red flags."""
        data = without_private(as_data(self.assessment), self.book)
        said, shown = data["disposition"], {flag["id"] for flag in data["red_flags"]}
        reasons = Reasons(self.assessment, self.book)
        levels = {level.code: level.clinician for level in self.book.frame.dispositions}
        flags = tuple(
            self._put(
                f"flag {flag.id}",
                red_flag(flag, reasons.reason(flag), flag.level, levels[flag.level], self.origin),
            )
            for flag in self.assessment.red_flags
            if flag.id in shown and not flag.private and flag.level is not None
        )
        result = Result(
            said["code"],
            self.assessment.disposition.clinician,
            said["label"],
            said["within"],
            said["place"],
            tuple(reasons.reasons()),
        )
        request = (
            self._put("request", service_request(result, flags, self.origin))
            if result.asks_a_service
            else None
        )
        plan = self._put("plan", care_plan(result, request, flags, self.origin))
        return (plan, *([request] if request else []), *flags)

    def _who(self) -> tuple[str, ...]:
        effective, made = self.assessment.effective_answers, []
        for name, observation in (("age", age_observation), ("sex", sex_observation)):
            item, answer = self.book.items.get(name), effective.get(name, NoAnswer.NOT_ASKED)
            if item is not None and answer is not NoAnswer.UNREACHABLE:
                made.append(self._put(name, observation(item, answer, self.origin)))
        return tuple(made)

    def _medicines(self) -> tuple[str, ...]:
        return tuple(
            self._put(
                f"medicine {number}", medication_statement(note, self.book.page.clinician, self.origin)
            )
            for number, note in enumerate(self.assessment.medicines)
        )

    def _none_taken(self) -> str:
        """Why there is no MedicationStatement, where there is none."""
        answer = self.assessment.effective_answers.get("medicines", NoAnswer.NOT_ASKED)
        if isinstance(answer, Medicines):
            return "nilknown"
        return "notasked" if answer is NoAnswer.NOT_ASKED else "unavailable"

    def _signs(self) -> tuple[str, ...]:
        return tuple(
            self._put(f"sign {sign.name}", sign_observation(sign, self.origin))
            for sign in ToldSigns(self.assessment, self.book).all()
        )
