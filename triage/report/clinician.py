"""The clinician's page: situation, background, assessment, request, on one page.

Printed only: what was answered, what was denied, what is unknown, and which cards fired.
"""

from __future__ import annotations

from triage.conditions.leaf import NoAnswer, Ticks
from triage.engine.assessment import Assessment, Finding, MedicineNote, Remark
from triage.engine.effective import hidden_codes
from triage.report.clinical_words import ClinicalWords, mark, silence
from triage.report.clinician_findings import RLS, Signs
from triage.report.clinician_medicines import MedicineLines
from triage.report.document import (
    Banner,
    Block,
    Bullets,
    Document,
    DocumentPart,
    Marks,
    Rows,
)
from triage.report.enough import told_reason
from triage.rulebook.model import LEVELS, Level, urgency
from triage.rulebook.rulebook import Rulebook

_PATTERN_ROWS = (
    ("Onset / trend", ("began", "trend")),
    ("Frequency", ("how_often",)),
    ("Duration", ("longest", "soreness")),
    ("Site / side", ("where", "side", "which_leg")),
    ("Character", ("feel", "knot_stretch", "also_fits")),
    ("Urge to move", ("rls_days", "rls_bother", "rls_signs")),
    ("Impact", ("effect", "worst_pain", "fall_details")),
)
_IN_A_TABLE = {"rls_signs": RLS}  # lines that are not said again in the rows
_STEPS: dict[Level, str] = {
    "emergency": "emergency", "same_day": "same day", "soon": "within 7 days", "routine": "routine",
    "self_care": "self-care",
}  # fmt: skip
MOST_DOUBTS = 3  # unsure answers named for one reason


def clinician_document(assessment: Assessment, rulebook: Rulebook, *, told: bool = False) -> Document:
    """The page for a clinician, in SBAR order. Private answers stay off it.

    ``told``: the person has seen the result. Only then does the page say that they were told anything.
    """
    page = _Page(assessment, rulebook, told)
    sections = (
        page.situation(), page.taken.section(), page.pattern(), Signs(assessment, rulebook).findings(),
        page.background(), page.contributors(), page.request(),
    )  # fmt: skip
    version = f"{assessment.rulebook_id} rulebook {assessment.rulebook_version}"
    footer = (
        f"{assessment.clinician_note} {version} ({assessment.rulebook_sha256[:12]}), "
        f"{assessment.date.isoformat()}. "
        f"{page.net()}",
    )
    shown = tuple(section for section in sections if section.blocks)
    return Document("Leg cramps: pre-visit summary", shown, footer, compact=True)


