"""What the red flags say to the person: how soon first, then why, and what is in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable

from triage.engine.assessment import Assessment, Finding, Given, Remark, TheoryNote
from triage.engine.outcome import SENTENCE
from triage.report.document import Banner, Block, Bullets, DocumentPart, Paragraph, Rows
from triage.report.order_told import in_order_told
from triage.rulebook.cards import RedFlag
from triage.rulebook.rulebook import Rulebook

BRIEF = 3  # so many of each kind of advice, and of doubts, are named on the short page
URGENT = ("emergency", "same_day")
_CALLING = re.compile(r"Ring your emergency number|Go to a hospital emergency department now")
_UNTIL = re.compile(r"^Until then,? ")
_ASKING = re.compile(r"Book|Tell your|Show|No better[^?]*\? Book")  # how a step begins that is a visit


class Flags:
    """The disposition and the red flags of one result, as blocks of a page."""

    def __init__(self, assessment: Assessment, rulebook: Rulebook, full: bool) -> None:
        self.assessment = assessment
        self.rulebook = rulebook
        self.page = rulebook.page
        self.full = full
        shown: tuple[Finding | Given | TheoryNote, ...] = (
            *assessment.red_flags, *assessment.patterns, *assessment.factors, *assessment.advice,
            *assessment.theories,
        )  # fmt: skip
        keys = dict.fromkeys(key for entry in shown for key in entry.sources)
        self.numbers = {key: number for number, key in enumerate(keys, 1)}

    def sentence(self, name: str, /, **put_in: object) -> str:
        """What the page says, by its name in ``page.yaml``."""
        return self.page.sentence(name, **put_in)

    def of_each(self, name: str, remarks: Iterable[Remark]) -> list[str]:
        """The same sentence for each of these answers."""
        return [self.sentence(name, answer=remark.text) for remark in remarks]

    def card(self, flag: Finding) -> RedFlag:
        card = self.rulebook.cards[flag.id]
        assert isinstance(card, RedFlag)
        return card

    def cited(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Where it comes from, as numbers of the list at the end of the full page."""
        named = ", ".join(str(number) for number in sorted(self.numbers[key] for key in keys))
        urgent = self.assessment.disposition.code == "emergency"
        return (self.sentence("sources", numbers=named),) if self.full and named and not urgent else ()

    def alone(self) -> DocumentPart:
        """What must stand by itself: whom to call and what to say, a kind word, what to do."""
        said = self.assessment.disposition
        banner = Banner(said.code, said.label, tuple(self.calling()))
        kind = (Paragraph(flag.because) for flag in self.setting())
        return DocumentPart("", (banner, *kind, Bullets.of(*said.do)))

    def calling(self) -> list[tuple[str, str]]:
        """When, where, and one sentence to say."""
        said = self.assessment.disposition
        lines = [(self.sentence("label_when"), said.within), (self.sentence("label_where"), said.place)]
        return [*lines, (self.sentence("label_say"), f"“{said.say}”")] if said.say else lines

    def steps(self) -> list[DocumentPart]:
        """What to do until seen: all of it, of which the first page has what comes first."""
        said = self.assessment.disposition
        if said.code == "unfinished":
            return []
        title = self.sentence("until_help" if said.code == "emergency" else "until_then")
        blocks: list[Block] = [Bullets.of(*said.do)]
        if said.code not in URGENT:
            blocks.insert(0, Rows(((self.sentence("label_where"), f"{said.place}."),)))
        return [DocumentPart(title, tuple(blocks))]

    def setting(self) -> list[Finding]:
        """The red flags that set the disposition; those with a page of their own first, doubts last.

        Else in the order of the answers behind them: a danger sign before what was told of the cramps.
        Where a visit can wait, what is about the next dose cannot: that comes first.
        """
        calm = self.assessment.disposition.code not in URGENT
        flags = [f for f in self.assessment.red_flags if f.id in self.assessment.disposition.because]

        def rank(flag: Finding) -> tuple[bool, bool, bool]:
            return not flag.certain, not self.own(flag), not (calm and self.card(flag).ask_first)

        return sorted(in_order_told(flags, self.rulebook), key=rank)

    def besides_a_visit(self, do_now: str) -> list[str]:
        """The steps without going to see somebody, where the level says how soon that is."""
        steps = [*filter(None, SENTENCE.split(do_now))]
        left = [step for step in steps if not (self.setting() and _ASKING.match(step))]
        if left and left != steps:  # “until then” would be until what is no longer said
            rest = _UNTIL.sub("", left[0])
            left[0] = f"{rest[:1].upper()}{rest[1:]}"
        return left

    def in_the_meantime(self, flag: Finding) -> list[str]:
        """The steps of an emergency that are left once the call is made."""
        steps = [*filter(None, SENTENCE.split(flag.do_now or ""))]
        return [step for step in steps if not _CALLING.match(step)]

    def own(self, flag: Finding) -> bool:
        """Whether its card has a page of its own."""
        return self.card(flag).own_page is not None

    def beside(self) -> list[Finding]:
        """Cards with a page of their own: never lost beside something more urgent."""
        setting = self.assessment.disposition.because
        if self.assessment.disposition.code not in URGENT:
            return []
        flags = self.assessment.red_flags
        return [f for f in flags if self.own(f) and f.certain and f.id not in setting]

    def besides(self) -> list[DocumentPart]:
        """The same, as a part of the page."""
        flags = self.beside()
        return [DocumentPart(self.sentence("as_important"), (self.flags(flags, True),))] if flags else []

    def crisis(self) -> list[DocumentPart]:
        """The line for a crisis, where no safety-net stands."""
        said = self.assessment.crisis
        return [DocumentPart("", (Paragraph(said),))] if said else []

    def why(self) -> list[DocumentPart]:
        """Why it is so urgent. Less urgent cards come after it, never beside a "today"."""
        flags = self.setting()
        calm = self.assessment.disposition.code not in URGENT
        return [
            *([DocumentPart(self.sentence("why_this"), (self.flags(flags, True),))] if flags else []),
            *(self.others() if calm else []),
        ]

    def others(self) -> list[DocumentPart]:
        """The red flags that do not set the disposition."""
        setting = self.setting()
        others = [flag for flag in self.assessment.red_flags if flag not in setting]
        told = [flag for flag in others if flag.certain or self.full]
        blocks: list[Block] = (
            [Paragraph(self.sentence("one_visit")), self.flags(told, self.full)] if told else []
        )
        doubtful = [flag.title for flag in others if flag not in told]
        if doubtful:
            blocks.append(Paragraph(self.sentence("could_not_tell_these", titles="; ".join(doubtful))))
        return [DocumentPart(self.sentence("also_tell"), tuple(blocks))] if blocks else []

    def flags(self, flags: Iterable[Finding], full: bool) -> Bullets:
        return Bullets(tuple((flag.title, self.flag(flag, full)) for flag in flags))

    def flag(self, flag: Finding, full: bool) -> tuple[str, ...]:
        if not flag.certain:
            return self.doubt(flag, full)
        if not full:
            return (flag.because,)
        details = [flag.because]
        if flag.do_now:
            details.append(self.sentence("what_to_do", what=flag.do_now))
        return (*details, *self.of_each("your_answer", flag.for_), *self.cited(flag.sources))

    def doubt(self, flag: Finding, full: bool) -> tuple[str, ...]:
        """A flag that only "not sure" raises: what is not known, and how urgent it is if it is so."""
        unsure = "; ".join(remark.text for remark in flag.unknown[:BRIEF])
        card = self.card(flag)
        label = self.rulebook.dispositions[card.disposition].label
        details = [
            self.sentence("could_not_tell", what=unsure),
            self.sentence("if_it_is_so", level=label),
        ]
        if full and flag.do_now and card.if_unsure == card.disposition:
            details.append(self.sentence("what_to_do", what=flag.do_now))  # whether it is so or not
        if full:
            details += self.of_each("your_answer", flag.for_)
        return (*details, *self.cited(flag.sources))
