"""The topics behind the first page: why it is said, all of it, and what was left out."""

from __future__ import annotations

import re

from pages.results import in_full

from triage.engine.assess import assess_with
from triage.engine.inference import Reasoner
from triage.engine.response import Response
from triage.report.formats.text import render_text
from triage.report.topics import topics
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import usual_answers


def test_the_topic_why_of_a_calm_result_says_why(rulebook: Rulebook, reasoner: Reasoner) -> None:
    """Where no red flag says more, it is the picture, and that nothing is a danger sign."""
    result = assess_with(reasoner, usual_answers(rulebook))
    assert not result.red_flags
    (why,) = [topic for topic in topics(result, rulebook) if topic.code == "why"]
    said = " ".join(render_text(why.document).split())
    assert "Nothing you told us is a danger sign." in said
    assert "Ordinary leg cramps at night For it: The muscle suddenly knots hard and hurts" in said


def test_all_of_it_leaves_no_topic_out(rulebook: Rulebook, reasoner: Reasoner, responses) -> None:
    taken = responses(rulebook, medicines=[{"name": "simvastatin"}, {"name": "Wundermittel"}])
    result = assess_with(reasoner, Response({**usual_answers(rulebook).answers, **taken.answers}))
    made = {topic.code: topic.document for topic in topics(result, rulebook)}
    everything = {section.title for section in made.pop("all").sections}
    for topic in made.values():
        assert {section.title for section in topic.sections} - {"Why we say this"} <= everything
    said = in_full(result, rulebook)
    assert re.search(r"- simvastatin \([a-z ]+\) Linked with: ", said)
    assert said.count("Not in our list of medicines") == 1


def test_what_was_skipped_is_not_told_as_a_doubt(rulebook: Rulebook, reasoner: Reasoner, responses) -> None:
    answers = responses(rulebook, age=30, sex="female", pregnancy="declined", today_leg=["leg_swollen?"])
    said = in_full(assess_with(reasoner, answers), rulebook)
    unsure, skipped = said.split("You left these out.")
    assert "Pregnancy" in skipped
    assert "Pregnancy: not answered" not in unsure
    assert "newly bigger" in unsure
