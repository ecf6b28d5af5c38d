"""The page above a prompt: drawn for the window as it is now, and what was answered goes up out of it.

Nothing of a page is left behind when the next one is drawn, only one line for each answer: they can be
read in order by scrolling back.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
from dataclasses import dataclass, field
from typing import Any

from questionnaire.terminal.lines import wrap

# Row by row: some terminals keep a copy of what stood on a screen that is erased as a whole.
_ERASE = "\x1b[2;1H\x1b[J\x1b[H\x1b[2K"
_BOLD, _USUAL = "\x1b[1m", "\x1b[0m"
# How much is left out so that a list is seen at a glance; at the end all but the question.
WHOLE, WITHOUT_LAST, TIGHT, BARE = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph; an empty one is an empty line. ``fixed``: its lines are as they are.

    ``brief``: what is said in its place where rows are few.
    """

    text: str
    bold: bool = False
    fixed: bool = False
    brief: str = ""

    def rows(self, width: int, level: int = WHOLE) -> list[str]:
        text = self.brief if self.brief and level == TIGHT else self.text
        rows = text.split("\n") if self.fixed else wrap(text, width)
        return [f"{_BOLD}{row}{_USUAL}" for row in rows] if self.bold else rows


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and what was understood, in one row if that can be."""

    question: str
    answer: str

    def rows(self, width: int) -> list[str]:
        whole = f"{self.question} → {self.answer}"
        if len(whole) > width:  # the answer is what matters
            room = max(width // 3, width - len(self.answer) - 3)
            question = textwrap.shorten(self.question, room, placeholder=" …", break_on_hyphens=False)
            whole = f"{question} → {self.answer}"
        return wrap(whole, width)


@dataclass
class Page:
    """What stands on the screen above the prompt."""

    parts: list[Part] = field(default_factory=list)
    last: Answered | None = None  # the answer before, above the page
    answered: Answered | None = None  # waits for the next page
    level: int = WHOLE
    drawn: tuple[int, int, int] = (0, 0, 0)  # for which window, and how much

    @property
    def columns(self) -> int:
        """Columns that a line may have."""
        return max(12, min(80, shutil.get_terminal_size((80, 24)).columns))

    def begin(self, *, recall: bool) -> None:
        """A new page. ``recall``: what was answered last stands above it."""
        gone = [self.last] if recall else [self.last, self.answered]
        self.last, self.answered = self.answered if recall else None, None
        self.parts.clear()
        self.level = WHOLE
        rows = [row for line in gone if line is not None for row in line.rows(self.columns)]
        if rows:  # out of the window at its upper end, where one can scroll back to
            height = shutil.get_terminal_size((80, 24)).lines
            sys.stdout.write(_ERASE + "\n".join(rows) + f"\x1b[{height};1H" + "\n" * len(rows))
        self.draw()

    def add(self, *parts: Part) -> None:
        self.parts += parts
        rows = [row for part in parts for row in part.rows(self.columns)]
        sys.stdout.write("".join(f"{row}\n" for row in rows))
        sys.stdout.flush()

    def rows(self, level: int) -> list[str]:
        """The rows of the page, with as much left out as ``level`` says."""
        width = self.columns
        rows = [*self.last.rows(width), ""] if self.last is not None and level == WHOLE else []
        for part in self.parts:
            if level < TIGHT or (part.bold if level == BARE else part.text):
                rows += part.rows(width, level)
        return rows

    def draw(self) -> None:
        sys.stdout.write(_ERASE + "".join(f"{row}\n" for row in self.rows(self.level)))
        sys.stdout.flush()
        self.drawn = self._window()

    def follow(self, application: Any) -> None:
        """Draw the page anew, before its prompt is drawn, if the window or the level has changed."""
        if self.drawn != self._window():
            application.renderer.erase()
            self.draw()

    def _window(self) -> tuple[int, int, int]:
        size = shutil.get_terminal_size((80, 24))
        return size.columns, size.lines, self.level
