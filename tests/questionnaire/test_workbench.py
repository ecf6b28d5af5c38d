"""The maintainers' commands, as they are typed: what is written, said, and left alone."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "small_rules"
COMMAND = [sys.executable, "-m", "questionnaire", "rules"]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the small rulebook to edit."""
    return Path(shutil.copytree(SMALL, tmp_path / "rules"))


@pytest.fixture
def run(tmp_path: Path):
    def legcramp(*arguments: str, **environment: str):
        clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
        done = subprocess.run(
            [*COMMAND, *arguments],
            cwd=tmp_path,
            env={**clean, "PYTHONPATH": str(ROOT), **environment},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert "Traceback" not in done.stderr + done.stdout
        return done

    return legcramp


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
    from triage.rulebook.blank import FOLDER, KINDS

    assert run("new", kind, "fresh", "--rules", "rules").returncode == 0
    text = (rules / FOLDER[KINDS[kind]] / "fresh.yaml").read_text()
    for key in KINDS[kind].model_fields:
        assert re.search(rf"^(# )?{key}:", text, re.M), key
    check = run("check", "rules")
    assert check.returncode == 2
    assert "fresh.yaml" in check.stderr
    assert "[syntax]" not in check.stderr


def test_new_entries_stand_at_the_end_of_their_lists(run, rules: Path) -> None:
    before = (rules / "items" / "then.yaml").read_text()
    made = run("new", "question", "hobby", "--section", "then", "--rules", "rules")
    assert made.returncode == 0, made.stderr
    assert re.search(r"then\.yaml, line 39: “hobby” is there", made.stdout)
    after = (rules / "items" / "then.yaml").read_text()
    assert after.startswith(before.rstrip("\n"))
    assert "[syntax]" not in run("check", "rules").stderr
    assert run("new", "source", "someone2021", "--rules", "rules").returncode == 0
    assert run("new", "medicine", "furosemide", "--rules", "rules").returncode == 0
    twice = run("new", "source", "someone2021", "--rules", "rules")
    assert (twice.returncode, "already" in twice.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("new", "red_flag", "Bad Id", "--rules", "rules"), "small letters"),
        (("new", "red_flag", "../../etc", "--rules", "rules"), "small letters"),
        (("new", "question", "x", "--rules", "rules"), "--section"),
        (("new", "question", "x", "--section", "than", "--rules", "rules"), "Did you mean “then”?"),
        (("new", "red_flag", "x", "--rules", "nowhere"), "has no rulebook.yaml"),
        (("new", "gadget", "x"), "gadget"),
        (("schema",), "There are: rulebook"),
        (("schema", "red_flag"), "Did you mean “red_flags”?"),
        (("explain", "missing-kye"), "Did you mean “missing-key”?"),
        (("graph", "leg_swolen"), "Did you mean “leg_swollen”?"),
        (("diff", "no-such-thing"), "neither a folder nor a git revision"),
        (("diff", "--", "--output=x"), "neither a folder nor a git revision"),
        (("diff", "."), "has no rulebook.yaml"),
        (("watch", "nowhere"), "no folder"),
        (("test", "nothing_is_called_so"), "Nothing was tried"),
        (("test", "--vignettes", "missing"), "There is no folder missing"),
    ],
    ids=str,
)
def test_wrong_use_is_one_clear_message(run, rules: Path, arguments: tuple[str, ...], words: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.splitlines()) < 6


def test_problems_for_editors_and_for_builds(run, rules: Path) -> None:
    card = rules / "red_flags" / "chest.yaml"
    card.write_text(
        card.read_text().replace("title: Chest pain", "titel: 50% of, them").replace("silent", "silnt")
    )
    told = json.loads(run("check", "rules", "--format", "json").stdout)
    assert told["format"] == "legcramp-problems/1"
    found = {(p["code"], p["file"], p["line"]) for p in told["problems"]}
    assert ("unknown-key", "rules/red_flags/chest.yaml", 2) in found
    assert all(p["message"] and p["fix"] for p in told["problems"])
    for_github = run("check", "rules", "--format", "github")
    assert for_github.returncode == 2
    assert "::error file=rules/red_flags/chest.yaml,line=2,col=1,title=unknown-key::" in for_github.stdout
    assert for_github.stderr == ""
    card.write_text((SMALL / "red_flags" / "chest.yaml").read_text())
    assert json.loads(run("check", "rules", "--format", "json").stdout)["problems"] == []


