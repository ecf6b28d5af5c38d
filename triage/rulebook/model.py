"""The shape of the rulebook: frozen dataclasses. What a key means stands beside it.

The cards have a module of their own, ``cards``; so have sources and claims, ``evidence``, and what holds
all together, ``frame``.

Conditions arrive here already parsed; ``load`` does that, because it knows their places.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal, TypeAlias, get_args

from triage.conditions.nodes import Node
from triage.names import ID_FORM
from triage.rulebook.frozen import AsItIs, Frozen, Narrow, Turned

Condition: TypeAlias = Annotated[Node, AsItIs()]
Id: TypeAlias = Annotated[str, Narrow(pattern=ID_FORM)]
Words: TypeAlias = Annotated[str, Narrow(min_length=1, max_length=2000, pattern=r"\S")]
Level = Literal["emergency", "same_day", "soon", "routine", "self_care"]
ClaimId: TypeAlias = Annotated[str, Narrow(pattern=r"^C[0-9]{2,3}$")]
Status = Literal["draft", "active", "retired"]
Verdict = Literal["supported", "plausible", "contested", "unproven", "refuted"]
ItemType = Literal["choice", "choices", "integer", "decimal", "medicines", "text"]

CONDITION_KEYS = {
    "when", "relevant_when", "when_possible", "then",
    "offer_when", "ask_when", "confirm_when", "against_when", "also_when", "block_when", "caution_when",
}  # fmt: skip
CHOICE_TYPES = ("choice", "choices")
NUMBER_TYPES = ("integer", "decimal")
LEVELS: tuple[Level, ...] = ("emergency", "same_day", "soon", "routine", "self_care")
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)  # the best grounds first
_URGENCY = {level: rank for rank, level in enumerate(reversed(LEVELS))}


def urgency(level: Level) -> int:
    """Rank of a disposition: the higher, the more urgent (self_care is 0)."""
    return _URGENCY[level]


def _date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            return value
    return value


Day: TypeAlias = Annotated[datetime.date, Turned(_date)]


class Option(Frozen):
    """One answer option of a ``choice``, or one line of a tick list."""

    code: Id
    text: Words
    help: Words | None = None
    typed_as: tuple[Words, ...] = ()  # what people type for it, besides words of the text
    clinical_yes: Words | None = None
    clinical_no: Words | None = None
    say: Words | None = None  # the sign in few words, as one tells it on the phone
    ask_when: Condition | None = None  # for whom alone it is shown; for all others it reads as "no"
    relevant_when: Condition | None = None  # whom its "no" concerns, on the clinician's page
    closer: Id | None = None  # the tick list that asks which of the things in this line it is
    private: bool = False  # never printed on the clinician's page: others may read it


class Range(Frozen):
    """The smallest and largest number accepted, in the item's unit."""

    min: float
    max: float


class Item(Frozen):
    """One question. ``usual`` is what a healthy person with ordinary cramps would answer;
    only vignettes and generators use it, never the interview."""

    id: Id
    section: Id
    type: ItemType
    text: Words
    usual: Any
    why: Words
    before: Words | None = None  # read first, above the question
    after: Words | None = None  # stands below the options, needs no answer
    help: Words | None = None
    told_as: Words | None = None  # how a ticked line is told among the reasons: “Where it is: {line}”
    options: tuple[Option, ...] = ()
    unit: Words | None = None
    range: Range | None = None
    ask_when: Condition | None = None
    red_flag: bool = False  # every line must be read by a red flag
    summary: bool = False  # asked because the clinician's page wants it
    read_back: bool = False  # ticks are read back once before they count
    confirm_when: Condition | None = None  # a number that is read back once where this holds
    even_when_today: bool = False  # still asked when the result is "same day": it may be an emergency
    unchanging: bool = False  # who somebody is: never among the answers that could be different
    optional: bool = False  # may be skipped ("rather not say")
    stage: Literal["interview", "page"] = "interview"  # page: asked only when a page is made
    clinical_yes: Words | None = None
    clinical_no: Words | None = None

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(option.code for option in self.options)

    def measured(self, number: float) -> str:
        """A number with the item's unit, as one says it: "1 year", "2 days a week"."""
        unit = self.unit or ""
        if number == 1:
            first, *rest = unit.split(" ")
            unit = " ".join([first.removesuffix("s"), *rest])
        return f"{number:g} {unit}".rstrip()


class Medicine(Frozen):
    """One generic name and the brand names people type."""

    generic: Words
    brands: tuple[Words, ...] = ()
    classes: Annotated[tuple[Id, ...], Narrow(min_length=1)]


class MedicineClass(Frozen):
    """A class of medicines (or a group of classes) that conditions name with ``takes``.

    ``in_groups`` are further names that a member also answers to. ``also_when`` is a condition
    on other items that counts as taking it (a pill bought without prescription, for example).
    ``plain`` is what people call it, after “your”.
    """

    id: Id
    title: Words
    plain: Words | None = None
    note: Words | None = None
    linked_with: tuple[Words, ...] = ()
    in_groups: tuple[Id, ...] = ()
    also_when: Condition | None = None
    sources: tuple[Id, ...] = ()


class Line(Frozen):
    """One line of what to do. With ``relevant_when`` it is left out for those whom it surely does not
    concern; a plain text in the file is a line for everyone."""

    text: Words
    relevant_when: Condition | None = None


def _line(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


Lines: TypeAlias = tuple[Annotated[Line, Turned(_line)], ...]


class Sooner(Line):
    """Signs for which not to wait, and the more urgent level that they mean."""

    level: Level


class Disposition(Frozen):
    """One level: how soon and where, in words.

    ``whom``, ``now`` and ``sooner`` are the short words of the first page: whom to see (``place`` if
    nothing is written), what to do where no card has something better, and when to get help sooner.
    ``call`` stands there before the signs that mean this level.
    """

    code: Level
    label: Words
    within: Words
    place: Words
    whom: Lines = ()
    do: Lines
    now: Lines = ()
    sooner: tuple[Sooner, ...] = ()
    call: Words | None = None
    move_up: tuple[Words, ...] = ()
    clinician: Words

    @property
    def lines(self) -> Lines:
        """Every line that may be for some people only."""
        return (*self.whom, *self.do, *self.now, *self.sooner)


class Unfinished(Frozen):
    """What is said when the interview is not finished."""

    label: Words
    within: Words
    place: Words
    do: Lines
    clinician: Words


class OwnPage(Frozen):
    """What stands in place of its level's words for a card that must not stand among others.

    Below it come the card's ``because`` and ``do_now``, and nothing else.
    """

    label: Words
    within: Words
    place: Words


class Phrase(Frozen):
    """Words that speak to the person with the cramps, and those for someone who answers for them."""

    you: Words
    they: Words


class OtherPerson(Frozen):
    """``other_person.yaml``: when it is another person, and phrases with words of their own.

    All other texts are turned by rule: "you" becomes "they".
    """

    when: Condition
    instead: tuple[Phrase, ...] = ()
