"""Expressions in FHIRPath over the medicines in a QuestionnaireResponse.

One that was picked from the list has a code; of one that was typed it is known at most what it is for.
"""

from __future__ import annotations

from collections.abc import Iterable

from triage.conditions.fhirpath import Expression, Names, either, one_of
from triage.conditions.link_ids import DECLINED, NAME, STARTED, STARTED_ON, TAKEN, UNSURE, USE

_NAMED = f"item.where(linkId='{NAME}').answer"
_FOR = f"item.where(linkId='{USE}').answer.value"
_TYPED = f"{_NAMED}.value.where(code.empty()).exists()"
_SAID = f"where((code = '{UNSURE}' or code = '{DECLINED}').not())"
_RECENT_WEEKS = 6  # what "recent" means; "long_ago" is longer ago


class Listed:
    """The medicines that were started or changed so many weeks ago at most (None: whenever)."""

    def __init__(self, names: Names, item: str, weeks: int | None) -> None:
        self._names, self._weeks = names, weeks
        self._entries = names.items(item).replace(f"'{item}'", f"'{TAKEN}'")

    def some(self) -> str:
        """A medicine is named."""
        return self._names.name("some", "medicine", f"{self._entries}.{_NAMED}.exists()")

    def typed(self) -> str:
        """A medicine was typed, and not picked from the list."""
        return self._names.name("typed", "medicine", f"{self._entries}.where({_TYPED}).exists()")

    def of(self, generics: Iterable[str], kinds: Iterable[str], *, surely: bool) -> Expression:
        """One of them has one of these names, or was typed and is of one of these kinds.

        ``surely``: it is known to be recent enough; else it is not known that it is not.
        """
        picked = self._variable("picked", f".{_NAMED}.value.code", surely)
        typed = self._variable("typedFor", f".where({_TYPED}).{_FOR}.code", surely)
        return either([one_of(picked, generics), one_of(typed, dict.fromkeys(kinds))])

    def unplaced(self) -> str:
        """Of one that was typed it is not known what it is for, nor that it is not recent."""
        return self._variable("unplaced", f".where({_TYPED} and {_FOR}.{_SAID}.empty()).exists()", False)

    def _variable(self, kind: str, of_entries: str, surely: bool) -> str:
        time = "" if self._weeks is None else f"{'surely' if surely else 'perhaps'}_{self._weeks}_weeks"
        return self._names.name(kind, time, f"{self._entries}{self._in_time(surely)}{of_entries}")

    def _in_time(self, surely: bool) -> str:
        """Which were surely started in that time, or not surely before. Of a month or a year counts what
        all its days have in common: FHIRPath compares no day with a month in which it lies."""
        if self._weeks is None:
            return ""
        first = f"today() - {self._weeks * 7} days"
        word, compared = ("recent", ">=") if surely else ("long_ago", "<")
        told = self._weeks >= _RECENT_WEEKS if surely else self._weeks <= _RECENT_WEEKS
        dated = f"item.where(linkId='{STARTED_ON}').answer.value.where($this {compared} {first}).exists()"
        said = f"item.where(linkId='{STARTED}').answer.value.where(code = '{word}').exists()"
        holds = f"{dated} or {said}" if told else dated
        return f".where({holds})" if surely else f".where(({holds}).not())"
