"""A level for today, as soon as the answers reach it: what it is, why, and how to go on."""

from __future__ import annotations

from questionnaire.screens.interim import reasons, where
from questionnaire.terminal.interface import Interface, Leave, Offer
from triage.engine.inference import Inference
from triage.engine.interview.events import Confirmation, Reached
from triage.engine.outcome import SENTENCE, lowered, ordered, outcome, to_do
from triage.engine.proxy import in_their_words
from triage.engine.wording.exact_words import one_sentence, spoken_parts
from triage.report.first_page import fitting
from triage.rulebook.cards import RedFlag
from triage.rulebook.rulebook import Rulebook

MOST_UNTIL = 140  # letters of what to do until seen


def tell_reached(interface: Interface, rulebook: Rulebook, step: Reached, *, saving: bool) -> Confirmation:
    """Said at once and why; the person may stop and call, go on, or undo a mistake.

    ``saving``: the answers are in a file, so the rest can wait. Raises ``Leave`` for who stops.
    """
    book = in_their_words(rulebook, step.step.effective_answers)
    words = outcome(book, step.step)
    more = f"{step.to_go} more questions" if step.to_go > 1 else "one more question"
    stop = Offer("stop", "Stop here, and call (you can go on later)")
    mistaken = Offer("no", "I made a mistake: go back to the last question")
    own = [card for name in step.own if isinstance(card := book.cards[name], RedFlag)]
    interface.page("", "")
    if own and (words.alone or step.besides):
        _tell_alone(interface, book, own[0], step.step)
        offers = [stop, Offer("yes", f"Go on with the questions: about {more}"), mistaken]
    else:
        because = f"Because of: {'; '.join(reasons(rulebook, step.step))}."
        interface.alarm(f"{words.label}.", because, f"When: {words.within}.", f"Where: {where(words)}")
        if not own and (until := _until_then(book, step.step)):
            interface.say(f"Until then: {until}")
        interface.say(*(f"{card.because} {to_do(card, step.step)}" for card in own))
        kept = " Your answers are saved, and the rest can wait." if saving else ""
        worse = (f"{call}: {lowered(signs)}" for call, signs in words.sooner)
        interface.say(f"You can call first.{kept}", *worse, "")
        further = f"Go on: about {more}, to see whether it is even more urgent"
        on = Offer("yes", further if step.to_go else "Go on to the result")
        offers = [on, stop, mistaken]
        if step.in_all > step.to_go + 1:
            all_of_it = f"Answer all, for a fuller page for the clinician: about {step.in_all} questions"
            offers.append(Offer("record", all_of_it))
    picked = interface.pick("What would you like to do?", offers, commands=False)
    if picked == "stop":
        raise Leave
    return Confirmation(picked)


def _until_then(book: Rulebook, step: Inference) -> str:
    """What the surest of the reasons says to do until seen, without what the headline says."""
    certain = {entry.card for entry in step.raising if entry.certain}
    for name in ordered(book, step):
        card = book.cards[name]
        if name in certain and isinstance(card, RedFlag):
            told = (book.page.shorter(sentence) for sentence in SENTENCE.split(to_do(card, step)))
            return fitting(filter(None, told), MOST_UNTIL)
    return ""


def _tell_alone(interface: Interface, book: Rulebook, card: RedFlag, step: Inference) -> None:
    """What must be read by itself, and a kind word."""
    page = card.own_page
    assert page is not None
    parts = spoken_parts(book, card, step.effective_answers, certain=True)
    said = f"Say: “{one_sentence(parts) or card.say or card.title}.”"
    interface.alarm(f"{page.label}.", f"When: {page.within}.", f"Where: {page.place}.", said)
    interface.say(card.because, to_do(card, step), "")
