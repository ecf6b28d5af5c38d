"""The result as a person can read it: the first page with its topics, or everything at once."""

from __future__ import annotations

from triage.engine.assessment import Assessment
from triage.engine.proxy import in_their_words
from triage.report.first_page import first_page
from triage.report.formats.text import render_text
from triage.report.person import person_document
from triage.report.topics import topics
from triage.rulebook.rulebook import Rulebook


def on_screen(assessment: Assessment, rulebook: Rulebook) -> str:
    """The first page and all its topics but the one that has everything, in one line of words."""
    words = in_their_words(rulebook, assessment.effective_answers)
    waiting = [] if assessment.disposition.alone else topics(assessment, words)
    documents = [first_page(assessment, words), *(t.document for t in waiting if t.code != "all")]
    return " ".join(" ".join(render_text(document) for document in documents).split())


def in_full(assessment: Assessment, rulebook: Rulebook) -> str:
    """Everything with the sources, in one line of words."""
    words = in_their_words(rulebook, assessment.effective_answers)
    return " ".join(render_text(person_document(assessment, words)).split())


def page(assessment: Assessment, rulebook: Rulebook, *, full: bool = True) -> str:
    return in_full(assessment, rulebook) if full else on_screen(assessment, rulebook)
