"""Every written case (vignette), interviewed, or assessed as it stands: for many files of tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from interviews.made_once import made_once
from interviews.plainly import PlainReasoner
from triage.engine.assess import assess_with
from triage.engine.assessment import Assessment
from triage.engine.counterfactuals.resting import Rest
from triage.engine.inference import Inference, Reasoner
from triage.engine.response import Response
from triage.rulebook.model import Level
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import TODAY, Outcome, usual_answers
from triage.workbench.vignettes import Vignette, read_vignettes, try_vignette

T = TypeVar("T")
FILES = sorted((Path(__file__).parents[1] / "vignettes").glob("*.yaml"))


@dataclass(frozen=True)
class Tried:
    """One case as it was tried: what came out, and the level after so many answers."""

    outcome: Outcome
    levels: tuple[Level, ...]

    @property
    def assessment(self) -> Assessment:
        assert self.outcome.assessment is not None
        return self.outcome.assessment


class Watched(PlainReasoner):
    """Remembers what the level was after so many answers, the last time that it was asked."""

    def __init__(self, *of: Any) -> None:
        super().__init__(*of)
        self.level_after: dict[int, Level] = {}

    def step(self, response: Response, *, for_the_record: bool = False) -> Inference:
        made = super().step(response, for_the_record=for_the_record)
        self.level_after[len(response.answers)] = made.level
        return made


def read_cases(rulebook: Rulebook) -> list[Vignette]:
    """All of them, as they are written."""
    return [case for file in FILES for case in _read(file, rulebook)]


def tried_cases(folder: Path, rulebook: Rulebook) -> list[Tried]:
    """All of them, in the same order, interviewed and assessed with the plain evaluator.

    It takes most of a minute; ``folder`` is where the processes of a run keep it for each other.
    """
    reasoner = Watched(rulebook, TODAY)

    def tried(file: Path) -> list[Tried]:
        return [_tried(case, reasoner) for case in _read(file, rulebook)]

    return _of_all_files(folder, "tried", tried)


def assessed_cases(folder: Path, rulebook: Rulebook) -> list[tuple[str, Assessment]]:
    """The name and the assessment of each, as of a file of answers: the others are usual, asked or not.

    What a result rests on is left out, and nobody is interviewed: both take most of the time.
    """
    reasoner = PlainReasoner(rulebook, TODAY)

    def assessed(file: Path) -> list[tuple[str, Assessment]]:
        return [*_assessed(file, reasoner)]

    return _of_all_files(folder, "assessed", assessed)


def _of_all_files(folder: Path, name: str, make: Callable[[Path], list[T]]) -> list[T]:
    parts = {f"{name}_{file.stem}": partial(make, file) for file in FILES}
    return [one for part in made_once(folder, parts) for one in part]


def _read(file: Path, rulebook: Rulebook) -> list[Vignette]:
    return read_vignettes(file.read_bytes(), file.name, rulebook)


def _tried(case: Vignette, reasoner: Watched) -> Tried:
    reasoner.level_after.clear()
    outcome = try_vignette(case, reasoner)
    return Tried(outcome, tuple(level for _, level in sorted(reasoner.level_after.items())))


def _assessed(file: Path, reasoner: Reasoner) -> Iterator[tuple[str, Assessment]]:
    usual = usual_answers(reasoner.rulebook).answers
    with patch("triage.engine.assess.rest", lambda *_: Rest((), (), ())):
        for case in _read(file, reasoner.rulebook):
            others = usual if case.usual else {}
            yield case.name, assess_with(reasoner, Response({**others, **case.answers.answers}))
