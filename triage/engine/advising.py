"""What is safe to advise: what is given, and what is held back with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from triage.conditions.leaf import Medicines
from triage.conditions.nodes import MEDICINES, Node, Takes
from triage.conditions.walk import leaves
from triage.engine.assessment import Code, Given, Withheld
from triage.engine.disposition import most_urgent
from triage.engine.inference import Inference
from triage.engine.wording.reasons import remarks
from triage.readers.evaluate import reasons
from triage.rulebook.cards import Advice
from triage.rulebook.model import Level
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth

MOST_DOUBTS = 3  # so many unknown answers are named as the reason why an advice has to wait
CALM: tuple[Level, ...] = ("soon", "routine", "self_care")


def advising(
    rulebook: Rulebook, step: Inference, code: Code
) -> tuple[tuple[Given, ...], tuple[Withheld, ...]]:
    """What may be shown at the disposition ``code``. A guard that is PRESENT or UNKNOWN withholds, and
    so does a doubt that makes the result more urgent, or leaves open whether the advice fits."""
    given: list[Given] = []
    withheld: list[Withheld] = []
    for card in rulebook.advice:
        offered = step.truths[card.id]
        if offered is Truth.ABSENT:
            continue
        guards = _guards(card, step)
        if guards.unnamed and guards.only_unknown:
            names = " and ".join(f"“{name}”" for name in guards.unnamed)
            guards.blocking.append(f"It depends on what {names} is. A pharmacist can tell you.")
        if code not in card.shown_at or offered is Truth.UNKNOWN:
            doubt = _doubt(rulebook, card, step, code)
            if doubt:
                withheld.append(_withheld(card, guards, (*guards.blocking, doubt), unknown=True))
        elif guards.blocking:
            withheld.append(_withheld(card, guards, tuple(guards.blocking), unknown=guards.unknown))
        else:
            given.append(
                Given(
                    card.id, card.title, card.kind, card.text, card.because, card.stop_rule,
                    card.evidence, card.clinician, tuple(guards.cautions), card.sources, card.now or "",
                    card.when_it_comes or "",
                )
            )  # fmt: skip
    shown = {advice.id for advice in given}
    return tuple(given), tuple(h if h.instead in shown else replace(h, instead="") for h in withheld)


@dataclass
class _Guards:
    """What the guards of one advice say of this person."""

    blocking: list[str] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)  # what to do in its place, one for each that blocks
    unknown: bool = False
    only_unknown: bool = True
    unnamed: dict[str, None] = field(default_factory=dict)  # medicines on whose names a guard hangs

    @property
    def instead(self) -> str:
        """The advice that takes its place, if everything that blocks it names the same one."""
        return self.others[0] if len(set(self.others)) == 1 else ""


def _guards(card: Advice, step: Inference) -> _Guards:
    found = _Guards()
    for number, guard in enumerate(card.guards):
        truth = step.truths[f"{card.id}#{number}"]
        if truth is Truth.ABSENT:
            continue
        if guard.block_when is None:
            found.cautions.append(guard.why)
            continue
        found.unknown |= truth is Truth.UNKNOWN
        found.only_unknown &= truth is Truth.UNKNOWN
        names = dict.fromkeys(_unnamed(guard.block_when, step)) if truth is Truth.UNKNOWN else {}
        found.unnamed |= names
        found.others.append(guard.instead or "")
        if names:  # its words would tell of a medicine that perhaps is not taken
            continue
        found.blocking.append(guard.why)
    return found


def _withheld(card: Advice, guards: _Guards, why: tuple[str, ...], *, unknown: bool) -> Withheld:
    return Withheld(card.id, card.title, why, unknown, guards.instead, card.meanwhile or "")


def _unnamed(guard: Node, step: Inference) -> Iterator[str]:
    """The medicines that may be what the guard asks for, as far as is known of them."""
    effective_answer = step.effective_answers.get(MEDICINES)
    for leaf in leaves(guard):
        if isinstance(leaf, Takes) and isinstance(effective_answer, Medicines):
            yield from (
                taken.name for taken in effective_answer.taken if taken.counts(leaf) is Truth.UNKNOWN
            )


def _doubt(rulebook: Rulebook, card: Advice, step: Inference, code: Code) -> str:
    """What is not known, if the advice would be shown without that doubt; else nothing.

    What to leave alone is never held back, and from "today" on the page says only what to do now.
    """
    certainly = most_urgent(entry for entry in step.raising if entry.certain)
    if card.kind == "avoid" or code not in CALM or not {code, certainly} & set(card.shown_at):
        return ""
    if step.truths[card.id] is Truth.UNKNOWN and card.kind != "try" and code in card.shown_at:
        return ""  # nothing to do is held back
    unknown: dict[str, None] = {}
    for node in _open(rulebook, card, step, code):
        why = reasons(
            node, step.effective_answers, rulebook.written, step.found, rulebook.option_gates.condition
        )
        unknown |= {r.text: None for r in remarks(why, Truth.UNKNOWN, rulebook, step.effective_answers)}
    said = "; ".join(list(unknown)[:MOST_DOUBTS])
    return f"It has to wait until this is known: {said}." if said else ""


def _open(rulebook: Rulebook, card: Advice, step: Inference, code: Code) -> Iterator[Node]:
    """The conditions in doubt that stand between this person and the advice."""
    if code not in card.shown_at:
        doubts = {entry.card for entry in step.raising if not entry.certain}
        for flag in rulebook.red_flags:
            if flag.id in doubts and flag.if_unsure not in card.shown_at:
                yield flag.when
    if step.truths[card.id] is Truth.UNKNOWN:
        yield card.offer_when
