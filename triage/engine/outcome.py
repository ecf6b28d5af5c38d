"""The result in words: how soon, where, what to do until then, and what to say on the phone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from triage.conditions.nodes import Not
from triage.engine.assessment import Disposition
from triage.engine.inference import Inference
from triage.engine.wording.exact_words import distinct, one_sentence, spoken_parts
from triage.readers.evaluate import evaluate
from triage.rulebook.cards import Pattern, RedFlag
from triage.rulebook.model import LEVELS, Line, urgency
from triage.rulebook.model import Disposition as Said
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth

MOST_SAID = 3  # so many findings are told on the phone: more nobody can read out in fear
SENTENCE = re.compile(r"(?<=[.!])\s+")  # a question stays with its answer


def outcome(rulebook: Rulebook, step: Inference) -> Disposition:
    """What the answers so far lead to. ``rulebook`` has the words to use ("you" or "they").

    A card with a page of its own, if no other card is as urgent, speaks in place of its level.
    """
    if step.due and urgency(step.level) < urgency("soon"):
        open_ = rulebook.frame.unfinished
        do = concerning(open_.do, step)
        return Disposition(
            "unfinished", open_.label, open_.within, open_.place, "", do, (), open_.clinician, ()
        )
    because = tuple(entry.card for entry in step.raising if entry.level == step.level)
    certain = {entry.card for entry in step.raising if entry.certain}
    flags = [
        c for c in (rulebook.cards[card] for card in ordered(rulebook, step)) if isinstance(c, RedFlag)
    ]
    said = rulebook.dispositions[step.level]
    own = [page for card in flags if card.id in certain and (page := card.own_page) is not None]
    alone = bool(own) and len(own) == len(because)
    words = own[0] if alone else said
    do = tuple(lines(flags, step)) if alone else concerning(said.do, step)
    return Disposition(
        code=step.level,
        label=words.label,
        within=words.within,
        place=words.place,
        say=to_say(rulebook, flags, step) if alone or step.level == "emergency" else "",
        do=do,
        move_up=() if alone else said.move_up,
        clinician=said.clinician,
        because=because,
        alone=alone,
        whom=() if alone else surely_concerning(said.whom, step) or (f"{said.place}.",),
        now=() if alone else surely_concerning(said.now, step),  # few words: none that may not fit
        sooner=() if alone else tuple(calls(rulebook, said, step)),
    )


def calls(rulebook: Rulebook, said: Said, step: Inference) -> Iterator[tuple[str, str]]:
    """For each more urgent level how to call, and the signs that mean it; the calmer level first."""
    for level in reversed(LEVELS):
        signs = surely_concerning((line for line in said.sooner if line.level == level), step)
        if signs:
            yield rulebook.dispositions[level].call or "", " ".join(signs)


def ordered(rulebook: Rulebook, step: Inference) -> list[str]:
    """The cards that set the level: those with a page of their own first, doubts last."""
    setting = [entry for entry in step.raising if entry.level == step.level]

    def rank(card: str, certain: bool) -> tuple[bool, bool, str]:
        return not certain, getattr(rulebook.cards[card], "own_page", None) is None, card

    return [card for card, _, certain in sorted(setting, key=lambda entry: rank(entry.card, entry.certain))]


def own_pages(rulebook: Rulebook, step: Inference) -> tuple[str, ...]:
    """The cards with a page of their own that are found for certain, whatever else is."""
    return tuple(
        entry.card
        for entry in step.raising
        if entry.certain and getattr(rulebook.cards[entry.card], "own_page", None) is not None
    )


def concerning(lines: Iterable[Line], step: Inference) -> tuple[str, ...]:
    """The lines without those that surely do not concern this person."""
    return tuple(line.text for line in lines if _concerns(line, step) is not Truth.ABSENT)


def surely_concerning(lines: Iterable[Line], step: Inference) -> tuple[str, ...]:
    """The lines of which it is known that they concern this person. One for all others (``not``) stays
    while that is not known: nobody is left without anyone to call."""
    return tuple(
        line.text
        for line in lines
        if (truth := _concerns(line, step)) is Truth.PRESENT
        or (isinstance(line.relevant_when, Not) and truth is not Truth.ABSENT)
    )


def _concerns(line: Line, step: Inference) -> Truth:
    node = line.relevant_when
    return Truth.PRESENT if node is None else evaluate(node, step.effective_answers, step.found).truth


def to_do(card: RedFlag | Pattern, step: Inference) -> str:
    """What a card says to do until seen, with the lines that concern this person."""
    also = concerning(card.also_do, step) if isinstance(card, RedFlag) else ()
    return " ".join(part for part in (card.do_now, *also) if part)


def lines(flags: Iterable[RedFlag], step: Inference) -> Iterator[str]:
    """The sentences of what these cards say to do, one a line, each once."""
    yield from dict.fromkeys(
        sentence for card in flags for sentence in SENTENCE.split(to_do(card, step)) if sentence
    )


def to_say(rulebook: Rulebook, flags: Iterable[RedFlag], step: Inference) -> str:
    """One sentence for the phone: the signs that were told, then few words of the cards that list none."""
    certain = {entry.card for entry in step.raising if entry.certain}
    alone: list[str] = []
    signs: list[str] = []
    added: list[str] = []
    others: list[str] = []
    for card in flags:
        sure = card.id in certain
        told = spoken_parts(rulebook, card, step.effective_answers, certain=sure)
        said = one_sentence(told) or card.say or card.title
        if sure and told and card.own_page is None:
            signs, added = [*signs, *told[:-1]], [*added, told[-1]]
        else:
            where = others if card.own_page is None else alone
            where.append(said if sure else f"Perhaps: {lowered(said)}")
    named = list(dict.fromkeys([*signs[:MOST_SAID], *added]))[: MOST_SAID + 1 - len(alone)]
    parts = distinct([*alone, *([one_sentence(named)] if named else []), *others])
    first, *others = parts[: max(1, MOST_SAID + 1 - len(named), len(alone) + bool(named))] or [""]
    also = "; ".join(lowered(part) for part in others)
    return f"{first}. Also: {also}." if also else f"{first}." if first else ""


def lowered(text: str) -> str:
    """Without a capital at the beginning, unless it is the word I, letters only (AF) or a name."""
    first = text.partition(" ")[0]
    letters = len(first) > 1 and first[:2].isupper()
    if letters or first in ("I", "I’m") or first.endswith(("'s", "’s")):
        return text
    return text[:1].lower() + text[1:]
