"""Checks of page.yaml: every sentence is there, and everything that it names by an id."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from triage.names import did_you_mean
from triage.problems import Problem
from triage.rulebook.page.clinician_sentences import CLINICIAN_SENTENCES, TITLES
from triage.rulebook.page.model import Page
from triage.rulebook.page.references import Reference, references
from triage.rulebook.page.sentences import SENTENCES, put_in
from triage.rulebook.reading.source import Path
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
    """Sentences that are missing, unknown, or lack what is put in; headings that are alike; headlines that
    no card has; and ids of questions, lines, sections, classes and advice that are not there."""
    page = rulebook.page
    own = () if rulebook.base else _headlines(rulebook, page)  # a clinic may reword what they shorten
    words = [
        *_words(rulebook, page.words, SENTENCES, ("words",)),
        *_words(rulebook, page.clinician.words, CLINICIAN_SENTENCES, ("clinician", "words")),
        *_titles(rulebook, page.clinician.words),
    ]
    return [*words, *own, *_named(rulebook, page)]


def _words(
    rulebook: Rulebook, words: Mapping[str, str], sentences: Mapping[str, frozenset[str]], at: Path
) -> Iterator[Problem]:
    for name in sentences:
        if name not in words:
            fix = "Copy it from the built-in rules, and word it as you like."
            place = rulebook.place("page", *at)
            yield Problem("page", f"the sentence “{name}” is missing", place, fix)
    for name, sentence in words.items():
        if name not in sentences:
            fix = did_you_mean(name, sentences) or "Take it out: nothing says it."
            place = rulebook.place("page", *at, name, name=True)
            yield Problem("page", f"there is no sentence “{name}”", place, fix)
            continue
        place = rulebook.place("page", *at, name)
        wanted = " ".join(f"{{{one}}}" for one in sorted(sentences[name])) or "nothing in braces"
        try:
            found = put_in(sentence)
        except ValueError:
            found = frozenset({"?"})
        if found != sentences[name]:
            fix = f"Put in: {wanted}."
            yield Problem("page", f"“{name}” has other words in braces than what is put in", place, fix)


def _titles(rulebook: Rulebook, words: Mapping[str, str]) -> Iterator[Problem]:
    """Headings tell the sections apart, also for programs that read a document."""
    seen: dict[str, str] = {}
    for name in TITLES:
        if name in words and (other := seen.setdefault(words[name], name)) != name:
            place = rulebook.place("page", "clinician", "words", name)
            message = f"“{name}” has the same words as “{other}”"
            yield Problem("page", message, place, "Give each section a heading of its own.")


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
