"""What the person takes, for the clinician: since when, what it is linked with, told where."""

from __future__ import annotations

from triage.assessment import MedicineNote
from triage.conditions.standing import Medicines, Silence, Ticks
from triage.report.clinical_words import ClinicalWords, lines, silence
from triage.report.document import Block, Bullets, Section, Text

_STARTED = {
    "recent": "started/changed ≤6 weeks ago",
    "long_ago": "for >6 weeks",
    "unsure": "start not known",
}
_ELSEWHERE = {"lately": frozenset({"hormones"})}  # medicines asked for outside the list
_AT_LEAST_WEEKS = {"three_months": 2, "one_year": 13, "longer": 52}  # since the onset, by answer


class Taken(ClinicalWords):
    """The section on medicines."""

    def section(self) -> Section:
        standing = self.standing("medicines")
        entries = [(self.medicine(m, n), ()) for n, m in enumerate(self.assessment.medicines)]
        blocks: list[Block] = [Bullets(tuple(entries))] if entries else []
        if isinstance(standing, Silence):
            blocks.append(Text(f"Prescribed: {silence(standing)}."))
        elif not entries:
            blocks.append(Text("Prescribed: none named in the list."))
        besides = self.besides()
        if besides:
            blocks.append(Text(f"Told elsewhere: {'; '.join(besides)}."))
        bought = self.words("bought") or "none reported"
        dose = self.words("magnesium_dose")
        allergies = self.quotes("allergies")
        unasked = "" if allergies else " Allergies: not asked."
        blocks.append(Text(f"Bought: {bought}{f' ({dose})' if dose else ''}.{unasked}"))
        blocks += allergies
        return Section("Medicines", tuple(blocks))

    def medicine(self, note: MedicineNote, number: int) -> str:
        name = note.name
        if note.generic and note.generic.casefold() != name.casefold():
            name = f"{name} ({note.generic})"
        since = _STARTED.get(note.started or "unsure", f"since {note.started}")
        if self.began_before(number):
            since += "; cramps began before it"
        if not note.generic:
            return f"{name}: as typed, not in our list; {since}"
        linked = f"; linked with {', '.join(note.linked_with)}" if note.linked_with else ""
        return f"{name}: {since}{linked}"

    def began_before(self, number: int) -> bool:
        """Whether the cramps are surely older than the medicine (or its last change)."""
        standing, onset = self.standing("medicines"), self.standing("began")
        if not isinstance(standing, Medicines) or not isinstance(onset, str):
            return False
        weeks = standing.taken[number].weeks
        return weeks is not None and weeks[1] < _AT_LEAST_WEEKS.get(onset, 0)

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
            for name, codes in _ELSEWHERE.items()
            if isinstance(standing := self.standing(name), Ticks)
            for line in lines(self.book.items[name], standing.ticked & codes)
        ]
