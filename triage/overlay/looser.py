"""One way in which a clinic's rulebook is less careful, and the search for people who notice it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from triage.conditions.nodes import Found, Node, Takes
from triage.conditions.standing import Ticks
from triage.conditions.walk import leaves
from triage.facts import standings
from triage.problems import Place
from triage.readers.evaluate import evaluate, evaluate_all
from triage.response import Answer, Response, plain
from triage.rulebook.frozen import Frozen, keys_of
from triage.rulebook.model import Way
from triage.rulebook.rulebook import Rulebook
from triage.solve import TooHard, told_apart
from triage.truth import Truth
from triage.written_out import DAY, Side

EXAMPLE = ": for example "  # before the answers of somebody in whom it shows

Pairs = Collection[tuple[Truth, Truth]]  # of a condition before and after

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


def people(before: Side, after: Side, pairs: Pairs, *, early: bool = False) -> str | None:
    """Answers of someone for whom the conditions come out as one of ``pairs``, in words; None if there
    is nobody. With ``early`` they are what is certain while questions are still open."""
    try:
        found = told_apart(before, after, pairs, early=early)
    except TooHard:
        return "perhaps someone (this is too long to prove)"
    if found is None:
        return None
    said = plain(found if early else _shortest(found, before, after, pairs))
    answers = ", ".join(f"{name}: {_told(value)}" for name, value in said.items() if value not in ([], {}))
    return answers or "whatever is answered"


def _shortest(found: Response, before: Side, after: Side, pairs: Pairs) -> Response:
    """The same without ticks and medicines that make no difference, tried out by the plain evaluator."""
    for name, answer in found.answers.items():
        parts = answer.ticked if isinstance(answer, Ticks) else answer if isinstance(answer, tuple) else ()
        for part in parts:
            left = found.answers[name]
            if isinstance(left, Ticks):
                fewer: Answer = Ticks(left.ticked - {part}, left.unsure)
            else:
                fewer = tuple(one for one in left if one is not part) if isinstance(left, tuple) else left
            shorter = found.with_answer(name, fewer)
            if (_truth(before, shorter), _truth(after, shorter)) in pairs:
                found = shorter
    return found


def _truth(side: Side, response: Response) -> Truth:
    book, node = side
    known = standings(book, response, DAY)
    return evaluate(node, known, evaluate_all(book.goals, known)).truth


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
