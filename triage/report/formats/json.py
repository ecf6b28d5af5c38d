"""An assessment as JSON: the contract for other programs (``legcramp-assessment/1``)."""

from __future__ import annotations

import json
from typing import Any

from triage.engine.assessment import FORMAT, Assessment, Counterfactual, Finding, Remark


def render_json(data: dict[str, Any]) -> str:
    """One JSON object, keys in a fixed order, ending with a line end."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def as_data(assessment: Assessment) -> dict[str, Any]:
    """The object as plain data."""
    said = assessment.disposition
    return {
        "format": FORMAT,
        "rulebook": {
            "id": assessment.rulebook_id,
            "version": assessment.rulebook_version,
            "sha256": assessment.rulebook_sha256,
        },
        "date": assessment.date.isoformat(),
        "complete": assessment.complete,
        "missing": list(assessment.missing),
        "disposition": {
            "code": said.code,
            "label": said.label,
            "within": said.within,
            "place": said.place,
            "say": said.say or None,
            "do": list(said.do),
            "because": list(said.because),
        },
        "red_flags": [_finding(finding) for finding in assessment.red_flags],
        "patterns": [_finding(finding) for finding in assessment.patterns],
        "factors": [_finding(finding) for finding in assessment.factors],
        "theories": [
            {
                "id": theory.id,
                "title": theory.title,
                "evidence": theory.evidence,
                "claimed": theory.claimed,
                "documents": list(theory.documents),
                "because": theory.because,
                "think_of": theory.think_of,
                "for": [_remark(remark) for remark in theory.for_],
                "sources": list(theory.sources),
                "claims": list(theory.claims),
            }
            for theory in assessment.theories
        ],
        "advice": [
            {
                "id": advice.id,
                "kind": advice.kind,
                "title": advice.title,
                "text": advice.text,
                "because": advice.because,
                "stop_rule": advice.stop_rule,
                "evidence": advice.evidence,
                "cautions": list(advice.cautions),
                "sources": list(advice.sources),
            }
            for advice in assessment.advice
        ],
        "withheld": [
            {
                "id": held.id,
                "title": held.title,
                "why": list(held.why),
                "unknown": held.unknown,
                "instead": held.instead or None,
            }
            for held in assessment.withheld
        ],
        "claims": [
            {
                "id": claim.id,
                "verdict": claim.verdict,
                "text": claim.text,
                "why": claim.why,
                "documents": list(claim.documents),
            }
            for claim in assessment.claims
        ],
        "pertinent_negatives": [
            {"item": negative.item, "option": negative.option, "text": negative.clinical}
            for negative in assessment.pertinent_negatives
        ],
        "unresolved": [
            {**_remark(entry.remark), "could_become": entry.could_become, "cards": list(entry.cards)}
            for entry in assessment.unresolved
        ],
        "would_change": [_change(change) for change in assessment.would_change],
        "would_change_together": [
            {"disposition": entry.disposition, "changes": [_change(change) for change in entry.changes]}
            for entry in assessment.would_change_together
        ],
        "smallest_reason": [_remark(remark) for remark in assessment.smallest_reason],
        "medicines": [
            {
                "name": note.name,
                "typed": note.typed,
                "understood": note.understood,
                "generic": note.generic or None,
                "for": note.use or None,
                "class_ids": list(note.class_ids),
                "may_be": list(note.may_be),
                "started": note.started,
                "classes": list(note.classes),
                "linked_with": list(note.linked_with),
            }
            for note in assessment.medicines
        ],
        "answers": assessment.answer_data(),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "title": finding.title,
        "disposition": finding.level,
        "certain": finding.certain,
        "evidence": finding.evidence,
        "because": finding.because if finding.certain else f"Not known. If it is so: {finding.because}",
        "do_now": finding.do_now,
        "for": [_remark(remark) for remark in finding.for_],
        "against": [_remark(remark) for remark in finding.against],
        "unknown": [_remark(remark) for remark in finding.unknown],
        "sources": list(finding.sources),
        "claims": list(finding.claims),
    }


def _change(change: Counterfactual) -> dict[str, Any]:
    return {
        "item": change.remark.item,
        "option": change.remark.option,
        "from": change.remark.answer,
        "to": change.instead,
        "disposition": change.disposition,
        "text": change.instead_text,
    }


def _remark(remark: Remark) -> dict[str, Any]:
    return {"item": remark.item, "option": remark.option, "answer": remark.answer, "text": remark.text}
