"""Does a rulebook make sense? Conditions that cannot fail or cannot hold, and cards that repeat others.

What is said of a condition is proved by ``solve``, over all answers; where a search would take too
long nothing is said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from triage.conditions.nodes import All, Any, AtLeast, Found, Node, Not
from triage.names import fold
from triage.problems import Place, Problem
from triage.rulebook.cards import Advice, Card
from triage.rulebook.rulebook import Rulebook, conditions_of
from triage.solve import TooHard, solve
from triage.truth import Truth


def senseless(rulebook: Rulebook, only: Collection[str] | None = None) -> list[Problem]:
    """Every condition that can never hold or never fail, and every card that says what another says.

    ``only`` limits the first part to these cards and questions.
    """
    problems: list[Problem] = []
    for card in rulebook.cards.values():
        if card.status != "retired" and (only is None or card.id in only):
            for node, _ in conditions_of(card).values():
                problems += _settled(rulebook, node)
    for item in rulebook.items.values():
        if only is None or item.id in only:
            if item.ask_when is not None:
                problems += _gate(rulebook, item.id, item.ask_when)
            for option in item.options:
                if option.relevant_when is not None:
                    problems += _settled(rulebook, option.relevant_when)
    return [*problems, *_repeated(rulebook)]


def _settled(rulebook: Rulebook, node: Node) -> Iterator[Problem]:
    """The condition, or parts of it, if they are decided before anybody answers."""
    if not _possible(rulebook, node, Truth.PRESENT):
        fix = "No answers make it so. Do two parts contradict each other? Is “any” meant, not “all”?"
        yield Problem("never-holds", "this condition can never hold", node.place, fix)
    elif not _possible(rulebook, node, Truth.ABSENT):
        fix = "All answers make it so. See if “all” is meant, not “any”, or leave this part out."
        yield Problem("always-holds", "this condition always holds", node.place, fix)
    else:
        yield from _parts(rulebook, node)


def _parts(rulebook: Rulebook, node: Node) -> Iterator[Problem]:
    match node:
        case Any():
            for part in node.of:
                if _possible(rulebook, part, Truth.PRESENT):
                    yield from _parts(rulebook, part)
                else:
                    fix = "No answers make it so, so it adds nothing to the others. Mend it or take it out."
                    yield Problem("never-holds", "this part can never hold", part.place, fix)
        case All() | AtLeast():
            for part in node.of:
                if _possible(rulebook, part, Truth.ABSENT):
                    yield from _parts(rulebook, part)
                else:
                    fix = "All answers make it so, so it rules out nobody. Mend it or take it out."
                    yield Problem("always-holds", "this part always holds", part.place, fix)
        case Not():
            yield from _parts(rulebook, node.part)


def _gate(rulebook: Rulebook, item: str, gate: Node) -> Iterator[Problem]:
    if not _possible(rulebook, gate, Truth.PRESENT):
        fix = "No answers open it. Mend its ask_when."
        yield Problem("never-asked", f"“{item}” can never be asked", gate.place, fix)
    elif not _possible(rulebook, gate, Truth.ABSENT):
        fix = "Take ask_when out, or mend it."
        yield Problem("always-asked", f"“{item}” is asked whatever is answered", gate.place, fix)
    else:
        yield from _parts(rulebook, gate)


def _possible(rulebook: Rulebook, node: Node, wanted: Truth) -> bool:
    try:
        return solve(rulebook, node, wanted) is not None
    except TooHard:
        return True


def _repeated(rulebook: Rulebook) -> Iterator[Problem]:
    """Cards of one kind with the same condition, and titles or advice that stand twice."""
    conditions: dict[tuple[object, ...], Card] = {}
    words: dict[tuple[type, str, str], Card] = {}
    for card in rulebook.cards.values():
        if card.status == "retired":
            continue
        at = rulebook.place(f"card:{card.id}", "id")
        if not isinstance(card, Advice):
            node = conditions_of(card)[card.id][0]
            first = conditions.setdefault((type(card), canonical(node)), card)
            if first is not card:
                yield _twice("same-condition", f"“{card.id}” looks for the same as “{first.id}”", at)
                continue
        for key in ("title", "text"):
            text = getattr(card, key, None)
            if text is not None:
                first = words.setdefault((type(card), key, fold(text)), card)
                if first is not card:
                    place = rulebook.place(f"card:{card.id}", key)
                    yield _twice("same-words", f"“{card.id}” has the same {key} as “{first.id}”", place)


def _twice(code: str, message: str, place: Place) -> Problem:
    return Problem(code, message, place, "Make them one card, or say what sets them apart.")


def canonical(node: Node) -> object:
    """The condition as a value that is the same for conditions that differ only in order."""
    match node:
        case All() | Any():
            parts = frozenset(canonical(part) for part in node.of)
            return next(iter(parts)) if len(parts) == 1 else (type(node).__name__, parts)
        case AtLeast():
            return ("at least", node.needed, tuple(sorted(repr(canonical(part)) for part in node.of)))
        case Not():
            return ("not", canonical(node.part))
        case Found():
            return ("found", node.card)
    if hasattr(node, "codes"):
        return (type(node).__name__, node.item, frozenset(node.codes))
    return node
