"""Conditions written out as formulas over small parts of answers, with their gates and findings."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from triage.conditions.nodes import (
    MEDICINES,
    All,
    Answered,
    Any,
    AtLeast,
    Compare,
    Found,
    Includes,
    Is,
    Leaf,
    Node,
    Not,
    Takes,
)
from triage.conditions.standing import Medicines, Silence, Standing, Taken, Ticks, bounds
from triage.conditions.walk import leaves
from triage.facts import RECENT_WEEKS, weeks_since
from triage.formula import Fact, Formula, count, flipped, least, most, possible
from triage.rulebook.model import NUMBER_TYPES, Item
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth, negate

LONG_AGO = "2000"  # longer ago than any condition can ask for
DAY = datetime.date(2026, 11, 22)  # for starts that are neither recent nor long ago
SEPARATOR = "/"  # stands in no id
START = "//"  # before the name of a medicine: when it was started
OTHER = f"{MEDICINES}{SEPARATOR}?"  # a medicine that is not in the list

Side: TypeAlias = tuple[Rulebook, Node]


@dataclass
class Unknowns:
    """The small parts of answers that conditions turn on, and the values that each can have.

    A tick list is one unknown for each line; the medicines are two for each kind: whether it is
    taken, and when it was started. ``fixed`` gives numbers to items. The last value is "not sure";
    with ``early`` there is "not asked yet" after it, and the formulas are what is certain already.
    """

    sides: Sequence[Side]
    fixed: Mapping[str, float]
    early: bool = False
    values: dict[str, list[Standing]] = field(default_factory=dict)

    def formulas(self) -> tuple[Formula, ...]:
        """The conditions of the sides, in the same unknowns."""
        writers = [(_Writer(self, book), node) for book, node in self.sides]
        self._prepare([leaf for writer, node in writers for leaf in writer.reads(node)])
        if self.early:
            self.values = {name: [*values, Silence.NOT_ASKED] for name, values in self.values.items()}
        return tuple(writer.formula(node) for writer, node in writers)

    def _prepare(self, read: Sequence[Leaf]) -> None:
        """The values of every unknown, before a table is made of them."""
        taken: dict[str, None] = {}
        for leaf in read:
            if isinstance(leaf, Takes):
                taken[leaf.medicine_class] = None
            elif isinstance(leaf, Includes):
                for code in leaf.codes:
                    self.values.setdefault(f"{leaf.item}{SEPARATOR}{code}", ["yes", "no", Silence.UNSURE])
            elif isinstance(leaf, Is):
                self.values.setdefault(leaf.item, _answers(self._items(leaf.item)))
        for name in dict.fromkeys(leaf.item for leaf in read if isinstance(leaf, Compare | Answered)):
            items = self._items(name)
            if items[0].type in NUMBER_TYPES:
                limits = {
                    leaf.threshold for leaf in read if isinstance(leaf, Compare) and leaf.item == name
                }
                numbers = [self.fixed[name]] if name in self.fixed else _numbers(items, limits)
                self.values[name] = [*numbers, Silence.UNSURE]
            else:
                self.values.setdefault(name, _answers(items))
        if taken:
            weeks = {
                leaf.within_weeks
                for leaf in read
                if isinstance(leaf, Takes) and leaf.within_weeks is not None
            }
            self._medicines(frozenset(taken), weeks)

    def _items(self, name: str) -> list[Item]:
        return [book.items[name] for book, _ in self.sides if name in book.items]

    def _medicines(self, asked: frozenset[str], weeks: set[int]) -> None:
        """Medicines that differ in the classes asked for: one of each kind, the plainest."""
        books = [book for book, _ in self.sides]
        starts: list[Standing] = [LONG_AGO, "recent"]
        for limit in sorted(weeks - {RECENT_WEEKS}):
            starts += [str(DAY - datetime.timedelta(weeks=limit + more)) for more in (0, 1)]
        kinds: set[tuple[frozenset[str], ...]] = set()
        for generic in books[-1].plainest if len(books) > 1 else books[0].kinds_of_medicine:
            kind = tuple(book.classes_of.get(generic, frozenset()) & asked for book in books)
            if any(kind) and kind not in kinds:
                kinds.add(kind)
                self.values[f"{MEDICINES}{SEPARATOR}{generic}"] = ["yes", "no"]
                self.values[f"{MEDICINES}{START}{generic}"] = [*starts, Silence.UNSURE]
        self.values[OTHER] = ["no", Silence.UNSURE]


class _Writer:
    """Writes the conditions of one rulebook as formulas."""

    def __init__(self, unknowns: Unknowns, book: Rulebook) -> None:
        self.unknowns = unknowns
        self.book = book
        self.floor = Truth.ABSENT  # what is not asked yet makes of a leaf, where only certainty counts
        self.gates: dict[tuple[str, Truth], Formula] = {}
        self.found: dict[tuple[str, Truth], Formula] = {}

    def reads(self, node: Node) -> Iterator[Leaf]:
        """Every leaf of it, of the findings that it requires, and of the gates before these."""
        seen: set[str] = set()
        waiting = [node]
        while waiting:
            for leaf in leaves(waiting.pop()):
                behind: Node | None
                if isinstance(leaf, Found):
                    name, behind = f"found {leaf.card}", self.book.goals.get(leaf.card)
                else:
                    yield leaf
                    item = self.book.items.get(leaf.item)
                    name, behind = leaf.item, item.ask_when if item else None
                if behind is not None and name not in seen:
                    seen.add(name)
                    waiting.append(behind)

    def formula(self, node: Node) -> Formula:
        match node:
            case All():
                return least(self.formula(part) for part in node.of)
            case Any():
                return most(self.formula(part) for part in node.of)
            case AtLeast():
                return count(node.needed, [self.formula(part) for part in node.of])
            case Not():
                self.floor = negate(self.floor)
                part = flipped(self.formula(node.part))
                self.floor = negate(self.floor)
                return part
            case Found():
                key = node.card, self.floor
                if key not in self.found:
                    inner = self.book.goals.get(node.card)
                    self.found[key] = Truth.ABSENT if inner is None else self.formula(inner)
                return self.found[key]
        return least((self._gate(node.item), self._leaf(node)))

    def _gate(self, name: str) -> Formula:
        key = name, self.floor
        if key not in self.gates:
            item = self.book.items.get(name)
            gate = item.ask_when if item else None
            self.gates[key] = Truth.PRESENT if gate is None else possible(self.formula(gate))
        return self.gates[key]

    def _leaf(self, leaf: Leaf) -> Formula:
        match leaf:
            case Includes():
                lines = (
                    self._fact(f"{leaf.item}{SEPARATOR}{code}", Is("", ("yes",))) for code in leaf.codes
                )
                return self._of_list(leaf, most(lines))
            case Takes():
                known = [
                    n
                    for n in self.unknowns.values
                    if n.startswith(MEDICINES + SEPARATOR) and START not in n
                ]
                return self._of_list(leaf, most(self._takes(leaf, name) for name in known))
            case Answered():
                return self._fact(leaf.item, leaf)
        return self._fact(leaf.item, leaf)

    def _takes(self, leaf: Takes, name: str) -> Formula:
        taken = self._fact(name, Is("", ("yes",)))
        if name == OTHER:
            unplaced = Medicines((Taken("", may_be=self.book.unplaced_may_be),))
            return taken if bounds(leaf, unplaced).truth is Truth.UNKNOWN else Truth.ABSENT
        generic = name.partition(SEPARATOR)[2]
        if leaf.medicine_class not in self.book.classes_of.get(generic, ()):
            return Truth.ABSENT
        if leaf.within_weeks is None:
            return taken
        start = f"{MEDICINES}{START}{generic}"
        return least((taken, self._fact(start, leaf)))

    def _of_list(self, leaf: Includes | Takes, lines: Formula) -> Formula:
        """A list of which one may be not sure as a whole, if any condition asks whether it is answered."""
        if leaf.item not in self.unknowns.values:
            return lines
        values = self.unknowns.values[leaf.item]
        silent = {
            Silence.UNSURE: bounds(leaf, Silence.UNSURE).truth,
            Silence.NOT_ASKED: self.floor,
        }
        floor, ceiling = (
            Fact(leaf.item, tuple(silent[v] if isinstance(v, Silence) else sure for v in values))
            for sure in (Truth.ABSENT, Truth.PRESENT)
        )
        return least((most((lines, floor)), ceiling))

    def _fact(self, unknown: str, leaf: Leaf) -> Formula:
        """What each value makes of the leaf, as the one place that compares answers says."""
        table = []
        for value in self.unknowns.values[unknown]:
            if value is Silence.NOT_ASKED:
                table.append(self.floor)
                continue
            standing = _started(leaf.medicine_class, value) if isinstance(leaf, Takes) else value
            table.append(bounds(leaf, standing).truth)
        return table[0] if len(set(table)) == 1 else Fact(unknown, tuple(table))


def _started(medicine_class: str, start: Standing) -> Medicines:
    weeks = weeks_since(start if isinstance(start, str) else None, DAY)
    return Medicines((Taken("", "", frozenset((medicine_class,)), weeks),))


def _numbers(items: Sequence[Item], limits: Collection[float]) -> list[float]:
    """The usual number, each threshold and those beside and between: one for every way to compare."""
    item = items[0]
    step = 1 if item.type == "integer" else 0.5
    between = [(a + b) / 2 for a, b in zip(sorted(limits), sorted(limits)[1:], strict=False)]
    near = [number for limit in limits for number in (limit, limit + step, limit - step)]
    tried = [item.usual] if isinstance(item.usual, int | float) else []
    for number in [*near, *(between if item.type == "decimal" else [])]:
        tried.append(int(number) if item.type == "integer" else number)
    ranges = [one.range for one in items if one.range]
    low, high = min(r.min for r in ranges), max(r.max for r in ranges)
    if not tried:
        tried.append(int(low) if item.type == "integer" else low)
    return list(dict.fromkeys(number for number in tried if low <= number <= high))


def _answers(items: Sequence[Item]) -> list[Standing]:
    """Every answer to a choice, the usual one last; one answer to any other item; then "not sure"."""
    item = items[0]
    if item.type == "choices":
        return [Ticks(), Silence.UNSURE]
    if item.type == "medicines":
        return [Medicines(), Silence.UNSURE]
    if item.type != "choice":
        return ["words", Silence.UNSURE]
    codes = dict.fromkeys(code for one in items for code in one.codes)
    return [
        *(code for code in codes if code != item.usual),
        *(code for code in codes if code == item.usual),
        Silence.UNSURE,
    ]
