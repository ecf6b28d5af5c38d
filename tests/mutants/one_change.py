"""Rulebooks that differ from another in one thing: a card, a gate, a guard, a condition with one thing wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from triage.conditions.nodes import AllOf, AnyOf, AtLeast, Compare, Includes, Is, Node, Not, Takes
from triage.conditions.walk import cards_read
from triage.rulebook.cards import Advice, Card
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook

NEVER, ALWAYS = AnyOf(()), AllOf(())

ABOUT_MEDICINES = ("medicine_reader", "classification", "names")


def differing(book: Rulebook, **parts: object) -> Rulebook:
    """The rulebook with other cards or items. What it worked out of its medicines it need not work out anew."""
    made = replace(book, **parts)
    made.__dict__.update({name: getattr(book, name) for name in ABOUT_MEDICINES})
    if "items" not in parts:
        made.__dict__.update({name: getattr(book, name) for name in ("option_gates", "gates")})
    return made


def with_card(book: Rulebook, card: Card, **changed: object) -> Rulebook:
    other = card.model_copy(update=changed)
    made = differing(book, cards={**book.cards, card.id: other})
    if other.status == card.status == "active":
        was, now = book.goals_of([card]), made.goals_of([other])
        if not cards_required(now) - cards_required(was) and (
            isinstance(other, Advice) or was.keys() == now.keys()
        ):
            # No other condition is another one, and all can be evaluated in the same order.
            others = {
                goal: now.get(goal, node)
                for goal, node in book.goals.items()
                if goal in now or goal not in was
            }
            goals = made.__dict__["goals"] = {**others, **now}
            made.__dict__["shared_goals"] = {  # of those that stay equal parts are one already
                goal: book.shared_goals[goal] if node is book.goals.get(goal) else node
                for goal, node in goals.items()
            }
    return made


def cards_required(goals: Mapping[str, Node]) -> set[str]:
    return {card for node in goals.values() for card in cards_read(node)}


def with_gate(book: Rulebook, item: Item, gate: Node) -> Rulebook:
    return differing(book, items={**book.items, item.id: item.model_copy(update={"ask_when": gate})})


def with_condition(book: Rulebook, card: Card, key: tuple[str | int, ...], node: Node) -> Rulebook:
    """The card with another condition where ``key`` says: ``("when",)``, ``("guards", 1, "block_when")``."""
    if len(key) == 1:
        return with_card(book, card, **{str(key[0]): node})
    assert isinstance(card, Advice)
    _, number, which = key
    guards = list(card.guards)
    guards[int(number)] = guards[int(number)].model_copy(update={str(which): node})
    return with_card(book, card, guards=tuple(guards))


def without_guard(book: Rulebook, card: Card, number: int) -> Rulebook:
    assert isinstance(card, Advice)
    return with_card(book, card, guards=(*card.guards[:number], *card.guards[number + 1 :]))


def broken_nodes(node: Node) -> Iterator[tuple[str, Node]]:
    """The condition with one thing wrong, in every way that is tried."""
    match node:
        case AllOf() | AnyOf():
            for number, part in enumerate(node.of):
                if len(node.of) > 1:
                    yield "a part left out", replace(node, of=node.of[:number] + node.of[number + 1 :])
                for what, other in broken_nodes(part):
                    yield what, replace(node, of=(*node.of[:number], other, *node.of[number + 1 :]))
            if len(node.of) > 1:
                yield "and for or", (AnyOf if isinstance(node, AllOf) else AllOf)(node.of, place=node.place)
        case AtLeast():
            for needed in (node.needed - 1, node.needed + 1):
                if 0 < needed <= len(node.of):
                    yield "another count", replace(node, needed=needed)
            for number, part in enumerate(node.of):
                for what, other in broken_nodes(part):
                    yield what, replace(node, of=(*node.of[:number], other, *node.of[number + 1 :]))
        case Not():
            yield "turned round", node.part
            for what, other in broken_nodes(node.part):
                yield what, replace(node, part=other)
        case Is() | Includes() if len(node.codes) > 1:
            for code in node.codes:
                yield "a line left out", replace(node, codes=tuple(c for c in node.codes if c != code))
        case Compare():
            for step in (-1, 1):
                yield "a threshold moved", replace(node, threshold=node.threshold + step)
            yield "turned round", Not(node, place=node.place)
        case Takes() if node.within_weeks is not None:
            yield "weeks left out", replace(node, within_weeks=None)
        case _:
            yield "turned round", Not(node, place=node.place)
