"""Every problem is explained, and its pieces are what they say: the broken one gives it, the mended one does not."""

from __future__ import annotations

import ast
import datetime
import re
from pathlib import Path

import pytest
from clinic.folder import FRAME

from triage.batch.fields import check_columns, fields
from triage.engine.answers import read_answers
from triage.engine.inference import Reasoner
from triage.fhir.responses.reading import read_any
from triage.problems import Invalid
from triage.rulebook.rulebook import Rulebook
from triage.workbench.authoring.problem_codes import explained_problems
from triage.workbench.lint import inspect
from triage.workbench.proving.invariant_line import read_line
from triage.workbench.vignettes import read_vignettes, try_vignette

ROOT = Path(__file__).resolve().parents[4]
TODAY = datetime.date(2026, 11, 24)
PROBLEMS = explained_problems()
IN_WORDS = [code for code, problem in PROBLEMS.items() if not problem.where]
# What pieces take the place of where the small rulebook has not what they mend.
BESIDE = ("reviewed_on: 2026-11-22\n", "sections:\n", "because: It can be a clot.")
CALLS = {"Problem", "say", "_say", "_report", "_stop", "_twice", "_refused"}
CODE = re.compile(r"[a-z]+(-[a-z]+)*\Z")


def codes_in_the_source() -> set[str]:
    """Every code that some call in triage/ gives to a problem."""
    found: set[str] = set()
    for path in (ROOT / "triage").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call):
                name = (
                    call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
                )
                if name in CALLS:
                    words = [a.value for a in call.args[:2] if isinstance(a, ast.Constant)]
                    found |= {word for word in words[:1] if isinstance(word, str) and CODE.match(word)}
    return found


def test_every_code_is_explained_and_none_besides() -> None:
    assert codes_in_the_source() == set(PROBLEMS)


def test_a_code_that_is_explained_in_words_only_has_a_test_that_names_it() -> None:
    others = [path for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__)]
    tests = "\n".join(path.read_text() for path in others)
    assert [code for code in IN_WORDS if f'"{code}"' not in tests] == []
    assert len(IN_WORDS) < 10


class Trial:
    """Puts a piece where it belongs, and names the codes of all problems that it makes there."""

    def __init__(self, small: Rulebook, small_folder: Path) -> None:
        self.small = small
        self.folder = small_folder

    def codes(self, where: str, mended: str, piece: str) -> list[str]:
        piece, kind = piece.replace("→", "\t"), where.partition("/")[0]
        try:
            if kind == "answers.json":
                read_answers(piece.encode(), where, self.small)
            elif kind == "form.json":
                read_any(piece.encode(), where, self.small)
            elif kind == "people.csv":
                self._columns(mended, piece)
            elif kind == "legcramp rules prove":
                read_line(piece.strip())
            elif kind == "tests":
                return self._vignettes(piece)
            elif kind == "my_clinic":
                return self._clinic(where, piece)
            else:
                return self._rules(where, mended, piece)
        except Invalid as invalid:
            return [problem.code for problem in invalid.problems]
        return []

    def _rules(self, where: str, mended: str, piece: str) -> list[str]:
        """The piece in place of the mended one; a file that the small rulebook has not is shown whole."""
        path = self.folder / where
        if path.exists():
            sound = path.read_text()
            place = mended if mended in sound else next(lines for lines in BESIDE if lines in mended)
            assert sound.count(place) == 1, f"{where} has no such lines, or has them twice"
            piece = sound.replace(place, piece)
        path.write_text(piece)
        return [problem.code for problem in inspect(self.folder, today=TODAY)[1]]

    def _columns(self, mended: str, piece: str) -> None:
        header = f"{','.join(fields(self.small))}\n"
        mended, piece = mended.strip(), piece.strip()
        assert header.count(mended) == 1
        check_columns(self.small, header.strip().replace(mended, piece).split(","), "people.csv")

    def _vignettes(self, piece: str) -> list[str]:
        (case,) = read_vignettes(piece.encode(), "cases.yaml", self.small)
        return [problem.code for problem in try_vignette(case, Reasoner(self.small, TODAY)).problems]

    def _clinic(self, where: str, piece: str) -> list[str]:
        path = self.folder.parent / where
        path.parent.mkdir(parents=True)
        path.write_text(piece)
        folder = self.folder.parent / "my_clinic"
        (folder / "rulebook.yaml").write_text(FRAME)
        return [problem.code for problem in inspect(folder)[1]]


@pytest.fixture
def trial(small: Rulebook, small_folder: Path) -> Trial:
    return Trial(small, small_folder)


@pytest.mark.parametrize("code", [code for code in PROBLEMS if code not in IN_WORDS])
def test_the_broken_piece_gives_the_problem(trial: Trial, code: str) -> None:
    problem = PROBLEMS[code]
    assert code in trial.codes(problem.where, problem.mended, problem.broken)


@pytest.mark.parametrize("code", [code for code in PROBLEMS if code not in IN_WORDS])
def test_the_mended_piece_gives_none(trial: Trial, code: str) -> None:
    problem = PROBLEMS[code]
    assert trial.codes(problem.where, problem.mended, problem.mended) == []
