"""What the medicines do together, as far as their classes say so: in few words, for the clinician."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from triage.conditions.leaf import Medicines, Ticks
from triage.conditions.nodes import Includes
from triage.conditions.walk import leaves
from triage.report.clinician.clinical_words import ClinicalWords, lines


class TogetherLine(ClinicalWords):
    """One line for all pairs of medicines (and of what was bought) that add up."""

    def together(self) -> list[str]:
        """For each thing that two or more do: their names, and what they do. Empty if there is none."""
        said: list[str] = []
        for entry in self.book.frame.together:
            found = [dict.fromkeys(self.members(group)) for group in entry.of]
            for item, codes in entry.lines.items():
                found[0].update(dict.fromkeys(self.ticked(item, codes)))
            if len(found) == 1:
                names = list(found[0])
            else:
                names = [name for group in found for name in group] if all(found) else []
            names = list(dict.fromkeys(names))
            if len(names) > 1:
                said.append(f"{' + '.join(names)}: {entry.text}")
        return said

    def members(self, group: str) -> Iterator[str]:
        """What is taken or bought of a class or group; a medicine with two names once."""
        known = self.effective_answer("medicines")
        for taken in known.taken if isinstance(known, Medicines) else ():
            if taken.classes and group in taken.classes:
                yield taken.generic or taken.name
        for entry in self.book.classes.values():
            if group == entry.id or group in entry.in_groups:
                for leaf in leaves(entry.also_when) if entry.also_when is not None else ():
                    if isinstance(leaf, Includes):
                        yield from self.ticked(leaf.item, leaf.codes)

    def ticked(self, item: str, codes: Iterable[str]) -> list[str]:
        """Those of some lines of a tick list that are ticked."""
        answer = self.effective_answer(item)
        if not isinstance(answer, Ticks) or item not in self.book.items:
            return []
        return lines(self.book.items[item], answer.ticked & self.unnamed(item, codes))
