"""The clinician's page: situation, background, assessment, request, on one page.

Printed only: what was answered, what was denied, what is unknown, and which cards fired.
"""

from __future__ import annotations

from collections.abc import Iterable

from triage.assessment import Assessment, Finding, MedicineNote, Remark
from triage.conditions.standing import Silence, Standing, Ticks
from triage.report.document import Banner, Block, Bullets, Document, Quote, Rows, Section, Text
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook

_PATTERN_ROWS = (
    ("Onset / trend", ("began", "trend")),
    ("Frequency", ("how_often",)),
    ("Duration", ("longest", "soreness")),
    ("Site / side", ("where", "side")),
    ("Timing", ("when",)),
    ("Character", ("feel", "knot_stretch")),
    ("Impact", ("effect", "worst_pain")),
)
_RLS = (
    ("urge", "rls_urge", "yes"),
    ("rest", "rls_rest", "yes"),
    ("movement", "rls_moving", "yes"),
    ("evening", "rls_evening", "yes"),
    ("not positional", "rls_shift", "no"),
)
_STARTED = {
    "recent": "started/changed ≤6 weeks ago",
    "long_ago": "for >6 weeks",
    "unsure": "start not known",
}


def clinician_document(assessment: Assessment, rulebook: Rulebook) -> Document:
    """The page for a clinician. Private answers stay off it."""
    page = _Page(assessment, rulebook)
    sections = (
        page.situation(), page.medicines(), page.pattern(), page.findings(),
        page.background(), page.contributors(), page.request(),
    )  # fmt: skip
    version = f"{assessment.rulebook_id} rulebook {assessment.rulebook_version}"
    footer = (
        f"{assessment.clinician_note} {version} ({assessment.rulebook_sha256[:12]}), "
        f"{assessment.date.isoformat()}.",
        "Safety-net given: emergency and same-day signs were shown to the person.",
    )
    shown = tuple(section for section in sections if section.blocks)
    return Document("Leg cramps: pre-visit summary", shown, footer)


