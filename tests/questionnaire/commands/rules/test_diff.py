"""Two versions of rules compared, as it is typed: who moves, what git has, and what cannot be read."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.fixture
def edited(rules: Path) -> Path:
    """A second copy in which nights count from 5 on, not from 3."""
    other = Path(shutil.copytree(rules, rules.parent / "edited"))
    card = other / "red_flags" / "often.yaml"
    assert "at_least: 3" in card.read_text()
    card.write_text(
        re.sub(r"nights: [34]\b", "nights: 5", card.read_text().replace("at_least: 3", "at_least: 5"))
    )
    return other


def test_diff_of_a_threshold_names_the_people_between(run, rules: Path, edited: Path) -> None:
    told = json.loads(run("diff", "rules", "edited", "--format", "json", "--people", "2000").stdout)
    assert [(m["before"], m["after"]) for m in told["moves"]] == [("routine", "self_care")]
    assert told["up"] == []
    assert {example["answers"]["nights"] for example in told["down"]} <= {3, 4}
    assert list(told["cards"]) == ["often"]
    text = run("diff", "rules", "edited", "--people", "2000").stdout
    assert "LESS URGENT" in text
    assert "nights: 3" in text
    assert "MORE URGENT" not in text
    markdown = run("diff", "edited", "rules", "--people", "2000", "--format", "md").stdout
    assert "## More urgent" in markdown
    assert "often:" in markdown
    assert "now: “How many nights a week?” is at least 3" in markdown


def test_diff_of_git_revisions(run, rules: Path, edited: Path, tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-q")
    git("add", "rules")
    git("commit", "-qm", "first")
    shutil.rmtree(rules)
    edited.rename(rules)
    git("add", "rules")
    git("commit", "-qm", "second")
    told = json.loads(run("diff", "HEAD~1", "HEAD", "--format", "json", "--people", "500").stdout)
    assert [(m["before"], m["after"]) for m in told["moves"]] == [("routine", "self_care")]
    told = json.loads(run("diff", "HEAD", "rules", "--format", "json", "--people", "500").stdout)
    assert told["moves"] == []
    assert (
        subprocess.run(["git", "status", "--short"], cwd=tmp_path, capture_output=True, check=True).stdout
        == b""
    )


def test_diff_with_what_does_not_load_says_so(run, rules: Path, edited: Path) -> None:
    card = edited / "red_flags" / "often.yaml"
    card.write_text(card.read_text().replace("title:", "titel:"))
    done = run("diff", "rules", "edited")
    assert done.returncode == 2
    assert "“edited” cannot be compared" in done.stderr
    assert "often.yaml:2:1" in done.stderr


def test_vignettes_that_are_pipes_or_broken_are_told(
    run, rules: Path, edited: Path, tmp_path: Path
) -> None:
    cases = tmp_path / "cases"
    cases.mkdir()
    (cases / "broken.yaml").write_text("- nmae: x\n")
    done = run("diff", "rules", "edited", "--people", "0", "--vignettes", "cases")
    assert done.returncode == 0
    assert (
        "NOT COMPARED: these rules cannot read 1 file of vignettes, such as cases/broken.yaml"
        in done.stderr
    )
    os.mkfifo(cases / "pipe.yaml")
    for arguments in (("test", "--rules", "rules"), ("diff", "rules", "edited")):
        done = run(*arguments, "--vignettes", str(cases))
        assert done.returncode == 2, done.stderr
