"""What is made once in a run: by one process, read by the others, and nobody waits for a dead one."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

from interviews.made_once import made_once


def counted(made: list[str], name: str) -> str:
    made.append(name)
    return f"{name} made"


def test_what_is_there_is_read_and_the_rest_is_made(tmp_path: Path) -> None:
    made: list[str] = []
    assert made_once(tmp_path, {"a": partial(counted, made, "a")}) == ["a made"]
    both = {name: partial(counted, made, name) for name in ("b", "a")}
    assert made_once(tmp_path, both) == ["b made", "a made"]
    assert made == ["a", "b"]


def at_it(folder: Path, meanwhile: str) -> subprocess.Popen[bytes]:
    """Another process that has begun to make "a"."""
    script = (
        "import sys; from pathlib import Path; from interviews.made_once import made_once\n"
        "def make():\n"
        "    print(flush=True)\n"
        f"    {meanwhile}\n"
        "    return 'made elsewhere'\n"
        "made_once(Path(sys.argv[1]), {'a': make})"
    )
    command = [sys.executable, "-c", script, str(folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = subprocess.Popen(command, cwd=Path(__file__).parent, **pipes)
    process.stdout.readline()
    return process


def test_what_another_is_at_is_waited_for_last_of_all(tmp_path: Path) -> None:
    made: list[str] = []
    with at_it(tmp_path, "input()") as other:

        def last(name: str) -> str:
            other.stdin.write(b"\n")
            other.stdin.flush()
            return counted(made, name)

        parts = {name: partial(counted, made, name) for name in "ab"} | {"c": partial(last, "c")}
        assert made_once(tmp_path, parts) == ["made elsewhere", "b made", "c made"]
    assert made == ["b", "c"]


def test_nobody_waits_for_a_process_that_was_killed_or_reads_what_it_left(tmp_path: Path) -> None:
    with at_it(tmp_path, "input()") as other:
        other.kill()
    (tmp_path / f"a.{other.pid}").write_bytes(b"half of it")
    assert made_once(tmp_path, {"a": partial(counted, [], "a")}) == ["a made"]
