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

from questionnaire.terminal.prompts.console import LEAST_COLUMNS, LEAST_ROWS

PROGRAM = (sys.executable, "-m", "questionnaire")
_READY, _DONE = b"\x1b[?2004h", b"\x1b[?2004l"
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
        self.sent = 0  # how much the program had written when a key was last pressed
        # In plain mode the terminal itself takes lines, at any time: there is no prompt to wait for.
        tiny = columns < LEAST_COLUMNS or rows < LEAST_ROWS  # it writes plain lines by itself
        self.is_plain = "--plain" in arguments or environment.get("TERM") == "dumb" or tiny
        self.stream = pyte.ByteStream(self.screen)
        clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES")}
        self.child: Any = pexpect.spawn(
            program[0],
            [*program[1:], *arguments],
            cwd=str(home),
            env={
                **clean,
                "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
                "XDG_DATA_HOME": str(home / "data"),
                "HOME": str(home),
                "TERM": "xterm-256color",
                **environment,
            },
            dimensions=(rows, columns),
            timeout=20,
        )
        self.child.delaybeforesend = None  # it is waited for a prompt before each key
        self.child.ptyproc.delayafterclose = 0  # it is killed, and has ended, before the terminal goes away

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.child.isalive():
            self.child.kill(signal.SIGKILL)  # a hangup first takes half a second
            self.child.wait()
        self.child.close(force=True)

    @property
    def text(self) -> str:
        """What is on the screen now, without empty lines at the end of rows."""
        return "\n".join(line.rstrip() for line in self.screen.display).strip("\n")

    @property
    def is_open(self) -> bool:
        """Whether a prompt takes keys."""
        return self.prompts > self.raw.count(_DONE)

    @property
    def is_new(self) -> bool:
        """Whether a prompt has opened since a key was last pressed. A window that changes its size
        draws the old one again."""
        return self.prompts > self.seen and self.is_open

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

    def shows(self, *wanted: str, seconds: float = 30) -> bool:
        """Read until all of ``wanted`` stand on the screen; False if they never do."""
        end = time.monotonic() + seconds
        while True:
            goes_on = self.child.isalive() and time.monotonic() < end
            self.read()
            flat = " ".join(self.text.split())
            if all(part in flat for part in wanted):
                return True
            if not goes_on:
                return False

    def wait_for(self, *wanted: str, seconds: float = 30) -> str:
        """Read until all of ``wanted`` stand on the screen; returns the screen. What must come before the
        next key; what a test is about it asserts itself, with ``shows``."""
        if not self.shows(*wanted, seconds=seconds):
            raise AssertionError(f"{wanted} did not appear on:\n{self.text}")
        return self.text

    def stays(self, wanted: str, seconds: float = 0.6) -> bool:
        """Whether the screen still shows ``wanted`` a while later."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read()
        return wanted in " ".join(self.text.split())

    def ready(self, seconds: float) -> None:
        """Wait until a new prompt takes keys: what is typed before it is thrown away, on purpose."""
        end = time.monotonic() + seconds
        while not (self.is_plain or self.is_new) and time.monotonic() < end:
            self.read()
        self.seen = self.prompts

    def press(self, keys: str) -> None:
        """Send keys to a new prompt, or to the one that has answered the keys before and stays open."""
        end = time.monotonic() + (0.5 if self.seen else 5)  # the first one takes long on a busy machine
        while not (self.is_plain or self.is_new) and time.monotonic() < end:
            written = len(self.raw)
            self.read(0.1)
            if self.sent < written == len(self.raw) and self.is_open:
                break
        self.seen = self.prompts
        self.send(keys)

    def send(self, keys: str) -> None:
        self.sent = len(self.raw)
        self.child.send(keys)

    def answer(self, wanted: str, keys: str) -> None:
        """Wait for a question and for its prompt, and answer it."""
        self.wait_for(wanted)
        self.ready(3)
        self.send(keys)

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


SMALL = Path(__file__).parents[1] / "small_rules"
ENTER = "\r"
UP, DOWN, LEFT, PAGE_UP, PAGE_DOWN = "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[5~", "\x1b[6~"
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


def answered(terminal: Terminal, *, until: int = len(QUESTIONS)) -> None:
    for wanted, keys in QUESTIONS[:until]:
        terminal.answer(wanted, keys)


def say_who(terminal: Terminal) -> None:
    """The first questions of the built-in rules: a man of 58, who answers for himself."""
    terminal.answer("Who has the leg trouble?", "1" + ENTER)
    terminal.answer("How old are you", "58" + ENTER)
    terminal.answer("Which sex", "2" + ENTER)


def read_on(terminal: Terminal, until: str) -> str:
    """Read page after page; returns all of them."""
    seen = ""
    for _ in range(40):
        terminal.ready(3)
        terminal.read(0.2)
        seen += terminal.text + "\n"
        if until in " ".join(terminal.text.split()):
            return seen
        terminal.press(ENTER)
    raise AssertionError(f"{until} did not come:\n{seen}")
