"""What the YAML parser complains of, in plain words: what is wrong with the text, and what to do."""

from __future__ import annotations

import re
from typing import NamedTuple


def in_plain_words(complaint: str, context: str, line: str) -> Complaint:
    """The complaint of the parser on a line, and what it was doing, as a person would say it."""
    for sign, said, fix in _SIGNS_IN_A_LINE:
        if re.search(sign, line):
            return Complaint(sign, said, fix)
    for known in _IN_PLAIN_WORDS:
        if known.sign in f"{complaint} {context}":
            return known
    fix = "Check the indentation, and put quotes round text that has “: ” in it."
    return Complaint("", complaint, fix)


class Complaint(NamedTuple):
    """A complaint of the parser, known by a part of it, in plain words."""

    sign: str
    said: str
    fix: str
    where_it_starts: bool = False  # the parser notices only later, often at the end of the file


# What a word processor, or everyday writing, has done to a line.
_SIGNS_IN_A_LINE = (
    (r":\s+[“”‘’]", "these are curly quotes", 'Use straight ones, as on the keyboard: "…".'),
    (r"^\s*[–—]\s", "this is a long dash", "A list begins with a short one: “- ”."),
    ("\u00a0", "there is a space here that is none for YAML", "Delete it and type an ordinary space."),
    (
        r"\}\s*(or|and|,? ?but)\s*\{",
        "words cannot join conditions",
        "Write any: […] for “or”, all: […] for “and”.",
    ),
    (
        r":\s*[<>]=?\s*\d",
        "signs cannot compare",
        "Write at_least: 60, at_most, above or below in place of “is”.",
    ),
    (r":\s*'[^']*'[^\s,\]}#]", "an apostrophe ends this text", 'Put double quotes round it: "…".'),
)

_INDENT = "Keys of one card start in the same column; what belongs to a key stands two spaces further in."
_QUOTES = "Put quotes round the whole text."
_APART = "this line does not go with those above it"
_IN_PLAIN_WORDS = (
    Complaint(
        "mapping values are not allowed",
        "there is a “:” where none can be",
        f"Is it text? {_QUOTES} {_INDENT}",
    ),
    Complaint(
        "but got '?'",
        "a “?” in brackets needs quotes",
        "Put quotes round the whole text: not every program reads it.",
    ),
    Complaint("cannot start any token", "no text can start with this sign", _QUOTES),
    Complaint("quoted scalar", "a quote is opened and not closed", "Close it with the same sign.", True),
    Complaint(
        "expected ',' or",
        "a bracket is not closed, or a comma is missing",
        "Count the brackets: each [ needs a ], each { needs a }.",
        True,
    ),
    Complaint(
        "could not find expected ':'", "a “:” is missing", "A key is followed by “: ”, with a space.", True
    ),
    Complaint(
        "block sequence entries are not allowed",
        "no list can start here",
        f"Start it on a new line. {_INDENT}",
    ),
    Complaint("expected <block end>", _APART, _INDENT),
    Complaint("did not find expected key", _APART, _INDENT),
    Complaint("did not find expected '-' indicator", "an entry of the list is expected here", _INDENT),
)
