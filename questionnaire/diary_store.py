"""The diary of nights: one file, written whole after each answer, readable by nobody else.

The only place that knows where it is kept. An answer is added to what the file holds at that moment,
while no other process may write it: so two windows lose nothing of each other.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from questionnaire.files import data_folder, hold, write_atomically
from questionnaire.program import program

FORMAT = "legcramp-diary/1"
MAX_BYTES = 5_000_000
EARLIEST = datetime.date(2000, 1, 1)
WAIT = 20  # seconds, for another window that writes at this moment
_FORMAT = re.compile(r"legcramp-diary/([1-9][0-9]{0,5})\Z")

Nights: TypeAlias = dict[str, dict[str, Any]]  # plain answers, by the day on which the night ends


class DiaryProblem(Exception):
    """The diary cannot be used, or not be written. The message says why, and what to do."""


class DiaryStore:
    """The diary in one folder."""

    def __init__(self, place: Path | None = None) -> None:
        self.place = place or data_folder()

    @property
    def path(self) -> Path:
        return self.place / "diary.json"

    def nights(self) -> Nights:
        """Everything that was told, oldest first. Raises ``DiaryProblem``; a file that is not there is
        an empty diary."""
        try:
            if self.path.exists() and (not self.path.is_file() or self.path.stat().st_size > MAX_BYTES):
                raise self._damaged("it is no plain file, or too large")
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            message = f"The diary {self.path} cannot be read: {reason}. See that you may read it."
            raise DiaryProblem(message) from None
        return dict(sorted(self._read(raw).items()))

    def tell(self, day: datetime.date, answers: Mapping[str, Any]) -> None:
        """Keep answers about one night beside those that are there. Raises ``DiaryProblem``."""

        def add(nights: Nights) -> None:
            nights[day.isoformat()] = {**nights.get(day.isoformat(), {}), **answers}

        self._change(add)

    def forget(self, day: datetime.date) -> bool:
        """Take one night out again; False if there was none. Raises ``DiaryProblem``."""
        gone: list[dict[str, Any]] = []

        def take_out(nights: Nights) -> None:
            if day.isoformat() in nights:
                gone.append(nights.pop(day.isoformat()))

        self._change(take_out)
        return bool(gone)

    def delete(self) -> bool:
        """Delete the diary for good, also one that is damaged; False if there is none.

        Raises ``DiaryProblem``.
        """
        with self._held():
            try:
                self.path.unlink()
            except FileNotFoundError:
                return False
            except OSError as error:
                reason = (error.strerror or "unknown reason").lower()
                raise DiaryProblem(f"The diary {self.path} cannot be deleted: {reason}.") from None
            return True

    def _change(self, change: Callable[[Nights], None]) -> None:
        with self._held():
            nights = self.nights()
            change(nights)
            data = {"format": FORMAT, "nights": dict(sorted(nights.items()))}
            try:
                self.place.mkdir(parents=True, exist_ok=True, mode=0o700)
                write_atomically(self.path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
            except OSError as error:
                reason = (error.strerror or "it cannot be written").lower()
                raise DiaryProblem(f"The diary could not be saved in {self.path}: {reason}.") from None

    @contextlib.contextmanager
    def _held(self) -> Iterator[None]:
        let_go = hold(self.path.with_suffix(".lock"), WAIT)
        if let_go is None:
            message = f"The diary {self.path} is in use in another window. Try again in a moment."
            raise DiaryProblem(message)
        try:
            for left in self.place.glob(".diary.json.*"):  # of a process that was killed: it holds answers
                with contextlib.suppress(OSError):
                    left.unlink()
            yield
        finally:
            let_go()

    def _read(self, raw: bytes) -> Nights:
        try:
            data = json.loads(raw.decode("utf-8"))
        except json.JSONDecodeError as error:
            raise self._damaged(f"line {error.lineno}, column {error.colno}: {error.msg}") from None
        except (ValueError, RecursionError):
            raise self._damaged("it is not text, or too deep") from None
        known = (
            _FORMAT.match(data["format"]) if isinstance(data, dict) and _is_text(data, "format") else None
        )
        if known is None:
            raise self._damaged("it does not say that it is a diary")
        if known[1] != FORMAT.rpartition("/")[2]:
            raise DiaryProblem(
                f"The diary {self.path} was written by a newer version of this program: "
                "it is left as it is, and can be used once you update."
            )
        nights = data.get("nights")
        if not isinstance(nights, dict):
            raise self._damaged("it has no nights")
        for day, answers in nights.items():
            if not _is_day(day):
                raise self._damaged(f"“{day[:20]}” is no day")
            if not isinstance(answers, dict) or not all(map(_is_answer, answers.values())):
                raise self._damaged(f"the night {day} cannot be read")
        return nights

    def _damaged(self, what: str) -> DiaryProblem:
        return DiaryProblem(
            f"The diary {self.path} is damaged ({what}). It is left as it is: mend that place, or move the "
            f"file away and start a new one. To delete it for good: {program()} diary delete"
        )


def _is_text(data: dict[str, Any], key: str) -> bool:
    return isinstance(data.get(key), str)


def _is_day(day: str) -> bool:
    try:
        return datetime.date.fromisoformat(day).isoformat() == day and day >= EARLIEST.isoformat()
    except ValueError:
        return False


def _is_answer(answer: Any) -> bool:
    return isinstance(answer, str) or (
        isinstance(answer, list) and all(isinstance(code, str) for code in answer)
    )
