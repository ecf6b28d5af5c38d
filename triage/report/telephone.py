"""What to read out on the phone when someone must be seen today: who, why now, since when, which risk.

Only what the person told, in at most three sentences. What is private stays off it, as others may read it.
"""

from __future__ import annotations

from collections.abc import Iterator

from triage.conditions.leaf import Medicines, NoAnswer, Ticks
from triage.conditions.nodes import Includes, Is
from triage.conditions.walk import leaves
from triage.engine.assessment import Assessment, Finding, MedicineNote
from triage.engine.onset import ONSET
from triage.engine.outcome import lowered
from triage.engine.wording.exact_words import in_exact_words, one_sentence, spoken_parts
from triage.report.order_told import in_order_told
from triage.rulebook.cards import RedFlag
from triage.rulebook.model import Option
from triage.rulebook.rulebook import Rulebook

MOST_WORDS = 60  # more nobody reads out
MOST_REASONS = 2
MOST_RISKS = 3
_LONG = {"longer": "over a year ago"}  # where an option says it only beside the others


def telephone_script(assessment: Assessment, rulebook: Rulebook) -> tuple[str, ...]:
    """The sentences to read out; empty unless the result is "today".

    ``rulebook`` has the words of the person who calls. A page that stands alone has a sentence of its own.
    """
    said = assessment.disposition
    if said.code != "same_day":
        return ()
    if said.alone:
        return (f"{said.say}",) if said.say else ()
    return _Call(assessment, rulebook).sentences()


