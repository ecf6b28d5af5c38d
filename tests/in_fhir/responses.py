"""Questionnaire responses, and parts of them, as other programs may write them."""

from typing import Any

from triage.conditions.leaf import Ticks
from triage.conditions.link_ids import ABSENT_SYSTEM, UNSURE, system
from triage.engine.response import Response

GIVEN = Response(
    {"age": 67, "sex": "female", "signs": Ticks(frozenset({"weak"})), "own_words": "It hurts."}
)


def ticks(item: str, *codes: str, of: str | None = None) -> dict[str, Any]:
    known = {UNSURE: ABSENT_SYSTEM, "asked-declined": ABSENT_SYSTEM}
    answers = [
        {"valueCoding": {"system": known.get(code, system(of or item)), "code": code}} for code in codes
    ]
    return {"linkId": item, "answer": answers}


def resource(*items: Any, **more: Any) -> dict[str, Any]:
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": list(items), **more}


def medicine(*fields: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return {"linkId": "medicines.taken", "item": [{"linkId": n, "answer": [v]} for n, v in fields]}
