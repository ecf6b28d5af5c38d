"""What every part of the rulebook is: a frozen dataclass, and what pydantic is told of its keys.

The classes do without pydantic, which takes longer to import than an assessment: only reading a
folder of rules and writing schemas need it. What narrows a key stands in its annotation:
``Annotated[str, Narrow(…)]``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, ClassVar, NamedTuple, Self, cast, dataclass_transform, get_type_hints

from triage.value import Unchangeable, default


class Key(NamedTuple):
    """One key of a part: its type, and its default (``MISSING``: it is needed)."""

    annotation: Any
    default: Any

    def is_required(self) -> bool:
        return self.default is dataclasses.MISSING


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(dataclasses.field,))
class Frozen(Unchangeable):
    """What every part of the rulebook is: unchangeable, strict, without unknown keys."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {
        "extra": "forbid",
        "strict": True,
        "arbitrary_types_allowed": True,
    }

    def __init_subclass__(cls) -> None:
        # What dataclass would write for each of forty classes at every start stands once, here and in
        # ``Unchangeable``.
        dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=True)(cls)

    def __init__(self, **values: Any) -> None:
        fields = self.__dataclass_fields__
        if not values.keys() <= fields.keys():
            raise TypeError(f"unknown: {', '.join(sorted(values.keys() - fields.keys()))}")
        for name, field in fields.items():
            if name in values:
                self.__dict__[name] = values[name]
            elif (usual := default(field)) is not dataclasses.MISSING:
                self.__dict__[name] = usual
            else:
                raise TypeError(f"missing: {name}")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Callable[[Any], Any]) -> Any:
        """Strict in all its keys; but keys and values, as they are read, are as good as an instance."""
        return {**handler(source), "strict": False}

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """The same with other values for some keys."""
        known: Any = self
        return cast("Self", dataclasses.replace(known, **update))


def keys_of(part: type[Any]) -> dict[str, Key]:
    """The keys of a kind of part, in the order in which they stand in its class."""
    known: Any = part
    return _keys(known)


@cache
def _keys(part: Any) -> dict[str, Key]:
    hints = get_type_hints(part)
    return {field.name: Key(hints[field.name], default(field)) for field in dataclasses.fields(part)}


class Narrow:
    """What a text or a list must be besides: as pydantic names it (``pattern``, ``min_length`` …)."""

    def __init__(self, **limits: Any) -> None:
        self._limits = limits

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        return {**handler(source), **self._limits}


class Turned:
    """What is written may be turned into what is meant by a function first."""

    def __init__(self, turn: Callable[[Any], Any]) -> None:
        self._turn = turn

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(self._turn, handler(source))


class AsItIs:
    """A value that was made and looked at before."""

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Callable[[Any], Any]) -> Any:
        from pydantic_core import core_schema

        return core_schema.any_schema()
