"""What a clinic's folder may do to the built-in rules. Whatever is not named here is refused.

It may add parts, reword some, and be more careful. A condition may change as far as the solver proves
that nobody gets less care by it: ``conditions`` asks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from triage.overlays.conditions import less_care
from triage.problems import Place, Problem
from triage.rulebook import cards, frame, model
from triage.rulebook.comparing.parts import parts
from triage.rulebook.frozen import Frozen, keys_of
from triage.rulebook.invariants import Invariant
from triage.rulebook.rulebook import Rulebook

_INSTEAD = (
    "Take it out. What a clinic's folder may do: rules/README.md, “A clinic's own rules”. For anything "
    "else change the built-in rules themselves, in a copy with an id of its own."
)


class Rule(NamedTuple):
    """How a key may differ: whether a value may stand in place of the built-in one, and that in words."""

    allows: Callable[[Any, Any], bool]
    may: str


def _names(parts: Sequence[Any]) -> list[str]:
    return [part.code if isinstance(part, model.Option) else part.id for part in parts]


def _in_between(was: Sequence[Any], now: Sequence[Any]) -> bool:
    old = _names(was)
    return _names(now)[:1] == old[:1] and [name for name in _names(now) if name in old] == old


_NEVER = Rule(lambda *_: False, "must stay as it is")
_ANYHOW = Rule(lambda *_: True, "")
_PROVED = _ANYHOW  # by ``conditions``
_RAISED = Rule(lambda was, now: model.urgency(now) >= model.urgency(was), "may only be more urgent")
_LONGER = Rule(lambda was, now: {*was} <= {*now}, "may lose nothing: write the built-in entries too")
_ON = Rule(lambda _, now: bool(now), "may only be turned on")
_OFF = Rule(lambda _, now: not now, "may only be turned off")
_IN_BETWEEN = Rule(_in_between, "must keep the built-in ones in their order, the first one first")
_SAME = Rule(lambda was, now: _names(was) == _names(now), "may get no new answer in place of another")


def _words(*keys: str) -> dict[str, Rule]:
    return dict.fromkeys(keys, _ANYHOW)


_CARD = {
    **_words("title", "because", "clinician", "examine", "consider", "examples", "reviewed_on", "history"),
    **dict.fromkeys(("sources", "claims"), _LONGER),
}
_RAISING = {**_CARD, **_words("do_now"), "when": _PROVED, "disposition": _RAISED}
_OPTION = _words("text", "help", "clinical_yes", "clinical_no")
_ITEM = {
    **_words(*_OPTION, "why", "before", "after"),
    **dict.fromkeys(("red_flag", "read_back", "summary", "even_when_today"), _ON),
    "optional": _OFF,
    "confirm_when": _ANYHOW,
}
_MAY: dict[type[Frozen], dict[str, Rule]] = {
    cards.RedFlag: {**_RAISING, **_words("brief", "say", "say_with", "also_do"), "if_unsure": _RAISED},
    cards.Pattern: {**_RAISING, **_words("brief", "brief_when_soon")},
    cards.Factor: {**_CARD, **_words("brief")},
    cards.Theory: {**_CARD, **_words("claimed", "think_of")},
    cards.Advice: {
        **_CARD, **_words("text", "now", "when_it_comes", "meanwhile", "stop_rule"), "offer_when": _PROVED,
        "guards": _PROVED,
    },
    model.Item: {**_ITEM, "ask_when": _PROVED, "options": _SAME},
    model.Option: _OPTION,
    model.Medicine: {"brands": _LONGER, "classes": _LONGER},
    model.MedicineClass: {**_words("title", "plain", "note"), "sources": _LONGER},
    frame.Frame: {**_words("id", "version", "extends"), "sections": _IN_BETWEEN},
    frame.Section: _words("title"),
    model.OtherPerson: _words("instead"),
}  # fmt: skip
# Besides, by the type of a question, the level of a card, or the kind of an advice.
_MAY_OF: dict[str, dict[str, Rule]] = {
    "choices": {"options": _IN_BETWEEN},
    "emergency": dict.fromkeys(("brief", "do_now", "say", "say_with", "also_do"), _NEVER),
    "avoid": {"shown_at": _LONGER},
}
_HARMLESS_AT = ("soon", "routine", "self_care")


def not_allowed(rulebook: Rulebook) -> list[Problem]:
    """Everything in a clinic's folder that it may not do. Empty for rules that extend no others."""
    base = rulebook.base
    if base is None:
        return []
    problems: list[Problem] = []
    if rulebook.frame.id == base.frame.id:
        fix = "Give it a name of its own: people must see whose rules gave an answer."
        message = f"“{base.frame.id}” is the name of the built-in rules"
        problems.append(Problem("duplicate-id", message, rulebook.place("rulebook", "id"), fix))
    refused = dict(_changed(rulebook, base))
    if rulebook.other_person != base.other_person:
        place = rulebook.place("other_person", "instead")
        for how in sorted(dict(_changed(rulebook.of_another, base.of_another)).keys() - refused):
            refused[f"{how}, also of another person: a pair of words changes it"] = place
    refused |= dict(_new_cards(rulebook, base))
    refused |= dict(_mistaken_names(rulebook, base))
    refused |= dict(less_care(rulebook, base))
    return problems + [Problem("not-allowed-here", how, at, _INSTEAD) for how, at in refused.items()]


