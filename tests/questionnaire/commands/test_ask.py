"""The interview through a pipe: what is typed, what is kept, and what is said when it stops."""

import json
from functools import partial
from pathlib import Path

import pytest
from programs.command_line import SMALL, legcramp


@pytest.fixture
def run(tmp_path: Path):
    """As another program starts it: whole interviews, from the start to the end."""
    return partial(legcramp, tmp_path)


PLAIN = "\n0\n50\n2\n0\n1\n0\n1\n1\n0\n"  # the last 0: the review is right


def test_the_interview_through_a_pipe(run) -> None:
    done = run("ask", "--rules", str(SMALL), stdin=PLAIN + "8\n")
    assert done.returncode == 0
    assert "CARE FOR IT YOURSELF AT HOME" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_pipe_that_ends_early_saves_and_says_where(run) -> None:
    done = run("ask", "--rules", str(SMALL), stdin="\n0\n50\n")
    assert done.returncode == 130
    assert "legcramp ask --resume" in done.stdout
    assert "Call your emergency number" in done.stdout  # nobody leaves without the safety-net
    listed = run("sessions").stdout
    assert "2 answers, not finished" in listed
    half = run("takehome", "--rules", str(SMALL))
    assert half.returncode == 0
    assert "NOT FINISHED" in half.stdout
    assert "FOUR WEEKS" not in half.stdout
    rest = run("ask", "--resume", "--rules", str(SMALL), stdin="2\n0\n1\n0\n1\n1\n0\n8\n")
    assert rest.returncode == 0
    assert "CARE FOR IT YOURSELF AT HOME" in rest.stdout
    session = run("sessions").stdout.split()[0]
    assert "SITUATION" in run("summary", "--rules", str(SMALL)).stdout
    assert "SITUATION" in run("summary", session, "--rules", str(SMALL)).stdout
    for which in ((), (session,)):
        assert "FOUR WEEKS" in run("takehome", *which, "--rules", str(SMALL)).stdout
    assert "CARE FOR" in run("sessions", "show", session, "--rules", str(SMALL)).stdout
    assert run("sessions", "delete", session).returncode == 0
    assert "Nothing is saved" in run("sessions").stdout


def test_answers_can_be_deleted_at_the_end(run) -> None:
    assert "Your answers are deleted" in run("ask", "--rules", str(SMALL), stdin=PLAIN + "7\n2\ny\n").stdout
    assert "Nothing is saved" in run("sessions").stdout


def test_half_a_list_of_medicines_is_not_lost(run) -> None:
    begun = "\n0\n50\n2\n0\n1\nlipitor\naprinox\n"
    assert run("ask", "--rules", str(SMALL), stdin=begun).returncode == 130
    rest = run("ask", "--resume", "--rules", str(SMALL), stdin="0\n2\n1\n1\n0\n8\n")
    listed = "On your list: 1 lipitor (that is atorvastatin) · 2 aprinox (that is bendroflumethiazide)."
    assert listed in rest.stdout.replace("\n", " ")
    listed = run("summary", "--rules", str(SMALL)).stdout
    assert "aprinox (bendroflumethiazide): started/changed ≤6 weeks ago" in listed


def test_a_name_that_is_not_understood_yet_is_not_lost(run) -> None:
    begun = "\n0\n50\n2\n0\n1\nlipitor, moonstone and a water pill\n"
    assert run("ask", "--rules", str(SMALL), stdin=begun).returncode == 130
    rest = run("ask", "--resume", "--rules", str(SMALL), stdin="0\n0\n1\n1\n0\n8\n")
    assert "2 moonstone · 3 a water pill" in rest.stdout.replace("\n", " ")


