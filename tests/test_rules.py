"""The built-in rules: every example and every vignette goes as its author expects.

The vignettes are interviewed with the plain evaluator; the rule network then says the same of the end of a part
of them, and of every step of a few.
"""

import pytest
from interviews.plainly import PlainReasoner
from interviews.written_cases import read_cases

from triage.engine.inference import Reasoner
from triage.report.clinician.page import clinician_document
from triage.report.first_page import first_page
from triage.report.formats.text import render_text
from triage.rulebook.model import LEVELS
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import TODAY, Outcome, interviewed, try_examples
from triage.workbench.vignettes import Vignette, try_vignette


def test_every_example(rulebook: Rulebook) -> None:
    outcomes = list(try_examples(rulebook))
    assert len(outcomes) > 1000
    assert [p.render() for outcome in outcomes for p in outcome.problems] == []


@pytest.fixture(scope="module")
def reasoner(rulebook: Rulebook) -> Reasoner:
    return Reasoner(rulebook, TODAY)


@pytest.fixture(scope="module")
def cases(rulebook: Rulebook) -> list[Vignette]:
    return read_cases(rulebook)


def test_every_vignette(tried: list[Outcome]) -> None:
    assert len(tried) > 300
    assert [p.render() for outcome in tried for p in outcome.problems] == []


@pytest.fixture(scope="module")
def first(tried: list[Outcome]) -> dict[str, int]:
    """The number of the first vignette with each disposition and each pattern."""
    numbered = reversed(list(enumerate(tried)))
    first = {what: n for n, outcome in numbered for what in (outcome.got, *patterns(outcome))}
    assert set(LEVELS) <= set(first)
    return first


def test_the_network_concludes_the_same_of_vignettes(
    reasoner: Reasoner, tried: list[Outcome], first: dict[str, int]
) -> None:
    """At the end of the interview: every goal, how urgent, what is due.

    Of every ninth, and of the first with each disposition and pattern. That the network concludes the same of
    every goal, whatever it reads, is tried in ``conformance``.
    """
    plain = PlainReasoner(reasoner.rulebook, TODAY)
    for number in sorted({*range(0, len(tried), 9), *first.values()}):
        assessment = tried[number].assessment
        assert assessment is not None
        response = assessment.response
        assert reasoner.step(response) == plain.step(response), tried[number].name


def test_interviews_with_the_network_go_the_same_way(
    reasoner: Reasoner, cases: list[Vignette], tried: list[Outcome], first: dict[str, int]
) -> None:
    """Every step of every fiftieth vignette, and of the first with each disposition."""
    for number in {*range(0, len(cases), 50), *(first[level] for level in LEVELS)}:
        assert try_vignette(cases[number], reasoner) == tried[number]


def patterns(outcome: Outcome) -> list[str]:
    assert outcome.assessment is not None
    return [pattern.id for pattern in outcome.assessment.patterns]


def test_dark_thoughts_stay_off_the_page(rulebook: Rulebook, reasoner: Reasoner, responses) -> None:
    from triage.engine.assess import assess_with

    given = responses(rulebook, effect="spoils_many", mood="thoughts")
    response, _ = interviewed(reasoner, given)
    result = assess_with(reasoner, response)
    page = render_text(clinician_document(result, rulebook)).casefold()
    for word in ("death", "suicid", "mood", "ending"):
        assert word not in page
    assert "please ask alone" in " ".join(page.split())
    assert "crisis line" in render_text(first_page(result, rulebook)).casefold()


def test_a_tick_list_without_any_answer_is_one_reason_not_six(rulebook, reasoner, responses) -> None:
    from triage.engine.assess import assess_with

    given = responses(
        rulebook, age=88, emergency_head="unsure", emergency_legs="unsure", emergency_other="unsure"
    )
    response, _ = interviewed(reasoner, given)
    page = render_text(clinician_document(assess_with(reasoner, response), rulebook))
    words = " ".join(page.split())
    for group, lines in (("head", 6), ("legs", 6), ("other", 6)):
        said = f"NOT SURE: no line answered of “Signs that need help at once” (emergency {group}, {lines} lines)"
        assert said in words
    assert page.count("NOT SURE") == 3


def test_what_is_to_be_done_instead_is_shown_wherever_it_is_named(rulebook: Rulebook) -> None:
    """“Use the way to do it sitting down”, on a result that never shows that way, helps nobody at night."""
    for card in rulebook.advice:
        for guard in card.guards:
            if guard.instead:
                other = rulebook.cards[guard.instead]
                assert set(card.shown_at) <= set(other.shown_at), (card.id, other.id)  # type: ignore[union-attr]
