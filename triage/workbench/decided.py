"""Does a rulebook make sense? Conditions that cannot fail or cannot hold, and cards that repeat others.

What is said of a condition is proved, over all answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from triage.conditions.nodes import AllOf, AnyOf, AtLeast, Found, Node, Not
from triage.engine.solving.search import Search
from triage.engine.solving.unknowns import Unknowns
from triage.names import fold
from triage.problems import Place, Problem
from triage.rulebook.cards import Advice, Card
from triage.rulebook.goals import conditions_of
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth


def senseless(rulebook: Rulebook, only: Collection[str] | None = None) -> list[Problem]:
    """Every condition that can never hold or never fail, and every card that says what another says.

    ``only`` limits the first part to these cards and questions.
    """
    looked_at = list(_looked_at(rulebook, only))
    settled = _Settled(rulebook)
    problems: list[Problem] = []
    for first in range(0, len(looked_at), _TOGETHER):
        some = looked_at[first : first + _TOGETHER]
        settled.look_at([node for node, _ in some])
        for node, asked in some:
            problems += settled.problems(node) if asked is None else settled.gate(asked, node)
    return [*problems, *_repeated(rulebook)]


_TOGETHER = 32  # conditions for one solver: to make one takes longer than to ask it about a few more


def _looked_at(rulebook: Rulebook, only: Collection[str] | None) -> Iterator[tuple[Node, str | None]]:
    """The conditions, each with the question that it is the gate of, if it is one."""
    for card in rulebook.cards.values():
        if card.status != "retired" and (only is None or card.id in only):
            yield from ((node, None) for node, _ in conditions_of(card).values())
    for item in rulebook.items.values():
        if only is None or item.id in only:
            if item.ask_when is not None:
                yield item.ask_when, item.id
            yield from ((o.ask_when, None) for o in item.options if o.ask_when is not None)


class _Settled:
    """Conditions, and parts of them, that are decided before anybody answers."""

    def __init__(self, rulebook: Rulebook) -> None:
        cards = (node for card in rulebook.cards.values() for node, _ in conditions_of(card).values())
        options = (option.ask_when for item in rulebook.items.values() for option in item.options)
        self._unknowns = Unknowns([rulebook], [*cards, *(node for node in options if node is not None)])
        self._search = Search(self._unknowns.proofs, ())

    def look_at(self, nodes: Iterable[Node]) -> None:
        """One solver for these conditions and their parts."""
        proofs = self._unknowns.proofs
        self._search = Search(proofs, [literal for node in nodes for literal in proofs.formula(node)])

    def problems(self, node: Node) -> Iterator[Problem]:
        """The condition, or parts of it, if they are settled."""
        if not self._possible(node, Truth.PRESENT):
            fix = "No answers make it so. Do two parts contradict each other? Is “any” meant, not “all”?"
            yield Problem("never-holds", "this condition can never hold", node.place, fix)
        elif not self._possible(node, Truth.ABSENT):
            fix = "All answers make it so. See if “all” is meant, not “any”, or leave this part out."
            yield Problem("always-holds", "this condition always holds", node.place, fix)
        else:
            yield from self._parts(node)

    def gate(self, item: str, gate: Node) -> Iterator[Problem]:
        """The same of the condition under which an item is asked."""
        if not self._possible(gate, Truth.PRESENT):
            fix = "No answers open it. Mend its ask_when."
            yield Problem("never-asked", f"“{item}” can never be asked", gate.place, fix)
        elif not self._possible(gate, Truth.ABSENT):
            fix = "Take ask_when out, or mend it."
            yield Problem("always-asked", f"“{item}” is asked whatever is answered", gate.place, fix)
        else:
            yield from self._parts(gate)

    def _parts(self, node: Node) -> Iterator[Problem]:
        match node:
            case AnyOf():
                for part in node.of:
                    if self._possible(part, Truth.PRESENT):
                        yield from self._parts(part)
                    else:
                        fix = "No answers make it so, so it adds nothing. Mend it or take it out."
                        yield Problem("never-holds", "this part can never hold", part.place, fix)
            case AllOf() | AtLeast():
                for part in node.of:
                    if self._possible(part, Truth.ABSENT):
                        yield from self._parts(part)
                    else:
                        fix = "All answers make it so, so it rules out nobody. Mend it or take it out."
                        yield Problem("always-holds", "this part always holds", part.place, fix)
            case Not():
                yield from self._parts(node.part)

    def _possible(self, node: Node, wanted: Truth) -> bool:
        proofs = self._unknowns.proofs
        outcome = proofs.circuit.both(proofs.formula(node).comes_out(wanted))
        search = self._search if outcome in self._search else Search(proofs, [outcome])
        return search.possible(outcome)


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
        case AllOf() | AnyOf():
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
