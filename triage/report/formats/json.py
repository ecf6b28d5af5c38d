"""An assessment as JSON: the contract for other programs (``legcramp-assessment/1``)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from triage.engine.assessment import FORMAT, Assessment, Counterfactual, Finding, Remark
from triage.value import Value

_ADVICE = ("id", "kind", "title", "text", "because", "stop_rule", "evidence", "cautions", "sources")


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
            **_parts(said, "code", "label", "within", "place"),
            "say": said.say or None,
            **_parts(said, "do", "because"),
        },
        "red_flags": [_finding(finding) for finding in assessment.red_flags],
        "patterns": [_finding(finding) for finding in assessment.patterns],
        "factors": [_finding(finding) for finding in assessment.factors],
        "theories": [
            {
                **_parts(theory, "id", "title", "evidence", "claimed", "documents", "because", "think_of"),
                "for": _remarks(theory.for_),
                **_parts(theory, "sources", "claims"),
            }
            for theory in assessment.theories
        ],
        "advice": [_parts(advice, *_ADVICE) for advice in assessment.advice],
        "withheld": [
            {**_parts(held, "id", "title", "why", "unknown"), "instead": held.instead or None}
            for held in assessment.withheld
        ],
        "claims": [
            _parts(claim, "id", "verdict", "text", "why", "documents") for claim in assessment.claims
        ],
        "pertinent_negatives": [
            {"item": negative.item, "option": negative.option, "text": negative.clinical}
            for negative in assessment.pertinent_negatives
        ],
        "unresolved": [
            {**_remark(entry.remark), **_parts(entry, "could_become", "cards")}
            for entry in assessment.unresolved
        ],
        "would_change": [_change(change) for change in assessment.would_change],
        "would_change_together": [
            {"disposition": entry.disposition, "changes": [_change(change) for change in entry.changes]}
            for entry in assessment.would_change_together
        ],
        "smallest_reason": _remarks(assessment.smallest_reason),
        "medicines": [
            {
                **_parts(note, "name", "typed", "understood"),
                "generic": note.generic or None,
                "for": note.use or None,
                **_parts(note, "class_ids", "may_be", "started", "classes", "linked_with"),
            }
            for note in assessment.medicines
        ],
        "answers": assessment.answer_data(),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        **_parts(finding, "id", "title"),
        "disposition": finding.level,
        **_parts(finding, "certain", "evidence"),
        "because": finding.because if finding.certain else f"Not known. If it is so: {finding.because}",
        "do_now": finding.do_now,
        "for": _remarks(finding.for_),
        "against": _remarks(finding.against),
        "unknown": _remarks(finding.unknown),
        **_parts(finding, "sources", "claims"),
    }


def _change(change: Counterfactual) -> dict[str, Any]:
    return {
        **_parts(change.remark, "item", "option"),
        "from": change.remark.answer,
        "to": change.instead,
        "disposition": change.disposition,
        "text": change.instead_text,
    }


def _remarks(remarks: Iterable[Remark]) -> list[dict[str, Any]]:
    return [_remark(remark) for remark in remarks]


def _remark(remark: Remark) -> dict[str, Any]:
    return _parts(remark, "item", "option", "answer", "text")


def _parts(value: Value, *names: str) -> dict[str, Any]:
    """Those parts of a value that are called the same in the object; what has several is a list."""
    found = {name: getattr(value, name) for name in names}
    return {name: list(part) if isinstance(part, tuple) else part for name, part in found.items()}
