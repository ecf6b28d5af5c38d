"""The ledger of the source documents as a document: every claim, its verdict, and what became of it."""

from __future__ import annotations

from collections import Counter
from typing import get_args

from triage.report.document import Block, Bullets, Document, DocumentPart, Paragraph, Rows
from triage.rulebook.evidence import Claim, Contradiction
from triage.rulebook.model import Verdict
from triage.rulebook.rulebook import Rulebook

DOCUMENTS = ("S0", "S1", "S2", "S3", "S4")


def ledger_document(rulebook: Rulebook, documents: tuple[str, ...] = DOCUMENTS) -> Document:
    """The claims of these source documents, how many are accounted for, and the contradictions."""
    claims = [c for c in rulebook.claims.values() if set(c.documents) & set(documents)]
    entries = tuple((_title(claim), _details(rulebook, claim)) for claim in claims)
    sections = [
        DocumentPart("Coverage", _coverage(rulebook, documents)),
        DocumentPart("Claims", (Bullets(entries),)),
    ]
    sides = [
        entry
        for entry in rulebook.contradictions.values()
        if any(set(side.documents) & set(documents) for side in entry.sides)
    ]
    if sides:
        told = Bullets(tuple((_sides(entry), _resolved(entry)) for entry in sides))
        sections.append(DocumentPart("Where the documents contradict each other", (told,)))
    return Document("What the source documents claim", tuple(sections), ())


def accounted(rulebook: Rulebook, claim: Claim) -> bool:
    """Whether a card uses the claim, or the ledger says why none does."""
    return bool(rulebook.uses[claim.id]) or claim.not_used is not None


def _coverage(rulebook: Rulebook, documents: tuple[str, ...]) -> tuple[Block, ...]:
    rows = []
    for name in (*documents, *(("all",) if len(documents) > 1 else ())):
        wanted = set(documents) if name == "all" else {name}
        claims = [c for c in rulebook.claims.values() if set(c.documents) & wanted]
        used = sum(bool(rulebook.uses[claim.id]) for claim in claims)
        known = sum(accounted(rulebook, claim) for claim in claims)
        verdicts = Counter(claim.verdict for claim in claims)
        spread = ", ".join(f"{verdicts[v]} {v}" for v in get_args(Verdict) if verdicts[v])
        said = (
            f"{known} of {len(claims)} accounted for: {used} used by a card, {known - used} with a reason."
        )
        rows.append((name, f"{said} Verdicts: {spread}."))
    return Rows(tuple(rows)), Paragraph("A claim may stand in several documents.")


def _title(claim: Claim) -> str:
    return f"{claim.id} [{', '.join(claim.documents)}] {claim.verdict} {claim.kind}: {claim.text}"


def _details(rulebook: Rulebook, claim: Claim) -> tuple[str, ...]:
    used = rulebook.uses[claim.id]
    fate = f"used by: {', '.join(used)}" if used else f"not used: {claim.not_used or 'NO REASON GIVEN'}"
    details = [f"known: {claim.why}", fate]
    if claim.sources:
        details.append(f"sources: {', '.join(claim.sources)}")
    return tuple(details)


def _sides(entry: Contradiction) -> str:
    told = (f"{side.text} ({', '.join(side.documents) or 'physiology'})" for side in entry.sides)
    return f"{entry.id} " + " — but — ".join(told)


def _resolved(entry: Contradiction) -> tuple[str, ...]:
    return f"resolved as: {entry.resolved}", f"claims: {', '.join(entry.claims)}"
