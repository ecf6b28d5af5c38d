"""Invariants about the whole rulebook, which no single premise can say: what must never be possible.

Each is a generator of outcomes: if none of them is possible for anybody, the invariant is proved. A new
one gets its name in ``Every`` (``triage/rulebook/invariants.py``) and an entry with ``every:`` in
``rules/invariants.yaml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from triage.conditions.nodes import Found, Node, Not
from triage.conditions.walk import push_negation
from triage.engine.solving.conclusions import Conclusions
from triage.engine.solving.search import Search
from triage.readers.circuit import FALSE, TRUE, Literal
from triage.readers.formula import Part
from triage.rulebook.invariants import Every
from triage.rulebook.model import LEVELS
from triage.rulebook.rulebook import Rulebook


class Outcome(NamedTuple):
    """What must not be possible, and what somebody gets for whom it is so."""

    over: Conclusions
    literal: Literal
    got: str


Outcomes: TypeAlias = Iterator[Outcome]
_LADDER = ("no", "not sure", "yes")
_RAISING = [level for level in LEVELS if level != "self_care"]


def less_urgent_for_more_danger(over: Conclusions) -> Outcomes:
    """Somebody for whom "not sure" in place of "no" on a danger sign, or "yes" in place of "not sure",
    is less urgent.

    Where the urgency only ever grows with the line, by the way the conditions are built, there is
    nothing to ask the solver.
    """
    levels = [over.at_least(level) for level in _RAISING]
    signs = over.circuit.signs(levels)
    depends = _Dependence(over)
    for part in _danger_lines(over):
        if over.proofs.value(part.name, 0) in signs or -over.proofs.value(part.name, 2) in signs:
            steps = []
            for number in range(3):
                by = _as_value(over, part, number)
                steps.append([over.circuit.replaced(level, by, depends.on(part)) for level in levels])
            for number in (1, 2):
                words = (
                    f"gets less for “{_LADDER[number]}” than for “{_LADDER[number - 1]}” on “{part.name}”"
                )
                for before, after in zip(steps[number - 1], steps[number], strict=True):
                    yield Outcome(over, over.circuit.both((before, -after)), words)


def more_urgent_without_a_card(over: Conclusions) -> Outcomes:
    """Somebody for whom the result would be more urgent if a card did not exist.

    Only cards can do that of which another one asks that they do not fire.
    """
    for name in sorted(_asked_not_to_fire(over.book)):
        without = Conclusions(over.unknowns, proofs=over.proofs.without(name))
        for level in _RAISING:
            more = over.circuit.both((without.at_least(level), -over.at_least(level)))
            yield Outcome(over, more, f"would get more without “{name}”")


def _asked_not_to_fire(book: Rulebook) -> set[str]:
    cards = (*book.red_flags, *book.patterns)
    denied = [node for card in cards for node in _negations(push_negation(book.goals[card.id]))]
    return {node.part.card for node in denied if isinstance(node.part, Found)}


def _negations(node: Node) -> Iterator[Not]:
    if isinstance(node, Not):
        yield node
    for part in getattr(node, "of", ()):
        yield from _negations(part)


def red_flag_not_kept(over: Conclusions) -> Outcomes:
    """Somebody whose result is less urgent than a red flag of theirs says."""
    for flag in over.book.red_flags:
        found = over.proofs.found(flag.id)
        doubt = over.circuit.both((found.least_unknown, -found.least_present))
        for so, level in ((found.least_present, flag.disposition), (doubt, flag.if_unsure)):
            less = over.circuit.both((so, -over.at_least(level)))
            yield Outcome(over, less, f"gets less than “{flag.id}” says")


def emergency_by_doubt(over: Conclusions) -> Outcomes:
    """Somebody who would get no emergency if every "not sure" were the harmless answer, and for whom no
    card says that a doubt is one. Who ticked a line was shown it, whoever else would not be."""
    harmless = over.proofs.as_if({p.name: _without_doubt(over, p) for p in over.proofs.parts.values()})
    flags = [flag.id for flag in over.book.red_flags if flag.disposition == "emergency"]
    whoever = over.book.goals_whoever(over.book.red_flags)
    certain = over.circuit.either(over.proofs.found(flag).least_present for flag in flags)
    then = over.circuit.either(harmless.formula(whoever[flag]).least_present for flag in flags)
    yield Outcome(over, over.circuit.both((certain, -then)), "gets an emergency for “not sure” alone")


def _without_doubt(over: Conclusions, part: Part) -> tuple[Literal, ...]:
    """The values of a part with the usual one, or "long ago", in place of every doubt."""
    values = [over.proofs.value(part.name, n) for n in range(part.size)]
    known = [n for n in range(part.size) if n not in part.doubts]
    calm = 1 if part.line and not part.ladder and 1 in known else 0
    values[calm] = over.circuit.either(values[n] for n in (calm, *part.doubts))
    for n in part.doubts:
        values[n] = FALSE
    return tuple(values)


def advice_when_it_is_urgent(over: Conclusions) -> Outcomes:
    """Somebody who has to be seen today, or at once, and gets advice on what to try."""
    urgent = over.at_least("same_day")
    for card in over.book.advice:
        yield Outcome(over, over.circuit.both((urgent, over.given(card))), f"is given “{card.title}”")


def line_without_use(over: Conclusions) -> Outcomes:
    """Everybody, if an answer to a question changes nothing and has no words for the clinician's page."""
    outs = _ends(over)
    depends = _Dependence(over)
    behind = depends.behind(outs)
    for item in over.book.items.values():
        if item.summary or item.stage != "interview":
            continue
        for code in item.codes:
            option = item.option(code)
            if option is not None and option.clinical_yes:
                continue
            line = over.proofs.parts.get(f"{item.id}/{code}")
            whole = over.proofs.parts.get(item.id)
            if line is not None:
                used = _matters(over, depends, behind[line.name], line, 0, 2)
            elif whole is not None and not whole.ladder and item.type == "choice":
                one = whole.values[0].index(code)
                other = next(n for n in range(whole.size) if n != one)
                used = _matters(over, depends, behind[whole.name], whole, one, other)
            else:
                used = False
            if not used:
                yield Outcome(over, TRUE, f"can be asked “{item.id}/{code}”, which changes nothing")


