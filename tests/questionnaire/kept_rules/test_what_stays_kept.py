"""What stays kept: the newest few and what is in use, whole, whoever starts at once or is killed; or nothing."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from programs.command_line import ROOT, SMALL
from programs.keeping import NOT_POSIX, kept, plain

from questionnaire.kept_rules import kept_or_read
from questionnaire.pickled import Ready
from triage.readers.experta_network import plan_of
from triage.rulebook.load import load


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
