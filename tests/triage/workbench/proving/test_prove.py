"""Every invariant is proved, and each can be broken by one change, which its proof then finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from mutants.one_change import ALWAYS, NEVER, differing, with_card, with_gate, without_guard
from people.holding import holds_for
from programs.command_line import ROOT

from triage.conditions.nodes import Includes
from triage.engine.effective import effective_answers
from triage.engine.response import Response
from triage.engine.solving.search import Search
from triage.engine.solving.unknowns import DAY
from triage.readers.evaluate import evaluate_all
from triage.rulebook.cards import Advice, AnyCard
from triage.rulebook.invariants import Invariant
from triage.rulebook.load import load
from triage.rulebook.model import LEVELS, Item, urgency
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth
from triage.workbench.examples import usual_answers
from triage.workbench.proving.holds_for_one import complete
from triage.workbench.proving.longest import longest_interview
from triage.workbench.proving.prove import Proof, Prover, prove, prove_all


def said(proofs: list[Proof]) -> list[str]:
    return [f"{proof.invariant.id}: {proof.got or 'fits nobody'}" for proof in proofs if not proof.holds]


def test_all_invariants_of_the_rules_hold_for_all_answers(rulebook: Rulebook) -> None:
    proofs = prove_all(rulebook)
    assert [proof.invariant.id for proof in proofs] == list(rulebook.invariants)
    assert said(proofs) == []


# --- one change that breaks an invariant ----------------------------------------------------------


def lowered(book: Rulebook, card: AnyCard) -> Rulebook:
    """The card two steps less urgent, for sure and in doubt."""
    changes = {
        key: LEVELS[min(LEVELS.index(getattr(card, key)) + 2, len(LEVELS) - 1)]
        for key in ("disposition", "if_unsure")
        if getattr(card, key, None)
    }
    return with_card(book, card, **changes)


def somebody(prover: Prover, invariant: Invariant, without: Iterable[AnyCard] = ()) -> Response | None:
    """An ordinary person in the premise, for whom none of some cards is found; None if there is nobody.

    Of what is only possible they are not sure, as one card alone may answer that.
    """
    book = prover.rulebook
    over = prover._conclusions(False)
    found = [over.proofs.found(card.id).least_unknown for card in without]  # present, or in doubt
    premise = over.circuit.both((prover._premise(invariant, over), *(-literal for literal in found)))
    doubt = premise
    if invariant.when_possible is not None:
        sure = prover._literal(invariant.when_possible, over, "least_present")
        doubt = over.circuit.both((premise, -sure))
    search = Search(over.proofs, [premise, doubt])
    preferred = [over.proofs.value(part.name, 0) for part in search.parts]
    person = search.person(doubt, preferred=preferred) or search.person(premise, preferred=preferred)
    if person is None:
        return None
    return complete(
        book, Response({**usual_answers(book).answers, **over.unknowns.response(person).answers})
    )


def raising(book: Rulebook, person: Response) -> list[AnyCard]:
    """The cards that raise the disposition of a person, the most urgent first."""
    found = evaluate_all(book.shared_goals, effective_answers(book, person, DAY))
    cards = [c for c in (*book.red_flags, *book.patterns) if found[c.id].truth is not Truth.ABSENT]
    return sorted(cards, key=lambda card: urgency(card.disposition), reverse=True)


def with_line_for_all(book: Rulebook, item: Item, code: str) -> Rulebook:
    """A line of a list concerns everybody."""
    options = tuple(
        option.model_copy(update={"ask_when": None}) if option.code == code else option
        for option in item.options
    )
    return differing(book, items={**book.items, item.id: item.model_copy(update={"options": options})})


def telling(
    prover: Prover, invariant: Invariant, person: Response, cards: Iterable[AnyCard]
) -> Iterator[Rulebook]:
    """Of the rulebooks with one of the cards less urgent, those that fail this person."""
    made = (lowered(prover.rulebook, card) for card in cards)
    yield from (slip for slip in made if holds_for(slip, invariant, person, DAY) is False)


def slips(prover: Prover, invariant: Invariant) -> Iterator[Rulebook]:
    """Rulebooks that differ in one thing, of which at least one should break the invariant."""
    book = prover.rulebook
    if invariant.at_least is not None:
        person = somebody(prover, invariant)
        assert person is not None
        cards = raising(book, person)
        yield from telling(prover, invariant, person, cards)
        enough = [card for card in cards if urgency(card.disposition) >= urgency(invariant.at_least)]
        for card in enough:  # where two of them say the same of one person, another has only one of them
            if other := somebody(prover, invariant, [one for one in enough if one is not card]):
                yield from telling(prover, invariant, other, raising(book, other))
    if invariant.at_most is not None:
        yield with_card(book, book.cards["leg_swollen"], when=ALWAYS)
        yield with_card(book, book.cards["leg_swollen"], when=ALWAYS, disposition="emergency")
    for name in (*invariant.withholds, *invariant.never_together, *invariant.never_finds):
        card = book.cards[name]
        if isinstance(card, Advice):
            for number in range(len(card.guards)):
                yield without_guard(book, card, number)
            yield with_card(book, card, guards=())
            yield with_card(book, card, guards=(), offer_when=ALWAYS)
            yield with_card(book, card, guards=(), offer_when=ALWAYS, shown_at=LEVELS)
        else:
            yield with_card(book, card, when=ALWAYS)
    for name in invariant.finds:
        yield with_card(book, book.cards[name], when=NEVER)
    for name in invariant.offers:
        yield with_card(book, book.cards[name], offer_when=NEVER)
    for name in invariant.never_asks:
        item, _, code = name.partition("/")
        yield (
            with_line_for_all(book, book.items[item], code)
            if code
            else with_gate(book, book.items[item], ALWAYS)
        )


WITH_PREMISE = [entry for entry in load(ROOT / "rules").invariants.values() if entry.every is None]


def careless(book: Rulebook, **changes: object) -> Rulebook:
    """All advice without guards, and all questions and lines for everybody."""
    advice = {card.id: card.model_copy(update={"guards": (), **changes}) for card in book.advice}
    items = {
        name: item.model_copy(
            update={
                "ask_when": None,
                "options": tuple(o.model_copy(update={"ask_when": None}) for o in item.options),
            }
        )
        for name, item in book.items.items()
    }
    return differing(book, cards={**book.cards, **advice}, items=items)


@pytest.fixture(scope="module")
def prover(rulebook: Rulebook) -> Prover:
    return Prover(rulebook)


@pytest.fixture(scope="module")
def harmed(rulebook: Rulebook) -> dict[str, Response]:
    """Somebody for whom each invariant would not hold if nothing were guarded: a slip that shows in them is
    tried first."""
    books = (careless(rulebook), careless(rulebook, offer_when=ALWAYS, shown_at=LEVELS))
    proofs = [proof for book in reversed(books) for proof in Prover(book).prove(WITH_PREMISE)]
    return {proof.invariant.id: proof.person for proof in proofs if proof.person is not None}


@pytest.mark.parametrize("invariant", WITH_PREMISE, ids=lambda entry: entry.id)
def test_one_slip_breaks_it_and_a_person_shows_it(
    rulebook: Rulebook, prover: Prover, harmed: dict[str, Response], invariant: Invariant
) -> None:
    made = list(slips(prover, invariant))
    if invariant.id in harmed:
        made.sort(key=lambda slip: holds_for(slip, invariant, harmed[invariant.id], DAY) is not False)
    for broken in made:
        proof = prove(broken, invariant, prover)
        if proof.person is not None:
            assert holds_for(broken, invariant, proof.person, DAY) is False
            assert holds_for(rulebook, invariant, proof.person, DAY) is not False
            assert proof.got
            return
    pytest.fail("no slip breaks it")


def test_what_was_written_down_before_an_edit_changes_no_verdict(small: Rulebook) -> None:
    """For every edit of one gate or one guard, and of who has a red flag."""
    prover = Prover(small)
    gated = [item for item in small.items.values() if item.ask_when is not None]
    edits = [
        *(with_gate(small, item, gate) for item in gated for gate in (ALWAYS, NEVER)),
        *(
            without_guard(small, card, number)
            for card in small.advice
            for number in range(len(card.guards))
        ),
        *(with_card(small, card, when=when) for card in small.red_flags for when in (ALWAYS, NEVER)),
        *(lowered(small, card) for card in small.red_flags),
    ]
    verdicts = set()
    for edit in edits:
        assert prover._conclusions(False).unknowns.under(edit, prover._read) is not None
        listed = list(small.invariants.values())
        found = [(p.holds, p.empty) for p in Prover(edit, before=prover).prove(listed)]
        assert found == [(p.holds, p.empty) for p in Prover(edit).prove(listed)]
        verdicts.update(found)
    assert {(True, False), (False, False)} <= verdicts


def test_after_an_edit_that_reads_something_else_all_is_written_down_anew(small: Rulebook) -> None:
    unknowns = Prover(small)._conclusions(False).unknowns
    card = next(iter(small.red_flags))
    assert unknowns.under(with_card(small, card, when=Includes("days", ("heat", "sit")))) is None
    assert unknowns.under(differing(small, medicines=dict(small.medicines))) is None


def test_a_dead_premise_is_said(rulebook: Rulebook) -> None:
    nobody = Invariant(id="nobody", sentence="Nobody is in it.", when=NEVER, at_least="soon")
    proof = prove(rulebook, nobody)
    assert proof.empty
    assert not proof.holds


def test_the_longest_interview_is_one_that_somebody_can_have(rulebook: Rulebook) -> None:
    longest = longest_interview(rulebook)
    assert len(longest.person.answers) == longest.asked <= longest.at_most
    assert longest.asked > 50
