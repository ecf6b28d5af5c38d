"""Reading documents back: what each format says, as plain words."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

from triage.report.document import (
    MARK_WORDS,
    Banner,
    Block,
    Bullets,
    Diary,
    Document,
    Drawing,
    Grid,
    Marks,
    Nights,
    Paragraph,
    Quote,
    Rows,
)


def words(text: str) -> str:
    """Letters, digits and signs without any layout: no white space, no case."""
    return re.sub(r"\s+", "", text).casefold()


def blocks(document: Document, kind: type) -> Iterator:
    return (b for part in document.sections for b in part.blocks if isinstance(b, kind))


def facts(document: Document) -> list[str]:
    """Every piece of text a document has, in order."""
    said = [document.title, document.dated]
    for section in document.sections:
        said.append(section.title)
        for block in section.blocks:
            said += _facts(block)
    return [piece for piece in [*said, *document.footer] if piece]


def _facts(block: Block) -> list[str]:
    match block:
        case Banner():
            return [block.label, *(piece for line in block.lines for piece in line)]
        case Paragraph():
            return [block.text]
        case Quote():
            return [block.label, *block.text.split("\n")]
        case Bullets():
            return [piece for text, details in block.entries for piece in (text, *details)]
        case Rows():
            return [piece for row in block.rows for piece in row]
        case Marks():
            return [block.title, block.said]
        case Grid():
            cells = [piece for label, mark in block.cells for piece in (label, MARK_WORDS[mark])]
            return [block.title, block.said, *cells]
        case Drawing():
            return [block.said]
        case Diary():
            return [block.said, *block.columns, *block.rows]
        case Nights():  # a drawing: what it shows stands beside it in words
            return []


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.skipping = 0
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        if tag in ("style", "svg", "title"):
            self.skipping += 1
        if given.get("role") == "img":
            label = given["aria-label"] or ""
            self.said.append(label.partition(": ")[2] if ": " in label else label)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "svg", "title"):
            self.skipping -= 1

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.said.append(data)


def missing(document: Document, said: str, *, drawn: bool = False) -> list[str]:
    """The facts of a document that are not in ``said``. ``drawn``: figures have no words there."""
    figures = {b.said for s in document.sections for b in s.blocks if isinstance(b, Marks | Drawing)}
    flat = words(said)
    return [f for f in facts(document) if words(f) not in flat and not (drawn and f in figures)]


def html_words(page: str) -> tuple[str, list[str]]:
    """The text of a page (figures by their alternative), and its tags."""
    reader = _Reader()
    reader.feed(page)
    return "".join(reader.said), reader.tags


def pdf_words(raw: bytes) -> str:
    """The text of a PDF in the order of its content."""
    from pypdf import PdfReader

    said = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages)
    return re.sub(r"page \d+ of \d+", "", said)


def fhir_words(bundle: dict[str, Any]) -> str:
    """What the narratives of a FHIR document say: those of its page, and its headings."""
    page = bundle["entry"][0]["resource"]
    said = [narrative(page["text"])]
    for section in page["section"]:
        said += [section["title"], narrative(section["text"])]
    return "\n".join(said)


def narrative(text: dict[str, str]) -> str:
    """The text of one narrative, which must be well-formed XHTML with nothing but what FHIR allows."""
    root = ElementTree.fromstring(text["div"])
    allowed = {"b", "blockquote", "br", "div", "i", "li", "p", "table", "td", "th", "tr", "ul"}
    assert {element.tag for element in root.iter()} <= {
        f"{{http://www.w3.org/1999/xhtml}}{tag}" for tag in allowed
    }
    assert not [element.attrib for element in root.iter() if element.attrib]
    for element in root.iter():
        if element.tag.endswith("}br"):
            element.tail = f"\n{element.tail or ''}"
    return "".join(root.itertext())
