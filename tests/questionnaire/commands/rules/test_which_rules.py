"""Which rules the maintainers' commands look at: those where one stands, and the first line says so."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
BUILT_IN = ROOT / "rules"

FOR_PEOPLE = [
    ("check",),
    ("test",),
    ("test", "--coverage"),
    ("list",),
    ("list", "items"),
    ("claims",),
    ("explain", "age"),
    ("prove", "IF age >= 60 THEN at_most emergency"),
    ("diff", "built-in", "--people", "0"),
    ("diff", "rules", "--people", "0", "-o", "changes.txt"),
    ("schema", "--write"),
    ("new", "source", "someone2021"),
]
FOR_PROGRAMS = [
    ("check", "--format", "json"),
    ("check", "--format", "github"),
    ("schema", "items"),
    ("graph",),
    ("graph", "--format", "dot"),
    ("graph", "--format", "svg"),
    ("graph", "--format", "html"),
    ("diff", "rules", "--people", "0", "--format", "md"),
    ("diff", "rules", "--people", "0", "--format", "json"),
]


@pytest.mark.parametrize("arguments", FOR_PEOPLE, ids=" ".join)
def test_the_first_line_names_the_rules_of_the_folder(run, rules: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    first = done.stdout.splitlines()[0]
    since = {"built-in": f"from built-in ({BUILT_IN}) to ", "rules": f"from {rules} to "}
    named = f"{since[arguments[1]] if arguments[0] == 'diff' else ''}{rules}"
    assert first == f"Rules: {named}"


@pytest.mark.parametrize("arguments", FOR_PROGRAMS, ids=" ".join)
def test_what_is_for_programs_stays_as_it_is_and_the_folder_is_said_aside(
    run, rules: Path, arguments: tuple[str, ...]
) -> None:
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    first = done.stderr.splitlines()[0]
    assert first.startswith("Rules: ")
    assert first.endswith(str(rules))
    assert "Rules: " not in done.stdout
    if "json" in arguments or arguments[0] == "schema":
        json.loads(done.stdout)


def test_every_command_of_rules_is_tried_here() -> None:
    from questionnaire.commands.rules.group import rules as group

    assert set(group.commands) - {"watch"} == {arguments[0] for arguments in FOR_PEOPLE + FOR_PROGRAMS}


@pytest.mark.parametrize("arguments", [("check",), ("new", "source", "someone2021")], ids=" ".join)
def test_standing_in_the_rules_themselves(rules: Path, arguments: tuple[str, ...]) -> None:
    (rules / "rules").mkdir()
    shutil.copy(rules / "rulebook.yaml", rules / "rules")  # the nearer ones count
    command = [sys.executable, "-m", "questionnaire", "rules", *arguments]
    done = subprocess.run(
        command, cwd=rules, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert (done.stdout + done.stderr).splitlines()[0] == f"Rules: {rules}"


def test_an_edit_is_seen_from_above_the_rules(run, rules: Path) -> None:
    """At the root of a checkout, the installed rules were checked, tested and compared instead."""
    card = rules / "red_flags" / "often.yaml"
    card.write_text(card.read_text().replace("at_least: 3", "at_least: 9"))
    for arguments in (("check",), ("test",)):
        done = run(*arguments)
        assert done.returncode == 2
        assert "often.yaml" in done.stderr
        assert (done.stdout + done.stderr).splitlines()[0] == f"Rules: {rules}"


def test_vignettes_stand_beside_the_rules(run, rules: Path, tmp_path: Path) -> None:
    cases = tmp_path / "tests" / "vignettes"
    cases.mkdir(parents=True)
    (cases / "a.yaml").write_text(
        "- name: Right\n  answers: {signs: [swollen]}\n  expect: {disposition: same_day}\n"
    )
    for done in (run("test"), run("test", "--rules", "rules")):
        assert done.stdout.splitlines()[:2] == [f"Rules: {rules}", f"Vignettes: {cases}"]
        assert "1 vignettes went as expected" in done.stdout
    done = run("diff", "rules", "--people", "0")
    assert done.stdout.splitlines()[:2] == [f"Rules: from {rules} to {rules}", f"Vignettes: {cases}"]
    assert done.stderr == "", "the vignettes of the program are not for these rules"


def test_what_goes_wrong_is_told_after_the_folder_it_is_about(run, rules: Path) -> None:
    for arguments in (("explain", "swolen"), ("graph", "swolen"), ("test", "nothing_is_called_so")):
        done = run(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.splitlines()[0] == f"Rules: {rules}"
    (rules / "medicines.yaml").write_text("medicines: [")
    for arguments in (("check",), ("list",), ("claims",), ("explain", "age"), ("graph",), ("test",)):
        done = run(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.splitlines()[0] == f"Rules: {rules}"


def test_without_rules_here_the_built_in_ones_are_meant_and_that_is_said(run, tmp_path: Path) -> None:
    done = run("list", "sources")
    assert done.stdout.splitlines()[0] == (
        f"Rules: built-in ({BUILT_IN}); there is no rulebook.yaml here, nor in rules here"
    )
    done = run("list", "sources", "--rules", str(BUILT_IN))
    assert done.stdout.splitlines()[0] == f"Rules: built-in ({BUILT_IN})"


@pytest.mark.parametrize("arguments", [("new", "source", "someone2021"), ("schema", "--write")])
def test_nothing_is_written_to_the_built_in_rules_because_nothing_was_said(
    run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    before = (BUILT_IN / "sources.yaml").read_bytes()
    done = run(*arguments)
    assert (done.returncode, "Say which rules to write to" in done.stderr) == (2, True)
    (tmp_path / "rules").mkdir()  # a folder of this name is not yet one of rules
    assert run(*arguments).returncode == 2
    assert (BUILT_IN / "sources.yaml").read_bytes() == before


def test_a_revision_is_read_where_the_rules_stand_now(run, rules: Path, tmp_path: Path) -> None:
    """A clinic's folder has any name; beside it there may be other rules."""

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)

    clinic = Path(shutil.copytree(rules, tmp_path / "praxis"))
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    done = run("diff", "HEAD", "praxis", "--people", "0")
    assert done.stdout.splitlines()[0] == f"Rules: from HEAD:praxis to {clinic}"
    done = run("diff", "HEAD", "--people", "0")
    assert done.stdout.splitlines()[0] == f"Rules: from HEAD:rules to {rules}"
    done = run("diff", "HEAD", "HEAD", "--people", "0")
    assert done.stdout.splitlines()[0] == "Rules: from HEAD:rules to HEAD:rules"
    shutil.rmtree(rules)
    shutil.copytree(clinic, tmp_path, dirs_exist_ok=True)
    shutil.rmtree(clinic)
    git("add", ".")
    git("commit", "-qm", "second")
    done = run("diff", "HEAD", "--people", "0")
    assert done.stdout.splitlines()[0] == f"Rules: from HEAD:. to {tmp_path}", done.stderr


def test_questions_are_asked_with_the_built_in_rules_wherever_one_stands(
    rules: Path, tmp_path: Path
) -> None:
    """A folder that happens to be called rules must not change what a person is told."""
    done = subprocess.run(
        [sys.executable, "-m", "questionnaire", "assess", "-", "--format", "json"],
        input='{"format": "legcramp-answers/1", "answers": {"age": 50}}',
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["rulebook"]["id"] == "legcramp"
