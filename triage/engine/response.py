"""A response: what was answered, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from triage.conditions.leaf import NoAnswer, Ticks


@dataclass(frozen=True, slots=True)
class MedicineAnswer:
    """One medicine as typed or picked.

    ``started`` is when it was started or last changed: ``recent`` (at most 6 weeks ago),
    ``long_ago``, ``unsure``, or a date (``2026``, ``2026-10``, ``2026-10-05``). ``use`` is what a
    medicine is for whose name is not in the list: the id of a kind, or ``unsure``.
    """

    name: str
    started: str | None = None
    use: str | None = None


Answer: TypeAlias = NoAnswer | str | Ticks | int | float | tuple[MedicineAnswer, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """Answers by item id. An item that is left out was not asked."""

    answers: Mapping[str, Answer] = field(default_factory=dict)

    def get(self, item: str) -> Answer | None:
        return self.answers.get(item)

    def with_answer(self, item: str, answer: Answer | None) -> Response:
        """The same response with one answer changed (None: taken back)."""
        changed = {key: value for key, value in self.answers.items() if key != item}
        if answer is not None:
            changed[item] = answer
        return Response(changed)


def plain(response: Response) -> dict[str, Any]:
    """The answers as plain data, the inverse of ``answers.parse_answers``."""
    return {name: _plain(answer) for name, answer in response.answers.items()}


def _plain(answer: Answer) -> Any:
    if isinstance(answer, NoAnswer):
        return answer.value
    if isinstance(answer, Ticks):
        return [*sorted(answer.ticked), *(f"{code}?" for code in sorted(answer.unsure))]
    if isinstance(answer, tuple):
        return [
            {"name": taken.name}
            | ({"started": taken.started} if taken.started else {})
            | ({"for": taken.use} if taken.use else {})
            for taken in answer
        ]
    return answer