def _changed(book: Rulebook, base: Rulebook) -> Iterator[tuple[str, Place]]:
    """Keys of built-in parts that differ in another way than they may."""
    now = parts(book)
    for at, was in parts(base).items():
        name, rules = at.partition(":")[2] or at, _MAY.get(type(was), {})
        for key in ("type", "disposition", "kind"):
            rules = rules | _MAY_OF.get(getattr(was, key, ""), {})
        if not isinstance(was, Invariant):  # of which none can be changed
            yield from _keys(name, was, now[at], rules, book, at)


def _keys(
    name: str, was: Frozen, now: Frozen, rules: Mapping[str, Rule], book: Rulebook, *at: Any
) -> Iterator[tuple[str, Place]]:
    for key in keys_of(type(was)):
        before, after = getattr(was, key), getattr(now, key)
        rule = rules.get(key, _NEVER)
        if before != after and not rule.allows(before, after):
            built_in = f" (built in: {before})" if isinstance(before, str) and before.isidentifier() else ""
            yield f"“{name}”: its “{key}” {rule.may}{built_in}", book.place(*at, key)
        for number, part in enumerate(after) if key in ("options", "sections") else ():
            for one in before:
                if _names([one]) == _names([part]):
                    inner = f"{name}, {_names([part])[0]}"
                    yield from _keys(inner, one, part, _MAY[type(one)], book, *at, key, number)


def _new_cards(book: Rulebook, base: Rulebook) -> Iterator[tuple[str, Place]]:
    """Of new cards only advice can be careless by itself, and what hides the others."""
    for name in sorted(book.cards.keys() - base.cards.keys()):
        card, place = book.cards[name], book.place(f"card:{name}")
        if isinstance(card, cards.RedFlag) and card.own_page is not None:
            yield f"“{name}” is a new card with a page of its own (own_page), which hides all others", place
        if isinstance(card, cards.Advice):
            if urgent := [level for level in card.shown_at if level not in _HARMLESS_AT]:
                how = "is new advice for people who should seek help at once"
                yield f"“{name}” {how} ({', '.join(urgent)})", book.place(f"card:{name}", "shown_at")
            if card.kind == "try" and not any(guard.block_when for guard in card.guards):
                yield f"“{name}” is new advice to try that no guard holds back (block_when)", place


def _mistaken_names(book: Rulebook, base: Rulebook) -> Iterator[tuple[str, Place]]:
    """New names of medicines that are, or look like, those of others that count for more."""
    known = {name for medicine in base.medicines.values() for name in (medicine.generic, *medicine.brands)}
    for medicine in book.medicines.values():
        for name in sorted({medicine.generic, *medicine.brands} - known):
            how, place = (
                f"“{medicine.generic}” has the name “{name}”",
                book.place(f"medicine:{medicine.generic}"),
            )
            if any(mention.kind for mention in base.medicine_reader.read(name)):
                yield f"{how}, by which people mean other medicines too", place
            exact = base.medicine(name)
            for other in [exact] if exact else base.medicine_reader.may_mean(name):
                missing = (
                    base.classification.classes_of[other.generic]
                    - book.classification.classes_of[medicine.generic]
                )
                if missing and other.generic != medicine.generic:
                    counts = f"but does not count as {', '.join(sorted(missing))}"
                    yield f"{how}, which may mean {other.generic}, {counts}", place
