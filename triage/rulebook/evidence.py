"""The shape of the evidence: sources, and what the source documents claim."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from triage.rulebook.frozen import Frozen, Narrow
from triage.rulebook.model import ClaimId, Id, Verdict, Words

DocumentId: TypeAlias = Annotated[str, Narrow(pattern=r"^S[0-4]$")]


class Source(Frozen):
    """One citation."""

    id: Id
    citation: Words
    kind: Literal[
        "guideline", "systematic review", "trial", "cohort", "label", "patient page", "reference", "panel"
    ]
    checked: Words


class Claim(Frozen):
    """One claim of the source documents, in our own words, with its verdict.

    A claim is used by the cards that name it, or says in ``not_used`` why no card does.
    """

    id: ClaimId
    documents: Annotated[tuple[DocumentId, ...], Narrow(min_length=1)]
    kind: Literal["cause", "mechanism", "advice", "warning", "see-a-doctor", "fact"]
    verdict: Verdict
    text: Words
    why: Words
    not_used: Words | None = None
    sources: tuple[Id, ...] = ()


class Side(Frozen):
    """One side of a contradiction: the documents that say so, and what they say."""

    documents: tuple[DocumentId, ...]  # none: what physiology says
    text: Words


class Contradiction(Frozen):
    """Two things the documents say that cannot both be so, and what this rulebook does with them."""

    id: Annotated[str, Narrow(pattern=r"^X[0-9]{1,2}$")]
    sides: Annotated[tuple[Side, ...], Narrow(min_length=2)]
    claims: Annotated[tuple[ClaimId, ...], Narrow(min_length=1)]
    resolved: Words