class _Page:
    def __init__(self, assessment: Assessment, rulebook: Rulebook) -> None:
        self.assessment = assessment
        self.book = rulebook

    def standing(self, item: str) -> Standing:
        return self.assessment.standings.get(item, Silence.NOT_ASKED)

    def situation(self) -> Section:
        said = self.assessment.disposition
        who = [self.words(item) for item in ("age", "sex", "pregnancy", "about")]
        lines = [("Who", ", ".join(word for word in who if word))]
        flags = [f for f in self.assessment.red_flags if f.id in said.because]
        reasons = list(dict.fromkeys(self.reason(f) for f in flags if not f.private))
        if any(flag.private for flag in flags):
            reasons.insert(0, "A private reason, not printed here: please ask alone, first thing")
            less = [f for f in self.assessment.red_flags if f not in flags and not f.private]
            reasons += [flag.clinician for flag in less]
        patterns = [p.clinician for p in self.assessment.patterns]
        lines.append(("Because", " | ".join(reasons or patterns or ["no red flag reported"])))
        lines.append(("Not known", "; ".join(self.not_known()) or "nothing relevant"))
        blocks: list[Block] = [Banner(said.code, said.clinician, tuple(lines))]
        for item in ("own_words", "worry", "hope", "tried", "allergies"):
            text = self.standing(item)
            if isinstance(text, str) and text.strip():
                label = self.book.items[item].clinical_yes or item
                blocks.append(Quote(label, text.strip()))
        return Section("Situation", tuple(blocks))

    def reason(self, flag: Finding) -> str:
        """Why it is so urgent. A tick list that was not answered at all is one reason, not one a line."""
        if flag.certain:
            return flag.clinician
        silent = {self.unanswered(remark) for remark in flag.unknown}
        return f"NOT SURE: {silent.pop() if len(silent) == 1 and '' not in silent else flag.clinician}"

    def unanswered(self, remark: Remark) -> str:
        """What to call a tick list that got no answer as a whole; empty for any other remark."""
        item = self.book.items[remark.item]
        if item.type != "choices" or not isinstance(self.standing(item.id), Silence):
            return ""
        title = next(s.title for s in self.book.frame.sections if s.id == item.section)
        return f"no line answered of “{title}” ({item.id.replace('_', ' ')}, {len(item.options)} lines)"

    def not_known(self) -> list[str]:
        """What was answered "not sure" and could matter, and medicines that are not in the list."""
        doubts = [u.remark for u in self.assessment.unresolved if u.remark.answer != "not_asked"]
        known = [r for r in doubts if not r.private and r.item != "medicines"]
        said = [self.unanswered(remark) or remark.clinical for remark in known]
        strange = [m.name for m in self.assessment.medicines if not m.generic]
        return [*dict.fromkeys(said), *(f"what “{name}” is" for name in strange)]

    def medicines(self) -> Section:
        standing = self.standing("medicines")
        entries = [(self.medicine(m), ()) for m in self.assessment.medicines]
        blocks: list[Block] = [Bullets(tuple(entries))] if entries else []
        if isinstance(standing, Silence):
            blocks.append(Text(f"Prescribed: {_silence(standing)}."))
        elif not entries:
            blocks.append(Text("Prescribed: none reported."))
        bought = self.words("bought") or "none reported"
        dose = self.words("magnesium_dose")
        blocks.append(Text(f"Bought: {bought}{f' ({dose})' if dose else ''}."))
        return Section("Medicines", tuple(blocks))

    def medicine(self, note: MedicineNote) -> str:
        name = note.name
        if note.generic and note.generic.casefold() != name.casefold():
            name = f"{name} ({note.generic})"
        since = _STARTED.get(note.started or "unsure", f"since {note.started}")
        if not note.generic:
            return f"{name}: as typed, not in our list; {since}"
        linked = f"; linked with {', '.join(note.linked_with)}" if note.linked_with else ""
        return f"{name}: {since}{linked}"

    def pattern(self) -> Section:
        rows = []
        for label, items in _PATTERN_ROWS:
            words = [word for item in items if (word := self.words(item))]
            if words:
                rows.append((label, "; ".join(words)))
        return Section("Pattern", (Rows(tuple(rows)),) if rows else ())

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
                (not_asked if standing is Silence.NOT_ASKED else unsure).append(_label(item))
            elif isinstance(standing, Ticks):
                positive += _lines(item, standing.ticked)
                unsure += _lines(item, standing.unsure)
        rows = [("Positive", "; ".join(positive) or "none of the red-flag lines")]
        denied = [negative.clinical for negative in self.assessment.pertinent_negatives]
        if denied:
            rows.append(("Denied", "; ".join(denied)))
        if unsure:
            rows.append(("Not sure", "; ".join(unsure)))
        if not_asked:
            rows.append(("Not asked", "; ".join(not_asked)))
        rls = self.rls()
        if rls:
            rows.append(("RLS criteria", rls))
        return Section("Pertinent positives and negatives", (Rows(tuple(rows)),))

    def rls(self) -> str:
        standings = {item: self.standing(item) for _, item, _ in _RLS}
        if isinstance(standings["rls_urge"], Silence):
            return ""
        marks = []
        for word, item, wanted in _RLS:
            standing = standings[item]
            mark = "?" if isinstance(standing, Silence) else "+" if standing == wanted else "-"
            marks.append(f"{word} {mark}")
        met = sum(standings[item] == wanted for _, item, wanted in _RLS)
        return f"{met}/5 met: {', '.join(marks)}"

    def background(self) -> Section:
        rows = []
        for label, item in (
            ("Conditions", "conditions"), ("Kidneys", "kidneys"), ("Lately", "lately"),
            ("Intake", "drinks_food"), ("Activity", "days"),
        ):  # fmt: skip
            standing = self.standing(item)
            word = self.words(item)
            if not word and isinstance(standing, Ticks):
                word = "none reported"
            if not word and isinstance(standing, Silence):
                word = _silence(standing)
            rows.append((label, word))
        return Section("Background", (Rows(tuple(rows)),))

    def contributors(self) -> Section:
        shown = [*self.assessment.patterns, *self.assessment.factors]
        entries = []
        for finding in shown:
            behind = "; ".join(remark.clinical for remark in finding.for_ if not remark.private)
            entries.append((f"{finding.title} ({finding.evidence}): {behind}", ()))
        block = (Bullets(tuple(entries)),) if entries else ()
        return Section("Possible contributors (by rule, from the answers)", block)

    def request(self) -> Section:
        findings = [
            *self.assessment.red_flags, *self.assessment.patterns, *self.assessment.factors,
        ]  # fmt: skip
        tests = dict.fromkeys(test for finding in findings for test in finding.consider)
        blocks: list[Block] = []
        if tests:
            blocks.append(Text(f"If the picture fits: {'; '.join(tests)}."))
        asked = [m for m in self.assessment.medicines if "night cramps" in m.linked_with]
        if asked:
            names = ", ".join(m.generic for m in asked)
            blocks.append(Text(f"Could {names} contribute? The person was told not to stop it."))
        return Section("To consider", tuple(blocks))

    def words(self, item_id: str) -> str:
        """The clinical words for an answer; empty if there is none to print."""
        item = self.book.items.get(item_id)
        standing = self.standing(item_id)
        if item is None or standing is Silence.NOT_ASKED or standing is Silence.UNREACHABLE:
            return ""
        if isinstance(standing, Silence):
            return f"{_label(item)}: {_silence(standing)}"
        if isinstance(standing, Ticks):
            unsure = [f"{line} (not sure)" for line in _lines(item, standing.unsure)]
            return ", ".join([*_lines(item, standing.ticked), *unsure])
        if isinstance(standing, str):
            option = item.option(standing)
            return (option.clinical_yes or option.text) if option else ""
        return f"{item.clinical_yes or item.text} {standing}"


def _lines(item: Item, codes: Iterable[str]) -> list[str]:
    wanted = set(codes)
    return [
        option.clinical_yes or option.text
        for option in item.options
        if option.code in wanted and not option.private
    ]


def _label(item: Item) -> str:
    return item.clinical_yes or item.id.replace("_", " ")


def _silence(standing: Silence) -> str:
    return {"unsure": "not sure", "declined": "not answered"}.get(standing.value, "not asked")