class _Page(ClinicalWords):
    def __init__(self, assessment: Assessment, rulebook: Rulebook, told: bool) -> None:
        super().__init__(assessment, rulebook)
        self.taken = MedicineLines(assessment, rulebook)
        self.told = told

    def net(self) -> str:
        """What the person was told of when to get help sooner, if that is known."""
        code = self.assessment.disposition.code
        if not self.told or code == "unfinished":
            return "Safety-net: not known to have been shown."
        if code in ("emergency", "same_day"):  # the same words for all: some of these pages stand alone
            return "The person was shown what to do until seen."
        return "Safety-net given: emergency and same-day signs were shown to the person."

    def situation(self) -> DocumentPart:
        said = self.assessment.disposition
        lines = [
            ("Who", f"________________ (name, by hand), {self.who()}"),
            ("Because", " · ".join(self.reasons())),
        ]
        lines += self.resting()
        pictures = [pattern.title for pattern in self.assessment.patterns]
        if pictures:
            lines.append(("Picture", "; ".join(pictures)))
        taken = self.taken.in_short()
        if taken:
            lines.append(("Takes", ", ".join(taken)))
        lines.append(("Unsure answers", "; ".join(self.not_known()) or "none that bear on the level"))
        blocks: list[Block] = [Banner(said.code, said.clinician, tuple(lines)), *self.quotes("own_words")]
        blocks += self.quotes("worry", "hope")
        if said.code != "unfinished":
            blocks.append(self.scale(said.code))
        return DocumentPart("Situation", tuple(blocks))

    def who(self) -> str:
        told = (self.words(item) for item in ("age", "sex", "pregnancy", "about"))
        return ", ".join(word for word in told if word)

    def reasons(self) -> list[str]:
        """The cards that set the level. A private one is not printed, and named only if it must be."""
        said = self.assessment.disposition
        flags = [f for f in self.assessment.red_flags if f.id in said.because]
        reasons = list(dict.fromkeys(self.reason(f) for f in flags if not f.private))
        if said.code != "unfinished" and any(flag.private for flag in flags):
            pressing = urgency(said.code) >= urgency("soon")
            if pressing or not reasons:
                when = ", first thing" if pressing else ""
                reasons.insert(0, f"A matter to raise in person: please ask alone{when}")
            less = [f for f in self.assessment.red_flags if f not in flags and not f.private]
            reasons += [flag.clinician for flag in less]
        patterns = [p.clinician for p in self.assessment.patterns]
        return reasons or patterns or ["no red flag reported"]

    def resting(self) -> list[tuple[str, str]]:
        """The fewest answers that alone give the level, and those that would lower it if they were
        otherwise, where these are not the same."""
        reason, lowering = told_reason(self.assessment, self.book), self.assessment.lowering()
        together = self.assessment.lowering_together()
        changed = [change.remark for change in together.changes] if together else lowering
        if any(remark.private for remark in (*reason, *changed)):
            return []
        enough = list(dict.fromkeys(remark.clinical for remark in reason))
        lower = list(dict.fromkeys(remark.clinical for remark in changed))
        rows = [("Enough alone", " + ".join(enough))] if enough else []
        if lower and {*lower} != {*enough}:
            joined = " + ".join(lower) if together else " or ".join(lower[:MOST_DOUBTS])
            rows.append(("Less urgent without", joined))
        return rows

    def scale(self, code: Level) -> Marks:
        steps = tuple(reversed(LEVELS))
        places = tuple((_STEPS[step], mark(step == code)) for step in steps)
        said = f"{_STEPS[code]}, step {steps.index(code) + 1} of {len(steps)} (5 is an emergency)"
        return Marks("Urgency", places, said, scale=True)

    def reason(self, flag: Finding) -> str:
        """Why it is so urgent. A tick list that was not answered at all is one reason, not one a line."""
        if flag.certain:
            return flag.clinician
        known = [remark for remark in flag.unknown if not remark.private]
        unsure = list(dict.fromkeys(self.unanswered(r) or _bare(r.clinical) for r in known))
        return f"NOT SURE: {'; '.join(unsure[:MOST_DOUBTS])}"

    def unanswered(self, remark: Remark) -> str:
        """What to call a tick list that got no answer as a whole; empty for any other remark."""
        item = self.book.items[remark.item]
        if item.type != "choices" or not isinstance(self.effective_answer(item.id), NoAnswer):
            return ""
        title = next(s.title for s in self.book.frame.sections if s.id == item.section)
        shown = len(item.options) - len(hidden_codes(item, self.assessment.effective_answers))
        return f"no line answered of “{title}” ({item.id.replace('_', ' ')}, {shown} lines)"

    def not_known(self) -> list[str]:
        """What was answered "not sure" and could matter, and medicines that are not in the list."""
        doubts = [u.remark for u in self.assessment.unresolved if u.remark.answer != "not_asked"]
        known = [r for r in doubts if not r.private and r.item != "medicines"]
        said = [self.unanswered(remark) or _bare(remark.clinical) for remark in known]
        strange = [m.name for m in self.assessment.medicines if not m.generic]
        return [*dict.fromkeys(said), *(f"what “{name}” is" for name in strange)]

    def pattern(self) -> DocumentPart:
        rows = []
        for label, items in _PATTERN_ROWS:
            words = [word for item in items if (word := self.words(item, _IN_A_TABLE.get(item, ())))]
            if words:
                rows.append((label, "; ".join(words)))
        blocks: list[Block] = [Rows(tuple(rows))] if rows else []
        times, effective_answer = self.book.items.get("when"), self.effective_answer("when")
        if times is not None and isinstance(effective_answer, Ticks):
            places = tuple(
                (
                    o.clinical_yes or o.text,
                    mark(o.code in effective_answer.ticked, o.code in effective_answer.unsure),
                )
                for o in times.options
            )
            blocks.append(Marks("When", places, self.words("when") or "none of the times asked"))
        return DocumentPart("Pattern", tuple(blocks))

    def background(self) -> DocumentPart:
        said: dict[str, list[str]] = {}  # what was answered alike stands once
        for label, item in (
            ("Conditions", "conditions"), ("Kidneys", "kidneys"), ("Lately", "lately"),
            ("Intake", "drinks_food"), ("Activity", "days"),
        ):  # fmt: skip
            effective_answer = self.effective_answer(item)
            word = self.words(item)
            if not word and isinstance(effective_answer, Ticks):
                word = "none reported"
            if isinstance(effective_answer, NoAnswer):
                word = silence(effective_answer)
            said.setdefault(word, []).append(label if not said.get(word) else label.lower())
        rows = tuple((", ".join(labels), word) for word, labels in said.items())
        return DocumentPart("Background", (Rows(rows), *self.quotes("tried")))

    def contributors(self) -> DocumentPart:
        shown = [*self.assessment.patterns, *self.assessment.factors]
        entries = []
        for finding in shown:
            behind = "; ".join(remark.clinical for remark in finding.for_ if not remark.private)
            entries.append((f"{finding.title} ({finding.evidence}): {behind}", ()))
        block = (Bullets(tuple(entries)),) if entries else ()
        return DocumentPart("Possible contributors (by rule, from the answers)", block)

    def request(self) -> DocumentPart:
        """What an answer calls for, and nothing else: to look at, to test, to ask about medicines."""
        findings = [
            *self.assessment.red_flags, *self.assessment.patterns, *self.assessment.factors,
        ]  # fmt: skip
        rows = []
        examine = dict.fromkeys(what for finding in findings for what in finding.examine)
        if examine:
            rows.append(("Examine", "; ".join(examine)))
        tests = dict.fromkeys(test for finding in findings for test in finding.consider)
        if tests:
            rows.append(("Tests", f"{'; '.join(tests)} (if the picture fits)"))
        asked = [
            m for n, m in enumerate(self.assessment.medicines) if _linked(m) and not self.taken.too_young(n)
        ]
        if asked and self.assessment.disposition.code not in ("emergency", "same_day"):
            names = ", ".join(m.generic for m in asked)
            rows.append(("Medicines", f"Could {names} contribute? The person was told not to stop any."))
        return DocumentPart("To consider", (Rows(tuple(rows)),) if rows else ())


def _linked(medicine: MedicineNote) -> bool:
    """Whether the medicine is linked with what brings the person here, on whatever evidence."""
    return any("cramps" in word or "restless" in word for word in medicine.linked_with)


def _bare(unsure: str) -> str:
    """An unsure answer without the words that say so, where the heading says them."""
    return unsure.removesuffix(": not sure")
