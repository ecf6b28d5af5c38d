"""What is read out on the phone: the reason, in few words, and nothing that was not told."""

from __future__ import annotations

import re

import pytest

from triage.conditions.leaf import Ticks
from triage.engine.assess import assess_with
from triage.engine.assessment import Assessment
from triage.engine.onset import ONSET
from triage.engine.outcome import lowered
from triage.engine.proxy import in_their_words
from triage.engine.wording.exact_words import one_sentence, spoken_parts
from triage.report.telephone import MOST_WORDS, telephone_script
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import interviewed


@pytest.fixture(scope="module")
def script(rulebook, reasoner, responses):
    def make(**given) -> str:
        response, _ = interviewed(reasoner, responses(rulebook, **given))
        result = assess_with(reasoner, response)
        return " ".join(telephone_script(result, in_their_words(rulebook, result.effective_answers)))

    return make


@pytest.fixture(scope="module")
def calls(
    rulebook: Rulebook, assessed_cases: list[tuple[str, Assessment]]
) -> list[tuple[str, Assessment, tuple[str, ...]]]:
    """Every written case whose result is "today": its name, its assessment, what is said."""
    made = []
    for name, result in assessed_cases:
        said = telephone_script(result, in_their_words(rulebook, result.effective_answers))
        assert bool(said) is (result.disposition.code == "same_day"), name
        if said:
            made.append((name, result, said))
    assert len(made) > 100
    return made


def test_it_is_short_enough_to_read_out(calls) -> None:
    for name, _, said in calls:
        assert 1 <= len(said) <= 3, name
        assert len(" ".join(said).split()) <= MOST_WORDS, name
        for sentence in said:
            assert sentence.endswith("."), name
            assert not re.search(r"[{}<>]|None|\bNoAnswer|: ;|: \.|\.\.|  ", sentence), (name, sentence)


def test_it_names_a_reason_of_the_level(calls, rulebook) -> None:
    for name, result, said in calls:
        if result.disposition.alone:
            assert said == (result.disposition.say,)
            continue
        book = in_their_words(rulebook, result.effective_answers)
        setting = [f for f in result.red_flags if f.id in result.disposition.because and not f.private]
        certain = [f for f in setting if f.certain] or setting
        words = []
        for flag in certain:
            card = book.cards[flag.id]
            parts = spoken_parts(book, card, result.effective_answers, certain=flag.certain)
            words.append(lowered(one_sentence(parts) or card.say or flag.title).replace(": ", ", "))
        assert any(reason in said[0] for reason in words or ["in private"]), (name, said)
        assert ("as this may be so" in said[0]) is (
            bool(setting) and not any(f.certain for f in setting)
        ), name


def test_it_says_nothing_that_was_not_told(calls, rulebook) -> None:
    """Each risk that it names was ticked or chosen, and each part of it comes from an answer or a card."""
    for name, result, said in calls:
        book, told = in_their_words(rulebook, result.effective_answers), set()
        for item, answer in result.effective_answers.items():
            codes = (
                answer.ticked if isinstance(answer, Ticks) else {answer} if isinstance(answer, str) else ()
            )
            options = (book.items[item].option(code) for code in codes)
            told |= {
                lowered(option.text) for option in options if option is not None and not option.private
            }
        told |= {
            f"kidneys, {option.text}"
            for option in book.items["kidneys"].options
            if lowered(option.text) in told
        }
        told |= {f"takes {', '.join(dict.fromkeys(m.name for m in result.medicines))}"}
        names = {m.name for m in result.medicines}
        for sentence in said[1:]:
            if sentence.startswith("It may matter: "):
                for part in sentence.removeprefix("It may matter: ").removesuffix(".").split("; "):
                    known = part in told or set(part.removeprefix("takes ").split(", ")) <= names
                    assert known, (name, part)
        if leg := re.search(r"\(the (left|right) leg\)", " ".join(said)):
            assert result.effective_answers["which_leg"] == leg[1], name
        for number in re.findall(r"\b(?:I am|child of|person of) (\d+)", said[0]):
            assert int(number) == result.effective_answers["age"], name
        private = [f for f in result.red_flags if f.private]
        if not result.disposition.alone:
            assert not any(lowered(f.title) in " ".join(said) for f in private), name


def test_a_swollen_leg(script) -> None:
    said = script(
        age=62, sex="female", today_leg=["leg_swollen"], which_leg="left", conditions=["clot", "diabetes"],
        medicines=[{"name": "warfarin"}],
    )  # fmt: skip
    assert said == (
        "I am 62 and call today because of this: one leg newly swollen, with a blood thinner (the left leg). "
        "It is so now, or was in the last 2 days. It may matter: takes warfarin; a blood clot; diabetes."
    )


