"""Invariants that do not hold, as problems: what it says, and the person for whom it is otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from triage.engine.response import Response
from triage.engine.solving.person_in_words import AGE, SEX, describe_person
from triage.problems import Problem
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import usual_answers
from triage.workbench.proving.prove import Proof


def unproved(rulebook: Rulebook, proofs: Iterable[Proof]) -> Iterator[Problem]:
    """A problem for every invariant of the rulebook that does not hold, or that is about nobody."""
    for proof in proofs:
        place = rulebook.place(f"invariant:{proof.invariant.id}")
        if proof.empty:
            fix = "Mend its conditions: an invariant about nobody would hold whatever the rules say."
            yield Problem("invariant-of-nobody", "no answers fit what this is about", place, fix)
        elif proof.person is not None or proof.got:
            message = f"this does not hold: “{proof.invariant.sentence}” {in_words(rulebook, proof)}"
            fix = "Mend the card or question that decides it; or the invariant, if it asks for too much."
            if proof.person is not None:
                fix += " The answers, to try: legcramp rules check --answers-dir DIR."
            yield Problem("invariant-broken", message, place, fix)


def in_words(rulebook: Rulebook, proof: Proof) -> str:
    """The person for whom an invariant does not hold, and what comes instead, as a sentence."""
    if proof.person is None:
        return f"{proof.got[:1].upper()}{proof.got[1:]}."
    unusual = unusual_answers(rulebook, proof.person)
    usually = "" if len(unusual.answers) == len(proof.person.answers) else " (all else as usual)"
    person = describe_person(rulebook, unusual)
    return f"{person[:1].upper()}{person[1:]}{usually} {proof.got}."


def unusual_answers(rulebook: Rulebook, response: Response) -> Response:
    """Who it is, and the answers that somebody with ordinary cramps would not give."""
    usual = usual_answers(rulebook)
    return Response({i: a for i, a in response.answers.items() if i in (AGE, SEX) or a != usual.get(i)})
