"""A document: sections of blocks, without any formatting. Every format renders the same one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from triage.assessment import Code


@dataclass(frozen=True, slots=True)
class Banner:
    """The disposition: its code (for colour, never by colour alone) and what it says."""

    code: Code
    label: str
    lines: tuple[tuple[str, str], ...]  # (what, text), such as ("When", "Within 7 days")


@dataclass(frozen=True, slots=True)
class Text:
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


Block: TypeAlias = Banner | Text | Quote | Bullets | Rows


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (may be empty) and what stands below it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A page for a person or for a clinician."""

    title: str
    sections: tuple[Section, ...]
    footer: tuple[str, ...]
