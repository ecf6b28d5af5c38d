"""Saved answers from a file: what comes out, and one clear message for what cannot be read."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from programs.command_line import CALM, ROOT, SMALL


def assess(run, *arguments: str, **options):
    return run("assess", *arguments, "--rules", str(SMALL), "--today", "2026-11-22", **options)


def test_json_text_and_markdown(run, answers) -> None:
    name = answers(CALM)
    data = json.loads(assess(run, name, "--format", "json").stdout)
    assert data["disposition"]["code"] == "self_care"
    assert data["date"] == "2026-11-22"
    assert "CARE FOR IT YOURSELF AT HOME" in assess(run, name).stdout
    assert "# Your result" in assess(run, name, "--format", "md").stdout


def test_standard_input_and_yaml(run, answers) -> None:
    yaml = "format: legcramp-answers/1\nanswers: {alarm: [chest]}\n"
    assert "EMERGENCY" in assess(run, "-", stdin=yaml).stdout


@pytest.mark.parametrize("style", ["json", "fhir"])
def test_byte_identical_for_every_hash_seed(run, answers, style: str) -> None:
    name = answers({**CALM, "signs": ["weak?"], "medicines": ["aprinox", "moonstone"]})
    outputs = {assess(run, name, "--format", style, PYTHONHASHSEED=seed).stdout for seed in "0123"}
    assert len(outputs) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"kidnees": "fine"}, ["answers.json:1:", "kidnees", "Did you mean “kidneys”?"]),
        ({"kidneys": "fin"}, ["“kidneys” has no option “fin”", "Did you mean “fine”?"]),
        ({"age": "old"}, ["“age” needs a whole number"]),
        (b"this is not json", ["answers.json", "not an answers file"]),
        (b"{", ["answers.json:1:", "not JSON"]),
        (b"\x00\x01\x02\xff" * 100, ["answers.json", "not UTF-8"]),
        (b" " * 50_000_000, ["answers.json", "too large (50.0 MB)"]),
        (b"", ["answers.json", "not an answers file"]),
    ],
    ids=["item", "option", "type", "text", "broken", "binary", "huge", "empty"],
)
def test_bad_files_get_one_message_and_status_2(run, answers, content, words) -> None:
    done = assess(run, answers(content))
    assert done.returncode == 2
    assert done.stdout == ""
    for word in words:
        assert word in done.stderr
    assert done.stderr.count("\n") <= 5


def test_a_missing_file_names_the_nearest(run, answers) -> None:
    answers(CALM)
    done = assess(run, "anwers.json")
    assert done.returncode == 2
    assert "Did you mean “answers.json”?" in done.stderr


def test_output_files_are_whole_private_and_never_overwritten(run, answers, tmp_path: Path) -> None:
    name = answers(CALM)
    assert assess(run, name, "-o", "page.txt").returncode == 0
    page = tmp_path / "page.txt"
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    page.write_text("mine")
    again = assess(run, name, "-o", "page.txt")
    assert (again.returncode, page.read_text()) == (2, "mine")
    assert "--force" in again.stderr
    assert assess(run, name, "-o", "page.txt", "--force").returncode == 0
    assert "YOUR RESULT" in page.read_text()
    (tmp_path / "link").symlink_to(page)
    assert assess(run, name, "-o", "link", "--force").returncode == 0
    assert (tmp_path / "link").is_symlink()
    page.write_text("kept")
    page.chmod(0o400)
    kept = assess(run, name, "-o", "page.txt", "--force")
    assert (kept.returncode, page.read_text(), "write-protected" in kept.stderr) == (2, "kept", True)
    assert assess(run, name, "-o", "no/such/folder/page").returncode == 2
    assert assess(run, name, "-o", ".").returncode == 2


def test_escapes_never_reach_the_terminal_through_messages(run, answers) -> None:
    name = answers({"\x1b[31mX": 1})
    assert "\x1b" not in assess(run, name).stderr
    assert "\x1b" not in assess(run, "\x1b[31m").stderr


def test_what_is_no_plain_file_is_refused(run, answers, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert assess(run, "pipe").returncode == 2
    assert assess(run, answers(CALM), "-o", "pipe", "--force").returncode == 2
    assert assess(run, "/dev/zero").returncode == 2
    assert assess(run, "x" * 300).returncode == 2
    assert run("summary", "x" * 300).returncode == 2


def test_full_disk_and_closed_streams(run, answers, tmp_path: Path) -> None:
    name = answers(CALM)
    command = f"{sys.executable} -m questionnaire assess {name} --rules {SMALL}"
    for ending in ("> /dev/full", "- <&-"):
        done = subprocess.run(
            f"{command} {ending}",
            shell=True,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert done.returncode == 2
        assert "Traceback" not in done.stderr


def test_a_letter_sheet(run, answers, tmp_path) -> None:
    from pypdf import PdfReader

    done = run(
        "assess",
        answers(CALM),
        "--rules",
        str(SMALL),
        "--format",
        "pdf",
        "--paper",
        "letter",
        "-o",
        "a.pdf",
    )
    assert done.returncode == 0
    assert round(PdfReader(tmp_path / "a.pdf").pages[0].mediabox.width) == 612
