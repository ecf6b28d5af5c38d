"""Signs for the clinician: positive, denied, not sure, not asked; and three pictures in detail."""

from __future__ import annotations

from triage.conditions.leaf import NoAnswer, Ticks
from triage.report.clinical_words import ClinicalWords, label, lines, mark
from triage.report.clinician_unknown import URGENT
from triage.report.document import Block, DocumentPart, Grid, Rows
from triage.rulebook.frame import System

_URGE = (("feel", "urge_to_move"), ("also_feelings", "urge_legs"))
RLS = {"rest": "at rest", "moving": "eased by moving", "evening": "evening/night"}
_NOT_RLS = frozenset({"one_shift", "only_knotted"})  # an awkward position, or a cramp
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
        rows = [("Positive", "; ".join(positive))] if positive else [("Red flags", "none reported")]
        for name, found in (
            ("Not sure", unsure),
            ("Walking pain", self.walking()),
            ("Wells items", self.wells()),
            ("Not asked", [] if self.assessment.disposition.code in URGENT else not_asked),
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
        return [*told, "self-reported, not measured; no score"]

    def rls(self) -> Grid | None:
        """The five criteria of restless legs, for whoever has the urge to move them, or may."""
        told, signs = [self.ticks(item) for item, _ in _URGE], self.ticks("rls_signs")
        urge = [code for _, code in _URGE]
        if not any(code in ticks.ticked | ticks.unsure for code, ticks in zip(urge, told, strict=True)):
            return None
        ticked = any(code in ticks.ticked for code, ticks in zip(urge, told, strict=True))
        unanswered = isinstance(self.effective_answer("rls_signs"), NoAnswer)
        other = bool(signs.ticked & _NOT_RLS)
        in_doubt = unanswered or (not other and bool(signs.unsure & _NOT_RLS))
        cells = (
            ("urge to move", mark(ticked, unsure=True)),
            *(
                (name, mark(code in signs.ticked, unanswered or code in signs.unsure))
                for code, name in RLS.items()
            ),
            (
                "not only one position or a knot",
                mark(not other and not in_doubt, in_doubt),
            ),
        )
        met = sum(answer == "yes" for _, answer in cells)
        return Grid("RLS criteria", cells, f"{met} of {len(cells)} reported; mimics not excluded")

    def ticks(self, item: str) -> Ticks:
        """What is ticked in a list, and what is in doubt; nothing of a list without an answer."""
        answer = self.effective_answer(item)
        return answer if isinstance(answer, Ticks) else Ticks()
