"""``legcramp rules new``: what is written, what is left alone, what is refused."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
COMMAND = [sys.executable, "-m", "questionnaire", "rules"]
FRAME = "id: my_clinic\nversion: 2026.11.1\nextends: built-in\n"

FILLED = {
    "title:": "title: One foot cold",
    "status: draft": "status: active",
    "disposition:": "disposition: same_day",
    "if_unsure:": "if_unsure: routine",
    "evidence:": "evidence: plausible",
    "when:": "when: {all: [{item: signs, includes: weak}, {item: age, at_least: 60}]}",
    "because:": "because: It can be a nerve.",
    "clinician:": "clinician: Weak at 60+.",
    "do_now:": "do_now: Call today.",
    "sources: []": "sources: [someone2020]",
    "  fires: []": "  fires: [{signs: [weak], age: 60}]",
    "  silent: []": "  silent: [{signs: []}, {signs: [weak], age: 59}]",
    "  unsure: []": '  unsure: [{signs: ["weak?"], age: 70}]',
}


def fill(path: Path, words: dict[str, str]) -> None:
    text = path.read_text()
    for blank, filled in words.items():
        assert f"\n{blank}\n" in text, blank
        text = text.replace(f"\n{blank}\n", f"\n{filled}\n")
    path.write_text(text)


def test_a_new_card_is_blank_says_what_is_missing_and_works_once_filled(run, rules: Path) -> None:
    made = run("new", "red_flag", "weak_60", "--rules", "rules")
    assert made.returncode == 0, made.stderr
    path = rules / "red_flags" / "weak_60.yaml"
    text = path.read_text()
    assert text.startswith("# yaml-language-server: $schema=../.schemas/red_flags.json\n")
    assert (rules / ".schemas" / "red_flags.json").is_file()
    blank = run("check", "rules")
    assert blank.returncode == 2
    for key in ("title", "disposition", "if_unsure", "do_now", "sources", "fires", "silent"):
        assert f"“{key}”" in blank.stderr, key
    fill(path, FILLED)
    sound = run("check", "rules")
    assert sound.returncode == 0, sound.stderr
    assert "No problems: 12 cards" in sound.stdout
    again = run("new", "red_flag", "weak_60", "--rules", "rules")
    assert again.returncode == 2
    assert "exists already" in again.stderr
    assert "One foot cold" in path.read_text()


@pytest.mark.parametrize("kind", ["red_flag", "pattern", "factor", "theory", "advice"])
def test_every_kind_of_card_has_every_key(run, rules: Path, kind: str) -> None:
    from triage.rulebook.frozen import keys_of
    from triage.workbench.authoring.scaffold import FOLDER, KINDS

    assert run("new", kind, "fresh", "--rules", "rules").returncode == 0
    text = (rules / FOLDER[KINDS[kind]] / "fresh.yaml").read_text()
    for key in keys_of(KINDS[kind]):
        assert re.search(rf"^(# )?{key}:", text, re.M), key
    check = run("check", "rules")
    assert check.returncode == 2
    assert "fresh.yaml" in check.stderr
    assert "[syntax]" not in check.stderr


def test_new_entries_stand_at_the_end_of_their_lists(run, rules: Path) -> None:
    before = (rules / "items" / "then.yaml").read_text()
    made = run("new", "question", "hobby", "--section", "then", "--rules", "rules")
    assert made.returncode == 0, made.stderr
    assert re.search(r"then\.yaml, line 41: “hobby” is there", made.stdout)
    after = (rules / "items" / "then.yaml").read_text()
    assert after.startswith(before.rstrip("\n"))
    assert "[syntax]" not in run("check", "rules").stderr
    assert run("new", "source", "someone2021", "--rules", "rules").returncode == 0
    assert run("new", "medicine", "furosemide", "--rules", "rules").returncode == 0
    twice = run("new", "source", "someone2021", "--rules", "rules")
    assert (twice.returncode, "already" in twice.stderr) == (2, True)


def test_lines_end_as_they_did(run, rules: Path) -> None:
    sources = rules / "sources.yaml"
    before = sources.read_bytes().replace(b"\n", b"\r\n")
    sources.write_bytes(before)
    assert run("new", "source", "someone2021", "--rules", "rules").returncode == 0
    after = sources.read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == after.count(b"\r\n") > before.count(b"\n")


def test_many_at_once_lose_nothing(rules: Path, tmp_path: Path) -> None:
    processes = [
        subprocess.Popen(
            [*COMMAND, "new", "medicine", f"examplol{letter}", "--rules", "rules"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
            stdout=subprocess.DEVNULL,
        )
        for letter in "abcdefgh"
    ]
    assert [process.wait(60) for process in processes] == [0] * 8
    text = (rules / "medicines.yaml").read_text()
    assert [letter for letter in "abcdefgh" if f"generic: examplol{letter}\n" not in text] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("red_flag", "leg_swollen"), "clinic/red_flags/leg_swollen.yaml with “id: leg_swollen” and only"),
        (("advice", "leg_swollen"), "clinic/red_flags/leg_swollen.yaml"),
        (("medicine", "bisoprolol"), "“bisoprolol” is in the built-in rules. To change that medicine"),
        (("medicine", "Lasix"), "“Lasix” is a name of “furosemide” in the built-in rules"),
        (
            ("question", "age", "--section", "who"),
            "“age” is in the built-in rules. To change that question",
        ),
        (("question", "bad id", "--section", "who"), "small letters"),
        (("source", "Bad"), "small letters"),
        (("medicine", "a: b"), "cannot be the name of a medicine"),
        (("medicine", "{x"), "cannot be the name of a medicine"),
    ],
)
def test_a_clinic_is_told_how_to_change_what_is_built_in(
    run, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    clinic = tmp_path / "clinic"
    clinic.mkdir()
    (clinic / "rulebook.yaml").write_text(FRAME)
    done = run("new", *arguments, "--rules", "clinic")
    assert done.returncode == 2
    assert words in done.stderr
    assert [path.name for path in clinic.iterdir()] == ["rulebook.yaml"]


def test_a_pipe_is_no_list(run, rules: Path) -> None:
    (rules / "medicines.yaml").unlink()
    os.mkfifo(rules / "medicines.yaml")
    done = run("new", "medicine", "furosemide", "--rules", "rules")
    assert (done.returncode, "no plain file" in done.stderr) == (2, True)


def test_a_card_is_there_even_if_the_help_for_editors_cannot_be_written(run, rules: Path) -> None:
    (rules / ".schemas").symlink_to("nowhere/at/all")
    (rules / "nowhere").write_text("in the way")
    done = run("new", "red_flag", "weak_60", "--rules", "rules")
    assert done.returncode == 0, done.stderr
    assert "weak_60.yaml is there" in done.stdout
    assert "Without help for editors: " in done.stderr
    assert (rules / "red_flags" / "weak_60.yaml").is_file()
