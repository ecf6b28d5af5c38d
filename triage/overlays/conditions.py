"""Conditions in a clinic's rulebook beside the built-in ones: does anybody get less care?

That a red flag still finds everybody is an implication, proved for all answers: by the solver, which
otherwise names somebody for whom it is otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from triage.conditions.nodes import AllOf, AnyOf, Node, Not
from triage.engine.response import Response
from triage.engine.solving.person_in_words import describe_person
from triage.engine.solving.search import Pairs, possible_ones, shown_by, told_apart
from triage.engine.solving.unknowns import Unknowns
from triage.problems import Place
from triage.rulebook.cards import Advice, Pattern, RedFlag
from triage.rulebook.comparing.affected import affected, changed_behind
from triage.rulebook.goals import conditions_of
from triage.rulebook.reading.folder import BUILT_IN_FILES
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth

# What a condition was, and is.
_LESS: Pairs = {(was, now) for was in Truth for now in Truth if now < was}
_NO_LONGER: Pairs = {(was, Truth.ABSENT) for was in (Truth.UNKNOWN, Truth.PRESENT)}
_NEWLY: Pairs = {(was, Truth.PRESENT) for was in (Truth.UNKNOWN, Truth.ABSENT)}


class _Question(NamedTuple):
    """Whether anybody comes out as one of the ``pairs``; ``how`` says what that would be."""

    how: str
    was: Node
    now: Node
    pairs: Pairs
    key: str


def less_care(rulebook: Rulebook, base: Rulebook) -> Iterator[tuple[str, Place]]:
    """Conditions that find, warn, ask or hold back fewer people than in ``base``, or advise more: how,
    with somebody who shows it, and where."""
    asked = [
        (name, question)
        for name in sorted(affected(base, rulebook))
        for question in _questions(name, base, rulebook)
    ]
    complete = _people(base, rulebook, [question for _, question in asked], early=False)
    early = _people(base, rulebook, [q for _, q in asked if q.pairs is _LESS], early=True)
    for name, question in asked:
        # Of those who have answered all; then by what is certain while questions are open.
        person, how = complete(question), question.how
        if person is None and question.pairs is _LESS:
            person, how = early(question), "is certain only after more questions than before"
        if person is not None:
            behind = changed_behind(base, rulebook, _read_by(question, base, rulebook))
            through = ", ".join(part.partition(":")[2] for part in behind[:3])
            how = f"“{name}” {how}{f' (because of {through})' if behind else ''}"
            at = rulebook.place(f"{'item' if question.key == 'ask_when' else 'card'}:{name}", question.key)
            places = [at, *(rulebook.place(part) for part in behind)]
            written = (one for one in places if not one.file.startswith(BUILT_IN_FILES))
            yield f"{how}: for example {describe_person(rulebook, person)}", next(written, at)


def _people(
    base: Rulebook, rulebook: Rulebook, questions: Sequence[_Question], *, early: bool
) -> Callable[[_Question], Response | None]:
    """For each of the questions somebody who comes out so, if there is anybody."""
    if not questions:
        return lambda _: None
    everybody = Unknowns((base, rulebook), early=early)
    outcomes = {
        id(one): told_apart(everybody, *_read_by(one, base, rulebook), one.pairs) for one in questions
    }
    possible = possible_ones(everybody.proofs, outcomes.values())

    def somebody(question: _Question) -> Response | None:
        outcome = outcomes[id(question)]
        return shown_by(everybody, outcome) if outcome in possible else None

    return somebody


def _read_by(question: _Question, base: Rulebook, rulebook: Rulebook) -> tuple[Node, Node]:
    """The two conditions as readers follow them: a line counts for whom it is shown to."""
    return base.option_gates.condition(question.was), rulebook.option_gates.condition(question.now)


def _questions(name: str, base: Rulebook, book: Rulebook) -> Iterator[_Question]:
    """What the solver is asked about a card or question that an edit can reach."""
    was, now = base.cards.get(name), book.cards.get(name)
    if was is not None and now is not None and was.status == now.status == "active":
        behind = changed_behind(base, book, (node for node, _ in conditions_of(was).values()))
        if was == now and not behind:
            return
        if isinstance(was, Advice) and isinstance(now, Advice):
            # A medicine that counts for more opens questions and guards: that alone is no less care.
            counts = was == now and all(part.startswith(("medicine:", "class:")) for part in behind)
            yield from _of_advice(was, now, name in against_hazards(base), counts)
        elif isinstance(was, RedFlag | Pattern) or name in against_hazards(base):
            how = "does not find everybody any more"
            yield _Question(how, base.goals[name], book.goals[name], _LESS, "when")
    if name in base.items:
        gate, gate_now = (of.items[name].ask_when or AllOf(()) for of in (base, book))
        yield _Question("is not asked of everybody any more", gate, gate_now, _NO_LONGER, "ask_when")


def _of_advice(was: Advice, now: Advice, needed: bool, counts: bool) -> Iterator[_Question]:
    """A warning may be for more people; what to try for fewer; what to know too, if no hazard needs it."""
    shown, key = _shown(now), "guards" if was.offer_when == now.offer_when else "offer_when"
    if was.kind != "try" and (was.kind != "know" or needed) and not counts:
        yield _Question("is not shown to everybody any more", _shown(was), shown, _LESS, key)
    if was.kind != "avoid" and not counts:
        yield _Question("is offered to more people", was.offer_when, shown, _NEWLY, "offer_when")
    for how, keys in (("hold back", ("block_when",)), ("caution", ("caution_when", "block_when"))):
        for guard in _of_guards(was, keys[0]):
            warned = AnyOf(tuple(_of_guards(now, *keys)))
            yield _Question(f"does not {how} everybody any more", guard, warned, _NO_LONGER, "guards")


def against_hazards(rulebook: Rulebook) -> set[str]:
    """The cards on which the hazard log counts."""
    controls = (control for hazard in rulebook.hazards.values() for control in hazard.controls)
    return {control.card for control in controls if control.card is not None}


def _shown(card: Advice) -> Node:
    """For whom an advice is shown: offered, and held back by no guard."""
    return AllOf((card.offer_when, Not(AnyOf(tuple(_of_guards(card, "block_when"))))))


def _of_guards(card: Advice, *keys: str) -> list[Node]:
    nodes = (getattr(guard, key) for guard in card.guards for key in keys)
    return [node for node in nodes if node is not None]
