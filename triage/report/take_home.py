"""One sheet for the person to take home: how soon, what to do, what to leave alone, a diary.

When it is urgent there is no diary on it: then it is what to say on the phone, and what to do until then.
"""

from __future__ import annotations

from collections.abc import Iterator

from triage.conditions.leaf import Ticks
from triage.engine.assessment import Assessment, Given
from triage.report.diary.days import DAYS, long_day
from triage.report.document import (
    Banner,
    Block,
    Bullets,
    Diary,
    Document,
    DocumentPart,
    Drawing,
    Paragraph,
    Quote,
)
from triage.report.drawings import SKETCHES
from triage.report.first_page import picture, to_do_now
from triage.report.flags import Flags
from triage.report.telephone import telephone_script
from triage.rulebook.rulebook import Rulebook

MOST_TO_DO = 2  # more is not done
LAST_RANK = 20  # advice further down is for everybody, and stands in the result
MOST_LEFT_ALONE = 5
WEEKS = ("1", "2", "3", "4")


def take_home_document(assessment: Assessment, rulebook: Rulebook) -> Document:
    """The sheet. ``rulebook`` has the words that fit the person who reads it."""
    sheet = _Sheet(assessment, rulebook)
    parts = tuple(part for part in sheet.parts() if part.blocks)
    return Document(
        rulebook.page.sentence("on_one_sheet"),
        parts,
        assessment.always,
        large=True,
        dated=long_day(assessment.date),
    )


