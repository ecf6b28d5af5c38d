"""``legcramp rules prove``, and the invariants in check, list, explain and new."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

LINE = "IF signs includes swollen AND age >= 60 THEN at_least same_day"
TOO_MUCH = "IF signs includes swollen AND age >= 60 THEN at_least emergency"


def test_it_holds_for_all_answers(run, rules: Path) -> None:
    done = run("prove", LINE)
    assert done.returncode == 0
    assert done.stdout.splitlines()[1:] == [LINE, "  Holds for all answers."]


def test_words_need_no_quotes_where_the_shell_takes_none(run, rules: Path) -> None:
    assert (
        "Holds for all answers."
        in run("prove", *["IF", "signs", "includes", "swollen", "THEN", "at_least", "soon"]).stdout
    )


def test_somebody_for_whom_it_does_not_hold_in_plain_english(run, rules: Path) -> None:
    done = run("prove", TOO_MUCH)
    assert done.returncode == 0
    said = done.stdout.splitlines()[2]
    assert said.startswith("  Does not hold. A man of ")
    assert "“Swollen”" in said or "wollen" in said
    assert said.endswith("comes out at same_day, not at least emergency.")


def test_a_premise_that_fits_nobody_is_told(run, rules: Path) -> None:
    assert "No answers fit the premise" in run("prove", "IF age < 3 AND age > 80 THEN at_least soon").stdout


def test_the_answers_are_written_and_lead_to_what_was_said(run, rules: Path, tmp_path: Path) -> None:
    done = run("prove", TOO_MUCH, "--answers-dir", "people")
    assert "1 file with answers" in done.stderr
    file = tmp_path / "people" / "asked.json"
    told = json.loads(file.read_text())
    assert told["format"] == "legcramp-answers/1"
    assert "swollen" in told["answers"]["signs"]
    assert told["answers"]["age"] >= 60
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = run("prove", TOO_MUCH, "--answers-dir", "people")
    assert again.returncode == 2
    assert "exists already" in again.stderr
    assert run("prove", TOO_MUCH, "--answers-dir", "people", "--force").returncode == 0


def test_an_id_and_a_file_can_be_asked(run, rules: Path, tmp_path: Path) -> None:
    done = run("prove", "a_swollen_leg_is_seen_today")
    assert "a_swollen_leg_is_seen_today: Whoever has a swollen leg is seen today." in done.stdout
    (tmp_path / "own.yaml").write_text(
        "invariants:\n  - {id: one, sentence: One., when: {item: age, below: 3}, at_most: routine}\n"
        "  - {id: two, sentence: Two., when: {item: signs, includes: swollen}, at_least: soon}\n"
    )
    done = run("prove", "own.yaml")
    assert "one: One.\n  Does not hold." in done.stdout
    assert "two: Two.\n  Holds for all answers." in done.stdout


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("IF signs includes swolen THEN at_least soon", "Did you mean “swollen”?"),
        ("IF signs includes swollen", "there is no THEN here"),
        ("a_swollen_leg_is_seen", "Did you mean “a_swollen_leg_is_seen_today”?"),
        ("nowhere.yaml", "There is no file nowhere.yaml"),
        ("rules", "is not a plain file"),
        ("rules/rulebook.yaml", "a list named “invariants” is expected"),
        ("", "There is no invariant and no file"),
    ],
)
def test_wrong_use_is_one_clear_message(run, rules: Path, asked: str, words: str) -> None:
    done = run("prove", asked)
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.splitlines()) < 6


def test_check_says_how_many_were_proved(run, rules: Path) -> None:
    assert "Proved for all answers: 2 safety invariants." in run("check", "rules").stdout


def test_check_tells_a_broken_one_with_its_place_and_writes_the_answers(
    run, rules: Path, tmp_path: Path
) -> None:
    card = rules / "red_flags" / "swollen.yaml"
    card.write_text(card.read_text().replace("disposition: same_day", "disposition: soon"))
    done = run("check", "rules", "--answers-dir", "people")
    assert done.returncode == 2
    assert "[invariant-broken]" in done.stderr
    assert "“Whoever has a swollen leg is seen today.” A man of 50" in done.stderr
    told = json.loads(run("check", "rules", "--format", "json").stdout)
    (problem,) = [p for p in told["problems"] if p["code"] == "invariant-broken"]
    assert (problem["file"], problem["line"]) == ("rules/invariants.yaml", 2)
    assert [path.name for path in (tmp_path / "people").iterdir()] == ["a_swollen_leg_is_seen_today.json"]


def test_list_explain_and_new_know_them(run, rules: Path) -> None:
    assert "no_magnesium_with_weak_kidneys" in run("list", "invariants").stdout
    told = run("explain", "no_magnesium_with_weak_kidneys").stdout
    for words in (
        "OR IS NOT SURE",
        "“How are your kidneys?” is answered",
        "magnesium",
        "finished interviews",
    ):
        assert words in told
    done = run("new", "invariant", "my_own", "--rules", "rules")
    assert done.returncode == 0
    assert "- id: my_own" in (rules / "invariants.yaml").read_text()
    assert "[empty]" in run("check", "rules").stderr
