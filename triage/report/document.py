"""A document: sections of blocks, without any formatting. Every format renders the same one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from triage.engine.assessment import Code


@dataclass(frozen=True, slots=True)
class Banner:
    """The disposition: its code (for colour, never by colour alone) and what it says."""

    code: Code
    label: str
    lines: tuple[tuple[str, str], ...]  # (what, text), such as ("When", "Within 7 days")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A person's own words, marked as such in every format. May have several lines."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; each entry may have details of its own below it."""

    entries: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def of(cls, *texts: str) -> Bullets:
        return cls(tuple((text, ()) for text in texts))


@dataclass(frozen=True, slots=True)
class Rows:
    """Labels with values."""

    rows: tuple[tuple[str, str], ...]


Mark: TypeAlias = Literal["yes", "no", "unsure", "not_asked"]


@dataclass(frozen=True, slots=True)
class Marks:
    """A small figure: marked places in a row. ``said`` says the same in one line of text.

    ``scale`` is True if the places are steps of which one is reached.
    """

    title: str
    places: tuple[tuple[str, Mark], ...]
    said: str
    scale: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table: for each criterion how it was answered, and the line that sums it up."""

    title: str
    cells: tuple[tuple[str, Mark], ...]
    said: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """One of our line drawings, by its name. ``said`` says in a line what it shows."""

    name: str
    said: str


@dataclass(frozen=True, slots=True)
class Diary:
    """An empty table to fill in by hand. ``said`` says what to write in a box of it."""

    said: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NightCell:
    """One night of a drawing: with a cramp, free of it, not told, or outside the time that is drawn.

    ``letter`` says which leg, ``height`` how long it gripped, in steps (0: not told).
    """

    state: Literal["cramp", "free", "not_told", "outside"]
    letter: str = ""
    height: int = 0


@dataclass(frozen=True, slots=True)
class Nights:
    """A figure: nights in calendar weeks, as in a diary on paper. ``said`` says the same in words.

    Formats without drawings leave it out: whoever puts it into a document puts the words beside it.
    ``steps`` is the greatest height there is. ``key`` says what its signs mean.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[NightCell, ...]], ...]
    steps: int
    key: tuple[str, ...]
    said: str


MARK_WORDS: dict[Mark, str] = {"yes": "yes", "no": "no", "unsure": "not sure", "not_asked": "not asked"}

Block: TypeAlias = Banner | Paragraph | Quote | Bullets | Rows | Marks | Grid | Drawing | Diary | Nights


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """A heading (may be empty) and what stands below it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A page for a person or for a clinician. ``compact``: it should fit on one sheet of paper.

    ``large``: one sheet too, but in large type, to hang up at home. ``dated`` stands beside its title.
    """

    title: str
    sections: tuple[DocumentPart, ...]
    footer: tuple[str, ...]
    compact: bool = False
    large: bool = False
    dated: str = ""
