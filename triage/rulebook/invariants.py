"""Safety invariants: what must hold for all answers, as data that a clinician can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Literal, TypeAlias

from triage.conditions.nodes import AllOf, AnyOf, Includes, Is, Leaf, Node, Not
from triage.rulebook.frozen import Frozen, Narrow
from triage.rulebook.medicines.takes import expanded
from triage.rulebook.model import Condition, Id, Item, Level, Words
from triage.rulebook.option_gates import OptionGates

Every: TypeAlias = Literal[
    "danger_sign_monotone",
    "single_card_never_calms",
    "red_flag_level_kept",
    "unsure_alone_in_proportion",
    "advice_silent_from_same_day",
    "every_line_matters",
]
Asked: TypeAlias = Annotated[str, Narrow(pattern=r"^[a-z][a-z0-9_]{0,59}(/[a-z][a-z0-9_]{0,59})?$")]

CONSEQUENCES = (
    "at_least", "at_most", "withholds", "offers", "finds", "never_finds", "then", "never_asks",
    "never_together",
)  # fmt: skip


class Invariant(Frozen):
    """Whoever the premise fits, for them everything that is said to follow must follow.

    The premise is ``when`` (surely so: PRESENT) and ``when_possible`` (so, or the person does not know:
    what is not asked yet does not count as doubt); without both it fits everybody. ``danger_signs``
    says of all questions on danger signs (``red_flag``) at once that every one is surely denied, or that
    one is so or not known, ``but_for`` some lines. ``among`` names an invariant whose premise must fit
    too. Both are in ``when`` and ``when_possible`` once the rulebook is loaded. What follows:
    ``at_least`` and ``at_most`` (the disposition reached), ``withholds`` (advice that is never given),
    ``offers`` (advice whose ``offer_when`` holds, whatever its guards say), ``finds`` (cards that surely
    fire), ``never_finds`` (cards that do not surely fire), ``then`` (a condition that is surely so),
    ``never_asks`` (questions, or ``question/option``, that are not for this person) and
    ``never_together`` (of these cards at most one surely fires, or is given).

    It speaks of complete responses, in which a question that is asked and has no answer counts as "not
    sure"; with ``half_finished`` also of those that are not complete. ``every`` names a general rule
    about the whole rulebook, which is proved by code, in place of all this.
    """

    id: Id
    sentence: Words
    panel: Annotated[str, Narrow(pattern=r"^([1-9]|[1-3][0-9]|40)$")] | None = None
    note: Words | None = None
    among: Id | None = None
    danger_signs: Literal["denied", "possible"] | None = None
    but_for: tuple[Asked, ...] = ()
    when: Condition | None = None
    when_possible: Condition | None = None
    at_least: Level | None = None
    at_most: Level | None = None
    withholds: tuple[Id, ...] = ()
    offers: tuple[Id, ...] = ()
    finds: tuple[Id, ...] = ()
    never_finds: tuple[Id, ...] = ()
    then: Condition | None = None
    never_asks: tuple[Asked, ...] = ()
    never_together: tuple[Id, ...] = ()
    half_finished: bool = False
    every: Every | None = None

    @property
    def follows(self) -> tuple[str, ...]:
        """The keys that say what must follow."""
        return tuple(key for key in CONSEQUENCES if getattr(self, key))


def written_out(
    invariants: Mapping[str, Invariant], items: Iterable[Item], gates: OptionGates
) -> dict[str, Invariant]:
    """The same invariants with all that their premises say in ``when`` and ``when_possible``: the danger
    signs, the conditions of those ``among`` whose people they are, and who is shown a line at all.

    Where they go round in a ring nothing is added: that is a problem, and checks report it.
    """
    listed = list(items)
    made = {name: _with_danger_signs(entry, listed) for name, entry in invariants.items()}
    return {name: expanded(_narrowed(entry, made), gates.condition) for name, entry in made.items()}


def _with_danger_signs(entry: Invariant, items: Iterable[Item]) -> Invariant:
    if entry.danger_signs is None:
        return entry
    signs = [sign for item in items if item.red_flag for sign in _signs(item, entry.but_for)]
    if not signs:
        return entry
    any_sign = AnyOf(tuple(signs))
    if entry.danger_signs == "denied":
        return entry.model_copy(update={"when": _both(Not(any_sign), entry.when)})
    return entry.model_copy(update={"when_possible": _both(any_sign, entry.when_possible)})


def _signs(item: Item, but_for: Iterable[str]) -> Iterator[Leaf]:
    """What counts as a danger sign: every line of a list; every answer to a choice that is not usual."""
    codes = tuple(code for code in item.codes if code != item.usual and f"{item.id}/{code}" not in but_for)
    if codes:
        yield Includes(item.id, codes) if item.type == "choices" else Is(item.id, codes)


def _narrowed(entry: Invariant, invariants: Mapping[str, Invariant]) -> Invariant:
    when, possible = entry.when, entry.when_possible
    for wider in wider_ones(entry, invariants):
        when, possible = _both(wider.when, when), _both(wider.when_possible, possible)
    return entry.model_copy(update={"when": when, "when_possible": possible})


def wider_ones(entry: Invariant, invariants: Mapping[str, Invariant]) -> list[Invariant]:
    """Those among whose people an invariant is, the nearest first; as far as they exist, each once."""
    found: list[Invariant] = []
    wider = invariants.get(entry.among or "")
    while wider is not None and wider not in found:
        found.append(wider)
        wider = invariants.get(wider.among or "")
    return found


def _both(one: Node | None, other: Node | None) -> Node | None:
    if one is None or other is None:
        return one or other
    return AllOf((one, other), place=other.place)
