"""What the first page names beside a picture as what may add to it: told illnesses, and medicines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from triage.engine.assessment import Assessment, Finding
from triage.rulebook.cards import Factor, Pattern, RedFlag
from triage.rulebook.rulebook import Rulebook

_NAMED = 2  # so many medicines are named beside a picture
_SHORT = 4  # words of a name that needs no comma before “and”


def shown_pictures(assessment: Assessment, rulebook: Rulebook) -> list[Pattern]:
    """The pictures that are named; none beside one that says it more exactly."""
    cards = [rulebook.cards[found.id] for found in assessment.patterns]
    pictures = [card for card in cards if isinstance(card, Pattern)]
    covered = {name for card in pictures for name in card.in_place_of}
    return [card for card in pictures if card.id not in covered]


def fitting_factors(assessment: Assessment, rulebook: Rulebook) -> Iterator[tuple[Factor, Finding]]:
    """The factors that fit what was found: what is linked with cramps says nothing of a sore heel.

    Where there is no picture at all, a medicine may still be looked at, and an illness only beside a sign
    of its own.
    """
    pictures = shown_pictures(assessment, rulebook)
    found = {card.id for card in pictures} | {flag.id for flag in assessment.red_flags if flag.certain}
    cramps = any(card.cramp for card in pictures)
    for factor in assessment.factors:
        card = rulebook.cards[factor.id]
        if not isinstance(card, Factor):
            continue
        if found & {*card.beside} if card.beside else cramps or not (pictures or card.brief):
            yield card, factor


def told_illnesses(assessment: Assessment, rulebook: Rulebook) -> list[str]:
    """The illnesses that were told and may add to what was found, as they stand after “your”."""
    fitting = fitting_factors(assessment, rulebook)
    return [card.brief for card, found in fitting if card.brief and not any(r.private for r in found.for_)]


def may_add(assessment: Assessment, rulebook: Rulebook) -> list[str]:
    """The medicines among what may play a part, as they were typed: so many as are named."""
    linked = [
        name
        for _, factor in fitting_factors(assessment, rulebook)
        for remark in factor.for_
        if remark.item == "medicines" and not remark.private
        for name in remark.text.removeprefix("Takes ").split(", ")  # one reason may name several
    ]
    named = list(dict.fromkeys(linked))
    return named if len(named) <= _NAMED else [*named[:_NAMED], rulebook.page.sentence("other_medicines")]


def how_it_adds(assessment: Assessment, rulebook: Rulebook) -> tuple[str, str]:
    """The sentence on what may add to it, without “yours” or “theirs”, and what “it” is: one picture of
    several by its name, where what may add to it goes with that one only.

    Beside several pictures, of which some are no cramps, “it” would be the wrong one.
    """
    pictures = shown_pictures(assessment, rulebook)
    reach = {name for card, _ in fitting_factors(assessment, rulebook) for name in card.beside}
    if not any(card.cramp for card in pictures):
        reached = [card for card in pictures if card.id in reach]
        it = (
            "it" if len(reached) != 1 or len(pictures) == 1 else f"the {_without_article(reached[0].brief)}"
        )
        return ("may_be_why" if pictures else "may_play_a_part"), it
    others = {card.id for card in pictures if not card.cramp}
    return ("may_add_to_cramps" if others and not others & reach else "may_add"), "it"


def _without_article(brief: str) -> str:
    first, _, rest = brief.partition(" ")
    return rest if first.casefold() in ("a", "an", "the") else brief


def is_told_to_keep(assessment: Assessment, rulebook: Rulebook) -> bool:
    """Whether a calm result says to keep taking what was prescribed: where it names medicines, and nothing
    in it says to ask before the next dose."""
    cards = (rulebook.cards[flag.id] for flag in assessment.red_flags if flag.certain)
    asked = any(isinstance(card, RedFlag) and card.ask_first for card in cards)
    return bool(may_add(assessment, rulebook)) and not asked


def kind_of(name: str, assessment: Assessment, rulebook: Rulebook) -> str:
    """What people call such a medicine; empty if it has no such word, or its name says it."""
    notes = [note for note in assessment.medicines if note.name == name and note.understood == "name"]
    classes = (one for note in notes for one in note.class_ids)
    plain = next((said for one in classes if (said := rulebook.classes[one].plain)), "")
    return "" if plain.casefold() in name.casefold() else plain


def with_kinds(names: Sequence[str], assessment: Assessment, rulebook: Rulebook) -> list[str]:
    """“water tablet (indapamide)” for each name, one kind once; a name without a kind as it is."""
    of_kind: dict[str, list[str]] = {}
    for name in names:
        of_kind.setdefault(kind_of(name, assessment, rulebook) or name, []).append(name)
    return [
        kind if alike == [kind] else f"{kind}{'s' if len(alike) > 1 else ''} ({', '.join(alike)})"
        for kind, alike in of_kind.items()
    ]


def joined(names: Sequence[str]) -> str:
    """“a”, “a and b”, “a, b and c”."""
    *first, last = names or ("",)
    long = first and (len(first[-1].split()) > _SHORT or "," in first[-1])  # the two would run together
    return f"{', '.join(first)}{',' if long else ''} and {last}" if first else last
