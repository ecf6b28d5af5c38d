"""A clinic's own rulebook on the built-in one: what it may do, and what it must sign for."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import replace

import pytest
from clinic import FRAME, NEW_FLAG, NEW_QUESTION, Write, codes, loose, signed

from triage.overlays.signatures import code, loosenings
from triage.rulebook.load import load
from triage.rulebook.rulebook import Rulebook
from triage.workbench.lint import inspect


def test_three_lines_are_an_overlay_and_change_nothing(clinic: Write, rulebook: Rulebook) -> None:
    made, problems = inspect(clinic())
    assert problems == []
    assert made is not None
    assert made.cards == rulebook.cards
    assert list(made.items) == list(rulebook.items)
    assert made.frame.id == "my_clinic"
    assert made.sha256 != rulebook.sha256
    assert made.base is not None
    assert made.base.sha256 == rulebook.sha256


def test_it_may_add_a_question_and_a_red_flag(clinic: Write, rulebook: Rulebook) -> None:
    folder = clinic({"items/feelings.yaml": NEW_QUESTION, "red_flags/purple_toe.yaml": NEW_FLAG})
    made, problems = inspect(folder)
    assert [problem.render() for problem in problems] == []
    assert made is not None
    assert set(made.cards) - set(rulebook.cards) == {"purple_toe"}
    assert set(made.items) - set(rulebook.items) == {"toe_colour"}
    section = [item.id for item in made.items.values() if item.section == "feelings"]
    assert section[-1] == "toe_colour"


def test_it_may_change_words_and_be_more_careful(clinic: Write, rulebook: Rulebook) -> None:
    files = {
        "red_flags/headache_jaw_50.yaml": "id: headache_jaw_50\ndo_now: Ring our desk today, and ask for the nurse.\n"
        "disposition: emergency\n",
        "items/who.yaml": "items:\n  - {id: age, help: Your age in years.}\n",
    }
    made, problems = inspect(clinic(files))
    assert [problem.render() for problem in problems] == []
    assert made is not None
    changed, before = made.cards["headache_jaw_50"], rulebook.cards["headache_jaw_50"]
    assert changed.do_now.startswith("Ring our desk")
    assert changed.disposition == "emergency"
    assert changed.because == before.because
    assert changed.when == before.when
    assert made.items["age"].help == "Your age in years."
    assert made.items["age"].range == rulebook.items["age"].range


LOOSER = {
    "disposition": ("headache_jaw_50", {"red_flags/headache_jaw_50.yaml": "id: headache_jaw_50\ndisposition: soon\n"}),
    "if_unsure": (
        "emergency_chest",
        {"red_flags/{flag}.yaml": "id: {flag}\nif_unsure: self_care\n"},
    ),
    "status": ("headache_jaw_50", {"red_flags/headache_jaw_50.yaml": "id: headache_jaw_50\nstatus: retired\n"}),
    "age": (
        "headache_jaw_50",
        {
            "red_flags/headache_jaw_50.yaml": "id: headache_jaw_50\nwhen: {all: [{item: nerve_signs, includes: headache_jaw},"
            " {item: age, at_least: 60}]}\nexamples: {fires: [{nerve_signs: [headache_jaw], age: 70}], silent: [{age: 20}]}\n"
        },
    ),
    "guard": (
        "alcohol_less",
        {
            "advice/alcohol_less.yaml": "id: alcohol_less\nguards: [{why: With liver scarring ask first., "
            "block_when: {item: conditions, includes: liver}}]\nexamples: {fires: [{drinks_food: [alcohol_over_14]}], "
            "silent: [{drinks_food: []}]}\n"
        },
    ),
    "gate": ("pregnancy_signs", {"items/{section}.yaml": "items:\n  - {id: pregnancy_signs, ask_when: {item: pregnancy, is: over_20}}\n"}),
    "warning": ("never_quinine", {"advice/never_quinine.yaml": "id: never_quinine\nstatus: retired\n"}),
    "range": ("rls_days", {"items/follow_up.yaml": "items:\n  - {id: rls_days, range: {min: 0, max: 5}}\n"}),
    "medicine": ("furosemide", {"medicines.yaml": "medicines:\n  - {generic: furosemide, classes: [statin]}\n"}),
}  # fmt: skip


def looser(rulebook: Rulebook, kind: str) -> tuple[str, dict[str, str]]:
    part, files = LOOSER[kind]
    flag = next(
        f.id for f in rulebook.red_flags if f.disposition == "emergency" and f.if_unsure == "same_day"
    )
    part = flag if kind == "if_unsure" else part
    words = {"{flag}": flag, "{section}": rulebook.items["pregnancy_signs"].section}

    def filled(text: str) -> str:
        for word, value in words.items():
            text = text.replace(word, value)
        return text

    return part, {filled(name): filled(text) for name, text in files.items()}


@pytest.mark.parametrize("kind", LOOSER)
def test_a_loosening_is_named_and_must_be_signed(clinic: Write, rulebook: Rulebook, kind: str) -> None:
    part, files = looser(rulebook, kind)
    named = loose(clinic(files))
    if part in rulebook.items and kind == "gate":
        assert all(f"(because of {part}): " in problem.message for problem in named.values())
    else:
        assert f"id: {part}" in named[part].fix
    assert all(problem.place.line for problem in named.values())
    assert "loosened" not in codes(inspect(clinic(files, signed(list(named.values())))))


def test_what_every_result_says_is_no_mere_word(clinic: Write, rulebook: Rulebook) -> None:
    """The built-in lines with one more: a text that is not read any more would be refused before."""
    lines = [*rulebook.frame.always, "All is well."]
    text = "".join(f"  - {json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    named = loose(clinic(frame=f"{FRAME}always:\n{text}"))
    assert [(part, problem.place.line) for part, problem in named.items()] == [("always", 5)]


LEVELS = {
    "red_flags/headache_jaw_50.yaml": "id: headache_jaw_50\ndisposition: soon\nif_unsure: routine\n",
}


def test_a_signature_covers_only_the_way_it_names(clinic: Write) -> None:
    (problem,) = loose(clinic(LEVELS)).values()
    assert "what: [disposition, if_unsure]" in problem.fix
    assert codes(inspect(clinic(LEVELS, signed([problem])))) == []
    book = load(clinic(LEVELS))
    assert book.base is not None
    level = [one for one in loosenings(book, book.base) if one.way == "disposition"]
    change = re.sub("change: c[0-9a-f]+", f"change: {code('headache_jaw_50', level)}", signed([problem]))
    one_way = change.replace("[disposition, if_unsure]", "[disposition]")
    (left,) = loose(clinic(LEVELS, one_way)).values()
    assert "what: [if_unsure]" in left.fix
    both = one_way + signed([left]).removeprefix(FRAME + "loosens:\n")
    assert codes(inspect(clinic(LEVELS, both))) == []
    more = signed([problem]).replace("[disposition, if_unsure]", "[disposition, if_unsure, status]")
    assert codes(inspect(clinic(LEVELS, more))) == ["not-loosened"]


def test_a_signature_is_for_one_change_and_no_other(clinic: Write) -> None:
    name = "red_flags/headache_jaw_50.yaml"
    first = {name: "id: headache_jaw_50\ndisposition: soon\n"}
    frame = signed(list(loose(clinic(first)).values()))
    further = {name: "id: headache_jaw_50\ndisposition: routine\nif_unsure: routine\n"}
    (problem,) = loose(clinic(further, frame)).values()
    assert "It is not what was signed." in problem.fix


def test_whatever_else_changes_somebody_must_look_again(clinic: Write) -> None:
    """Also if it needs no signature by itself: who signed has not seen it."""
    advice = (
        "id: front_door\ntitle: While you wait\nstatus: active\nkind: try\nevidence: plausible\n"
        "offer_when: {item: effect, is: wakes_me}\ntext: Put the light on by the front door.\n"
        "because: They find you sooner.\nclinician: Told to light the door.\nstop_rule: Stop if you feel worse.\n"
        "shown_at: [emergency]\nsources: [panel_review_2026]\nreviewed_on: 2026-11-24\n"
        "guards: [{why: It is day., block_when: {item: age, above: 100}}]\n"
        "examples: {fires: [{effect: wakes_me}], silent: [{effect: spoils_some}]}\n"
    )
    name = "advice/front_door.yaml"
    frame = signed(list(loose(clinic({name: advice})).values()))
    assert loose(clinic({name: advice}, frame)) == {}
    worse = advice.replace("Put the light on by the front door.", "Drive yourself to our clinic.")
    (problem,) = loose(clinic({name: worse}, frame)).values()
    assert "It is not what was signed." in problem.fix


def test_a_signature_ends_when_the_built_in_card_changes(clinic: Write) -> None:
    """Retired while it led to an ordinary visit: nobody has agreed to do without an emergency."""
    name = "red_flags/headache_jaw_50.yaml"
    book = load(clinic({name: "id: headache_jaw_50\nstatus: retired\n"}))
    assert book.base is not None
    card = book.base.cards["headache_jaw_50"]
    later = replace(
        book.base,
        cards={**book.base.cards, card.id: card.model_copy(update={"disposition": "emergency"})},
    )
    (was,), (now,) = (
        [one for one in loosenings(book, base) if one.part == card.id and one.way == "status"]
        for base in (book.base, later)
    )
    assert code(card.id, [was]) != code(card.id, [now])


def test_words_for_another_person_are_part_of_what_is_signed(clinic: Write, rulebook: Rulebook) -> None:
    name = "red_flags/ill_adrenal_vomiting.yaml"
    files = {name: "id: ill_adrenal_vomiting\ndo_now: Ring your emergency number now. We come too.\n"}
    frame = signed(list(loose(clinic(files)).values()))
    assert loose(clinic(files, frame)) == {}
    pair = "instead:\n  - {you: We come too., they: Wait until the morning.}\n"
    (problem,) = loose(clinic({**files, "other_person.yaml": pair}, frame)).values()
    assert "It is not what was signed." in problem.fix


def test_what_is_signed_must_be_done(clinic: Write) -> None:
    entry = (
        "id: leg_swolen, what: [disposition], change: c00000000, reason: We see them here., reviewer: Dr A"
    )
    assert codes(inspect(clinic(frame=f"{FRAME}loosens:\n  - {{{entry}, reviewed_on: 2026-11-24}}\n"))) == [
        "not-loosened"
    ]
    half = f"{FRAME}loosens:\n  - {{id: leg_swollen, reason: x}}\n"
    assert codes(inspect(clinic(frame=half))) == ["missing-key"] * 4


def test_a_signature_is_a_reason_a_name_and_a_day(clinic: Write) -> None:
    good = signed(list(loose(clinic(LEVELS)).values()))
    for there, instead, key in (
        ("Our own clinic sees them the same hour.", '"-"', "reason"),
        ("Our own clinic sees them the same hour.", "because", "reason"),
        ("Dr A. Example", '"."', "reviewer"),
        ("2026-11-24", "2031-01-01", "reviewed_on"),
    ):
        made = inspect(clinic(LEVELS, good.replace(there, instead)), today=datetime.date(2026, 12, 1))
        (problem,) = made[1]
        assert problem.code == "signature"
        assert key in problem.place.text
        assert problem.place.line == 5


def test_it_must_not_go_by_the_name_of_the_built_in_rules(clinic: Write) -> None:
    (problem,) = inspect(clinic(frame=FRAME.replace("my_clinic", "legcramp")))[1]
    assert (problem.code, problem.place.line) == ("duplicate-id", 1)


def test_places_are_those_of_the_file_that_says_it(clinic: Write) -> None:
    folder = clinic(
        {"red_flags/headache_jaw_50.yaml": "id: headache_jaw_50\n\nwhen: {item: agee, at_least: 50}\n"}
    )
    problem = next(p for p in inspect(folder)[1] if p.code == "unknown-item")
    assert (problem.place.file, problem.place.line) == ("red_flags/headache_jaw_50.yaml", 3)
    wrong = clinic({"items/who.yaml": "items:\n  - id: age\n    type: choice\n"})
    inherited = [p for p in inspect(wrong)[1] if p.place.file.startswith("built-in rules: ")]
    assert inherited, "what stands in the built-in file is said to stand there"


def test_what_does_not_fit_the_built_in_words_is_mended_in_the_clinics_own_file(clinic: Write) -> None:
    name = "red_flags/first_after_60.yaml"
    when = "when: {all: [{item: age, at_least: 55}, {item: began, is_any: [two_weeks, three_months]}]}\n"
    seen = inspect(clinic({name: f"id: first_after_60\n{when}"}))[1]
    found = [problem for problem in seen if problem.code != "invariant-broken"]  # more are alarmed, too
    assert {problem.code for problem in found} == {"other-number", "edge-example", "example"}
    assert all(problem.fix.endswith(f"write that key anew in your own {name}.") for problem in found)


def test_only_the_built_in_rulebook_can_be_extended(clinic: Write) -> None:
    problems = inspect(clinic(frame="id: c\nversion: 2026.11.1\nextends: my_other_clinic\n"))[1]
    assert [(problem.code, problem.place.line) for problem in problems] == [("bad-value", 3)]


def test_a_loosened_rulebook_cannot_be_used_either(clinic: Write) -> None:
    import subprocess
    import sys

    folder = clinic({"red_flags/headache_jaw_50.yaml": "id: headache_jaw_50\ndisposition: soon\n"})
    command = [sys.executable, "-m", "questionnaire", "assess", "-", "--rules", str(folder)]
    done = subprocess.run(
        command, input='{"format": "legcramp-answers/1", "answers": {}}', capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "[loosened]" in done.stderr
    assert load(folder).base is not None
