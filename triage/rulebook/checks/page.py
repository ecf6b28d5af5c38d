"""Checks of page.yaml: every sentence is there, and everything that it names by an id."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from triage.names import did_you_mean
from triage.problems import Problem
from triage.rulebook.page.model import Page
from triage.rulebook.page.references import Reference, references
from triage.rulebook.page.sentences import SENTENCES, put_in
from triage.rulebook.rulebook import Rulebook

_CALLED = {
    "item": "question",
    "option": "option",
    "section": "section",
    "class": "class",
    "advice": "active advice",
}
_CODES = {"advice": "card"}


def check_page(rulebook: Rulebook) -> list[Problem]:
    """Sentences that are missing, unknown, or lack what is put in; headlines that no card has; and ids of
    questions, lines, sections, classes and advice that are not there."""
    page = rulebook.page
    own = () if rulebook.base else _headlines(rulebook, page)  # a clinic may reword what they shorten
    return [*_words(rulebook, page), *own, *_named(rulebook, page)]


def _words(rulebook: Rulebook, page: Page) -> Iterator[Problem]:
    for name in SENTENCES:
        if name not in page.words:
            fix = "Copy it from the built-in rules, and word it as you like."
            place = rulebook.place("page", "words")
            yield Problem("page", f"the sentence “{name}” is missing", place, fix)
    for name, sentence in page.words.items():
        if name not in SENTENCES:
            fix = did_you_mean(name, SENTENCES) or "Take it out: nothing says it."
            place = rulebook.place("page", "words", name, name=True)
            yield Problem("page", f"there is no sentence “{name}”", place, fix)
            continue
        place = rulebook.place("page", "words", name)
        wanted = " ".join(f"{{{one}}}" for one in sorted(SENTENCES[name])) or "nothing in braces"
        try:
            found = put_in(sentence)
        except ValueError:
            found = frozenset({"?"})
        if found != SENTENCES[name]:
            fix = f"Put in: {wanted}."
            yield Problem("page", f"“{name}” has other words in braces than what is put in", place, fix)


def _headlines(rulebook: Rulebook, page: Page) -> Iterator[Problem]:
    said = "\n".join(getattr(card, "do_now", None) or "" for card in rulebook.cards.values())
    for number, headline in enumerate(page.headlines):
        if headline.sentence not in said:
            fix = "Write it as it stands in the do_now of a card, or take the pair out."
            place = rulebook.place("page", "headlines", number, "sentence")
            message = f"no card says “{headline.sentence}”"
            yield Problem("unused-phrase", message, place, fix)


def _named(rulebook: Rulebook, page: Page) -> Iterator[Problem]:
    for named in references(page):
        known = _known(rulebook, named)
        if named.id in known:
            continue
        if named.kind == "option" and named.item not in rulebook.items:
            continue  # told of once, at the question
        message = f"there is no {_CALLED[named.kind]} “{named.id}”"
        fix = did_you_mean(named.id, known) or "Name one that there is, or take it out."
        place = rulebook.place("page", *named.path, name=named.path[-1] == named.id)
        yield Problem(f"unknown-{_CODES.get(named.kind, named.kind)}", message, place, fix)


def _known(rulebook: Rulebook, named: Reference) -> Collection[str]:
    match named.kind:
        case "item":
            return rulebook.items
        case "option":
            item = rulebook.items.get(named.item)
            return item.codes if item is not None else ()
        case "section":
            return [section.id for section in rulebook.frame.sections]
        case "class":
            return rulebook.classification.class_ids
        case "advice":
            return [card.id for card in rulebook.advice]
