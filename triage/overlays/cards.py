"""Cards that are less careful than before: in their level, in whom they find, in whom they hold back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from triage.conditions.nodes import MEDICINES, All, Any, Node, Not
from triage.conditions.walk import cards_read, items_read
from triage.engine.solving.search import Pairs
from triage.engine.solving.unknowns import Unknowns
from triage.overlays.looser import (
    EXAMPLE,
    LESS,
    NEWLY,
    NO_LONGER,
    NOT_SURE_ANY_MORE,
    Looser,
    fingerprint,
    people,
    whole,
)
from triage.problems import Place
from triage.rulebook.affected import affected
from triage.rulebook.cards import Advice, AnyCard, Factor, Pattern, RedFlag, Theory
from triage.rulebook.frozen import Frozen
from triage.rulebook.goals import conditions_of
from triage.rulebook.model import Level, Way, urgency
from triage.rulebook.reading.folder import BUILT_IN_FILES
from triage.rulebook.rulebook import Rulebook

_WARNS = ("avoid", "know")
_OFFERED = ("try", "know")  # more of these is not always more care
_HARMLESS_AT: tuple[Level, ...] = ("soon", "routine", "self_care")


def _shown(card: Advice) -> Node:
    """For whom an advice is shown: offered, and held back by no guard."""
    blocks = tuple(guard.block_when for guard in card.guards if guard.block_when is not None)
    return All((card.offer_when, Not(Any(blocks)))) if blocks else card.offer_when


class Cards:
    """The cards of a rulebook beside those of the one that it extends."""

    def __init__(self, rulebook: Rulebook, base: Rulebook) -> None:
        self.book = rulebook
        self.base = base
        self.touched = affected(base, rulebook)
        self._compared: dict[bool, Unknowns] = {}
        self.controls = {
            control.card
            for hazard in base.hazards.values()
            for control in hazard.controls
            if control.card is not None
        }

    def loosenings(self) -> Iterator[Looser]:
        for card in self.book.cards.values():
            before = self.base.cards.get(card.id)
            if card.status == "active" and (before is None or before.status != "active"):
                yield from self._added(card)
            elif before is not None and before.status == "active" and card.id in self.touched:
                yield from self._changed(before, card)

    def _at(self, card: AnyCard, *keys: str) -> Place:
        return self.book.place(f"card:{card.id}", *keys)

    def _looser(self, card: AnyCard, way: Way, how: str, *keys: str) -> Looser:
        """``keys`` say where it stands, if not below the name of the way."""
        was, now = (whole(book.cards.get(card.id)) for book in (self.base, self.book))
        return Looser(card.id, way, how, self._at(card, *(keys or (way,))), f"{was}>{now}")

    def _added(self, card: AnyCard) -> Iterator[Looser]:
        """A card that the built-in rules do not show. Only advice can be careless by itself."""
        if not isinstance(card, Advice):
            return
        urgent = [level for level in card.shown_at if level not in _HARMLESS_AT]
        if urgent:
            how = f"is new advice for people who should seek help at once ({', '.join(urgent)})"
            yield self._looser(card, "shown_at", how)
        if card.kind == "try" and not any(guard.block_when for guard in card.guards):
            yield self._looser(card, "guards", "is new advice that no guard holds back", "id")

    def _changed(self, before: AnyCard, after: AnyCard) -> Iterator[Looser]:
        warns = isinstance(before, Advice) and before.kind in _WARNS
        if after.status != "active":
            if warns or isinstance(before, RedFlag | Pattern) or before.id in self.controls:
                yield self._looser(before, "status", f"is {after.status}")
        elif isinstance(before, RedFlag | Pattern) and isinstance(after, RedFlag | Pattern):
            yield from self._raising(before, after)
        elif isinstance(before, Advice) and isinstance(after, Advice):
            yield from self._advice(before, after)
        elif isinstance(before, Factor | Theory) and isinstance(after, Factor | Theory):
            if before.id in self.controls:
                yield from self._fewer(after, "does not find everyone any more", before.when, after.when)
        elif type(before) is not type(after):
            kind = type(after).__name__
            yield self._looser(before, "kind", f"is of another kind ({kind}) now")

    def _raising(self, before: RedFlag | Pattern, after: RedFlag | Pattern) -> Iterator[Looser]:
        if type(before) is not type(after):
            kind = type(after).__name__
            yield self._looser(before, "kind", f"is of another kind ({kind}) now")
        levels: list[tuple[Way, Level, Level, str]] = [
            ("disposition", before.disposition, after.disposition, "")
        ]
        if isinstance(before, RedFlag) and isinstance(after, RedFlag):
            levels.append(("if_unsure", before.if_unsure, after.if_unsure, " if not sure"))
        for way, was, now, doubt in levels:
            if urgency(now) < urgency(was):
                yield self._looser(before, way, f"leads to {now}{doubt}, not {was}")
        pairs = LESS if isinstance(before, RedFlag) else NOT_SURE_ANY_MORE
        how = "does not find everyone any more"
        yield from self._fewer(after, how, before.when, after.when, pairs=pairs)

    def _fewer(
        self,
        card: AnyCard,
        how: str,
        before: Node,
        after: Node,
        key: str = "when",
        pairs: Pairs = NOT_SURE_ANY_MORE,
    ) -> Iterator[Looser]:
        """Some are found, or warned, with less certainty, or only once more has been answered."""
        found = [*self._differs(card, "condition", how, before, after, pairs, key)]
        if not found:
            how = "is certain only after more questions than before"
            found += self._differs(card, "condition", how, before, after, pairs, key, early=True)
        yield from found

    def _advice(self, before: Advice, after: Advice) -> Iterator[Looser]:
        if after.kind != before.kind:
            yield self._looser(before, "kind", f"is of the kind {after.kind}, not {before.kind}")
        more = [level for level in after.shown_at if level not in before.shown_at]
        fewer = [level for level in before.shown_at if level not in after.shown_at]
        if more and before.kind != "avoid":
            yield self._looser(before, "shown_at", f"is shown at {', '.join(more)} too")
        if fewer and (before.kind in _WARNS or before.id in self.controls):
            yield self._looser(before, "shown_at", f"is not shown at {', '.join(fewer)} any more")
        was, now, shown = before.offer_when, after.offer_when, _shown(after)
        how = "does not warn everyone any more"
        # A medicine that counts for more opens questions and guards: that alone is no less care.
        counts = (was, before.guards) == (now, after.guards) and self._behind(was, shown) == [MEDICINES]
        if counts:
            pass
        elif before.kind == "avoid" or before.id in self.controls:  # a guard may silence it
            key = "guards" if was == now else "offer_when"
            yield from self._fewer(after, how, _shown(before), shown, key)
        elif before.kind == "know":  # what is good to know may need one more guard
            yield from self._fewer(after, how, was, now, "offer_when")
        if before.kind in _OFFERED and not counts:
            how = "is offered to more people"
            yield from self._differs(after, "condition", how, was, shown, NEWLY, "offer_when")
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
        self,
        card: AnyCard,
        way: Way,
        how: str,
        before: Node,
        after: Node,
        pairs: Pairs,
        key: str,
        *,
        early: bool = False,
    ) -> Iterator[Looser]:
        """A looser part, if some people come out as one of ``pairs``: one of them is shown."""
        example = people(self._unknowns(early), before, after, pairs)
        if example is None:
            return
        behind = self._behind(before, after)
        through = f" (because of {', '.join(behind)})" if behind else ""
        place = self._at(card, key)
        if behind and self._built_in(place):  # what was written is elsewhere
            place = next((at for name in behind if not self._built_in(at := self._place(name))), place)
        change = f"{fingerprint(self.base, before)}>{fingerprint(self.book, after)}"
        cards = f"{whole(self.base.cards.get(card.id))}>{whole(self.book.cards.get(card.id))}"
        yield Looser(card.id, way, f"{how}{through}{EXAMPLE}{example}", place, f"{change} {cards}")

    def _unknowns(self, early: bool) -> Unknowns:
        """What one person may answer, for all conditions of both rulebooks."""
        if early not in self._compared:
            books = (self.base, self.book)
            cards = [card for book in books for card in book.cards.values()]
            nodes = [node for card in cards for node, _ in conditions_of(card).values()]
            self._compared[early] = Unknowns(books, nodes, early=early)
        return self._compared[early]

    def _built_in(self, place: Place) -> bool:
        return place.file.startswith(BUILT_IN_FILES)

    def _place(self, name: str) -> Place:
        if name == MEDICINES:
            return self._of_medicines()
        kind = "item" if name in self.book.items else "card"
        return self.book.place(f"{kind}:{name}")

    def _of_medicines(self) -> Place:
        """Of the first medicine, or class of medicines, that is not as it was."""
        now: tuple[tuple[str, Mapping[str, Frozen], Mapping[str, Frozen]], ...] = (
            ("medicine", self.base.medicines, self.book.medicines),
            ("class", self.base.classes, self.book.classes),
        )
        for kind, was, parts in now:
            for name, part in parts.items():
                if was.get(name) != part:
                    return self.book.place(f"{kind}:{name}")
        return self.book.place(f"item:{MEDICINES}")

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
        if MEDICINES in reached and (self.base.medicines, self.base.classes) != (
            self.book.medicines,
            self.book.classes,
        ):
            changed.add(MEDICINES)
        return sorted(changed)
