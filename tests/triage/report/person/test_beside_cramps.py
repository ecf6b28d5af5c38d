"""A cramp and another trouble at once: neither page says of one what is true of the other."""

from __future__ import annotations

import pytest

from triage.engine.assess import assess_with
from triage.report.first_page import first_page
from triage.report.formats.text import render_text
from triage.report.person import PersonPage, person_document
from triage.workbench.examples import interviewed

CRAMPS = {"feel": ["hard_knot"], "where": ["calf"], "side": "either", "began": "one_year"}
SPRAIN = {
    **CRAMPS,
    "feel": ["hard_knot", "steady_ache"],
    "where": ["calf", "ankle_heel"],
    "also_fits": ["knock_beside"],
}
NERVE = {
    "feel": ["hard_knot", "steady_ache", "shooting"], "where": ["calf", "buttock", "low_back"], "side": "same_leg",
    "began": "three_months", "also_fits": ["back_to_leg"],
}  # fmt: skip


@pytest.fixture
def assessed(rulebook, reasoner, responses):
    def assess(**answers):
        given = responses(rulebook, **{"age": 58, "sex": "male", "effect": "none", **answers})
        response, _ = interviewed(reasoner, given)
        return assess_with(reasoner, response)

    return assess


def words(document) -> str:
    return " ".join(render_text(document, 80).split())


@pytest.mark.parametrize("both", [SPRAIN, NERVE])
def test_no_page_calls_a_cramp_something_other_than_a_cramp(rulebook, assessed, both) -> None:
    text = words(person_document(assessed(**both), rulebook))
    assert "Ordinary leg cramps at night" in text
    assert rulebook.page.sentence("other_than_a_cramp") not in text
    assert rulebook.page.sentence("beside_the_cramps") in text


def test_without_a_cramp_it_is_said(rulebook, assessed) -> None:
    alone = {**NERVE, "feel": ["steady_ache", "shooting"]}
    assert rulebook.page.sentence("other_than_a_cramp") in words(
        person_document(assessed(**alone), rulebook)
    )


def test_a_sprain_besides_is_a_picture_of_its_own(assessed) -> None:
    assert {found.id for found in assessed(**SPRAIN).patterns} == {"night_cramp", "bruise_or_sprain"}


def test_a_sore_low_back_is_no_trouble_outside_the_legs(assessed) -> None:
    told = assessed(**NERVE)
    assert told.disposition.code == "routine"
    assert not {"not_only_legs_new", "not_only_legs_old"} & {flag.id for flag in told.red_flags}


def test_a_medicine_adds_to_the_cramps_and_not_to_the_nerve(rulebook, assessed) -> None:
    medicines = [{"name": "omeprazole", "started": "long_ago"}]
    page = words(first_page(assessed(**NERVE, medicines=medicines), rulebook))
    assert "Your omeprazole may add to the cramps." in page
    page = words(first_page(assessed(**CRAMPS, medicines=medicines), rulebook))
    assert "(omeprazole) may add to it." in page or "omeprazole may add to it." in page


def test_a_picture_with_a_visit_due_asks_for_no_other_one(rulebook, assessed) -> None:
    """“No better in 6 weeks? Book a visit” beside “book it now”, and “Until then” with nothing before it."""
    alone = {**NERVE, "feel": ["steady_ache", "shooting"], "easing": "no"}
    page = PersonPage(assessed(**alone), rulebook, full=True)
    (nerve,) = (found for found in page.assessment.patterns if found.id == "sciatica")
    assert "No better in 6 weeks? Book an ordinary visit." in nerve.do_now
    assert not [step for step in page.besides_a_visit(nerve.do_now) if "Book" in step]
    at_home = PersonPage(assessed(**{**alone, "easing": "yes"}), rulebook, full=True)
    assert "No better in 6 weeks? Book an ordinary visit." in at_home.besides_a_visit(nerve.do_now)
    veins = rulebook.cards["vein_trouble"].do_now
    assert page.besides_a_visit(veins)[0].startswith("Put the legs up")
