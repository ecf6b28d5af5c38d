"""The diary's file: whole or not at all, private, shared by windows, never overwritten when it is damaged."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from questionnaire.diary_store import FORMAT, DiaryProblem, DiaryStore

DAY = datetime.date(2026, 11, 20)
ROOT = Path(__file__).resolve().parents[2]
# Tells one answer after the other, and says so once it is kept.
WRITER = """
import datetime, sys
from pathlib import Path
from questionnaire.diary_store import DiaryStore
place, question, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
store = DiaryStore(place)
for night in range(number):
    day = datetime.date(2026, 1, 1) + datetime.timedelta(days=night)
    store.tell(day, {question: "yes"})
    print(day, flush=True)
"""


@pytest.fixture
def store(tmp_path: Path) -> DiaryStore:
    return DiaryStore(tmp_path / "data")


def writer(place: Path, question: str, nights: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(place), question, str(nights)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_what_was_told_of_a_night_is_added_to_what_is_there(store: DiaryStore) -> None:
    assert store.nights() == {}
    store.tell(DAY, {"cramp": "yes"})
    store.tell(DAY, {"leg": "left", "where": ["calf"]})
    store.tell(DAY - datetime.timedelta(days=1), {"cramp": "no"})
    assert store.nights() == {
        "2026-11-19": {"cramp": "no"},
        "2026-11-20": {"cramp": "yes", "leg": "left", "where": ["calf"]},
    }


def test_it_is_for_the_owner_only(store: DiaryStore) -> None:
    store.tell(DAY, {"cramp": "no"})
    for path in (store.path, store.path.with_suffix(".lock")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    assert stat.S_IMODE(store.place.stat().st_mode) & 0o077 == 0


def test_a_failed_write_leaves_the_old_file(store: DiaryStore, monkeypatch) -> None:
    store.tell(DAY, {"cramp": "no"})

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiaryProblem, match="no space left on device"):
        store.tell(DAY, {"cramp": "yes"})
    monkeypatch.undo()
    assert store.nights() == {"2026-11-20": {"cramp": "no"}}
    assert sorted(path.name for path in store.place.iterdir()) == ["diary.json", "diary.lock"]


@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.05])
def test_a_killed_process_loses_nothing_that_it_had_kept(store: DiaryStore, seconds: float) -> None:
    running = writer(store.place, "cramp", 10_000)
    assert running.stdout is not None
    kept = [running.stdout.readline().strip() for _ in range(5)]
    with contextlib.suppress(subprocess.TimeoutExpired):
        running.wait(seconds) if seconds else None
    running.send_signal(signal.SIGKILL)
    kept += [line.strip() for line in running.stdout.read().splitlines()]
    running.wait()
    running.stdout.close()
    assert set(kept) <= set(store.nights())
    store.tell(DAY, {"cramp": "no"})
    left = {path.name for path in store.place.iterdir()}
    assert left == {"diary.json", "diary.lock"}, "what was half-written holds answers"


def test_two_processes_at_once_lose_nothing_of_each_other(store: DiaryStore) -> None:
    nights = 60
    both = [writer(store.place, question, nights) for question in ("cramp", "leg")]
    for running in both:
        running.communicate()
        assert running.returncode == 0
    found = store.nights()
    assert len(found) == nights
    assert all(night == {"cramp": "yes", "leg": "yes"} for night in found.values())


BROKEN = {
    "": "line 1, column 1",
    '{"format": "legcramp-diary/1", "nights": {"2026-11-20": {"cramp": "yes"}': "line 1, column 73",
    "\udcff": "not text",
    "[" * 100_000: "too deep",
    "[]": "does not say that it is a diary",
    '{"nights": {}}': "does not say that it is a diary",
    '{"format": 1, "nights": {}}': "does not say that it is a diary",
    '{"format": "legcramp-session/1", "nights": {}}': "does not say that it is a diary",
    '{"format": "legcramp-diary/1"}': "has no nights",
    '{"format": "legcramp-diary/1", "nights": []}': "has no nights",
    '{"format": "legcramp-diary/1", "nights": {"yesterday": {}}}': "“yesterday” is no day",
    '{"format": "legcramp-diary/1", "nights": {"20261120": {}}}': "“20261120” is no day",
    '{"format": "legcramp-diary/1", "nights": {"0001-01-01": {}}}': "is no day",
    '{"format": "legcramp-diary/1", "nights": {"2026-11-20": "yes"}}': "the night 2026-11-20 cannot be read",
    '{"format": "legcramp-diary/1", "nights": {"2026-11-20": {"cramp": 1}}}': "cannot be read",
    '{"format": "legcramp-diary/1", "nights": {"2026-11-20": {"where": [[]]}}}': "cannot be read",
}


@pytest.mark.parametrize("text", BROKEN)
def test_a_damaged_diary_is_told_of_with_its_place_and_never_written_over(
    store: DiaryStore, text: str
) -> None:
    store.place.mkdir()
    raw = text.encode("utf-8", "surrogateescape")
    store.path.write_bytes(raw)
    for do in (store.nights, lambda: store.tell(DAY, {"cramp": "no"}), lambda: store.forget(DAY)):
        with pytest.raises(DiaryProblem) as problem:
            do()
        assert BROKEN[text] in str(problem.value)
        assert str(store.path) in str(problem.value)
        assert "diary delete" in str(problem.value)
        assert store.path.read_bytes() == raw
    assert store.delete()
    assert store.nights() == {}


def test_a_diary_of_a_newer_version_is_refused_in_one_sentence_and_left_as_it_is(store: DiaryStore) -> None:
    store.place.mkdir()
    newer = json.dumps({"format": "legcramp-diary/2", "weeks": []})
    store.path.write_text(newer)
    with pytest.raises(DiaryProblem, match=r"^[^.]*diary\.json was written by a newer version[^.]*\.$"):
        store.tell(DAY, {"cramp": "no"})
    assert store.path.read_text() == newer


def test_one_night_or_all_of_it_can_be_deleted(store: DiaryStore) -> None:
    assert not store.delete()
    store.tell(DAY, {"cramp": "no"})
    assert not store.forget(DAY - datetime.timedelta(days=1))
    assert store.forget(DAY)
    assert store.nights() == {}
    assert json.loads(store.path.read_text())["format"] == FORMAT
    assert store.delete()
    assert not store.path.exists()


def test_a_place_that_cannot_be_written_or_read_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DiaryProblem, match=r"cannot be read|could not be saved"):
        DiaryStore(tmp_path / "file" / "data").tell(DAY, {"cramp": "no"})
    (tmp_path / "diary.json").mkdir()
    with pytest.raises(DiaryProblem, match="no plain file"):
        DiaryStore(tmp_path).nights()
