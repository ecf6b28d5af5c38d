"""Cards that are less careful than before: in their level, in whom they find, in whom they hold back."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from triage.conditions.nodes import Any, Node
from triage.conditions.walk import cards_read, items_read
from triage.overlay.looser import (
    LESS,
    NEWLY,
    NO_LONGER,
    NOT_SURE_ANY_MORE,
    Looser,
    Pairs,
    fingerprint,
    people,
)
from triage.problems import Place
from triage.rulebook.affected import affected
from triage.rulebook.cards import Advice, AnyCard, Pattern, RedFlag
from triage.rulebook.folder import BUILT_IN_FILES
from triage.rulebook.model import Level, Way, urgency
from triage.rulebook.rulebook import Rulebook

_WARNS = ("avoid", "know")
_FOLLOWED = ("try", "ask")  # people do something about it
_HARMLESS_AT: tuple[Level, ...] = ("soon", "routine", "self_care")


class Cards:
    """The cards of a rulebook beside those of the one that it extends."""

    def __init__(self, rulebook: Rulebook, base: Rulebook) -> None:
        self.book = rulebook
        self.base = base
        self.touched = affected(base, rulebook)

    def loosenings(self) -> Iterator[Looser]:
        for card in self.book.cards.values():
            before = self.base.cards.get(card.id)
            if card.status == "active" and (before is None or before.status != "active"):
                yield from self._added(card)
            elif before is not None and before.status == "active" and card.id in self.touched:
                yield from self._changed(before, card)

    def _at(self, card: AnyCard, *keys: str) -> Place:
        return self.book.place(f"card:{card.id}", *keys)

    def _looser(self, card: AnyCard, way: Way, how: str, change: str) -> Looser:
        return Looser(card.id, way, how, self._at(card, way), change)

    def _added(self, card: AnyCard) -> Iterator[Looser]:
        """A card that the built-in rules do not show. Only advice can be careless by itself."""
        if not isinstance(card, Advice):
            return
        urgent = [level for level in card.shown_at if level not in _HARMLESS_AT]
        if urgent:
            how = f"is new advice for people who should seek help at once ({', '.join(urgent)})"
            yield self._looser(card, "shown_at", how, repr(card.shown_at))
        if card.kind == "try" and not any(guard.block_when for guard in card.guards):
            place = self._at(card, "id")
            yield Looser(card.id, "guards", "is new advice that no guard holds back", place, repr(card))

    def _changed(self, before: AnyCard, after: AnyCard) -> Iterator[Looser]:
        warns = isinstance(before, Advice) and before.kind in _WARNS
        if after.status != "active":
            if warns or isinstance(before, RedFlag | Pattern):
                yield self._looser(before, "status", f"is {after.status}", after.status)
        elif isinstance(before, RedFlag | Pattern) and isinstance(after, RedFlag | Pattern):
            yield from self._raising(before, after)
        elif isinstance(before, Advice) and isinstance(after, Advice):
            yield from self._advice(before, after)
        elif type(before) is not type(after):
            kind = type(after).__name__
            yield self._looser(before, "kind", f"is of another kind ({kind}) now", kind)

    def _raising(self, before: RedFlag | Pattern, after: RedFlag | Pattern) -> Iterator[Looser]:
        if type(before) is not type(after):
            kind = type(after).__name__
            yield self._looser(before, "kind", f"is of another kind ({kind}) now", kind)
        levels: list[tuple[Way, Level, Level, str]] = [
            ("disposition", before.disposition, after.disposition, "")
        ]
        if isinstance(before, RedFlag) and isinstance(after, RedFlag):
            levels.append(("if_unsure", before.if_unsure, after.if_unsure, " if not sure"))
        for way, was, now, doubt in levels:
            if urgency(now) < urgency(was):
                yield self._looser(before, way, f"leads to {now}{doubt}, not {was}", f"{was}>{now}")
        pairs = LESS if isinstance(before, RedFlag) else NOT_SURE_ANY_MORE
        how = "does not find everyone any more"
        yield from self._differs(after, "condition", how, before.when, after.when, pairs, "when")

    def _advice(self, before: Advice, after: Advice) -> Iterator[Looser]:
        if after.kind != before.kind:
            how = f"is of the kind {after.kind}, not {before.kind}"
            yield self._looser(before, "kind", how, f"{before.kind}>{after.kind}")
        more = [level for level in after.shown_at if level not in before.shown_at]
        fewer = [level for level in before.shown_at if level not in after.shown_at]
        change = f"{before.shown_at}>{after.shown_at}"
        if more and before.kind != "avoid":
            yield self._looser(before, "shown_at", f"is shown at {', '.join(more)} too", change)
        elif fewer and before.kind in _WARNS:
            how = f"is not shown at {', '.join(fewer)} any more"
            yield self._looser(before, "shown_at", how, change)
        was, now = before.offer_when, after.offer_when
        if before.kind in _WARNS:
            how = "does not warn everyone any more"
            yield from self._differs(after, "condition", how, was, now, NOT_SURE_ANY_MORE, "offer_when")
        if before.kind != "avoid":
            yield from self._differs(
                after, "condition", "is offered to more people", was, now, NEWLY, "offer_when"
            )
        yield from self._guards(before, after)

    def _guards(self, before: Advice, after: Advice) -> Iterator[Looser]:
        place = self._at(after, "guards")
        blocks = [guard.block_when for guard in after.guards if guard.block_when is not None]
        cautions = [guard.caution_when for guard in after.guards if guard.caution_when is not None]
        for guard in before.guards:
            if guard.block_when is not None:
                now: Node = Any(tuple(blocks), place=place)
                how = "is not held back from everyone any more"
                yield from self._differs(after, "guards", how, guard.block_when, now, NO_LONGER, "guards")
            if guard.caution_when is not None:
                now = Any((*cautions, *blocks), place=place)
                how = "does not caution everyone any more"
                yield from self._differs(after, "guards", how, guard.caution_when, now, NO_LONGER, "guards")

    def _differs(
        self, card: AnyCard, way: Way, how: str, before: Node, after: Node, pairs: Pairs, key: str
    ) -> Iterator[Looser]:
        """A looser part, if some people come out as one of ``pairs``: one of them is shown."""
        example = people((self.base, before), (self.book, after), pairs)
        if example is None:
            return
        behind = self._behind(before, after)
        through = f" (because of {', '.join(behind)})" if behind else ""
        place = self._at(card, key)
        if behind and self._built_in(place):  # what was written is elsewhere
            place = next((at for name in behind if not self._built_in(at := self._place(name))), place)
        change = f"{fingerprint(self.base, before)}>{fingerprint(self.book, after)}"
        yield Looser(card.id, way, f"{how}{through}: {example}", place, change)

    def _built_in(self, place: Place) -> bool:
        return place.file.startswith(BUILT_IN_FILES)

    def _place(self, name: str) -> Place:
        kind = "item" if name in self.book.items else "card"
        return self.book.place(f"{kind}:{name}")

    def _behind(self, before: Node, after: Node) -> list[str]:
        """What changed among all that the conditions build on: questions, findings, medicines."""
        seen: set[tuple[bool, str]] = set()  # a gate may read other questions in each of the two
        waiting: list[tuple[Rulebook, str]] = []
        for book, node in ((self.base, before), (self.book, after)):
            waiting += [(book, name) for name in (*items_read(node), *cards_read(node))]
        while waiting:
            book, name = waiting.pop()
            if (book is self.base, name) in seen:
                continue
            seen.add((book is self.base, name))
            further: Collection[str] = book.gates.get(name, ())
            if name in book.goals:
                node = book.goals[name]
                further = (*items_read(node), *cards_read(node))
            waiting += [(book, more) for more in further]
        reached = {name for _, name in seen}
        changed = {i for i in reached if self.base.items.get(i) != self.book.items.get(i)}
        changed |= {i for i in reached if self.base.cards.get(i) != self.book.cards.get(i)}
        if "medicines" in reached and (self.base.medicines, self.base.classes) != (
            self.book.medicines,
            self.book.classes,
        ):
            changed.add("medicines")
        return sorted(changed)