def _ends(over: Conclusions) -> list[Literal]:
    """Everything that a rulebook concludes, or asks by a gate."""
    proofs = over.proofs
    return [
        *(end for goal in over.book.goals for end in proofs.found(goal)),
        *map(proofs.reached, over.book.items),
    ]


class _Dependence:
    """On which parts the variables of a circuit depend that were made so far."""

    def __init__(self, over: Conclusions) -> None:
        proofs = over.proofs
        self._numbers = {name: number for number, name in enumerate(proofs.parts)}
        self._marks = over.circuit.marked(
            {
                abs(proofs.value(name, n)): 1 << self._numbers[name]
                for name, part in proofs.parts.items()
                for n in range(part.size)
            }
        )

    def on(self, part: Part) -> Callable[[Literal], bool]:
        """Whether a variable depends on that part."""
        marks, bit = self._marks, 1 << self._numbers[part.name]
        return lambda one: one >= len(marks) or bool(marks[one] & bit)

    def behind(self, outs: list[Literal]) -> dict[str, list[Literal]]:
        """For every part those of the literals that depend on it, those with the fewest others first."""
        marks = self._marks
        found: dict[str, list[Literal]] = {name: [] for name in self._numbers}
        for out in sorted(dict.fromkeys(outs), key=lambda out: (marks[abs(out)].bit_count(), out)):
            for name, number in self._numbers.items():
                if marks[abs(out)] >> number & 1:
                    found[name].append(out)
        return found


def _matters(
    over: Conclusions, depends: _Dependence, literals: list[Literal], part: Part, one: int, other: int
) -> bool:
    """Whether one of the literals can come out otherwise with the other value of the part."""
    circuit, on = over.circuit, depends.on(part)
    first, second = _as_value(over, part, one), _as_value(over, part, other)
    for literal in literals:
        this, that = circuit.replaced(literal, dict(first), on), circuit.replaced(literal, dict(second), on)
        if this != that:
            ways = [circuit.both((this, -that)), circuit.both((that, -this))]
            search = Search(over.proofs, ways)
            if any(search.possible(way) for way in ways):
                return True
    return False


def _as_value(over: Conclusions, part: Part, number: int) -> dict[Literal, Literal]:
    """What stands for the variables of a part if it has this value."""
    values = [over.proofs.value(part.name, n) for n in range(part.size)]
    if part.ladder:
        values = [values[0], values[2]]
        number = {0: 0, 1: 2, 2: 1}[number]
    return {abs(one): TRUE if (n == number) == (one > 0) else FALSE for n, one in enumerate(values)}


GENERAL: Mapping[Every, Callable[[Conclusions], Outcomes]] = {
    "danger_sign_monotone": less_urgent_for_more_danger,
    "single_card_never_calms": more_urgent_without_a_card,
    "red_flag_level_kept": red_flag_not_kept,
    "unsure_alone_in_proportion": emergency_by_doubt,
    "advice_silent_from_same_day": advice_when_it_is_urgent,
    "every_line_matters": line_without_use,
}


def _danger_lines(over: Conclusions) -> list[Part]:
    """The lines of the questions on danger signs."""
    return [p for p in over.proofs.parts.values() if p.ladder and over.book.items[p.item].red_flag]
