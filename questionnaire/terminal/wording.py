"""What people type, understood; and the standing words of the interview."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from questionnaire.terminal.matching import folded, lines_meant
from triage.text import RATHER_NOT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from questionnaire.terminal.interface import Offer
    from triage.conditions.leaf import NoAnswer, Ticks
    from triage.rulebook.model import Item

KEYS = "b back · ? help · w why we ask · r review · q stop"
KEYS_TYPED = f"Or type, then Enter: {KEYS}"
KEYS_KNOWN = "b back · ? help and all keys"
KEYS_PLAIN = (
    "You can also type one of these, then Enter: b for back, ? for help, w for why we ask, "
    "r to review your answers, q to save and stop."
)
HOW_TO_TICK = (
    "Type the numbers that fit, like 2 5. None of them: 0. Not sure about line 2: 2? Not sure about any: "
    "u. A clear word of a line will do, too."
)
NOTHING_TYPED = "Please type the numbers of the lines that fit, or 0 if none does."
MAX_LINE = 10_000

_UNSURE = frozenset(
    {"u", "unsure", "not sure", "dont know", "don't know", "i don't know", "i am not sure", "i'm not sure"}
)
_NONE = frozenset({"none", "none of these", "none of them", "nothing", "no", "0"})
_OPENING = (
    "LEG CRAMPS and other leg trouble: how soon to see whom, and what may help",
    "About 30 short questions, 15 to 20 minutes. Then you read how soon to see someone, what may play a "
    "part, what is safe to try, and why.",
    "It cannot examine you, or be sure what it is. It replaces no doctor, nurse or pharmacist. It is not "
    "for an emergency. For a child under 3, ask a clinician instead.",
    "You can also answer for a child or for another adult.",
    "Nothing leaves this computer. Answers are saved here as you go. Stop with q at any time, and go "
    "on later. You can delete them at the end.",
    "Very ill, or in danger now? Do not fill in a form. Call your local emergency number",
)


def opening(number: str | None, saving: bool = True) -> tuple[str, ...]:
    """The paragraphs before the first question. ``number`` is the emergency number, if it is set."""
    *said, last = _OPENING
    if not saving:
        said[-1] = "Nothing leaves this computer, and no answer is kept. Stop with q at any time."
    return *said, f"{last} ({number or 'for example 112, 911, 999 or 000'})."


_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_NUMBER_WORDS = {word: number for number, word in enumerate(_UNITS)}
_TEN_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENS = {word: ten * 10 for ten, word in enumerate(_TEN_WORDS, 2)}


class NotUnderstood(Exception):
    """What was typed cannot be taken as an answer. The message says what to type instead."""


def parse_lines(
    typed: str, codes: Sequence[str], texts: Sequence[str], words: Sequence[Collection[str]] = ()
) -> Ticks | NoAnswer:
    """Line numbers such as ``2``, ``2 5``, ``2, 5?`` or ``0`` for none, or clear words of ``texts``.

    ``words``: what each line is called besides. ``?`` marks a line unsure. Raises ``NotUnderstood``.
    """
    from triage.conditions.leaf import NoAnswer, Ticks  # not before the first question

    text = folded(typed)
    if text in _UNSURE:
        return NoAnswer.UNSURE
    if text in _NONE:
        return Ticks()
    named = [{folded(line)} for line in texts]
    for line, names in zip(named, words, strict=False):
        line.update(map(folded, names))
    for code, line in zip(codes, named, strict=True):
        if text in line:
            return Ticks(frozenset({code}))
    marked = [mark for part in _parts(text) for mark in _marked(part, texts, words)]
    if not marked:
        raise NotUnderstood(NOTHING_TYPED)
    if any(number == 0 for number, _ in marked):
        if len(marked) > 1:
            raise NotUnderstood("0 means “none”. Type either 0 or the numbers that fit.")
        return Ticks()
    ticked = frozenset(codes[number - 1] for number, sure in marked if sure)
    unsure = frozenset(codes[number - 1] for number, sure in marked if not sure)
    return Ticks(ticked, unsure - ticked)


def _parts(text: str) -> Iterator[str]:
    """Numbers one by one, and words that belong together."""
    for piece in re.split(r"[,;+&\n]|\band\b", re.sub(r"\s+\?", "?", text)):
        words: list[str] = []
        for word in piece.split():
            if any(sign.isdigit() for sign in word):
                yield word
            else:
                words.append(word)
        if words:
            yield " ".join(words)


def _marked(part: str, texts: Sequence[str], names: Sequence[Collection[str]]) -> list[tuple[int, bool]]:
    """The number of the line, from 1, and whether it is sure; 0 for none. Raises ``NotUnderstood``."""
    last = len(texts)
    match = re.fullmatch(r"(\d{1,3})(\??)", part)
    if match and int(match[1]) <= last:
        return [(int(match[1]), not match[2])]
    words = part.removesuffix("?")
    found = lines_meant(words, texts, names)
    if not found:  # each word may name a line of its own
        each = [lines_meant(word, texts, names) for word in words.split()]
        if len(each) > 1 and all(len(lines) == 1 for lines in each):
            return [(lines[0] + 1, words == part) for lines in each]
    if len(found) == 1:
        return [(found[0] + 1, words == part)]
    if found:
        raise NotUnderstood(f"“{words[:20]}” could be line {_either(found)}. Type the number.")
    raise NotUnderstood(
        f"“{part[:20]}” is not a line. Type numbers from 1 to {last}, a clear word, or 0 for none."
    )


def _either(places: Sequence[int]) -> str:
    """“1, 3 or 4”, for people: counted from 1."""
    *first, last = (str(place + 1) for place in places)
    return f"{', '.join(first)} or {last}" if first else last


def parse_number(typed: str, item: Item) -> int | float | NoAnswer:
    """A number in the item's unit: ``67``, ``about 67``, ``67 years``, ``sixty-seven``.

    Raises ``NotUnderstood``.
    """
    from triage.conditions.leaf import NoAnswer  # not before the first question

    assert item.range is not None
    text = folded(typed)
    if text in _UNSURE:
        return NoAnswer.UNSURE
    low, high = f"{item.range.min:g}", f"{item.range.max:g}"
    wanted = f"Please type a number from {low} to {high}. “About” is fine. Not sure? Type u."
    number: float | None = _spelt(text)
    if number is None:
        number = _in_digits(text[:200])
        other_unit = item.unit == "years" and re.search(r"\b(month|week|day)", text)
        if number is None or other_unit:
            raise NotUnderstood(wanted)
    if item.type == "integer":
        if number != int(number):
            raise NotUnderstood(f"Please type a whole number from {low} to {high}.")
        number = int(number)
    if not item.range.min <= number <= item.range.max:
        raise NotUnderstood(wanted)
    return number


def _in_digits(text: str) -> float | None:
    """The one number in the text. A comma is a decimal point unless three digits follow each."""
    found = re.findall(r"[-−]?\s?[\d.,]*\d", text)
    if len(found) != 1 or len(found[0]) > 12:
        return None
    digits = re.sub(r"\s", "", found[0]).replace("−", "-")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", digits):
        digits = digits.replace(",", "")
    try:
        return float(digits.replace(",", "."))
    except ValueError:
        return None


def _spelt(text: str) -> int | None:
    """A number below 100 in English words."""
    words = [w for w in re.split(r"[\s-]+", text) if w not in ("about", "years", "year", "old", "days")]
    if len(words) == 1 and words[0] in _NUMBER_WORDS:
        return _NUMBER_WORDS[words[0]]
    if words and words[0] in _TENS and len(words) <= 2:
        units = _NUMBER_WORDS.get(words[1]) if len(words) == 2 else 0
        if units is not None and units < 10:
            return _TENS[words[0]] + units
    return None


def command_typed(typed: str) -> str | None:
    """``back``, ``help``, ``why``, ``review`` or ``leave`` if that was typed, else None."""
    return {
        "b": "back", "back": "back", "<": "back",
        "?": "help", "h": "help", "help": "help",
        "w": "why", "why": "why", "r": "review", "review": "review",
        "q": "leave", "quit": "leave", "exit": "leave", "stop": "leave",
    }.get(unicodedata.normalize("NFKC", typed).strip().casefold())  # fmt: skip


def unlike_a_command(typed: str) -> str:
    """Typed text that begins like a command (":-(") with a space before it: it is none."""
    return f" {typed}" if typed.startswith(":") else typed


def chosen(typed: str, offers: Sequence[Offer]) -> Offer | None:
    """The one offer that was typed: its number, its code, or clear words of it."""
    meant = _offers_meant(typed, offers)
    return meant[0] if len(meant) == 1 else None


def none_chosen(typed: str, offers: Sequence[Offer]) -> str:
    """What to say of something typed that is not one offer."""
    meant = _offers_meant(typed, offers)
    if meant:
        places = [place for place, offer in enumerate(offers) if offer in meant]
        return f"“{typed[:20]}” could be {_either(places)}. Type the number."
    return f"“{typed[:20]}” is none of these. Type a number from 1 to {len(offers)}."


def _offers_meant(typed: str, offers: Sequence[Offer]) -> list[Offer]:
    said = folded(typed)
    if said.isdecimal() and len(said) < 4:
        number = int(said)
        if number == 0:  # in every list it means "none of these", and never another answer
            return [offer for offer in offers if offer.code == "none" and folded(offer.text) in _NONE]
        return [offers[number - 1]] if 1 <= number <= len(offers) else []
    short = {"y": "yes", "n": "no", **dict.fromkeys(_UNSURE, "unsure")}.get(said, said)
    exact = [offer for offer in offers if short in (offer.code, folded(offer.text))]
    texts, words = [offer.text for offer in offers], [offer.words for offer in offers]
    return exact[:1] or [offers[place] for place in lines_meant(typed, texts, words)]


def skips(typed: str) -> bool:
    """Whether a question that may be skipped is."""
    return folded(typed) in ("", folded(RATHER_NOT), "skip", "skipped", "declined")


YES_NO = ("y", "n", "u")
TYPE_YES_NO = "Type y for yes, n for no, u for not sure"
TYPE_WHAT_IT_MEANS = "Type y, n or u"
NEITHER = "Please type y, n or u. To stop: q."  # after anything else


def yes_or_no(typed: str) -> str:
    """``yes``, ``no``, ``unsure`` or ``leave`` if that is what was typed, and nothing else."""
    folded = unicodedata.normalize("NFKC", typed).strip().casefold().rstrip(".!")
    words = {
        "yes": ("y", "yes"), "no": ("n", "no"), "unsure": ("u", "unsure", "not sure"),
        "leave": ("q", "quit", "exit", "stop"),
    }  # fmt: skip
    return next((answer for answer, known in words.items() if folded in known), "")
