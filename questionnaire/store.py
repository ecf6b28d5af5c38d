"""Saved sessions: one small file each, written whole after every answer, readable by nobody else.

The only place that knows where answers are kept. Nothing here is ever sent anywhere.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from questionnaire.files import data_folder, hold, write_atomically

FORMAT = "legcramp-session/1"
_ID = re.compile(r"[0-9]{8}-[0-9]{4}-[a-z0-9]{4}\Z")
MAX_BYTES = 2_000_000


class SessionProblem(Exception):
    """A saved session cannot be used, or not be written. The message says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Session:
    """What is kept of one interview. ``answers`` are plain data, as in an answers file.

    ``drafts`` are answers that were begun but not confirmed, such as half a list of medicines.
    ``diary`` is what of a diary of nights is used, if that was asked: it stays as it was that day.
    """

    id: str
    rulebook_version: str
    saved: str
    answers: dict[str, Any]
    order: tuple[str, ...]
    finished: bool
    drafts: dict[str, Any] = field(default_factory=dict)
    diary: dict[str, Any] | None = None


def folder() -> Path:
    """Where sessions are kept."""
    return data_folder() / "sessions"


def new_session(now: datetime.datetime, rulebook_version: str) -> Session:
    """An empty session with an id of its own."""
    name = f"{now:%Y%m%d-%H%M}-{secrets.token_hex(2)}"
    return Session(name, rulebook_version, now.isoformat(timespec="seconds"), {}, (), False)


class SessionStore:
    """The sessions in one folder."""

    def __init__(self, place: Path | None = None) -> None:
        self.place = place or folder()

    def path(self, session_id: str) -> Path:
        """The file of a session. Raises ``SessionProblem`` for an id that cannot be one."""
        if not _ID.match(session_id):
            raise SessionProblem(f"“{session_id}” is not a session. See: legcramp sessions list")
        return self.place / f"{session_id}.json"

    def save(self, session: Session, now: datetime.datetime) -> Path:
        """Write the whole session, or leave the old file as it was.

        Raises ``SessionProblem`` if it cannot be written (a full disk, a read-only folder).
        """
        path = self.path(session.id)
        saved = replace(session, saved=now.isoformat(timespec="seconds"))
        try:
            self.place.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_atomically(path, json.dumps(_data(saved), ensure_ascii=False, indent=1) + "\n")
        except OSError as error:
            reason = (error.strerror or "it cannot be written").lower()
            raise SessionProblem(f"Your answers could not be saved in {path}: {reason}.") from None
        return path

    def load(self, session_id: str) -> Session:
        """One session. Raises ``SessionProblem`` if it is not there or damaged."""
        path = self.path(session_id)
        try:
            if not path.exists():
                raise FileNotFoundError
            if not path.is_file() or path.stat().st_size > MAX_BYTES:
                raise ValueError("too large")
            return _session(json.loads(path.read_text(encoding="utf-8")), session_id)
        except FileNotFoundError:
            message = f"There is no session {session_id}. See: legcramp sessions list"
            raise SessionProblem(message) from None
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            message = f"The session {path} cannot be read: {reason}. See that you may read it."
            raise SessionProblem(message) from None
        except (ValueError, KeyError, TypeError, RecursionError):
            message = (
                f"The session {path} is damaged, and its answers cannot be used. "
                f"To delete it: legcramp sessions delete {session_id}"
            )
            raise SessionProblem(message) from None

    def ids(self) -> list[str]:
        """Ids of all sessions, the newest last. Raises ``SessionProblem`` if nobody can look."""
        try:
            names = [path.name for path in self.place.iterdir()]
        except FileNotFoundError:
            return []
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            message = f"The folder of the saved sessions, {self.place}, cannot be read: {reason}."
            raise SessionProblem(f"{message} See that it is a folder that you may read.") from None
        stems = [name.removesuffix(".json") for name in names if name.endswith(".json")]
        return sorted(stem for stem in stems if _ID.match(stem))

    def sessions(self) -> Iterator[Session | SessionProblem]:
        """All sessions, oldest first; a damaged one as its problem, and so a folder nobody can read."""
        try:
            names = self.ids()
        except SessionProblem as problem:
            yield problem
            return
        for name in names:
            try:
                yield self.load(name)
            except SessionProblem as problem:
                yield problem

    def latest(self, *, unfinished: bool = False) -> Session | None:
        """The session saved last that can be read, if there is one."""
        readable = [s for s in self.sessions() if isinstance(s, Session)]
        wanted = [s for s in readable if s.answers and not (unfinished and s.finished)]
        return max(wanted, key=lambda session: (session.saved, session.id), default=None)

    def damaged(self) -> list[str]:
        """What is wrong with sessions that cannot be used, each in a sentence that says what to do."""
        return [str(found) for found in self.sessions() if isinstance(found, SessionProblem)]

    def hold(self, session_id: str) -> Callable[[], None] | None:
        """Keep other processes from writing this session; the result lets go of it.

        None if another one holds it. A process that ends in any way holds nothing any more. Where
        the folder cannot be written nothing can be held, and nothing needs to be.
        """
        let_go = hold(self._lock_path(session_id))
        if let_go is None:
            return None
        self._sweep(session_id)
        return let_go

    def _lock_path(self, session_id: str) -> Path:
        return self.path(session_id).with_suffix(".lock")

    def _sweep(self, session_id: str) -> None:
        """Remove what a killed process left half-written: it holds answers."""
        for left in self.place.glob(f".{session_id}.json.*"):
            with contextlib.suppress(OSError):
                left.unlink()

    def delete(self, session_id: str, *, held: bool = False) -> None:
        """Delete a session for good, and what a killed process left of it.

        Raises ``SessionProblem`` if it is not there, or is open elsewhere (not asked if ``held``).
        """
        path = self.path(session_id)
        let_go = (lambda: None) if held or not path.exists() else self.hold(session_id)
        if let_go is None:
            message = f"Session {session_id} is open in another window. End it there first."
            raise SessionProblem(message)
        try:
            path.unlink()
            self._sweep(session_id)
            with contextlib.suppress(OSError):
                self._lock_path(session_id).unlink()
        except FileNotFoundError:
            message = f"There is no session {session_id}. See: legcramp sessions list"
            raise SessionProblem(message) from None
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            raise SessionProblem(f"{path} cannot be deleted: {reason}.") from None
        finally:
            let_go()


def no_session(damaged: Sequence[str]) -> str:
    """That there is none to go on with, and why, where there are some that cannot be used."""
    if not damaged:
        return "There is no saved session yet. Start one with: legcramp"
    return "\n".join(["There is no saved session that can be used. Start anew with: legcramp", *damaged])


def _data(session: Session) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "id": session.id,
        "rulebook_version": session.rulebook_version,
        "saved": session.saved,
        "finished": session.finished,
        "order": list(session.order),
        "answers": session.answers,
        "drafts": session.drafts,
        **({} if session.diary is None else {"diary": session.diary}),
    }


def _session(data: Any, session_id: str) -> Session:
    if data["format"] != FORMAT or not isinstance(data["answers"], dict):
        raise ValueError("not a session")
    diary = data.get("diary")
    if not isinstance(diary, dict | None):
        raise ValueError("no diary")
    return Session(
        session_id,
        str(data["rulebook_version"]),
        str(data["saved"]),
        data["answers"],
        tuple(str(item) for item in data["order"]),
        bool(data["finished"]),
        dict(data.get("drafts", {})),
        diary,
    )
