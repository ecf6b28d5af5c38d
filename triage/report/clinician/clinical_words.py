"""Answers in a clinician's words: terse, private ones left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from triage.conditions.leaf import EffectiveAnswer, NoAnswer, Ticks
from triage.engine.assessment import Assessment
from triage.engine.effective import hidden_codes
from triage.engine.proxy import only_they_feel
from triage.engine.wording.exact_words import in_exact_words
from triage.report.clinician.denials import Denied, denied
from triage.report.document import Block, Mark, Quote
from triage.rulebook.model import Item
from triage.rulebook.page.model import ToldElsewhere
from triage.rulebook.rulebook import Rulebook

MOST_QUOTED = 400  # letters of one quotation on the page


class ClinicalWords:
    """What each item was answered, in the words that the rulebook has for the clinician."""

    def __init__(self, assessment: Assessment, rulebook: Rulebook) -> None:
        self.assessment = assessment
        self.book = rulebook
        self.page = rulebook.page.clinician

    def sentence(self, name: str, /, **put_in: object) -> str:
        """What the page says in words of its own, by its name in ``page.yaml``."""
        return self.page.sentence(name, **put_in)

    def effective_answer(self, item: str) -> EffectiveAnswer:
        return self.assessment.effective_answers.get(item, NoAnswer.NOT_ASKED)

    def words(self, item_id: str, but_for: Collection[str] = ()) -> str:
        """The clinical words for an answer, but for some lines; empty if there is none to print."""
        item = self.book.items.get(item_id)
        effective_answer = self.effective_answer(item_id)
        if (
            item is None
            or effective_answer is NoAnswer.NOT_ASKED
            or effective_answer is NoAnswer.UNREACHABLE
        ):
            return ""
        if isinstance(effective_answer, NoAnswer):
            return f"{label(item)}: {silence(effective_answer)}"
        if isinstance(effective_answer, Ticks):
            unsure = [
                f"{line} (not sure)" for line in lines(item, effective_answer.unsure.difference(but_for))
            ]
            ticked = self.exact(item, effective_answer.ticked.difference(but_for))
            none = not (effective_answer.ticked or effective_answer.unsure)
            return (item.clinical_no or "") if none else ", ".join([*ticked, *unsure])
        if isinstance(effective_answer, str):
            option = item.option(effective_answer)
            return (option.clinical_yes or option.text) if option else ""
        return f"{item.clinical_yes or item.text} {effective_answer}"

    def unnamed(self, item: str, codes: Iterable[str]) -> set[str]:
        """Those lines of a question that say more than the medicines that were named."""
        classes = {one for note in self.assessment.medicines for one in note.class_ids}
        named = [self.page.named_by[one] for one in classes & self.page.named_by.keys()]
        return {*codes}.difference(*(told.get(item, ()) for told in named))

    def exact(self, item: Item, codes: Collection[str]) -> list[str]:
        """The ticked lines, each as exactly as it was told: a closer list names which it is."""
        told = self.assessment.effective_answers
        named = (in_exact_words(self.book.items, option, told) for option in item.options)
        return lines(item.model_copy(update={"options": tuple(named)}), codes)

    def answered(self, item_id: str) -> str:
        """The clinical words for an answer, or that there is none and why."""
        item = self.book.items.get(item_id)
        words = self.words(item_id)
        return words or (f"{label(item)}: {silence(NoAnswer.NOT_ASKED)}" if item else "")

    def denied(self) -> Denied:
        """What was denied, by system; not what stands answer by answer elsewhere."""
        frame = self.book.frame
        hidden = self.told_elsewhere(self.page.not_denied_beside)
        told = [
            negative
            for negative in self.assessment.pertinent_negatives
            if (negative.item, negative.option) not in hidden
        ]
        return denied(told, frame.denials, frame.windows)

    def told_elsewhere(self, beside: Iterable[ToldElsewhere]) -> set[tuple[str, str | None]]:
        """Lines that a sign makes needless: denied, while it was told in other words (“numb leg” and “no
        numb feet”), or ticked in general, while it says which it is (“ill” and “losing weight”)."""
        return {
            (item, code)
            for told in beside
            if any(
                self.how(name, sign) == "present" for name, signs in told.signs.items() for sign in signs
            )
            for item, codes in told.lines.items()
            for code in codes
        }

    def how(self, item_id: str, code: str) -> str:
        """How a line of a list stands: present, denied, not sure, not answered or not asked.

        “Not known” is what only they could feel, who cannot tell it.
        """
        answer = self.effective_answer(item_id)
        if isinstance(answer, str):
            return "present" if answer == code else "denied"
        if not isinstance(answer, Ticks):
            return silence(answer) if isinstance(answer, NoAnswer) else silence(NoAnswer.NOT_ASKED)
        if code in answer.ticked | answer.unsure:
            return "present" if code in answer.ticked else "not sure"
        hidden = hidden_codes(self.book.items[item_id], self.assessment.effective_answers)
        if code in hidden:
            return silence(NoAnswer.NOT_ASKED)
        felt = only_they_feel(self.book, self.assessment.effective_answers)
        return "not known" if code in felt.get(item_id, ()) else "denied"

    def quotes(self, *items: str) -> list[Block]:
        """What was typed, word for word; very long words are cut, or they would crowd out the rest."""
        quoted: list[Block] = []
        for item in items:
            text = self.effective_answer(item)
            if isinstance(text, str) and text.strip():
                label = self.book.items[item].clinical_yes or item
                quoted.append(Quote(label, _cut(text.strip())))
        return quoted


def lines(item: Item, codes: Iterable[str]) -> list[str]:
    wanted = set(codes)
    return [
        option.clinical_yes or option.text
        for option in item.options
        if option.code in wanted and not option.private
    ]


def label(item: Item) -> str:
    """What to call a question: its clinical words, or the question itself."""
    return item.clinical_yes or re.sub(r"\s*\([^)]*\)", "", item.text).rstrip("?.: ")


def silence(effective_answer: NoAnswer) -> str:
    return {"unsure": "not sure", "declined": "not answered"}.get(effective_answer.value, "not asked")


def mark(yes: bool, unsure: bool = False) -> Mark:
    return "yes" if yes else "unsure" if unsure else "no"


def _cut(text: str) -> str:
    return text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED].rstrip()} […]"
