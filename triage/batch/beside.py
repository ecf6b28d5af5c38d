"""What goes on beside concluding, each in a thread of its own: the next rows are read, and results written.

polars leaves a processor idle where one step waits for the one before; these fill it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Event, Thread
from types import TracebackType
from typing import NamedTuple, TypeVar

import polars as pl
from polars.io.plugins import register_io_source

T = TypeVar("T")
_PAUSE = 0.1  # seconds after which a thread that waits looks whether there is anybody to wait for


class _End(NamedTuple):
    """Nothing more comes; perhaps because of an error."""

    error: BaseException | None = None


@contextmanager
def read_ahead(made: Iterator[T], most: int) -> Iterator[Iterator[T]]:
    """The same in the same order, of which up to ``most`` are made before they are asked for.

    What goes wrong in making one is raised where it would have been given.
    """
    ready: Queue[T | _End] = Queue(most)
    over = Event()

    def work() -> None:
        end = _End()
        try:
            for one in made:
                if not _put(ready, one, over):
                    return
        except BaseException as error:  # is raised again where the others are taken
            end = _End(error)
        _put(ready, end, over)

    def taken() -> Iterator[T]:
        while not isinstance(one := ready.get(), _End):
            yield one
        if one.error is not None:
            raise one.error

    thread = Thread(target=work, name="reading", daemon=True)
    thread.start()
    try:
        yield taken()
    finally:
        over.set()
        thread.join()


class ParquetStream:
    """A Parquet file of frames with the same columns, written while the next one is made.

    As a context: it is whole once that is left. If it is left with an error, what was written is of no use.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ready: Queue[pl.DataFrame | _End] = Queue(1)
        self._given_up, self._done = Event(), Event()
        self._error: BaseException | None = None
        self._thread: Thread | None = None

    def __enter__(self) -> ParquetStream:
        return self

    def add(self, frame: pl.DataFrame) -> None:
        """Write it after those before. What went wrong in writing is raised here, or at the end."""
        if self._thread is None:
            self._thread = Thread(target=self._work, args=[frame.schema], name="writing", daemon=True)
            self._thread.start()
        if not _put(self._ready, frame, self._done):
            self._raise()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._thread is None:
            return
        if error is not None:
            self._given_up.set()
        else:
            _put(self._ready, _End(), self._done)
        self._thread.join()
        if error is None:
            self._raise()

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error

    def _work(self, schema: pl.Schema) -> None:
        def frames(*_: object) -> Iterator[pl.DataFrame]:
            while not self._given_up.is_set():
                try:
                    one = self._ready.get(timeout=_PAUSE)
                except Empty:
                    continue
                if isinstance(one, _End):
                    return
                yield one

        try:
            register_io_source(frames, schema=schema).sink_parquet(self._path)
        except BaseException as error:  # is raised again where frames are added
            self._error = error
        finally:
            self._done.set()


def _put(queue: Queue[T], one: T, over: Event) -> bool:
    """Whether there was room for it before it was over."""
    while not over.is_set():
        try:
            queue.put(one, timeout=_PAUSE)
            return True
        except Full:
            continue
    return False
