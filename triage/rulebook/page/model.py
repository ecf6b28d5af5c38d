"""The shape of ``page.yaml``: the sentences and headings of the pages."""

from __future__ import annotations

from triage.rulebook.frozen import Frozen
from triage.rulebook.model import Id, Words


class Headline(Frozen):
    """A sentence of a card that says what the headline of the first page says, and what is left of it."""

    sentence: Words
    short: Words


class Page(Frozen):
    """The whole file. ``words`` go by the names of ``sentences.SENTENCES``."""

    words: dict[Id, Words]
    headlines: tuple[Headline, ...] = ()

    def sentence(self, name: str, **put_in: object) -> str:
        """A sentence or a heading, with what is put in. Raises ``KeyError`` for one that is not there."""
        return self.words[name].format(**put_in)

    def shorter(self, sentence: str) -> str:
        """The sentence, or what is left of it under the headline."""
        return next((one.short for one in self.headlines if one.sentence == sentence), sentence)
