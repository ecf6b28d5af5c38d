"""Smallest sets that have something of every set: by python-sat, as soon as it is not plain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from triage.readers.circuit import Literal, hitting_search


class Hits:
    """Sets of literals, and as few literals as can be of which every set has one."""

    def __init__(self) -> None:
        self._sets: list[list[Literal]] = []
        self._alone: set[Literal] = set()  # of sets with one literal: each is needed
        self._search: Any = None

    def hit(self, literals: Sequence[Literal]) -> None:
        """One more set. It must not be empty."""
        self._sets.append(list(literals))
        if len(literals) == 1:
            self._alone.add(literals[0])
        if self._search is not None:
            self._search.hit(self._sets[-1])

    def smallest(self) -> list[Literal]:
        """As few literals as can be, in order."""
        if self._search is None and all(self._alone.intersection(one) for one in self._sets):
            return sorted(self._alone)  # most of the time: and no others would be as few
        if self._search is None:
            self._search = hitting_search(self._sets)
        return sorted(self._search.get() or ())