class _Sheet(Flags):
    def __init__(self, assessment: Assessment, rulebook: Rulebook) -> None:
        super().__init__(assessment, rulebook, full=False)

    def parts(self) -> Iterator[DocumentPart]:
        said = self.assessment.disposition
        if said.alone:
            yield self.alone()
            return
        looks = () if said.code == "emergency" else picture(self.assessment, self.rulebook)
        lines = (*looks, *self.calling(), *self.visit())
        yield DocumentPart("", (Banner(said.code, said.label, lines),))
        match said.code:
            case "emergency":
                yield DocumentPart("", (Bullets.of(*self.until_help()),))
            case "unfinished":
                yield DocumentPart("", (Bullets.of(*said.do),))
            case "same_day":
                yield from self.today()
            case _:
                yield from self.calm()

    def until_help(self) -> list[str]:
        """To ring, what the signs call for until help is there, and what holds for all."""
        ring, *for_all = self.assessment.disposition.do
        signs = [flag for flag in self.setting() if flag.certain and not flag.private]
        own = [step for flag in signs for step in self.in_the_meantime(flag)]
        return list(dict.fromkeys((ring, *own, *for_all)))

    def visit(self) -> Iterator[tuple[str, str]]:
        """What to book and what to ask there, unless it stands first among what to do."""
        if self.assessment.disposition.code in ("soon", "routine"):
            now = to_do_now(self.assessment, self.rulebook)
            if not any(now in said for said in self.above_all()):
                yield self.sentence("label_now"), now

    def today(self) -> Iterator[DocumentPart]:
        """What to read out, what to do until then, and when not to wait for it."""
        script = telephone_script(self.assessment, self.rulebook)
        read_out = Quote(self.sentence("read_this_out"), "\n".join(script))
        yield DocumentPart(self.sentence("on_the_phone"), (read_out,))
        yield DocumentPart(self.sentence("until_then"), (Bullets.of(*self.until_then()),))
        cannot_wait: list[Block] = [Bullets.of(*self.assessment.disposition.move_up)]
        cannot_wait += [block for part in self.crisis() for block in part.blocks]
        yield DocumentPart(self.sentence("cannot_wait"), tuple(cannot_wait))

    def until_then(self) -> list[str]:
        """What holds for all, then what the signs call for; not the headline once more.

        What is private stays off the sheet, as others may read it, unless a life may hang on it.
        """
        label = self.assessment.disposition.label
        shown = [flag for flag in self.setting() if flag.certain and (self.own(flag) or not flag.private)]
        signs = [(flag.do_now or "").removeprefix(f"{label}. ") for flag in shown]
        lines = [sign for sign in signs if sign and sign.rstrip(".") != label]
        return list(dict.fromkeys((*self.assessment.disposition.do, *lines)))

    def calm(self) -> Iterator[DocumentPart]:
        first = self.above_all()
        yield DocumentPart(self.sentence("above_all"), (Bullets.of(*first),) if first else ())
        yield from self.to_do()
        titles = [given.title for given in self.given_of("avoid")][:MOST_LEFT_ALONE]
        yield DocumentPart(self.sentence("kind_avoid"), (Bullets.of(*titles),) if titles else ())
        yield self.sooner()
        yield self.diary()

    def above_all(self) -> list[str]:
        """What is to be asked before the next dose, then what the picture calls for. Without a picture,
        what the first of the reasons for a visit does, if it says more than that there should be one."""
        # What sets the level first; a medicine that must be asked about is told at any level.
        flags = [flag for flag in (*self.setting(), *self.assessment.red_flags) if flag.certain]
        public = [flag for flag in flags if not flag.private]
        asking = [flag.do_now or "" for flag in public if self.card(flag).ask_first]
        pictures = [" ".join(self.besides_a_visit(p.do_now or "")) for p in self.assessment.patterns]
        pictured = [*filter(None, pictures)]
        if not self.assessment.patterns and not asking:
            pictured = [flag.do_now or "" for flag in public if not self.card(flag).general]
        return [said for said in (*asking[:1], *pictured[:1]) if said]

    def to_do(self) -> Iterator[DocumentPart]:
        """What is drawn first, then other things to try."""
        ranks = {card.id: card.rank for card in self.rulebook.advice}
        given = [advice for advice in self.given_of("try") if ranks[advice.id] <= LAST_RANK]
        # What helps when it comes, then what is drawn; the order of the page otherwise.
        given.sort(key=lambda advice: (not advice.when_it_comes, advice.id not in SKETCHES))
        for advice in given[:MOST_TO_DO]:
            shows = self.rulebook.page.drawings.get(advice.id) if advice.id in SKETCHES else None
            drawn = (Drawing(advice.id, shows),) if shows else ()
            cautions = (self.sentence("take_care", what=caution) for caution in advice.cautions)
            yield DocumentPart(
                advice.title, (*drawn, Paragraph(" ".join((advice.text, *cautions, advice.stop_rule))))
            )

    def given_of(self, kind: str) -> list[Given]:
        return [advice for advice in self.assessment.advice if advice.kind == kind]

    def sooner(self) -> DocumentPart:
        """When to get help sooner: what it is about in bold, then the signs."""
        watch = [advice.text for advice in self.assessment.advice if advice.id in self.page.watch]
        entries = []
        for line in (*watch, *self.assessment.safety_net):
            first, _, rest = line.partition(". ")
            entries.append((f"{first}.", (rest,)) if rest else (line, ()))
        blocks: list[Block] = [Bullets(tuple(entries))]
        return DocumentPart(self.sentence("get_help_sooner"), tuple(blocks))

    def diary(self) -> DocumentPart:
        if self.by_day():
            said = self.sentence("day_diary")
            return DocumentPart(self.sentence("four_weeks_by_day"), (Diary(said, DAYS, WEEKS),))
        rules = self.rulebook.diary
        said = rules.paper if rules else self.sentence("no_diary")
        return DocumentPart(self.sentence("four_weeks"), (Diary(said, DAYS, WEEKS),))

    def by_day(self) -> bool:
        """Whether they were asked when it comes, and it troubles them by day alone."""
        nights = self.page.nights
        told = [self.assessment.effective_answers.get(one.item) for one in nights]
        return bool(nights) and all(
            isinstance(known, Ticks) and not {*one.lines} & (known.ticked | known.unsure)
            for one, known in zip(nights, told, strict=True)
        )
