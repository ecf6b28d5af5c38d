"""Kept rules that are damaged or could be somebody else's are read anew, and no code of anybody is run."""

import dataclasses
import hashlib
import os
import pickle
import random
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from programs.command_line import SMALL
from programs.keeping import NOT_POSIX, kept, plain

from questionnaire.kept_rules import kept_or_read
from questionnaire.pickled import Ready, from_bytes, to_bytes
from triage.readers.experta_network import plan_of
from triage.rulebook.load import load


@NOT_POSIX
def test_nobody_else_can_read_or_write_what_is_kept(assess: Callable[..., bytes], home: Path) -> None:
    assess()
    (file,) = kept(home)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


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
