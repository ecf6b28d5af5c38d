"""What the person takes, for the clinician: since when, what it is linked with, told where."""

from __future__ import annotations

from triage.conditions.leaf import Medicines, NoAnswer, Ticks
from triage.engine.assessment import MedicineNote
from triage.engine.onset import cannot_contribute, cramps_are_older
from triage.report.clinician.clinical_words import ClinicalWords, lines, silence
from triage.report.clinician.together import TogetherLine
from triage.report.document import Block, Bullets, DocumentPart, Paragraph

_STARTED = {
    "recent": "started/changed ≤6 weeks ago",
    "long_ago": "for >6 weeks",
    "unsure": "start not known",
}


class MedicineLines(ClinicalWords):
    """The section on medicines."""

    def section(self) -> DocumentPart:
        effective_answer = self.effective_answer("medicines")
        alike: dict[str, list[str]] = {}  # medicines of which the same is to be said stand in one line
        for number, note in enumerate(self.assessment.medicines):
            name, said = self.medicine(note, number)
            alike.setdefault(said, []).append(name)
        entries = [f"{', '.join(names)}: {said}" for said, names in alike.items()]
        blocks: list[Block] = [Bullets.of(*entries)] if entries else []
        said_of: list[str] = []
        if isinstance(effective_answer, NoAnswer):
            said_of.append(f"Prescribed: {silence(effective_answer)}.")
        elif not entries:
            said_of.append(f"Prescribed: none taken{' (carer)' if self.assessment.about_another else ''}.")
        if besides := self.besides():
            said_of.append(f"Told elsewhere: {'; '.join(besides)}.")
        said_of.append(f"OTC: {self.bought()}.")
        allergies = self.quotes(self.page.allergies)
        told = self.effective_answer(self.page.allergies)
        if isinstance(told, NoAnswer) and not allergies:
            said_of.append(f"Allergies: {silence(told)}.")
        if added := TogetherLine(self.assessment, self.book).together():
            said_of.append(f"Together: {'; '.join(added)}.")
        return DocumentPart("Medicines", (*blocks, Paragraph(" ".join(said_of)), *allergies))

    def bought(self) -> str:
        """What was bought: each line that opens a list of its own is followed by what was picked there."""
        bought, dose = self.page.bought, self.words(self.page.bought_dose)
        listed = self.effective_answer(bought[0]) if bought else NoAnswer.NOT_ASKED
        if isinstance(listed, NoAnswer):
            return silence(listed)
        told = [words for item in bought if (words := self.words(item))]
        return f"{'; '.join(told) or 'none of the products listed'}{f' ({dose})' if dose else ''}"

    def medicine(self, note: MedicineNote, number: int) -> tuple[str, str]:
        """What it is called, and what is to be said of it."""
        name = note.name
        if note.generic and note.generic.casefold() != name.casefold():
            name = f"{name} ({note.generic})"
        since = _STARTED.get(note.started or "unsure", f"since {note.started}")
        if self.began_before(number):
            since += "; cramps began before it"
        if note.understood == "kind":
            return name, f"kind of medicine as typed, name not known; {since}"
        if not note.generic:
            told = f", taken for: {note.use}" if note.use else ""
            return name, f"as typed, not in our list{told}; {since}"
        linked = f"; linked with {', '.join(note.linked_with)}" if note.linked_with else ""
        return name, f"{since}{linked}"

    def began_before(self, number: int) -> bool:
        """Whether the cramps are surely older than the medicine (or its last change)."""
        effective_answer = self.effective_answer("medicines")
        return isinstance(effective_answer, Medicines) and cramps_are_older(
            effective_answer.taken[number], self.assessment.effective_answers
        )

    def too_young(self, number: int) -> bool:
        """Whether the medicine came after the cramps, and these have not got worse since."""
        effective_answer = self.effective_answer("medicines")
        return isinstance(effective_answer, Medicines) and cannot_contribute(
            effective_answer.taken[number], self.assessment.effective_answers
        )

    def in_short(self) -> list[str]:
        """Every name with what a reader must know at once: new, or younger than the cramps."""
        short = []
        for number, note in enumerate(self.assessment.medicines):
            known = ["new ≤6 wk"] if note.started == "recent" else []
            known += ["cramps are older"] if self.began_before(number) else []
            short.append(f"{note.name} ({', '.join(known)})" if known else note.name)
        return [*short, *self.besides()]

    def besides(self) -> list[str]:
        """Medicines told outside the list, such as the pill among what happened lately."""
        return [
            line
            for name, codes in self.page.taken_besides.items()
            if isinstance(effective_answer := self.effective_answer(name), Ticks)
            for line in lines(self.book.items[name], effective_answer.ticked & {*codes})
        ]
