"""A real pseudo-terminal with a screen that can be read: pexpect drives, pyte draws."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pexpect
import pyte

PROGRAM = (sys.executable, "-m", "questionnaire")
_READY = b"\x1b[?2004h"
# Where the cursor is, what the terminal is or can do, its colours, a setting of it.
_ASKS = re.compile(rb"\x1b\[[?>=]?[0-9;]*[cn]|\x1b\][0-9;]*;\?|\x1b\[\??[0-9;]+\$p|\x1bP[+$]q|\x1bZ|\x05")


class Terminal:
    """The program running in a terminal of its own. Use as a context manager.

    It answers no questions, as some terminals do not; so the program may ask it none.
    """

    def __init__(
        self,
        *arguments: str,
        home: Path,
        columns: int = 80,
        rows: int = 24,
        program: tuple[str, ...] = PROGRAM,
        **environment: str,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.prompts = 0  # each prompt wants pasted text to be marked: so we know it is ready
        self.raw = b""
        self.seen = 0
        self.stream = pyte.ByteStream(self.screen)
        clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES")}
        self.child: Any = pexpect.spawn(
            program[0],
            [*program[1:], *arguments],
            cwd=str(home),
            env={
                **clean,
                "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
                "XDG_DATA_HOME": str(home / "data"),
                "HOME": str(home),
                "TERM": "xterm-256color",
                **environment,
            },
            dimensions=(rows, columns),
            timeout=20,
        )

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.child.close(force=True)

    @property
    def text(self) -> str:
        """What is on the screen now, without empty lines at the end of rows."""
        return "\n".join(line.rstrip() for line in self.screen.display).strip("\n")

    def read(self, seconds: float = 0.05) -> None:
        """Take in what the program has written."""
        try:
            raw = self.child.read_nonblocking(65536, timeout=seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.raw += raw
        self.prompts = self.raw.count(_READY)
        asked = _ASKS.search(self.raw)
        assert asked is None, f"the program asked the terminal: {asked}"
        self.stream.feed(raw)

    def wait_for(self, *wanted: str, seconds: float = 30) -> str:
        """Read until all of ``wanted`` stand on the screen; returns the screen."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read()
            flat = " ".join(self.text.split())
            if all(part in flat for part in wanted):
                return self.text
            if not self.child.isalive():
                self.read()
                flat = " ".join(self.text.split())
                if all(part in flat for part in wanted):
                    return self.text
                break
        raise AssertionError(f"{wanted} did not appear on:\n{self.text}")

    def stays(self, wanted: str, seconds: float = 0.6) -> None:
        """Assert that the screen still shows ``wanted`` a while later."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read()
        assert wanted in " ".join(self.text.split()), self.text

    def ready(self, seconds: float) -> None:
        """Wait until a new prompt takes keys: what is typed before it is thrown away, on purpose."""
        end = time.monotonic() + seconds
        while self.prompts == self.seen and time.monotonic() < end:
            self.read()
        self.seen = self.prompts

    def press(self, keys: str) -> None:
        self.ready(0.5)
        self.child.send(keys)

    def answer(self, wanted: str, keys: str) -> None:
        """Wait for a question and for its prompt, and answer it."""
        self.wait_for(wanted)
        self.ready(3)
        self.child.send(keys)

    def kill(self, number: signal.Signals) -> None:
        self.child.kill(number)
        end = time.monotonic() + 10
        while self.child.isalive() and time.monotonic() < end:
            self.read()

    def status(self) -> int:
        """The exit status, once the program has ended."""
        end = time.monotonic() + 20
        while self.child.isalive() and time.monotonic() < end:
            self.read()
        assert not self.child.isalive(), self.text
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus)


SMALL = Path(__file__).parent / "small_rules"
ENTER = "\r"
# Each question of the small rulebook: a word that is only on its screen, and keys that answer it.
QUESTIONS = [
    ("New chest pain", "0" + ENTER),
    ("How old are you?", "50" + ENTER),
    ("Which sex?", "2" + ENTER),
    ("One leg newly swollen", "0" + ENTER),
    ("How are your kidneys?", "1" + ENTER),
    ("Which medicines do you take?", "0" + ENTER),
    ("Which fit your days?", "1" + ENTER),
    ("How many nights a week?", "1" + ENTER),
    ("Are they right?", "0" + ENTER),
]


def small(home: Path, *arguments: str, **options) -> Terminal:
    return Terminal("ask", "--rules", str(SMALL), *arguments, home=home, **options)


def begun(home: Path, *arguments: str, **options) -> Terminal:
    terminal = small(home, *arguments, **options)
    terminal.wait_for("Press Enter to start")
    terminal.press(ENTER)
    return terminal


def sessions(home: Path) -> list[dict]:
    return [json.loads(path.read_text()) for path in (home / "data").rglob("*.json")]
