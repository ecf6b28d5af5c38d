"""Signs for which not to wait: each must mean more than the level it stands under, and say how to call."""

from __future__ import annotations

from collections.abc import Iterator

from triage.problems import Problem
from triage.rulebook.model import LEVELS, urgency
from triage.rulebook.rulebook import Rulebook


def check_calls(rulebook: Rulebook) -> Iterator[Problem]:
    """Lines of ``sooner`` that mean no more than their own level, or of which nothing says how to call."""
    levels = rulebook.frame.dispositions
    call = {said.code: said.call for said in levels}
    for number, said in enumerate(levels):
        above = [code for code in LEVELS if urgency(code) > urgency(said.code)]
        for at, line in enumerate(said.sooner):
            place = rulebook.place("rulebook", "dispositions", number, "sooner", at, "level")
            if line.level not in above:
                fix = f"Write one that is: {', '.join(above)}." if above else "Take the line out."
                message = f"“{line.level}” is not more urgent than “{said.code}”"
                yield Problem("bad-value", message, place, fix)
            elif not call.get(line.level):
                message = f"nothing says how to call for “{line.level}”"
                fix = f"Write “call:” under {line.level}, such as “Call today for”."
                yield Problem("missing-key", message, place, fix)
