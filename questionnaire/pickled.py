"""A rulebook as bytes and back: big tables aside, read only where somebody asks for a name in them.

Reading makes values of this program's own classes and nothing else: the bytes can call no function.
"""

from __future__ import annotations

import contextlib
import copyreg
import gc
import io
import pickle
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import datetime

    from triage.engine.inference import Reasoner
    from triage.engine.solving.encoding import Encoding
    from triage.readers.experta_network import Plan
    from triage.rulebook.medicines.names import MedicineReader
    from triage.rulebook.model import Medicine
    from triage.rulebook.rulebook import Rulebook

_WORKED_OUT = (
    "red_flags", "patterns", "factors", "theories", "advice", "goals", "shared_goals", "dispositions",
    "deciding", "reads", "thresholds",
)  # fmt: skip
_NAMED = {("datetime", "date"), ("builtins", "frozenset"), ("builtins", "set")}
_DRAWERS = 256  # for a table of tens of thousands of names
_LENGTH = 4  # bytes that say how long a part is


class Ready(NamedTuple):
    """A rulebook that was checked, and the plan of its network; ``read_encoding`` gives what was kept of
    its levels for the solver, or None."""

    rulebook: Rulebook
    plan: Plan
    read_encoding: Callable[[], Encoding | None] = lambda: None

    def reasoner(self, today: datetime.date) -> Reasoner:
        from triage.engine.inference import Reasoner
        from triage.engine.solving.levels import Levels

        return Reasoner(self.rulebook, today, self.plan, Levels(self.rulebook, self.read_encoding))


def to_bytes(ready: Ready) -> bytes:
    """What asking people needs of a rulebook: no places in files, no examples."""
    from triage.engine.solving.levels import Levels

    encoding = Levels(ready.rulebook, ready.read_encoding).encoding
    rulebook = to_ask_with(ready.rulebook, _not_here)
    reader = ready.rulebook.medicine_reader.unread()
    aside = [rulebook.medicines, reader.names, reader.sounds]
    parts = [
        _pickled(Ready(rulebook, ready.plan, _no_encoding), [rulebook.medicines, _not_here, _no_encoding]),
        _pickled(reader, aside),
        _pickled(encoding),
        _in_drawers(rulebook.medicines),
        _in_drawers(_by_generic(reader.names)),
        _in_drawers(_by_generic(reader.sounds)),
    ]
    return b"".join(len(part).to_bytes(_LENGTH, "big") + part for part in parts)


def to_ask_with(rulebook: Rulebook, read_medicines: Callable[[], MedicineReader] | None = None) -> Rulebook:
    """What asking people needs of a rulebook, with what every answer needs worked out.

    Left out is what only maintainers read: places in files, examples, history, the hazard log, and the
    rules that a clinic's folder was laid over.
    ``read_medicines`` gives the reader of medicines, where it was prepared.
    """
    from triage.rulebook.cards import NO_EXAMPLES

    cards = {name: replace(card, examples=NO_EXAMPLES, history=()) for name, card in rulebook.cards.items()}
    left_out: dict[str, Any] = {key: {} for key in ("hazards", "invariants", "documents", "origins")}
    left_out["base"] = None
    made = replace(rulebook, cards=cards, read_medicines=read_medicines, **left_out)
    for name in _WORKED_OUT:
        getattr(made, name)
    return made


def from_bytes(raw: bytes) -> Ready:
    """What ``to_bytes`` made them of. Raises one exception or another if they are something else."""
    parts: list[memoryview] = []
    left = memoryview(raw)
    while left:
        end = _LENGTH + int.from_bytes(left[:_LENGTH], "big")
        if end > len(left):
            raise pickle.UnpicklingError("cut off")
        parts.append(left[_LENGTH:end])
        left = left[end:]
    first, reader, encoding, *tables = parts
    medicines = Table(tables[0])
    aside = [medicines, *(Table(table, medicines) for table in tables[1:])]
    made = _unpickled(first, [medicines, lambda: _unpickled(reader, aside), lambda: _encoding(encoding)])
    if type(made) is not Ready:
        raise pickle.UnpicklingError("no rulebook")
    return made


def _by_generic(table: Mapping[Any, Medicine | None]) -> dict[Any, str | None]:
    return {name: None if medicine is None else medicine.generic for name, medicine in table.items()}


