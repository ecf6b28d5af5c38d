"""One medicine in a text as people write it: what was typed of it, and what it is known as."""

from __future__ import annotations

import re
from dataclasses import dataclass

from triage.rulebook.medicines.words import MedicineKind
from triage.rulebook.model import Medicine


@dataclass(frozen=True, slots=True)
class Mention:
    """One medicine in a text. ``text`` is what was typed of it.

    ``medicines`` are what it is known as: one, or the parts of a combination written with a slash;
    none if the name is not in the list. Then ``words`` are those that are not understood (none if
    only a kind of medicine was named), and ``kind`` is that kind, or what it is said to be for.
    """

    text: str
    medicines: tuple[Medicine, ...] = ()
    kind: MedicineKind | None = None
    words: tuple[str, ...] = ()

    @property
    def generic(self) -> str:
        """The generic names, or nothing."""
        return " + ".join(medicine.generic for medicine in self.medicines)


@dataclass
class OpenMention:
    """A mention that is being read, from ``start`` to ``end`` of the text."""

    start: int
    end: int
    medicines: tuple[Medicine, ...] = ()
    kind: MedicineKind | None = None
    words: tuple[str, ...] = ()

    def mention(self, typed: str) -> Mention:
        """What was read of it, in the text that was typed."""
        return Mention(trimmed(typed[self.start : self.end]), self.medicines, self.kind, self.words)


def trimmed(text: str) -> str:
    """Without what belongs to a list and not to the name: blanks, open brackets, bullets."""
    text = re.sub(r"^\W*\d{1,2}[.)](?=\s)", "", re.sub(r"\s+", " ", text))
    text = text.strip(" ,;:.-–—*•·+&/")
    if text.count("(") > text.count(")"):
        text = text + ")" if text.find("(") > 0 else text.lstrip("(")
    return text
