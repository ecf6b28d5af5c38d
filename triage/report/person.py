"""The result as the person reads it: how soon first, then why, then what to do."""

from __future__ import annotations

from collections.abc import Iterable

from triage.assessment import Assessment, Finding, Given, TheoryNote
from triage.report.document import Banner, Block, Bullets, Document, Section, Text
from triage.rulebook.cards import RedFlag
from triage.rulebook.model import LEVELS, Verdict
from triage.rulebook.rulebook import Rulebook

EVIDENCE: dict[Verdict, str] = {
    "supported": "well supported by studies",
    "plausible": "likely, but little studied",
    "contested": "studies do not agree",
    "unproven": "no good studies",
    "refuted": "studies speak against it",
}
ONE_VISIT = "One visit is enough: the one named above."
BRIEF = 3  # so many of each kind of advice are shown in full on the short page
_URGENT = ("emergency", "same_day")
_KINDS = {
    "try": "What is safe to try",
    "ask": "What to ask a pharmacist or clinician",
    "avoid": "What to leave alone",
    "know": "Good to know",
}


def person_document(assessment: Assessment, rulebook: Rulebook, *, full: bool = True) -> Document:
    """The document for the person who answered. At an emergency it holds only what to do.

    ``full`` adds the reasons for everything and where it comes from; without it the page is short
    enough to be read at night.
    """
    page = _Page(assessment, rulebook, full)
    code = assessment.disposition.code
    if assessment.disposition.alone:
        return Document("Your result", (page.alone(),), assessment.always)
    calm = code not in _URGENT and code != "unfinished"
    sections = [page.disposition(), *page.why(), *page.besides()]
    if calm:
        sections += [*page.patterns(), *page.factors()]
    sections += page.advice()
    if code == "emergency":
        sections += page.crisis()
    else:
        sections += [*page.unknown(), page.sooner()]
        if calm:
            sections += page.theories()
        if full:
            sections += page.sources()
    return Document("Your result", tuple(sections), assessment.always)


def rest_document(assessment: Assessment, rulebook: Rulebook) -> Document:
    """What the other answers say, for who wants to read it beside a page that stands alone."""
    page = _Page(assessment, rulebook, full=False)
    first = Section("", (Text("Get help for what stands on the first page. This can wait."),))
    sections = (first, *page.others(), *page.patterns(), *page.factors(), page.sooner())
    return Document("What your other answers say", sections, assessment.always)


