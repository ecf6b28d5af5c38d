"""The one verb: from a rulebook, a response and a date to an assessment."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace

from triage.conditions.leaf import Medicines, NoAnswer, Ticks
from triage.conditions.nodes import Node
from triage.conditions.walk import items_read
from triage.engine import assessment as a
from triage.engine.advising import advising
from triage.engine.counterfactuals.resting import rest
from triage.engine.counterfactuals.single_changes import unresolved
from triage.engine.inference import Inference, Reasoner
from triage.engine.medicine_notes import medicine_notes
from triage.engine.onset import rests_on_later_medicines, without_later_medicines
from triage.engine.outcome import outcome, surely_concerning, to_do
from triage.engine.proxy import about_another, in_their_words, only_they_feel
from triage.engine.response import Response
from triage.engine.wording.reasons import remarks
from triage.readers.evaluate import Reason, evaluate, reasons
from triage.rulebook.cards import Factor, Pattern, RedFlag, Theory
from triage.rulebook.model import VERDICTS, Item, Level, urgency
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth

_WHO = "who"  # the section that asks who somebody is


def assess(rulebook: Rulebook, response: Response, today: datetime.date) -> a.Assessment:
    """Everything that follows from ``response`` on the day ``today``.

    The conclusions come from the rule network; the plain evaluator explains them. Pure: the same
    input gives the same result.
    """
    return assess_with(Reasoner(rulebook, today), response)


def assess_with(reasoner: Reasoner, response: Response) -> a.Assessment:
    """The same, with a reasoner that is there already (its network takes a moment to build)."""
    return _Assessor(reasoner, reasoner.step(response)).result()


class _Assessor:
    def __init__(self, reasoner: Reasoner, step: Inference) -> None:
        self.book = in_their_words(reasoner.rulebook, step.effective_answers)
        self.today = reasoner.today
        self.levels = reasoner.levels
        self.step = step
        self.response = step.response
        self.effective_answers = step.effective_answers
        self.found = step.found
        self.truths = step.truths

    def result(self) -> a.Assessment:
        level, missing = self.step.level, self.step.due
        rests = rest(self.book, self.levels, self.step, self.today)
        disposition = outcome(self.book, self.step)
        red_flags = self.red_flags()
        patterns = self.patterns()
        factors = self.factors()
        theories = self.theories()
        given, withheld = advising(self.book, self.step, disposition.code)
        return a.Assessment(
            rulebook_id=self.book.frame.id,
            rulebook_version=self.book.frame.version,
            rulebook_sha256=self.book.sha256,
            date=self.today,
            complete=not missing,
            missing=missing,
            disposition=disposition,
            red_flags=red_flags,
            patterns=patterns,
            factors=factors,
            theories=theories,
            advice=given,
            withheld=withheld,
            claims=self.claims((*red_flags, *patterns, *factors, *theories, *given)),
            pertinent_negatives=self.negatives(),
            unresolved=unresolved(self.book, self.effective_answers, self.found, level),
            would_change=rests.single,
            would_change_together=rests.together,
            smallest_reason=() if disposition.code == "unfinished" else rests.reason,
            medicines=self.medicines(),
            response=self.response,
            effective_answers=self.effective_answers,
            always=self.book.frame.always,
            safety_net=surely_concerning(self.book.frame.safety_net, self.step),
            crisis=self.book.frame.crisis or "",
            clinician_note=self.book.frame.clinician_note,
            about_another=about_another(self.book, self.effective_answers),
        )

    def red_flags(self) -> tuple[a.Finding, ...]:
        certain = {entry.card: entry.certain for entry in self.step.raising}
        found = [
            self.finding(
                card,
                card.disposition if certain[card.id] else card.if_unsure,
                to_do(card, self.step),
                certain[card.id],
            )
            for card in self.book.red_flags
            if card.id in certain and (certain[card.id] or card.if_unsure != "self_care")
        ]
        return tuple(sorted(found, key=lambda f: (-urgency(f.level or "self_care"), not f.certain, f.id)))

    def why(self, condition: Node) -> list[Reason]:
        read = self.book.option_gates.condition
        return reasons(condition, self.effective_answers, self.book.written, self.found, read)

    def holds(self, condition: Node) -> bool:
        read = self.book.option_gates.condition(condition)
        return evaluate(read, self.effective_answers, self.found).truth is Truth.PRESENT

    def patterns(self) -> tuple[a.Finding, ...]:
        found = [
            self.finding(card, card.disposition, card.do_now)
            for card in self.book.patterns
            if self.truths[card.id] is Truth.PRESENT
        ]
        return tuple(sorted(found, key=lambda f: (-urgency(f.level or "self_care"), f.id)))

    def factors(self) -> tuple[a.Finding, ...]:
        firing = [
            self.finding(card, None, None)
            for card in self.book.factors
            if self.truths[card.id] is Truth.PRESENT and not self.comes_later(card)
        ]
        found = [replace(f, for_=without_later_medicines(f.for_, self.effective_answers)) for f in firing]
        return tuple(sorted(found, key=lambda f: (VERDICTS.index(f.evidence), f.title, f.id)))

    def comes_later(self, card: Factor) -> bool:
        """Whether only medicines speak for it that are younger than the cramps."""
        why = self.why(card.when)
        return rests_on_later_medicines(why, self.effective_answers)

    def theories(self) -> tuple[a.TheoryNote, ...]:
        return tuple(self.theory(c) for c in self.book.theories if self.truths[c.id] is Truth.PRESENT)

    def theory(self, card: Theory) -> a.TheoryNote:
        why = self.why(card.when)
        documents = {document for claim in card.claims for document in self.book.claims[claim].documents}
        return a.TheoryNote(
            card.id, card.title, card.evidence, card.claimed, tuple(sorted(documents)), card.because,
            card.think_of, remarks(why, Truth.PRESENT, self.book, self.effective_answers), card.sources,
            card.claims,
        )  # fmt: skip

    def finding(
        self,
        card: RedFlag | Pattern | Factor,
        level: Level | None,
        do_now: str | None,
        certain: bool = True,
    ) -> a.Finding:
        why = self.why(card.when)
        against = remarks(why, Truth.ABSENT, self.book, self.effective_answers)
        speaking = None if isinstance(card, RedFlag) else card.against_when
        if speaking is not None and self.holds(speaking):  # its parts alone speak against nothing
            contrary = self.why(speaking)
            against += remarks(contrary, Truth.PRESENT, self.book, self.effective_answers)
        for_ = remarks(why, Truth.PRESENT, self.book, self.effective_answers)
        unknown = remarks(why, Truth.UNKNOWN, self.book, self.effective_answers)
        return a.Finding(
            id=card.id,
            title=card.title,
            evidence=card.evidence,
            because=card.because,
            clinician=card.clinician,
            level=level,
            certain=certain,
            do_now=do_now,
            for_=for_,
            against=tuple(dict.fromkeys(against)),
            unknown=unknown,
            sources=card.sources,
            claims=card.claims,
            examine=card.examine,
            consider=surely_concerning(card.consider, self.step),
            private=any(remark.private for remark in (*for_, *unknown)),
        )

    def claims(self, shown: Iterable[a.Finding | a.TheoryNote | a.Given]) -> tuple[a.ClaimNote, ...]:
        cited = {claim for entry in shown for claim in self.book.cards[entry.id].claims}
        return tuple(
            a.ClaimNote(claim.id, claim.verdict, claim.text, claim.why, claim.documents)
            for claim in self.book.claims.values()
            if claim.id in cited
        )

    def negatives(self) -> tuple[a.Negative, ...]:
        """Lines with words for a denial that were asked and answered "no"; never "not sure" or "not asked".

        Nor lines of a question that was asked only because of a doubt: who is not sure about
        dialysis does not deny cramps on dialysis. Nor a line of which nobody told whether it can be so of
        them: a girl whose sex was not asked does not deny pain in a testicle.
        """
        denied: list[a.Negative] = []
        felt = only_they_feel(self.book, self.effective_answers)
        untold = {
            item.id: NoAnswer.UNSURE
            for item in self.book.items.values()
            if item.section == _WHO and self.is_untold(item)
        }

        def may_not_apply(gate: Node | None) -> bool:
            if gate is None:
                return False
            if items_read(gate) & untold.keys():
                told = {**self.effective_answers, **untold}
                return evaluate(gate, told, {}).truth is not Truth.PRESENT
            return evaluate(gate, self.effective_answers, {}).truth is Truth.ABSENT

        for item in self.book.items.values():
            effective_answer = self.effective_answers[item.id]
            gate = item.ask_when
            doubt = gate and evaluate(gate, self.effective_answers, {}).truth is not Truth.PRESENT
            if isinstance(effective_answer, NoAnswer) or doubt or may_not_apply(gate):
                continue
            for option in item.options:
                if not option.clinical_no or option.private or option.code in felt.get(item.id, ()):
                    continue
                concerns = option.relevant_when
                if may_not_apply(option.ask_when) or (
                    concerns and evaluate(concerns, self.effective_answers, {}).truth is Truth.ABSENT
                ):
                    continue
                if isinstance(effective_answer, Ticks):
                    no = option.code not in effective_answer.ticked | effective_answer.unsure
                else:
                    no = effective_answer != option.code
                if no:
                    denied.append(a.Negative(item.id, option.code, option.text, option.clinical_no))
        return tuple(denied)

    def is_untold(self, item: Item) -> bool:
        """Whether it is not known: without an answer, or who somebody is, which was not asked."""
        answer = self.effective_answers[item.id]
        return isinstance(answer, NoAnswer) and (answer is not NoAnswer.UNREACHABLE or item.unchanging)

    def medicines(self) -> tuple[a.MedicineNote, ...]:
        given, read = self.response.get("medicines"), self.effective_answers.get("medicines")
        if not isinstance(given, tuple) or not isinstance(read, Medicines):
            return ()
        return tuple(note for answer in given for note in medicine_notes(self.book, answer))
