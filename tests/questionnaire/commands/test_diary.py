"""The diary as a person uses it: on a screen, in plain lines, stopped in the middle, and as a table."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import stat
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from programs.command_line import ROOT, SMALL, legcramp_forked
from programs.terminal import ENTER, Terminal

TODAY = datetime.date.today()
CALL = "Call your emergency number for any of these."


def ago(days: int) -> str:
    return (TODAY - datetime.timedelta(days=days)).isoformat()


@pytest.fixture
def run(tmp_path: Path):
    return partial(legcramp_forked, tmp_path, "diary")


def path_in(home: Path) -> Path:
    return home / "data" / "legcramp" / "diary.json"


def kept(home: Path) -> dict[str, Any]:
    return json.loads(path_in(home).read_text())["nights"]


def keep(home: Path, nights: dict[str, Any]) -> None:
    path_in(home).parent.mkdir(parents=True, exist_ok=True)
    path_in(home).write_text(json.dumps({"format": "legcramp-diary/1", "nights": nights}))


WEEK = {
    ago(6): {"cramp": "yes", "leg": "left", "where": ["calf"], "length": "seconds", "helped": ["stretch"]},
    ago(5): {"cramp": "no"},
    ago(4): {"cramp": "yes", "leg": "left", "length": "under_10_min", "helped": ["stretch", "walk"]},
    ago(2): {"cramp": "no"},  # and the night before that was forgotten
    ago(1): {"cramp": "yes", "leg": "left", "length": "under_10_min", "different": ["effort"]},
    ago(0): {"cramp": "no"},
}


def test_a_night_without_a_cramp_is_one_key(tmp_path: Path) -> None:
    with Terminal("diary", home=tmp_path) as terminal:
        terminal.answer("Did a cramp come in that night?", "n" + ENTER)
        screen = terminal.wait_for("kept.", CALL)
        assert "No cramp in that night" in screen
        assert terminal.status() == 0
    assert kept(tmp_path) == {ago(0): {"cramp": "no"}}
    assert stat.S_IMODE(path_in(tmp_path).stat().st_mode) == 0o600


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (50, 20)])
def test_a_night_with_a_cramp_on_screens_that_hold_all_of_it(
    tmp_path: Path, columns: int, rows: int
) -> None:
    asked = [
        ("Did a cramp come in that night?", "4. Skip this", "y"),
        ("Which leg was it?", "5. Skip this", "1"),
        ("Where was it?", "4. Somewhere else", "1 2"),
        ("How long did the longest cramp grip?", "6. Skip this", "2"),
        ("What helped?", "6. Something else", "1"),
        ("What was different on the day before?", "8. Something else", "0"),
    ]
    with Terminal("diary", home=tmp_path, columns=columns, rows=rows) as terminal:
        for question, last, keys in asked:
            terminal.wait_for(question, last, "b back")
            terminal.ready(3)
            terminal.send(keys + ENTER)
        terminal.wait_for("kept.")
        assert terminal.status() == 0
    assert kept(tmp_path)[ago(0)] == {
        "cramp": "yes", "leg": "left", "where": ["calf", "foot_toes"], "length": "under_10_min",
        "helped": ["stretch"], "different": [],
    }  # fmt: skip


def test_only_enter_tells_nothing(run, tmp_path: Path) -> None:
    done = run("--plain", stdin="\n")
    assert done.returncode == 0
    assert "not told." in done.stdout
    assert not path_in(tmp_path).exists()
    run("--plain", stdin="y\n\n\n\n\n\n")
    assert kept(tmp_path) == {ago(0): {"cramp": "yes"}}


def test_help_why_review_and_back_lead_to_the_same_question(run, tmp_path: Path) -> None:
    done = run("--plain", stdin="b\n?\n\nw\n\ny\nr\n\n2\nb\n1\nq\n")
    assert done.returncode == 130
    for said in ("This is the first question.", "It woke you at 3", "Only the nights that you tell count.",
                 "Did a cramp come in that night? Yes", "Your answer before: The right leg.", "What you told is kept."):  # fmt: skip
        assert said in " ".join(done.stdout.split()), said
    assert kept(tmp_path) == {ago(0): {"cramp": "yes", "leg": "left"}}


def test_ctrl_c_in_the_middle_keeps_what_was_told(tmp_path: Path) -> None:
    with Terminal("diary", home=tmp_path) as terminal:
        terminal.answer("Did a cramp come in that night?", "y" + ENTER)
        terminal.answer("Which leg was it?", "2" + ENTER)
        terminal.answer("Where was it?", "\x03")
        terminal.wait_for("Stopped. What you told is kept.", f"diary --date {ago(0)}")
        assert terminal.status() == 130
    assert kept(tmp_path) == {ago(0): {"cramp": "yes", "leg": "right"}}
    with Terminal(
        "diary", "--date", ago(0), home=tmp_path
    ) as terminal:  # going on: Enter keeps what is there
        terminal.answer("Did a cramp come in that night?", ENTER)
        terminal.answer("Which leg was it?", ENTER)
        terminal.answer("Where was it?", "1" + ENTER)
        terminal.answer("How long", "q" + ENTER)
        assert terminal.status() == 130
    assert kept(tmp_path) == {ago(0): {"cramp": "yes", "leg": "right", "where": ["calf"]}}


def test_a_night_can_be_told_late_and_one_that_cannot_be_meant_is_refused(run, tmp_path: Path) -> None:
    keep(tmp_path, WEEK)
    done = run("--plain", "--date", ago(3), stdin="n\n")
    assert kept(tmp_path) == {**WEEK, ago(3): {"cramp": "no"}}
    assert "Not told yet" not in done.stdout
    for day, said in ((ago(-1), "is still to come"), (ago(400), "more than a year ago"), ("11/20/2026", "does not match")):  # fmt: skip
        done = run("--date", day)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr


def test_a_forgotten_night_is_named_and_stays_not_told(run, tmp_path: Path) -> None:
    keep(tmp_path, {day: told for day, told in WEEK.items() if day != ago(0)})
    done = run("--plain", stdin="n\n")
    assert f"diary --date {ago(3)}" in done.stdout
    shown = run("show").stdout
    assert "The last 28 nights: 3 with a cramp, 3 without, 22 not told." in shown
    assert ago(3) not in kept(tmp_path)
    rows = list(csv.DictReader(io.StringIO(run("export").stdout)))
    assert [(row["night_ended_on"], row["cramp"]) for row in rows] == [
        (ago(6), "yes"), (ago(5), "no"), (ago(4), "yes"), (ago(3), "not told"), (ago(2), "no"), (ago(1), "yes"),
        (ago(0), "no"),
    ]  # fmt: skip
    assert rows[2]["helped"] == "stretch walk"


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (50, 20)])
def test_four_weeks_are_drawn_within_the_window(tmp_path: Path, columns: int, rows: int) -> None:
    keep(tmp_path, WEEK)
    with Terminal("diary", "show", home=tmp_path, columns=columns, rows=60) as terminal:
        terminal.status()
        screen = terminal.text
    assert max(map(len, screen.splitlines())) <= columns
    (head,) = (line for line in screen.splitlines() if "Mon" in line)
    assert head.split() == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert len(re.findall(r"\bL\*(?!\*)", screen)) == 1, "one of seconds"
    assert len(re.findall(r"\bL\*\*(?!\*)", screen)) == 2
    assert "22 not told" in " ".join(screen.split())
    assert CALL in " ".join(screen.split())
    weeks = [line for line in screen.splitlines() if re.match(r" ?\d+ [A-Z][a-z]{2} ", line)]
    assert sum(line.count("?") for line in weeks) == 22
    assert len(screen.splitlines()) <= (24 if columns == 80 else 30)


def test_in_plain_words_each_night_is_told(run, tmp_path: Path) -> None:
    keep(tmp_path, WEEK)
    said = " ".join(run("show", "--plain").stdout.split())
    assert "3 with a cramp, 3 without, 22 not told" in said
    assert "Which leg was it? The left leg; " in said
    assert said.count(": no cramp") == 3
    assert CALL in said


def test_what_to_look_at_and_the_call_for_help_always(run, tmp_path: Path) -> None:
    for nights in ({}, {ago(0): {"cramp": "no"}}, WEEK):
        keep(tmp_path, nights)
        said = " ".join(run("check").stdout.split())
        assert CALL in said
        assert "Talk to a clinician the same day" in said
        assert "You have not answered the questions yet. Do it now:" in said
        for comfort in ("all is well", "no need", "fine", "healthy", "normal"):
            assert comfort not in said
    assert "3 OR MORE NIGHTS" not in said
    assert "3 or more nights with a cramp in one week. In your diary" in said
    assert "Always the same leg." in said
    assert "Book an ordinary visit." in said
    assert "(15)" not in said


def test_beside_the_last_questionnaire(run, tmp_path: Path) -> None:
    keep(tmp_path, WEEK)
    answers = json.loads((ROOT / "tests" / "pictures" / "answers.json").read_text())["answers"]
    session = {
        "format": "legcramp-session/1", "id": "20261101-0900-abcd", "rulebook_version": "2026.11.10",
        "saved": f"{ago(10)}T09:00:00", "finished": True, "order": list(answers),
        "answers": {**answers, "how_often": "weekly", "side": "either"}, "drafts": {},
    }  # fmt: skip
    folder = tmp_path / "data" / "legcramp" / "sessions"
    folder.mkdir()
    (folder / "20261101-0900-abcd.json").write_text(json.dumps(session))
    said = " ".join(run("check").stdout.split())
    assert "Your result of " in said
    assert "3 or more nights (or days) a week (it was: About once a week)" in said
    assert "Always the same leg (it was: Now one leg, now the other)" in said
    assert "Now. Something is new since then. Type: " in said
    assert "ask --new" in said


def test_a_damaged_or_newer_diary_is_one_message_and_stays(run, tmp_path: Path) -> None:
    path_in(tmp_path).parent.mkdir(parents=True)
    for text in ("{half", '{"format": "legcramp-diary/7"}'):
        path_in(tmp_path).write_text(text)
        for command in ((), ("show",), ("check",), ("export",), ("delete", "--date", ago(0))):
            done = run(*command, stdin="n\n")
            assert (done.returncode, done.stdout) == (2, ""), command
            assert "diary.json" in done.stderr
            assert done.stderr.count("\n") == 1
        assert path_in(tmp_path).read_text() == text
    assert run("delete", "--yes").returncode == 0
    assert not path_in(tmp_path).exists()


def test_it_is_deleted_only_if_that_is_meant(run, tmp_path: Path) -> None:
    assert "There is no diary." in run("delete").stdout
    keep(tmp_path, WEEK)
    assert run("delete", stdin="n\n").returncode == 130
    assert kept(tmp_path) == WEEK
    assert run("delete", "--date", ago(5)).returncode == 0
    assert ago(5) not in kept(tmp_path)
    assert run("delete", "--date", ago(5)).returncode == 2
    assert "6 nights" not in (done := run("delete", stdin="y\n")).stdout
    assert "5 nights" in done.stdout
    assert not path_in(tmp_path).exists()


def test_a_table_is_written_for_the_owner_only_and_over_nothing(run, tmp_path: Path) -> None:
    keep(tmp_path, WEEK)
    assert run("export", "-o", "nights.csv").returncode == 0
    assert stat.S_IMODE((tmp_path / "nights.csv").stat().st_mode) == 0o600
    assert run("export", "-o", "nights.csv").returncode == 2


def test_rules_without_a_diary_say_so(run) -> None:
    done = run("show", "--rules", str(SMALL))
    assert (done.returncode, done.stdout) == (2, "")
    assert "These rules have no diary" in done.stderr


def test_an_option_before_a_command_is_not_lost_without_a_word(run) -> None:
    done = run("--plain", "show")
    assert done.returncode == 2
    assert "after “show”" in done.stderr
