"""Every written case (vignette), assessed, for tests of pages that do not say what a result rests on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from triage.engine.assess import assess_with
from triage.engine.assessment import Assessment
from triage.engine.counterfactuals.resting import Rest
from triage.engine.inference import Reasoner
from triage.engine.response import Response
from triage.workbench.examples import usual_answers
from triage.workbench.vignettes import read_vignettes

FOLDER = Path(__file__).parent / "vignettes"


def written_cases(reasoner: Reasoner) -> Iterator[tuple[str, Assessment]]:
    """The name and the assessment of each, as of a file of answers: the others are usual, asked or not.

    What a result rests on is left out, and nobody is interviewed: both take most of the time.
    """
    usual = usual_answers(reasoner.rulebook).answers
    with patch("triage.engine.assess.rest", lambda *_: Rest((), (), ())):
        for file in sorted(FOLDER.glob("*.yaml")):
            for vignette in read_vignettes(file.read_bytes(), file.name, reasoner.rulebook):
                others = usual if vignette.usual else {}
                response = Response({**others, **vignette.answers.answers})
                yield vignette.name, assess_with(reasoner, response)
