"""The result in a few lines: what it looks like, how soon to see whom, what to do now, when it comes,
and when to get help sooner. Everything else is a topic of its own (``topics``).

What is read first is what is remembered: a tired person should take it in within ten seconds. So each
line is short, a cause stands once, and nothing is told that this person does not have.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from triage.engine.assessment import Assessment, Finding
from triage.engine.outcome import SENTENCE
from triage.engine.wording.exact_words import distinct, name_signs
from triage.report.adding import (
    how_it_adds,
    is_told_to_keep,
    joined,
    may_add,
    shown_pictures,
    told_illnesses,
    with_kinds,
)
from triage.report.document import Banner, Document, DocumentPart
from triage.report.flags import URGENT, Flags
from triage.rulebook.rulebook import Rulebook

_BECAUSE, _VISIT, _NOW, _COMES = 100, 75, 140, 130  # letters that a line may have
_STEPS = 3  # so many steps of one sign are read until help is there
_ROOM = ((80, 14), (50, 20))  # columns, and the rows that the page may have then


def first_page(assessment: Assessment, rulebook: Rulebook) -> Document:
    """At most 14 rows of 80 columns, so that a screen of 24 has the choices below.

    ``rulebook`` has the words to use ("you" or "they").
    """
    return Document(rulebook.page.sentence("your_result"), (first_part(assessment, rulebook),), ())


def first_part(assessment: Assessment, rulebook: Rulebook) -> DocumentPart:
    """The same, as the beginning of the whole result."""
    page = _FirstPage(assessment, rulebook, full=False)
    said = assessment.disposition
    if said.alone:
        return page.alone()
    return DocumentPart("", (Banner(said.code, said.label, tuple(page.lines())),))


def picture(assessment: Assessment, rulebook: Rulebook) -> tuple[tuple[str, str], ...]:
    """The line of the first page on what it looks like or may be; empty if nothing is known of that."""
    if assessment.disposition.code == "unfinished" or assessment.disposition.alone:
        return ()
    return tuple(_FirstPage(assessment, rulebook, full=False).picture())


def to_do_now(assessment: Assessment, rulebook: Rulebook) -> str:
    """The one thing to do now, of a result that is not urgent."""
    return _FirstPage(assessment, rulebook, full=False).now()


class _FirstPage(Flags):
    def lines(self) -> Iterator[tuple[str, str]]:
        """What each line is about, and what it says."""
        said = self.assessment.disposition
        if said.code == "unfinished":
            yield self.sentence("how_soon"), f"{said.within}."
            yield self.sentence("label_now"), f"{said.place}. {' '.join(said.do)}"
            return
        below = list(self.below())
        yield from self.picture(below)
        yield from below

    def below(self) -> Iterator[tuple[str, str]]:
        """What follows the line on what it may be."""
        said, sentence = self.assessment.disposition, self.sentence
        if said.code == "emergency":
            above = [(sentence("because_of"), self.because()), (sentence("label_now"), f"{said.place}.")]
            above.append((sentence("label_say"), f"“{self.leg()}{said.say}”"))
            yield from above
            label, told = sentence("until_help"), list(self.until_help())
            above += self.picture()
            yield label, next((text for text in told if _fits([*above, (label, text)])), told[-1])
            return
        if self.setting():
            yield sentence("because_of" if said.code in URGENT else "why_a_visit"), self.because()
        yield sentence("how_soon"), f"{said.within}. {' '.join(said.whom)}"
        yield sentence("label_now"), self.now()
        if comes := self.when_it_comes():
            yield sentence("when_it_comes"), comes
        yield from self.sooner()

    def until_help(self) -> Iterator[str]:
        """What the surest sign calls for until help is there, and what holds for all; shorter each time."""
        said = self.assessment.disposition
        each = (self.in_the_meantime(flag) for flag in self.setting() if flag.certain)
        steps = next(filter(None, each), [])
        for_all = " ".join(said.now) or fitting(said.do, _NOW)
        for number in range(min(len(steps), _STEPS), -1, -1):
            yield " ".join((*steps[:number], for_all))

    def sooner(self) -> Iterator[tuple[str, str]]:
        """For which signs to call how soon, a line for each call. That for whoever feels worse stands with
        the calmest one; whoever calls today already has only the emergency number left for it."""
        urgent = self.assessment.disposition.code in URGENT
        worse = [self.sentence("much_worse" if urgent else "worse_or_worried")]
        for call, signs in self.assessment.disposition.sooner or ((self.sentence("call_sooner"), ""),):
            yield call, " ".join(filter(None, (signs, *worse)))
            worse = []

    def picture(self, below: Sequence[tuple[str, str]] = ()) -> Iterator[tuple[str, str]]:
        """What it looks like, or what an urgent sign may be; as much of it as there is room for above the
        other lines."""
        if self.assessment.disposition.code not in URGENT:
            soon = self.assessment.disposition.code == "soon"
            shown = shown_pictures(self.assessment, self.rulebook)
            pictures = [(card.brief_when_soon if soon else None) or card.brief for card in shown]
            label = self.sentence("looks_like" if pictures else "what_it_is")
            told = list(self.looks(pictures))
            yield label, next((made for made in told if _fits([(label, made), *below])), told[-1])
        elif may_be := self.may_be():
            yield self.sentence("may_be"), may_be

    def looks(self, pictures: list[str]) -> Iterator[str]:
        """The pictures in one sentence, and which illness and medicines may add to it, shorter each time.

        An illness that the reasons name is not named again.
        """
        looks = _sentence(joined(pictures)) if pictures else self.sentence("no_picture")
        if self.assessment.disposition.code == "soon" and pictures:
            looks += f" {self.sentence('needs_a_look')}"
        medicines = may_add(self.assessment, self.rulebook)
        said = f"{looks} {self.because() if self.setting() else ''}".casefold()
        told = told_illnesses(self.assessment, self.rulebook)
        illnesses = [illness for illness in told if illness.casefold() not in said]
        whose = "theirs" if self.assessment.about_another else "yours"
        adds, it = how_it_adds(self.assessment, self.rulebook)
        may = f"{whose}_{adds}"
        at_home, keep = self.assessment.disposition.code == "self_care", ""
        if is_told_to_keep(self.assessment, self.rulebook):
            keep = f" {self.sentence('keep_taking_at_home' if at_home else 'keep_taking')}"
        kinds = with_kinds(medicines, self.assessment, self.rulebook)
        for adding in ([*illnesses, *kinds], [*illnesses, *medicines], [*illnesses[:1], *medicines]):
            yield f"{looks} {self.sentence(may, what=joined(adding), it=it)}{keep}" if adding else looks
        if not medicines:  # an illness can be left to the next pages, a medicine to keep taking cannot
            yield looks

    def may_be(self) -> str:
        """What the surest of the reasons may be a sign of; empty if its card does not say."""
        named = next((brief for flag in self.setting() if (brief := self.card(flag).brief)), "")
        return _sentence(named) if named else ""

    def because(self) -> str:
        """What sets the level: as many titles as fit, and how many more there are."""
        first, *others = distinct(
            title if f.certain else self.sentence("not_sure_about", title=title)
            for f in self.reasons()
            for title in (self.signs(f),)
        )
        shown = [first, *(self.signs(flag) for flag in self.beside())]
        for number, title in enumerate(others):
            urgent = self.assessment.disposition.code in URGENT
            if len("; ".join([*shown, title])) > (_BECAUSE if urgent else _VISIT):
                if not urgent:
                    break  # they are told among the reasons, one key away
                more = len(others) - number
                name = "more_reasons" if more > 1 else "one_more_reason"
                shown.append(self.sentence(name, number=more))
                break
            shown.append(title)
        return f"{'; '.join(shown)}."

    def reasons(self) -> list[Finding]:
        """What sets the level; of a calm one, only what says more than that it should be looked at, if
        any does. Below an emergency, nothing that another reason says with more: “a numb foot” beside
        “numb feet, and hands that tingle”."""
        setting = self.setting()
        if self.assessment.disposition.code == "emergency":
            return setting
        setting = [flag for flag in setting if not any(_says_more(other, flag) for other in setting)]
        if self.assessment.disposition.code in URGENT:
            return setting
        told = [flag for flag in setting if flag.certain and not self.card(flag).general]
        return told if any(not flag.private for flag in told) else setting

    def signs(self, flag: Finding) -> str:
        """The signs behind it, as they were told."""
        told = self.assessment.effective_answers
        return name_signs(self.rulebook, self.card(flag), told, certain=flag.certain)

    def now(self) -> str:
        """The one thing to do now: of what is most urgent, or the first advice that is safe here."""
        said = self.assessment.disposition
        for flag in self.setting():
            if flag.certain and flag.do_now and (left := [*self.fresh(SENTENCE.split(flag.do_now))]):
                if self.card(flag).general and (pictured := self.pictured()):
                    left[1:] = [*self.fresh(pictured)]  # until the visit, what fits the picture
                return fitting(left, _NOW)
        if said.code == "same_day" and not any(flag.certain for flag in self.setting()):
            return self.sentence("ring_in_doubt")
        if said.code in URGENT or said.code == "soon":
            return " ".join(said.now)
        if pictured := self.pictured():
            return fitting(pictured, _NOW)
        return next((given.now for given in self.assessment.advice if given.now), " ".join(said.now))

    def pictured(self) -> list[str]:
        """What to do by the first picture that says so, without going to see somebody: how soon is told."""
        said = next((p.do_now for p in self.assessment.patterns if p.do_now), "")
        return self.besides_a_visit(said)

    def fresh(self, sentences: list[str]) -> Iterator[str]:
        """Sentences without what this page says already: the headline, and to keep taking."""
        calm = self.assessment.disposition.code not in URGENT
        kept = calm and is_told_to_keep(self.assessment, self.rulebook)
        for sentence in sentences:
            shorter = self.page.shorter(sentence)
            if shorter and not (kept and sentence.startswith("Keep taking")):
                yield shorter

    def leg(self) -> str:
        """Which leg, before the sentence to say on the phone; empty if one leg is not what it is about."""
        answer = self.assessment.effective_answers.get(self.page.call.side)
        return f"{answer.capitalize()} leg. " if answer in ("left", "right") else ""

    def when_it_comes(self) -> str:
        """What eases it; of an advice that is held back, what may be done in its place."""
        easing = [given.when_it_comes for given in self.assessment.advice if given.when_it_comes]
        easing += [held.meanwhile for held in self.assessment.withheld if not held.instead and not easing]
        return fitting(filter(None, easing), _COMES)


def _says_more(one: Finding, other: Finding) -> bool:
    """Whether all that is behind the other reason, and more, is behind this one."""
    return one.certain and other.certain and {*other.for_} < {*one.for_}


def fitting(sentences: Iterable[str], letters: int) -> str:
    """The first of these sentences, and as many of the next ones as fit. Empty if there is none."""
    made, *others = (*sentences, "")
    for sentence in others:
        if not sentence or len(made) + 1 + len(sentence) > letters:
            break
        made = f"{made} {sentence}"
    return made


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _fits(lines: Iterable[tuple[str, str]]) -> bool:
    """Whether the page has room for these lines, as they are wrapped under its headline."""
    told = [f" {what}: {said}" for what, said in lines]
    return all(
        1 + sum(len(textwrap.wrap(line, columns, subsequent_indent="   ")) for line in told) <= rows
        for columns, rows in _ROOM
    )
