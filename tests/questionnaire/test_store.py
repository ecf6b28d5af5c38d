"""Saved sessions: whole or not at all, private, easy to delete; damage is said, never fatal."""

import datetime
import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from questionnaire.files import write_atomically
from questionnaire.store import SessionProblem, SessionStore, new_session

NOW = datetime.datetime(2026, 11, 22, 3, 4, 5)


@pytest.fixture
def transcript(tmp_path: Path) -> SessionStore:
    return SessionStore(tmp_path / "sessions")


def saved(transcript: SessionStore, **changes):
    session = replace(new_session(NOW, "2026.1.1"), answers={"age": 67}, order=("age",), **changes)
    transcript.save(session, NOW)
    return session


def test_round_trip(transcript: SessionStore) -> None:
    session = saved(transcript)
    assert transcript.load(session.id) == session
    assert transcript.latest() == session


def test_files_are_for_the_owner_only(transcript: SessionStore) -> None:
    session = saved(transcript)
    assert stat.S_IMODE(transcript.path(session.id).stat().st_mode) == 0o600
    assert stat.S_IMODE(transcript.place.stat().st_mode) & 0o077 == 0


def test_a_failed_write_leaves_the_old_file(transcript: SessionStore, monkeypatch) -> None:
    session = saved(transcript)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SessionProblem, match="no space left on device"):
        transcript.save(replace(session, answers={"age": 1}), NOW)
    monkeypatch.undo()
    assert transcript.load(session.id).answers == {"age": 67}
    assert [p.name for p in transcript.place.iterdir()] == [f"{session.id}.json"]


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    blocked = SessionStore(tmp_path / "file" / "sessions")
    with pytest.raises(SessionProblem, match="could not be saved"):
        blocked.save(new_session(NOW, "2026.1.1"), NOW)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"format": "legcramp-session/1"}',
        "\x00" * 9,
        '{"format": "other/1"}',
        "[" * 9999,
    ],
)
def test_a_damaged_session_is_named_and_left_alone(transcript: SessionStore, text: str) -> None:
    good = saved(transcript)
    bad = transcript.place / "20261122-0000-beef.json"
    bad.write_text(text)
    with pytest.raises(SessionProblem, match="20261122-0000-beef"):
        transcript.load("20261122-0000-beef")
    assert bad.read_text() == text
    assert transcript.latest() == good
    assert sum(isinstance(s, SessionProblem) for s in transcript.sessions()) == 1


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "", "x", "20261122-0000-beef/..", "20261122-0000-BEEF"]
)
def test_an_id_is_never_a_path(transcript: SessionStore, name: str) -> None:
    with pytest.raises(SessionProblem, match="is not a session"):
        transcript.load(name)


def test_delete(transcript: SessionStore) -> None:
    session = saved(transcript)
    transcript.delete(session.id)
    assert transcript.ids() == []
    with pytest.raises(SessionProblem, match="There is no session"):
        transcript.delete(session.id)


def test_latest_unfinished(transcript: SessionStore) -> None:
    saved(transcript, finished=True)
    assert transcript.latest(unfinished=True) is None
    session = replace(new_session(NOW, "x"), answers={"age": 1})
    transcript.save(session, NOW + datetime.timedelta(hours=1))
    assert transcript.latest(unfinished=True).id == session.id


def test_two_sessions_at_once_have_files_of_their_own() -> None:
    assert len({new_session(NOW, "x").id for _ in range(50)}) > 45


def test_odd_text_survives(transcript: SessionStore) -> None:
    words = "ночью 夜 \U0001f9b5 \ud800 “quoted”\n"
    session = replace(new_session(NOW, "x"), answers={"own_words": words.replace("\ud800", "")})
    transcript.save(session, NOW)
    assert json.loads(transcript.path(session.id).read_text())["answers"] == session.answers


def test_write_atomically_replaces_whole(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("old")
    write_atomically(path, "new")
    assert path.read_text() == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["page.txt"]


def test_a_session_is_held_by_one_only(transcript: SessionStore) -> None:
    session = saved(transcript)
    let_go = transcript.hold(session.id)
    assert let_go is not None
    assert SessionStore(transcript.place).hold(session.id) is None
    with pytest.raises(SessionProblem, match="open in another window"):
        SessionStore(transcript.place).delete(session.id)
    let_go()
    again = SessionStore(transcript.place).hold(session.id)
    assert again is not None
    again()


def test_what_a_killed_process_left_is_swept_away(transcript: SessionStore) -> None:
    session = saved(transcript)
    left = transcript.place / f".{session.id}.json.x1y2"
    left.write_text("answers")
    transcript.delete(session.id)
    assert list(transcript.place.iterdir()) == []


def test_holding_where_nothing_can_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    let_go = SessionStore(tmp_path / "file" / "sessions").hold("20261122-0304-abcd")
    assert let_go is not None
    let_go()
