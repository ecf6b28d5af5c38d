"""rules/README.md: its made parts are up to date, its recipes work, every code is explained and shown."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import pytest
import rules_readme
from rules_readme import IN_WORDS, TABLES, exhibits, generated

from triage.rulebook import cards, evidence, hazards, invariants, model
from triage.rulebook.frozen import Frozen, keys_of
from triage.rulebook.keys import MEANING, meaning
from triage.rulebook.medicines import words as medicine_words
from triage.workbench.authoring.problem_codes import CODES
from triage.workbench.lint import inspect

ROOT = Path(__file__).resolve().parents[4]
README = ROOT / "rules" / "README.md"
SAYING = {"Problem", "say", "_say", "_report", "_stop", "_twice", "_refused"}
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
                if name in SAYING:
                    words = [a.value for a in call.args[:2] if isinstance(a, ast.Constant)]
                    found |= {word for word in words[:1] if isinstance(word, str) and CODE.match(word)}
    return found


def test_the_made_parts_are_up_to_date() -> None:
    """If not: python tests/rules_readme.py"""
    assert README.read_text() == generated(README.read_text())


def test_every_code_is_explained_and_none_besides() -> None:
    assert codes_in_the_source() == set(CODES)


def test_every_code_has_a_test() -> None:
    """An exhibit of the museum; or, where no file can show it, a test that names it."""
    tests = "\n".join(
        p.read_text() for p in (ROOT / "tests").rglob("test_*.py") if p.name != Path(__file__).name
    )
    without = [code for code in CODES if code not in exhibits() and f'"{code}"' not in tests]
    assert without == []
    assert set(IN_WORDS) == set(CODES) - set(exhibits())


def test_every_key_has_a_meaning_and_none_is_left_over() -> None:
    models = [
        thing
        for module in (model, cards, evidence, hazards, invariants, medicine_words)
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Frozen) and thing is not Frozen
    ]
    assert {m.__name__ for m in TABLES.values()} <= {m.__name__ for m in models}
    keys = {(m.__name__, key) for m in models for key in keys_of(m)}
    assert [key for key in keys if not meaning(*key)] == []
    known = {key for _, key in keys} | {f"{name}.{key}" for name, key in keys}
    assert set(MEANING) - known == set()


def recipes() -> list[tuple[str, str]]:
    """The snippets under “Five minutes”: where each goes (or the file it is), and the text."""
    part = re.search(r"^## Five minutes\n(.*?)^## ", README.read_text(), re.M | re.S)[1]
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

    named = set(re.findall(r"legcramp rules ([a-z]+)", README.read_text()))
    assert named <= set(rules.commands)
    assert set(rules.commands) - {"list", "claims"} <= named


@pytest.mark.parametrize("code", CODES)
def test_explain_shows_what_the_readme_says(code: str) -> None:
    from questionnaire.commands.rules.looking import _code

    said = _code(code)
    assert CODES[code][:60] in said
    assert "Broken" in said
    assert "Mended" in said
    assert rules_readme.SMALL.is_dir()
