"""What the first page says to a tired person: what it may be, one place to call, nothing cut or twice."""

from __future__ import annotations

import datetime

import pytest
from interviews.plainly import PlainReasoner

from triage.engine.assess import assess_with
from triage.engine.assessment import Assessment
from triage.report.first_page import _FirstPage, first_part
from triage.rulebook.cards import RedFlag
from triage.rulebook.phone_numbers import with_numbers
from triage.rulebook.pronouns import speaks
from triage.rulebook.rulebook import Rulebook

TODAY = datetime.date(2026, 11, 22)


# What the title alone says, or nobody should read a guess about.
NO_GUESS = {
    "mood_plan", "mood_thoughts", "restless_all_over_thoughts", "child_injury_worry", "poison_bite",
    "pregnancy_baby_less", "pregnancy_bleeding_waters",
}  # fmt: skip


def test_every_urgent_card_says_what_it_may_be(rulebook: Rulebook) -> None:
    for card in rulebook.cards.values():
        if isinstance(card, RedFlag) and card.disposition in ("emergency", "same_day"):
            assert bool(card.brief) is (card.id not in NO_GUESS), card.id


def test_a_question_is_never_cut_off_from_its_answer(assessed, rulebook) -> None:
    """“Muscles that stay swollen or weak?” and nothing more helps nobody."""
    result = assessed(age=28, when=["exercise", "hot_days"], days=["hard_training"])
    now = dict(first_part(result, rulebook).blocks[0].lines)["Now"]
    assert "weak? Call your clinic the same day." in now
    for line in (now, *result.disposition.do):
        assert not line.endswith("?")


@pytest.mark.parametrize("pregnancy", ["over_20", "declined", "none"])
def test_nobody_is_left_without_someone_to_call_today(assessed, pregnancy) -> None:
    """Who is pregnant rings one place first; who may be, or does not say, has the clinic's line."""
    said = " ".join(
        assessed(age=35, sex="female", pregnancy=pregnancy, today_leg=["leg_swollen"]).disposition.whom
    )
    assert ("maternity unit" in said) is (pregnancy == "over_20")
    assert ("clinic's urgent line" in said) is (pregnancy != "over_20")


@pytest.mark.parametrize(
    ("signs", "still"),
    [
        ({"emergency_head": ["chest_pain"]}, False),
        ({"emergency_other": ["bladder"]}, False),
        ({"emergency_legs": ["cold_foot"]}, True),
        ({"today_leg": ["leg_swollen"], "conditions": ["sickle"], "sickle_signs": ["fever"]}, True),
    ],
)
def test_a_leg_is_kept_still_only_if_it_is_about_a_leg(assessed, signs, still) -> None:
    """Also where the emergency came up before the legs were asked about."""
    result = assessed(**signs)
    assert result.disposition.code == "emergency"
    assert ("Keep the leg still. Do not rub or heat it." in result.disposition.now) is still


def test_a_reason_that_knows_of_an_illness_stands_first(assessed, rulebook) -> None:
    """A new ache of one thigh may be a clot; with a bleeding illness it is a bleed that is thought of first."""
    told = {"feel": ["steady_ache"], "where": ["thigh"], "began": "two_weeks", "how_often": "constant"}
    for ill, may_be in (([], "A clot in a vein."), (["bleeding"], "A bleed in a muscle or a joint.")):
        result = assessed(age=30, sex="male", side="same_leg", easing="no", conditions=ill, **told)
        assert result.disposition.code == "same_day"
        assert dict(first_part(result, rulebook).blocks[0].lines)["This may be"] == may_be


def test_what_the_headline_says_is_not_said_again_below_it(assessed, rulebook) -> None:
    result = assessed(today_leg=["leg_swollen"])
    now = dict(first_part(result, rulebook).blocks[0].lines)["Now"]
    assert now.startswith("Do not rub or heat the leg")
    assert result.disposition.label not in now


