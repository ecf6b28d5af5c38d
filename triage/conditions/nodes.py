"""The condition language as a tree of small frozen nodes. Verbs live elsewhere.

A reader of conditions is one file with one ``match`` over ``Node`` whose last arm is
``assert_never``: mypy then names the node that was forgotten.
"""

from __future__ import annotations

import enum
from dataclasses import field
from typing import TypeAlias

from triage.problems import Place
from triage.value import Value

MEDICINES = "medicines"
NOWHERE = Place("(nowhere)")
_HASH = "(hash)"


class Comparator(enum.Enum):
    """How an ``integer`` or ``decimal`` item is compared; the value is the key in the YAML."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOVE = "above"
    BELOW = "below"


class _Placed(Value):
    """Where a node stands is no part of what it is: equal ones may stand in different places."""

    place: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(self) is not type(other):
            return NotImplemented
        mine, others = self.__dict__, other.__dict__
        return all(mine[name] == others[name] for name in _parts(self))

    def __hash__(self) -> int:
        known: int | None = self.__dict__.get(_HASH)
        if known is None:  # kept, because it is asked for again and again, of trees
            known = self.__dict__[_HASH] = hash(tuple(self.__dict__[n] for n in _parts(self)))
        return known

    def __getstate__(self) -> dict[str, object]:
        """Without the hash: it is another one in every process."""
        return {name: value for name, value in self.__dict__.items() if name != _HASH}

    def __repr__(self) -> str:
        values = (f"{name}={self.__dict__[name]!r}" for name in _parts(self))
        return f"{type(self).__qualname__}({', '.join(values)})"


def _parts(node: _Placed) -> tuple[str, ...]:
    return node.__match_args__


class AllOf(_Placed):
    """Every part holds."""

    of: tuple[Node, ...]


class AnyOf(_Placed):
    """At least one part holds."""

    of: tuple[Node, ...]


class Not(_Placed):
    """The part does not hold."""

    part: Node


class AtLeast(_Placed):
    """At least ``needed`` of the parts hold."""

    needed: int
    of: tuple[Node, ...]


class OfItem(_Placed):
    """A leaf: it reads the answer to one item. To ask for this class is quicker than for each of them."""


class Is(OfItem):
    """A ``choice`` item was answered with one of these codes."""

    item: str
    codes: tuple[str, ...]


class Includes(OfItem):
    """At least one of these lines of a tick list (``choices`` item) is ticked."""

    item: str
    codes: tuple[str, ...]


class Compare(OfItem):
    """A number, in the item's unit, compared with a threshold."""

    item: str
    how: Comparator
    threshold: float


class Answered(OfItem):
    """The item was asked and its answer is known; with ``line``, it is known of that line if it fits."""

    item: str
    line: str | None = None


class Found(_Placed):
    """Another card's finding."""

    card: str


class Unlisted(enum.Enum):
    """For what a medicine counts whose name is not in the list, or a list that is not known."""

    MAY_BE = "may_be"  # for every class that it may belong to
    NEVER = "never"  # for none: only what is certain counts
    ASKS = "asks"  # if it is known what it is for, for what this asks closer questions about; else none
    ASKS_ANYHOW = "asks_anyhow"  # the same, but a medicine of which nothing is known may be of the class


class Takes(OfItem):
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
Node: TypeAlias = AllOf | AnyOf | Not | AtLeast | Found | Leaf
NODES = (AllOf, AnyOf, Not, AtLeast, Found, Is, Includes, Compare, Answered, Takes)
LEAVES = (Is, Includes, Compare, Answered, Takes)
