"""The shape of ``rulebook.yaml``: what holds the cards together, and how the clinician's page groups."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, Literal

from triage.rulebook.frozen import Frozen, Narrow
from triage.rulebook.model import Condition, Disposition, Id, Lines, Unfinished, Words

System = Literal["vascular", "neurological", "infection", "metabolic", "trauma", "other", "history"]


class Section(Frozen):
    """One part of the questionnaire. ``background``: an answer there is no danger sign by itself.

    ``clinician``: what it asks, for the list of what was not asked.
    """

    id: Id
    title: Words
    background: bool = False
    clinician: Words | None = None


class Denial(Frozen):
    """Lines that the clinician's page denies under one system; in few words, if all are denied."""

    system: System
    text: Words | None = None
    lines: dict[Id, tuple[Id, ...]]


class Together(Frozen):
    """What medicines do together: two of one class or group, or one of each of two.

    ``lines``: lines of tick lists that count as one of them.
    """

    of: Annotated[tuple[Id, ...], Narrow(min_length=1, max_length=2)]
    text: Words
    lines: dict[Id, tuple[Id, ...]] = field(default_factory=dict)


class Indication(Frozen):
    """Why medicines are taken: of these classes or groups, for whoever ticked one of these lines.

    Who takes one and ticked none of them has not told what it is for.
    """

    of: Annotated[tuple[Id, ...], Narrow(min_length=1)]
    lines: Annotated[dict[Id, tuple[Id, ...]], Narrow(min_length=1)]


class OnlyFelt(Frozen):
    """Lines about what only the person can feel, and for whom nobody can know it.

    For them a line that is not ticked is no denial: whoever answers can only go by what they see.
    """

    when: Condition
    lines: Annotated[dict[Id, tuple[Id, ...]], Narrow(min_length=1)]


class Window(Frozen):
    """The time that questions ask about, in the clinician's words: a denial means no more than that.

    ``lines`` are for lines that ask about another time than the rest of their question. ``say`` is
    that time as a sentence for the phone.
    """

    text: Words
    say: Words | None = None
    items: tuple[Id, ...] = ()
    lines: dict[Id, tuple[Id, ...]] = field(default_factory=dict)


class Frame(Frozen):
    """``rulebook.yaml``: what holds the cards together.

    With ``extends`` the folder is an overlay on the built-in rulebook and writes only what differs.
    """

    id: Id
    extends: Literal["built-in"] | None = None
    version: Annotated[str, Narrow(pattern=r"^[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,3}$")]
    emergency_examples: Words | None = None  # stands in the emergency's place; a set number replaces it
    emergency_words: Words | None = None  # what that number is called; a set number replaces it too
    crisis_examples: Words | None = None  # stands in ``crisis``; a set number replaces it
    dispositions: tuple[Disposition, ...]
    unfinished: Unfinished
    always: tuple[Words, ...]  # printed with every result
    safety_net: Lines  # when to seek help sooner, printed with every result
    crisis: Words | None = None  # for who thinks of ending their life, also on emergency pages
    clinician_note: Words
    sections: tuple[Section, ...]
    denials: tuple[Denial, ...] = ()
    windows: tuple[Window, ...] = ()
    together: tuple[Together, ...] = ()
    indications: tuple[Indication, ...] = ()
    only_felt: OnlyFelt | None = None

    @property
    def safety_net_for_all(self) -> tuple[str, ...]:
        """The lines that are for everybody, where nothing is known of the person."""
        return tuple(line.text for line in self.safety_net if line.relevant_when is None)
