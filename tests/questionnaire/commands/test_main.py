"""The commands as other programs use them: exit status, one clear message, and the numbers that can be set."""

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from programs.command_line import ROOT, SMALL, legcramp


@pytest.fixture
def run(tmp_path: Path):
    """As another program starts it: here how it starts and ends is what is tried."""
    return partial(legcramp, tmp_path)


@pytest.mark.parametrize(
    "arguments",
    [
        ("asess",), ("assess",), ("assess", "x", "--format", "doc"), ("assess", "x", "--today", "soon"),
        ("ask", "--resume", "--new"), ("summary",), ("summary", "20200101-0000-aaaa"), ("summary", "../x"),
        ("takehome",), ("takehome", "20200101-0000-aaaa"), ("takehome", "../x"), ("takehome", "--format", "md"),
        ("sessions", "show", "nonsense"), ("sessions", "delete", "20200101-0000-aaaa"),
        ("rules", "explain", "nothing"), ("rules", "list", "nothing"), ("rules", "check", "nowhere"),
        ("ask", "--rules", "nowhere"), ("ask", "--resume"), ("assess", "."),
        ("rules", "test", "no such example"),
    ],
)  # fmt: skip
def test_wrong_use_gets_one_message_and_status_2(run, arguments) -> None:
    if arguments[:2] == ("rules", "test"):
        arguments = (*arguments, "--rules", str(SMALL))
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr
    assert done.stdout == ""


def test_a_broken_rulebook_is_said_before_anything_is_asked(run, small_folder: Path) -> None:
    card = small_folder / "red_flags" / "chest.yaml"
    card.write_text(card.read_text().replace("includes: chest", "includes: chst"))
    for command in (["ask", "--plain"], ["rules", "check"]):
        where = ["--rules", str(small_folder)] if command[0] == "ask" else [str(small_folder)]
        done = run(*command, *where)
        assert done.returncode == 2
        place = "red_flags/chest.yaml:7:" if command[0] == "ask" else "red_flags/chest.yaml\n  line 7: "
        assert place in done.stderr
        assert "Did you mean “chest”?" in done.stderr
        assert done.stdout == ""


def test_a_reader_that_stops_early_is_no_error(run) -> None:
    command = f"{sys.executable} -m questionnaire rules list sources | head -1"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stderr == ""


def test_explain_and_list(run) -> None:
    shown = run("rules", "explain", "leg_swollen").stdout
    for part in ("today", "same_day", "nice_ng158", "last reviewed"):
        assert part in shown
    assert "WHAT READS IT" in run("rules", "explain", "kidneys").stdout
    assert "deep" in run("rules", "list", "sources").stdout.casefold()
    assert "Did you mean “leg_swollen”?" in run("rules", "explain", "leg_swolen").stderr


@pytest.mark.parametrize("number", ["abc", "112; rm", "1" * 40, "+"])
def test_what_is_no_emergency_number(run, number) -> None:
    for done in (run("ask", "--emergency-number", number), run("ask", LEGCRAMP_EMERGENCY_NUMBER=number)):
        assert done.returncode == 2
        assert "is no phone number" in done.stderr


@pytest.mark.parametrize("number", ["abc", "988; rm"])
def test_what_is_no_number_of_a_crisis_line(run, number) -> None:
    for done in (run("ask", "--crisis-line", number), run("ask", LEGCRAMP_CRISIS_LINE=number)):
        assert done.returncode == 2
        assert "is no phone number" in done.stderr


def test_both_numbers_can_be_set(run, answers) -> None:
    file = answers({"about": "self", "age": 51, "effect": "spoils_many", "mood": "plan"})
    said = " ".join(
        run("assess", str(file), "--emergency-number", "15", "--crisis-line", "31 14").stdout.split()
    )
    assert "Call your local emergency number (15). Or call a crisis line (31 14)" in said
    said = run("assess", str(file), "--format", "json", LEGCRAMP_CRISIS_LINE="3114").stdout
    assert "crisis line (3114)" in said
    assert "988 in" not in said


def test_the_bare_command_reads_the_environment_too(run) -> None:
    assert "(777)" in run(stdin="", LEGCRAMP_EMERGENCY_NUMBER="777").stdout
    assert run(stdin="", LEGCRAMP_EMERGENCY_NUMBER="x").returncode == 2


@pytest.mark.parametrize(
    ("started", "on_path", "said"),
    [
        (".venv/bin/legcramp", False, ".venv/bin/legcramp"),
        ("/my tools/legcramp", False, "'/my tools/legcramp'"),
        (".venv/bin/legcramp", True, "legcramp"),
        ("/lib/questionnaire/__main__.py", False, "legcramp"),
    ],
)
def test_it_names_itself_so_that_it_can_be_typed_again(
    monkeypatch, tmp_path: Path, started: str, on_path: bool, said: str
) -> None:
    from questionnaire.program import program

    if on_path:
        (tmp_path / "legcramp").touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.argv", [started])
    assert program() == said
