"""Rules kept for a quicker start: never another result, never a failure, nobody else's code."""

import dataclasses
import datetime
import hashlib
import json
import os
import pickle
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from clinic import FRAME

from questionnaire.kept_rules import kept_or_read
from questionnaire.pickled import Ready, from_bytes, to_ask_with, to_bytes
from triage.engine.assess import assess_with
from triage.engine.response import Response
from triage.engine.solving.levels import Levels
from triage.readers.experta_network import plan_of
from triage.rulebook.load import load
from triage.rulebook.rulebook import Rulebook
from triage.workbench.examples import usual_answers

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "small_rules"
ANSWERS = {
    "age": 67,
    "sex": "male",
    "medicines": [{"name": "Bendroflumethiazid 2.5 mg", "started": "2026-10"}, {"name": "zzyzx"}],
}
NOT_POSIX = pytest.mark.skipif(os.name != "posix", reason="rights of files are kept otherwise here")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the rules are kept, in an empty home."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "legcramp"


@pytest.fixture
def assess(tmp_path: Path) -> Callable[..., bytes]:
    """What the program prints; it must end well and complain of nothing."""
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"format": "legcramp-answers/1", "answers": ANSWERS}))

    def run(*arguments: str, root: Path = ROOT, **environment: str) -> bytes:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "questionnaire",
                "assess",
                str(answers),
                *arguments,
                "--today",
                "2026-11-22",
            ],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(root), **environment},
            capture_output=True,
            timeout=120,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        return done.stdout

    return run


def kept(home: Path) -> list[Path]:
    return sorted(home.iterdir()) if home.exists() else []


def plain(ready: Ready) -> dict[str, object]:
    """All that anybody who is asked can notice of a rulebook."""
    book = to_ask_with(ready.rulebook, ready.rulebook.read_medicines)
    names = [field.name for field in dataclasses.fields(book) if field.compare]
    fields = {name: getattr(book, name) for name in names}
    tables = {"medicines": dict(book.medicines), "names": dict(book.medicine_reader.names)}
    worked_out = {"goals": book.goals, "deciding": book.deciding, "plan": ready.plan}
    return fields | tables | worked_out | {"sounds": dict(book.medicine_reader.sounds)}


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


