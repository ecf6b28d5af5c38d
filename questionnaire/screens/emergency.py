"""The emergency, as soon as it is known: the page, then a way to undo a mistake or to go on."""

from __future__ import annotations

from questionnaire.terminal.interface import Below, Interface, Offer
from triage.engine.assess import assess_with
from triage.engine.inference import Reasoner
from triage.engine.interview.events import Confirmation
from triage.engine.proxy import in_their_words
from triage.engine.response import Response


def tell_emergency(interface: Interface, reasoner: Reasoner, response: Response) -> Confirmation:
    """Show what to do at once, then ask what the person wants."""
    from triage.report.first_page import first_page
    from triage.report.topics import topics

    assessment = assess_with(reasoner, response)
    words = in_their_words(reasoner.rulebook, assessment.effective_answers)
    further = {} if assessment.disposition.alone else {t.code: t for t in topics(assessment, words)}
    offers = [
        Offer("yes", "I have read this, and get help"),
        *(Offer(topic.code, topic.title) for topic in further.values()),
        Offer("no", "I made a mistake: go back to the last question"),
        Offer("record", "Help is on its way: answer the rest, for the page for the clinician"),
    ]
    below = Below("Get help first. This can wait.", offers, f"{assessment.disposition.label.upper()}.")
    interface.document(first_page(assessment, words), below=below)
    while True:
        picked = interface.pick(below.question, offers, commands=False)
        if picked not in further:
            return Confirmation(picked)
        interface.document(further[picked].document, below=below)
