"""The clinician's page: situation, background, assessment, request, on one page.

Printed only: what was answered, what was denied, what is unknown, and which cards fired.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from triage.conditions.leaf import NoAnswer, Ticks
from triage.diary.nights import FourWeeks
from triage.engine.assessment import Assessment, MedicineNote, Remark
from triage.engine.effective import hidden_codes
from triage.engine.onset import ONSET
from triage.report.adding import is_told_to_keep
from triage.report.clinician.clinical_words import mark, silence
from triage.report.clinician.findings import Signs
from triage.report.clinician.medicines import MedicineLines
from triage.report.clinician.reasons import Reasons
from triage.report.clinician.unknown import URGENT, NotKnown
from triage.report.diary.figure import clinical_words, nights_figure
from triage.report.document import Banner, Block, Bullets, Document, DocumentPart, Marks, Rows
from triage.rulebook.cards import Pattern
from triage.rulebook.model import LEVELS, Level
from triage.rulebook.rulebook import Rulebook

_SENTENCE_END = re.compile(r"(?<=[a-z)\d])\. (?=[A-Z])")


def clinician_document(
    assessment: Assessment, rulebook: Rulebook, *, told: bool = False, diary: FourWeeks | None = None
) -> Document:
    """The page for a clinician, in SBAR order. Private answers stay off it.

    ``told``: the person has seen the result. Only then does the page say that they were told anything.
    ``diary``: four weeks of nights that they want on it.
    """
    page = _Page(assessment, rulebook, told, diary)
    signs = Signs(assessment, rulebook)
    sections = (
        page.situation(), page.taken.section(), page.pattern(), signs.findings(),
        page.background(), page.contributors(), page.request(),
    )  # fmt: skip
    version = f"{assessment.rulebook_id} rulebook {assessment.rulebook_version}"
    footer = (
        f"{assessment.clinician_note} {version} ({assessment.rulebook_sha256[:12]}), "
        f"{assessment.date.isoformat()}. "
        f"{page.net()}",
    )
    shown = tuple(section for section in sections if section.blocks)
    return Document(page.sentence("page_title"), shown, footer, compact=True)


class _Page(Reasons, NotKnown):
    def __init__(
        self, assessment: Assessment, rulebook: Rulebook, told: bool, diary: FourWeeks | None
    ) -> None:
        super().__init__(assessment, rulebook)
        self.taken = MedicineLines(assessment, rulebook)
        self.told = told
        self.diary = diary

    def net(self) -> str:
        """What the person was told of when to get help sooner, if that is known."""
        code = self.assessment.disposition.code
        who = "net_carer" if self.assessment.about_another else "net_person"
        if not self.told or code == "unfinished":
            return self.sentence("net_open")
        # The same words for all who are to be seen today: some of these pages stand alone.
        return self.sentence(f"{who}_until_seen" if code in URGENT else who)

    def situation(self) -> DocumentPart:
        said = self.assessment.disposition
        lines = [*self.first_lines(), (self.sentence("row_because"), " · ".join(self.reasons()))]
        lines += self.resting()
        lines += self.picture()
        taken = self.taken.in_short()
        if taken:
            lines.append((self.sentence("row_takes"), ", ".join(taken)))
        lines.append((self.sentence("row_not_known"), self.unknown(self.not_known())))
        blocks: list[Block] = [
            Banner(said.code, said.clinician, tuple(lines)),
            *self.quotes(*self.page.own_words),
        ]
        blocks += self.quotes(*self.page.hopes)
        if said.code != "unfinished":
            blocks.append(self.scale(said.code))
        return DocumentPart(self.sentence("title_situation"), tuple(blocks))

    def picture(self) -> list[tuple[str, str]]:
        """What it looks like. Beside an urgent sign it is no picture of that sign, and is told as such."""
        cards = [self.book.cards[found.id] for found in self.assessment.patterns]
        if not cards:
            return []
        told = "; ".join(f"{found.title} ({found.evidence})" for found in self.assessment.patterns)
        if self.assessment.disposition.code not in URGENT:
            return [(self.sentence("row_picture"), told)]
        cramps = all(isinstance(card, Pattern) and card.cramp for card in cards)
        bears = self.sentence("explains_not" if cramps else "rules_out_not", picture=told)
        return [(self.sentence("row_coexists"), bears)]

    def scale(self, code: Level) -> Marks:
        steps = tuple(reversed(LEVELS))
        places = tuple((self.sentence(f"step_{step}"), mark(step == code)) for step in steps)
        number, reached = steps.index(code) + 1, self.sentence(f"step_{code}")
        said = self.sentence("step_reached", step=reached, number=number, steps=len(steps))
        return Marks(self.sentence("row_urgency"), places, said, scale=True)

    def pattern(self) -> DocumentPart:
        rows = []
        table = self.page.restless
        tabled = {table.signs: table.criteria} if table else {}  # lines that are not said again in the rows
        for row in self.page.pattern:
            words = [word for item in row.items if (word := self.words(item, tabled.get(item, ())))]
            if ONSET in row.items and not self.words(ONSET):  # never left open without a word
                told = isinstance(self.effective_answer(self.page.since_words), str)
                when = self.sentence("in_words_above") if told else silence(NoAnswer.NOT_ASKED)
                words.insert(0, self.sentence("since_when", when=when))
            if words:
                rows.append((row.label, "; ".join(words)))
        drawn: list[Block] = []
        if self.diary is not None and self.book.diary is not None:
            said = clinical_words(self.book.diary, self.diary)
            rows.append((self.sentence("row_diary"), said))
            drawn.append(nights_figure(self.book.diary, self.diary, self.sentence("row_nights"), said))
        blocks: list[Block] = [Rows(tuple(rows))] if rows else []
        times, effective_answer = (
            self.book.items.get(self.page.times),
            self.effective_answer(self.page.times),
        )
        if times is not None and isinstance(effective_answer, Ticks):
            hidden = hidden_codes(times, self.assessment.effective_answers)  # never asked: no empty circle
            places = tuple(
                (
                    o.clinical_yes or o.text,
                    mark(o.code in effective_answer.ticked, o.code in effective_answer.unsure),
                )
                for o in times.options
                if o.code not in hidden
            )
            times_told = self.words(self.page.times) or self.sentence("no_times")
            blocks.append(Marks(self.sentence("row_times"), places, times_told))
        return DocumentPart(self.sentence("title_pattern"), (*blocks, *drawn))

    def background(self) -> DocumentPart:
        said: dict[str, list[str]] = {}  # what was answered alike stands once
        needless = self.told_elsewhere(self.page.not_told_beside)
        for row in self.page.background:
            effective_answer = self.effective_answer(row.item)
            elsewhere = frozenset(code for item, code in needless if item == row.item and code)
            word = self.words(row.item, elsewhere)
            if not word and isinstance(effective_answer, Ticks):
                if effective_answer.ticked & elsewhere:
                    continue  # all of it stands by its name in another row
                word = self.sentence("none_reported")  # of what was asked; private lines stay off the page
            if isinstance(effective_answer, NoAnswer):
                before = [(item, code) for item, codes in row.unless_denied.items() for code in codes]
                unasked = effective_answer in (NoAnswer.NOT_ASKED, NoAnswer.UNREACHABLE)
                if unasked and any(self.how(item, code) == "denied" for item, code in before):
                    continue  # not asked, as trouble with them was denied by name
                word = silence(effective_answer)
            said.setdefault(word, []).append(row.label if not said.get(word) else row.label.lower())
        rows = [(", ".join(labels), word) for word, labels in said.items()]
        for above, row in pairwise(self.page.background):
            if row.joins and [label for label, _ in rows[:2]] == [above.label, row.label]:
                below = self.effective_answer(row.item)
                silent = f"{row.label.lower()}: {rows[1][1]}" if isinstance(below, NoAnswer) else rows[1][1]
                rows[:2] = [(above.label, f"{rows[0][1]}; {silent}")]  # two short lines, one matter
        if denied := self.denied().get("history"):
            rows.append((self.sentence("row_no_history"), "; ".join(denied)))
        tried = self.quotes(*self.page.tried)
        return DocumentPart(self.sentence("title_background"), (Rows(tuple(rows)), *tried))

    def contributors(self) -> DocumentPart:
        """What may contribute to cramps, which is not what an emergency is about."""
        title = self.sentence("title_contributors")
        if self.assessment.disposition.code == "emergency":
            return DocumentPart(title, ())
        behind: dict[str, list[str]] = {}  # what rests on the same answers stands in one line
        for finding in self.assessment.factors:
            told = [remark for remark in finding.for_ if self.tells(remark)]
            special = [remark for remark in told if not self.is_usual_line(remark)]
            said = (remark.clinical for remark in special or told)
            answers = "; ".join(dict.fromkeys(said))  # a line and its closer list say the same
            short = _SENTENCE_END.split(finding.clinician, maxsplit=1)[0].rstrip(".")
            behind.setdefault(answers, []).append(f"{short} ({finding.evidence})")
        lines = [
            f"{answers}: {'; '.join(links)}" if answers else "; ".join(links)
            for answers, links in behind.items()
        ]
        block = (Bullets.of(*lines),) if lines else ()
        return DocumentPart(title, block)

    def tells(self, remark: Remark) -> bool:
        """Whether it tells why something may contribute; no denials, and not the age."""
        return not remark.private and remark.answer != "no" and not self.book.items[remark.item].unchanging

    def request(self) -> DocumentPart:
        """What an answer calls for, and nothing else: to look at, to test, to ask about medicines."""
        level = self.assessment.disposition
        findings = [
            *self.assessment.red_flags, *self.assessment.patterns, *self.assessment.factors,
        ]  # fmt: skip
        if level.code == "emergency":  # nothing that can wait
            findings = [flag for flag in self.assessment.red_flags if flag.id in level.because]
        rows = []
        examine = _once(what for finding in findings for what in finding.examine)
        if examine:
            rows.append((self.sentence("row_examine"), "; ".join(examine)))
        tests = _once(test for finding in findings for test in finding.consider)
        if tests:
            rows.append((self.sentence("row_tests"), "; ".join(tests)))
        asked = [
            m for n, m in enumerate(self.assessment.medicines) if _linked(m) and not self.taken.too_young(n)
        ]
        if asked and self.assessment.disposition.code not in ("emergency", "same_day"):
            names = ", ".join(m.generic for m in asked)
            said = self.sentence("could_contribute", names=names)
            if self.told and is_told_to_keep(self.assessment, self.book):
                said = f"{said} {self.sentence('told_to_keep')}"
            rows.append((self.sentence("row_ask_medicines"), said))
        return DocumentPart(self.sentence("title_request"), (Rows(tuple(rows)),) if rows else ())


def _once(words: Iterable[str]) -> list[str]:
    """Each once: not “B12” beside “B12/folate”, “K” beside “U&E”, or “CK if weak” beside “CK”."""
    asked = list(dict.fromkeys(words))
    plain = [word for word in asked if " if " not in word]

    def included(word: str) -> bool:
        test = word.partition(" if ")[0]
        others = [other for other in plain if other != word]
        parts = {part for other in others for part in other.split("/")}
        return test in parts or (test in ("K", "Na") and "U&E" in parts)

    return [word for word in asked if not included(word)]


def _linked(medicine: MedicineNote) -> bool:
    """Whether the medicine is linked with what brings the person here, on whatever evidence."""
    return any("cramps" in word or "restless" in word for word in medicine.linked_with)
