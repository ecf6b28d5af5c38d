"""The shape of ``page.yaml``: the sentences of the pages, and what the clinician's page shows where."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, TypeAlias

from triage.rulebook.frozen import Frozen, Narrow
from triage.rulebook.model import Id, Words

Lines: TypeAlias = dict[Id, tuple[Id, ...]]  # options of questions


class Headline(Frozen):
    """A sentence of a card that says what the headline of the first page says, and what is left of it there
    (nothing, without ``short``)."""

    sentence: Words
    short: Words | None = None


class PatternRow(Frozen):
    """A row of the section on the pattern of the cramps: the answers to some questions."""

    label: Words
    items: Annotated[tuple[Id, ...], Narrow(min_length=1)]


class BackgroundRow(Frozen):
    """A row of the background: one question.

    ``unless_denied`` are lines of others: who denies them by name was not asked. ``joins``: it stands
    with the row above if both are short.
    """

    label: Words
    item: Id
    unless_denied: Lines = field(default_factory=dict)
    joins: bool = False


class DeniedWith(Frozen):
    """Lines that were not asked, and count as denied by whoever denied some others."""

    lines: Lines
    denied: Lines


class ClotRow(Frozen):
    """Which items of the Wells score are told (never a total): for whom has one of ``signs``."""

    signs: Lines
    items: Lines
    not_for: Lines = field(default_factory=dict)
    denied_with: tuple[DeniedWith, ...] = ()


class ToldElsewhere(Frozen):
    """Lines whose denial is left out beside one of ``signs``: it would read like a contradiction."""

    signs: Lines
    lines: Lines


class RestlessTable(Frozen):
    """The criteria of restless legs: lines of the question ``signs``, with what each is called."""

    urge: Lines
    signs: Id
    criteria: dict[Id, Words]
    others: tuple[Id, ...] = ()


class ClinicianPage(Frozen):
    """Which questions stand where on the clinician's page (an empty id: none), and what it says besides.

    ``words`` go by the names of ``clinician_sentences.CLINICIAN_SENTENCES``.
    """

    who: tuple[Id, ...] = ()
    who_besides: tuple[Id, ...] = ()
    told_by: Id = ""
    side: Id = ""
    legs: Id = ""  # one or both, where it was not asked which one
    own_words: tuple[Id, ...] = ()
    hopes: tuple[Id, ...] = ()
    since_words: Id = ""
    risk_sections: tuple[Id, ...] = ()
    pattern: tuple[PatternRow, ...] = ()
    times: Id = ""
    background: tuple[BackgroundRow, ...] = ()
    tried: tuple[Id, ...] = ()
    bought: tuple[Id, ...] = ()
    bought_dose: Id = ""
    allergies: Id = ""
    taken_besides: Lines = field(default_factory=dict)
    named_by: dict[Id, Lines] = field(default_factory=dict)  # by class: lines that say no more
    walking: tuple[Id, ...] = ()
    not_denied_beside: tuple[ToldElsewhere, ...] = ()
    not_told_beside: tuple[ToldElsewhere, ...] = ()
    clot: ClotRow | None = None
    restless: RestlessTable | None = None
    words: dict[Id, Words] = field(default_factory=dict)

    def sentence(self, name: str, /, **put_in: object) -> str:
        """A sentence, heading or label of this page. Raises ``KeyError`` for one that is not there."""
        return self.words[name].format(**put_in)


class CallRisk(Frozen):
    """Lines of one question that may make a sign more dangerous; ``about`` stands before their words."""

    item: Id
    lines: tuple[Id, ...]
    about: Words | None = None


class Call(Frozen):
    """What is read out on the phone besides the sign: which leg and where, blood thinners, other risks."""

    side: Id = ""
    place: Id = ""
    blood_thinner: Id = ""
    risks: tuple[CallRisk, ...] = ()


class SomeLines(Frozen):
    """Some lines of one question."""

    item: Id
    lines: tuple[Id, ...]


class Page(Frozen):
    """The whole file. ``words`` go by the names of ``sentences.SENTENCES``.

    ``drawings`` say what a drawing shows, by the id of the advice that it stands beside. ``illnesses`` is
    the question in which they are ticked: a reason with one of them stands first. ``nights`` are the lines
    of whom it troubles at night: others write their diary by the day.
    """

    words: dict[Id, Words]
    headlines: tuple[Headline, ...] = ()
    clinician: ClinicianPage = ClinicianPage()
    call: Call = Call()
    watch: tuple[Id, ...] = ()
    illnesses: Id = ""
    nights: tuple[SomeLines, ...] = ()
    drawings: dict[Id, Words] = field(default_factory=dict)

    def sentence(self, name: str, /, **put_in: object) -> str:
        """A sentence or a heading, with what is put in. Raises ``KeyError`` for one that is not there."""
        return self.words[name].format(**put_in)

    def shorter(self, sentence: str) -> str:
        """The sentence, or what is left of it under the headline."""
        return next((one.short or "" for one in self.headlines if one.sentence == sentence), sentence)
