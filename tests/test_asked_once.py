"""Lists that open for those whom they concern, and lines that are not asked again in other words."""

import pytest
from interviews.plainly import PlainReasoner

from triage.engine.effective import hidden_codes
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import TODAY


@pytest.fixture(scope="module")
def shown(rulebook: Rulebook, responses):
    """The lines of a list that are shown to whoever gave these answers before it."""
    reasoner = PlainReasoner(rulebook, TODAY)

    def lines(item: str, **answers) -> set[str]:
        before = {"about": "self", "age": 50, "sex": "male", **answers}
        effective_answers = reasoner.step(responses(rulebook, **before)).effective_answers
        return set(rulebook.items[item].codes) - hidden_codes(rulebook.items[item], effective_answers)

    return lines


def test_a_dizzy_person_is_not_asked_about_lumps_and_one_with_a_lump_not_about_being_cold(shown) -> None:
    dizzy = shown("ill_signs", also_feelings=["dizzy_cold"])
    changed = shown("ill_signs", also_feelings=["body_change"])
    everything = shown("ill_signs", also_feelings=["generally_ill"])
    assert {"lump", "bone_night"} <= changed - dizzy
    assert "cold_slow" in dizzy - changed
    assert dizzy | changed == everything


@pytest.mark.parametrize("doubt", ["generally_ill?", "body_change?"])
def test_whoever_is_not_sure_is_asked_about_everything_the_line_may_mean(shown, doubt) -> None:
    assert {"lump", "bone_night", "thirsty_pee"} <= shown("ill_signs", also_feelings=[doubt])


def test_a_line_that_only_a_theory_reads_is_for_those_who_buy_by_it(shown) -> None:
    assert {"stress"}.isdisjoint(shown("days", bought=["magnesium"]))
    assert "stress" in shown("days", bought=["other_products"])
    assert "sugary" not in shown("drinks_food", bought=[])
