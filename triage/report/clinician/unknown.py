"""What the clinician's page does not know, in one line near its top."""

from __future__ import annotations

from collections.abc import Iterator

from triage.conditions.leaf import Medicines, NoAnswer, Ticks
from triage.engine.proxy import only_they_feel
from triage.report.clinician.clinical_words import ClinicalWords, label

URGENT = ("emergency", "same_day")  # the questions stop there, and what was left out stands in one line


class NotKnown(ClinicalWords):
    """What was answered "not sure" and could matter, what was left out, and what nobody asks here."""

    def unknown(self, doubts: list[str]) -> str:
        """All of it in one line. ``doubts``: the unsure answers that bear on the level."""
        parts = [self.sentence("unsure_besides", what="; ".join(doubts))] if doubts else []
        if only_they_feel(self.book, self.assessment.effective_answers):
            parts.append(self.sentence("only_felt"))
        if left := self.left_out():
            parts.append(self.sentence("questions_stopped", what=", ".join(left)))
        names = list(self.without_reason())
        if len(names) == 1:
            parts.append(self.sentence("what_one_is_for", name=names[0]))
        elif names:
            parts.append(self.sentence("what_several_are_for", names=" and ".join(names)))
        return "; ".join([*parts, self.sentence("never_asked")])

    def left_out(self) -> list[str]:
        """What was not asked because the level was reached: by section, or by question of one begun."""
        if self.assessment.disposition.code not in URGENT:
            return []
        said: dict[str, list[str]] = {}
        begun: set[str] = set()
        for item in self.book.items.values():
            answer = self.effective_answer(item.id)
            if answer is NoAnswer.NOT_ASKED:
                said.setdefault(item.section, [])
                if item.ask_when is None:  # closer questions may not be for them at all
                    said[item.section].append(label(item).lower())
            elif answer is not NoAnswer.UNREACHABLE:
                begun.add(item.section)
        words = {section.id: section.clinician for section in self.book.frame.sections}
        found: list[str] = []
        for section, labels in said.items():
            if word := words[section]:
                found += labels if section in begun else [word]
        return found

    def without_reason(self) -> Iterator[str]:
        """Medicines of which nothing that was told says what they are for."""
        known = self.effective_answer("medicines")
        for taken in known.taken if isinstance(known, Medicines) else ():
            reasons = [
                entry.lines
                for entry in self.book.frame.indications
                if set(entry.of) & (taken.classes or set())
            ]
            if reasons and all(
                self._denied(item, codes) for lines in reasons for item, codes in lines.items()
            ):
                yield taken.generic or taken.name

    def _denied(self, item: str, codes: tuple[str, ...]) -> bool:
        """Whether a list was answered, and none of these lines is so or in doubt."""
        answer = self.effective_answer(item)
        return isinstance(answer, Ticks) and not (answer.ticked | answer.unsure) & set(codes)
