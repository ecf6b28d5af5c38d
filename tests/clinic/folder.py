"""What tests of clinics' own rules have in common."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from triage.overlays.white_list import not_allowed
from triage.problems import Problem
from triage.rulebook.load import load
from triage.rulebook.rulebook import Rulebook

FRAME = "id: my_clinic\nversion: 2026.11.1\nextends: built-in\n"
Write = Callable[..., Path]
NEW_FLAG = """\
id: purple_toe
title: A toe that turned purple
status: active
disposition: same_day
if_unsure: routine
evidence: plausible
when: {item: toe_colour, is: yes}
because: A toe that turns purple can mean that too little blood gets there.
clinician: Blue toe - ?embolic. Pulses, ABPI.
do_now: Keep the foot warm and level. Call the clinic today.
sources: [panel_review_2026]
reviewed_on: 2026-11-24
examples:
  fires: [{toe_colour: yes}]
  silent: [{toe_colour: no}]
  unsure: [{toe_colour: unsure}]
"""
NEW_QUESTION = """\
items:
  - id: toe_colour
    section: feelings
    type: choice
    text: Has a toe turned purple or black?
    why: It can mean that too little blood gets there.
    usual: no
    red_flag: true
    options:
      - {code: yes, text: Yes, clinical_yes: Blue toe, clinical_no: No blue toe}
      - {code: no, text: No}
"""


def codes(found: tuple[Rulebook | None, list[Problem]]) -> list[str]:
    return [problem.code for problem in found[1]]


def refused(folder: Path) -> dict[str, list[Problem]]:
    """What the folder may not do, by the part that it is about."""
    found: dict[str, list[Problem]] = {}
    for problem in not_allowed(load(folder)):
        found.setdefault(re.match("“(.+?)”", problem.message)[1], []).append(problem)
    return found
