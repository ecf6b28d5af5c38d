"""Checks of page.yaml: every sentence is there, with what is put into it, and shortens one that is said."""

from __future__ import annotations

from collections.abc import Iterator

from triage.names import did_you_mean
from triage.problems import Problem
from triage.rulebook.page.model import Page
from triage.rulebook.page.sentences import SENTENCES, put_in
from triage.rulebook.rulebook import Rulebook


def check_page(rulebook: Rulebook) -> list[Problem]:
    """Sentences that are missing, unknown, or lack what is put in; headlines that no card has."""
    page = rulebook.page
    own = () if rulebook.base else _headlines(rulebook, page)  # a clinic may reword what they shorten
    return [*_words(rulebook, page), *own]


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