def test_a_folder_that_cannot_be_written_does_not_stop_the_interview(run, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    done = run("ask", "--rules", str(SMALL), stdin=PLAIN + "8\n")
    assert done.returncode == 0
    assert done.stdout.count("could not be saved") == 1
    assert "8. End" in done.stdout, "nothing is on the disk that could be deleted"
    assert "CARE FOR IT YOURSELF AT HOME" in done.stdout


def test_odd_input_never_breaks_it(run) -> None:
    odd = (
        "\n"
        + "x" * 10_000
        + "\n\x1b[31m\n\x00\n🦵\n-1\n9999\n0\nsixty-two\n2\n0\n1\nmoonstone\n3\n0\n3\n1\n1\n0\n8\n"
    )
    done = run("ask", "--rules", str(SMALL), stdin=odd)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    done = run("ask", "--rules", str(SMALL), stdin=b"\n\xff\xfe\n0\n\xff\n50\n")
    assert done.returncode == 130


def test_a_very_long_medicine_name_is_cut_and_kept(run) -> None:
    long = "moonstone " * 100
    done = run("ask", "--rules", str(SMALL), stdin=f"\n0\n50\n2\n0\n1\n{long}\n3\n0\n3\n1\n1\n0\n8\n")
    assert done.returncode == 0
    assert "moonstone moonstone" in run("summary", "--rules", str(SMALL)).stdout


def test_a_pipe_is_not_asked_about_earlier_sessions(run) -> None:
    assert run("ask", "--rules", str(SMALL), stdin="\n0\n50\n").returncode == 130
    done = run("ask", "--rules", str(SMALL), stdin=PLAIN + "8\n")
    assert done.returncode == 0
    assert "You did not finish" not in done.stdout


def test_who_stops_hears_what_the_answers_say_so_far(run) -> None:
    done = run("ask", "--rules", str(SMALL), stdin="\n0\n50\n2\n1\n")
    assert done.returncode == 130
    assert "WHAT YOUR ANSWERS SAY SO FAR: Speak to a clinician today" in done.stdout


def test_half_a_list_of_medicines_survives_going_back_and_looking_over(run) -> None:
    for away in ("b\n\n" * 2, "r\n0\n" * 2):
        stdin = "\n0\n50\n2\n0\n1\natorvastatin\n" + away + "0\n2\n1\n1\n0\n8\n"
        assert run("ask", "--rules", str(SMALL), stdin=stdin).returncode == 0
        assert "atorvastatin" in run("summary", "--rules", str(SMALL)).stdout


def test_going_back_out_of_a_change_leaves_the_medicines(run) -> None:
    stdin = "\n0\n50\n2\n0\n1\natorvastatin\n0\n1\n1\n1\n6\nx\nb\n6\n0\n\n0\n8\n"
    assert run("ask", "--rules", str(SMALL), stdin=stdin).returncode == 0
    assert "atorvastatin" in run("summary", "--rules", str(SMALL)).stdout


def test_own_words_survive_a_look_back(run) -> None:
    stdin = PLAIN + "5\n1\n:-( MY OWN WORDS\n5\n7\n1\nb\n1\n0\n8\n"
    assert run("ask", "--rules", str(SMALL), stdin=stdin).returncode == 0
    assert ":-( MY OWN WORDS" in run("summary", "--rules", str(SMALL)).stdout


def test_answers_that_do_not_fit_other_rules_are_kept(run, tmp_path: Path) -> None:
    assert run("ask", "--rules", str(SMALL), stdin="\n0\n50\n").returncode == 130
    (path,) = (tmp_path / "data").rglob("*.json")
    saved = json.loads(path.read_text())
    saved["answers"]["of_other_rules"] = "yes"
    path.write_text(json.dumps(saved))
    stopped = run("ask", "--resume", "--rules", str(SMALL), stdin="")
    assert "Your answers are saved" in stopped.stdout
    for typed in ("\n2\n", "0\n", "1\n"):  # also when resumed again and again
        assert run("ask", "--resume", "--rules", str(SMALL), stdin=typed).returncode == 130
        assert json.loads(path.read_text())["drafts"]["of_other_rules"] == "yes"


def test_nothing_is_said_to_be_saved_that_is_not(run, tmp_path: Path) -> None:
    kept = run("ask", "--rules", str(SMALL), "--no-save", stdin=PLAIN + "8\n").stdout
    assert "no answer is kept" in kept
    assert "are kept" not in kept
    (tmp_path / "data").write_text("in the way")
    lost = run("ask", "--rules", str(SMALL), stdin=PLAIN + "8\n").stdout
    assert "Your answers are kept" not in lost


def test_a_question_mark_at_a_read_back_is_no_answer(run) -> None:
    done = run("ask", "--rules", str(SMALL), stdin="\n1\n?\ny\n")
    assert "EMERGENCY. GET HELP NOW" in done.stdout


def test_once_it_is_today_few_questions_follow_and_all_of_them_for_whoever_wants(run) -> None:
    start = "\n1\n58\n2\n0\n0\n0\n1\ny\n"  # a man of 58 with one leg newly swollen
    short = run("ask", "--new", stdin=start + "1\n0\n0\n0\n1\n0\n0\n1\n0\n0\n")
    assert "4. Answer all, for a fuller page for the clinician: about 2" in short.stdout
    assert "RESULT: SPEAK TO A CLINICIAN TODAY" in short.stdout
    assert "What is it like?" not in short.stdout
    whole = run("ask", "--new", stdin=start + "4\n0\n0\n0\n1\n")
    assert "What is it like?" in whole.stdout


def test_danger_signs_are_asked_again_after_a_day(run, tmp_path: Path) -> None:
    assert run("ask", "--rules", str(SMALL), stdin="\n0\n50\n").returncode == 130
    (file,) = (tmp_path / "data" / "legcramp" / "sessions").glob("*.json")
    rest = "2\n0\n1\n0\n1\n1\n0\n8\n"
    data = json.loads(file.read_text())
    file.write_text(json.dumps({**data, "saved": "2026-01-02T03:04:05"}))
    gone = run("ask", "--resume", "--rules", str(SMALL), stdin=f"\n1\ny\n{rest}")
    assert "more than a day ago" in gone.stdout
    assert "Which of these are true now?" in gone.stdout
    assert "GET HELP NOW" in gone.stdout.upper()  # what was denied in January is told now
    file.write_text(json.dumps(data))
    soon = run("ask", "--resume", "--rules", str(SMALL), stdin=rest)
    assert "more than a day ago" not in soon.stdout
