"""Only what was told, of a line that holds several things and of a card that several signs can raise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from triage.conditions.leaf import EffectiveAnswer, NoAnswer, Ticks
from triage.conditions.nodes import Found, Includes, Is, Node
from triage.conditions.walk import leaves
from triage.rulebook.cards import RedFlag
from triage.rulebook.model import Item, Option
from triage.rulebook.rulebook import Rulebook

_MANY = 3  # from so many on they are told one after the other
_SILENT = {NoAnswer.UNSURE: "not sure", NoAnswer.DECLINED: "not answered"}


def in_exact_words(
    items: Mapping[str, Item], option: Option, effective_answers: Mapping[str, EffectiveAnswer]
) -> Option:
    """A ticked line with the words for what was ticked in its closer list; itself, if it has none.

    Where the closer list names nothing, the line keeps its words for the person, and those for the
    clinician say that it is not known which. Codes stay, so cards read the line as before.
    """
    closer = items.get(option.closer) if option.closer else None
    if closer is None:
        return option
    answer = effective_answers.get(closer.id, NoAnswer.NOT_ASKED)
    clinical = option.clinical_yes or option.text
    if not isinstance(answer, Ticks):
        which = _SILENT.get(answer, "not asked") if isinstance(answer, NoAnswer) else "not asked"
        return option.model_copy(update={"clinical_yes": f"{clinical} (which: {which})"})
    ticked = [one for one in closer.options if one.code in answer.ticked]
    unsure = [one for one in closer.options if one.code in answer.unsure]
    if not ticked:
        maybe = " or ".join(one.clinical_yes or one.text for one in unsure)
        which = f"not sure, perhaps {maybe}" if maybe else "none of those asked"
        return option.model_copy(update={"clinical_yes": f"{clinical} (which: {which})"})
    words = [one.clinical_yes or one.text for one in ticked]
    words += [f"{one.clinical_yes or one.text} (not sure)" for one in unsure]
    text = ", ".join(
        one.text if n == 0 else one.text[0].lower() + one.text[1:] for n, one in enumerate(ticked)
    )
    return option.model_copy(update={"text": text, "clinical_yes": ", ".join(words)})


def name_signs(
    book: Rulebook, card: RedFlag, effective_answers: Mapping[str, EffectiveAnswer], *, certain: bool
) -> str:
    """Why a card fires, as it was told: “New chest pain, and passed out”. The card's title where it lists
    no ``say_signs``, or where none of those that were told has few words of its own.

    For a card that is not ``certain`` those of which the person is not sure count too.
    """
    return one_sentence(spoken_parts(book, card, effective_answers, certain=certain)) or card.title


def spoken_parts(
    book: Rulebook, card: RedFlag, effective_answers: Mapping[str, EffectiveAnswer], *, certain: bool
) -> list[str]:
    """What to tell of a card on the phone: each sign that was told, then what the card adds to them.

    Empty for a card whose own few words are to be told.
    """
    signs = list(dict.fromkeys(_signs(book, card, effective_answers, certain=certain)))
    return [*signs, *([card.say_with] if signs and card.say_with else [])]


def one_sentence(parts: Sequence[str]) -> str:
    """A few signs, with a capital and without a full stop."""
    words = ", and ".join(parts) if len(parts) < _MANY else "; ".join(parts)
    return f"{words[:1].upper()}{words[1:]}"


def distinct(reasons: Iterable[str]) -> list[str]:
    """Each reason once, without those that another one says with more."""
    once = list(dict.fromkeys(reasons))
    return [reason for reason in once if not any(o != reason and o.startswith(reason) for o in once)]


def _signs(
    book: Rulebook, card: RedFlag, effective_answers: Mapping[str, EffectiveAnswer], *, certain: bool
) -> Iterator[str]:
    """In the order of the card's ``say_signs``. What is private is left out: others may hear it."""
    for name in card.say_signs:
        item, answer = book.items[name], effective_answers.get(name)
        read = set(_read(book, card.when, name))
        for option in item.options:
            if option.code in read and not option.private and _told(option.code, answer, certain=certain):
                which = _which(book, option, effective_answers)
                yield from which or ((option.say,) if option.say else ())


def _read(book: Rulebook, when: Node, name: str) -> Iterator[str]:
    """The lines of a question that a condition reads, by itself or by what another card finds."""
    for leaf in leaves(when):
        if isinstance(leaf, Includes | Is) and leaf.item == name:
            yield from leaf.codes
        elif isinstance(leaf, Found):
            yield from _read(book, book.goals[leaf.card], name)


def _which(
    book: Rulebook, option: Option, effective_answers: Mapping[str, EffectiveAnswer]
) -> tuple[str, ...]:
    """What the closer list of a line was answered: which of the things in it."""
    if option.closer is None:
        return ()
    answer = effective_answers.get(option.closer)
    lines = book.items[option.closer].options
    return tuple(line.say for line in lines if line.say and _told(line.code, answer, certain=True))


def _told(code: str, answer: EffectiveAnswer | None, *, certain: bool) -> bool:
    if isinstance(answer, Ticks):
        return code in answer.ticked or (not certain and code in answer.unsure)
    return answer == code
