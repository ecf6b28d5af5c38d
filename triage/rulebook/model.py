"""The shape of the rulebook: frozen pydantic models. What a key means stands beside it.

Conditions arrive here already parsed; ``load`` does that, because it knows their places.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SkipValidation

from triage.conditions.nodes import Node

Condition: TypeAlias = Annotated[Node, SkipValidation]
Id: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Words: TypeAlias = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]
Level = Literal["emergency", "same_day", "soon", "routine", "self_care"]
Status = Literal["draft", "active", "retired"]
Verdict = Literal["supported", "plausible", "contested", "unproven", "refuted"]
ItemType = Literal["choice", "choices", "integer", "decimal", "medicines", "text"]

CHOICE_TYPES = ("choice", "choices")
NUMBER_TYPES = ("integer", "decimal")
LEVELS: tuple[Level, ...] = ("emergency", "same_day", "soon", "routine", "self_care")


def urgency(level: Level) -> int:
    """Rank of a disposition: the higher, the more urgent (self_care is 0)."""
    return len(LEVELS) - 1 - LEVELS.index(level)


def _date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            return value
    return value


Day: TypeAlias = Annotated[datetime.date, BeforeValidator(_date)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True)


class Option(_Frozen):
    """One answer option of a ``choice``, or one line of a tick list."""

    code: Id
    text: Words
    help: Words | None = None
    clinical_yes: Words | None = None
    clinical_no: Words | None = None
    relevant_when: Condition | None = None  # whom its "no" concerns, on the clinician's page
    private: bool = False  # never printed on the clinician's page: others may read it


class Range(_Frozen):
    """The smallest and largest number accepted, in the item's unit."""

    min: float
    max: float


class Item(_Frozen):
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
    options: tuple[Option, ...] = ()
    unit: Words | None = None
    range: Range | None = None
    ask_when: Condition | None = None
    red_flag: bool = False  # every line must be read by a red flag
    summary: bool = False  # asked because the clinician's page wants it
    read_back: bool = False  # ticks are read back once before they count
    optional: bool = False  # may be skipped ("rather not say")
    stage: Literal["interview", "page"] = "interview"  # page: asked only when a page is made
    clinical_yes: Words | None = None
    clinical_no: Words | None = None

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(option.code for option in self.options)


class Examples(_Frozen):
    """Answers (only those that matter) for which the card fires, stays silent, or cannot tell.

    For an advice card the other questions get their ``usual`` answers, and ``withheld``
    names answers with which a guard holds it back.
    """

    fires: tuple[dict[str, Any], ...] = Field(min_length=1)
    silent: tuple[dict[str, Any], ...] = Field(min_length=1)
    unsure: tuple[dict[str, Any], ...] = ()
    withheld: tuple[dict[str, Any], ...] = ()


class Card(_Frozen):
    """What every card has."""

    id: Id
    title: Words
    status: Status
    evidence: Verdict
    because: Words
    clinician: Words
    sources: tuple[Id, ...] = Field(min_length=1)
    claims: tuple[Annotated[str, Field(pattern=r"^C[0-9]{2,3}$")], ...] = ()
    consider: tuple[Words, ...] = ()  # examinations and tests the clinician may consider
    reviewed_on: Day
    examples: Examples


class RedFlag(Card):
    """Raises the disposition by itself. ``if_unsure`` says what "not sure" leads to."""

    when: Condition
    disposition: Level
    if_unsure: Level
    do_now: Words


class Pattern(Card):
    """A recognisable picture, such as restless legs."""

    when: Condition
    disposition: Level
    do_now: Words | None = None
    against_when: Condition | None = None  # what speaks against it, shown if it is so


class Factor(Card):
    """A possible contributing factor; never changes the disposition."""

    when: Condition
    against_when: Condition | None = None  # what speaks against it, shown if it is so


class Guard(_Frozen):
    """Who must not follow an advice (``block_when``) or should take care (``caution_when``)."""

    why: Words
    block_when: Condition | None = None
    caution_when: Condition | None = None


class Advice(Card):
    """Something to try, to ask, to know or to avoid, with its guards.

    ``shown_at`` lists the dispositions at which it may be shown at all.
    """

    kind: Literal["try", "ask", "know", "avoid"]
    offer_when: Condition
    text: Words
    stop_rule: Words
    guards: tuple[Guard, ...] = ()
    shown_at: tuple[Level, ...] = ("routine", "self_care")
    rank: int = 50


class Medicine(_Frozen):
    """One generic name and the brand names people type."""

    generic: Words
    brands: tuple[Words, ...] = ()
    classes: tuple[Id, ...] = Field(min_length=1)


class MedicineClass(_Frozen):
    """A class of medicines (or a group of classes) that conditions name with ``takes``.

    ``in_groups`` are further names that a member also answers to. ``also_when`` is a condition
    on other items that counts as taking it (a pill bought without prescription, for example).
    """

    id: Id
    title: Words
    note: Words | None = None
    linked_with: tuple[Words, ...] = ()
    in_groups: tuple[Id, ...] = ()
    also_when: Condition | None = None
    sources: tuple[Id, ...] = ()


class Disposition(_Frozen):
    """One level: how soon and where, in words."""

    code: Level
    label: Words
    within: Words
    place: Words
    do: tuple[Words, ...]
    move_up: tuple[Words, ...] = ()
    clinician: Words


class Unfinished(_Frozen):
    """What is said when the interview is not finished."""

    label: Words
    within: Words
    place: Words
    do: tuple[Words, ...]
    clinician: Words


class Section(_Frozen):
    id: Id
    title: Words


class Frame(_Frozen):
    """``rulebook.yaml``: what holds the cards together."""

    id: Id
    version: Annotated[str, Field(pattern=r"^[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,3}$")]
    dispositions: tuple[Disposition, ...]
    unfinished: Unfinished
    always: tuple[Words, ...]  # printed with every result
    safety_net: tuple[Words, ...]  # when to seek help sooner, printed with every result
    clinician_note: Words
    sections: tuple[Section, ...]


class Source(_Frozen):
    """One citation."""

    id: Id
    citation: Words
    kind: Literal[
        "guideline",
        "systematic review",
        "trial",
        "cohort",
        "label",
        "patient page",
        "reference",
        "panel",
    ]
    checked: Words


class Claim(_Frozen):
    """One claim of the source documents, in our own words, with its verdict."""

    id: Annotated[str, Field(pattern=r"^C[0-9]{2,3}$")]
    documents: tuple[Annotated[str, Field(pattern=r"^S[0-4]$")], ...] = Field(min_length=1)
    kind: Literal["cause", "mechanism", "advice", "warning", "see-a-doctor", "fact"]
    verdict: Verdict
    text: Words
    why: Words
    sources: tuple[Id, ...] = ()


AnyCard: TypeAlias = RedFlag | Pattern | Factor | Advice
CARD_FOLDERS: dict[str, type[Card]] = {
    "red_flags": RedFlag,
    "patterns": Pattern,
    "factors": Factor,
    "advice": Advice,
}