@NOT_POSIX
def test_nobody_else_can_read_or_write_what_is_kept(assess: Callable[..., bytes], home: Path) -> None:
    assess()
    (file,) = kept(home)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_a_second_start_reads_no_yaml_and_checks_nothing(assess: Callable[..., bytes], home: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from questionnaire.kept_rules import kept_or_read\n"
        f"made = kept_or_read(Path({str(ROOT / 'rules')!r}))\n"
        "made.rulebook.medicine('ramipril')\n"
        "print(sorted({'yaml', 'pydantic', 'triage.rulebook.checks.references', 'triage.rulebook.load'} & set(sys.modules)))"
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


def damaged(raw: bytes) -> Iterator[bytes]:
    rng = random.Random(3)
    yield b""
    yield b"no rules at all"
    for length in (1, 32, 36, 500, len(raw) - 1):
        yield raw[:length]
    for _ in range(8):
        place = rng.randrange(len(raw))
        yield raw[:place] + bytes([raw[place] ^ 1 << rng.randrange(8)]) + raw[place + 1 :]
    yield raw + b"\0"
    for part in (b"", b"\0\0", raw[32:-9], pickle.dumps("a text"), (5).to_bytes(4, "big") + b"abc"):
        yield hashlib.sha256(part).digest() + part  # whole, but something else


def test_whatever_is_damaged_is_read_anew(home: Path) -> None:
    sound = plain(kept_or_read(SMALL))
    (file,) = kept(home)
    raw = file.read_bytes()
    for other in damaged(raw):
        file.write_bytes(other)
        assert plain(kept_or_read(SMALL)) == sound
        assert plain(from_bytes(file.read_bytes()[32:])) == sound, "and kept again"


class Bomb:
    """Does something when it is read."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.mark),)


def test_no_code_of_anybody_is_run(home: Path, tmp_path: Path) -> None:
    sound = plain(kept_or_read(SMALL))
    (file,) = kept(home)
    for value in (Bomb(tmp_path / "burst"), (Bomb(tmp_path / "burst"),)):
        first = pickle.dumps(value)
        raw = len(first).to_bytes(4, "big") + first
        file.write_bytes(hashlib.sha256(raw).digest() + raw)
        assert plain(kept_or_read(SMALL)) == sound
    assert not (tmp_path / "burst").exists()


@NOT_POSIX
def test_what_somebody_else_could_have_written_is_not_believed(home: Path, tmp_path: Path) -> None:
    kept_or_read(SMALL)
    (file,) = kept(home)
    other = tmp_path / "other"
    shutil.copytree(SMALL, other)
    kept_or_read(other)
    (wrong,) = set(kept(home)) - {file}
    other_version = dataclasses.replace(load(SMALL), sha256="of somebody else")
    planted = to_bytes(Ready(other_version, plan_of(other_version.goals)))
    planted = hashlib.sha256(planted).digest() + planted

    def plant(name: Path) -> None:
        name.write_bytes(planted)

    plant(file)
    assert kept_or_read(SMALL).rulebook.sha256 == "of somebody else", "else this test tries nothing"
    file.chmod(0o666)
    assert kept_or_read(SMALL).rulebook.sha256 != "of somebody else"
    plant(file)
    home.chmod(0o777)
    assert kept_or_read(SMALL).rulebook.sha256 != "of somebody else"
    home.chmod(0o700)
    plant(wrong)
    file.unlink()
    file.symlink_to(wrong)
    assert kept_or_read(SMALL).rulebook.sha256 != "of somebody else"
    if os.geteuid() == 0:
        file.unlink(missing_ok=True)
        plant(file)
        os.chown(file, 12345, 12345)
        assert kept_or_read(SMALL).rulebook.sha256 != "of somebody else"


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


def test_what_is_in_use_stays_however_many_others_are_kept(home: Path, tmp_path: Path) -> None:
    kept_or_read(SMALL)
    (used,) = kept(home)
    os.utime(used, (1, 1))
    kept_or_read(SMALL)
    for number in range(4):
        kept_or_read(Path(shutil.copytree(SMALL, tmp_path / str(number))))
        kept_or_read(SMALL, keep=False)
        assert used.exists() is (number < 3), "only whoever may keep something says that it is in use"


def test_the_newest_few_are_kept_and_nothing_half_written(home: Path, tmp_path: Path) -> None:
    home.mkdir(parents=True, mode=0o700)
    old = home / ".0123.rules.abcdefgh"  # of a program that was killed
    old.write_text("half")
    os.utime(old, (1, 1))
    fresh = home / ".0123.rules.ijklmnop"  # of one that is writing now
    fresh.write_text("half")
    for number in range(6):
        kept_or_read(Path(shutil.copytree(SMALL, tmp_path / str(number))))
    whole = [path for path in kept(home) if path.suffix == ".rules"]
    assert len(whole) == 4
    assert set(kept(home)) == {*whole, fresh}


def test_several_programs_may_start_at_once(
    assess: Callable[..., bytes], home: Path, tmp_path: Path
) -> None:
    command = [
        sys.executable,
        "-m",
        "questionnaire",
        "assess",
        str(tmp_path / "answers.json"),
        "--today",
        "2026-11-22",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    said = {process.communicate(timeout=120) for process in running}
    assert said == {(assess(), b"")}
    assert len(kept(home)) == 1


@NOT_POSIX
def test_a_program_that_is_killed_while_it_writes_spoils_nothing(
    assess: Callable[..., bytes], home: Path, tmp_path: Path
) -> None:
    script = (
        "import sys; from pathlib import Path; from questionnaire.kept_rules import kept_or_read\n"
        "while True: kept_or_read(Path(sys.argv[1]))"
    )
    rules = Path(shutil.copytree(SMALL, tmp_path / "rules"))
    frame = rules / "rulebook.yaml"
    text = frame.read_text()
    for number in range(4):
        frame.write_text(f"{text}\n# {number}\n")  # there is something to write again
        process = subprocess.Popen([sys.executable, "-c", script, str(rules)], cwd=ROOT)
        before = set(kept(home))
        while set(kept(home)) == before and process.poll() is None:  # until it begins to write
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
        assert process.wait(30) == -signal.SIGKILL
        assert plain(kept_or_read(rules)) == plain(Ready(load(rules), plan_of(load(rules).goals)))


def test_who_wants_nothing_kept_leaves_nothing(home: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "questionnaire", "ask", "--plain", "--no-save"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(tmp_path / "data")}
    done = subprocess.run(command, input=b"\n", env=environment, capture_output=True, timeout=120)
    assert b"No answers are saved." in done.stdout
    assert kept(home) == []
    assert not (tmp_path / "data").exists()


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