def test_problems_are_grouped_by_file_and_plain_without_a_terminal(run, rules: Path) -> None:
    for name in ("chest", "swollen"):
        card = rules / "red_flags" / f"{name}.yaml"
        card.write_text(card.read_text().replace("someone2020", "nobody").replace("title:", "titel:"))
    said = run("check", "rules").stderr
    assert "\x1b" not in said
    assert said.count("red_flags/chest.yaml\n") == 1
    assert said.count("red_flags/swollen.yaml\n") == 1
    assert "2 problems in 2 files" in said  # what cannot be read is not said twice
    assert "rules explain CODE" in said


def test_coverage_says_what_was_never_tried(run, rules: Path) -> None:
    done = run("test", "--coverage", "--rules", "rules")
    assert done.returncode == 0
    row = next(line for line in done.stdout.splitlines() if line.startswith("swollen "))
    fired, silent, unknown = map(int, row.split()[1:])
    assert (fired, silent) == (1, 1)
    assert unknown == 0
    assert re.search(r"advice/magnesium\.yaml:\d+ never so", done.stdout), (
        "its caution at 75 has no example"
    )
    assert re.search(r"\d+ of 11 cards fired", done.stdout)


def test_known_misses_are_counted(run, rules: Path, tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    case = "- name: %s\n  answers: {signs: [swollen]}\n  expect: {disposition: %s}\n"
    (tmp_path / "cases" / "a.yaml").write_text(
        case % ("Right", "same_day") + case % ("Wrong", "soon") + "  todo: Which leg is not asked.\n"
    )
    done = run("test", "--rules", "rules", "--vignettes", "cases")
    assert done.returncode == 0, done.stderr
    assert "1 vignettes went as expected. 1 known miss (todo)." in done.stdout
    assert "todo: Wrong: Which leg is not asked." in done.stdout
    assert re.search(r"exactly as expected: +1 of 2", done.stdout)


def test_schemas_are_written_beside_the_rules_and_are_no_rules(run, rules: Path) -> None:
    assert run("schema", "--write", "--rules", "rules").returncode == 0
    made = json.loads((rules / ".schemas" / "red_flags.json").read_text())
    assert "swollen" in made["definitions"]["card_id"]["anyOf"][0]["enum"]
    assert run("check", "rules").returncode == 0
    assert json.loads(run("schema", "items", "--rules", "rules").stdout)["title"] == "legcramp rules: items"


def test_explain_tells_who_it_fires_for(run) -> None:
    told = run("explain", "swollen", "--rules", str(SMALL)).stdout
    for words in (
        "fires for:      signs: swollen",
        "silent for:",
        "not known:      signs: swollen?",
        "SOURCES",
        "HISTORY",
    ):
        assert words in told, words
    told = " ".join(run("explain", "busy", "--rules", str(SMALL)).stdout.split())
    assert "findings: sitting" in told
    assert "What speaks against it".upper() in told


def test_graphs_of_each_kind(run, tmp_path: Path) -> None:
    for style in ("mermaid", "dot", "svg", "html"):
        done = run("graph", "swollen", "--format", style, "--rules", str(SMALL), "-o", f"graph.{style}")
        assert done.returncode == 0, done.stderr
        assert "Swollen leg" in (tmp_path / f"graph.{style}").read_text()
    ET.parse(tmp_path / "graph.svg")
    assert run("graph", "--rules", str(SMALL)).stdout.count("Chest pain") > 0


@pytest.fixture
def edited(rules: Path) -> Path:
    """A second copy in which nights count from 5 on, not from 3."""
    other = Path(shutil.copytree(rules, rules.parent / "edited"))
    card = other / "red_flags" / "often.yaml"
    assert "at_least: 3" in card.read_text()
    card.write_text(
        re.sub(r"nights: [34]\b", "nights: 5", card.read_text().replace("at_least: 3", "at_least: 5"))
    )
    return other


def test_diff_of_a_threshold_names_the_people_between(run, rules: Path, edited: Path) -> None:
    told = json.loads(run("diff", "rules", "edited", "--format", "json", "--people", "2000").stdout)
    assert [(m["before"], m["after"]) for m in told["moves"]] == [("routine", "self_care")]
    assert told["up"] == []
    assert {example["answers"]["nights"] for example in told["down"]} <= {3, 4}
    assert list(told["cards"]) == ["often"]
    text = run("diff", "rules", "edited", "--people", "2000").stdout
    assert "LESS URGENT" in text
    assert "nights: 3" in text
    assert "MORE URGENT" not in text
    markdown = run("diff", "edited", "rules", "--people", "2000", "--format", "md").stdout
    assert "## More urgent" in markdown
    assert "often:" in markdown
    assert "now: “How many nights a week?” is at least 3" in markdown


def test_diff_of_git_revisions(run, rules: Path, edited: Path, tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-q")
    git("add", "rules")
    git("commit", "-qm", "first")
    shutil.rmtree(rules)
    edited.rename(rules)
    git("add", "rules")
    git("commit", "-qm", "second")
    told = json.loads(run("diff", "HEAD~1", "HEAD", "--format", "json", "--people", "500").stdout)
    assert [(m["before"], m["after"]) for m in told["moves"]] == [("routine", "self_care")]
    told = json.loads(run("diff", "HEAD", "rules", "--format", "json", "--people", "500").stdout)
    assert told["moves"] == []
    assert (
        subprocess.run(["git", "status", "--short"], cwd=tmp_path, capture_output=True, check=True).stdout
        == b""
    )


def test_diff_with_what_does_not_load_says_so(run, rules: Path, edited: Path) -> None:
    card = edited / "red_flags" / "often.yaml"
    card.write_text(card.read_text().replace("title:", "titel:"))
    done = run("diff", "rules", "edited")
    assert done.returncode == 2
    assert "“edited” cannot be compared" in done.stderr
    assert "often.yaml:2:1" in done.stderr


@pytest.fixture
def watched(rules: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], Callable[[str], str]]]:
    """``rules watch`` at work in a process of its own, and a way to wait for what it says."""
    log = tmp_path / "log"
    process = subprocess.Popen(
        [*COMMAND, "watch", "rules"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=log.open("w"),
        stderr=subprocess.STDOUT,
    )

    def wait_for(words: str) -> str:
        for _ in range(600):
            said = log.read_text()
            if words in said:
                return said
            time.sleep(0.1)
        raise AssertionError((words, log.read_text()))

    try:
        wait_for("No problems in 11 cards")
        time.sleep(0.5)  # the watch begins after the first look
        yield process, wait_for
        process.send_signal(signal.SIGINT)  # wherever it is: also in the middle of a comparison
        assert process.wait(30) == 0
        assert "No longer watching." in log.read_text()
    finally:
        process.kill()
        process.wait()


def test_watch_says_what_each_save_does(rules: Path, watched) -> None:
    _, wait_for = watched
    card = rules / "red_flags" / "often.yaml"
    text = card.read_text()
    card.write_text(text.replace("at_least: 3", "at_least: 9"))
    wait_for("[out-of-range]")
    card.write_text(text.replace("title: ", "title: Very "))
    said = wait_for("Reached by this edit: 1 card")
    assert "HISTORY" in said
    assert "VERY" in said


def test_watch_sees_a_folder_that_was_taken_away_and_put_back(rules: Path, watched, tmp_path: Path) -> None:
    _, wait_for = watched
    rules.rename(tmp_path / "aside")
    wait_for("rules is gone. Waiting until it is back.")
    shutil.copytree(tmp_path / "aside", rules)
    wait_for("the whole folder saved")
    time.sleep(0.5)
    card = rules / "red_flags" / "often.yaml"
    card.write_text(card.read_text().replace("at_least: 3", "at_least: 9"))
    wait_for("[out-of-range]")
