"""Signs for the clinician: positive, denied, not sure, not asked; and three pictures in detail."""

from __future__ import annotations

from triage.conditions.leaf import NoAnswer, Ticks
from triage.report.clinician.clinical_words import ClinicalWords, label, lines, mark
from triage.report.clinician.unknown import URGENT
from triage.report.document import Block, DocumentPart, Grid, Rows
from triage.rulebook.frame import System

SYSTEMS: tuple[System, ...] = ("vascular", "neurological", "infection", "metabolic", "trauma", "other")


class Signs(ClinicalWords):
    """The section on pertinent positives and negatives."""

    def findings(self) -> DocumentPart:
        """Pertinent positives and negatives; "no", "not sure" and "not asked" told apart."""
        positive: list[str] = []
        unsure: list[str] = []
        not_asked: list[str] = []
        needless = self.told_elsewhere(self.page.not_told_beside)
        for item in self.book.items.values():
            effective_answer = self.effective_answer(item.id)
            if not item.red_flag or effective_answer is NoAnswer.UNREACHABLE:
                continue
            if isinstance(effective_answer, NoAnswer):
                (not_asked if effective_answer is NoAnswer.NOT_ASKED else unsure).append(label(item))
            elif isinstance(effective_answer, Ticks):
                ticked = (code for code in effective_answer.ticked if (item.id, code) not in needless)
                positive += lines(item, ticked)
                unsure += lines(item, effective_answer.unsure)
        # One sign may stand in two lists: it is told once.
        rows = (
            [(self.sentence("row_positive"), "; ".join(dict.fromkeys(positive)))]
            if positive
            else [
                (
                    self.sentence("row_red_flags"),
                    self.sentence("none_for_sure" if unsure else "none_reported"),
                )
            ]
        )
        for name, found in (
            ("row_not_sure", unsure),
            ("row_walking", self.walking()),
            ("row_wells", self.wells()),
            ("row_not_asked", [] if self.assessment.disposition.code in URGENT else not_asked),
        ):
            if found:
                rows.append((self.sentence(name), "; ".join(found)))
        blocks: list[Block] = [Rows(tuple(rows))]
        criteria = self.rls()
        if criteria is not None:
            blocks.append(criteria)
        if denials := self.denials():
            blocks.append(Rows(denials))
        return DocumentPart(self.sentence("title_signs"), tuple(blocks))

    def denials(self) -> tuple[tuple[str, str], ...]:
        """What was denied, a line for each system; illnesses stand in the background."""
        found = self.denied()
        rows = tuple(
            (self.sentence(f"system_{system}"), "; ".join(found[system]))
            for system in SYSTEMS
            if system in found
        )
        who = self.sentence("denied_by_carer" if self.assessment.about_another else "denied_by_person")
        return ((self.sentence("row_denied"), who), *rows) if rows else ()

    def walking(self) -> list[str]:
        """The Edinburgh questions as answered, but for the danger signs, which stand among the positives.
        They cannot rule out artery disease."""
        asked = (item for item in self.page.walking if not self.book.items[item].red_flag)
        found = [word for item in asked if (word := self.words(item))]
        return [*found, self.sentence("not_excluded")] if found else []

    def wells(self) -> list[str]:
        """The Wells items that a person can report, each as it was answered; never a total.

        Only where a clot is at issue, and not in or just after a pregnancy, for which they are not made.
        """
        clot = self.page.clot
        if clot is None or not any(self.open_in(item) & {*codes} for item, codes in clot.signs.items()):
            return []
        if any(self.effective_answer(item) in codes for item, codes in clot.not_for.items()):
            return []
        said: dict[str, list[str]] = {"present": [], "denied": [], "not sure": []}
        for name, codes in clot.items.items():
            for code in codes:
                how = "denied" if self.is_implied(name, code) else self.how(name, code)
                said.setdefault(how, []).extend(lines(self.book.items[name], [code]))
        told = [f"{how}: {', '.join(words)}" for how, words in said.items() if words]
        return [*told, self.sentence("no_score")]

    def is_implied(self, name: str, code: str) -> bool:
        """Whether an item that was not asked was denied with others: no cancer, so no treatment of one."""
        clot = self.page.clot
        if clot is None or self.effective_answer(name) is not NoAnswer.NOT_ASKED:
            return False
        denied = [known.denied for known in clot.denied_with if code in known.lines.get(name, ())]
        return any(
            all(self.how(item, one) == "denied" for item, codes in lines.items() for one in codes)
            for lines in denied
        )

    def rls(self) -> Grid | None:
        """The five criteria of restless legs, for whoever has the urge to move them, or may."""
        table = self.page.restless
        if table is None or not any(self.open_in(item) & {*codes} for item, codes in table.urge.items()):
            return None
        ticked = any(self.ticks(item).ticked & {*codes} for item, codes in table.urge.items())
        signs, others = self.ticks(table.signs), {*table.others}
        unanswered = isinstance(self.effective_answer(table.signs), NoAnswer)
        other = bool(signs.ticked & others)
        in_doubt = unanswered or (not other and bool(signs.unsure & others))
        cells = (
            (self.sentence("urge_to_move"), mark(ticked, unsure=True)),
            *(
                (name, mark(code in signs.ticked, unanswered or code in signs.unsure))
                for code, name in table.criteria.items()
            ),
            (self.sentence("not_only_a_knot"), mark(not other and not in_doubt, in_doubt)),
        )
        met = sum(answer == "yes" for _, answer in cells)
        said = self.sentence("criteria_met", number=met, criteria=len(cells))
        return Grid(self.sentence("row_restless"), cells, said)

    def open_in(self, item: str) -> frozenset[str]:
        """The lines of a list that are ticked or in doubt."""
        return self.ticks(item).ticked | self.ticks(item).unsure

    def ticks(self, item: str) -> Ticks:
        """What is ticked in a list, and what is in doubt; nothing of a list without an answer."""
        answer = self.effective_answer(item)
        return answer if isinstance(answer, Ticks) else Ticks()
