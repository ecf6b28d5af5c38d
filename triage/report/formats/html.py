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
from triage.rulebook.model import Level

TEMPLATES = Path(__file__).parent / "templates"
_KINDS = {
    "banner": Banner, "paragraph": Paragraph, "quote": Quote, "bullets": Bullets, "rows": Rows,
    "marks": Marks, "grid": Grid, "drawing_of": Drawing, "diary": Diary,
    "nights": Nights,
}  # fmt: skip


def render_html(document: Document) -> str:
    """The whole file, ending with a line end. Every text is escaped."""
    template = _environment().get_template("page.html.jinja")
    codes = (*get_args(Level), "unfinished")
    return template.render(document=document, codes=codes, words=MARK_WORDS) + "\n"


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
