"""Who it is about, why it is so urgent, and what is not known: the first lines of the clinician's page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from triage.conditions.leaf import NoAnswer
from triage.engine.assessment import Finding, Remark
from triage.engine.effective import hidden_codes
from triage.report.clinician.clinical_words import ClinicalWords, silence
from triage.report.enough import told_reason
from triage.report.order_told import in_order_told
from triage.rulebook.model import urgency

RISKS = " (with: {})"  # stands behind the reason to which they belong
DASH = " - "
TAKES = "Takes "
_ALTERNATIVES = re.compile(r"/|,| or |[(≥]")
MOST_SIGNS = 5  # a reason with more of them keeps the short words of its card
MOST_DOUBTS = 3  # unsure answers named for one reason


class Reasons(ClinicalWords):
    """The person, the reasons and the doubts, in a clinician's words."""

    def first_lines(self) -> list[tuple[str, str]]:
        """Who, when and told by whom, and which leg if that was asked: before anything else."""
        day, told_by = self.assessment.date.isoformat(), self.answered(self.page.told_by)
        besides = filter(None, map(self.words, self.page.who_besides))
        who = ", ".join([*map(self.answered, self.page.who), *besides])
        lines = [
            (self.sentence("row_who"), self.sentence("name_by_hand", who=who)),
            (self.sentence("row_date"), self.sentence("on_the_date", date=day, told_by=told_by)),
        ]
        sides = self.effective_answer(self.page.legs)
        legs = silence(sides) if isinstance(sides, NoAnswer) else self.words(self.page.legs)
        asked = sides not in (NoAnswer.NOT_ASKED, NoAnswer.UNREACHABLE)
        leg = self.words(self.page.side) or (legs if asked else "")
        return [*lines, (self.sentence("row_side"), leg)] if leg else lines

    def reasons(self) -> list[str]:
        """The cards that set the level. A private one is not printed, and named only if it must be."""
        said = self.assessment.disposition
        setting = [f for f in self.assessment.red_flags if f.id in said.because]
        flags = in_order_told(self.without_general(setting), self.book)
        reasons = self.with_risks([f for f in flags if not f.private])
        if said.code != "unfinished" and any(flag.private for flag in flags):
            pressing = urgency(said.code) >= urgency("soon")
            if pressing or not reasons:
                reasons.insert(0, self.sentence("ask_alone_first" if pressing else "ask_alone"))
            less = [f for f in self.assessment.red_flags if f.id not in said.because and not f.private]
            reasons += [self.reason(flag) for flag in less]
        patterns = [p.clinician for p in self.assessment.patterns]
        return reasons or patterns or [self.sentence("no_red_flag")]

    def without_general(self, flags: list[Finding]) -> list[Finding]:
        """Without those that only say in general that it should be looked at, where another says why: how
        often it comes, and that it is no cramp, stands in the pattern."""
        told = [flag for flag in flags if not getattr(self.book.cards[flag.id], "general", False)]
        return told if any(flag.certain and not flag.private for flag in told) else flags

    def with_risks(self, flags: list[Finding]) -> list[str]:
        """Each reason, and beside it what else was told that makes it weigh more: each risk once. Doubts
        beside something certain are told once, in the row on what is not known, if that has them."""
        told: dict[str, list[str]] = {}
        said: set[str] = set()
        certain = [flag for flag in flags if flag.certain]
        for flag in certain or flags:
            risks = [risk for risk in self.risks(flag) if risk not in said]
            said.update(risks)
            told.setdefault(self.reason(flag), []).extend(risks)
        reasons = [
            f"{reason}{RISKS.format('; '.join(risks))}" if risks else reason
            for reason, risks in told.items()
        ]
        doubts = [flag for flag in flags if not flag.certain] if certain else []
        row = {*self.not_known()}
        unsure = dict.fromkeys(word for flag in doubts for word in self.doubted(flag) if word not in row)
        return [*reasons, self.sentence("not_sure_of", what="; ".join(unsure))] if unsure else reasons

    def risks(self, flag: Finding) -> list[str]:
        """Illnesses, events, medicines and a pregnancy behind a reason: its own, and those of a factor that
        rests on one of its signs. A cramp, as nearly all have it, is no sign that joins them."""
        signs = {r for r in flag.for_ if not self.is_risk(r) and not self.is_usual_line(r)}
        beside = [f for f in self.assessment.factors if signs & {*f.for_}]
        found = [remark for finding in (flag, *beside) for remark in finding.for_ if self.is_risk(remark)]
        words = dict.fromkeys(remark.clinical for remark in found if not remark.private)
        said = self.stated(flag)
        return [word for word in words if word not in said and not _are_named(word, said)]

    def is_risk(self, remark: Remark) -> bool:
        """Whether it is no sign, but something that makes a sign weigh more; never what is usual."""
        item = self.book.items[remark.item]
        if item.red_flag or item.unchanging or item.section not in self.page.risk_sections:
            return False
        return remark.answer not in ("no", item.usual, *(silent.value for silent in NoAnswer))

    def is_usual_line(self, remark: Remark) -> bool:
        """Whether it is a line of a tick list that is usually ticked."""
        usual = self.book.items[remark.item].usual
        return remark.answer == "yes" and isinstance(usual, tuple) and remark.option in usual

    def resting(self) -> list[tuple[str, str]]:
        """The fewest answers that alone give the level, and those that would lower it if they were
        otherwise, where these are not the same."""
        reason, lowering = told_reason(self.assessment, self.book), self.assessment.lowering()
        together = self.assessment.lowering_together()
        changed = [change.remark for change in together.changes] if together else lowering
        if any(remark.private for remark in (*reason, *changed)):
            return []
        enough = list(dict.fromkeys(remark.clinical for remark in self.telling(reason)))
        lower = list(dict.fromkeys(remark.clinical for remark in changed))
        several = len(self.assessment.disposition.because) > 1  # or the reason above says it
        said_above = any(reason.startswith(" + ".join(enough)) for reason in self.reasons())
        pressing = self.assessment.disposition.code in ("emergency", "same_day", "soon")
        alone = (self.sentence("row_alone"), " + ".join(enough))
        rows = [alone] if enough and several and pressing and not said_above else []
        if any(remark.answer == "no" for remark in changed):
            lower = []  # “without” would stand before something that was denied
        if lower and {*lower} != {*enough}:
            joined = " + ".join(lower) if together else " or ".join(lower[:MOST_DOUBTS])
            rows.append((self.sentence("row_less_urgent"), joined))
        return rows

    def reason(self, flag: Finding) -> str:
        """Why it is so urgent. A tick list that was not answered at all is one reason, not one a line."""
        if flag.certain:
            return self.stated(flag)
        return self.sentence("not_sure_of", what="; ".join(self.doubted(flag)))

    def doubted(self, flag: Finding) -> list[str]:
        """Of what a reason is in doubt, as far as it may be printed: the first few."""
        known = [remark for remark in flag.unknown if not remark.private]
        return list(dict.fromkeys(self.unanswered(r) or _bare(r.clinical) for r in known))[:MOST_DOUBTS]

    def stated(self, flag: Finding) -> str:
        """The words of a card; where they name several signs of which one is enough, those that were told.

        A card says “SIGN - ?CAUSE. WHAT TO DO.” Of a sign with alternatives nobody could tell which is so.
        """
        sign, dash, rest = flag.clinician.partition(DASH)
        remarks = [
            remark
            for remark in flag.for_
            if remark.answer != "no" and not remark.private and not self.book.items[remark.item].unchanging
        ]
        told = _taken_once(list(dict.fromkeys(remark.clinical for remark in self.telling(remarks))))
        fewest = 2 if len(remarks) == len(self.telling(remarks)) else 1
        if not dash or not _ALTERNATIVES.search(sign) or not fewest <= len(told) <= MOST_SIGNS:
            return flag.clinician
        return f"{' + '.join(told)}{DASH}{rest}"

    def telling(self, remarks: Sequence[Remark]) -> list[Remark]:
        """Without those in general words, where another one of them says which of several signs it is."""
        items = {remark.item for remark in remarks}
        beside = [told for told in self.page.not_told_beside if items.intersection(told.signs)]
        needless = self.told_elsewhere(beside)
        return [remark for remark in remarks if (remark.item, remark.option) not in needless]

    def unanswered(self, remark: Remark) -> str:
        """What to call a tick list that got no answer as a whole; empty for any other remark."""
        item = self.book.items[remark.item]
        if item.type != "choices" or not isinstance(self.effective_answer(item.id), NoAnswer):
            return ""
        title = next(s.title for s in self.book.frame.sections if s.id == item.section)
        shown = len(item.options) - len(hidden_codes(item, self.assessment.effective_answers))
        question = item.id.replace("_", " ")
        return self.sentence("no_line_answered", title=title, question=question, number=shown)

    def not_known(self) -> list[str]:
        """What was answered "not sure" and could matter, and medicines that are not in the list."""
        doubts = [u.remark for u in self.assessment.unresolved if u.remark.answer != "not_asked"]
        known = [r for r in doubts if not r.private and r.item != "medicines"]
        said = [self.unanswered(remark) or _bare(remark.clinical) for remark in known]
        strange = [m.name for m in self.assessment.medicines if not m.generic]
        return [*dict.fromkeys(said), *(self.sentence("what_it_is_called", name=name) for name in strange)]


def _are_named(takes: str, said: str) -> bool:
    """Whether words on medicines name none that is not named already."""
    names = takes.removeprefix(TAKES).split(", ")
    return takes.startswith(TAKES) and all(name.partition(" (")[0] in said for name in names)


def _taken_once(told: list[str]) -> list[str]:
    """Medicines that several parts of a card name stand together, each once, with the most said of it."""
    takes = [words.removeprefix(TAKES) for words in told if words.startswith(TAKES)]
    if len(takes) < 2:
        return told
    names: dict[str, str] = {}
    for name in (name for words in takes for name in words.split(", ")):
        plain = name.partition(" (")[0]
        names[plain] = max(names.get(plain, ""), name, key=len)
    together = f"{TAKES}{', '.join(names.values())}"
    return list(dict.fromkeys(together if words.startswith(TAKES) else words for words in told))


def _bare(unsure: str) -> str:
    """An unsure answer without the words that say so, where the heading says them."""
    return unsure.removesuffix(": not sure")
