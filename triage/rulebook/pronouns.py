"""The words of the rulebook when someone answers for another person: "you" becomes "they".

In English "they" takes the verb forms of "you" (you are, they are), so that pronouns can be turned
mechanically. What would sound wrong, and what speaks to the one who answers, stands in the
rulebook's ``other_person.yaml`` as a pair of phrases and is put in first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from triage.rulebook.frozen import Frozen, keys_of
from triage.rulebook.model import OtherPerson

F = TypeVar("F", bound=Frozen)

# Keys of items, options, cards and the frame that a person reads.
_SPOKEN = {
    "text", "help", "why", "before", "after", "title", "because", "do_now", "stop_rule", "claimed",
    "think_of", "within", "place", "label", "note", "say", "say_with", "crisis", "brief",
    "brief_when_soon", "now", "when_it_comes", "meanwhile", "call",
}  # fmt: skip
_LISTS = {"move_up", "always"}
_PARTS = {
    "options", "guards", "dispositions", "sections", "unfinished", "do", "also_do", "own_page", "whom",
    "now", "sooner", "safety_net",
}  # fmt: skip

# After these words "you" is an object: "tells you" becomes "tells them".
_BEFORE_OBJECT = (
    "about|affects|around|ask|asked|at|bar|beside|blame|bother|bothers|by|call|check|checked|examine|"
    "fit|fits|for|from|gave|give|gives|giving|harm|harms|help|helps|hurt|in|inside|keep|keeps|let|lets|"
    "like|limit|limits|made|make|makes|near|of|on|reach|see|seen|show|shows|stop|stops|suit|suits|tell|"
    "tells|to|told|towards|treat|treated|treats|trip|trips|wake|wakes|with|without|worries|worry"
)
_OBJECT = re.compile(rf"\b({_BEFORE_OBJECT})(\s+)you\b(?! (?:are|were)\b)", re.IGNORECASE)
_SIMPLE = {
    "you": "they", "your": "their", "yours": "theirs", "yourself": "themselves",
    "You": "They", "Your": "Their", "Yours": "Theirs", "Yourself": "Themselves",
}  # fmt: skip
_WORD = re.compile(r"\b(?:" + "|".join(_SIMPLE) + r")\b")
# What only the person can do: "Drink when you are thirsty" becomes "They should drink when …".
_OWN_ACTS = (
    "drink|lie|sit|stay|walk|rest|weigh|cover|use|circle|rub|eat|wear|keep|leave|rise|stand|get up|"
    "go on|hold|do a|take(?! (?:a list|along|the page|your))"
)
_IMPERATIVE = re.compile(rf"^(Then |So )?(Do not |Never )?((?i:{_OWN_ACTS})\b.*)$", re.DOTALL)
_NOT = re.compile(r"^(Then |So )?(Do not |Never )(.*)$", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.?!:])(\s+)")


def they(text: str, phrases: OtherPerson) -> str:
    """The text about another person. Kept apart: phrases that have a wording of their own."""
    kept: list[str] = []

    def keep(words: str) -> str:
        kept.append(words)
        return f"\0{len(kept) - 1}\0"

    for pair in sorted(phrases.instead, key=lambda pair: len(pair.you), reverse=True):
        if pair.you in text:
            text = text.replace(pair.you, keep(pair.they))
    turned = "".join(part if part.isspace() else _sentence(part) for part in _SENTENCE.split(text))
    return re.sub("\0(\\d+)\0", lambda found: kept[int(found[1])], turned)


def _sentence(sentence: str) -> str:
    if not _WORD.search(sentence):
        return sentence
    found = _IMPERATIVE.match(sentence) or _NOT.match(sentence)
    if found is not None and not sentence.endswith("?"):
        first, refusal, rest = (found[n] or "" for n in (1, 2, 3))
        should = {"Do not ": "should not ", "Never ": "should never "}.get(refusal, "should ")
        subject = f"{first}they " if first else "They "
        sentence = f"{subject}{should}{rest[0].lower()}{rest[1:]}".replace(", and do not ", ", and not ")
    sentence = _OBJECT.sub(r"\1\2them", sentence)
    return _WORD.sub(lambda word: _SIMPLE[word[0]], sentence)


def spoken_of(part: F, phrases: OtherPerson) -> F:
    """A part of the rulebook (an item, a card, the frame) with the words about another person."""
    return _in_words(part, lambda text: they(text, phrases))


def reworded(part: F, old: str, new: str) -> F:
    """A part of the rulebook with other words in place of ``old``, wherever a person reads them."""
    return _in_words(part, lambda text: text.replace(old, new))


def _in_words(part: F, say: Callable[[str], str]) -> F:
    changes: dict[str, Any] = {}
    for key in keys_of(type(part)):
        value = getattr(part, key)
        if key in _SPOKEN and isinstance(value, str):
            changes[key] = say(value)
        elif key in _LISTS:
            changes[key] = tuple(say(line) for line in value)
        elif key in _PARTS and value and not isinstance(value, str):
            several = isinstance(value, tuple)
            changes[key] = tuple(_in_words(one, say) for one in value) if several else _in_words(value, say)
    return part.model_copy(update=changes)


def speaks(part: Frozen) -> Iterator[str]:
    """Every text of a part that a person reads."""
    for key in keys_of(type(part)):
        value = getattr(part, key)
        if key in _SPOKEN and isinstance(value, str):
            yield value
        elif key in _LISTS:
            yield from value
        elif key in _PARTS and value and not isinstance(value, str):
            for one in value if isinstance(value, tuple) else (value,):
                yield from speaks(one)
