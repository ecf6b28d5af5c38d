"""Every sign that was asked for and how it stands, one by one: for programs, not for a page."""

from __future__ import annotations

from collections.abc import Iterator

from triage.conditions.leaf import NoAnswer, Ticks
from triage.fhir.document.observations import Sign, State
from triage.report.clinician.clinical_words import ClinicalWords, label
from triage.report.redaction import private_codes
from triage.rulebook.model import Item
from triage.rulebook.windows import time_of

_SILENT: dict[NoAnswer, State] = {
    NoAnswer.UNSURE: "unsure",
    NoAnswer.DECLINED: "declined",
    NoAnswer.NOT_ASKED: "not_asked",
}


class ToldSigns(ClinicalWords):
    """The pertinent positives, what is not known of them, and the pertinent negatives; none private."""

    def all(self) -> tuple[Sign, ...]:
        """In the order of the questions; denials after what was told."""
        return (*self._asked_for(), *self._denied())

    def _asked_for(self) -> Iterator[Sign]:
        private = private_codes(self.book)
        for item in self.book.items.values():
            answer = self.effective_answer(item.id)
            if not item.red_flag or answer is NoAnswer.UNREACHABLE:
                continue
            if isinstance(answer, Ticks):
                yield from self._ticked(item, answer)
            elif isinstance(answer, NoAnswer) and (item.id not in private or answer is NoAnswer.NOT_ASKED):
                yield Sign(item.id, None, label(item), item.text, _SILENT[answer])

    def _ticked(self, item: Item, answer: Ticks) -> Iterator[Sign]:
        for option in item.options:
            if option.private or option.code not in answer.ticked | answer.unsure:
                continue
            words = "; ".join(self.exact(item, [option.code]))
            state: State = "yes" if option.code in answer.ticked else "unsure"
            yield Sign(item.id, option.code, self._dated(item.id, option.code, words), option.text, state)

    def _denied(self) -> Iterator[Sign]:
        for denial in self.assessment.pertinent_negatives:  # no private line is ever among them
            words = self._dated(denial.item, denial.option, denial.clinical)
            yield Sign(denial.item, denial.option, words, denial.text, "no")

    def _dated(self, item: str, code: str, words: str) -> str:
        """With the time that was asked: no more is told, and no more denied."""
        time = time_of(self.book.frame.windows, item, code)
        return f"{words} ({time})" if time else words
