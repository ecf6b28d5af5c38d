"""Medicines that count for less than before, and names that would be taken for another medicine."""

from __future__ import annotations

import re
from collections.abc import Iterator

from triage.names import fold, nearest
from triage.overlays.looser import Looser, whole
from triage.rulebook.model import Medicine
from triage.rulebook.rulebook import Rulebook

_ALIKE = 85.0  # a name so like another is a slip of it (per cent of letters)
_LONG = 5  # a word of so many letters can be a name by itself
_SHORT = 3  # so many letters can be the beginning of a name that somebody types


def medicines(rulebook: Rulebook, base: Rulebook) -> Iterator[Looser]:
    """Medicines that lost a class; new names that are, or look like, those of others."""
    for medicine in rulebook.medicines.values():
        before = base.medicines.get(medicine.generic)
        place = rulebook.place(f"medicine:{medicine.generic}")
        counts = rulebook.classes_of[medicine.generic]
        change = f"{whole(before)}>{whole(medicine)} {sorted(counts)}"
        if before is not None:
            lost = base.classes_of[medicine.generic] - counts
            if lost:
                how = f"does not count as {', '.join(sorted(lost))} any more"
                yield Looser(medicine.generic, "medicine", how, place, change)
        known = {fold(name) for name in (before.generic, *before.brands)} if before else set()
        for name in (medicine.generic, *medicine.brands):
            for other in () if fold(name) in known else _taken_for(base, name):
                missing = base.classes_of[other.generic] - counts
                if missing and other.generic != medicine.generic:
                    how = (
                        f"has the name “{name}”, which may mean {other.generic}, but does not count as "
                        f"{', '.join(sorted(missing))}"
                    )
                    yield Looser(medicine.generic, "medicine", how, place, change)


def _taken_for(base: Rulebook, name: str) -> list[Medicine]:
    """The built-in medicines that somebody who types this may mean."""
    exact = base.medicine(name)
    if exact is not None:
        return [exact]
    words = [word for word in re.findall(r"[^\W_]+", fold(name)) if len(word) >= _LONG]
    within = [base.names[word] for word in words if word in base.names]
    begun = [
        base.names[known]
        for known in base.names
        if len(fold(name)) >= _SHORT and known.startswith(fold(name))
    ]
    if not within and not begun:
        near = nearest(fold(name), base.names, cutoff=_ALIKE)
        within = [base.names[known] for known in near]
    return list({medicine.generic: medicine for medicine in (*within, *begun)}.values())
