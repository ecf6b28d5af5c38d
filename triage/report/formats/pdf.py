"""The door to typst: a document as an accessible PDF (PDF/UA-1), the same bytes for the same input."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal, TypeAlias

import typst

from triage.report.document import Block, Document, Drawing, Marks, Nights
from triage.report.formats.drawing import draw
from triage.report.formats.figure import svg
from triage.report.formats.nights import draw_nights

Paper: TypeAlias = Literal["a4", "us-letter"]
TEMPLATE = Path(__file__).parent / "templates" / "page.typ"
SHEET = TEMPLATE.with_name("sheet.typ")  # in large type
SIZES = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5)  # points: the largest with which a compact page stays on one sheet
LARGE = (16.0, 15.0, 14.0, 13.5, 13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0)  # in large type
ROOMY = 11.0
MOST_MISSING = 400  # letters without a glyph that are found one by one
SYSTEM_TRIES = 2
_ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")  # as typst names letters that do not show
_MISSING = re.compile(r"the text `?\"(?P<text>.+?)\"`? could not be displayed", re.DOTALL)


def render_pdf(document: Document, paper: Paper = "a4") -> bytes:
    """The PDF. A compact or large document gets the largest type with which it fits on one sheet.

    Fonts: those inside typst; those of the system only where these lack a letter. A letter that no
    font has is shown by its code, such as (U+4E2D).
    """
    data = json.dumps(_data(document), ensure_ascii=False)
    if not (document.compact or document.large):
        return _compiled(data, ROOMY, paper)
    made = b""
    template = SHEET if document.large else TEMPLATE
    for size in LARGE if document.large else SIZES:
        made = _compiled(data, size, paper, template)
        if _pages(made) == 1:
            break
    return made


def _compiled(data: str, size: float, paper: Paper, template: Path = TEMPLATE) -> bytes:
    """Compiled with the built-in fonts; letters they lack are drawn by a system font, or coded."""
    coded = data
    for _ in range(MOST_MISSING):
        made, lacking = _tried(coded, size, paper, template, only_ours=True)
        if made is not None:
            break
        before, coded = coded, _coded(coded, lacking)
        if coded == before:
            made = _typst(coded, size, paper, template, only_ours=True, standards=[])
            break
    else:
        made = _typst(coded, size, paper, template, only_ours=True, standards=[])
    if coded == data:
        return made
    for _ in range(SYSTEM_TRIES):  # looking through the fonts of a system takes a moment
        better, lacking = _tried(data, size, paper, template, only_ours=False)
        if better is not None:
            return better
        data = _coded(data, lacking)
    return made


def _tried(
    data: str, size: float, paper: Paper, template: Path, only_ours: bool
) -> tuple[bytes | None, str]:
    """The PDF, or the letters for which there is no font.

    PDF/UA-1 has no safe way for some scripts (Arabic among them): then a tagged PDF without that
    promise.
    """
    try:
        return _typst(data, size, paper, template, only_ours, ["ua-1"]), ""
    except typst.TypstError as error:
        missing = _MISSING.search(str(error))
        if missing is not None:
            return None, _ESCAPED.sub(lambda found: chr(int(found[1], 16)), missing["text"])
        return _typst(data, size, paper, template, only_ours, []), ""


def _typst(
    data: str, size: float, paper: Paper, template: Path, only_ours: bool, standards: list[Any]
) -> bytes:
    made = typst.compile(
        template,
        root=template.parent,
        format="pdf",
        ignore_system_fonts=only_ours,
        sys_inputs={"data": data, "size": f"{size:g}", "paper": paper},
        pdf_standards=standards,
        timestamp=0,
    )
    assert isinstance(made, bytes)
    return made


def _coded(data: str, text: str) -> str:
    """The data with letters that cannot be drawn replaced by their codes.

    A letter without a shape of its own (it joins or varies others) is left out. Plain ones may be
    named because one that is lacking hangs on them.
    """
    for letter in dict.fromkeys(text):
        if letter.isascii():
            continue
        formless = unicodedata.category(letter) in ("Cf", "Mn")
        data = data.replace(letter, "" if formless else f"(U+{ord(letter):04X})")
    return data


def _pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def _data(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "dated": document.dated,
        "compact": document.compact,
        "footer": document.footer,
        "sections": [
            {"title": section.title, "blocks": [_block(block) for block in section.blocks]}
            for section in document.sections
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    drawing: dict[str, str] = {}
    if isinstance(block, Marks):
        drawing = {"svg": svg(block)}
    elif isinstance(block, Nights):
        drawing = {"svg": draw_nights(block)}
    elif isinstance(block, Drawing):
        drawing = {"svg": draw(block.name).replace("currentColor", "#000")}
    return {"kind": type(block).__name__, **asdict(block), **drawing}
