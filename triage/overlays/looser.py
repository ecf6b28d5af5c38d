"""One way in which a clinic's rulebook is less careful, and the search for people who notice it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from triage.conditions.nodes import Found, Node, Takes
from triage.conditions.walk import leaves
from triage.engine.response import plain
from triage.engine.solving.search import Pairs, tell_apart
from triage.engine.solving.unknowns import Unknowns
from triage.problems import Place
from triage.rulebook.frozen import Frozen, keys_of
from triage.rulebook.model import Way
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth

EXAMPLE = ": for example "  # before the answers of somebody in whom it shows

_TRUTHS = tuple(Truth)
_ASIDE = {"examples", "reviewed_on", "history"}  # what they change is looked at by itself
LESS: Pairs = {(before, after) for before in _TRUTHS for after in _TRUTHS if after < before}
NOT_SURE_ANY_MORE: Pairs = {(Truth.PRESENT, after) for after in (Truth.UNKNOWN, Truth.ABSENT)}
NO_LONGER: Pairs = {(before, Truth.ABSENT) for before in (Truth.UNKNOWN, Truth.PRESENT)}
NEWLY: Pairs = {(before, Truth.PRESENT) for before in (Truth.UNKNOWN, Truth.ABSENT)}


@dataclass(frozen=True, slots=True)
class Looser:
    """One part that is less careful than before: the card, question or medicine, in which way, how,
    and where. ``change`` is what was and what is, in full: a signature is for this and no other."""

    part: str
    way: Way
    how: str
    place: Place
    change: str


def whole(part: Frozen | None) -> str:
    """All of it that somebody may read or that decides anything, for the code of a signature."""
    if part is None:
        return "-"
    return repr({key: getattr(part, key) for key in keys_of(type(part)) if key not in _ASIDE})


def people(unknowns: Unknowns, before: Node, after: Node, pairs: Pairs) -> str | None:
    """Answers of someone for whom the conditions come out as one of ``pairs``, in words; None if there
    is nobody. Where answers need not be complete they are what is certain while questions are open."""
    found = tell_apart(unknowns, before, after, pairs)
    if found is None:
        return None
    said = plain(found)
    answers = ", ".join(f"{name}: {_told(value)}" for name, value in said.items() if value not in ([], {}))
    return answers or "whatever is answered"


def _told(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_told(one) for one in value) + "]"
    if isinstance(value, dict):
        return str(value["name"]) + (" (new)" if value.get("started") == "recent" else "")
    return str(value)


def fingerprint(book: Rulebook, node: Node) -> str:
    """The same for conditions that mean the same, with all that they build on; else another one."""
    return hashlib.sha256("\n".join(_behind(book, node, set())).encode()).hexdigest()


def _behind(book: Rulebook, node: Node, seen: set[str]) -> Iterator[str]:
    yield repr(node)
    for leaf in leaves(node):
        name = f"found {leaf.card}" if isinstance(leaf, Found) else leaf.item
        if isinstance(leaf, Takes):
            members = sorted(m for m, classes in book.classes_of.items() if leaf.medicine_class in classes)
            yield f"{leaf.medicine_class}: {members}"
        if name in seen:
            continue
        seen.add(name)
        if isinstance(leaf, Found):
            behind = book.goals.get(leaf.card)
        else:
            item = book.items[leaf.item]
            yield f"{item.id}: {item.type} {item.codes} {item.range} {item.unit}"
            behind = item.ask_when
        if behind is not None:
            yield from _behind(book, behind, seen)
