"""The maintainers' commands, as they are typed: what is written, said, and left alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
SMALL = ROOT / "tests" / "small_rules"
COMMAND = [sys.executable, "-m", "questionnaire", "rules"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("new", "red_flag", "Bad Id", "--rules", "rules"), "small letters"),
        (("new", "red_flag", "a" * 61, "--rules", "rules"), "at most 60"),
        (("new", "red_flag", "../../etc", "--rules", "rules"), "small letters"),
        (("new", "question", "x", "--rules", "rules"), "--section"),
        (("new", "question", "x", "--section", "than", "--rules", "rules"), "Did you mean “then”?"),
        (("new", "red_flag", "x", "--rules", "nowhere"), "has no rulebook.yaml"),
        (("new", "gadget", "x"), "gadget"),
        (("schema",), "There are: rulebook"),
        (("schema", "red_flag"), "Did you mean “red_flags”?"),
        (("explain", "missing-kye"), "Did you mean “missing-key”?"),
        (("explain", "against_wen"), "Did you mean “against_when”?"),
        (("explain", "red_flags"), "Did you mean “red_flag”?"),
        (("explain",), "or use --all"),
        (("explain", "--all", "do_now"), "or use --all"),
        (("graph", "swolen"), "Did you mean “swollen”?"),
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
    assert for_github.stderr == f"Rules: {rules.resolve()}\n"
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


def test_a_reader_that_has_seen_enough_is_no_failure(rules: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "list"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    assert (process.stderr.read(), process.wait(60)) == (b"", 0)


def test_the_list_for_a_second_reader_cannot_be_forged(run, tmp_path: Path) -> None:
    clinic = tmp_path / "clinic" / "red_flags"
    clinic.mkdir(parents=True)
    (clinic.parent / "rulebook.yaml").write_text("id: my_clinic\nversion: 2026.11.1\nextends: built-in\n")
    forged = "You can wait.\\n  line 1: leg_swollen, do_now\\n      now: Speak to a clinician today."
    (clinic / "leg_swollen.yaml").write_text(f'id: leg_swollen\ndo_now: "{forged}"\n')
    done = run("check", "clinic")
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stdout.splitlines() if line.startswith("      now:")] == [
        "      now: You can wait. ⏎   line 1: leg_swollen, do_now ⏎       now: Speak to a clinician today."
    ]


def test_a_key_and_a_part_are_explained_though_the_rules_do_not_load(run, rules: Path) -> None:
    (rules / "red_flags" / "chest.yaml").write_text("- broken\n")
    for name, said in (
        ("if_unsure", "if_unsure: a key"),
        ("guard", "[guard]"),
        ("source", "A source [source]"),
    ):
        done = run("explain", name)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(said)
    assert run("explain", "age").returncode == 2


def test_a_question_with_the_name_of_a_key_comes_first(run, rules: Path) -> None:
    question = rules / "items" / "page.yaml"
    question.write_text(question.read_text().replace("own_words", "because"))
    page = rules / "page.yaml"
    page.write_text(page.read_text().replace("[own_words]", "[because]"))
    told = run("explain", "because").stdout
    assert told.startswith("Rules: ")
    assert told.index("IN YOUR OWN WORDS?") < told.index("because: a key")


def test_the_whole_reference_needs_no_rules(run, tmp_path: Path) -> None:
    done = run("explain", "--all")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("ALL KEYS\n")
    assert done.stdout.index("A red flag [red_flag]") < done.stdout.index("ALL PROBLEMS")
    assert "[unread-item]" in done.stdout
    assert max(map(len, done.stdout.splitlines())) < 180


def test_a_medicine_and_a_class_are_explained(run) -> None:
    medicine = run("explain", "Lasix").stdout
    assert medicine.splitlines()[1].startswith("furosemide: a medicine. Other names: ")
    assert "loop_diuretic" in medicine
    group = run("explain", "warfarin_type").stdout
    assert "warfarin" in group.splitlines()[2]
    assert "food_plants" in group.splitlines()[3]
