"""The result as the person reads it: how soon first, then why, then what to do."""

from __future__ import annotations

from triage.engine.assessment import Assessment, Finding, Given, MedicineNote, TheoryNote
from triage.engine.proxy import only_they_feel
from triage.report.adding import kind_of
from triage.report.document import Block, Bullets, Document, DocumentPart, Paragraph
from triage.report.enough import told_reason
from triage.report.first_page import first_part
from triage.report.flags import BRIEF, URGENT, Flags
from triage.rulebook.cards import Pattern
from triage.rulebook.model import Verdict
from triage.rulebook.rulebook import Rulebook

_KINDS = ("try", "ask", "avoid", "know")  # of advice, in the order of the page


def person_document(assessment: Assessment, rulebook: Rulebook) -> Document:
    """Everything for the person who answered: the first page, the reasons, and where it comes from.

    At an emergency it holds only what to do.
    """
    page = PersonPage(assessment, rulebook, full=True)
    code = assessment.disposition.code
    if assessment.disposition.alone:
        return Document(rulebook.page.sentence("your_result"), (page.alone(),), assessment.always)
    calm = code not in URGENT and code != "unfinished"
    sections = [first_part(assessment, rulebook), *page.steps(), *page.why(), *page.besides()]
    if calm:
        sections += [*page.patterns(), *page.factors(), *page.medicines()]
    sections += page.advice()
    if code == "emergency":
        sections += page.crisis()
    else:
        sections += [*page.unknown(), page.sooner()]
        if calm:
            sections += page.theories()
        sections += page.sources()
    return Document(rulebook.page.sentence("your_result"), tuple(sections), assessment.always)


