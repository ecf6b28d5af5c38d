"""What a tick list looks like: its lines with their marks, how to answer, and all of it in few rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from questionnaire.terminal.lines import wrap
from questionnaire.terminal.marks import Marks
from questionnaire.terminal.page import BARE, TIGHT, WHOLE, WITHOUT_LAST, Page
from questionnaire.terminal.wording import KEYS_TYPED
from triage.conditions.leaf import NoAnswer, Ticks
from triage.text import NONE_OF_THESE

HOW = (
    "Tick what fits: type numbers (2 5), or ↑ ↓ and Space. Then Enter. None: 0.",
    "Not sure of line 2: type 2?, or press u on it. Not sure of any: u",
)
BRIEFLY = "Numbers (2 5), or ↑ ↓ Space. None: 0. Not sure: 2? or u. Help: ?"
BRIEFEST = "2 5 or ↑ ↓ Space. None 0. Not sure 2? u. Help ?"
KNOWN = "Numbers (2 5) or ↑ ↓ Space. None: 0. Not sure: 2? or u. Back: b. All keys: ?"
KNOWN_NARROW = "2 5 or Space. None 0. Not sure 2?. b back, ? keys"
POINTED = "Space ticks or unticks the line with », u: not sure of it. Then Enter."
NOTHING = "Nothing is ticked yet. If none of these fits, type 0. Not sure of any: u"
MISSED = "Nothing is ticked yet. Space ticks the line with ». None of these: 0."


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list. ``begins``: the first row of its line."""

    text: str
    pointed: bool = False
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How much is shown."""

    level: int  # of the page above
    spaced: bool
    keys: bool
    briefly: bool = False


# The first that fits; what a page has taught already goes first.
LOOKS = (
    Look(WHOLE, spaced=True, keys=True),
    Look(WITHOUT_LAST, spaced=True, keys=True),
    Look(TIGHT, spaced=False, keys=True),
    Look(TIGHT, spaced=False, keys=False),
    Look(TIGHT, spaced=False, keys=False, briefly=True),
    Look(BARE, spaced=False, keys=False, briefly=True),  # a long list in one piece, under its question
)
IN_PAGES = Look(TIGHT, spaced=False, keys=True, briefly=True)
ORPHAN = 12  # letters of a last row that looks left over
LEAST_ROOM = 6  # rows for lines: with fewer, all but the question gives way
KEYS_ROOM = 10  # rows for lines: with fewer, the keys give way


class TickList:
    """The lines, the place pointed at, what is typed, and which page of lines is shown.

    ``known``: the person has answered such lists before, so one row says how, and “?” says the rest.
    """

    def __init__(self, marks: Marks, below: Sequence[str], skippable: bool, *, known: bool = False) -> None:
        self.marks = marks
        self.below = below
        self.skippable = skippable
        self.known = known
        self.typed = ""
        self.problem = ""
        self.answer: Ticks | NoAnswer | None = None  # what is ticked and typed
        self.pointer: int | None = None  # a line, from 0; after the last one “none of these”
        self.top = 0  # the first line shown
        self.pages: list[range] = [range(len(marks.texts))]
        self.divided = False  # into more than one page
        self.look = LOOKS[0]

    def fit(self, page: Page, height: int) -> int:
        """Choose the fullest look with which the whole list is seen; if none, divide it into pages.

        Returns how much is to be left out of the page above.
        """
        width = page.columns
        everything = range(len(self.marks.texts))
        self.divided = False
        for look in LOOKS:
            self.look, self.pages = look, [everything]
            if len(page.rows(look.level)) + len(self.rows(width)) + 1 <= height:
                break
        else:
            self._divide(page, width, height)
        return self.look.level

    def _divide(self, page: Page, width: int, height: int) -> None:
        self.divided = True
        looks = (IN_PAGES, replace(IN_PAGES, keys=False), replace(IN_PAGES, keys=False, level=BARE))
        for self.look, least in zip(looks, (KEYS_ROOM, LEAST_ROOM, 0), strict=True):
            # One row for “none of these”, one for what is typed.
            room = height - len(self._under(width)) - 2 - len(page.rows(self.look.level))
            if room >= least:
                break
        rows = [len(self._line(place, width)) for place in range(len(self.marks.texts))]
        fewest = len(_divided(rows, room))
        even = range(sum(rows) // fewest, room + 1)  # so that no few lines are left over for the last page
        parts = (_divided(rows, least) for least in even)
        self.pages = next((pages for pages in parts if len(pages) == fewest), _divided(rows, room))

    @property
    def number(self) -> int:
        """The page of lines that is shown, from 0."""
        return next((n for n, page in enumerate(self.pages) if self.top in page), 0)

    @property
    def is_last(self) -> bool:
        return self.number == len(self.pages) - 1

    def rows(self, width: int) -> list[Row]:
        """The lines that are shown and what stands under them."""
        self.answer = self.marks.shown(self.typed)
        shown = [row for place in self.pages[self.number] for row in self._line(place, width)]
        if self.is_last:
            shown += self._line(len(self.marks.texts), width)
        gap = [Row("")] if self.look.spaced else []
        return [*shown, *gap, *(Row(text) for text in self._under(width))]

    def _line(self, place: int, width: int) -> list[Row]:
        pointed = place == self.pointer
        last = place == len(self.marks.texts)
        text = NONE_OF_THESE if last else self.marks.texts[place]
        first = f"{'»' if pointed else ' '}[{self._mark(place)}]{0 if last else place + 1:>2}. "
        wrapped = _without_orphan(text, width, first)
        return [Row(row, pointed, begins=not number) for number, row in enumerate(wrapped)]

    def _mark(self, place: int) -> str:
        answer = self.answer
        if place == len(self.marks.codes):
            return "x" if answer == Ticks() else " "
        if not isinstance(answer, Ticks):
            return "?" if answer is NoAnswer.UNSURE else " "
        code = self.marks.codes[place]
        return "x" if code in answer.ticked else "?" if code in answer.unsure else " "

    def _under(self, width: int) -> list[str]:
        keys = [KEYS_TYPED] if self.look.keys and not self.known else []
        return [row for text in (*self.below, *self._how(width), *keys) for row in wrap(text, width)]

    def _how(self, width: int) -> Sequence[str]:
        """How to answer; in its place what was wrong, or what the keys do now."""
        briefly = BRIEFLY if len(BRIEFLY) <= width else BRIEFEST
        if self.problem:
            return (self.problem,)
        none = f", {NONE_OF_THESE.lower()}" if self.marks.so_far == Ticks() else ""
        if self.marks.said_before and not self.typed:  # before the last page, Enter shows more lines
            keeps = "   (Enter keeps it)" if self.is_last else ""
            return (f"Your answer before: {self.marks.said_before}{none}{keeps}", briefly)
        if self.divided and self.marks.so_far is not None:
            return (f"So far: {self.marks.numbers}{none}", briefly)
        if self.look.briefly:
            return (briefly,)
        how: tuple[str, ...] = (HOW[0], POINTED) if self.pointer is not None else HOW
        if self.known:
            how = (POINTED if self.pointer is not None else KNOWN if len(KNOWN) <= width else KNOWN_NARROW,)
        return (*how, "You may skip it: press Enter.") if self.skippable else how

    def answer_row(self, width: int) -> tuple[str, str]:
        """What stands before what is typed, and the end of what is typed."""
        labels = ["Your answer:"]
        shown, size = self.pages[self.number], len(self.marks.texts)
        if self.divided and self.is_last:
            labels.insert(0, f"Lines {shown.start + 1} to {size} of {size}. Your answer:")
        elif not self.is_last:
            labels = [
                f"Lines {shown.start + 1} to {shown.stop} of {size}. Enter: more lines:",
                f"{shown.start + 1} to {shown.stop} of {size}. Enter: more:",
                "Enter: more:",
            ]
        label = next((label for label in labels if len(label) <= width - 10), labels[-1])
        return label, self.typed[-max(1, width - len(label) - 4) :]

    def turn(self, by: int) -> bool:
        """The next page of lines, or the one before; False if there is none."""
        number = self.number + by
        if not 0 <= number < len(self.pages):
            return False
        self.top, self.pointer = self.pages[number].start, None
        return True

    def move(self, by: int) -> None:
        """The pointer down or up; over the end of a page to the next one, never round."""
        shown = self.pages[self.number]
        end = len(self.marks.texts)
        if self.pointer is None:
            last = end if self.is_last else shown.stop - 1
            self.pointer = shown.start if by > 0 else last
        else:
            self.pointer = min(max(self.pointer + by, 0), end)
        if self.pointer < len(self.marks.texts):
            self.top = next(page.start for page in self.pages if self.pointer in page)
        self.problem = ""

    def space(self) -> None:
        """Tick the line pointed at; if there is none yet, point at the first."""
        self.problem = ""
        if self.pointer is None:
            self.move(+1)
            self.problem = POINTED
        else:
            self.marks.tick(self.pointer)

    def ask_for_more(self) -> None:
        self.problem = NOTHING if self.pointer is None else MISSED


def _divided(rows: Sequence[int], room: int) -> list[range]:
    """Lines of so many rows each, on pages that have room for so many."""
    pages: list[range] = []
    start = used = 0
    for place, high in enumerate(rows):
        if used and used + high > room:
            pages.append(range(start, place))
            start, used = place, 0
        used += high
    return [*pages, range(start, len(rows))]


def _without_orphan(text: str, width: int, first: str) -> list[str]:
    """Lines of the width, or a little less if else a single short word would stand in the last."""
    rows, narrow = (
        wrap(text, room, first=first, rest=" " * len(first)) for room in (width, max(12, width - ORPHAN))
    )
    alone = len(rows) > 1 and len(rows[-1].strip()) < ORPHAN
    return narrow if alone and len(narrow) == len(rows) else rows
