"""The five criteria of restless legs on the clinician's page, from the two lists that tell of the urge."""

from __future__ import annotations

import pytest

from triage.engine.assess import assess
from triage.report.clinician.page import clinician_document
from triage.report.document import Grid
from triage.report.formats.text import render_text
from triage.workbench.examples import TODAY

URGE = {"feel": ["urge_to_move"]}


@pytest.fixture
def grid(rulebook, responses):
    def made(**answers) -> Grid | None:
        page = clinician_document(assess(rulebook, responses(rulebook, **answers), TODAY), rulebook)
        blocks = [block for part in page.sections for block in part.blocks]
        return next((block for block in blocks if isinstance(block, Grid)), None)

    return made


@pytest.mark.parametrize(
    ("answers", "marks", "met"),
    [
        ({**URGE, "rls_signs": ["rest", "moving", "evening"]}, "yes yes yes yes yes", 5),
        ({"also_feelings": ["urge_legs"], "rls_signs": ["rest", "moving?"]}, "yes yes unsure no yes", 3),
        ({"feel": ["urge_to_move?"], "rls_signs": ["rest"]}, "unsure yes no no yes", 2),
        ({**URGE, "rls_signs": ["rest", "moving", "evening", "one_shift"]}, "yes yes yes yes no", 4),
        ({**URGE, "rls_signs": ["rest", "moving", "evening", "only_knotted"]}, "yes yes yes yes no", 4),
        ({**URGE, "rls_signs": ["rest", "one_shift?"]}, "yes yes no no unsure", 2),
        ({**URGE, "rls_signs": ["one_shift?", "only_knotted"]}, "yes no no no no", 1),
        ({**URGE, "rls_signs": "unsure"}, "yes unsure unsure unsure unsure", 1),
    ],
)
def test_each_criterion_is_met_or_not_or_in_doubt(grid, answers, marks, met) -> None:
    made = grid(**answers)
    assert " ".join(mark for _, mark in made.cells) == marks
    assert made.said.startswith(f"{met} of 5")


def test_what_stands_in_the_table_is_not_said_again(rulebook, responses) -> None:
    answers = responses(rulebook, **URGE, rls_signs=["rest", "moving", "one_shift", "family"])
    said = render_text(clinician_document(assess(rulebook, answers, TODAY), rulebook))
    row = said[said.index("Urge to move:") :].partition("RLS criteria")[0]
    assert [word in row for word in ("First-degree", "Ended by one", "at rest", "Relieved")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_who_has_no_urge_has_no_criteria(grid) -> None:
    assert grid(feel=["hard_knot"], also_feelings=[]) is None
    assert grid() is None
