"""Which invariants hold for one of these people."""

from __future__ import annotations

import datetime

from triage.engine.response import Response
from triage.rulebook.invariants import Invariant
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import TODAY
from triage.workbench.proving.holds_for_one import Seen, complete, what_is_broken


def holds_for(
    rulebook: Rulebook, invariant: Invariant, response: Response, today: datetime.date = TODAY
) -> bool | None:
    """Whether it holds for this response; None if its premise does not fit, or it is about ``every``."""
    broken = what_is_broken(rulebook, invariant, response, today)
    return None if broken is None else not broken


def which_hold(rulebook: Rulebook, response: Response) -> dict[str, bool | None]:
    """For every invariant of the rulebook what ``holds_for`` says; quicker than to ask for each."""
    as_it_is = Seen(rulebook, response, TODAY)
    completed = Seen(rulebook, complete(rulebook, response), TODAY)
    told = {
        name: (as_it_is if entry.half_finished else completed).what_is_broken(entry)
        for name, entry in rulebook.invariants.items()
    }
    return {name: None if broken is None else not broken for name, broken in told.items()}
