"""The commands as other programs use them: output, exit status, one clear message."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SMALL = ROOT / "tests" / "small_rules"
CALM = {
    "alarm": [],
    "age": 50,
    "sex": "male",
    "signs": [],
    "kidneys": "fine",
    "medicines": [],
    "days": ["sit"],
    "nights": 1,
}


@pytest.fixture
def run(tmp_path: Path):
    def legcramp(*arguments: str, stdin: str | bytes = "", **environment: str):
        raw = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "questionnaire", *arguments],
            cwd=tmp_path,
            input=raw,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "XDG_DATA_HOME": str(tmp_path / "data"),
                **environment,
            },
            capture_output=True,
            timeout=60,
        )
        done.out, done.err = done.stdout.decode(), done.stderr.decode()
        assert "Traceback" not in done.err + done.out
        return done

    return legcramp


@pytest.fixture
def answers(tmp_path: Path):
    def write(data, name: str = "answers.json") -> str:
        path = tmp_path / name
        if isinstance(data, bytes):
            path.write_bytes(data)
        else:
            path.write_text(json.dumps({"format": "legcramp-answers/1", "answers": data}))
        return name

    return write


def assess(run, *arguments: str, **options):
    return run("assess", *arguments, "--rules", str(SMALL), "--today", "2026-11-22", **options)


def test_json_text_and_markdown(run, answers) -> None:
    name = answers(CALM)
    data = json.loads(assess(run, name, "--format", "json").out)
    assert data["disposition"]["code"] == "self_care"
    assert data["date"] == "2026-11-22"
    assert "CARE FOR IT YOURSELF AT HOME" in assess(run, name).out
    assert "# Your result" in assess(run, name, "--format", "md").out


def test_standard_input_and_yaml(run, answers) -> None:
    yaml = "format: legcramp-answers/1\nanswers: {alarm: [chest]}\n"
    assert "EMERGENCY" in assess(run, "-", stdin=yaml).out


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
    assert done.out == ""
    for word in words:
        assert word in done.err
    assert done.err.count("\n") <= 5


def test_a_missing_file_names_the_nearest(run, answers) -> None:
    answers(CALM)
    done = assess(run, "anwers.json")
    assert done.returncode == 2
    assert "Did you mean “answers.json”?" in done.err


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
    assert done.err
    assert done.out == ""


def test_output_files_are_whole_private_and_never_overwritten(run, answers, tmp_path: Path) -> None:
    name = answers(CALM)
    assert assess(run, name, "-o", "page.txt").returncode == 0
    page = tmp_path / "page.txt"
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    page.write_text("mine")
    again = assess(run, name, "-o", "page.txt")
    assert (again.returncode, page.read_text()) == (2, "mine")
    assert "--force" in again.err
    assert assess(run, name, "-o", "page.txt", "--force").returncode == 0
    assert "YOUR RESULT" in page.read_text()
    (tmp_path / "link").symlink_to(page)
    assert assess(run, name, "-o", "link", "--force").returncode == 0
    assert (tmp_path / "link").is_symlink()
    page.write_text("kept")
    page.chmod(0o400)
    kept = assess(run, name, "-o", "page.txt", "--force")
    assert (kept.returncode, page.read_text(), "write-protected" in kept.err) == (2, "kept", True)
    assert assess(run, name, "-o", "no/such/folder/page").returncode == 2
    assert assess(run, name, "-o", ".").returncode == 2


def test_a_broken_rulebook_is_said_before_anything_is_asked(run, small_folder: Path) -> None:
    card = small_folder / "red_flags" / "chest.yaml"
    card.write_text(card.read_text().replace("includes: chest", "includes: chst"))
    for command in (["ask", "--plain"], ["rules", "check"]):
        where = ["--rules", str(small_folder)] if command[0] == "ask" else [str(small_folder)]
        done = run(*command, *where)
        assert done.returncode == 2
        place = "red_flags/chest.yaml:7:" if command[0] == "ask" else "red_flags/chest.yaml\n  line 7: "
        assert place in done.err
        assert "Did you mean “chest”?" in done.err
        assert done.out == ""


def test_a_reader_that_stops_early_is_no_error(run) -> None:
    command = f"{sys.executable} -m questionnaire rules list sources | head -1"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stderr == ""


PLAIN = "\n0\n50\n2\n0\n1\n0\n1\n1\n0\n"  # the last 0: the review is right


def test_the_interview_through_a_pipe(run) -> None:
    done = run("ask", "--rules", str(SMALL), stdin=PLAIN + "8\n")
    assert done.returncode == 0
    assert "CARE FOR IT YOURSELF AT HOME" in done.out
    assert "\x1b" not in done.out


def test_a_pipe_that_ends_early_saves_and_says_where(run) -> None:
    done = run("ask", "--rules", str(SMALL), stdin="\n0\n50\n")
    assert done.returncode == 130
    assert "legcramp ask --resume" in done.out
    assert "Call your emergency number" in done.out  # nobody leaves without the safety-net
    listed = run("sessions").out
    assert "2 answers, not finished" in listed
    half = run("takehome", "--rules", str(SMALL))
    assert half.returncode == 0
    assert "NOT FINISHED" in half.out
    assert "FOUR WEEKS" not in half.out
    rest = run("ask", "--resume", "--rules", str(SMALL), stdin="2\n0\n1\n0\n1\n1\n0\n8\n")
    assert rest.returncode == 0
    assert "CARE FOR IT YOURSELF AT HOME" in rest.out
    session = run("sessions").out.split()[0]
    assert "SITUATION" in run("summary", "--rules", str(SMALL)).out
    assert "SITUATION" in run("summary", session, "--rules", str(SMALL)).out
    for which in ((), (session,)):
        assert "FOUR WEEKS" in run("takehome", *which, "--rules", str(SMALL)).out
    assert "CARE FOR" in run("sessions", "show", session, "--rules", str(SMALL)).out
    assert run("sessions", "delete", session).returncode == 0
    assert "Nothing is saved" in run("sessions").out


def test_answers_can_be_deleted_at_the_end(run) -> None:
    assert "Your answers are deleted" in run("ask", "--rules", str(SMALL), stdin=PLAIN + "7\n2\ny\n").out
    assert "Nothing is saved" in run("sessions").out


def test_half_a_list_of_medicines_is_not_lost(run) -> None:
    begun = "\n0\n50\n2\n0\n1\nlipitor\naprinox\n"
    assert run("ask", "--rules", str(SMALL), stdin=begun).returncode == 130
    rest = run("ask", "--resume", "--rules", str(SMALL), stdin="0\n2\n1\n1\n0\n8\n")
    listed = "On your list: 1 lipitor (that is atorvastatin) · 2 aprinox (that is bendroflumethiazide)."
    assert listed in rest.out.replace("\n", " ")
    listed = run("summary", "--rules", str(SMALL)).out
    assert "aprinox (bendroflumethiazide): started/changed ≤6 weeks ago" in listed


def test_a_name_that_is_not_understood_yet_is_not_lost(run) -> None:
    begun = "\n0\n50\n2\n0\n1\nlipitor, moonstone and a water pill\n"
    assert run("ask", "--rules", str(SMALL), stdin=begun).returncode == 130
    rest = run("ask", "--resume", "--rules", str(SMALL), stdin="0\n0\n1\n1\n0\n8\n")
    assert "2 moonstone · 3 a water pill" in rest.out.replace("\n", " ")


def test_a_folder_that_cannot_be_written_does_not_stop_the_interview(run, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    done = run("ask", "--rules", str(SMALL), stdin=PLAIN + "8\n")
    assert done.returncode == 0
    assert done.out.count("could not be saved") == 1
    assert "8. End" in done.out, "nothing is on the disk that could be deleted"
    assert "CARE FOR IT YOURSELF AT HOME" in done.out


def test_odd_input_never_breaks_it(run) -> None:
    odd = (
        "\n"
        + "x" * 10_000
        + "\n\x1b[31m\n\x00\n🦵\n-1\n9999\n0\nsixty-two\n2\n0\n1\nmoonstone\n3\n0\n3\n1\n1\n0\n8\n"
    )
    done = run("ask", "--rules", str(SMALL), stdin=odd)
    assert done.returncode == 0
    assert "\x1b" not in done.out
    done = run("ask", "--rules", str(SMALL), stdin=b"\n\xff\xfe\n0\n\xff\n50\n")
    assert done.returncode == 130


def test_escapes_never_reach_the_terminal_through_messages(run, answers) -> None:
    name = answers({"\x1b[31mX": 1})
    assert "\x1b" not in assess(run, name).err
    assert "\x1b" not in assess(run, "\x1b[31m").err


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


def test_a_very_long_medicine_name_is_cut_and_kept(run) -> None:
    long = "moonstone " * 100
    done = run("ask", "--rules", str(SMALL), stdin=f"\n0\n50\n2\n0\n1\n{long}\n3\n0\n3\n1\n1\n0\n8\n")
    assert done.returncode == 0
    assert "moonstone moonstone" in run("summary", "--rules", str(SMALL)).out


def test_a_damaged_newest_session_is_named(run, tmp_path: Path) -> None:
    run("ask", "--rules", str(SMALL), stdin="\n0\n50\n")
    (session,) = (tmp_path / "data").rglob("*.json")
    (session.parent / "20991122-0950-aaaa.json").write_text("{")
    assert "20991122-0950-aaaa" in run("summary", "--rules", str(SMALL)).err


def test_explain_and_list(run) -> None:
    shown = run("rules", "explain", "leg_swollen").out
    for part in ("today", "same_day", "nice_ng158", "last reviewed"):
        assert part in shown
    assert "WHAT READS IT" in run("rules", "explain", "kidneys").out
    assert "deep" in run("rules", "list", "sources").out.casefold()
    assert "Did you mean “leg_swollen”?" in run("rules", "explain", "leg_swolen").err


@pytest.mark.parametrize("style", ["html", "pdf", "json", "md", "text", "fhir"])
def test_the_page_in_every_format_is_whole_private_and_not_overwritten(
    run, answers, tmp_path, style
) -> None:
    name = answers(CALM)
    made = run("summary", name, "--rules", str(SMALL), "--format", style, "-o", "page.out")
    assert (made.returncode, made.out, made.err) == (0, "", "")
    page = tmp_path / "page.out"
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    before = page.read_bytes()
    again = run("summary", name, "--rules", str(SMALL), "--format", style, "-o", "page.out")
    assert again.returncode == 2
    assert "--force" in again.err
    assert page.read_bytes() == before
    forced = run("summary", name, "--rules", str(SMALL), "--format", style, "-o", "page.out", "--force")
    assert forced.returncode == 0
    assert page.read_bytes() == before  # the same input, the same bytes


@pytest.mark.parametrize("style", ["html", "pdf", "text"])
def test_the_sheet_to_take_home_is_whole_private_and_not_overwritten(run, answers, tmp_path, style) -> None:
    arguments = ("takehome", answers(CALM), "--rules", str(SMALL), "--format", style, "-o", "sheet.out")
    made = run(*arguments)
    assert (made.returncode, made.out, made.err) == (0, "", "")
    sheet = tmp_path / "sheet.out"
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    before = sheet.read_bytes()
    again = run(*arguments)
    assert again.returncode == 2
    assert "--force" in again.err
    assert sheet.read_bytes() == before
    assert run(*arguments, "--force").returncode == 0
    assert sheet.read_bytes() == before  # the same input, the same bytes


def test_the_sheet_has_the_numbers_that_were_set(run, tmp_path) -> None:
    answers = {"format": "legcramp-answers/1", "answers": {"age": 50, "emergency_legs": ["cold_foot"]}}
    (tmp_path / "a.json").write_text(json.dumps(answers))
    assert "emergency number (15)" in run("takehome", "a.json", "--emergency-number", "15").out


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


@pytest.mark.parametrize("number", ["abc", "112; rm", "1" * 40, "+"])
def test_what_is_no_emergency_number(run, number) -> None:
    for done in (run("ask", "--emergency-number", number), run("ask", LEGCRAMP_EMERGENCY_NUMBER=number)):
        assert done.returncode == 2
        assert "is no phone number" in done.err


@pytest.mark.parametrize("number", ["abc", "988; rm"])
def test_what_is_no_number_of_a_crisis_line(run, number) -> None:
    for done in (run("ask", "--crisis-line", number), run("ask", LEGCRAMP_CRISIS_LINE=number)):
        assert done.returncode == 2
        assert "is no phone number" in done.err


def test_both_numbers_can_be_set(run, answers) -> None:
    file = answers({"about": "self", "age": 51, "effect": "spoils_many", "mood": "plan"})
    said = " ".join(
        run("assess", str(file), "--emergency-number", "15", "--crisis-line", "31 14").out.split()
    )
    assert "Call your local emergency number (15). Or call a crisis line (31 14)" in said
    said = run("assess", str(file), "--format", "json", LEGCRAMP_CRISIS_LINE="3114").out
    assert "crisis line (3114)" in said
    assert "988 in" not in said


def test_a_pipe_is_not_asked_about_earlier_sessions(run) -> None:
    assert run("ask", "--rules", str(SMALL), stdin="\n0\n50\n").returncode == 130
    done = run("ask", "--rules", str(SMALL), stdin=PLAIN + "8\n")
    assert done.returncode == 0
    assert "You did not finish" not in done.out


def test_who_stops_hears_what_the_answers_say_so_far(run) -> None:
    done = run("ask", "--rules", str(SMALL), stdin="\n0\n50\n2\n1\n")
    assert done.returncode == 130
    assert "WHAT YOUR ANSWERS SAY SO FAR: Speak to a clinician today" in done.out


def test_half_a_list_of_medicines_survives_going_back_and_looking_over(run) -> None:
    for away in ("b\n\n" * 2, "r\n0\n" * 2):
        stdin = "\n0\n50\n2\n0\n1\natorvastatin\n" + away + "0\n2\n1\n1\n0\n8\n"
        assert run("ask", "--rules", str(SMALL), stdin=stdin).returncode == 0
        assert "atorvastatin" in run("summary", "--rules", str(SMALL)).out


def test_going_back_out_of_a_change_leaves_the_medicines(run) -> None:
    stdin = "\n0\n50\n2\n0\n1\natorvastatin\n0\n1\n1\n1\n6\nx\nb\n6\n0\n\n0\n8\n"
    assert run("ask", "--rules", str(SMALL), stdin=stdin).returncode == 0
    assert "atorvastatin" in run("summary", "--rules", str(SMALL)).out


def test_own_words_survive_a_look_back(run) -> None:
    stdin = PLAIN + "5\n1\n:-( MY OWN WORDS\n5\n7\n1\nb\n1\n0\n8\n"
    assert run("ask", "--rules", str(SMALL), stdin=stdin).returncode == 0
    assert ":-( MY OWN WORDS" in run("summary", "--rules", str(SMALL)).out


def test_answers_that_do_not_fit_other_rules_are_kept(run, tmp_path: Path) -> None:
    assert run("ask", "--rules", str(SMALL), stdin="\n0\n50\n").returncode == 130
    (path,) = (tmp_path / "data").rglob("*.json")
    saved = json.loads(path.read_text())
    saved["answers"]["of_other_rules"] = "yes"
    path.write_text(json.dumps(saved))
    stopped = run("ask", "--resume", "--rules", str(SMALL), stdin="")
    assert "Your answers are saved" in stopped.out
    for typed in ("\n2\n", "0\n", "1\n"):  # also when resumed again and again
        assert run("ask", "--resume", "--rules", str(SMALL), stdin=typed).returncode == 130
        assert json.loads(path.read_text())["drafts"]["of_other_rules"] == "yes"


def test_nothing_is_said_to_be_saved_that_is_not(run, tmp_path: Path) -> None:
    kept = run("ask", "--rules", str(SMALL), "--no-save", stdin=PLAIN + "8\n").out
    assert "no answer is kept" in kept
    assert "are kept" not in kept
    (tmp_path / "data").write_text("in the way")
    lost = run("ask", "--rules", str(SMALL), stdin=PLAIN + "8\n").out
    assert "Your answers are kept" not in lost


def test_the_bare_command_reads_the_environment_too(run) -> None:
    assert "(777)" in run(stdin="", LEGCRAMP_EMERGENCY_NUMBER="777").out
    assert run(stdin="", LEGCRAMP_EMERGENCY_NUMBER="x").returncode == 2


def test_a_question_mark_at_a_read_back_is_no_answer(run) -> None:
    done = run("ask", "--rules", str(SMALL), stdin="\n1\n?\ny\n")
    assert "EMERGENCY. GET HELP NOW" in done.out


def test_once_it_is_today_few_questions_follow_and_all_of_them_for_whoever_wants(run) -> None:
    start = "\n1\n58\n2\n0\n0\n0\n1\ny\n"  # a man of 58 with one leg newly swollen
    short = run("ask", "--new", stdin=start + "1\n0\n0\n0\n1\n0\n0\n1\n0\n0\n")
    assert "4. Answer all, for a fuller page for the clinician: about 2" in short.out
    assert "RESULT: SPEAK TO A CLINICIAN TODAY" in short.out
    assert "What is it like?" not in short.out
    whole = run("ask", "--new", stdin=start + "4\n0\n0\n0\n1\n")
    assert "What is it like?" in whole.out


def test_danger_signs_are_asked_again_after_a_day(run, tmp_path: Path) -> None:
    assert run("ask", "--rules", str(SMALL), stdin="\n0\n50\n").returncode == 130
    (file,) = (tmp_path / "data" / "legcramp" / "sessions").glob("*.json")
    rest = "2\n0\n1\n0\n1\n1\n0\n8\n"
    data = json.loads(file.read_text())
    file.write_text(json.dumps({**data, "saved": "2026-01-02T03:04:05"}))
    gone = run("ask", "--resume", "--rules", str(SMALL), stdin=f"\n1\ny\n{rest}")
    assert "more than a day ago" in gone.out
    assert "Which of these are true now?" in gone.out
    assert "GET HELP NOW" in gone.out.upper()  # what was denied in January is told now
    file.write_text(json.dumps(data))
    soon = run("ask", "--resume", "--rules", str(SMALL), stdin=rest)
    assert "more than a day ago" not in soon.out


def test_what_is_private_is_not_in_the_data_of_the_page_either(run, tmp_path: Path) -> None:
    answers = {
        "emergency_head": [],
        "emergency_legs": [],
        "emergency_other": [],
        "age": 50,
        "mood": "thoughts",
        "effect": "spoils_many",
        "days": ["stress", "smoke"],
    }
    (tmp_path / "a.json").write_text(json.dumps({"format": "legcramp-answers/1", "answers": answers}))
    whole = run("assess", "a.json", "--format", "json").out
    assert json.loads(whole)["answers"]["mood"] == "thoughts"
    page = run("summary", "a.json", "--format", "json").out
    told = json.loads(page)
    assert "mood" not in told["answers"]
    assert told["answers"]["days"] == ["smoke"]
    for word in ("thoughts", "stress", "suicid", "ending"):  # but “ascending” may be there
        assert not re.search(rf"\b{word}", page.casefold()), word
    assert told["disposition"]["code"] == json.loads(whole)["disposition"]["code"]


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
