"""Invariants that somebody asks about, in a line or in a file, beside those of the rulebook."""

from __future__ import annotations

from collections.abc import Callable

from triage.problems import Invalid, Place, Problem
from triage.rulebook.checks.invariants import check_invariant
from triage.rulebook.invariants import Invariant, written_out
from triage.rulebook.medicines.takes import Expansion, expanded
from triage.rulebook.reading.source import Path, YamlDocument, read
from triage.rulebook.reading.validate import shaped
from triage.rulebook.rulebook import Rulebook
from triage.workbench.proving.invariant_line import read_line


def ask_in_a_line(rulebook: Rulebook, text: str) -> Invariant:
    """The invariant of a line such as “IF age >= 60 THEN at_most soon”.

    Raises ``Invalid``, with places in the line, if it cannot be read or names what is not there.
    """
    (asked,) = _invariants(rulebook, read_line(text), [()])
    return asked


def ask_in_a_file(rulebook: Rulebook, raw: bytes, name: str) -> list[Invariant]:
    """The invariants of a file like ``invariants.yaml``. Raises ``Invalid`` as ``ask_in_a_line`` does."""
    document = read(raw, name)
    data = document.data
    entries = data.get("invariants") if isinstance(data, dict) and len(data) == 1 else None
    if not isinstance(entries, list) or not entries:
        fix = "Start the file with “invariants:” and list the entries below it with “- ”."
        raise Invalid(
            [Problem("file-shape", "a list named “invariants” is expected", document.place(()), fix)]
        )
    return _invariants(rulebook, document, [("invariants", n) for n in range(len(entries))])


def _invariants(rulebook: Rulebook, document: YamlDocument, paths: list[Path]) -> list[Invariant]:
    problems: list[Problem] = []
    expand = Expansion(rulebook.classes).condition
    found: dict[str, tuple[Invariant, Path]] = {}
    for path in paths:
        entry = shaped(Invariant, document, path, problems)
        if entry is not None and (entry.id in rulebook.invariants or entry.id in found):
            place = document.place((*path, "id"))
            message = f"the invariant “{entry.id}” exists already"
            problems.append(Problem("duplicate-id", message, place, "Give it an id of its own."))
        elif entry is not None:
            found[entry.id] = (expanded(entry, expand), path)
    known = {**rulebook.invariants, **{name: entry for name, (entry, _) in found.items()}}
    for entry, path in found.values():
        problems += check_invariant(rulebook, entry, known, _locator(document, path))
    if problems:
        raise Invalid(problems)
    told = {**rulebook.invariants, **written_out(known, rulebook.items.values(), rulebook.option_gates)}
    return [told[name] for name in found]


def _locator(document: YamlDocument, path: Path) -> Callable[..., Place]:
    def at(*inner: str | int) -> Place:
        return document.place((*path, *inner))

    return at
