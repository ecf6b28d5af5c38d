"""README cannot lie: its commands exist, CI runs its test command, its answers file is valid."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
SHELL = re.findall(r"```sh\n(.*?)\n```", README, re.DOTALL)


def test_the_two_commands_are_one_line_each_and_need_no_activation() -> None:
    start, test = SHELL
    for command in (start, test):
        assert "\n" not in command
        assert command.startswith("python3 -m venv .venv && ")
        assert "activate" not in command
    assert start.endswith(".venv/bin/legcramp")
    assert test.endswith("-m pytest")


def test_ci_runs_exactly_the_test_command() -> None:
    assert SHELL[1] in (ROOT / ".ci" / "run").read_text().splitlines()


def test_the_answers_file_of_the_readme_is_valid(rulebook) -> None:
    from triage.engine.answers import read_answers

    (example,) = re.findall(r"```json\n(.*?)\n```", README, re.DOTALL)
    response = read_answers(example.encode(), "README.md", rulebook)
    assert set(response.answers) == set(json.loads(example)["answers"])


@pytest.mark.parametrize("line", re.findall(r"^legcramp(.*?)(?:  |$)", README, re.MULTILINE))
def test_every_command_in_the_readme_exists(line: str) -> None:
    words = [w for w in line.split() if w.isalpha() and w.islower()]
    options = [w for w in line.split() if w.startswith("--")]
    command = [w for w in words if w not in ("json",)][:2]
    if command[:1] not in (["rules"], ["sessions"]):
        command = command[:1]
    shown = subprocess.run(
        [sys.executable, "-m", "questionnaire", *command, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for option in options:
        assert option in shown


def test_the_picture_of_the_architecture_has_every_room_and_no_other() -> None:
    (picture,) = re.findall(r"```\n(rules/ .*?)\n```", README, re.DOTALL)
    for room in ("triage", "questionnaire"):
        part = re.search(rf"^{room}/\n((?:  .*\n?)*)", picture, re.MULTILINE)[1]
        drawn = set(re.findall(r"^  ([a-z]+)/", part, re.MULTILINE))
        assert drawn == {place.parent.name for place in (ROOT / room).glob("*/__init__.py")}


def test_where_do_i_change_leads_to_files_that_exist() -> None:
    (table,) = re.findall(r"^\| where do I change.*?\n\n", README, re.DOTALL | re.MULTILINE)
    rows = table.strip().split("\n")[2:]
    assert len(rows) == 14
    for row in rows:
        named = re.findall(r"`([^`]+/[^`]*)`", row)
        assert named, row
        for path in named:
            assert list(ROOT.glob(path.replace("<section>", "*"))), path


def test_its_links_and_pictures_are_there() -> None:
    for path in (*re.findall(r"\]\(([^)#:]+)\)", README), *re.findall(r'src="([^"]+)"', README)):
        assert (ROOT / path).is_file(), path


def test_the_rules_readme_names_every_folder_and_every_test_of_the_language() -> None:
    from triage.conditions.nodes import Comparator
    from triage.rulebook.cards import CARD_FOLDERS

    text = (ROOT / "rules" / "README.md").read_text()
    for name in (*CARD_FOLDERS, "rulebook.yaml", "items/", "medicines.yaml", "claims.yaml", "sources.yaml"):
        assert f"`{name}" in text
    for word in (
        *(c.value for c in Comparator),
        "is_any",
        "includes_any",
        "answered",
        "found",
        "takes",
        "certain",
        "possible",
    ):
        assert word in text
