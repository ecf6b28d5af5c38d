"""What tests of clinics' own rules have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from triage.overlays.signatures import loosened
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


def loose(folder: Path) -> dict[str, Problem]:
    """The loosenings that nobody signed for, by the part that they are about."""
    problems = [problem for problem in loosened(load(folder)) if problem.code == "loosened"]
    return {re.match("“(.+?)”", problem.message)[1]: problem for problem in problems}


def signed(problems: Sequence[Problem]) -> str:
    """A rulebook.yaml that signs for all of them, as their fixes say."""
    entries = [re.search(r"\{.*\}", problem.fix)[0] for problem in problems]
    for blank, words in (
        ("reason: …", "reason: Our own clinic sees them the same hour."),
        ("reviewer: …", "reviewer: Dr A. Example"),
        ("reviewed_on: …", "reviewed_on: 2026-11-24"),
    ):
        entries = [entry.replace(blank, words) for entry in entries]
    return f"{FRAME}loosens:\n" + "".join(f"  - {entry}\n" for entry in entries)
