"""Problems are values: a code, a place, a sentence, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from triage.text import printable

MAX_SHOWN = 100  # nobody reads more at once


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: file, line and column, both counted from 1 (0: unknown)."""

    file: str
    line: int = 0
    column: int = 0
    text: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a rulebook or an answers file.

    ``code`` is stable and documented; ``message`` says what is wrong, ``fix`` what to do.
    """

    code: str
    message: str
    place: Place
    fix: str = ""

    def render(self) -> str:
        """The problem as a person reads it: place, sentence, the line with a caret, the fix."""
        lines = [printable(f"{self.place}: {self.message} [{self.code}]")]
        lines += [f"    {line}" for line in self.excerpt()]
        if self.fix:
            lines.append(printable(f"  → {self.fix}"))
        return "\n".join(lines)

    def excerpt(self) -> tuple[str, ...]:
        """The line that it is about, at most 100 characters of it, and a caret below the place."""
        if not self.place.text.strip():
            return ()
        shown = self.place.text.replace("\t", "→")
        start = max(0, self.place.column - 61)
        window = "".join(c if c.isprintable() else "?" for c in shown[start : start + 100])
        return window, " " * max(0, self.place.column - 1 - start) + "^"


class Invalid(Exception):
    """Input that cannot be used. Carries every problem found, in the order of their places."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.place, p.code, p.message)))
        shown = [problem.render() for problem in self.problems[:MAX_SHOWN]]
        if len(self.problems) > MAX_SHOWN:
            shown.append(f"… and {len(self.problems) - MAX_SHOWN} more problems.")
        super().__init__("\n".join(shown))
