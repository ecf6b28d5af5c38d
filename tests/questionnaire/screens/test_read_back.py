"""A danger sign that was ticked is read back once, with what is not meant by it."""

from __future__ import annotations

import io

import pytest

from questionnaire.screens.question import read_back
from questionnaire.terminal.page import WHOLE
from questionnaire.terminal.plain import PlainInterface
from questionnaire.terminal.prompts.prompt_interface import PromptInterface
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
    verdict = read_back(PlainInterface(io.StringIO("1\nn\n"), out), ReadBack(asked, code, sure))
    said = " ".join(out.getvalue().split())
    option = asked.option(code)
    assert option is not None
    assert option.text in said
    assert not_meant in said if not_meant else "not meant" not in said
    assert verdict is Confirmation.NO
    assert "Please type y, n or u." in said  # the number of the line once more is no answer


def test_no_yes_can_be_meant_for_what_is_not_meant(rulebook: Rulebook) -> None:
    """“Only the ankle? That is not meant. Is that right?” made y, for yes, a danger sign."""
    for item, code, off in (
        ("today_leg", "leg_swollen", "n: Take it off: it is only what is not meant, or a mistake."),
        ("today_leg", "pop_calf", "n: Take it off: I ticked it by mistake."),
        ("emergency_other", "saddle", "n: Take it off: I ticked it by mistake."),
    ):
        out = io.StringIO()
        verdict = read_back(
            PlainInterface(io.StringIO("y\n"), out), ReadBack(rulebook.items[item], code, True)
        )
        said = " ".join(out.getvalue().split())
        assert f"Does this tick stay? y: Keep the tick: it is true. {off} u: Not sure." in said
        assert "right?" not in said
        assert verdict is Confirmation.YES


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (50, 20)])
@pytest.mark.parametrize("sure", [True, False])
def test_every_read_back_fits_one_screen(rulebook: Rulebook, monkeypatch, columns, rows, sure) -> None:
    """Also below what was taken off just before, and after a wrong key."""
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("LINES", str(rows))
    for item in rulebook.items.values():
        for code in item.codes if item.read_back else ():
            interface, typed, heights = PromptInterface(), ["1", "7", "n"], []

            def line(question: str, interface=interface, typed=typed, heights=heights, **_: object) -> str:
                heights.append(len(interface.shown.rows(WHOLE)) + 1)
                return typed.pop(0)

            monkeypatch.setattr(interface, "line", line)
            interface.notice("Line 2 is taken off.")
            assert read_back(interface, ReadBack(item, code, sure)) is Confirmation.NO
            assert max(heights) <= rows, (item.id, code)
            assert heights[1] == heights[2]


def test_what_is_not_meant_by_a_line_stands_in_its_list_too(rulebook: Rulebook) -> None:
    """Who asks for help before ticking reads no less than who is asked afterwards."""
    lists = [item for item in rulebook.items.values() if item.read_back and item.type == "choices"]
    told = [(item, option) for item in lists for option in item.options if option.help]
    assert len(told) > 15
    assert [option.code for item, option in told if not item.help] == []
