"""Medicines that count for less than before, and names that would be taken for another medicine."""

from __future__ import annotations

from collections.abc import Iterator

from triage.names import fold, nearest
from triage.overlay.looser import Looser
from triage.rulebook.model import Medicine
from triage.rulebook.rulebook import Rulebook

_ALIKE = 85.0  # a name so like another is a slip of it (per cent of letters)
_LONG = 5  # a word of so many letters can be a name by itself


def medicines(rulebook: Rulebook, base: Rulebook) -> Iterator[Looser]:
    """Medicines that lost a class; new names that are, or look like, those of others."""
    for medicine in rulebook.medicines.values():
        before = base.medicines.get(medicine.generic)
        place = rulebook.place(f"medicine:{medicine.generic}")
        if before is not None:
            lost = base.classes_of[medicine.generic] - rulebook.classes_of[medicine.generic]
            if lost:
                how = f"does not count as {', '.join(sorted(lost))} any more"
                yield Looser(medicine.generic, "medicine", how, place, repr(sorted(lost)))
        known = {fold(name) for name in (before.generic, *before.brands)} if before else set()
        for name in (medicine.generic, *medicine.brands):
            other = None if fold(name) in known else _taken_for(base, name)
            if other is None or other.generic == medicine.generic:
                continue
            missing = base.classes_of[other.generic] - rulebook.classes_of[medicine.generic]
            if missing:
                how = (
                    f"has the name “{name}”, which may mean {other.generic}, but does not count as "
                    f"{', '.join(sorted(missing))}"
                )
                change = f"{name}: {other.generic} {sorted(missing)}"
                yield Looser(medicine.generic, "medicine", how, place, change)


def _taken_for(base: Rulebook, name: str) -> Medicine | None:
    """The built-in medicine that somebody who types this may mean."""
    exact = base.medicine(name)
    if exact is not None:
        return exact
    words = [word for word in fold(name).replace("-", " ").split() if len(word) >= _LONG]
    for word in words:
        if word in base.names:
            return base.names[word]
    near = nearest(fold(name), base.names, cutoff=_ALIKE)
    return base.names[near[0]] if near else None
