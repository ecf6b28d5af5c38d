"""Frozen dataclasses whose methods are written once, not by Python for every class at every start."""

from __future__ import annotations

import dataclasses
from typing import Any, ClassVar, Generic, TypeVar, dataclass_transform

T = TypeVar("T")


class Unchangeable:
    """What all of them have in common: values of one kind are equal if their fields are."""

    __dataclass_fields__: ClassVar[dict[str, Any]]
    __match_args__: ClassVar[tuple[str, ...]]  # the fields that may be given by their place

    def __setattr__(self, name: str, value: object) -> None:
        raise dataclasses.FrozenInstanceError(name)

    def __delattr__(self, name: str) -> None:
        raise dataclasses.FrozenInstanceError(name)

    def __eq__(self, other: object) -> bool:
        return self.__dict__ == other.__dict__ if type(self) is type(other) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__[name] for name in self.__dataclass_fields__))

    def __repr__(self) -> str:
        values = (f"{name}={self.__dict__[name]!r}" for name in self.__dataclass_fields__)
        return f"{type(self).__qualname__}({', '.join(values)})"


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
class Value(Unchangeable):
    """A frozen dataclass: for what is made seldom, because making one takes a little longer."""

    def __init_subclass__(cls) -> None:
        dataclasses.dataclass(init=False, repr=False, eq=False)(cls)

    def __init__(self, *args: Any, **values: Any) -> None:
        fields, places = self.__dataclass_fields__, self.__match_args__
        if len(args) > len(places):
            raise TypeError(f"{type(self).__qualname__} has {len(places)} places, not {len(args)}")
        given = dict(zip(places, args, strict=False))
        if twice := given.keys() & values.keys():
            raise TypeError(f"given twice: {', '.join(sorted(twice))}")
        if unknown := values.keys() - fields.keys():
            raise TypeError(f"unknown: {', '.join(sorted(unknown))}")
        given |= values
        for name, field in fields.items():  # in their order, so that equal ones are alike in everything
            value = given[name] if name in given else default(field)
            if value is dataclasses.MISSING:
                raise TypeError(f"missing: {name}")
            self.__dict__[name] = value


def default(field: dataclasses.Field[Any]) -> Any:
    """What a field is where nothing is given; ``MISSING`` if something must be."""
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


class Same(Generic[T]):
    """Some things that are only equal to the very same ones: for what is kept about them."""

    def __init__(self, *things: T) -> None:
        self.things = things
        self._ids = tuple(map(id, things))

    def __hash__(self) -> int:
        return hash(self._ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self._ids == other._ids
