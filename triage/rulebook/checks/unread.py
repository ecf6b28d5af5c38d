"""Checks that what is asked is read: by anything at all, and what may be a danger sign by a red flag."""

from __future__ import annotations

from collections.abc import Iterator

from triage.conditions.nodes import Includes, Is, Node
from triage.conditions.walk import items_read, leaves
from triage.problems import Problem
from triage.rulebook.cards import RedFlag
from triage.rulebook.goals import conditions_of
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook


def check_unread(rulebook: Rulebook) -> list[Problem]:
    """Items that nobody reads, and red-flag lines that no red flag reads."""
    read: set[str] = set()
    drafts: dict[str, list[str]] = {}
    flagged: set[tuple[str, str]] = set()
    for card in rulebook.cards.values():
        for node, _ in conditions_of(card).values():
            if card.status != "active":
                for name in items_read(node):
                    drafts.setdefault(name, []).append(card.id)
                continue
            read |= items_read(node)
            if isinstance(card, RedFlag):
                flagged |= set(_lines_read(node))
    for item in rulebook.items.values():
        if item.ask_when is not None:
            read |= items_read(item.ask_when)
    problems: list[Problem] = []
    for item in rulebook.items.values():
        if item.id not in read and not item.summary:
            waiting = ", ".join(drafts.get(item.id, ()))
            fix = "Use it in a card, or write “summary: true” if only the page needs it."
            if waiting:
                fix = f"Only {waiting} reads it, which is not active: write “status: active” there."
            place = rulebook.place(f"item:{item.id}", "id")
            problems.append(Problem("unread-item", f"nothing reads “{item.id}”", place, fix))
        if item.red_flag:
            problems += _unflagged(rulebook, item, flagged)
    return problems


def _unflagged(rulebook: Rulebook, item: Item, flagged: set[tuple[str, str]]) -> Iterator[Problem]:
    """Lines of a list of danger signs that no red flag reads, or a whole choice without one."""
    key = f"item:{item.id}"
    unread = [n for n, option in enumerate(item.options) if (item.id, option.code) not in flagged]
    if item.type == "choice" and len(unread) == len(item.options):
        fix = "Write an active red flag that reads it, or take “red_flag: true” out."
        place = rulebook.place(key, "red_flag")
        yield Problem("unread-red-flag", f"no red flag reads “{item.id}”", place, fix)
    for number in unread if item.type == "choices" else ():
        message = f"no red flag reads the line “{item.options[number].code}” of “{item.id}”"
        fix = "Write a red flag for it, or take the line out."
        place = rulebook.place(key, "options", number, "code")
        yield Problem("unread-red-flag", message, place, fix)


def _lines_read(node: Node) -> Iterator[tuple[str, str]]:
    for leaf in leaves(node):
        if isinstance(leaf, Is | Includes):
            for code in leaf.codes:
                yield leaf.item, code
