"""Signs for the clinician: positive, denied, not sure, not asked; and three pictures in detail."""

from __future__ import annotations

from triage.conditions.standing import Silence, Ticks
from triage.report.clinical_words import ClinicalWords, label, lines, mark
from triage.report.denials import denied
from triage.report.document import Block, Grid, Rows, Section

_RLS = (
    ("urge to move", "rls_urge", "yes"),
    ("at rest", "rls_rest", "yes"),
    ("eased by moving", "rls_moving", "yes"),
    ("evening/night", "rls_evening", "yes"),
    ("no other cause (not positional)", "rls_shift", "no"),
)
_WALKING = ("walk_stop", "walk_rest", "walk_flat", "walk_ease")
# Wells items a person can report: bed or surgery, cast, cancer, earlier clot, swelling.
_WELLS: dict[str, frozenset[str]] = {
    "today": frozenset({"leg_swollen"}),
    "lately": frozenset({"operation_cast_bed", "cancer_care", "clot_self_family"}),
}
_CLOT = frozenset({"leg_swollen", "constant_pain", "red_hot_patch"})


class Signs(ClinicalWords):
    """The section on pertinent positives and negatives."""

    def findings(self) -> Section:
        """Pertinent positives and negatives; "no", "not sure" and "not asked" told apart."""
        positive: list[str] = []
        unsure: list[str] = []
        not_asked: list[str] = []
        for item in self.book.items.values():
            standing = self.standing(item.id)
            if not item.red_flag or standing is Silence.UNREACHABLE:
                continue
            if isinstance(standing, Silence):
                (not_asked if standing is Silence.NOT_ASKED else unsure).append(label(item))
            elif isinstance(standing, Ticks):
                positive += lines(item, standing.ticked)
                unsure += lines(item, standing.unsure)
        rows = [("Positive", "; ".join(positive) or "none of the red-flag lines")]
        for name, found in (
            (self.denying(), self.denials()),
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
        return Section("Pertinent positives and negatives", tuple(blocks))

    def denials(self) -> list[str]:
        frame = self.book.frame
        return denied(self.assessment.pertinent_negatives, frame.denials, frame.windows)

    def denying(self) -> str:
        return "Denied (carer)" if self.assessment.about_another else "Denied"

    def walking(self) -> list[str]:
        """The Edinburgh questions as answered. They cannot rule out artery disease."""
        found = [word for item in _WALKING if (word := self.words(item))]
        return [*found, "does not exclude PAD"] if found else []

    def wells(self) -> list[str]:
        """The Wells items that a person can report, only where a clot is at issue. Never a total."""
        today = self.standing("today")
        if not isinstance(today, Ticks) or not (today.ticked | today.unsure) & _CLOT:
            return []
        present = [
            line
            for name, codes in _WELLS.items()
            if isinstance(standing := self.standing(name), Ticks)
            for line in lines(self.book.items[name], standing.ticked & codes)
        ]
        present = present or ["none reported"]
        return [*present, "signs on examination not assessed; no score"]

    def rls(self) -> Grid | None:
        standings = {item: self.standing(item) for _, item, _ in _RLS}
        if isinstance(standings["rls_urge"], Silence):
            return None
        cells = tuple(
            (name, mark(standings[item] == wanted, isinstance(standings[item], Silence)))
            for name, item, wanted in _RLS
        )
        met = sum(answer == "yes" for _, answer in cells)
        return Grid("RLS criteria", cells, f"{met} of {len(cells)} met")
