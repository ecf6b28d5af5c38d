"""To which classes and groups medicines belong, and those may belong of which only the kind is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from triage.rulebook.medicines.words import MedicineWords
from triage.rulebook.model import Medicine, MedicineClass


class Classification:
    """The medicines of one rulebook by their classes, and the groups of these."""

    def __init__(
        self, classes: Mapping[str, MedicineClass], medicines: Mapping[str, Medicine], words: MedicineWords
    ) -> None:
        self._classes = classes
        self._medicines = medicines
        self._words = words

    @cached_property
    def class_ids(self) -> set[str]:
        """Everything that ``takes`` may name: classes and groups."""
        return {*self._classes, *(g for c in self._classes.values() for g in c.in_groups)}

    def with_groups(self, ids: Iterable[str]) -> frozenset[str]:
        """Classes with the groups of which they are members, and groups."""
        classes = [self._classes[name] for name in ids if name in self._classes]
        return frozenset({*ids}.union(*(entry.in_groups for entry in classes)))

    @cached_property
    def kinds_may_be(self) -> dict[str, frozenset[str]]:
        """For every kind of medicine the classes and groups that it may belong to.

        A group stands for all its members: such a medicine may be any of them.
        """
        found: dict[str, frozenset[str]] = {}
        for kind in self._words.kinds:
            named = {*kind.are, *kind.may_be}
            members = [c.id for c in self._classes.values() if not named.isdisjoint((c.id, *c.in_groups))]
            found[kind.id] = self.with_groups([*named, *members])
        return found

    @cached_property
    def unplaced_may_be(self) -> frozenset[str]:
        """The classes and groups that a medicine may belong to of which nothing is known."""
        never = self._words.unplaced.never
        return self.with_groups([name for name in self._classes if name not in never])

    @cached_property
    def classes_of(self) -> dict[str, frozenset[str]]:
        """For every generic name the classes and groups that it belongs to."""
        return {
            generic: self.with_groups(medicine.classes) for generic, medicine in self._medicines.items()
        }

    @cached_property
    def plainest(self) -> list[str]:
        """Generic names, those with fewest classes and groups first."""
        return sorted(self._medicines, key=lambda generic: (len(self.classes_of[generic]), generic))

    @cached_property
    def kinds_of_medicine(self) -> dict[str, frozenset[str]]:
        """One medicine for each set of classes and groups, those with fewest classes first."""
        found: dict[frozenset[str], str] = {}
        for generic in self.plainest:
            found.setdefault(self.classes_of[generic], generic)
        return {generic: kind for kind, generic in found.items()}
