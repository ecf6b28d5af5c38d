"""The list of medicines as somebody types it: nothing that is typed is left without a word."""

from __future__ import annotations

import io

from questionnaire.screens.medicines import ask_medicines
from questionnaire.terminal.plain import PlainInterface
from triage.engine.response import MedicineAnswer
from triage.rulebook.rulebook import Rulebook


def typed(rulebook: Rulebook, lines: str) -> tuple[object, str]:
    """What the list is at the end, and all that was said."""
    interface = PlainInterface(io.StringIO(lines), out := io.StringIO())
    item = rulebook.items["medicines"]
    answer = ask_medicines(interface, item, rulebook, (), lambda _: None, lambda: None)
    return answer, " ".join(out.getvalue().split())


def test_enter_alone_says_how_to_end(rulebook: Rulebook) -> None:
    answer, said = typed(rulebook, "\n0\n")
    assert answer == ()
    assert said.count("None at all? Then type 0. Or type the next name.") == 1
    answer, said = typed(rulebook, "ramipril\n\n0\n\n\n1\n")
    assert isinstance(answer, tuple)
    assert [entry.name for entry in answer if isinstance(entry, MedicineAnswer)] == ["ramipril"]
    assert said.count("That was all? Then type 0. Or type the next name.") == 1


def test_a_name_is_asked_about_whether_it_is_one_or_many(rulebook: Rulebook) -> None:
    """“Is HRT patches new?” is no English, and the name is as the person typed it."""
    _, said = typed(rulebook, "HRT patches\n0\n1\n")
    assert "HRT patches: new, or changed in dose, in the last 6 weeks?" in said
