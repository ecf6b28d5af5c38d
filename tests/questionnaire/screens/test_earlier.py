"""At the start: what was saved earlier is offered, and nothing else."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace
from pathlib import Path

import pytest

from questionnaire.screens.earlier import LATELY, earlier
from questionnaire.store import Session, SessionStore, new_session
from questionnaire.terminal.plain import PlainInterface

NOW = datetime.datetime.now()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    return SessionStore(tmp_path)


def save(store: SessionStore, *, finished: bool, ago: datetime.timedelta = DAY) -> Session:
    session = new_session(NOW - ago, "2026.1.1")
    session = replace(session, answers={"age": 71}, order=("age",), finished=finished)
    store.save(session, NOW - ago)
    return session


def offered(store: SessionStore, monkeypatch: pytest.MonkeyPatch, typed: str) -> tuple[Session | None, str]:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    monkeypatch.setattr("sys.stdout", out)
    session, let_go = earlier(PlainInterface(), store)
    let_go()
    return session, " ".join(out.getvalue().split())


def test_a_result_of_the_last_weeks_can_be_seen_again(store, monkeypatch) -> None:
    """Who comes back to read it once more does not answer everything anew."""
    saved = save(store, finished=True)
    session, said = offered(store, monkeypatch, "1\n")
    assert session is not None
    assert session.id == saved.id
    assert "1. See the result again (1 answer is saved)" in said
    assert "2. Start anew (the old answers stay saved)" in said
    assert offered(store, monkeypatch, "2\n")[0] is None


def test_an_old_result_is_not_offered(store, monkeypatch) -> None:
    save(store, finished=True, ago=LATELY + DAY)
    assert offered(store, monkeypatch, "") == (None, "")


def test_what_was_not_finished_comes_first(store, monkeypatch) -> None:
    begun = save(store, finished=False, ago=3 * DAY)
    save(store, finished=True)
    session, said = offered(store, monkeypatch, "1\n")
    assert session is not None
    assert session.id == begun.id
    assert "You did not finish the questions of" in said


def test_a_result_without_a_date_is_not_offered(store, monkeypatch) -> None:
    """Its file was edited by hand: nobody knows how old it is."""
    path = store.path(save(store, finished=True).id)
    path.write_text(
        path.read_text().replace(
            f'"saved": "{(NOW - DAY).isoformat(timespec="seconds")}"', '"saved": "then"'
        )
    )
    assert '"then"' in path.read_text()
    assert offered(store, monkeypatch, "") == (None, "")


def test_a_session_that_is_open_elsewhere_is_not_offered(store, monkeypatch) -> None:
    let_go = store.hold(save(store, finished=True).id)
    assert let_go is not None
    assert offered(store, monkeypatch, "") == (None, "")
    let_go()
