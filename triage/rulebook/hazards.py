"""The hazard log: what can go wrong for a person, and what stands against it."""

from __future__ import annotations

from typing import Annotated, Literal

from triage.rulebook.frozen import Frozen, Narrow
from triage.rulebook.model import Day, Id, Words


class Control(Frozen):
    """One thing that stands against a hazard: a card, a safety invariant, or a test."""

    card: Id | None = None
    invariant: Id | None = None
    test: Annotated[str, Narrow(pattern=r"^tests/[\w/]+\.py::test_\w+$")] | None = None


class Hazard(Frozen):
    """What can go wrong (``hazard``), what may come of it (``harm``), how (``cause``), the
    ``controls``, and what they cannot stop (``left``)."""

    id: Annotated[str, Narrow(pattern=r"^H[0-9]{2,3}$")]
    hazard: Words
    harm: Words
    severity: Literal["death", "serious", "moderate", "minor"]
    cause: Words
    controls: Annotated[tuple[Control, ...], Narrow(min_length=1)]
    left: Words
    reviewed_on: Day