def test_the_sentence_for_the_phone_names_the_leg(assessed, rulebook) -> None:
    result = assessed(today_nerves=["numb_foot"], which_leg="right", conditions=["artery_af_stroke"])
    assert dict(first_part(result, rulebook).blocks[0].lines)["Say"].startswith("“Right leg. ")


def test_what_needs_an_ambulance_never_stands_among_what_can_wait_for_today(assessed, rulebook) -> None:
    """Two lines, each headed by whom to call how soon; the calmer call first, with that for feeling worse."""
    said = first_part(assessed(age=70), rulebook).blocks[0].lines[-2:]
    (today, signs), (now, dangers) = said
    assert (today, now) == ("Call the same day for", "Call your emergency number for")
    assert "fever with leg pain" in signs
    assert signs.endswith("Worse, or worried? Call.")
    assert "Chest pain" in dangers
    assert "Worse" not in dangers
    assert not {"fever", "swells"} & {*dangers.split()}
    assert not {"Chest", "breathing"} & {*signs.split()}


def test_who_is_seen_today_reads_only_what_cannot_wait(assessed, rulebook) -> None:
    *_, (last, dangers) = first_part(assessed(today_leg=["leg_swollen"]), rulebook).blocks[0].lines
    assert last == "Call your emergency number for"
    assert "swelling that spreads fast" in dangers
    assert dangers.endswith("Getting much worse? Call it.")


def test_a_set_number_stands_before_its_signs(assessed, rulebook) -> None:
    """And wherever else a text calls it “your emergency number”, also of another person."""
    settled = with_numbers(rulebook, "999", None)
    result = assess_with(PlainReasoner(settled, TODAY), assessed(age=70).response)
    assert dict(first_part(result, settled).blocks[0].lines)["Call 999 for"].startswith("Chest pain")
    for words in (settled, settled.of_another):
        spoken = [text for part in (words.frame, *words.cards.values()) for text in speaks(part)]
        assert any("999" in text for text in spoken)
        assert not [text for text in spoken if "your emergency number" in text]


def test_what_is_said_more_exactly_comes_first(assessed, rulebook) -> None:
    """“Not like a cramp” says less than numb feet do, and asks for less."""
    result = assessed(
        age=66, feel=["numb_tingling"], began="longer", side="both", also_feelings=["numb_feet"],
        numb_where="both_same", conditions=["diabetes"],
    )  # fmt: skip
    assert {"not_a_cramp", "numb_feet"} <= set(result.disposition.because)
    said = dict(first_part(result, rulebook).blocks[0].lines)
    assert said["Why a visit"].startswith("Numb or burning feet")
    assert "Look at both feet every day" in said["Now"]


def test_no_general_reason_stands_before_another_one(
    rulebook: Rulebook, assessed_cases: list[tuple[str, Assessment]]
) -> None:
    general = {card.id for card in rulebook.cards.values() if isinstance(card, RedFlag) and card.general}
    beside = 0
    for name, result in assessed_cases:
        page = _FirstPage(result, rulebook, full=False)
        setting = page.setting()
        ranks = [(not flag.certain, flag.id in general) for flag in setting]
        assert ranks == sorted(ranks) or any(page.own(flag) for flag in setting), name
        beside += len({general for _, general in ranks}) == 2
    assert beside > 10


def test_a_list_of_medicines_that_is_not_known_is_one_doubt(assessed) -> None:
    """Twenty classes that nobody was asked about by name hid the one sign that mattered."""
    result = assessed(
        age=81, about="cannot_tell", seen_signs=[], also_feelings=["fall?"],
        fall_details=["head_two_days?"], medicines="unsure",
    )  # fmt: skip
    doubts = [one.remark.text for one in result.unresolved if one.remark.item == "medicines"]
    assert doubts == ["Which medicines do they take: not sure"]


