"""Our line drawings of what to do with a leg, as points: no picture file, nothing from elsewhere.

A drawing is a list of shapes, the farthest first, in units of its own (x to the right, y down). Its
name is the id of the advice that it goes with. A ``Body`` is limbs that grow together into one
outline; a part of a body painted later lies in front. What pulls is filled (``Pull``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Limb:
    """A part of a body round a line of points; one point is a round part, such as a head."""

    width: float
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """Limbs with one outline round all of them. ``ghost``: where they were before, in dashes."""

    limbs: tuple[Limb, ...]
    ghost: bool = False


@dataclass(frozen=True, slots=True)
class Pull:
    """The muscle that is pulled long: filled, round a line of points."""

    width: float
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A plain line: a wall, a floor, a chair, a towel."""

    points: tuple[Point, ...]
    width: float = 3


@dataclass(frozen=True, slots=True)
class Arrow:
    """Which way to move: from the first point to the last, bent towards the one between."""

    start: Point
    bend: Point
    end: Point


Shape: TypeAlias = Body | Pull | Stroke | Arrow


@dataclass(frozen=True, slots=True)
class Sketch:
    """A drawing: its size and its shapes. What it shows stands in words in ``page.yaml`` (``drawings``)."""

    size: Point
    shapes: tuple[Shape, ...]


SKETCHES: dict[str, Sketch] = {
    "when_it_grips": Sketch(
        (240, 150),
        (
            Stroke(((6, 136), (234, 136))),
            Body((Limb(19, ((176, 106), (210, 58))),), ghost=True),
            Body((Limb(42, ((14, 88), (62, 92))), Limb(40, ((84, 98), (104, 102))),
                  Limb(33, ((62, 95), (128, 104))), Limb(27, ((128, 105), (160, 108))),
                  Limb(28, ((162, 112),)), Limb(20, ((164, 110), (152, 46))),
                  Limb(15, ((150, 42), (147, 34))))),
            Pull(12, ((80, 109), (112, 111))),
            Arrow((208, 38), (194, 10), (168, 20)),
        ),
    ),
    "stretch": Sketch(
        (210, 230),
        (
            Stroke(((196, 6), (196, 218))),
            Stroke(((8, 218), (202, 218))),
            Body((Limb(20, ((92, 124), (134, 154))), Limb(16, ((134, 154), (122, 204))),
                  Limb(11, ((122, 210), (146, 211))))),
            Body((Limb(11, ((122, 70), (154, 88), (189, 64))),)),
            Body((Limb(30, ((136, 38),)), Limb(13, ((130, 50), (122, 66))),
                  Limb(30, ((118, 74), (92, 122))), Limb(22, ((90, 126), (64, 164))),
                  Limb(16, ((64, 164), (32, 204))), Limb(11, ((30, 210), (56, 211))))),
            Pull(7, ((54, 172), (40, 190))),
            Body((Limb(11, ((117, 74), (146, 98), (189, 82))),)),
            Arrow((14, 166), (10, 180), (14, 202)),
        ),
    ),
    "stretch_seated": Sketch(
        (240, 200),
        (
            Stroke(((6, 190), (234, 190))),
            Stroke(((34, 40), (34, 190))),
            Stroke(((34, 130), (92, 130), (92, 190))),
            Body((Limb(20, ((62, 112), (112, 118))), Limb(16, ((112, 118), (108, 176))),
                  Limb(11, ((106, 183), (132, 184))))),
            Body((Limb(30, ((76, 30),)), Limb(13, ((73, 44), (68, 58))), Limb(30, ((66, 64), (60, 110))),
                  Limb(22, ((62, 114), (126, 136))), Limb(16, ((126, 136), (190, 172))),
                  Limb(11, ((196, 182), (198, 180), (212, 148))))),
            Pull(7, ((140, 151), (164, 164))),
            Stroke(((126, 94), (217, 152)), 4),
            Stroke(((126, 100), (205, 162)), 4),
            Body((Limb(11, ((68, 66), (92, 98), (130, 97))),)),
            Arrow((196, 116), (176, 104), (154, 92)),
        ),
    ),
}  # fmt: skip
