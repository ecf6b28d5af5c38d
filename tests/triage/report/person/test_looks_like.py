"""What the first page says it looks like: a picture that fits, and the illness or the medicine behind it."""

from __future__ import annotations

import pytest

from triage.engine.assessment import Assessment
from triage.report.first_page import _FirstPage, first_part
from triage.rulebook.checks.wording import JARGON
from triage.rulebook.rulebook import Rulebook


def looks(result: Assessment, rulebook: Rulebook) -> tuple[str, str]:
    return first_part(result, rulebook).blocks[0].lines[0]


NUMB = {"feel": [], "also_feelings": ["numb_feet"], "numb_where": "both_same"}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({**NUMB, "conditions": ["diabetes"]}, "Your diabetes may be behind it."),
        ({**NUMB, "numb_where": "unsure", "conditions": ["diabetes"]}, "Your diabetes may play a part."),
        ({"feel": ["hard_knot"], "conditions": ["thyroid"]}, "Your thyroid disease may add to it."),
        ({"conditions": ["kidney_trouble"], "kidneys": "weak"}, "Ordinary night cramps."),  # why a visit
    ],
)
def test_an_illness_that_may_be_the_reason_is_named(assessed, rulebook, told, said) -> None:
    """Once on the page: where the reason for a visit names it, that is enough."""
    result = assessed(age=60, **told)
    assert looks(result, rulebook)[1].endswith(said)
    page = " ".join(text for _, text in first_part(result, rulebook).blocks[0].lines)
    assert page.count(said.split()[1]) == 1


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"feel": ["hard_knot"]}, True),
        ({"feel": ["urge_to_move"], "rls_signs": ["rest", "moving", "evening"]}, False),
        (NUMB, False),
    ],
)
def test_what_is_linked_with_cramps_stands_beside_cramps_only(assessed, rulebook, told, named) -> None:
    result = assessed(age=60, medicines=[{"name": "simvastatin", "started": "long_ago"}], **told)
    assert result.patterns
    assert ("simvastatin" in looks(result, rulebook)[1]) is named


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["indapamide"], "Your water tablet (indapamide) may add to it."),
        (["ramipril", "amlodipine"], "Your blood pressure tablets (ramipril, amlodipine) may add to it."),
        (["water tablet"], ""),  # a kind is no name, and belongs to no class for sure
    ],
)
def test_a_medicine_stands_with_its_kind(assessed, rulebook, names, said) -> None:
    """Whoever does not know the name knows what it is for; where somebody typed the kind it is not added."""
    result = assessed(age=60, medicines=[{"name": name, "started": "2010"} for name in names])
    told = looks(result, rulebook)[1]
    assert said in told
    assert "water tablet (water tablet)" not in told


def test_the_kind_gives_way_where_the_page_has_no_room(assessed, rulebook) -> None:
    page = _FirstPage(
        assessed(age=60, medicines=[{"name": "indapamide", "started": "2010"}]), rulebook, False
    )
    assert "water tablet" in dict(page.picture())["This looks like"]
    below = [("Now", "Wait. " * 300)]
    assert dict(page.picture(below))["This looks like"].endswith(
        "Your indapamide may add to it. Keep taking what was prescribed. Ask at the visit."
    )


def test_every_kind_is_in_plain_words(rulebook: Rulebook) -> None:
    kinds = [one.plain for one in rulebook.classes.values() if one.plain]
    assert len(kinds) > 40
    assert not [
        kind for kind in kinds if JARGON.search(kind) or not kind[0].isalpha() or kind.endswith("s")
    ]


def test_without_a_picture_nothing_is_said_to_look_like_one(assessed, rulebook) -> None:
    assert looks(assessed(feel=["steady_ache"], trend="same"), rulebook) == (
        "What it is",
        "We cannot tell from the answers.",
    )


def test_numb_feet_need_not_be_ticked_twice(assessed, rulebook) -> None:
    """It was said of the feeling itself, of both feet, every day; “also” asks for what comes besides."""
    result = assessed(
        age=64, feel=["numb_tingling"], where=["foot_toes"], side="both", how_often="daily", began="longer",
        also_feelings=[], conditions=["diabetes"],
    )  # fmt: skip
    said = dict(first_part(result, rulebook).blocks[0].lines)
    assert said["This looks like"].startswith("Harmed nerves in the feet. Your diabetes may be behind it.")
    assert "Look at both feet every day" in said["Now"]


def test_nothing_is_called_ordinary_beside_a_visit_within_a_week(assessed, rulebook) -> None:
    """“Ordinary night cramps” comforts somebody who lost weight for months."""
    calm = assessed()
    soon = assessed(also_feelings=["body_change"], ill_signs=["losing_weight"])
    assert soon.disposition.code == "soon"
    looks = [
        dict(first_part(result, rulebook).blocks[0].lines)["This looks like"] for result in (calm, soon)
    ]
    assert looks[0].startswith("Ordinary night cramps.")
    assert looks[1].startswith("Cramps at night. But it needs a look.")


def test_a_medicine_that_is_a_reason_twice_is_named_once(assessed, rulebook) -> None:
    result = assessed(medicines=[{"name": "furosemide"}, {"name": "spironolactone"}])
    said = dict(first_part(result, rulebook).blocks[0].lines)["This looks like"]
    assert said.count("spironolactone") == said.count("furosemide") == 1
    assert "other medicines" not in said


def test_poor_blood_flow_on_walking_is_no_picture_of_the_young(assessed, rulebook) -> None:
    """A boy of 14 was told of too little blood in the legs (a story told in public)."""
    for age, pictured in ((14, False), (39, False), (40, True), (66, True)):
        told = assessed(
            age=age, child_picture="other", feel=["walking_pain"], where=["calf"], walk_signs=["stop_gone"],
        )  # fmt: skip
        assert ("claudication" in {pattern.id for pattern in told.patterns}) is pictured
        assert any(flag.id.startswith(("walking_pain", "child")) for flag in told.red_flags)


def test_numb_only_in_the_cold_is_no_harmed_nerve(assessed, rulebook) -> None:
    cold = {
        "age": 30, "sex": "female", "pregnancy": "none", "feel": ["numb_tingling"], "where": ["foot_toes"], "side": "both",
        "how_often": "daily", "also_feelings": ["passed_sign"], "passed_signs": ["cold_fingers"],
    }  # fmt: skip
    only = assessed(**cold, when=["cold"])
    assert [pattern.id for pattern in only.patterns] == ["raynaud"]
    assert "numb_feet" not in {flag.id for flag in only.red_flags}
    also = assessed(**cold, when=["cold", "night_bed"])
    assert "neuropathy" in {pattern.id for pattern in also.patterns}
    diabetes = assessed(**cold, when=["cold"], conditions=["diabetes"])  # cold feet can be numb feet then
    assert "numb_feet" in {flag.id for flag in diabetes.red_flags}
