"""What must be true of the clinician's page of anybody: each a name and what is wrong, if something is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pages.denial_truths import (
    denials_are_grouped_by_system,
    nothing_present_is_denied,
    only_what_can_be_is_denied,
)
from pages.parts import banner, contributors, paragraphs, rows
from triage.conditions.leaf import Medicines, NoAnswer, Ticks
from triage.engine.assessment import Assessment
from triage.engine.onset import cannot_contribute
from triage.report.document import Document
from triage.rulebook.rulebook import Rulebook

Truth = Callable[[Assessment, Document, Rulebook], Iterator[str]]
UNASKED = (NoAnswer.NOT_ASKED, NoAnswer.UNREACHABLE)


def the_leg_stands_on_top(result: Assessment, page: Document, book: Rulebook) -> Iterator[str]:
    answer = result.effective_answers.get("which_leg", NoAnswer.NOT_ASKED)
    top = dict(banner(page)[:3])
    if answer in UNASKED:
        legs = {
            "same_leg": "Always the same leg",
            "either": "Either leg (alternating)",
            "both": "Both legs together",
        }
        side = result.effective_answers.get("side", NoAnswer.NOT_ASKED)
        silent = {"unsure": "not sure", "declined": "not answered"}
        known = silent.get(side.value) if isinstance(side, NoAnswer) else legs[str(side)]
        if top.get("Side") != known:
            yield f"which legs: {top.get('Side')}, not {known}"
    elif isinstance(answer, str):
        words = {"both": "Both legs", "whole_side": "One side of the body (leg with arm, face or trunk)"}
        if top.get("Side") != words.get(answer, f"{answer.capitalize()} leg"):
            yield f"not said which leg: {top}"
    elif top.get("Side") not in ("Leg: not sure", "Leg: not answered"):
        yield f"not said that the leg is not known: {top}"


def who_and_when_stand_on_top(result: Assessment, page: Document, book: Rulebook) -> Iterator[str]:
    (who, said), (date, told) = banner(page)[:2]
    if (who, date) != ("Who", "Date") or result.date.isoformat() not in told:
        yield f"{who}, {date}: {told}"
    age, sex = (result.effective_answers.get(item) for item in ("age", "sex"))
    if (f"Age {age}" if isinstance(age, int) else "Age: not") not in said:
        yield f"age {age}: {said}"
    if (
        sex if sex in ("male", "female") else "sex recorded" if sex == "other" else "Sex at birth: not"
    ) not in said:
        yield f"sex {sex}: {said}"
    if "nswered by" not in told and "Respondent: not" not in told:
        yield f"who answered: {told}"


def the_onset_is_never_left_open(result: Assessment, page: Document, book: Rulebook) -> Iterator[str]:
    said = rows(page).get("Onset / trend", "")
    answer = result.effective_answers.get("began", NoAnswer.NOT_ASKED)
    if answer in UNASKED:
        typed = isinstance(result.effective_answers.get("since_words"), str)
        if not said.startswith("onset: in own words above" if typed else "onset: not asked"):
            yield said
    elif not said.casefold().startswith("onset"):
        yield said


def none_and_not_asked_are_two_things(result: Assessment, page: Document, book: Rulebook) -> Iterator[str]:
    """For medicines, products and allergies."""
    text = paragraphs(page)
    for item, label in (("medicines", "Prescribed"), ("bought", "OTC"), ("allergies", "Allergies")):
        answer = result.effective_answers.get(item, NoAnswer.NOT_ASKED)
        silent = {
            NoAnswer.NOT_ASKED: "not asked", NoAnswer.UNREACHABLE: "not asked",
            NoAnswer.UNSURE: "not sure", NoAnswer.DECLINED: "not answered",
        }  # fmt: skip
        wanted = silent[answer] if isinstance(answer, NoAnswer) else ""
        if isinstance(answer, Medicines) and not answer.taken:
            wanted = "none taken"
        if item == "bought" and isinstance(answer, Ticks) and not answer.ticked | answer.unsure:
            wanted = "none of the products listed"
        if wanted and f"{label}: {wanted}" not in text:
            yield f"{label}: not “{wanted}” in “{text}”"
        if not wanted and any(f"{label}: {word}" in text for word in ("none", "not asked", "not answered")):
            yield f"{label} was told: {text}"


def wells_items_are_each_as_answered(result: Assessment, page: Document, book: Rulebook) -> Iterator[str]:
    said = rows(page).get("Wells items")
    today = result.effective_answers.get("today_leg")
    signs = isinstance(today, Ticks) and (today.ticked | today.unsure) & {
        "leg_swollen", "constant_pain", "red_hot_patch",
    }  # fmt: skip
    pregnant = result.effective_answers.get("pregnancy") in (
        "under_20", "over_20", "weeks_unknown", "ended_6_weeks",
    )  # fmt: skip
    if bool(said) is not (bool(signs) and not pregnant):
        yield f"Wells: {said}"
    if not said:
        return
    places = dict(part.split(": ", 1) for part in said.split("; ") if ": " in part)
    for item, code in (
        ("today_leg", "leg_swollen"), ("lately", "operation_cast_bed"), ("lately", "cancer_care"),
        ("conditions", "clot"),
    ):  # fmt: skip
        answer = result.effective_answers.get(item, NoAnswer.NOT_ASKED)
        words = book.items[item].option(code).clinical_yes
        wanted = (
            ("present" if code in answer.ticked else "not sure" if code in answer.unsure else "denied")
            if isinstance(answer, Ticks)
            else {"unsure": "not sure", "declined": "not answered"}.get(answer.value, "not asked")
        )
        conditions = result.effective_answers.get("conditions")
        no_cancer = isinstance(conditions, Ticks) and "cancer" not in conditions.ticked | conditions.unsure
        if code == "cancer_care" and wanted == "not asked" and no_cancer:
            wanted = "denied"
        if words not in places.get(wanted, ""):
            yield f"{words} is {wanted}: {said}"


def clot_risks_stand_beside_the_leg(result: Assessment, page: Document, book: Rulebook) -> Iterator[str]:
    """Whatever makes a clot more likely stands in “Because”, if a swollen or sore leg set the level."""
    setting = {"leg_swollen", "constant_pain", "pregnancy_leg_sore_swollen"} & set(
        result.disposition.because
    )
    if not setting:
        return
    because = dict(banner(page))["Because"]
    wanted: list[str] = []
    for item, codes in (
        (
            "lately",
            ("operation_cast_bed", "long_trip", "cancer_care", "clot_self_family", "hormones", "injecting"),
        ),
        ("conditions", ("clot", "cancer")),
    ):
        answer = result.effective_answers.get(item)
        ticked = answer.ticked if isinstance(answer, Ticks) else frozenset()
        wanted += [book.items[item].option(code).clinical_yes for code in codes if code in ticked]
    pregnancy = result.effective_answers.get("pregnancy")
    if pregnancy in ("under_20", "over_20", "weeks_unknown", "ended_6_weeks"):
        wanted.append(book.items["pregnancy"].option(pregnancy).clinical_yes)
    taken = result.effective_answers.get("medicines")
    if isinstance(taken, Medicines):
        wanted += [one.name for one in taken.taken if one.classes and "clot_risk" in one.classes]
    yield from (f"{risk} is not in: {because}" for risk in wanted if risk not in because)


def each_test_is_named_once(result: Assessment, page: Document, book: Rulebook) -> Iterator[str]:
    tests = [test.partition(" if ")[0] for test in rows(page).get("Tests", "").split("; ")]
    parts = [part for test in tests for part in test.split("/")]
    if len({*parts}) < len(parts) or ("U&E" in parts and {"K", "Na"} & {*parts}):
        yield str(tests)


def frequency_is_said_of_what_was_asked(
    result: Assessment, page: Document, book: Rulebook
) -> Iterator[str]:
    often = result.effective_answers.get("how_often") in ("three_plus_nights", "daily", "constant")
    spoilt = result.effective_answers.get("effect") == "spoils_many"
    said = dict(banner(page))["Because"]
    if "≥3/wk" in said or (re.search("≥3 (times|nights)", said) and not (often or spoilt)):
        yield said


def what_they_were_told_was_shown(result: Assessment, page: Document, book: Rulebook) -> Iterator[str]:
    """The pages here are of people of whom it is not known that they saw anything."""
    text = [*rows(page).values(), *page.footer]
    yield from (line for line in text if re.search("Told|was told|was shown|Safety-net given", line))


def no_medicine_that_came_later_contributes(
    result: Assessment, page: Document, book: Rulebook
) -> Iterator[str]:
    taken = result.effective_answers.get("medicines")
    if not isinstance(taken, Medicines) or not result.factors:
        return
    later = [one.name for one in taken.taken if cannot_contribute(one, result.effective_answers)]
    for behind, links in contributors(page).items():
        if any(f"Takes {name}" in behind for name in later):
            yield f"{behind}: {links}, though later: {later}"


def a_picture_never_stands_for_an_urgent_sign(
    result: Assessment, page: Document, book: Rulebook
) -> Iterator[str]:
    """Who must be seen today, or now, has a picture only beside the sign: it does not explain that."""
    said = dict(banner(page))
    urgent = result.disposition.code in ("emergency", "same_day")
    titles = [pattern.title for pattern in result.patterns]
    label = "Coexists" if urgent else "Picture"
    if {"Coexists", "Picture"} & {*said} != ({label} if titles else set()):
        yield f"{titles}: {said}"
    shown = said.get(label, "")
    yield from (f"no “{title}” in “{shown}”" for title in titles if title not in shown)
    if (
        urgent
        and titles
        and not shown.endswith((" - does not explain the above", " - does not exclude it"))
    ):
        yield f"it stands for the sign: {shown}"
    reasons = said["Because"]
    if urgent:
        cards = [book.cards[pattern.id].clinician for pattern in result.patterns]
        yield from (f"a reason of today: {words}" for words in cards if words in reasons)


TRUTHS: tuple[Truth, ...] = (
    the_leg_stands_on_top,
    who_and_when_stand_on_top,
    the_onset_is_never_left_open,
    none_and_not_asked_are_two_things,
    wells_items_are_each_as_answered,
    clot_risks_stand_beside_the_leg,
    no_medicine_that_came_later_contributes,
    denials_are_grouped_by_system,
    nothing_present_is_denied,
    each_test_is_named_once,
    frequency_is_said_of_what_was_asked,
    what_they_were_told_was_shown,
    a_picture_never_stands_for_an_urgent_sign,
    only_what_can_be_is_denied,
)


def untruths(result: Assessment, page: Document, book: Rulebook) -> list[str]:
    """Everything that is not as it should be, each with the name of what should hold."""
    return [f"{truth.__name__}: {said}" for truth in TRUTHS for said in truth(result, page, book)]
