"""A danger sign that was ticked is read back once, with what is not meant by it."""

from __future__ import annotations

import io

import pytest

from questionnaire.screens.question import read_back
from questionnaire.terminal.plain import PlainInterface
from triage.engine.interview.events import Confirmation, ReadBack
from triage.rulebook.rulebook import Rulebook


@pytest.mark.parametrize("sure", [True, False])
@pytest.mark.parametrize(
    ("item", "code", "not_meant"),
    [
        ("today_leg", "leg_swollen", "Only the ankle is thick since a twist, and it bears your weight? That is not meant, unless"),
        ("emergency_other", "dark_urine", "Pee that is dark yellow in the morning is not meant."),
        ("today_leg", "pop_calf", None),
    ],
)  # fmt: skip
def test_what_is_not_meant_stands_where_it_is_asked_once_more(
    rulebook: Rulebook, item: str, code: str, not_meant: str | None, sure: bool
) -> None:
    out = io.StringIO()
    asked = rulebook.items[item]
    verdict = read_back(PlainInterface(io.StringIO("n\n"), out), ReadBack(asked, code, sure))
    said = " ".join(out.getvalue().split())
    option = asked.option(code)
    assert option is not None
    assert option.text in said
    assert not_meant in said if not_meant else "not meant" not in said
    assert verdict is Confirmation.NO


def test_what_is_not_meant_by_a_line_stands_in_its_list_too(rulebook: Rulebook) -> None:
    """Who asks for help before ticking reads no less than who is asked afterwards."""
    lists = [item for item in rulebook.items.values() if item.read_back and item.type == "choices"]
    told = [(item, option) for item in lists for option in item.options if option.help]
    assert len(told) > 15
    assert [option.code for item, option in told if not item.help] == []
