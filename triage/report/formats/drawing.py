"""Our line drawings as SVG, in the colour of the text around them; the bodies are white inside."""

from __future__ import annotations

from math import atan2, cos, hypot, sin
from typing import assert_never

from triage.report.drawings import SKETCHES, Arrow, Body, Point, Pull, Shape, Stroke

LINE = 3.4  # width of an outline
HEAD = 13.0  # length of the head of an arrow
SPREAD = 0.5  # half of its angle, in radians
_ROUND = 'stroke-linecap="round" stroke-linejoin="round"'


def draw(name: str) -> str:
    """The drawing of that name, without a text alternative: whoever embeds it gives what it says."""
    sketch = SKETCHES[name]
    width, height = sketch.size
    parts = "".join(_shape(shape) for shape in sketch.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" fill="none" {_ROUND}>'
        f"{parts}</svg>"
    )


def _shape(shape: Shape) -> str:
    match shape:
        case Body():
            return _body(shape)
        case Pull():
            return _line(shape.points, shape.width, "currentColor")
        case Stroke():
            return _line(shape.points, shape.width, "currentColor")
        case Arrow():
            return _arrow(shape)
        case _:
            assert_never(shape)


def _body(body: Body) -> str:
    """All limbs in black, then all in white and thinner: what is left is one outline round them."""
    if body.ghost:
        return "".join(_outline(limb.points, limb.width) for limb in body.limbs)
    black = "".join(_line(limb.points, limb.width, "currentColor") for limb in body.limbs)
    white = "".join(_line(limb.points, limb.width - 2 * LINE, "#fff") for limb in body.limbs)
    return black + white


def _outline(points: tuple[Point, ...], width: float) -> str:
    """A dashed line round a straight limb."""
    (x1, y1), (x2, y2) = points[0], points[-1]
    far = hypot(x2 - x1, y2 - y1)
    dx, dy = (x2 - x1) / far * width / 2, (y2 - y1) / far * width / 2
    path = (
        f"M{x1 - dy:.4g} {y1 + dx:.4g}L{x2 - dy:.4g} {y2 + dx:.4g}"
        f"A{width / 2:g} {width / 2:g} 0 0 0 {x2 + dy:.4g} {y2 - dx:.4g}L{x1 + dy:.4g} {y1 - dx:.4g}"
    )
    return f'<path d="{path}" stroke="currentColor" stroke-width="2" stroke-dasharray="5 5"/>'


def _line(points: tuple[Point, ...], width: float, colour: str) -> str:
    first, *rest = points or ((0.0, 0.0),)
    there = rest or [(first[0] + 0.01, first[1])]  # a point with round ends is a disc
    path = f"M{first[0]:g} {first[1]:g}" + "".join(f"L{x:g} {y:g}" for x, y in there)
    return f'<path d="{path}" stroke="{colour}" stroke-width="{width:g}"/>'


def _arrow(arrow: Arrow) -> str:
    (x, y), (bx, by) = arrow.end, arrow.bend
    angle = atan2(y - by, x - bx)
    sides = [(x - HEAD * cos(angle + s), y - HEAD * sin(angle + s)) for s in (SPREAD, -SPREAD)]
    head = " ".join(f"{px:.4g},{py:.4g}" for px, py in ((x, y), *sides))
    neck = (x - HEAD / 2 * cos(angle), y - HEAD / 2 * sin(angle))
    path = f"M{arrow.start[0]:g} {arrow.start[1]:g}Q{bx:g} {by:g} {neck[0]:.4g} {neck[1]:.4g}"
    return (
        f'<path d="{path}" stroke="currentColor" stroke-width="5"/>'
        f'<polygon points="{head}" fill="currentColor" stroke="currentColor" stroke-width="2"/>'
    )