def test_the_sign_that_is_seen_is_named_before_the_ache(script) -> None:
    """The danger lines in their order, and before what was told of the cramps."""
    said = script(
        today_leg=["leg_swollen", "constant_pain"],
        feel=["steady_ache"],
        where=["calf"],
        how_often="constant",
    )
    assert said.index("swollen") < said.index("new pain in one leg that stays")


def test_the_pregnancy_is_named(script) -> None:
    said = script(age=31, sex="female", pregnancy="over_20", today_leg=["leg_swollen"], which_leg="right")
    assert "(the right leg)" in said
    assert "It may matter: pregnant, 20 weeks or more." in said


def test_who_calls_for_a_child_says_so(script) -> None:
    said = script(about="child", age=9, child_signs=["limp"])
    assert said.startswith("I call today for a child of 9, because of this: a limp")
    assert "leg)" not in said


def test_who_calls_for_an_adult_says_so(script) -> None:
    assert script(about="adult_can_tell", age=81, today_leg=["fever_leg"]).startswith(
        "I call today for a person of 81, because of this: fever with new pain in one leg ("
    )


def test_an_age_that_is_not_known_is_not_said(script) -> None:
    said = script(age="unsure", today_leg=["leg_swollen"])
    assert said.startswith("I call today because of this: one leg newly swollen")


def test_a_doubt_is_called_one(script) -> None:
    said = script(age=31, sex="female", pregnancy="over_20", pregnancy_signs=["baby_less?"])
    assert "as this may be so" in said
    assert "because of this" not in said


def test_where_it_is_is_said_of_a_sign_that_rests_on_it(script) -> None:
    """A pain in the calf and one in the hip are not the same call; a list of danger signs names no place."""
    ache = {
        "age": 38,
        "sex": "male",
        "feel": ["steady_ache"],
        "began": "two_weeks",
        "how_often": "constant",
        "easing": "no",
    }
    said = script(**ache, where=["calf", "thigh"], side="same_leg", which_leg="left")
    assert "(the left leg, calf, thigh)" in said
    assert "calf," not in script(age=38, today_leg=["leg_swollen"], which_leg="left")


def test_a_sign_in_no_leg_names_no_leg(script) -> None:
    said = script(
        age=50,
        side="same_leg",
        which_leg="left",
        bought=["potassium"],
        conditions=["kidney_trouble"],
        kidneys="weak",
    )
    assert "potassium" in said
    assert "leg)" not in said
    assert "you" not in said.split()


def test_a_reason_that_another_one_says_with_more_is_not_said_twice(script) -> None:
    said = script(age=62, today_leg=["leg_swollen"], which_leg="left", medicines=[{"name": "apixaban"}])
    assert said.count("one leg newly swollen") == 1


def test_since_when_is_said_of_trouble_that_was_not_asked_about_a_time(script) -> None:
    said = script(
        age=71, feel=["steady_ache"], began="two_weeks", side="same_leg", conditions=["artery_af_stroke"]
    )
    assert (
        "(the left leg, calf). The leg trouble first started in the last 2 weeks. It may matter: artery"
        in said
    )


def test_old_cramps_do_not_make_a_new_sign_an_old_one(script) -> None:
    said = script(age=71, began="longer", also_feelings=["passed_sign"], passed_signs=["sight"])
    assert "sight lost in one eye" in said
    assert "first started" not in said


def test_no_sign_for_today_speaks_to_you(rulebook: Rulebook) -> None:
    """It is read out by the person."""
    for card in rulebook.red_flags:
        if (
            "same_day" in (card.disposition, card.if_unsure)
            and card.own_page is None
            and not card.id.startswith("child_injury")
        ):
            assert not re.search(r"\byou\b|\byour\b", card.say or card.title), card.id


def test_what_it_asks_for_is_in_the_rules(rulebook: Rulebook) -> None:
    for name, codes in ((rulebook.page.call.side, ("left", "right")), (ONSET, ("longer", "two_weeks"))):
        assert set(codes) <= set(rulebook.items[name].codes), name
    (window,) = [w for w in rulebook.frame.windows if w.say]
    assert "today_leg" in window.items


def test_what_a_reason_names_is_no_risk_besides(script) -> None:
    said = script(age=63, conditions=["diabetes", "cancer"], diabetes_signs=["foot_wound"])
    assert "diabetes, and a sore, hot or swollen foot" in said
    assert said.count("diabetes") == 1
    assert "It may matter: cancer." in said
    weak = script(age=72, kidneys="weak", salt_signs=["odd_heartbeat"])
    assert weak.count("kidneys") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A child with fever", "a child with fever"), ("I think so", "I think so"), ("AF or a stroke", "AF or a stroke"),
        ("Addison's disease", "Addison's disease"), ("One leg", "one leg"), ("", ""),
    ],
)  # fmt: skip
def test_a_name_keeps_its_capital_within_a_sentence(text, said) -> None:
    assert lowered(text) == said
