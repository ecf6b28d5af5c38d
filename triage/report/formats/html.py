"""A document as one HTML file: no script, nothing fetched, light and dark, one page when printed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from triage.report.document import (
    MARK_WORDS,
    Banner,
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
from triage.report.formats.drawing import draw
from triage.report.formats.figure import svg
from triage.report.formats.nights import draw_nights
from triage.report.formats.text import render_text
from triage.rulebook.model import Level

TEMPLATES = Path(__file__).parent / "templates"
_FULL, _PRINTED = 54, 10.5  # so many rows of 100 letters fill a sheet in print, in type of so many points
_LARGEST = 14.0
_KINDS = {
    "banner": Banner, "paragraph": Paragraph, "quote": Quote, "bullets": Bullets, "rows": Rows,
    "marks": Marks, "grid": Grid, "drawing_of": Drawing, "diary": Diary,
    "nights": Nights,
}  # fmt: skip


def render_html(document: Document) -> str:
    """The whole file, ending with a line end. Every text is escaped."""
    template = _environment().get_template("page.html.jinja")
    codes = (*get_args(Level), "unfinished")
    size = f"{_printed_size(document):.2f}"
    return template.render(document=document, codes=codes, words=MARK_WORDS, size=size) + "\n"


def _printed_size(document: Document) -> float:
    """Points with which a sheet to take home fits on one page in print, as a browser cannot try sizes.

    Smaller type has shorter rows and more letters in each of them. A long sheet needs more room than
    that says, for its headings, drawings and boxes shrink less.
    """
    if not document.large:
        return _PRINTED
    share = _FULL / len(render_text(document, 100).splitlines())
    return min(_LARGEST, _PRINTED * (share if share < 1 else share**0.5))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        autoescape=True, loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, auto_reload=False
    )
    made.tests.update({name: _is(kind) for name, kind in _KINDS.items()})
    made.filters["drawing"] = _drawing
    made.filters["sketch"] = _sketch
    return made


def _is(kind: type) -> Any:
    return lambda block: isinstance(block, kind)


def _drawing(figure: Marks | Nights) -> Markup:
    """Our own drawing; the words in it are escaped there."""
    return Markup(draw_nights(figure) if isinstance(figure, Nights) else svg(figure))


def _sketch(drawing: Drawing) -> Markup:
    """One of our line drawings, which have no words in them."""
    return Markup(draw(drawing.name))
