"""Reading ahead and writing as results come: the same things in the same order, and no thread that stays."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl
import pytest

from triage.batch.beside import ParquetStream, read_ahead
from triage.batch.writing import join_parts


@pytest.fixture(autouse=True)
def no_thread_stays() -> Iterator[None]:
    yield
    assert not [one for one in threading.enumerate() if one.name in ("reading", "writing")]


def frames(count: int) -> list[pl.DataFrame]:
    return [pl.DataFrame({"row": [n, n + 1], "cards": [["a"], []]}) for n in range(0, 2 * count, 2)]


def test_what_is_read_ahead_comes_in_its_order() -> None:
    with read_ahead(iter(range(1000)), 3) as taken:
        assert list(taken) == list(range(1000))


def test_no_more_is_made_than_was_allowed() -> None:
    made: list[int] = []

    def counted() -> Iterator[int]:
        for number in range(100):
            made.append(number)
            yield number

    with read_ahead(counted(), 2) as taken:
        for number in itertools.islice(taken, 50):
            assert len(made) <= number + 1 + 2 + 1  # taken, ready, and one in hand
    assert len(made) < 100


def test_an_error_in_reading_is_raised_after_what_was_good() -> None:
    def failing() -> Iterator[int]:
        yield 1
        raise OSError("the disk is gone")

    got = []
    with pytest.raises(OSError, match="the disk is gone"), read_ahead(failing(), 4) as taken:
        got += taken
    with read_ahead(failing(), 4) as taken:
        got.append(next(taken))
    assert got[-1] == 1


def test_frames_stand_in_the_file_in_their_order(tmp_path: Path) -> None:
    with ParquetStream(tmp_path / "out.parquet") as stream:
        for frame in frames(40):
            stream.add(frame)
    assert pl.read_parquet(tmp_path / "out.parquet").equals(pl.concat(frames(40)))


def write(path: Path, some: Iterable[pl.DataFrame]) -> None:
    with ParquetStream(path) as stream:
        for frame in some:
            stream.add(frame)


def test_an_error_in_writing_is_raised(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write(tmp_path / "nowhere" / "out.parquet", frames(200))


def test_an_error_elsewhere_ends_the_writing(tmp_path: Path) -> None:
    def interrupted() -> Iterator[pl.DataFrame]:
        yield frames(1)[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "out.parquet", interrupted())


def test_parts_joined_are_the_file_that_a_stream_writes_to_the_byte(tmp_path: Path) -> None:
    """As the workers of a cluster write them, and as one process does."""
    parts = tmp_path / "parts"
    parts.mkdir()
    for number, frame in enumerate(frames(30)):
        frame.write_parquet(parts / f"{number:08}.parquet", compression="lz4")
    join_parts(parts, ".parquet", tmp_path / "joined.parquet")
    write(tmp_path / "streamed.parquet", frames(30))
    assert (tmp_path / "joined.parquet").read_bytes() == (tmp_path / "streamed.parquet").read_bytes()


def test_nothing_was_written_if_nothing_came(tmp_path: Path) -> None:
    with ParquetStream(tmp_path / "out.parquet"):
        pass
    assert not list(tmp_path.iterdir())