def _not_here() -> MedicineReader:
    raise NotImplementedError("stands for the reader that is read when somebody takes medicines")


def _no_encoding() -> Encoding:
    raise NotImplementedError("stands for the encoding that is read when the solver is asked")


def _encoding(raw: memoryview) -> Encoding | None:
    """What was kept of the levels; None if it is something else, for it can be made anew."""
    from triage.engine.solving.encoding import Encoding

    with contextlib.suppress(Exception):
        made = _unpickled(raw)
        return made if type(made) is Encoding else None
    return None


class Table(Mapping[Any, Any]):
    """A table in drawers: who looks for one name opens one of them.

    With ``of`` the values are names in that table, or None.
    """

    def __init__(self, raw: memoryview, of: Table | None = None) -> None:
        self._raw = raw
        self._of = of
        self._open: dict[int, dict[Any, Any]] = {}

    @cached_property
    def _closed(self) -> list[bytes]:
        closed: list[bytes] = _unpickled(self._raw)
        return closed

    def _drawer(self, number: int) -> dict[Any, Any]:
        if number not in self._open:
            self._open[number] = _unpickled(zlib.decompress(self._closed[number]))
        return self._open[number]

    def __getitem__(self, name: Any) -> Any:
        value = self._drawer(_number(name))[name]
        return value if self._of is None or value is None else self._of[value]

    def __iter__(self) -> Iterator[Any]:
        for number in range(len(self._closed)):
            yield from self._drawer(number)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _in_drawers(table: Mapping[Any, Any]) -> bytes:
    drawers: list[dict[Any, Any]] = [{} for _ in range(_DRAWERS)]
    for name, value in table.items():
        drawers[_number(name)][name] = value
    return _pickled([zlib.compress(_pickled(drawer), 1) for drawer in drawers])


def _number(name: str | tuple[str, ...]) -> int:
    text = name if isinstance(name, str) else "\0".join(name)
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % _DRAWERS


def _pickled(value: Any, aside: Sequence[Any] = ()) -> bytes:
    written = io.BytesIO()
    _Pickler(written, aside).dump(value)
    return written.getvalue()


def _unpickled(raw: bytes | memoryview, aside: Sequence[Any] = ()) -> Any:
    with no_collecting():
        return _Unpickler(io.BytesIO(raw), aside).load()


class _Pickler(pickle.Pickler):
    """Leaves out what is put aside, and the places of conditions in files."""

    def __init__(self, file: IO[bytes], aside: Sequence[Any]) -> None:
        from triage.conditions.nodes import NODES

        super().__init__(file, protocol=5)
        self._aside = {id(value): number for number, value in enumerate(aside)}
        self._nodes = NODES
        self._known: dict[Any, Any] = {}  # the first of equal parts of conditions
        self._made: list[Any] = []  # lives as long as pickle may remember it

    def persistent_id(self, value: Any) -> int | None:
        return self._aside.get(id(value))

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, self._nodes):
            state = {name: self._once(getattr(value, name)) for name in value.__match_args__}
            self._made.append(state)
            return copyreg.__newobj__, (type(value),), state  # type: ignore[attr-defined]
        return NotImplemented

    def _once(self, value: Any) -> Any:
        """The same for all equal parts of conditions: there are thousands of some hundreds."""
        if isinstance(value, tuple):
            value = tuple(self._once(part) for part in value)
        return self._known.setdefault(value, value) if isinstance(value, (tuple, *self._nodes)) else value


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: IO[bytes], aside: Sequence[Any]) -> None:
        super().__init__(file)
        self._aside = aside

    def persistent_load(self, pid: Any) -> Any:
        return self._aside[pid]

    def find_class(self, module: str, name: str) -> Any:
        found: Any = super().find_class(module, name) if _may_be_named(module, name) else None
        if not isinstance(found, type):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found


def _may_be_named(module: str, name: str) -> bool:
    ours = module.partition(".")[0] == "triage" and "." not in name
    return ours or (module, name) in {*_NAMED, (Ready.__module__, Ready.__name__)}


@contextlib.contextmanager
def no_collecting() -> Iterator[None]:
    """Without looking for garbage among many new values, of which all stay."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
