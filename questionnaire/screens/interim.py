"""What the answers say already: when something urgent is reached, and when somebody stops."""

from __future__ import annotations

from triage.engine.assessment import Disposition
from triage.engine.inference import Inference
from triage.engine.outcome import ordered, outcome, to_do
from triage.engine.proxy import in_their_words
from triage.engine.wording.exact_words import distinct, name_signs
from triage.rulebook.cards import Pattern, RedFlag
from triage.rulebook.model import urgency
from triage.rulebook.rulebook import Rulebook

TOLD = 2  # so many of the reasons with what to do: more would push them off the screen
NAMED = 3  # so many of the reasons by their titles


def reasons(rulebook: Rulebook, step: Inference) -> list[str]:
    """The signs that make it so urgent, as they were told; what is only "not sure" is called so."""
    book = in_their_words(rulebook, step.effective_answers)
    certain = {entry.card for entry in step.raising if entry.certain}
    return distinct(_signs(book, card, step, certain=card in certain) for card in ordered(book, step))[
        :NAMED
    ]


def _signs(book: Rulebook, name: str, step: Inference, *, certain: bool) -> str:
    card = book.cards[name]
    told = step.effective_answers
    title = name_signs(book, card, told, certain=certain) if isinstance(card, RedFlag) else card.title
    return title if certain else f"not sure about “{title}”"


def where(words: Disposition) -> str:
    """Whom to ring or where to go, in the words of the first page: for this person, with the full stop."""
    return " ".join(words.whom) or f"{words.place}."


def so_far(rulebook: Rulebook, step: Inference) -> list[str]:
    """For someone who stops: when to get help anyway; then how urgent, where, what to do until then.

    What counts most comes last: that stays on the screen. What must stand alone comes with nothing else.
    """
    book = in_their_words(rulebook, step.effective_answers)
    net = [*book.frame.safety_net_for_all, *([book.frame.crisis] if book.frame.crisis else [])]
    if urgency(step.level) < urgency("soon"):
        return net
    words = outcome(book, step)
    said = [f"WHAT YOUR ANSWERS SAY SO FAR: {words.label}. When: {words.within}. Where: {where(words)}"]
    if words.say:
        said.append(f"Say: “{words.say}”")
    if words.alone:
        kind = (book.cards[card].because for card in ordered(book, step))
        return [*said, *kind, " ".join(words.do)]
    certain = {entry.card for entry in step.raising if entry.certain}
    for name in ordered(book, step)[:TOLD]:
        card = book.cards[name]
        if isinstance(card, RedFlag | Pattern) and (do := to_do(card, step)):
            sure = isinstance(card, Pattern) or name in certain
            said.append(
                f"{card.title}: {do}" if sure else f"Not sure about “{card.title}”. If it is so: {do}"
            )
    return [*net, *said]
