"""Parts of the rulebook are values: complete, unchangeable, and made without pydantic."""

import dataclasses
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import TypeAdapter, ValidationError

from triage.rulebook.cards import Theory
from triage.rulebook.frozen import Frozen, Narrow, keys_of
from triage.rulebook.model import Option, Range


class Inner(Frozen):
    code: Annotated[str, Narrow(pattern="^[a-z]+$")]
    note: str | None = None


class Outer(Frozen):
    inner: tuple[Inner, ...]
    names: Annotated[tuple[str, ...], Narrow(min_length=1)] = ("a",)
    number: int = 3


def test_what_is_missing_or_unknown_is_refused() -> None:
    with pytest.raises(TypeError, match="missing: text"):
        Option(code="a")
    with pytest.raises(TypeError, match="unknown: txt"):
        Option(code="a", text="A", txt="B")


def test_nothing_can_be_changed_but_a_copy_can_differ() -> None:
    option = Option(code="a", text="A")
    with pytest.raises(dataclasses.FrozenInstanceError):
        option.text = "B"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del option.text
    other = option.model_copy(update={"text": "B"})
    assert (option.text, other.text, other.code) == ("A", "B", "a")
    with pytest.raises(TypeError, match="unknown: txt"):
        option.model_copy(update={"txt": "B"})


def test_equal_values_are_equal_and_other_classes_are_not() -> None:
    assert Inner(code="a") == Inner(code="a", note=None)
    assert hash(Inner(code="a")) == hash(Inner(code="a"))
    assert Inner(code="a") != Inner(code="b")
    assert Inner(code="a") != Option(code="a", text="A")
    assert repr(Range(min=0, max=1.5)) == "Range(min=0, max=1.5)"


def test_a_key_that_a_kind_of_card_needs_is_needed_there() -> None:
    assert keys_of(Theory)["claims"].is_required()
    assert not keys_of(Option)["help"].is_required()


def read(data: object) -> list[tuple[str, tuple[object, ...]]]:
    try:
        TypeAdapter(Outer).validate_python(data)
    except ValidationError as error:
        return [(detail["type"], detail["loc"]) for detail in error.errors()]
    return []


def test_reading_is_strict_at_every_depth() -> None:
    assert read({"inner": ({"code": "a"},)}) == []
    assert read({"inner": (), "names": ()}) == [("too_short", ("names",))]
    assert read({"inner": ({"code": "A"},)}) == [("string_pattern_mismatch", ("inner", 0, "code"))]
    assert read({"inner": ({"code": "a", "x": 1},)}) == [("unexpected_keyword_argument", ("inner", 0, "x"))]
    assert read({"inner": ({"code": "a"},), "number": "3"}) == [("int_type", ("number",))]
    assert read({"inner": ({"code": 5},)}) == [("string_type", ("inner", 0, "code"))]
    assert read({"inner": [{"code": "a"}]}) == [("tuple_type", ("inner",))]
    assert read({"inner": ("a",)}) == [("dataclass_type", ("inner", 0))]


def test_who_only_asks_and_assesses_does_not_wait_for_pydantic(root: Path) -> None:
    script = "import sys, triage.engine.assess, triage.engine.answers, triage.report.person; print('pydantic' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
