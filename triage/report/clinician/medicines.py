"""What the person takes, for the clinician: since when, what it is linked with, told where."""

from __future__ import annotations

from triage.conditions.leaf import Medicines, NoAnswer, TakenMedicine, Ticks
from triage.engine.assessment import MedicineNote
from triage.engine.onset import cannot_contribute, cramps_are_older
from triage.report.clinician.clinical_words import ClinicalWords, lines, silence
from triage.report.clinician.together import TogetherLine
from triage.report.document import Block, Bullets, DocumentPart, Paragraph

_STARTED = {"recent": "started_recent", "long_ago": "started_long_ago", "unsure": "started_unsure"}


class MedicineLines(ClinicalWords):
    """The section on medicines."""

    def section(self) -> DocumentPart:
        effective_answer = self.effective_answer("medicines")
        alike: dict[str, list[str]] = {}  # medicines of which the same is to be said stand in one line
        for number, note in enumerate(self.assessment.medicines):
            name, said = self.medicine(note, number)
            alike.setdefault(said, []).append(name)
        entries = [f"{', '.join(names)}{f': {said}' if said else ''}" for said, names in alike.items()]
        blocks: list[Block] = [Bullets.of(*entries)] if entries else []
        said_of: list[str] = []
        if isinstance(effective_answer, NoAnswer):
            said_of.append(self.sentence("prescribed", what=silence(effective_answer)))
        elif not entries:
            none = self.sentence("none_taken_carer" if self.assessment.about_another else "none_taken")
            said_of.append(self.sentence("prescribed", what=none))
        if self.no_start_known():
            said_of.append(self.sentence("no_start_known"))
        if besides := self.besides(bought=False):  # what was bought stands under its own heading
            said_of.append(self.sentence("told_elsewhere", what="; ".join(besides)))
        said_of.append(self.sentence("over_the_counter", what=self.bought()))
        allergies = self.quotes(self.page.allergies)
        told = self.effective_answer(self.page.allergies)
        if isinstance(told, NoAnswer) and not allergies:
            said_of.append(self.sentence("allergies_not_told", how=silence(told)))
        if added := TogetherLine(self.assessment, self.book).together():
            said_of.append(self.sentence("together", what="; ".join(added)))
        besides_them = Paragraph(" ".join(said_of))
        return DocumentPart(self.sentence("title_medicines"), (*blocks, besides_them, *allergies))

    def bought(self) -> str:
        """What was bought: each line that opens a list of its own is followed by what was picked there."""
        bought, dose = self.page.bought, self.words(self.page.bought_dose)
        listed = self.effective_answer(bought[0]) if bought else NoAnswer.NOT_ASKED
        if isinstance(listed, NoAnswer):
            return silence(listed)
        told = [words for item in bought if (words := self.words(item))]
        return f"{'; '.join(told) or self.sentence('none_listed')}{f' ({dose})' if dose else ''}"

    def medicine(self, note: MedicineNote, number: int) -> tuple[str, str]:
        """What it is called, and what is to be said of it."""
        name = note.name
        if note.generic and note.generic.casefold() != name.casefold():
            name = f"{name} ({note.generic})"
        started = _STARTED.get(note.started or "unsure")
        since = [self.sentence(started) if started else self.sentence("started_on_date", date=note.started)]
        if self.no_start_known():
            since = []  # said once, of all of them
        if self.began_before(number):
            since.append(self.sentence("cramps_before"))
        if note.understood == "kind":
            since.insert(0, self.sentence("kind_typed"))
        elif not note.generic:
            since.insert(
                0, self.sentence("typed_for", use=note.use) if note.use else self.sentence("typed_unknown")
            )
        elif note.linked_with:
            since.append(self.sentence("medicine_links", what=", ".join(note.linked_with)))
        return name, "; ".join(since)

    def no_start_known(self) -> bool:
        """Whether nobody knows since when any of several medicines is taken."""
        notes = self.assessment.medicines
        return len(notes) > 1 and all((note.started or "unsure") == "unsure" for note in notes)

    def began_before(self, number: int) -> bool:
        """Whether the cramps are surely older than the medicine (or its last change)."""
        taken = self.taken(number)
        return taken is not None and cramps_are_older(taken, self.assessment.effective_answers)

    def too_young(self, number: int) -> bool:
        """Whether the medicine came after the cramps, and these have not got worse since."""
        taken = self.taken(number)
        return taken is not None and cannot_contribute(taken, self.assessment.effective_answers)

    def taken(self, number: int) -> TakenMedicine | None:
        effective_answer = self.effective_answer("medicines")
        return effective_answer.taken[number] if isinstance(effective_answer, Medicines) else None

    def in_short(self) -> list[str]:
        """Every name with what a reader must know at once: new, or younger than the cramps."""
        short = []
        for number, note in enumerate(self.assessment.medicines):
            known = [self.sentence("new_medicine")] if note.started == "recent" else []
            known += [self.sentence("older_cramps")] if self.began_before(number) else []
            short.append(f"{note.name} ({', '.join(known)})" if known else note.name)
        return [*short, *self.besides(bought=True)]

    def besides(self, *, bought: bool) -> list[str]:
        """Medicines told outside the list, such as the pill among what happened lately; with or without
        what was bought. None that says no more than a medicine that was named."""
        return [
            line
            for name, codes in self.page.taken_besides.items()
            if (bought or name not in self.page.bought)
            and isinstance(effective_answer := self.effective_answer(name), Ticks)
            for line in lines(self.book.items[name], effective_answer.ticked & self.unnamed(name, codes))
        ]