def test_which_leg_is_asked_of_one_that_is_guarded(assessed) -> None:
    result = assessed(age=81, about="cannot_tell", seen_signs=["guards_leg"], which_leg="left")
    assert result.response.get("which_leg") == "left"


@pytest.mark.parametrize(
    ("told", "now"),
    [
        # A general reason only says that it should be looked at; the picture says what to do until then.
        (
            {"age": 25, "feel": ["steady_ache"], "where": ["shin"], "when": ["exercise"], "side": "both"},
            "Book it. Leave out what brings it on",
        ),
        (
            {"how_often": "daily"},
            "Book it. Take a list of all you take",
        ),  # night cramps have no step of theirs
        ({"age": 22, "feel": ["twitching"], "how_often": "daily"}, "Book it. Twitches alone,"),
    ],
)
def test_a_general_reason_gives_way_to_what_fits_the_picture(assessed, rulebook, told, now) -> None:
    result = assessed(**told)
    assert result.disposition.code == "routine"
    said = dict(first_part(result, rulebook).blocks[0].lines)["Now"]
    assert said.startswith(now)
    assert said.count("Book") == 1


def test_a_telling_reason_needs_no_general_one(assessed, rulebook) -> None:
    """“Leg trouble that is not like a cramp” says nothing to whoever told of numb feet. Alone it stands."""
    numb = assessed(age=66, feel=["numb_tingling"], where=["foot_toes"], side="both", how_often="daily")
    assert "not_a_cramp" in numb.disposition.because
    assert (
        dict(first_part(numb, rulebook).blocks[0].lines)["Why a visit"]
        == "Numb or burning feet that stay so."
    )
    vague = assessed(age=66, feel=["steady_ache"], where=["thigh"], side="both", how_often="weekly")
    assert "not like a cramp" in dict(first_part(vague, rulebook).blocks[0].lines)["Why a visit"]


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"how_often": "daily", "effect": "none"}, "It comes every day or night."),
        ({"how_often": "weekly", "effect": "spoils_many"}, "It spoils many nights, or the days."),
    ],
)
def test_what_comes_often_is_told_as_it_was(assessed, rulebook, answers, why) -> None:
    """It troubles nobody who said that it troubles nothing."""
    page = dict(first_part(assessed(age=45, **answers), rulebook).blocks[0].lines)
    assert page["Why a visit"] == why


def told(result: Assessment, rulebook: Rulebook, label: str) -> str:
    """What stands behind a label of the first page."""
    return dict(_FirstPage(result, rulebook, False).lines())[label]


@pytest.mark.parametrize(
    ("answers", "may_be", "because"),
    [
        ({"today_nerves": ["numb_foot", "lips_hands_tingle"], "which_leg": "both"}, "nerves", "Feet newly numb, and hands"),
        ({"today_leg": ["constant_pain"], "today_nerves": ["numb_foot"]}, "Too little blood", "A leg with new pain"),
        (
            {"conditions": ["diabetes"], "today_foot": ["hot_joint"], "diabetes_signs": ["foot_wound"]},
            "joint or the foot", "Diabetes, a bad foot",
        ),
    ],
)  # fmt: skip
def test_what_says_more_stands_in_place_of_its_parts(assessed, rulebook, answers, may_be, because) -> None:
    """“A numb foot” beside “numb feet, and hands that tingle” says nothing more, and named another cause."""
    result = assessed(age=58, sex="male", **answers)
    assert may_be in told(result, rulebook, "This may be")
    said = told(result, rulebook, "Because of")
    assert said.startswith(because)
    assert "more reason" not in said


def test_of_an_emergency_each_sign_is_told(assessed, rulebook) -> None:
    """There the plainest sign says best what it is, and all of them are read out."""
    result = assessed(emergency_legs=["cold_foot"], today_nerves=["numb_foot"])
    assert "old" in told(result, rulebook, "Because of")
    alone = assessed(emergency_legs=["cold_foot"])
    assert told(result, rulebook, "This may be") == told(alone, rulebook, "This may be")
