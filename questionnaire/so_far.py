"""What the answers say already: when something urgent is reached, and when somebody stops."""

from __future__ import annotations

from triage.reasoner import Step
from triage.rulebook.cards import Pattern, RedFlag
from triage.rulebook.model import urgency
from triage.rulebook.rulebook import Rulebook
from triage.voice import spoken

TOLD = 2  # so many of the reasons with what to do: more would push them off the screen


def reasons(rulebook: Rulebook, step: Step) -> list[str]:
    """The titles of the cards that make it so urgent; what is only "not sure" is called so."""
    cards = spoken(rulebook, step.standings).cards
    titles = [
        (raising, cards[raising.card].title) for raising in step.raising if raising.level == step.level
    ]
    return [title if raising.certain else f"not sure about “{title}”" for raising, title in titles][:3]


def so_far(rulebook: Rulebook, step: Step) -> list[str]:
    """For someone who stops: how urgent, where, and what to do until then. Nothing if it is not urgent."""
    if urgency(step.level) < urgency("soon"):
        return []
    book = spoken(rulebook, step.standings)
    words = book.dispositions[step.level]
    said = [f"WHAT YOUR ANSWERS SAY SO FAR: {words.label}. When: {words.within}. Where: {words.place}."]
    for raising in [entry for entry in step.raising if entry.level == step.level][:TOLD]:
        card = book.cards[raising.card]
        if isinstance(card, RedFlag | Pattern) and card.do_now:
            said.append(f"{card.title}: {card.do_now}")
    return said
