"""Fixtures: the built-in rulebook, a small one for semantics, and folders to break."""

from __future__ import annotations

import datetime
import gc
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from interviews import written_cases
from interviews.made_once import made_once
from interviews.written_cases import Tried

from triage.engine.answers import parse_answers
from triage.engine.assessment import Assessment
from triage.engine.response import Response
from triage.problems import Problem
from triage.rulebook.load import load
from triage.rulebook.reading.source import YamlDocument
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import Outcome
from triage.workbench.impact import PEOPLE
from triage.workbench.population import People

settings.register_profile("legcramp", deadline=None)  # how long an example takes is no property
settings.load_profile("legcramp")

# Rulebooks are large and stay: to look through them for garbage took a seventh of the time.
gc.set_threshold(100_000, 20, 100)

ROOT = Path(__file__).resolve().parent.parent
# The programs that are started keep the checked rules there, not in the home of whoever runs the tests.
os.environ["XDG_CACHE_HOME"] = str(ROOT / ".pytest_cache" / "kept")
TODAY = datetime.date(2026, 11, 22)


def _zone_where_it_is_noon() -> str:
    """The time zone, by whole hours from Greenwich, in which the tests start about midday.

    Programs that the tests start ask the clock for the day; no run may see the day end.
    """
    east = 12 - datetime.datetime.now(datetime.UTC).hour  # from 12 down to -11
    return f"Etc/GMT{-east:+d}"  # these names count hours to the west


if "PYTEST_XDIST_WORKER" not in os.environ:  # the workers have the zone from the process that starts them
    os.environ["TZ"] = _zone_where_it_is_noon()
    time.tzset()


# Whole files go to one process each: the long ones first, or the last of them is waited for alone. Those that
# wait for a terminal stand apart: while one of them waits, the other process has something to work out.
LONGEST = (
    "test_rules.py",
    "test_kept_rules.py",
    "test_readers_agree.py",
    "test_impact.py",
    "test_saving.py",
    "test_vignette_pages.py",
    "test_refused.py",
    "test_prove.py",
    "test_prompts.py",
    "test_resting.py",
    "test_invariants.py",
    "test_terminal_whole.py",
    "test_results.py",
    "test_benchmarks.py",
    "test_main.py",
    "test_what_stays_kept.py",
    "test_person_page.py",
    "test_problem_codes.py",
    "test_in_any_process.py",
    "test_take_home.py",
    "test_allowed.py",
    "test_which_rules.py",
    "test_terminal_sizes.py",
    "test_alone.py",
    "test_mutations.py",
    "test_document.py",
    "test_ask.py",
    "test_option_gates.py",
    "test_two_parsers.py",
    "test_proofs_agree.py",
    "test_job_control.py",
    "test_gates.py",
    "test_lhc_forms.py",
    "test_form_page.py",
    "test_accessibility.py",
    "test_diary_rules.py",
    "test_reworded.py",
    "test_form_as_written.py",
    "test_ticking.py",
    "test_broken_rules.py",
    "test_assess.py",
    "test_trouble_with_saving.py",
    "test_pictures.py",
    "test_terminal_sessions.py",
    "test_unlisted_medicines.py",
    "test_invariants_of_words.py",
    "test_questionnaire.py",
    "test_pages.py",
    "test_not_believed.py",
    "test_invariants_as_data.py",
    "test_streams.py",
    "test_form.py",
    "test_new.py",
    "test_told_apart.py",
    "test_document_parts.py",
    "test_schema.py",
    "test_drawings.py",
    "test_batch.py",
    "test_batch_trouble.py",
    "test_diary.py",
    "test_names.py",
    "test_watching.py",
    "test_slips.py",
    "test_form_gates.py",
    "test_search.py",
    "test_whom_it_concerns.py",
    "test_any_condition.py",
    "test_wheel.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load(ROOT / "rules")


@pytest.fixture(scope="session")
def small() -> Rulebook:
    return load(ROOT / "tests" / "small_rules")


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that is new for each run, and the same for all processes of it."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def tried_cases(run_folder: Path, rulebook: Rulebook) -> list[Tried]:
    """Every written case, interviewed."""
    return written_cases.tried_cases(run_folder, rulebook)


@pytest.fixture(scope="session")
def tried(tried_cases: list[Tried]) -> list[Outcome]:
    """What came of every written case."""
    return [case.outcome for case in tried_cases]


@pytest.fixture(scope="session")
def assessed_cases(run_folder: Path, rulebook: Rulebook) -> list[tuple[str, Assessment]]:
    """The name and the assessment of every written case, without what it rests on."""
    return written_cases.assessed_cases(run_folder, rulebook)


@pytest.fixture(scope="session")
def people(run_folder: Path, rulebook: Rulebook) -> list[Response]:
    """So many that every card fires and every level is reached: as many as ``rules diff`` compares with."""
    (made,) = made_once(run_folder, {"people": lambda: People([rulebook]).responses(PEOPLE)})
    return made


@pytest.fixture
def small_folder(tmp_path: Path) -> Path:
    """A copy of the small rulebook to break."""
    return Path(shutil.copytree(ROOT / "tests" / "small_rules", tmp_path / "rules"))


@pytest.fixture(scope="session")
def responses() -> Callable[..., Response]:
    """Makes a response from plain answers, which must be valid."""

    def make(rulebook: Rulebook, **answers: Any) -> Response:
        problems: list[Problem] = []
        response = parse_answers(answers, rulebook, YamlDocument("(test)", None), (), problems)
        assert not problems, [problem.render() for problem in problems]
        return response

    return make
