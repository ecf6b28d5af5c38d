"""The numbers to call where the person lives, in place of the examples that the rulebook has."""

from __future__ import annotations

from triage.rulebook.pronouns import reworded
from triage.rulebook.rulebook import Rulebook


def with_numbers(rulebook: Rulebook, emergency: str | None, crisis: str | None) -> Rulebook:
    """The rulebook with these numbers in place of the examples, and of what texts call them."""
    frame, cards = rulebook.frame, dict(rulebook.cards)
    for number, words, said in (
        (emergency, rulebook.frame.emergency_examples, f"({emergency})"),
        (emergency, rulebook.frame.emergency_words, emergency),
        (crisis, rulebook.frame.crisis_examples, f"({crisis})"),
    ):
        if number is not None and words is not None and said is not None:
            frame = reworded(frame, words, said)
            cards = {name: reworded(card, words, said) for name, card in cards.items()}
    return rulebook.in_other_words(frame=frame, cards=cards)
