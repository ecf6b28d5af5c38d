"""One safety invariant in plain English: whom it is about, what must follow, what counts on it."""

from __future__ import annotations

from triage.conditions.nodes import Node
from triage.report.document import Block, Bullets, Document, DocumentPart, Paragraph, Rows
from triage.rulebook.invariants import Invariant
from triage.rulebook.rulebook import Rulebook
from triage.workbench.documents.explained import condition_in_lines

_FOLLOWS = {
    "at_least": "they come out at this level, or a more urgent one",
    "at_most": "they come out at this level, or a calmer one",
    "withholds": "they are never given this advice",
    "offers": "they are offered this advice (a guard may still hold it back)",
    "finds": "these cards fire",
    "never_finds": "these cards do not fire",
    "never_asks": "they are not asked this",
    "never_together": "they get at most one of these",
}


def explain_invariant(rulebook: Rulebook, name: str) -> Document:
    """The invariant ``name``. Raises ``KeyError`` if there is none."""
    invariant = rulebook.invariants[name]
    rows = [
        ("id", name),
        ("what it says", invariant.sentence),
        ("file", str(rulebook.place(f"invariant:{name}"))),
    ]
    if invariant.panel is not None:
        rows.append(("number in the panel's list", invariant.panel))
    if invariant.among is not None:
        rows.append(("among those of", invariant.among))
    if invariant.note is not None:
        rows.append(("note", invariant.note))
    sections = [
        DocumentPart("", (Rows(tuple(rows)),)),
        *_premise(rulebook, invariant),
        *_consequence(rulebook, invariant),
        DocumentPart("What counts on it", (_counts_on(rulebook, name),)),
    ]
    return Document("A safety invariant", tuple(sections), ())


def _premise(rulebook: Rulebook, invariant: Invariant) -> list[DocumentPart]:
    if invariant.every is not None:
        return [
            DocumentPart(
                "Whom it is about", (Paragraph("Everybody: it is a rule about all cards and questions."),)
            )
        ]
    found = [
        DocumentPart(title, (condition_in_lines(rulebook, node),))
        for title, node in (
            ("It is about whoever surely", invariant.when),
            ("It is about whoever does, or is not sure", invariant.when_possible),
        )
        if node is not None
    ]
    return found or [DocumentPart("Whom it is about", (Paragraph("Everybody."),))]


def _consequence(rulebook: Rulebook, invariant: Invariant) -> list[DocumentPart]:
    if invariant.every is not None:
        return [DocumentPart("What must follow", (Rows((("general rule", invariant.every),)),))]
    rows = [
        (said, value if isinstance(value, str) else ", ".join(value))
        for key, said in _FOLLOWS.items()
        if (value := getattr(invariant, key))
    ]
    blocks: list[Block] = [Rows(tuple(rows))] if rows else []
    if isinstance(invariant.then, Node):
        blocks += [Paragraph("And this is surely so:"), condition_in_lines(rulebook, invariant.then)]
    finished = "unfinished interviews too" if invariant.half_finished else "finished interviews"
    blocks.append(Paragraph(f"It must hold for {finished}, whatever else is answered."))
    return [DocumentPart("What must follow", tuple(blocks))]


def _counts_on(rulebook: Rulebook, name: str) -> Block:
    hazards = [
        f"{hazard.id} ({hazard.hazard})"
        for hazard in rulebook.hazards.values()
        if any(control.invariant == name for control in hazard.controls)
    ]
    among = [entry.id for entry in rulebook.invariants.values() if entry.among == name]
    told = [*hazards, *(f"{other} (is about some of its people)" for other in among)]
    return Bullets.of(*told) if told else Paragraph("Nothing else names it.")
