"""rules/README.md: short enough to be read, its recipes work, what it names exists."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from triage.workbench.authoring import reference
from triage.workbench.lint import inspect

ROOT = Path(__file__).resolve().parents[4]
GUIDE = (ROOT / "rules" / "README.md").read_text()


def test_a_clinician_reads_it_in_fifteen_minutes() -> None:
    assert len(GUIDE.splitlines()) <= 400
    prose = re.sub(r"```.*?```", "", GUIDE, flags=re.S)
    assert len(prose.split()) <= 15 * 230  # words a minute


def recipes() -> list[tuple[str, str]]:
    """The snippets under “Five minutes”: where each goes (or the file it is), and the text."""
    part = re.search(r"^## Five minutes\n(.*?)^## ", GUIDE, re.M | re.S)[1]
    found = []
    for section in part.split("\n### ")[1:]:
        places = re.findall(r"`([a-z_/]+\.yaml)`", section.split("```yaml")[0])
        for block in re.findall(r"```yaml\n(.*?)```", section, re.S):
            found.append((places[-1], block))
    return found


def test_the_recipes_load_without_a_problem(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "rules", tmp_path / "rules"))
    assert len(recipes()) == 5
    for name, block in recipes():
        path = folder / name
        if block.startswith("  - "):
            path.write_text(path.read_text().rstrip("\n") + "\n" + block)
        else:
            assert not path.exists()
            path.write_text(block)
    rulebook, problems = inspect(folder)
    assert [problem.render() for problem in problems] == []
    assert rulebook is not None
    assert {"dark_toe", "standing_work", "sit_down_breaks"} <= set(rulebook.cards)
    assert "toe_colour" in rulebook.items
    assert rulebook.medicine("Examplo") is not None


def test_the_commands_it_names_exist() -> None:
    from questionnaire.commands.rules.group import rules

    named = set(re.findall(r"legcramp rules ([a-z]+)", GUIDE))
    assert named <= set(rules.commands)
    assert set(rules.commands) - {"list", "claims"} <= named


@pytest.mark.parametrize("name", re.findall(r"legcramp rules explain ([a-z_-]+)`", GUIDE))
def test_what_it_says_can_be_explained_is_explained(name: str, rulebook) -> None:
    known = name in rulebook.cards or name in rulebook.items or name in rulebook.invariants
    assert known or reference.explain(name)


def test_its_links_lead_to_headings() -> None:
    headings = re.findall(r"^##+ (.*)$", GUIDE, re.M)
    anchors = {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]*)\)", GUIDE)) <= anchors
