"""Expressions in FHIRPath: named answers of a QuestionnaireResponse, and "and", "or", "not".

Each is true or false for every response. What is the same for all is ``True`` or ``False``, and disappears.

Answers have names, as variables of the form: a FHIRPath engine would look through the whole response again
for each time that a condition reads one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from triage.conditions.link_ids import DECLINED, NONE, UNSURE, group

Expression: TypeAlias = str | bool


class Names:
    """The variables of a form, each after those it needs. ``sections`` has that of every question."""

    def __init__(self, sections: dict[str, str]) -> None:
        self.written: dict[str, str] = {}
        self._sections = sections

    def name(self, kind: str, what: str, expression: Expression) -> str:
        """A name for an expression. It is an id of FHIR, which has no underscore."""
        words = what.replace(".", "_").replace("-", "_").split("_")
        name = kind + "".join(word.capitalize() for word in words)
        self.written.setdefault(name, as_text(expression))
        return f"%{name}"

    def values(self, link_id: str) -> str:
        """The values of the answers to a question."""
        return self.name("answer", link_id, f"{self.items(link_id)}.answer.value")

    def items(self, link_id: str) -> str:
        """The items of a question, or of what belongs to it."""
        section = self._sections[link_id.split(".")[0]]
        return f"%resource.item.where(linkId='{group(section)}').item.where(linkId='{link_id}')"


def one_of(codes: str, expected: Iterable[str]) -> Expression:
    """Any of the codes is expected: looked for in one text, as a union takes long to make."""
    listed = "|".join(quoted(code) for code in expected)
    return f"{codes}.where('|{listed}|'.contains('|' & $this & '|')).exists()" if listed else False


def quoted(text: str) -> str:
    """Text as it stands between quotes."""
    return text.replace("\\", "\\\\").replace("'", "\\'")


def has(values: str, codes: Iterable[str]) -> str:
    """One of these options is ticked, or picked."""
    said = " or ".join(f"code = '{code}'" for code in codes)
    return f"{values}.where({said}).exists()"


def silent(values: str) -> str:
    """Not sure, or rather not said."""
    return has(values, (UNSURE, DECLINED))


def ticked(values: str) -> str:
    """A line is ticked."""
    others = " or ".join(f"code = '{code}'" for code in (NONE, UNSURE, DECLINED))
    return f"{values}.where(({others}).not()).exists()"


def some(values: str) -> str:
    """There is one."""
    return f"{values}.exists()"


def none(values: str) -> str:
    """There is none."""
    return f"{values}.empty()"


def every(parts: Iterable[Expression]) -> Expression:
    """All of them hold."""
    return _joined(parts, " and ", decides=False)


def either(parts: Iterable[Expression]) -> Expression:
    """At least one of them holds."""
    return _joined(parts, " or ", decides=True)


def _joined(parts: Iterable[Expression], word: str, *, decides: bool) -> Expression:
    listed = list(dict.fromkeys(parts))
    if decides in listed:
        return decides
    left = [part for part in listed if isinstance(part, str)]
    if len(left) < 2:
        return left[0] if left else not decides
    return f"({word.join(left)})"


def negated(part: Expression) -> Expression:
    """It does not hold."""
    return not part if isinstance(part, bool) else f"({part}).not()"


def count(needed: int, parts: list[Expression]) -> Expression:
    """At least so many of them hold."""
    needed -= sum(part is True for part in parts)
    left = [part for part in parts if isinstance(part, str)]
    if needed <= 0 or needed > len(left):
        return needed <= 0
    return f"({' + '.join(f'iif({part}, 1, 0)' for part in left)} >= {needed})"


def as_text(holds: Expression) -> str:
    """The expression as FHIRPath, also where it is the same for all."""
    return holds if isinstance(holds, str) else str(holds).lower()
