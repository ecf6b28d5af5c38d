"""Answers put into words: one leaf of a condition, as this person answered it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from triage.conditions.leaf import EffectiveAnswer, Medicines, NoAnswer, Ticks, counts_in_time
from triage.conditions.nodes import Answered, Comparator, Compare, Includes, Is, Leaf, Takes
from triage.engine.assessment import Remark
from triage.engine.effective import hidden_codes
from triage.engine.wording.exact_words import in_exact_words
from triage.readers.evaluate import Reason
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth

_GROWN_UP = 18  # years
_SILENT = {
    NoAnswer.UNSURE: "not sure",
    NoAnswer.DECLINED: "not answered",
    NoAnswer.NOT_ASKED: "not asked",
    NoAnswer.UNREACHABLE: "no",
}


def remarks(
    reasons: list[Reason],
    wanted: Truth,
    rulebook: Rulebook,
    effective_answers: Mapping[str, EffectiveAnswer],
) -> tuple[Remark, ...]:
    """The reasons of one truth as remarks, without repeats.

    A question, or a line, that was never for this person counts as "no", but they never said so: such a
    line is not told, and such a question only where nothing else speaks for it; against it, never.
    """
    leaves = [r.leaf for r in reasons if r.truth is wanted and not _is_no_reason(r.leaf, rulebook)]
    put = [leaf for leaf in leaves if effective_answers.get(leaf.item) is not NoAnswer.UNREACHABLE]
    listed = [
        remark
        for leaf in (put if put or wanted is Truth.ABSENT else leaves)
        for remark in _leaf(leaf, rulebook, effective_answers, wanted is not Truth.UNKNOWN)
    ]
    return tuple(dict.fromkeys(listed))


def _is_no_reason(leaf: Leaf, rulebook: Rulebook) -> bool:
    """That something is known, or that somebody is past the age of children, speaks for nothing."""
    if isinstance(leaf, Compare):
        past = leaf.how is Comparator.AT_LEAST and leaf.threshold <= _GROWN_UP
        return past and rulebook.items[leaf.item].unchanging
    return isinstance(leaf, Answered)


def _leaf(
    leaf: Leaf, rulebook: Rulebook, effective_answers: Mapping[str, EffectiveAnswer], settled: bool
) -> list[Remark]:
    item = rulebook.items[leaf.item]
    effective_answer = effective_answers.get(leaf.item, NoAnswer.NOT_ASKED)
    match leaf:
        case Includes():
            hidden = hidden_codes(item, effective_answers)
            shown = [code for code in leaf.codes if code not in hidden]
            lines = [line_remark(item, code, effective_answer) for code in shown]
            ticked = [remark.option for remark in lines if remark.answer == "yes"]
            if ticked:
                return [_told(rulebook, item, code, effective_answers) for code in ticked if code]
            return lines if settled else [r for r in lines if r.answer != "no"]
        case Is() | Compare() | Answered():
            return [item_remark(item, effective_answer)]
        case Takes():
            return [_takes(leaf, item, effective_answer, rulebook)]
        case _:
            assert_never(leaf)


def _told(
    rulebook: Rulebook, item: Item, code: str, effective_answers: Mapping[str, EffectiveAnswer]
) -> Remark:
    """A ticked line, as exactly as it was told."""
    option = item.option(code)
    assert option is not None
    exact = in_exact_words(rulebook.items, option, effective_answers)
    text = item.told_as.format(line=exact.text) if item.told_as else exact.text
    return Remark(item.id, code, "yes", text, exact.clinical_yes or exact.text, option.private)


def line_remark(item: Item, code: str, effective_answer: EffectiveAnswer) -> Remark:
    """One line of a tick list."""
    option = item.option(code)
    assert option is not None
    clinical = option.clinical_yes or option.text
    text = item.told_as.format(line=option.text) if item.told_as else option.text
    if isinstance(effective_answer, Ticks):
        unticked = "unsure" if code in effective_answer.unsure else "no"
        answer = "yes" if code in effective_answer.ticked else unticked
    else:
        answer = effective_answer.value if isinstance(effective_answer, NoAnswer) else "unsure"
    if answer == "yes":
        return Remark(item.id, code, "yes", text, clinical, option.private)
    word = {"no": "no", "unsure": "not sure", "declined": "not answered"}.get(answer, "not asked")
    if answer == "unreachable":
        answer, word = "no", "no"
    return Remark(item.id, code, answer, f"{text}: {word}", f"{clinical}: {word}", option.private)


def item_remark(item: Item, effective_answer: EffectiveAnswer) -> Remark:
    """A choice or a number, as answered."""
    if isinstance(effective_answer, NoAnswer):
        word = _SILENT[effective_answer]
        answer = "no" if effective_answer is NoAnswer.UNREACHABLE else effective_answer.value
        label = item.clinical_yes or _bare(item.text)
        private = any(option.private for option in item.options)
        text = f"{_bare(item.text)}: {word}"
        return Remark(item.id, None, answer, text, f"{label}: {word}", private)
    if isinstance(effective_answer, str):
        option = item.option(effective_answer)
        said = option.text if option else effective_answer
        yes = item.option("yes")
        clinical = (option and option.clinical_yes) or said
        if effective_answer == "no" and yes is not None and yes.clinical_no:
            clinical = f"no {yes.clinical_no}"
        private = bool(option and option.private)
        text = f"{_bare(item.text)}: {said}"
        return Remark(item.id, effective_answer, effective_answer, text, clinical, private)
    label = item.clinical_yes or _bare(item.text)
    said, told = "answered", "answered"
    if isinstance(effective_answer, int | float):
        said, told = f"{effective_answer:g}", item.measured(effective_answer)
    return Remark(item.id, None, said, f"{label}: {told}", f"{label} {told}")


def _takes(leaf: Takes, item: Item, effective_answer: EffectiveAnswer, rulebook: Rulebook) -> Remark:
    entry = rulebook.classes.get(leaf.medicine_class)
    group = entry.title if entry else leaf.medicine_class.replace("_", " ")
    if isinstance(effective_answer, Medicines):
        names = [t.name for t in effective_answer.taken if t.counts(leaf) is Truth.PRESENT]
        in_time = [t.name for t in effective_answer.taken if counts_in_time(leaf, t) is Truth.PRESENT]
        names = in_time or names  # of two, the one that is new is the reason, not the old one
        strange = [t.name for t in effective_answer.taken if t.counts(leaf) is Truth.UNKNOWN]
        if names:
            said = f"Takes {', '.join(dict.fromkeys(names))}"
            new = f" (started/changed ≤{leaf.within_weeks} wk)" if in_time and leaf.within_weeks else ""
            return Remark(item.id, leaf.medicine_class, "yes", said, said + new)
        if strange:
            said = f"{group}: not known, because of {', '.join(f'“{name}”' for name in strange)}"
            return Remark(item.id, leaf.medicine_class, "unsure", said, said)
        said = f"{group}: no"
        return Remark(item.id, leaf.medicine_class, "no", said, said)
    silence = effective_answer if isinstance(effective_answer, NoAnswer) else NoAnswer.UNSURE
    if silence in (NoAnswer.UNSURE, NoAnswer.DECLINED):  # nobody was asked about one class by its name
        return item_remark(item, silence)
    said = f"{group}: {_SILENT[silence]}"
    return Remark(item.id, leaf.medicine_class, silence.value, said, said)


def _bare(question: str) -> str:
    return question.rstrip("?.: ")