class _Call:
    def __init__(self, assessment: Assessment, rulebook: Rulebook) -> None:
        self.assessment = assessment
        self.rulebook = rulebook
        self.page = rulebook.page
        because = assessment.disposition.because
        setting = in_order_told((f for f in assessment.red_flags if f.id in because), rulebook)
        self.flags = [flag for flag in setting if not flag.private]
        self.private = len(self.flags) < len(setting)
        certain = [flag for flag in self.flags if flag.certain]
        self.sure = bool(certain) or not self.flags
        self.flags = (certain or self.flags)[:MOST_REASONS]

    def sentences(self) -> tuple[str, ...]:
        """With fewer risks and reasons where it would get too long to read out."""
        reasons = self.reasons()
        named = tuple(lowered(risk) for risk in self.risks())
        untold = [risk for risk in named if not any(self.names(reason, risk) for reason in reasons)]
        risks = untold[:MOST_RISKS]
        if self.private:
            reasons.append(self.page.sentence("in_private"))
        while True:
            made = [f"{self.who()}: {'; '.join(reasons)}.", self.since()]
            what = "; ".join(risks)
            made.append(self.page.sentence("may_matter", what=what) if risks else self.unasked())
            script = tuple(sentence for sentence in made if sentence)
            if len(" ".join(script).split()) <= MOST_WORDS or not (risks or len(reasons) > 1):
                return script
            (risks if risks else reasons).pop(-1 if risks else 1)

    def who(self) -> str:
        """Who calls, for whom."""
        age = self.assessment.effective_answers.get("age")
        known = isinstance(age, int | float)
        why = self.page.sentence("because_of_this" if self.sure else "as_it_may_be_so")
        if not self.assessment.about_another:
            name, with_age = "i_call", "i_am"
        else:
            child = self.assessment.effective_answers.get("about") == "child"
            name = "for_a_child" if child else "for_a_person"
            with_age = f"{name}_of"
        return (
            self.page.sentence(with_age, age=f"{age:g}", why=why)
            if known
            else self.page.sentence(name, why=why)
        )

    def reasons(self) -> list[str]:
        """The signs, the first in one leg with left or right; none that another one says with more."""
        words = {flag: self.words(flag) for flag in self.flags}
        told: dict[str, str] = {}
        leg = self.leg()
        for flag, reason in words.items():
            if any(other != reason and other.startswith(reason) for other in words.values()):
                continue
            here = leg if self.in_one_leg(flag) else ""
            leg = "" if here else leg
            at = ", ".join(filter(None, (here, *self.places(flag))))
            told.setdefault(reason, f"{reason} ({at})" if at else reason)
        return list(told.values())

    def places(self, flag: Finding) -> Iterator[str]:
        """Where it is, if the sign rests on that and its words do not say so."""
        if any(remark.item == self.page.call.place and remark.answer == "yes" for remark in flag.for_):
            item = self.rulebook.items[self.page.call.place]
            answer = self.assessment.effective_answers.get(item.id)
            ticked = answer.ticked if isinstance(answer, Ticks) else ()
            yield from (lowered(option.text) for option in item.options if option.code in ticked)

    def words(self, flag: Finding) -> str:
        card = self.rulebook.cards[flag.id]
        assert isinstance(card, RedFlag)
        told = self.assessment.effective_answers
        parts = spoken_parts(self.rulebook, card, told, certain=flag.certain)
        return lowered(one_sentence(parts) or card.say or card.title).replace(": ", ", ")

    def leg(self) -> str:
        """Left or right, if it was asked."""
        option = self.chosen(self.page.call.side)
        return lowered(option.text) if option is not None else ""

    def in_one_leg(self, flag: Finding) -> bool:
        """Whether the sign rests on an answer for which it is asked which leg it is."""
        item = self.rulebook.items.get(self.page.call.side)
        if item is None or item.ask_when is None:
            return False
        one_leg = {
            (leaf.item, code)
            for leaf in leaves(item.ask_when)
            if isinstance(leaf, Is | Includes)
            for code in leaf.codes
        }
        told = {(remark.item, remark.option or remark.answer) for remark in (*flag.for_, *flag.unknown)}
        return bool(told & one_leg)

    def chosen(self, name: str) -> Option | None:
        """What was answered to a question with one answer."""
        item, answer = self.rulebook.items.get(name), self.assessment.effective_answers.get(name)
        return item.option(answer) if item is not None and isinstance(answer, str) else None

    def since(self) -> str:
        """The time that the signs were asked about, or since when, for signs that rest on that."""
        told = {(r.item, r.option) for flag in self.flags for r in flag.for_ if r.answer == "yes"}
        for window in self.rulebook.frame.windows:
            of_a_line = any(code in window.lines.get(item, ()) for item, code in told)
            if window.say and self.sure and (of_a_line or any(item in window.items for item, _ in told)):
                return f"{window.say}."
        option = self.chosen(ONSET)
        if option is None or not any(r.item == ONSET for flag in self.flags for r in flag.for_):
            return ""  # the cramps may be old, and the sign new
        return self.page.sentence("first_started", when=_LONG.get(option.code, lowered(option.text)))

    def unasked(self) -> str:
        """Whoever was sent early to the phone was not asked of these: the clinic should ask."""
        told = self.assessment.effective_answers
        early = any(told.get(risk.item) is NoAnswer.NOT_ASKED for risk in self.page.call.risks)
        return self.page.sentence("please_ask") if early else ""

    def risks(self) -> Iterator[str]:
        """What was told that may make it more dangerous."""
        taken = [m.name for m in self.assessment.medicines if self.thins_blood(m)]
        if taken:
            yield self.page.sentence("takes", names=", ".join(dict.fromkeys(taken)))
        for risk in self.page.call.risks:
            item, answer = self.rulebook.items[risk.item], self.assessment.effective_answers.get(risk.item)
            if isinstance(answer, NoAnswer | Medicines):
                continue
            for option in (item.option(code) for code in risk.lines):
                if option is None or option.private:
                    continue
                ticked = isinstance(answer, Ticks) and option.code in answer.ticked
                if ticked or answer == option.code:
                    told = self.assessment.effective_answers
                    exact = in_exact_words(self.rulebook.items, option, told)
                    yield f"{risk.about}, {exact.text}" if risk.about else exact.text

    def thins_blood(self, medicine: MedicineNote) -> bool:
        """Whether it surely is a blood thinner; what the person calls one may be of more than one class."""
        names = medicine.class_ids or medicine.may_be
        thinner = self.page.call.blood_thinner
        groups = [one.in_groups if (one := self.rulebook.classes.get(name)) else () for name in names]
        if medicine.class_ids:
            return any(thinner in group for group in groups)
        return bool(groups) and all(thinner in group for group in groups)

    def names(self, reason: str, risk: str) -> bool:
        """Whether a sign names the risk already, as “diabetes, and a sore foot” does."""
        about = (one.about for one in self.page.call.risks if one.about)
        named = next((label for label in about if risk.startswith(f"{label}, ")), None)
        return named in reason if named else reason.startswith(risk)
