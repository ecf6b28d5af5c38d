"""The hazard log: no control is missing, and every red flag stands against something."""

import ast
from collections import Counter
from pathlib import Path

from triage.rulebook.rulebook import Rulebook

ROOT = Path(__file__).resolve().parent.parent


def functions(path: Path) -> set[str]:
    return {
        node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)
    }


def test_every_test_that_is_named_exists(rulebook: Rulebook) -> None:
    assert len(rulebook.hazards) > 40
    gone = []
    for hazard in rulebook.hazards.values():
        for control in hazard.controls:
            if control.test is not None:
                file, name = control.test.split("::")
                if not (ROOT / file).exists() or name not in functions(ROOT / file):
                    gone.append((hazard.id, control.test))
    assert gone == []


def test_every_invariant_of_the_panel_stands_against_a_hazard(rulebook: Rulebook) -> None:
    named = {c.invariant for hazard in rulebook.hazards.values() for c in hazard.controls if c.invariant}
    assert len(named) > 40
    assert {entry.id for entry in rulebook.invariants.values() if entry.panel} <= named


def test_every_red_flag_and_pattern_stands_against_a_hazard(rulebook: Rulebook) -> None:
    controls = {c.card for hazard in rulebook.hazards.values() for c in hazard.controls if c.card}
    cards = [card.id for card in (*rulebook.red_flags, *rulebook.patterns) if card.id not in controls]
    assert cards == []


def test_what_can_kill_has_more_than_one_control(rulebook: Rulebook) -> None:
    weak = [h.id for h in rulebook.hazards.values() if h.severity == "death" and len(h.controls) < 2]
    assert weak == []
    severities = Counter(hazard.severity for hazard in rulebook.hazards.values())
    assert severities["death"] > severities["minor"]


def test_ids_are_in_order(rulebook: Rulebook) -> None:
    ids = list(rulebook.hazards)
    assert ids == [f"H{number:02}" for number in range(1, len(ids) + 1)]
