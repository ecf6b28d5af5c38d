"""What an assessment says of one response, by the plain evaluator alone: quick enough for hundreds.

That the network concludes the same is tested in ``conformance``.
"""

from __future__ import annotations

import datetime
from typing import Any

from triage.engine.advising import advising
from triage.engine.disposition import most_urgent, raised
from triage.engine.effective import effective_answers
from triage.engine.inference import Inference
from triage.engine.onset import rests_on_later_medicines
from triage.engine.outcome import outcome
from triage.engine.response import Response
from triage.engine.routing.due import due
from triage.engine.routing.even_today import asked_even_today
from triage.readers.evaluate import evaluate_all, reasons
from triage.rulebook.model import VERDICTS, urgency
from triage.rulebook.rulebook import Rulebook


def one_by_one(rulebook: Rulebook, response: Response, today: datetime.date) -> dict[str, Any]:
    """The result of one response, as a row of the results of many."""
    known = effective_answers(rulebook, response, today)
    found = evaluate_all(rulebook.shared_goals, known)
    truths = {goal: bounds.truth for goal, bounds in found.items()}
    raising = tuple(raised(rulebook, truths, found))
    level = most_urgent(raising)
    waiting = tuple(due(rulebook, known, found, level))
    asking = tuple(asked_even_today(rulebook, known, found, waiting)) if level == "same_day" else waiting
    step = Inference(response, known, found, truths, raising, level, waiting, asking)
    code = outcome(rulebook, step).code
    given, withheld = advising(rulebook, step, code)
    cards = rulebook.cards
    fired = {card.id for card in cards.values() if card.id in truths and truths[card.id].word == "present"}
    factors = [
        card
        for card in rulebook.factors
        if card.id in fired
        and not rests_on_later_medicines(
            reasons(card.when, known, rulebook.written, found, rulebook.option_gates.condition), known
        )
    ]
    doubts = [entry for entry in raising if not entry.certain and entry.level != "self_care"]
    return {
        "disposition": code,
        "complete": not waiting,
        "red_flags": _by_urgency(
            {e.card: e.level for e in raising if e.certain and cards[e.card] in rulebook.red_flags}
        ),
        "red_flags_unsure": _by_urgency({entry.card: entry.level for entry in doubts}),
        "patterns": _by_urgency({c.id: c.disposition for c in rulebook.patterns if c.id in fired}),
        "factors": [
            c.id for c in sorted(factors, key=lambda c: (VERDICTS.index(c.evidence), c.title, c.id))
        ],
        "theories": [card.id for card in rulebook.theories if card.id in fired],
        "advice": [advice.id for advice in given],
        "withheld": [advice.id for advice in withheld],
    }


def _by_urgency(levels: dict[str, Any]) -> list[str]:
    return sorted(levels, key=lambda card: (-urgency(levels[card]), card))