class PersonPage(Flags):
    """The parts of what a person reads; ``full`` adds the answers behind each, and where it is from."""

    def studied(self, evidence: Verdict) -> str:
        """How good the grounds are, in words."""
        return self.sentence(f"evidence_{evidence}")

    def calm(self) -> list[DocumentPart]:
        """Why it can wait, where no red flag says more: what it looks like, by which answers."""
        if self.assessment.disposition.code in (*URGENT, "unfinished"):
            return []
        looks = tuple(
            (pattern.title, tuple(self.of_each("for_it", pattern.for_)))
            for pattern in self.assessment.patterns
        )
        blocks = (*self.resting(), *((Bullets(looks),) if looks else ()))
        return [DocumentPart(self.sentence("why_this"), blocks)] if blocks else []

    def patterns(self) -> list[DocumentPart]:
        if not self.assessment.patterns:
            return []
        entries = []
        for pattern in self.assessment.patterns:
            details = [self.besides_cramps(pattern)]
            if pattern.do_now:
                details.append(self.sentence("what_to_do", what=pattern.do_now))
            if self.full or self.assessment.red_flags:  # else they stand under why it can wait
                details += self.of_each("for_it", pattern.for_)
            details += self.of_each("against_it", pattern.against)
            details += self.of_each("not_known", pattern.unknown)
            entries.append((pattern.title, (*details, *self.cited(pattern.sources))))
        later = [p for p in self.assessment.patterns if p.level in ("soon", "routine")]
        code = self.assessment.disposition.code
        blocks: list[Block] = (
            [Paragraph(self.sentence("one_visit"))] if any(p.level != code for p in later) else []
        )
        return [DocumentPart(self.sentence("pictures"), (*blocks, Bullets(tuple(entries))))]

    def besides_cramps(self, pattern: Finding) -> str:
        """What is behind a picture; “other than a cramp” would contradict a cramp that is pictured too."""
        cards = [self.rulebook.cards[found.id] for found in self.assessment.patterns]
        if not any(isinstance(card, Pattern) and card.cramp for card in cards):
            return pattern.because
        other, beside = self.sentence("other_than_a_cramp"), self.sentence("beside_the_cramps")
        return pattern.because.replace(other, beside)

    def factors(self) -> list[DocumentPart]:
        if not self.assessment.factors:
            return []
        entries = []
        for factor in self.assessment.factors:
            details = [factor.because]
            named = [r.text for r in factor.for_ if r.item == "medicines"]
            if named and not self.full:
                details.append(f"{'; '.join(named)}.")
            if self.full:
                details += self.of_each("your_answer", factor.for_)
                details += self.of_each("against_it", factor.against)
            title = f"{factor.title} ({self.studied(factor.evidence)})"
            entries.append((title, (*details, *self.cited(factor.sources))))
        intro = Paragraph(self.sentence("linked"))
        return [DocumentPart(self.sentence("may_play_a_part"), (intro, Bullets(tuple(entries))))]

    def medicines(self) -> list[DocumentPart]:
        """Each medicine as it was typed, and what is known of it here."""
        named = [(self.with_kind(note.name), (self.known_of(note),)) for note in self.assessment.medicines]
        if not named:
            return []
        title = self.sentence("their_medicines" if self.assessment.about_another else "your_medicines")
        return [DocumentPart(title, (Paragraph(self.sentence("a_link")), Bullets(tuple(named))))]

    def with_kind(self, name: str) -> str:
        """A medicine as it was typed, and what people call such a one."""
        kind = kind_of(name, self.assessment, self.rulebook)
        return f"{name} ({kind})" if kind else name

    def known_of(self, note: MedicineNote) -> str:
        """What is known of a medicine here, in a sentence."""
        if note.understood == "kind":
            return self.sentence("known_by_kind")
        if note.understood in ("use", "not at all"):
            return self.sentence("not_listed")
        if note.linked_with:
            return self.sentence("linked_with", what=", ".join(note.linked_with))
        return self.sentence("no_link")

    def advice(self) -> list[DocumentPart]:
        sections: list[DocumentPart] = []
        for kind in _KINDS:
            given = [advice for advice in self.assessment.advice if advice.kind == kind]
            if given:
                entries = tuple((advice.title, self.given(advice)) for advice in given)
                sections.append(DocumentPart(self.sentence(f"kind_{kind}"), (Bullets(entries),)))
        if held := self.held():
            intro = Paragraph(self.sentence("held_back"))
            sections.append(DocumentPart(self.sentence("not_for_now"), (intro, Bullets(held))))
        return sections

    def held(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What is held back, by the reasons, and what to do meanwhile; not what another advice says
        more strictly."""
        titles: dict[tuple[str, ...], list[str]] = {}
        for advice in self.assessment.withheld:
            if not advice.instead:
                said = self.sentence("meanwhile", what=advice.meanwhile) if advice.meanwhile else ""
                titles.setdefault((*advice.why, *filter(None, [said])), []).append(advice.title)
        return tuple(("; ".join(named), why) for why, named in titles.items())

    def given(self, advice: Given) -> tuple[str, ...]:
        details = [
            advice.text,
            *(self.sentence("take_care", what=caution) for caution in advice.cautions),
        ]
        if self.full:
            studied = self.studied(advice.evidence)
            details.append(self.sentence("why", why=advice.because, evidence=studied))
            stop = advice.stop_rule
            details.append(self.sentence("when_to_stop", when=stop) if advice.kind == "try" else stop)
        return (*details, *self.cited(advice.sources))

    def theories(self) -> list[DocumentPart]:
        """What people read about such a picture, kept apart from what may play a part."""
        theories = self.assessment.theories
        if not theories:
            return []
        intro = Paragraph(self.sentence("what_people_read"))
        said = ((f"{t.title} ({self.studied(t.evidence)})", self.theory(t)) for t in theories)
        return [DocumentPart(self.sentence("theories"), (intro, Bullets(tuple(said))))]

    def theory(self, theory: TheoryNote) -> tuple[str, ...]:
        details = [self.sentence("claimed", what=theory.claimed)]
        details.append(self.sentence("known", what=theory.because))
        details.append(self.sentence("think_of", what=theory.think_of))
        details += self.of_each("your_answer", theory.for_)
        return (*details, *self.cited(theory.sources))

    def sources(self) -> list[DocumentPart]:
        """Every citation behind what is shown, in the order of the page."""
        sources = [(number, self.rulebook.sources[key]) for key, number in self.numbers.items()]
        lines = [f"{number}. {s.citation} ({s.kind}, {s.checked})" for number, s in sources]
        return [DocumentPart(self.sentence("where_from"), (Bullets.of(*lines),))] if lines else []

    def unknown(self) -> list[DocumentPart]:
        """What is not known, and which answers the result hangs on."""
        blocks: list[Block] = []
        remarks = [u.remark for u in self.assessment.unresolved if u.remark.answer != "not_asked"]
        skipped = [remark.text for remark in remarks if remark.answer == "declined"]
        unsure = [remark.text for remark in remarks if remark.answer != "declined"]
        for name, texts in (("once_known", unsure), ("once_answered", skipped)):
            if texts:
                blocks += [Paragraph(self.sentence(name)), Bullets.of(*texts)]
        if only_they_feel(self.rulebook, self.assessment.effective_answers):
            blocks.append(Paragraph(self.sentence("only_they_feel")))
        # Where it is calm, each medicine stands among the medicines, with what is known of it.
        medicines = self.assessment.medicines if self.assessment.disposition.code in URGENT else ()
        if unlisted := [m.name for m in medicines if m.understood in ("use", "not at all")]:
            names = ", ".join(f"“{name}”" for name in unlisted)
            blocks.append(Paragraph(self.sentence("names_not_listed", names=names)))
        if kinds := [m.name for m in medicines if m.understood == "kind"]:
            names = ", ".join(f"“{name}”" for name in kinds)
            blocks.append(Paragraph(self.sentence("kinds_only", names=names)))
        title = self.sentence("what_is_open" if blocks else "what_it_hangs_on")
        blocks += [*self.resting(), *self.turning()]
        return [DocumentPart(title, tuple(blocks))] if blocks else []

    def resting(self) -> list[Block]:
        """The answers that alone are enough for the result, whatever the others are.

        Where it is calm that would be nearly all of them: there it is said that none is a danger sign.
        What is urgent has its reasons at the top; there only the full page says it.
        """
        code, reason = self.assessment.disposition.code, told_reason(self.assessment, self.rulebook)
        if code == "self_care" and not self.assessment.red_flags and not self.assessment.unresolved:
            return [Paragraph(self.sentence("no_danger_sign"))]
        if not reason or any(remark.private for remark in reason) or (code in URGENT and not self.full):
            return []
        if {remark.text for remark in reason} == {*self.less_urgent()}:
            return []  # the same answers stand below
        said = Paragraph(self.sentence("enough_alone"))
        return [said, Bullets.of(*(remark.text for remark in reason))]

    def turning(self) -> list[Block]:
        """The answers that, one by one, keep the result as urgent as it is; or some that do together."""
        if texts := self.less_urgent():
            return [Paragraph(self.sentence("one_different")), Bullets.of(*texts[:BRIEF])]
        lowering = self.assessment.lowering_together()
        if lowering is None or self.assessment.disposition.code in URGENT:
            return []
        remarks = [change.remark for change in lowering.changes]
        if any(remark.private for remark in remarks):
            return []
        said = Paragraph(self.sentence("all_different"))
        return [said, Bullets.of(*(remark.text for remark in remarks))]

    def less_urgent(self) -> list[str]:
        if self.assessment.disposition.code in URGENT:
            return []
        single = self.assessment.lowering()
        return list(dict.fromkeys(remark.text for remark in single if not remark.private))

    def sooner(self) -> DocumentPart:
        blocks: list[Block] = []
        if self.assessment.disposition.move_up:
            blocks.append(Bullets.of(*self.assessment.disposition.move_up))
        blocks += [Paragraph(line) for line in self.assessment.safety_net]
        blocks += [block for section in self.crisis() for block in section.blocks]
        return DocumentPart(self.sentence("get_help_sooner"), tuple(blocks))
