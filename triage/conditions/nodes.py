"""The condition language as a tree of small frozen nodes. Verbs live elsewhere.

A reader of conditions is one file with one ``match`` over ``Node`` whose last arm is
``assert_never``: mypy then names the node that was forgotten.

Without slots, which would take Python several times as long to read when rules are kept.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TypeAlias

from triage.problems import Place

MEDICINES = "medicines"
NOWHERE = Place("(nowhere)")


class Comparison(enum.Enum):
    """How an ``integer`` or ``decimal`` item is compared; the value is the key in the YAML."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True)
class _Placed:
    place: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True)
class All(_Placed):
    """Every part holds."""

    of: tuple[Node, ...]


@dataclass(frozen=True)
class Any(_Placed):
    """At least one part holds."""

    of: tuple[Node, ...]


@dataclass(frozen=True)
class Not(_Placed):
    """The part does not hold."""

    part: Node


@dataclass(frozen=True)
class AtLeast(_Placed):
    """At least ``needed`` of the parts hold."""

    needed: int
    of: tuple[Node, ...]


@dataclass(frozen=True)
class Is(_Placed):
    """A ``choice`` item was answered with one of these codes."""

    item: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Includes(_Placed):
    """At least one of these lines of a tick list (``choices`` item) is ticked."""

    item: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Compare(_Placed):
    """A number, in the item's unit, compared with a threshold."""

    item: str
    how: Comparison
    threshold: float


@dataclass(frozen=True)
class Answered(_Placed):
    """The item was asked and its answer is known."""

    item: str


@dataclass(frozen=True)
class Found(_Placed):
    """Another card's finding."""

    card: str


class Unlisted(enum.Enum):
    """For what a medicine counts whose name is not in the list, or a list that is not known."""

    MAY_BE = "may_be"  # for every class that it may belong to
    NEVER = "never"  # for none: only what is certain counts
    ASKS = "asks"  # if it is known what it is for, for what this asks closer questions about; else none
    ASKS_ANYHOW = "asks_anyhow"  # the same, but a medicine of which nothing is known may be of the class


@dataclass(frozen=True)
class Takes(_Placed):
    """A medicine of this class or group is taken.

    ``within_weeks`` asks besides that it was started or changed at most so many weeks ago.
    ``unlisted`` is not written in YAML: gates count otherwise than cards (design, 3.9).
    """

    medicine_class: str
    within_weeks: int | None = None
    unlisted: Unlisted = Unlisted.MAY_BE

    @property
    def item(self) -> str:
        """The item that lists the medicines; there is only one, and its id is fixed."""
        return MEDICINES


Leaf: TypeAlias = Is | Includes | Compare | Answered | Takes
Node: TypeAlias = All | Any | Not | AtLeast | Found | Leaf
NODES = (All, Any, Not, AtLeast, Found, Is, Includes, Compare, Answered, Takes)
LEAVES = (Is, Includes, Compare, Answered, Takes)
