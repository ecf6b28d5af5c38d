"""How each medicine was understood, and what it is linked with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triage.engine.assessment import MedicineNote, Understood
from triage.engine.response import MedicineAnswer
from triage.rulebook.medicines.words import MedicineKind
from triage.rulebook.rulebook import Rulebook

if TYPE_CHECKING:
    from triage.rulebook.medicines.mentions import Mention


def medicine_notes(rulebook: Rulebook, answer: MedicineAnswer) -> list[MedicineNote]:
    """One note for each medicine that an entry of the list names."""
    found = rulebook.medicine_reader.read(answer.name)
    return [_note(rulebook, answer, answer.name if len(found) == 1 else one.text, one) for one in found]


def _note(rulebook: Rulebook, answer: MedicineAnswer, name: str, mention: Mention) -> MedicineNote:
    names = dict.fromkeys(c for medicine in mention.medicines for c in medicine.classes)
    classes = [rulebook.classes[name] for name in names]
    told = rulebook.medicine_reader.by_id.get(answer.use or "")
    kind = None if mention.medicines else mention.kind or told
    return MedicineNote(
        name=name,
        typed=answer.name,
        generic=mention.generic,
        understood=_understood(mention, told),
        use=_in_words(kind),
        class_ids=tuple(names) if kind is None else kind.are,
        may_be=()
        if kind is None
        else tuple(sorted(set(rulebook.classes) & rulebook.classification.kinds_may_be[kind.id])),
        started=answer.started,
        classes=tuple(entry.title for entry in classes),
        notes=tuple(entry.note for entry in classes if entry.note),
        linked_with=tuple(dict.fromkeys(word for entry in classes for word in entry.linked_with)),
    )


def _understood(mention: Mention, told: MedicineKind | None) -> Understood:
    if mention.medicines:
        return "name"
    if mention.kind is not None:
        return "kind"
    return "use" if told is not None else "not at all"


def _in_words(kind: MedicineKind | None) -> str:
    """What it is for, in words: those offered, or the first by which such a medicine is called."""
    if kind is None:
        return ""
    return kind.text or next(iter((*kind.said, *kind.purposes)), kind.id.replace("_", " "))
