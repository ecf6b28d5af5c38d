"""Signs for the clinician: positive, denied, not sure, not asked; and three pictures in detail."""

from __future__ import annotations

from triage.conditions.leaf import NoAnswer, Ticks
from triage.report.clinical_words import ClinicalWords, label, lines, mark
from triage.report.document import Block, DocumentPart, Grid, Rows
from triage.rulebook.model import System

_RLS = (
    ("urge to move", "rls_urge", "yes"),
    ("at rest", "rls_rest", "yes"),
    ("eased by moving", "rls_moving", "yes"),
    ("evening/night", "rls_evening", "yes"),
    ("no other cause (not positional)", "rls_shift", "no"),
)
SYSTEMS: tuple[System, ...] = ("vascular", "neurological", "infection", "metabolic", "trauma", "other")
_WALKING = ("walk_stop", "walk_rest", "walk_flat", "walk_ease")
# Wells items a person can report: swelling; bed, surgery or cast; cancer treatment; an earlier clot. A clot
# in the family, travel and hormones are risks, but no items.
_WELLS: tuple[tuple[str, str], ...] = (
    ("today_leg", "leg_swollen"),
    ("lately", "operation_cast_bed"),
    ("lately", "cancer_care"),
    ("conditions", "clot"),
)
_CLOT = frozenset({"leg_swollen", "constant_pain", "red_hot_patch"})
_NOT_VALIDATED = frozenset({"under_20", "over_20", "weeks_unknown", "ended_6_weeks"})  # of pregnancy


class Signs(ClinicalWords):
    """The section on pertinent positives and negatives."""

    def findings(self) -> DocumentPart:
        """Pertinent positives and negatives; "no", "not sure" and "not asked" told apart."""
        positive: list[str] = []
        unsure: list[str] = []
        not_asked: list[str] = []
        for item in self.book.items.values():
            effective_answer = self.effective_answer(item.id)
            if not item.red_flag or effective_answer is NoAnswer.UNREACHABLE:
                continue
            if isinstance(effective_answer, NoAnswer):
                (not_asked if effective_answer is NoAnswer.NOT_ASKED else unsure).append(label(item))
            elif isinstance(effective_answer, Ticks):
                positive += lines(item, effective_answer.ticked)
                unsure += lines(item, effective_answer.unsure)
        rows = [("Positive", "; ".join(positive) or "none of the red-flag lines asked")]
        for name, found in (
            ("Not sure", unsure),
            ("Not asked", not_asked),
            ("Walking pain", self.walking()),
            ("Wells items", self.wells()),
        ):
            if found:
                rows.append((name, "; ".join(found)))
        blocks: list[Block] = [Rows(tuple(rows))]
        criteria = self.rls()
        if criteria is not None:
            blocks.append(criteria)
        if denials := self.denials():
            blocks.append(Rows(denials))
        return DocumentPart("Pertinent positives and negatives", tuple(blocks))

    def denials(self) -> tuple[tuple[str, str], ...]:
        """What was denied, a line for each system; illnesses stand in the background."""
        found = self.denied()
        rows = tuple(
            (system.capitalize(), "; ".join(found[system])) for system in SYSTEMS if system in found
        )
        who = "asked and denied by the carer" if self.assessment.about_another else "asked and denied"
        return (("Denied", f"{who}, by system"), *rows) if rows else ()

    def walking(self) -> list[str]:
        """The Edinburgh questions as answered. They cannot rule out artery disease."""
        found = [word for item in _WALKING if (word := self.words(item))]
        return [*found, "does not exclude PAD"] if found else []

    def wells(self) -> list[str]:
        """The Wells items that a person can report, each as it was answered; never a total.

        Only where a clot is at issue, and not in or just after a pregnancy, for which they are not made.
        """
        today = self.effective_answer("today_leg")
        if not isinstance(today, Ticks) or not (today.ticked | today.unsure) & _CLOT:
            return []
        if self.effective_answer("pregnancy") in _NOT_VALIDATED:
            return []
        said: dict[str, list[str]] = {"present": [], "denied": [], "not sure": []}
        for name, code in _WELLS:
            if name in self.book.items:
                said.setdefault(self.how(name, code), []).extend(lines(self.book.items[name], [code]))
        told = [f"{how}: {', '.join(words)}" for how, words in said.items() if words]
        return [*told, "signs on examination not assessed; no score"]

    def rls(self) -> Grid | None:
        effective_answers = {item: self.effective_answer(item) for _, item, _ in _RLS}
        if isinstance(effective_answers["rls_urge"], NoAnswer):
            return None
        cells = tuple(
            (name, mark(effective_answers[item] == wanted, isinstance(effective_answers[item], NoAnswer)))
            for name, item, wanted in _RLS
        )
        met = sum(answer == "yes" for _, answer in cells)
        return Grid("RLS criteria", cells, f"{met} of {len(cells)} met")
