"""Rules kept for a quicker start: the same results, and never another version or what would be refused."""

import datetime
import json
import os
import pickle
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from clinic.folder import FRAME
from programs.command_line import ROOT, SMALL
from programs.keeping import NOT_POSIX, kept, plain

from questionnaire.kept_rules import kept_or_read
from questionnaire.pickled import Ready, from_bytes, to_bytes
from triage.engine.assess import assess_with
from triage.engine.response import Response
from triage.engine.solving.levels import Levels
from triage.readers.experta_network import plan_of
from triage.rulebook.load import load
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import usual_answers


def test_the_same_bytes_at_the_first_start_at_the_second_and_where_nothing_can_be_kept(
    assess: Callable[..., bytes], home: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    for style in ("text", "json"):
        first = assess("--format", style)
        assert len(kept(home)) == 1
        assert assess("--format", style) == first
        for place in (tmp_path / "file", "/dev/null/nowhere", "relative/../\x01"):
            assert assess("--format", style, XDG_CACHE_HOME=str(place)) == first
        assert assess("--format", style, "--rules", str(ROOT / "rules")) == first


def test_a_second_start_reads_no_yaml_and_checks_nothing(assess: Callable[..., bytes], home: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from questionnaire.kept_rules import kept_or_read\n"
        f"made = kept_or_read(Path({str(ROOT / 'rules')!r}))\n"
        "made.rulebook.medicine('ramipril')\n"
        "print(sorted({'yaml', 'pydantic', 'triage.rulebook.checks.all_checks', 'triage.rulebook.load'} & set(sys.modules)))"
    )
    assess()
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("folder", [ROOT / "rules", SMALL], ids=["built-in", "small"])
def test_what_is_kept_is_what_was_read(folder: Path) -> None:
    read = load(folder)
    whole = Ready(read, plan_of(read.goals))
    again = from_bytes(to_bytes(whole))
    assert plain(again) == plain(whole)
    assert usual_answers(again.rulebook) == usual_answers(read), "of which a template for a batch is made"


def test_medicines_are_understood_alike(rulebook: Rulebook) -> None:
    again = from_bytes(to_bytes(Ready(rulebook, plan_of(rulebook.goals)))).rulebook
    typed = [
        medicine.generic for medicine in random.Random(1).sample(list(rulebook.medicines.values()), 60)
    ]
    for text in (*typed, "water tablet", "sulphasalazine, zzyzx 5 mg and Losartan Potassium", "nothing"):
        assert again.medicine_reader.read(text) == rulebook.medicine_reader.read(text), text


def test_other_rules_or_another_program_are_not_taken_for_these(
    assess: Callable[..., bytes], home: Path, tmp_path: Path
) -> None:
    program = tmp_path / "program"
    for part in ("triage", "questionnaire", "rules"):
        shutil.copytree(ROOT / part, program / part)  # with its compiled code
    before = assess("--format", "json", root=program)
    one = kept(home)
    frame = program / "rules" / "rulebook.yaml"
    frame.write_text(frame.read_text().replace("version: 2", "version: 1"))  # the same length, another year
    after = assess("--format", "json", root=program)
    assert json.loads(after)["rulebook"]["version"] != json.loads(before)["rulebook"]["version"]
    two = kept(home)
    assert len(two) == len(one) + 1
    code = program / "triage" / "rulebook" / "model.py"
    code.write_text(code.read_text() + "# another\n")
    assert assess("--format", "json", root=program) == after
    assert len(kept(home)) == len(two) + 1


def test_a_broken_rule_is_told_though_sound_ones_are_kept(home: Path, tmp_path: Path) -> None:
    from triage.problems import Invalid

    rules = Path(shutil.copytree(SMALL, tmp_path / "rules"))
    kept_or_read(rules)
    card = rules / "red_flags" / "chest.yaml"
    card.write_text(card.read_text().replace("disposition: emergency", "disposition: emergenci"))
    with pytest.raises(Invalid):
        kept_or_read(rules)
    (rules / "stray.txt").write_text("nothing reads this")
    card.write_text((SMALL / "red_flags" / "chest.yaml").read_text())
    with pytest.raises(Invalid, match="not read"):
        kept_or_read(rules)


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """A clinic's folder on top of the built-in rules."""
    folder = tmp_path / "clinic"
    folder.mkdir()
    (folder / "rulebook.yaml").write_text(FRAME)
    return folder


def test_a_clinics_rules_are_kept_too_and_anew_after_any_change_of_theirs_or_below_them(
    assess: Callable[..., bytes], home: Path, tmp_path: Path, clinic: Path
) -> None:
    program = tmp_path / "program"
    for part in ("triage", "questionnaire", "rules"):
        shutil.copytree(ROOT / part, program / part)  # with its compiled code

    def assessed() -> bytes:
        return assess("--format", "json", "--rules", str(clinic), root=program)

    first = assessed()
    assert len(kept(home)) == 1
    assert assessed() == first
    assert len(kept(home)) == 1
    (clinic / "rulebook.yaml").write_text(FRAME.replace("2026.11.1", "2026.11.2"))
    assert json.loads(assessed())["rulebook"]["version"] == "2026.11.2"
    assert len(kept(home)) == 2
    label = json.loads(first)["disposition"]["label"]
    frame = program / "rules" / "rulebook.yaml"
    frame.write_text(frame.read_text().replace(label, f"{label} or so"))
    assert json.loads(assessed())["disposition"]["label"] == f"{label} or so"


def test_what_a_clinic_may_not_do_is_refused_at_every_start(home: Path, clinic: Path) -> None:
    from triage.problems import Invalid

    (clinic / "red_flags").mkdir()
    (clinic / "red_flags" / "leg_swollen.yaml").write_text("id: leg_swollen\nstatus: retired\n")
    for _ in range(2):
        with pytest.raises(Invalid):
            kept_or_read(clinic)
    assert kept(home) == []


@NOT_POSIX
@pytest.mark.parametrize("what", ["pipe", "large", "many"])
def test_a_folder_that_holds_something_else_is_told_and_not_read_through(
    home: Path, tmp_path: Path, what: str
) -> None:
    from triage.problems import Invalid

    rules = Path(shutil.copytree(SMALL, tmp_path / "rules"))
    if what == "pipe":
        os.mkfifo(rules / "items" / "pipe.yaml")
    elif what == "large":
        with (rules / "items" / "large.yaml").open("wb") as file:
            file.truncate(1 << 40)
    else:
        for number in range(2001):
            (rules / "items" / f"{number}.yaml").touch()
    with pytest.raises(Invalid, match=r"plain, small file|more than 2000 files"):
        kept_or_read(rules)
    assert kept(home) == []


@pytest.mark.parametrize("folder", [ROOT / "rules", SMALL], ids=["built-in", "small"])
def test_what_the_solver_needs_is_kept_as_it_would_be_made(folder: Path) -> None:
    read = load(folder)
    fresh = Levels(read).encoding
    again = from_bytes(to_bytes(Ready(read, plan_of(read.goals))))
    assert len(fresh.clauses) > 50
    assert again.read_encoding() == fresh


@pytest.mark.parametrize("other", [b"", b"no table", pickle.dumps("a text"), pickle.dumps((1, 2))])
def test_results_are_the_same_where_what_the_solver_needs_is_something_else(other: bytes) -> None:
    rulebook = load(SMALL)
    ready = Ready(rulebook, plan_of(rulebook.goals))
    parts, left = [], memoryview(to_bytes(ready))
    while left:
        end = 4 + int.from_bytes(left[:4], "big")
        parts.append(bytes(left[4:end]))
        left = left[end:]
    parts[2] = other
    again = from_bytes(b"".join(len(part).to_bytes(4, "big") + part for part in parts))
    assert again.read_encoding() is None
    day = datetime.date(2026, 11, 22)
    response = Response({"age": 40})
    assert again.reasoner(day).levels.encoding == Levels(rulebook).encoding
    assert assess_with(again.reasoner(day), response) == assess_with(ready.reasoner(day), response)
