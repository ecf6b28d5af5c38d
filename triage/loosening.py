"""Is a clinic's rulebook less careful than the one it extends? Every way in which it is, by name.

That a condition holds for fewer people is proved, with answers of someone who is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from triage.conditions.nodes import All, Any, Node, Not
from triage.conditions.walk import cards_read, items_read
from triage.names import did_you_mean
from triage.problems import Place, Problem
from triage.response import plain
from triage.rulebook.cards import Advice, AnyCard, Factor, Pattern, RedFlag
from triage.rulebook.model import Way, urgency
from triage.rulebook.rulebook import Rulebook
from triage.solve import TooHard, solve
from triage.truth import Truth


@dataclass(frozen=True, slots=True)
class Looser:
    """One part that is less careful than before: the card, question or medicine, in which way, how,
    and where."""

    part: str
    way: Way
    how: str
    place: Place


def loosened(rulebook: Rulebook) -> list[Problem]:
    """Loosenings that nobody signed for, and signatures under none. Empty without ``extends``."""
    if rulebook.base is None:
        if rulebook.frame.loosens:
            fix = "Only a rulebook that extends another can be looser than it: take “loosens” out."
            return [
                Problem(
                    "not-loosened", "nothing is extended here", rulebook.place("rulebook", "loosens"), fix
                )
            ]
        return []
    found = list(loosenings(rulebook, rulebook.base))
    signed = {(entry.id, way) for entry in rulebook.frame.loosens for way in entry.what}
    problems = []
    for one in found:
        if (one.part, one.way) not in signed:
            fix = (
                f"If this is meant, sign it in rulebook.yaml, under loosens: id: {one.part}, "
                f"what: [{one.way}], reason, reviewer, reviewed_on. If not, undo it."
            )
            problems.append(Problem("loosened", f"“{one.part}” {one.how}", one.place, fix))
    done = {(one.part, one.way) for one in found}
    for number, entry in enumerate(rulebook.frame.loosens):
        for way in entry.what:
            if (entry.id, way) not in done:
                parts = [part for part, _ in done]
                hint = did_you_mean(entry.id, parts) if entry.id not in parts else ""
                fix = hint or "Take it out: what is signed must be what is done."
                place = rulebook.place("rulebook", "loosens", number, "id")
                problems.append(
                    Problem("not-loosened", f"“{entry.id}” is not loosened in its {way}", place, fix)
                )
    return problems


def loosenings(rulebook: Rulebook, base: Rulebook) -> Iterator[Looser]:
    """Every part of ``rulebook`` that is less careful than in ``base``."""
    for before in base.cards.values():
        after = rulebook.cards.get(before.id)
        if before.status == "active" and after is not None and after != before:
            yield from _card(rulebook, before, after)
    read = _read_by_red_flags(base)
    for name, item in base.items.items():
        now = rulebook.items[name]
        hidden = [o.code for o in item.options if not o.private and (n := now.option(o.code)) and n.private]
        if now.type != item.type or set(item.codes) - set(now.codes) or hidden:
            how = "has another type, lacks an answer, or hides one from the clinician"
            yield Looser(name, "asked", how, rulebook.place(f"item:{name}"))
        narrow = (
            item.range and now.range and (now.range.min > item.range.min or now.range.max < item.range.max)
        )
        if name in read and narrow:
            yield Looser(name, "asked", "takes fewer numbers", rulebook.place(f"item:{name}", "range"))
        if name in read and now.ask_when is not None and now.ask_when != item.ask_when:
            opened = [] if item.ask_when is None else [item.ask_when]
            yield from _narrower(rulebook, name, "asked", "is asked of fewer people", opened, now.ask_when)
    yield from _medicines(rulebook, base)
    for number, (old, new) in enumerate(
        zip(base.frame.dispositions, rulebook.frame.dispositions, strict=True)
    ):
        if old != new:
            place = rulebook.place("rulebook", "dispositions", number)
            yield Looser(old.code, "words", "has other words than in the built-in rules", place)
    for key in ("unfinished", "always", "safety_net"):
        if getattr(base.frame, key) != getattr(rulebook.frame, key):
            place = rulebook.place("rulebook", key)
            yield Looser(key, "words", "has other words than in the built-in rules", place)


def _card(rulebook: Rulebook, before: AnyCard, after: AnyCard) -> Iterator[Looser]:
    def looser(way: Way, how: str) -> Looser:
        return Looser(before.id, way, how, rulebook.place(f"card:{before.id}", way))

    warns = isinstance(before, Advice) and before.kind in ("avoid", "know")
    if after.status != "active" and (warns or isinstance(before, RedFlag | Pattern)):
        yield looser("status", f"is {after.status}")
        return
    if type(after) is not type(before):
        yield looser("status", "is of another kind")
    elif isinstance(before, RedFlag | Pattern) and isinstance(after, RedFlag | Pattern):
        if urgency(after.disposition) < urgency(before.disposition):
            how = f"leads to {after.disposition}, not {before.disposition}"
            yield looser("disposition", how)
        doubts = [card.if_unsure for card in (before, after) if isinstance(card, RedFlag)]
        if len(doubts) == 2 and urgency(doubts[1]) < urgency(doubts[0]):
            yield looser("if_unsure", f"leads to {doubts[1]} if not sure, not {doubts[0]}")
        if after.when != before.when:
            yield from _narrower(
                rulebook, before.id, "condition", "fires for fewer people", [before.when], after.when
            )
    elif isinstance(before, Advice) and isinstance(after, Advice):
        yield from _advice(rulebook, before, after)
    elif isinstance(before, Factor) and isinstance(after, Factor) and _required(rulebook, before.id):
        yield from _narrower(
            rulebook, before.id, "condition", "fires for fewer people", [before.when], after.when
        )


def _required(rulebook: Rulebook, card: str) -> bool:
    """Whether another card builds on its finding."""
    return any(card in cards_read(node) for node in rulebook.goals.values())


def _advice(rulebook: Rulebook, before: Advice, after: Advice) -> Iterator[Looser]:
    place = rulebook.place(f"card:{before.id}", "shown_at")
    more = [level for level in after.shown_at if level not in before.shown_at]
    if any(urgency(level) > max(map(urgency, before.shown_at)) for level in more):
        yield Looser(before.id, "shown_at", f"is shown at {', '.join(more)} too", place)
    blocked = [guard.block_when for guard in after.guards if guard.block_when is not None]
    warned = [guard.caution_when for guard in after.guards if guard.caution_when is not None]
    at = rulebook.place(f"card:{before.id}", "guards")
    for old in before.guards:
        if old.block_when is not None and old.block_when not in blocked:
            yield from _narrower(
                rulebook,
                before.id,
                "guards",
                "is held back from fewer people",
                [old.block_when],
                Any(tuple(blocked), place=at),
            )
        if old.caution_when is not None and old.caution_when not in warned:
            now = Any((*warned, *blocked), place=at)
            yield from _narrower(
                rulebook, before.id, "guards", "warns fewer people", [old.caution_when], now
            )


def _narrower(
    rulebook: Rulebook, part: str, way: Way, how: str, before: list[Node], after: Node
) -> Iterator[Looser]:
    """A looser part, if somebody is in all of ``before`` and not in ``after``: such a person is shown."""
    try:
        left_out = solve(rulebook, All((*before, Not(after))), Truth.PRESENT)
    except TooHard:
        yield Looser(part, way, f"perhaps {how} (too long to prove)", after.place)
        return
    if left_out is not None:
        answers = ", ".join(f"{name}: {value}" for name, value in plain(left_out).items())
        yield Looser(part, way, f"{how}, for example not for {answers or 'someone'}", after.place)


def _read_by_red_flags(base: Rulebook) -> set[str]:
    """Questions that red flags or guards read, at any distance."""
    goals = {f.id for f in base.red_flags}
    goals |= {goal for goal in base.goals if "#" in goal}
    return {item for item, reads in base.dependents.items() if reads & goals} | set().union(
        *(items_read(base.goals[goal]) for goal in goals)
    )


def _medicines(rulebook: Rulebook, base: Rulebook) -> Iterator[Looser]:
    """Medicines that lost a class or a group, or a name by which people know them."""
    for medicine in base.medicines.values():
        now = rulebook.medicines[medicine.generic]
        if now == medicine and rulebook.classes == base.classes:
            continue
        place = rulebook.place(f"medicine:{medicine.generic}")
        lost = base.class_names(medicine) - rulebook.class_names(now)
        if lost:
            yield Looser(
                medicine.generic, "medicine", f"does not count as {', '.join(sorted(lost))} any more", place
            )
        names = set(medicine.brands) - set(now.brands)
        if names:
            yield Looser(
                medicine.generic, "medicine", f"is not known as {', '.join(sorted(names))} any more", place
            )
    for entry in base.classes.values():
        if entry.also_when is not None and rulebook.classes[entry.id].also_when != entry.also_when:
            place = rulebook.place(f"class:{entry.id}")
            yield Looser(entry.id, "medicine", "counts other answers as taking it", place)
