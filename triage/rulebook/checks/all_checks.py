"""Every check of a rulebook, in order: do its parts fit together? Each problem at its place."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from graphlib import CycleError

from triage.names import did_you_mean, fold
from triage.problems import Place, Problem
from triage.rulebook.cards import Advice, Card, Factor, Pattern, RedFlag
from triage.rulebook.checks.calls import check_calls
from triage.rulebook.checks.denials import check_denials
from triage.rulebook.checks.diary import check_diary
from triage.rulebook.checks.hazards import check_hazards
from triage.rulebook.checks.invariants import check_invariants
from triage.rulebook.checks.medicine_words import check_medicine_words
from triage.rulebook.checks.page import check_page
from triage.rulebook.checks.questions import ItemChecker
from triage.rulebook.checks.unread import check_unread
from triage.rulebook.goals import card_of, conditions_of, goals_of
from triage.rulebook.medicines.tokens import name_key
from triage.rulebook.model import LEVELS, OtherPerson, urgency
from triage.rulebook.pronouns import speaks
from triage.rulebook.rulebook import Rulebook

_LETTERS = 2  # the shortest name of a medicine


def check(rulebook: Rulebook, broken: Collection[str] = ()) -> list[Problem]:
    """Everything that does not fit together. An empty list: the rulebook can be used.

    ``broken`` names files that could not be read: what refers to them is not reported again.
    """
    checker = _Checker(rulebook, broken)
    checker.frame()
    if not broken:
        checker.problems += check_denials(rulebook)
    checker.items()
    checker.medicines()
    checker.claims()
    if rulebook.other_person is not None:
        checker.other_person(rulebook.other_person)
    for card in rulebook.cards.values():
        checker.card(card)
    checker.rings()
    if not broken:
        checker.problems += check_unread(rulebook)
        checker.problems += check_hazards(rulebook)
        checker.problems += check_invariants(rulebook)
        checker.problems += check_medicine_words(rulebook)
        checker.problems += check_diary(rulebook)
        checker.problems += check_page(rulebook)
    return checker.problems


class _Checker(ItemChecker):
    def frame(self) -> None:
        levels = self.book.frame.dispositions
        codes = tuple(disposition.code for disposition in levels)
        if codes != LEVELS:
            fix = f"List exactly these, most urgent first: {', '.join(LEVELS)}."
            place = self.book.place("rulebook", "dispositions")
            self.say("dispositions", "the dispositions are not complete or not in order", place, fix)
        frame = self.book.frame
        if codes == LEVELS:
            said = frame.dispositions[0].place
            self._said("emergency_examples", frame.emergency_examples, said, "“place” of the emergency")
            call = frame.dispositions[0].call or ""
            self._said("emergency_words", frame.emergency_words, call, "“call” of the emergency")
        self.problems += check_calls(self.book)
        self._said("crisis_examples", frame.crisis_examples, frame.crisis or "", "“crisis”")
        for line in (*(line for said in levels for line in said.lines), *frame.unfinished.do):
            if line.relevant_when is not None:
                self.condition(line.relevant_when)
        if frame.only_felt:
            self.condition(frame.only_felt.when)

    def _said(self, key: str, examples: str | None, text: str, where: str) -> None:
        """Numbers that would not be replaced, because they stand nowhere."""
        if examples is not None and examples not in text:
            fix = f"Write it as it stands in {where}, or take it out."
            place = self.book.place("rulebook", key)
            self.say("unused-phrase", f"{where} does not say “{examples}”", place, fix)

    def medicines(self) -> None:
        names: dict[tuple[str, ...], str] = {}
        for entry in self.book.classes.values():
            key = f"class:{entry.id}"
            if entry.also_when is not None:
                self.condition(entry.also_when)
            self._sources(entry.sources, partial(self.book.place, key))
        for medicine in self.book.medicines.values():
            at = partial(self.book.place, f"medicine:{medicine.generic}")
            for number, name in enumerate(medicine.classes):
                if name not in self.book.classes:
                    fix = did_you_mean(name, self.book.classes) or "See classes, above."
                    place = at("classes", number)
                    self.say("unknown-class", f"there is no class “{name}”", place, fix)
            for name in (medicine.generic, *medicine.brands):
                if _letters(name) < _LETTERS:
                    fix = "Write the name as people type it, in letters."
                    self.say("bad-value", f"“{name}” is no name of a medicine", at(), fix)
                other = names.setdefault(name_key(name), medicine.generic)
                if other != medicine.generic:
                    message = f"the name “{name}” belongs to “{other}” already"
                    self.say("duplicate-name", message, at(), "A name may mean one medicine only.")

    def claims(self) -> None:
        """Every claim is used by a card or says why not; so nothing that was read gets lost."""
        for claim in self.book.claims.values():
            at = partial(self.book.place, f"claim:{claim.id}")
            self._sources(claim.sources, at)
            used = self.book.uses[claim.id]
            if not used and claim.not_used is None and not self.broken:
                fix = f"Write “claims: [{claim.id}]” in a card, or “not_used:” with the reason here."
                self.say("claim-unused", f"no active card uses {claim.id}", at(), fix)
            if used and claim.not_used is not None:
                message = f"{claim.id} is said to be not used, but {', '.join(used)} uses it"
                self.say("claim-used", message, at("not_used"), "Take not_used out, or the claim there.")
        for entry in self.book.contradictions.values():
            at = partial(self.book.place, f"contradiction:{entry.id}")
            self._claims(entry.claims, at)

    def _claims(self, claims: tuple[str, ...], at: Callable[..., Place]) -> None:
        for number, claim in enumerate(claims):
            if claim not in self.book.claims and not self.lost("claims.yaml"):
                fix = "Claims are listed in claims.yaml."
                self.say("unknown-claim", f"there is no claim {claim}", at("claims", number), fix)

    def other_person(self, in_their_words: OtherPerson) -> None:
        """A phrase that no text has any more would be lost without a word."""
        self.condition(in_their_words.when)
        if self.broken:
            return
        book = self.book
        parts = [book.frame, *book.items.values(), *book.cards.values(), *book.classes.values()]
        said = "\n".join(text for part in parts for text in speaks(part))
        inherited = book.base.other_person if book.base else None
        seen: set[str] = set()
        for number, phrase in enumerate(in_their_words.instead):
            if phrase.you in seen:
                place = book.place("other_person", "instead", number, "you")
                fix = "Take one of the two pairs out."
                self.say("duplicate-id", f"“{phrase.you}” has other words already", place, fix)
            seen.add(phrase.you)
            if inherited and phrase in inherited.instead:
                continue  # a clinic may have other words for that text, and cannot take the pair out
            if phrase.you not in said:
                place = book.place("other_person", "instead", number, "you")
                fix = "Write it as it stands in the text, or take the pair out."
                self.say("unused-phrase", f"no text has the words “{phrase.you}”", place, fix)

    def card(self, card: Card) -> None:
        key = f"card:{card.id}"
        at = partial(self.book.place, key)
        for node, _ in conditions_of(card).values():
            self.condition(node)
        self._sources(card.sources, at)
        self._claims(card.claims, at)
        self._history(card, at)
        if isinstance(card, RedFlag) and urgency(card.if_unsure) > urgency(card.disposition):
            fix = "“Not sure” must not lead to more than “yes”: lower if_unsure."
            message = f"if_unsure ({card.if_unsure}) is more urgent than the disposition"
            self.say("if-unsure", message, at("if_unsure"), fix)
        for line in (*card.consider, *(card.also_do if isinstance(card, RedFlag) else ())):
            if line.relevant_when is not None:
                self.condition(line.relevant_when)
        if isinstance(card, RedFlag):
            self._say_signs(card, at)
        urgent = ("emergency", "same_day")
        if isinstance(card, RedFlag) and card.own_page is not None and card.disposition not in urgent:
            fix = "Take own_page out: what is less urgent stands among the other results."
            message = f"a card that leads to {card.disposition} has no page of its own"
            self.say("own-page", message, at("own_page"), fix)
        if isinstance(card, Pattern):
            for number, name in enumerate(card.in_place_of):
                self._refers(name, Pattern, "picture of patterns/", at("in_place_of", number))
        if isinstance(card, Factor):
            for number, name in enumerate(card.beside):
                self._refers(name, (Pattern, RedFlag), "picture or red flag", at("beside", number))
        if isinstance(card, Advice):
            for number, guard in enumerate(card.guards):
                if guard.instead is not None:
                    self._refers(
                        guard.instead, Advice, "advice of advice/", at("guards", number, "instead")
                    )
                if (guard.block_when is None) == (guard.caution_when is None):
                    fix = "Write block_when (do not show it) or caution_when (show it with a note)."
                    place = at("guards", number)
                    self.say("guard", "a guard needs exactly one condition", place, fix)

    def _say_signs(self, card: RedFlag, at: Callable[..., Place]) -> None:
        """Each question that it names must have a line with few words, which the card may read."""
        for number, name in enumerate(card.say_signs):
            item, place = self.book.items.get(name), at("say_signs", number)
            if item is None:
                fix = did_you_mean(name, self.book.items) or "legcramp rules list items shows them."
                self.say("unknown-item", f"there is no question “{name}”", place, fix)
            elif not any(option.say or option.closer for option in item.options):
                fix = "Write “say:” with an option, or take the question out."
                self.say("say-signs", f"no sign of “{name}” has few words to tell", place, fix)
        if card.say_with and not card.say_signs:
            fix = "Add say_signs, or write it all in “say”."
            self.say("say-signs", "nothing is told before “say_with”", at("say_with"), fix)

    def _refers(
        self, name: str, kind: type[Card] | tuple[type[Card], ...], what: str, place: Place
    ) -> None:
        """Whether there is a card of that kind; one whose own file is broken is told of there."""
        if isinstance(self.book.cards.get(name), kind) or self.unread(name):
            return
        known = [card.id for card in self.book.cards.values() if isinstance(card, kind)]
        fix = did_you_mean(name, known) or f"Name a {what}."
        self.say("unknown-card", f"there is no {what.partition(' ')[0]} “{name}”", place, fix)

    def _history(self, card: Card, at: Callable[..., Place]) -> None:
        days = [event.on for event in card.history]
        if days != sorted(days):
            fix = "Put the oldest first."
            self.say("history", "the history is not in the order of its days", at("history"), fix)
        elif card.history and card.history[-1].status != card.status:
            fix = f"Add a line to history: {{on: …, status: {card.status}, by: …, why: …}}."
            message = f"the card is {card.status}, but its history ends with {card.history[-1].status}"
            self.say("history", message, at("status"), fix)

    def _sources(self, sources: tuple[str, ...], at: Callable[..., Place]) -> None:
        for number, source in enumerate(sources):
            if source not in self.book.sources and not self.lost("sources.yaml"):
                near = did_you_mean(
                    source, [known for known in self.book.sources if _digits(known) == _digits(source)]
                )
                fix = near or "Add it to sources.yaml first, or see: legcramp rules list sources"
                place = at("sources", number)
                self.say("unknown-source", f"there is no source “{source}”", place, fix)

    def rings(self) -> None:
        try:
            goals_of(card for card in self.book.cards.values() if card.status != "retired")
        except CycleError as error:
            ring = [card_of(goal) for goal in error.args[1]]
            place = self.book.place(f"card:{ring[0]}", "when")
            message = f"these findings need each other: {' → '.join(reversed(ring))}"
            self.say("ring", message, place, "Take one “found” out of the ring.")


def _digits(name: str) -> str:
    """A citation with another number is another citation, however alike they look."""
    return "".join(filter(str.isdigit, name))


def _letters(name: str) -> int:
    """How many letters and digits a name has, however it is written."""
    plain = name.isascii() and name.isalnum()  # as are most of thirty thousand
    return len(name) if plain else sum(map(str.isalnum, fold(name)))