class _Page:
    def __init__(self, assessment: Assessment, rulebook: Rulebook, full: bool) -> None:
        self.assessment = assessment
        self.rulebook = rulebook
        self.full = full
        shown: tuple[Finding | Given | TheoryNote, ...] = (
            *assessment.red_flags, *assessment.patterns, *assessment.factors, *assessment.advice,
            *assessment.theories,
        )  # fmt: skip
        keys = dict.fromkeys(key for entry in shown for key in entry.sources)
        self.numbers = {key: number for number, key in enumerate(keys, 1)}

    def cited(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Where it comes from, as numbers of the list at the end of the full page."""
        named = ", ".join(str(number) for number in sorted(self.numbers[key] for key in keys))
        urgent = self.assessment.disposition.code == "emergency"
        return (f"Sources: {named}",) if self.full and named and not urgent else ()

    def alone(self) -> Section:
        """What must stand by itself: whom to call and what to say, a kind word, what to do."""
        said = self.assessment.disposition
        banner = Banner(said.code, said.label, tuple(self.calling()))
        kind = (Text(flag.because) for flag in self.setting())
        return Section("", (banner, *kind, Bullets.of(*said.do)))

    def calling(self) -> list[tuple[str, str]]:
        """When, where, and one sentence to say."""
        said = self.assessment.disposition
        lines = [("When", said.within), ("Where", said.place)]
        return [*lines, ("Say", f"“{said.say}”")] if said.say else lines

    def disposition(self) -> Section:
        said = self.assessment.disposition
        lines = self.calling()
        titles = [f.title if f.certain else f"not sure about “{f.title}”" for f in self.setting()]
        if said.code in _URGENT and titles:
            lines.insert(0, ("Because of", "; ".join(titles)))
        return Section("", (Banner(said.code, said.label, tuple(lines)), Bullets.of(*said.do)))

    def setting(self) -> list[Finding]:
        """The red flags that set the disposition; those with a page of their own first, doubts last."""
        flags = [f for f in self.assessment.red_flags if f.id in self.assessment.disposition.because]
        return sorted(flags, key=lambda flag: (not flag.certain, not self.own(flag)))

    def own(self, flag: Finding) -> bool:
        card = self.rulebook.cards[flag.id]
        return isinstance(card, RedFlag) and card.own_page is not None

    def besides(self) -> list[Section]:
        """A card with a page of its own never gets lost beside something more urgent."""
        if self.assessment.disposition.code not in _URGENT:
            return []
        setting = self.assessment.disposition.because
        flags = [f for f in self.assessment.red_flags if self.own(f) and f.certain and f.id not in setting]
        return [Section("And as important", (self.flags(flags, True),))] if flags else []

    def crisis(self) -> list[Section]:
        """The line for a crisis, where no safety-net stands."""
        said = self.assessment.crisis
        return [Section("", (Text(said),))] if said else []

    def why(self) -> list[Section]:
        """Why it is so urgent. Less urgent cards come after it, never beside a "today"."""
        flags = self.setting()
        calm = self.assessment.disposition.code not in _URGENT
        return [
            *([Section("Why we say this", (self.flags(flags, True),))] if flags else []),
            *(self.others() if calm else []),
        ]

    def others(self) -> list[Section]:
        """The red flags that do not set the disposition."""
        setting = self.setting()
        others = [flag for flag in self.assessment.red_flags if flag not in setting]
        told = [flag for flag in others if flag.certain or self.full]
        blocks: list[Block] = [Text(ONE_VISIT), self.flags(told, self.full)] if told else []
        doubtful = [flag.title for flag in others if flag not in told]
        if doubtful:
            blocks.append(Text(f"You could not tell these: {'; '.join(doubtful)}."))
        return [Section("Also worth telling the clinician", tuple(blocks))] if blocks else []

    def flags(self, flags: Iterable[Finding], full: bool) -> Bullets:
        return Bullets(tuple((flag.title, self.flag(flag, full)) for flag in flags))

    def flag(self, flag: Finding, full: bool) -> tuple[str, ...]:
        if not flag.certain:
            return self.doubt(flag, full)
        if not full:
            return (flag.because,)
        details = [flag.because]
        if flag.do_now:
            details.append(f"What to do: {flag.do_now}")
        details += [f"Your answer: {remark.text}" for remark in flag.for_]
        return (*details, *self.cited(flag.sources))

    def doubt(self, flag: Finding, full: bool) -> tuple[str, ...]:
        """A flag that only "not sure" raises: what is not known, and how urgent it is if it is so."""
        unsure = "; ".join(remark.text for remark in flag.unknown[:BRIEF])
        card = self.rulebook.cards[flag.id]
        assert isinstance(card, RedFlag)
        label = self.rulebook.dispositions[card.disposition].label
        details = [f"You could not tell: {unsure}.", f"If it is so: {label}."]
        if full and flag.do_now and card.if_unsure == card.disposition:
            details.append(f"What to do: {flag.do_now}")  # the same, whether it is so or not
        if full:
            details += [f"Your answer: {remark.text}" for remark in flag.for_]
        return (*details, *self.cited(flag.sources))

    def patterns(self) -> list[Section]:
        if not self.assessment.patterns:
            return []
        entries = []
        for pattern in self.assessment.patterns:
            details = [pattern.because]
            if pattern.do_now:
                details.append(f"What to do: {pattern.do_now}")
            if self.full:
                details += [f"For it: {remark.text}" for remark in pattern.for_]
            details += [f"Against it: {remark.text}" for remark in pattern.against]
            details += [f"Not known: {remark.text}" for remark in pattern.unknown]
            entries.append((pattern.title, (*details, *self.cited(pattern.sources))))
        return [Section("What this looks like", (Bullets(tuple(entries)),))]

    def factors(self) -> list[Section]:
        if not self.assessment.factors:
            return []
        entries = []
        for factor in self.assessment.factors:
            details = [factor.because]
            named = [r.text for r in factor.for_ if r.item == "medicines"]
            if named and not self.full:
                details.append(f"{'; '.join(named)}.")
            if self.full:
                details += [f"Your answer: {remark.text}" for remark in factor.for_]
                details += [f"Against it: {remark.text}" for remark in factor.against]
            title = f"{factor.title} ({EVIDENCE[factor.evidence]})"
            entries.append((title, (*details, *self.cited(factor.sources))))
        intro = Text("These are linked with leg cramps. None of them is proven to be the cause here.")
        return [Section("What may play a part", (intro, Bullets(tuple(entries))))]

    def advice(self) -> list[Section]:
        sections: list[Section] = []
        for kind, title in _KINDS.items():
            given = [advice for advice in self.assessment.advice if advice.kind == kind]
            if given:
                shown = given if self.full else given[:BRIEF]
                entries = tuple((advice.title, self.given(advice)) for advice in shown)
                blocks: list[Block] = [Bullets(entries)]
                if rest := [advice.title for advice in given[len(shown) :]]:
                    more = "Also possible" if kind == "try" else "Also"
                    blocks.append(Text(f"{more}: {'; '.join(rest)}. See “all reasons” for more."))
                sections.append(Section(title, tuple(blocks)))
        if held := self.held():
            intro = Text("This is often advised. Here something else holds:")
            sections.append(Section("Not for now", (intro, Bullets(held))))
        return sections

    def held(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What is held back, by the reasons; not what another advice says more strictly."""
        titles: dict[tuple[str, ...], list[str]] = {}
        for advice in self.assessment.withheld:
            if not advice.instead:
                titles.setdefault(advice.why, []).append(advice.title)
        return tuple(("; ".join(named), why) for why, named in titles.items())

    def given(self, advice: Given) -> tuple[str, ...]:
        details = [advice.text, *(f"Take care: {caution}" for caution in advice.cautions)]
        if self.full:
            details.append(f"Why: {advice.because} ({EVIDENCE[advice.evidence]})")
            stop = advice.stop_rule
            details.append(f"When to stop: {stop}" if advice.kind == "try" else stop)
        return (*details, *self.cited(advice.sources))

    def theories(self) -> list[Section]:
        """What people read about such a picture, kept apart from what may play a part."""
        theories = self.assessment.theories
        if not theories:
            return []
        if not self.full:
            return []
        intro = Text("Web pages and books say this of such legs. We do not count it as a reason.")
        said = ((f"{t.title} ({EVIDENCE[t.evidence]})", self.theory(t)) for t in theories)
        return [Section("What you may read about such a picture", (intro, Bullets(tuple(said))))]

    def theory(self, theory: TheoryNote) -> tuple[str, ...]:
        details = [f"What is said: {theory.claimed}"]
        details += [f"What is known: {theory.because}", f"Think of this instead: {theory.think_of}"]
        details += [f"Your answer: {remark.text}" for remark in theory.for_]
        return (*details, *self.cited(theory.sources))

    def sources(self) -> list[Section]:
        """Every citation behind what is shown, in the order of the page."""
        sources = [(number, self.rulebook.sources[key]) for key, number in self.numbers.items()]
        lines = [f"{number}. {s.citation} ({s.kind}, {s.checked})" for number, s in sources]
        return [Section("Where this comes from", (Bullets.of(*lines),))] if lines else []

    def unknown(self) -> list[Section]:
        """What is not known, and which single answers the result hangs on."""
        blocks: list[Block] = []
        asked = [u for u in self.assessment.unresolved if u.remark.answer != "not_asked"]
        if asked:
            said = "You could not tell these. Once you know, help may turn out to be needed sooner:"
            blocks += [Text(said), Bullets.of(*(u.remark.text for u in asked))]
        unlisted = [m.name for m in self.assessment.medicines if not m.generic]
        if unlisted:
            names = ", ".join(unlisted)
            blocks.append(Text(f"We do not know this medicine: {names}. Ask a pharmacist about it."))
        turning = self.turning()
        if turning:
            said = "If one of these answers were different, the result would be less urgent:"
            blocks += [Text(said), Bullets.of(*turning)]
        return (
            [Section("What we could not tell, and what the result hangs on", tuple(blocks))]
            if blocks
            else []
        )

    def turning(self) -> list[str]:
        """The answers that, one by one, keep the result as urgent as it is."""
        code = self.assessment.disposition.code
        if code in (*_URGENT, "unfinished", "self_care"):
            return []
        less = LEVELS[LEVELS.index(code) + 1 :]
        texts = (
            change.remark.text
            for change in self.assessment.would_change
            if change.disposition in less and not change.remark.private
        )
        return list(dict.fromkeys(texts))[:BRIEF]

    def sooner(self) -> Section:
        blocks: list[Block] = []
        if self.assessment.disposition.move_up:
            blocks.append(Bullets.of(*self.assessment.disposition.move_up))
        blocks += [Text(line) for line in self.assessment.safety_net]
        blocks += [block for section in self.crisis() for block in section.blocks]
        return Section("When to get help sooner", tuple(blocks))
