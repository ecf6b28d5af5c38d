"""What tests of clinics' own rules have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from triage.overlay.signatures import loosened
from triage.problems import Problem
from triage.rulebook.load import load
from triage.rulebook.rulebook import Rulebook

FRAME = "id: my_clinic\nversion: 2026.11.1\nextends: built-in\n"
Write = Callable[..., Path]


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
